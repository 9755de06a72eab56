"""Bring this report's alerts into the list that people have filled in."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from kamlab.errors import UsageError
from kamlab.language import _
from kamlab.report.actions.columns import OWN_COLUMNS, heads
from kamlab.report.actions.table import Actions, Row, alert_of, key_of, label_of

_NEEDED = ("account", "rule", "what", "at_stake")


def merged(
    actions: Actions,
    alerts: pd.DataFrame,
    as_of: date,
    numbers: Mapping[str, str] | None = None,
) -> Actions:
    """Return the list with this report's alerts, and all that people wrote as it was.

    Parameters
    ----------
    actions : Actions
        From `kamlab.report.actions.read_actions`.
    alerts : DataFrame
        One row an alert: ``account`` (number), ``rule``, ``what`` (in words),
        ``at_stake`` (reporting currency) and, if names are known, ``name``.
    as_of : date
        The report's day.
    numbers : mapping of str to str, optional
        Today's number of accounts that merged or were renumbered, as from
        `kamlab.report.memory.renumbering.current_numbers`.

    Returns
    -------
    Actions
        Known alerts keep their row; money, the day on which they were last seen, and
        the texts that kamlab itself wrote are brought up to date. New alerts follow at
        the end. Rows without an alert, and rows of people's own, stay as they are; of
        two rows for one alert the first is brought up to date.

    Raises
    ------
    UsageError
        If a column of `alerts` is missing.

    Examples
    --------
    >>> alerts = pd.DataFrame({"account": ["A1"], "rule": ["silence"],
    ...                        "what": ["No order for 54 days."], "at_stake": [900.0]})
    >>> row = {"key": "A1|silence", "comment": "Called; they will order in May."}
    >>> found = merged(Actions((row,)), alerts, date(2025, 12, 31)).rows[0]
    >>> found["comment"], found["last_seen"].isoformat()
    ('Called; they will order in May.', '2025-12-31')
    """
    for name in _NEEDED:
        if name not in alerts:
            raise UsageError(f"alerts has no column {name!r}: it has {list(alerts)}")
    waiting = {(each["account"], each["rule"]): each for each in _records(alerts)}
    rows, seen, problems = [], {}, []
    for number, row in enumerate(actions.rows, start=1):
        alert = _today(alert_of(row), numbers or {})
        if alert is not None and alert in seen:
            problems.append(_twice(alert, seen[alert], number))
        elif alert is not None:
            seen[alert] = number
            row = _brought_up_to_date(row, alert, waiting.pop(alert, None), as_of)
        rows.append(row)
    rows += [_new(alert, as_of) for alert in waiting.values()]
    missing = [name for name in OWN_COLUMNS if name not in actions.columns]
    return replace(
        actions,
        rows=tuple(rows),
        columns=(*actions.columns, *missing),
        heads={**{name: heads()[name] for name in missing}, **actions.heads},
        problems=(*actions.problems, *problems),
    )


def _records(alerts: pd.DataFrame) -> list[dict[str, object]]:
    return alerts.astype(object).where(alerts.notna(), None).to_dict("records")


def _today(
    alert: tuple[str, str] | None, numbers: Mapping[str, str]
) -> tuple[str, str] | None:
    return None if alert is None else (numbers.get(alert[0], alert[0]), alert[1])


def _twice(alert: tuple[str, str], first: int, second: int) -> str:
    return _(
        "{account}, {rule}: entries {first} and {second} of the list are about the "
        "same alert; both are kept, the first is brought up to date."
    ).format(account=alert[0], rule=alert[1], first=first, second=second)


def _brought_up_to_date(
    row: Row,
    alert: tuple[str, str],
    told: Mapping[str, object] | None,
    as_of: date,
) -> Row:
    """Return a row with today's key, and with today's figures if the alert is on."""
    untouched = row.get("mark") == _mark(row)
    has_moved = alert_of(row) != alert
    row = dict(row)
    if untouched or not has_moved:
        # Where people changed the cell that shows the account, its old number would
        # contradict a new key; the old key finds its way again next time.
        row["key"] = key_of(*alert)
    if told is None:
        texts = {"account": label_of(alert[0])} if has_moved else {}
    else:
        texts = _texts(told)
        row |= {"at_stake": _amount(told), "last_seen": as_of}
        row["first_seen"] = row.get("first_seen") or as_of
        row["rule"] = row.get("rule") or alert[1]
    for name, text in texts.items():
        # What people changed is theirs; what kamlab wrote, kamlab keeps up to date.
        row[name] = text if untouched or not row.get(name) else row[name]
    return {**row, "mark": _mark(row)} if untouched else row


def _amount(told: Mapping[str, object]) -> object:
    amount = told["at_stake"]
    return "" if amount is None else round(amount, 2)


def _new(told: Mapping[str, object], as_of: date) -> Row:
    """Return the row of an alert that nobody has seen before."""
    alert = str(told["account"]), str(told["rule"])
    row: Row = {"key": key_of(*alert), "rule": alert[1], **_texts(told)}
    row |= {"at_stake": _amount(told), "first_seen": as_of, "last_seen": as_of}
    return {**row, "mark": _mark(row)}


def _texts(told: Mapping[str, object]) -> Row:
    name = told.get("name")
    label = label_of(str(told["account"]), None if name is None else str(name))
    return {"account": label, "what": str(told["what"])}


def _mark(row: Row) -> str:
    """Return a mark of the texts that kamlab wrote, by which a change is seen."""
    texts = "\0".join(str(row.get(name, "")) for name in ("account", "what"))
    return hashlib.sha256(texts.encode()).hexdigest()[:12]
