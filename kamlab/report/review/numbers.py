"""The numbers behind a portfolio review, each worked out once, when it is asked for.

Glossary
--------
now, then
    The last full period of the report, and the same period of the year before.
own
    Restricted to the accounts of one account manager, for that manager's own page.
"""

from functools import cached_property
from typing import TypeVar

import pandas as pd

from kamlab.errors import UsageError, did_you_mean
from kamlab.fiscal import Period
from kamlab.periods import last_full_period, period_back, year_before
from kamlab.portfolio import Portfolio
from kamlab.value.period_history import PeriodHistory, period_history
from kamlab.value.trailing import account_names, months_covered, trailing_revenue

#: Periods that usual variation is judged by, and a year before the first of them.
_PERIODS_SHOWN = 13
_IN_A_YEAR = {"month": 12, "quarter": 4, "year": 1}

ByKey = TypeVar("ByKey", pd.Series, pd.DataFrame)


class Review:
    """What a review knows: periods, names, owners, revenue and profit by account.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at the report's day.
    length : {"quarter", "month", "year"}
        Which period the review is about.
    by : {"parent", "account"}
        Groups under their parents, or accounts one by one.
    manager : str
        Code of the account manager whose accounts alone are shown; empty for all.

    Raises
    ------
    UsageError
        If no period is over yet, or the manager owns no account.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     review = Review(portfolio)
    ...     review.now.label, review.then.label
    ('2025Q4', '2024Q4')
    """

    def __init__(
        self,
        portfolio: Portfolio,
        length: str = "quarter",
        by: str = "parent",
        manager: str = "",
    ) -> None:
        self.portfolio = portfolio
        self.length = length
        self.by = by
        self.manager = manager
        self.now = last_full_period(portfolio.calendar, portfolio.as_of, length)
        self.then = year_before(portfolio.calendar, self.now)
        self._check_period()
        self._check_manager()

    @property
    def currency(self) -> str:
        """The reporting currency."""
        return self.portfolio.currency

    @property
    def has_year_before(self) -> bool:
        """Whether the same period of last year lies within the data."""
        return self.portfolio.first_day <= self.then.start + pd.Timedelta(days=10)

    @cached_property
    def periods(self) -> list[Period]:
        """The periods that are shown, and a year before them, the earliest first."""
        many = _PERIODS_SHOWN + _IN_A_YEAR[self.length]
        calendar = self.portfolio.calendar
        all_of = (period_back(calendar, self.now, back) for back in range(many))
        first = self.portfolio.first_day
        known = [p for p in all_of if p.start + pd.Timedelta(days=10) >= first]
        return known[::-1] or [self.now]

    @cached_property
    def names(self) -> pd.Series:
        """What people call every account."""
        return account_names(self.portfolio)

    @cached_property
    def owners(self) -> pd.Series:
        """Code of every account's manager on the report's day; empty without one."""
        accounts = self.portfolio.accounts
        if "kam_id" not in accounts:
            return pd.Series("", index=accounts.index, dtype="str")
        return accounts["kam_id"].astype("str").fillna("")

    @cached_property
    def history(self) -> PeriodHistory:
        """Revenue and profit of the own accounts in every period."""
        history = period_history(self.portfolio, self.periods, self.by)
        earned = None if history.earned is None else self.own(history.earned)
        return PeriodHistory(self.own(history.revenue), earned, history.basis)

    @cached_property
    def year_revenue(self) -> pd.Series:
        """Net revenue of the own accounts in the twelve months to the report's day."""
        months = months_covered(self.portfolio, 12)
        return self.own(trailing_revenue(self.portfolio, months, self.by))

    def own(self, by_key: ByKey) -> ByKey:
        """Return figures by account, restricted to the manager's where there is one.

        Examples
        --------
        >>> import kamlab
        >>> with kamlab.open_portfolio("data/demo") as portfolio:
        ...     review = Review(portfolio, manager="K02")
        ...     len(review.own(review.owners)) < len(review.owners)
        True
        """
        if not self.manager:
            return by_key
        return by_key[self.owners.reindex(by_key.index) == self.manager]

    def _check_period(self) -> None:
        first = self.portfolio.first_day
        if self.now.start + pd.Timedelta(days=10) < first:
            raise UsageError(
                f"period = {self.length!r}: the last full one is {self.now}, but the "
                f"data begin on {first}; take a shorter one, or a later as_of"
            )

    def _check_manager(self) -> None:
        known = sorted(set(self.owners) - {""})
        if self.manager and self.manager not in known:
            raise UsageError(
                f"manager = {self.manager!r} owns no account on "
                f"{self.portfolio.as_of}: {did_you_mean(self.manager, known)}"
            )
