"""The list of actions: rows as people left them, and what kamlab reads in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from kamlab.report.actions.rules import matter_of
from kamlab.report.actions.values import STATUSES, day_of, status_of

_NUMBER_AT_THE_END = re.compile(r"\(([^()]+)\)\s*$")

Row = dict[str, object]


@dataclass(frozen=True)
class Actions:
    """A list of actions: kamlab's own columns and rows beside people's own.

    Parameters
    ----------
    rows : tuple of dict
        Cells by column, as the spreadsheet holds them; an empty cell is "".
    columns : tuple of str
        In people's order: names of kamlab's columns, and ``x1``, ``x2``, … for columns
        that people added.
    heads : dict of str to str
        What stands above each column.
    sheets : dict of str to tuple
        Rows of further sheets that people added.
    problems : tuple of str
        What could not be read, in sentences; nothing of it was thrown away.

    Examples
    --------
    >>> Actions().rows
    ()
    """

    rows: tuple[Row, ...] = ()
    columns: tuple[str, ...] = ()
    heads: Mapping[str, str] = field(default_factory=dict)
    sheets: Mapping[str, tuple[tuple[object, ...], ...]] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def key_of(account: str, rule: str) -> str:
    """Return the key under which an alert is found again.

    Examples
    --------
    >>> key_of("A10284", "fading: gearboxes")
    'A10284|fading'
    """
    return f"{account}|{matter_of(rule)}"


def label_of(account: str, name: str | None = None) -> str:
    """Return how an account stands in the list: its name and its number.

    Examples
    --------
    >>> label_of("A10284", "Kovostav"), label_of("A10284")
    ('Kovostav (A10284)', 'A10284')
    """
    return f"{name} ({account})" if name and name != account else str(account)


def alert_of(row: Row) -> tuple[str, str] | None:
    """Return account and matter that a row is about; None for a row of people's own.

    The hidden key tells; where it is gone, account and rule do. Where key and account
    contradict each other, as after sorting half a table, nobody can tell.

    Parameters
    ----------
    row : dict
        One row of the list.

    Examples
    --------
    >>> alert_of({"key": "A1|silence", "account": "Adler (A1)", "rule": "silence"})
    ('A1', 'silence')
    >>> alert_of({"account": "Adler (A1)", "rule": "silence"})
    ('A1', 'silence')
    >>> alert_of({"key": "A1|silence", "account": "Bader (B2)"}) is None
    True
    """
    account, rule = _account_in(row), matter_of(row.get("rule", ""))
    named, _, ruled = str(row.get("key", "")).strip().partition("|")
    if not (named and ruled):
        return (account, rule) if account and rule else None
    return None if contradicts(row) else (named, matter_of(ruled))


def contradicts(row: Row) -> bool:
    """Say whether a row's hidden key is that of another account or rule than it shows.

    Parameters
    ----------
    row : dict
        One row of the list.

    Examples
    --------
    >>> contradicts({"key": "A1|silence", "account": "Adler (B2)"})
    True
    >>> contradicts({"key": "A1|silence", "account": "Adler, our best"})
    False
    """
    named, _, ruled = str(row.get("key", "")).strip().partition("|")
    if not (named and ruled):
        return False
    rule = matter_of(row.get("rule", ""))
    shown = _NUMBER_AT_THE_END.search(str(row.get("account", "")))
    # Somebody may have written "Adler (our best)": only a number contradicts a number.
    is_number = shown is not None and bool(re.search(r"^\S*\d\S*$", shown[1].strip()))
    is_other = is_number and shown[1].strip() != named
    return is_other or rule not in ("", matter_of(ruled))


def _account_in(row: Row) -> str:
    """Return the number in the account's cell: in brackets at its end, or alone."""
    cell = str(row.get("account", "")).strip()
    found = _NUMBER_AT_THE_END.search(cell)
    return found[1].strip() if found else cell


def done_alerts(actions: Actions) -> set[tuple[str, str]]:
    """Return for which account and matter somebody did what was to be done.

    Parameters
    ----------
    actions : Actions
        From `kamlab.report.actions.read_actions`.

    Examples
    --------
    >>> row = {"key": "A1|silence", "status": "Completed"}
    >>> done_alerts(Actions((row,)))
    {('A1', 'silence')}
    """
    done = [row for row in actions.rows if status_of(row.get("status")) == "done"]
    return {alert for row in done if (alert := alert_of(row)) is not None}


def snoozed_alerts(actions: Actions, as_of: date) -> set[tuple[str, str]]:
    """Return which alerts people asked to leave out for the time being.

    Parameters
    ----------
    actions : Actions
        From `kamlab.report.actions.read_actions`.
    as_of : date
        The report's day; an alert comes back on the day after the one that is named.

    Examples
    --------
    >>> row = {"key": "A1|silence", "snooze_until": date(2025, 12, 31)}
    >>> snoozed_alerts(Actions((row,)), date(2025, 12, 31))
    {('A1', 'silence')}
    """
    found = set()
    for row in actions.rows:
        until, alert = day_of(row.get("snooze_until")), alert_of(row)
        if until is not None and alert is not None and until >= as_of:
            found.add(alert)
    return found


def state_of(row: Row) -> str:
    """Return the state of a row; one that nobody understands is open.

    Examples
    --------
    >>> state_of({"status": "已完成"}), state_of({"status": "ask Bob"})
    ('done', 'open')
    """
    return status_of(row.get("status")) or STATUSES[0]


def actions_by_alert(actions: Actions) -> dict[tuple[str, str], Row]:
    """Return what stands in the list about each alert, by account and matter.

    Parameters
    ----------
    actions : Actions
        From `kamlab.report.actions.read_actions`.

    Returns
    -------
    dict of (str, str) to dict
        Of two rows about one alert the first.

    Examples
    --------
    >>> row = {"key": "A1|silence", "comment": "Called."}
    >>> actions_by_alert(Actions((row,)))[("A1", "silence")]["comment"]
    'Called.'
    """
    found: dict[tuple[str, str], Row] = {}
    for row in actions.rows:
        alert = alert_of(row)
        if alert is not None:
            found.setdefault(alert, row)
    return found
