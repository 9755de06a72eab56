"""Is the book getting more concentrated? The measures, period by period.

The figures of each period are ledger facts. Whether a change is more than the luck of
the year is for `kamlab.value.concentration_intervals.compare_concentration`.
"""

from collections.abc import Mapping

import pandas as pd

from kamlab.errors import UsageError
from kamlab.estimates import Estimate
from kamlab.value.concentration import concentration_summary
from kamlab.value.concentration_intervals import RandomState, compare_concentration
from kamlab.value.revenue import positive_amounts

_COLUMNS = (
    "accounts",
    "revenue",
    "largest_account",
    "top_1_share",
    "top_5_share",
    "top_20_percent_share",
    "effective_number",
)


def concentration_by_period(
    revenues: Mapping[object, pd.Series], names: Mapping[object, str] | None = None
) -> pd.DataFrame:
    """Line up the concentration of several years, or other periods.

    Parameters
    ----------
    revenues : mapping of period to Series
        Money by account in each period; only positive revenue counts.
    names : mapping or Series, optional
        Name by account; a largest account without one shows its id.

    Returns
    -------
    DataFrame of shape (n_periods, 7)
        By period, in the order given: number of accounts, revenue, the largest account,
        the shares of the largest one, five and 20 per cent, and the effective number.

    Raises
    ------
    UsageError, DataError
        If there is no period, or the amounts of one cannot be used.

    Examples
    --------
    >>> before = pd.Series({"A": 50, "B": 50})
    >>> years = {2024: before, 2025: pd.Series({"A": 75, "B": 25})}
    >>> concentration_by_period(years)[["top_1_share", "effective_number"]]
            top_1_share  effective_number
    period
    2024           0.50               2.0
    2025           0.75               1.6
    """
    _refuse_nothing(revenues)
    summaries = {
        period: concentration_summary(each) for period, each in revenues.items()
    }
    rows = [[getattr(each, name) for name in _COLUMNS] for each in summaries.values()]
    index = pd.Index([_head(each) for each in summaries], name="period")
    table = pd.DataFrame(rows, index=index, columns=list(_COLUMNS))
    if names is not None:
        largest = [str(names.get(each, each)) for each in table["largest_account"]]
        table["largest_account"] = largest
    return table


def _head(period: object) -> object:
    """Return a period as a table names it, without the article of a sentence."""
    return period.removeprefix("the ") if isinstance(period, str) else period


def shares_by_period(revenues: Mapping[object, pd.Series]) -> pd.DataFrame:
    """Show every account's share of revenue period by period, the largest on top.

    Parameters
    ----------
    revenues : mapping of period to Series
        Money by account in each period; only positive revenue counts.

    Returns
    -------
    DataFrame of shape (n_accounts, n_periods)
        Shares, 0–1; nothing in a period is 0. Sorted by the last period.

    Raises
    ------
    UsageError, DataError
        If there is no period, or the amounts of one cannot be used.

    Examples
    --------
    >>> before = pd.Series({"A": 50, "B": 50})
    >>> years = {2024: before, 2025: pd.Series({"A": 75, "B": 25})}
    >>> shares_by_period(years).loc["A"].to_dict()
    {2024: 0.5, 2025: 0.75}
    """
    _refuse_nothing(revenues)
    amounts = {period: positive_amounts(each) for period, each in revenues.items()}
    shares = pd.DataFrame(
        {period: each / each.sum() for period, each in amounts.items()}
    )
    last = shares.columns[-1]
    return shares.fillna(0.0).sort_values(last, ascending=False, kind="stable")


def changes_to_now(
    revenues: Mapping[object, pd.Series],
    measure: str = "top_share",
    at: float | None = None,
    random_state: RandomState = 0,
) -> dict[object, Estimate]:
    """Say how far concentration has moved since the first and since the last period.

    Parameters
    ----------
    revenues : mapping of period to Series
        Money by account in each period, the latest last.
    measure : {"top_share", "gini", "accounts_for_share"}
        What is compared.
    at : float, optional
        Its share: 0.2 of accounts, or 0.8 of revenue, unless given.
    random_state : int, Generator or None
        Seed of the bootstrap.

    Returns
    -------
    dict of period to Estimate
        The change since the first period, and since the one before the latest; the
        same if there are two, and nothing if there is one.

    Raises
    ------
    UsageError, DataError
        If there is no period, or the amounts of one cannot be used.

    Examples
    --------
    >>> book = pd.Series(range(1, 61))
    >>> years = {2023: book, 2024: book**1.5, 2025: book**3}
    >>> for since, change in changes_to_now(years).items():
    ...     print(since, change)
    2023 +23.0 points (95 % interval +17.2 points to +32.8 points, n = 60)
    2024 +16.2 points (95 % interval +12.0 points to +21.4 points, n = 60)
    """
    _refuse_nothing(revenues)
    periods = list(revenues)
    return {
        since: compare_concentration(
            revenues[since],
            revenues[periods[-1]],
            measure,
            at,
            random_state=random_state,
        )
        for since in dict.fromkeys([periods[0], *periods[-2:-1]])
        if since != periods[-1]
    }


def _refuse_nothing(revenues: Mapping[object, pd.Series]) -> None:
    if not revenues:
        raise UsageError(
            "revenues is {}: give revenue by account for at least one period"
        )
