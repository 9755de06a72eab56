"""Accounts that bought for one project and finished it: no lost customers.

Whoever bought a ropeway and has it is not lost to anybody. The table of events knows,
and a list of lost customers that does not ask it sends people after the wrong ones.
"""

from collections.abc import Mapping

import pandas as pd

from kamlab.portfolio import Portfolio
from kamlab.style.formats import format_money
from kamlab.style.names import display_name
from kamlab.value.profit_bridge import ProfitBridge
from kamlab.value.windows import owners

_STEP = "lost_accounts"


def finished_projects(portfolio: Portfolio, by: str = "account") -> pd.Series:
    """Return who bought for a project that has ended, and the day on which it did.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    by : {"account", "parent"}
        Accounts, or groups under their parents.

    Returns
    -------
    Series of datetime
        Named `ended`, by account; the latest project of each. Empty without a table of
        events, and without the column that says which account an event is about.

    Raises
    ------
    UsageError
        If `by` is something else.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo", as_of="2025-12-31") as portfolio:
    ...     ended = finished_projects(portfolio)
    >>> ended.dt.year.tolist()
    [2023, 2024]
    """
    needs = ("events", "events.scope", "events.scope_value", "events.end_date")
    if not all(portfolio.has(each) for each in needs):
        return pd.Series(dtype="datetime64[ns]", name="ended")
    events = portfolio.table("events")
    about_account = (events["scope"] == "account") & (events["kind"] == "project")
    over = events[about_account & events["end_date"].notna()]
    whose = owners(portfolio, over["scope_value"].astype("string"), by)
    return over["end_date"].groupby(whose).max().sort_values().rename("ended")


def lost_sentence(
    bridge: ProfitBridge,
    ended: pd.Series,
    names: Mapping[object, str] | None = None,
    currency: str = "",
) -> str:
    """Say how much of what lost accounts took belongs to projects that came to an end.

    Parameters
    ----------
    bridge : ProfitBridge
        From `kamlab.value.profit_bridge.profit_bridge`.
    ended : Series of datetime
        From `finished_projects`.
    names : mapping or Series, optional
        Name by account.
    currency : str
        Code of the currency.

    Returns
    -------
    str
        Empty if no lost account had a project.

    Examples
    --------
    >>> steps = pd.DataFrame({"lost_accounts": [-60.0, -20.0]}, index=["A", "B"])
    >>> ended = pd.Series({"A": pd.Timestamp("2024-11-22")})
    >>> bridge = ProfitBridge(None, None, steps)
    >>> print(lost_sentence(bridge, ended, {"A": "Alm"}, "EUR"))
    Lost accounts took EUR 80, EUR 60 of it Alm, whose project ended on 22 November
    2024: no repeat was due, and nobody need look for a culprit.
    """
    amounts = bridge.by_account.get(_STEP, pd.Series(dtype=float))
    lost = -amounts[amounts < 0]
    known = lost[lost.index.isin(ended.index)].sort_values(ascending=False)
    if known.empty or not amounts.sum() < 0:
        return ""
    each = [
        f"{format_money(money, currency)} of it {display_name(account, names)}, whose "
        f"project ended on {_day(ended[account])}"
        for account, money in known.items()
    ]
    taken = format_money(-amounts.sum(), currency)
    return (
        f"Lost accounts took {taken}, {'; '.join(each)}: "
        "no repeat was due, and nobody need look for a culprit."
    )


def _day(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%B %Y}"
