"""Bring this report's alerts into the list that people have filled in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from kamlab.errors import UsageError
from kamlab.language import _
from kamlab.report.actions.columns import OWN_COLUMNS, heads
from kamlab.report.actions.marks import is_as_written, mark_in, marked
from kamlab.report.actions.order import is_ours, ordered
from kamlab.report.actions.rules import is_rule_name, matter_of, rule_words
from kamlab.report.actions.table import (
    Actions,
    Row,
    alert_of,
    key_of,
    label_of,
)
from kamlab.report.actions.values import day_of

_NEEDED = ("account", "rule", "what", "at_stake")

#: Account and matter.
Alert = tuple[str, str]


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
        One row an alert: ``account`` (number), ``rule``, ``what`` (in words; empty
        leaves a row's words), ``at_stake`` (reporting currency) and, if known,
        ``name``, ``owner`` and ``due`` (proposals) and ``closed`` (why it is over).
    as_of : date
        The report's day.
    numbers : mapping of str to str, optional
        Today's number of accounts that merged or were renumbered, as from
        `kamlab.report.memory.renumbering.current_numbers`.

    Returns
    -------
    Actions
        One row for each account and matter: two fading categories are one visit. Known
        alerts keep their row; money, the day on which they were last seen, and what
        kamlab itself wrote are brought up to date, a proposed owner included. A
        proposed day stays, so that it shows for how long nobody took it up. Rows whose
        matter is over say so and stay. New alerts follow; as long as people left the
        order as it was, rows stand by money at stake, then those that are over, then
        people's own. Of two rows for one alert the first is brought up to date.

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
    waiting = _by_matter(alerts)
    rows, seen, problems = [], {}, []
    for number, row in enumerate(actions.rows, start=1):
        alert = _today(alert_of(row), numbers or {})
        if alert is not None and alert in seen:
            problems.append(_twice(alert, seen[alert], number))
        elif alert is not None:
            seen[alert] = number
            row = _brought_up_to_date(row, alert, waiting.pop(alert, None), as_of)
        rows.append(row)
    rows += [_new(each, as_of) for each in waiting.values() if not each["closed"]]
    missing = [name for name in OWN_COLUMNS if name not in actions.columns]
    return replace(
        actions,
        rows=tuple(ordered(rows) if is_ours(actions.rows) else rows),
        columns=(*actions.columns, *missing),
        heads={**{name: heads()[name] for name in missing}, **actions.heads},
        problems=(*actions.problems, *problems),
    )


def _by_matter(alerts: pd.DataFrame) -> dict[Alert, dict[str, object]]:
    """Return what is told of every account and matter, the most money first."""
    known = alerts.reindex(columns=[*dict.fromkeys((*alerts, *_FURTHER))])
    rows = known.astype(object).where(known.notna(), None).to_dict("records")
    found: dict[Alert, dict[str, object]] = {}
    for row in sorted(rows, key=lambda row: -(row["at_stake"] or 0.0)):
        row = {**row, **{name: row[name] or "" for name in _FURTHER[1:]}}
        alert = (str(row["account"]), matter_of(str(row["rule"])))
        found[alert] = _together(found[alert], row) if alert in found else row
    return found


_FURTHER = ("name", "owner", "due", "closed")


def _together(one: dict[str, object], two: dict[str, object]) -> dict[str, object]:
    """Return two cases of one matter as one: words and money of both."""
    if one["closed"] or two["closed"]:  # it is not over as long as one case is open
        return two if one["closed"] else one
    what = " ".join(str(each["what"]) for each in (one, two) if each["what"])
    known = [each["at_stake"] for each in (one, two) if each["at_stake"] is not None]
    return {**one, "what": what, "at_stake": sum(known) if known else None}


def _today(alert: Alert | None, numbers: Mapping[str, str]) -> Alert | None:
    return None if alert is None else (numbers.get(alert[0], alert[0]), alert[1])


def _twice(alert: Alert, first: int, second: int) -> str:
    return _(
        "{account}, {rule}: entries {first} and {second} of the list are about the "
        "same alert; both are kept, the first is brought up to date."
    ).format(account=alert[0], rule=rule_words(alert[1]), first=first, second=second)


def _brought_up_to_date(
    row: Row, alert: Alert, told: Mapping[str, object] | None, as_of: date
) -> Row:
    """Return a row with today's key, and with today's figures if the alert is on."""
    untouched = is_as_written(row, "texts")
    has_moved = alert_of(row) != alert
    row = dict(row)
    if untouched or not has_moved:
        # Where people changed the cell that shows the account, its old number would
        # contradict a new key; the old key finds its way again next time.
        row["key"] = key_of(*alert)
    texts = {"account": label_of(alert[0])} if has_moved else {}
    if told is not None and told["closed"]:
        row["still_true"] = _("no: {why}").format(why=told["closed"])
    elif told is not None:
        texts = _texts(told)
        row |= _figures(told, as_of)
        row["first_seen"] = row.get("first_seen") or as_of
        row["still_true"] = _("new") if row["first_seen"] == as_of else _("yes")
        if is_rule_name(row.get("rule", ""), alert[1]):
            row["rule"] = rule_words(alert[1])
    for name, text in texts.items():
        # What people changed is theirs; what kamlab wrote, kamlab keeps up to date.
        row[name] = text if untouched or not row.get(name) else row[name]
    return _with_mark(row, told, ["texts"] if untouched else [])


def _with_mark(row: Row, told: Mapping[str, object] | None, own: list[str]) -> Row:
    """Return a row with what is proposed to people, and the mark of what is kamlab's.

    A cell that was proposed once is never filled again: people emptied it.
    """
    if told is None:
        return {**row, "mark": str(marked(row, *own, closed=mark_in(row).is_closed))}
    closed = bool(told["closed"])
    for name in ("owner", "due"):
        proposal = _proposal(told, name)
        is_free = not str(row.get(name, "")).strip() and not getattr(mark_in(row), name)
        is_older = name == "owner" and is_as_written(row, name)
        if proposal != "" and not closed and (is_free or is_older):
            row = {**row, name: proposal}
            own = [*own, name]
    return {**row, "mark": str(marked(row, *own, closed=closed))}


def _proposal(told: Mapping[str, object], name: str) -> object:
    return told[name] if name == "owner" else (day_of(told[name]) or "")


def _figures(told: Mapping[str, object], as_of: date) -> Row:
    amount = told["at_stake"]
    money = "" if amount is None else round(float(amount), 2)
    return {"at_stake": money, "last_seen": as_of}


def _new(told: Mapping[str, object], as_of: date) -> Row:
    """Return the row of an alert that nobody has seen before."""
    alert = str(told["account"]), matter_of(str(told["rule"]))
    row: Row = {"key": key_of(*alert), "rule": rule_words(alert[1]), **_texts(told)}
    row |= {"first_seen": as_of, "still_true": _("new"), **_figures(told, as_of)}
    return _with_mark(row, told, ["texts"])


def _texts(told: Mapping[str, object]) -> Row:
    name = told["name"]
    label = label_of(str(told["account"]), None if name is None else str(name))
    return {"account": label} | ({"what": str(told["what"])} if told["what"] else {})
