"""Revenue and profit of every account, period by period, known equally well in each.

A report of December knows nothing yet of the rebates that January will bring. So the
earlier periods are taken as they were known equally long after their own last day;
what was booked later is told as a restatement, and passes for no change of business.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from kamlab.errors import UsageError
from kamlab.fiscal import Period
from kamlab.portfolio import Portfolio
from kamlab.value.profit_assembly import AccountProfit
from kamlab.value.profit_windows import ProfitWindow, profits_in
from kamlab.value.waterfall import account_waterfall

#: A book that begins on 1 January has its first costs some days later.
_GRACE = timedelta(days=10)


@dataclass(frozen=True, eq=False)
class PeriodHistory:
    """What every account brought and left in each of several periods.

    Parameters
    ----------
    revenue : DataFrame of shape (n_accounts, n_periods)
        Net revenue, columns by the periods' labels, the earliest first; 0 where an
        account has no line.
    earned : DataFrame of shape (n_accounts, n_periods) or None
        What `basis` names; missing in periods whose costs are not known. None without
        cost of goods.
    basis : {"contribution", "margin after direct costs", "gross margin", ""}
        How deep `earned` reaches.

    Examples
    --------
    >>> revenue = pd.DataFrame({"2024": [40.0, 60.0], "2025": [50.0, 0.0]}, ["A", "B"])
    >>> PeriodHistory(revenue).total_revenue.to_dict()
    {'2024': 100.0, '2025': 50.0}
    """

    revenue: pd.DataFrame
    earned: pd.DataFrame | None = None
    basis: str = ""

    @property
    def total_revenue(self) -> pd.Series:
        """Net revenue of every period.

        Examples
        --------
        >>> PeriodHistory(pd.DataFrame({"2025": [1.0, 2.0]})).total_revenue["2025"]
        np.float64(3.0)
        """
        return self.revenue.sum()

    @property
    def total_earned(self) -> pd.Series | None:
        """What was earned in every period; missing where costs are not known.

        Examples
        --------
        >>> PeriodHistory(pd.DataFrame({"2025": [1.0]})).total_earned is None
        True
        """
        return None if self.earned is None else self.earned.sum(min_count=1)


def period_history(
    portfolio: Portfolio, periods: Sequence[Period], by: str = "parent"
) -> PeriodHistory:
    """Show what every account brought and left in each period, fit to be compared.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    periods : sequence of Period
        The earliest first; none may end after the view's day.
    by : {"account", "parent"}
        Accounts, or groups under their parents as they are on the view's day.

    Returns
    -------
    PeriodHistory
        Each period as it was known as long after its end as the last one is now.

    Raises
    ------
    UsageError
        If there is no period, or one is not over on the view's day.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     years = [portfolio.period(label) for label in ("2024", "2025")]
    ...     history = period_history(portfolio, years)
    >>> history.basis, history.revenue.columns.tolist()
    ('contribution', ['2024', '2025'])
    """
    if not portfolio.has("orders.cogs"):
        return PeriodHistory(revenue_history(portfolio, periods, by))
    lag = _lag(portfolio, periods)
    with_time = _known_from(portfolio, periods[-1]) <= periods[-1].start + _GRACE
    windows = [_window(portfolio, each, lag, with_time) for each in periods]
    labels = [each.label for each in periods]
    profits = dict(zip(labels, profits_in(portfolio, windows, by), strict=True))
    revenue = {label: profit.table["revenue"] for label, profit in profits.items()}
    basis = profits[labels[-1]].basis
    return PeriodHistory(
        _side_by_side(revenue).fillna(0.0), _earned(profits, basis), basis
    )


def revenue_history(
    portfolio: Portfolio, periods: Sequence[Period], by: str = "parent"
) -> pd.DataFrame:
    """Show what every account brought in each period, fit to be compared.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    periods : sequence of Period
        The earliest first; none may end after the view's day.
    by : {"account", "parent"}
        Accounts, or groups under their parents as they are on the view's day.

    Returns
    -------
    DataFrame of shape (n_accounts, n_periods)
        Net revenue as in `PeriodHistory`, of all accounts that have a line.

    Raises
    ------
    UsageError
        If there is no period, or one is not over on the view's day.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     years = [portfolio.period(label) for label in ("2024", "2025")]
    ...     revenue = revenue_history(portfolio, years)
    >>> bool((revenue.sum() > 0).all())
    True
    """
    lag = _lag(portfolio, periods)
    steps = {each.label: _waterfall(portfolio, each, by, lag) for each in periods}
    return _side_by_side(steps).fillna(0.0)


def _lag(portfolio: Portfolio, periods: Sequence[Period]) -> timedelta:
    """Return how long ago the last period ended."""
    if not periods or periods[-1].end > portfolio.as_of:
        raise UsageError(
            f"periods = {[each.label for each in periods]}: give at least one, none of "
            f"them ending after the view's day, {portfolio.as_of}"
        )
    return portfolio.as_of - periods[-1].end


def _waterfall(
    portfolio: Portfolio, period: Period, by: str, lag: timedelta
) -> pd.Series:
    window = {"start": period.start, "end": period.end, "by": by}
    return account_waterfall(portfolio, **window, booked_by=period.end + lag)["revenue"]


def _known_from(portfolio: Portfolio, last: Period) -> date:
    """Return from which day on costs of the pools are known; the last if they never."""
    if not (portfolio.has("costs") and portfolio.has("activity_minutes")):
        return last.end
    costs = portfolio.table("costs")
    return costs["period_start"].min().date() if len(costs) else last.end


def _window(
    portfolio: Portfolio, period: Period, lag: timedelta, with_time: bool
) -> ProfitWindow:
    covered = _known_from(portfolio, period) <= period.start + _GRACE
    days = period.start, period.end, period.end + lag
    return ProfitWindow(*days, with_time=with_time and covered)


def _earned(profits: dict[str, AccountProfit], basis: str) -> pd.DataFrame:
    """Put contributions side by side; one that counts less is no comparison."""
    last = list(profits)[-1]
    comparable = {
        label: profit.contribution
        for label, profit in profits.items()
        if profit.basis == basis and (label == last or profit.contacts_from is None)
    }
    frame = _side_by_side(comparable)
    # An account without a line earned nothing; a cost that is unknown stays unknown.
    for label, contribution in comparable.items():
        idle = frame.index.difference(contribution.index)
        frame.loc[idle, label] = 0.0
    return frame.reindex(columns=list(profits))


def _side_by_side(columns: dict[str, pd.Series]) -> pd.DataFrame:
    return pd.DataFrame(columns).sort_index()
