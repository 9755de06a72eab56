"""Which of the promises in the list of actions were kept, and which are late."""

from datetime import date

import pandas as pd

from kamlab.report.actions.marks import taken_up
from kamlab.report.actions.table import Actions, Row, alert_of, state_of
from kamlab.report.actions.values import day_of

STATES = ("late", "open", "no day named", "kept", "dropped")

_COLUMNS = ["account", "rule", "what", "owner", "due", "comment", "state"]


def kept_and_broken(actions: Actions, as_of: date) -> pd.DataFrame:
    """List what people promised to do, the late ones first.

    Parameters
    ----------
    actions : Actions
        From `kamlab.report.actions.read_actions`.
    as_of : date
        The report's day; what was due on it and is not done is not late yet.

    Returns
    -------
    DataFrame
        One row a promise: ``account``, ``rule`` (as the list shows them, or their
        numbers), ``what``, ``owner``, ``due`` (day), ``comment`` and ``state`` (one of
        `STATES`); by state, then by day. Rows in which nobody wrote an owner, a day, a
        status or a comment promise nothing and are left out; owner and day that kamlab
        proposed are no promise before somebody takes the row up.

    Examples
    --------
    >>> row = {"key": "A1|silence", "account": "Adler (A1)", "owner": "Weber",
    ...        "due": "2025-11-30", "status": "open"}
    >>> kept_and_broken(Actions((row,)), date(2025, 12, 31))["state"].item()
    'late'
    """
    rows = [_promise(row, as_of) for row in actions.rows if _is_promise(row)]
    table = pd.DataFrame(rows, columns=_COLUMNS)
    table["due"] = pd.to_datetime(table["due"]).astype("datetime64[us]")
    place = table["state"].map(STATES.index)
    order = table.assign(place=place).sort_values(["place", "due"], kind="stable")
    return order.drop(columns="place").reset_index(drop=True)


def _is_promise(row: Row) -> bool:
    row = taken_up(row)
    return any(
        str(row.get(n, "")).strip() for n in ("owner", "due", "status", "comment")
    )


def _promise(row: Row, as_of: date) -> tuple[object, ...]:
    account, rule = alert_of(row) or ("", "")
    shown = (row.get("account") or account, row.get("rule") or rule)
    texts = [str(row.get(name, "")) for name in ("what", "owner")]
    due = day_of(row.get("due"))
    return (*shown, *texts, due, str(row.get("comment", "")), _state(row, due, as_of))


def _state(row: Row, due: date | None, as_of: date) -> str:
    state = state_of(row)
    if state in ("done", "dropped"):
        return "kept" if state == "done" else "dropped"
    if due is None:
        return "no day named"
    return "late" if due < as_of else "open"
