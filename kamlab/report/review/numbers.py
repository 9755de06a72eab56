"""The numbers behind a portfolio review, each worked out once, when it is asked for.

Glossary
--------
now, then
    The last full period of the report, and the same period of the year before.
own
    Restricted to the accounts of one account manager, for that manager's own page.
"""

from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import pandas as pd

from kamlab.churn.at_stake import at_stake
from kamlab.churn.retention import RevenueRetention, revenue_retention
from kamlab.churn.silence import silence
from kamlab.churn.watch import total_at_stake, watch_list
from kamlab.errors import UsageError, did_you_mean
from kamlab.fiscal import Period
from kamlab.periods import last_full_period, period_back, year_before
from kamlab.portfolio import Portfolio
from kamlab.report.actions import done_alerts, read_actions
from kamlab.report.memory.alert_states import alert_states
from kamlab.report.memory.kept_word import KeptWord, kept_word
from kamlab.report.memory.recall import recalled
from kamlab.report.memory.renumbering import current_numbers
from kamlab.report.review.states import with_pausing, with_states
from kamlab.report.worth import Worth, worth
from kamlab.style.names import display_name, shortened
from kamlab.value.movers_periods import MoverPeriod, mover_periods
from kamlab.value.period_history import (
    PeriodHistory,
    period_history,
    revenue_history,
)
from kamlab.value.profit_bridge import profit_bridge
from kamlab.value.profitability import AccountProfit, trailing_profits
from kamlab.value.revenue_bridge import RevenueBridge, revenue_bridge
from kamlab.value.trailing import (
    account_names,
    months_covered,
    trailing_revenue,
    trailing_window,
)
from kamlab.value.windows import key_name

#: Periods that usual variation is judged by, and a year before the first of them.
_PERIODS_SHOWN = 13
_IN_A_YEAR = {"month": 12, "quarter": 4, "year": 1}

#: Columns of a name in a table of the page.
_NAME_WIDTH = 24
#: A book that begins on 1 January has its first order some days later.
_GRACE = timedelta(days=10)

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
    previous : str or Path, optional
        Folder of the report before, with its manifest.json.
    actions : str or Path, optional
        Sheet in which people keep what they do about the alerts.
    names : bool
        Whether account managers stand there by name instead of by code; names of
        people are personal data, and not every reader may see them.

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
        previous: str | Path | None = None,
        actions: str | Path | None = None,
        names: bool = False,
    ) -> None:
        self.portfolio = portfolio
        self.length = length
        self.by = by
        self.manager = manager
        self._with_names = names
        self.before = recalled(previous)
        self.actions = read_actions(actions)
        self.now = last_full_period(portfolio.calendar, portfolio.as_of, length)
        self.then = year_before(portfolio.calendar, self.now)
        self._check_period()
        self._check_manager()

    @property
    def currency(self) -> str:
        """The reporting currency."""
        return self.portfolio.currency

    @cached_property
    def alert_states(self) -> pd.DataFrame:
        """Whether each alert is new, open, or closed since the last report.

        Columns ``account`` (today's number), ``rule``, ``state``; empty for a first
        report.
        """
        if self.before is None:
            return pd.DataFrame(columns=["account", "rule", "state"])
        warned = self.before.warnings
        named = [each.account for each in warned]
        numbers = current_numbers(self.portfolio, named, self.by)
        states = alert_states(self.watch, warned, numbers)
        own = self.own(states.set_index("account", drop=False))
        return own.reset_index(drop=True)

    @cached_property
    def kept_word(self) -> KeptWord | None:
        """What became of the last report's warnings and predictions; None at first."""
        if self.before is None:
            return None
        done = done_alerts(self.actions)
        return kept_word(self.before, self.portfolio, self.by, done)

    @property
    def has_year_before(self) -> bool:
        """Whether the same period of last year lies within the data."""
        return self.portfolio.first_day <= self.then.start + _GRACE

    @cached_property
    def periods(self) -> list[Period]:
        """The periods that are shown, and a year before them, the earliest first."""
        many = _PERIODS_SHOWN + _IN_A_YEAR[self.length]
        calendar = self.portfolio.calendar
        all_of = (period_back(calendar, self.now, back) for back in range(many))
        first = self.portfolio.first_day
        known = [p for p in all_of if p.start + _GRACE >= first]
        return known[::-1] or [self.now]

    @cached_property
    def names(self) -> pd.Series:
        """What people call every account."""
        return account_names(self.portfolio)

    def name(self, account: object) -> str:
        """Return what people call an account.

        Examples
        --------
        >>> import kamlab
        >>> with kamlab.open_portfolio("data/demo") as portfolio:
        ...     Review(portfolio).name("A10063")
        'Marwitz Packaging GmbH'
        """
        return display_name(account, self.names)

    def short(self, account: object) -> str:
        """Return an account's name, as long as a narrow column has room for.

        Examples
        --------
        >>> import kamlab
        >>> with kamlab.open_portfolio("data/demo") as portfolio:
        ...     Review(portfolio).short("A10629")
        'Nordkai Offshore AS'
        """
        return shortened(self.name(account), _NAME_WIDTH)

    @cached_property
    def owners(self) -> pd.Series:
        """Code of every account's manager on the report's day; empty without one."""
        accounts = self.portfolio.accounts
        if "kam_id" not in accounts:
            return pd.Series("", index=accounts.index, dtype="str")
        return accounts["kam_id"].astype("str").fillna("")

    @cached_property
    def people(self) -> dict[str, str]:
        """Name by code of account managers; empty unless names were asked for."""
        if not (self._with_names and self.portfolio.has("kam_team.kam_name")):
            return {}
        team = self.portfolio.table("kam_team").dropna(subset=["kam_name"])
        return dict(zip(team["kam_id"], team["kam_name"], strict=True))

    def owner(self, account: object) -> str:
        """Return who looks after an account: by name where names are asked for.

        Examples
        --------
        >>> import kamlab
        >>> with kamlab.open_portfolio("data/demo") as portfolio:
        ...     Review(portfolio).owner("A10063")
        'K03'
        """
        code = str(self.owners.get(account, ""))
        return str(self.people.get(code, code))

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

    @cached_property
    def bridge(self) -> RevenueBridge:
        """From the revenue of `then` to that of `now`, step by step."""
        bridge = revenue_bridge(self.portfolio, self.now, self.then, self.by)
        own = bridge.only(self.own(bridge.by_account).index)
        return with_pausing(own, self.faint_accounts)

    @cached_property
    def profit_steps(self) -> pd.DataFrame | None:
        """Steps from what `then` left to what `now` did, by own account.

        None where the year before, costs, products or quantities are not known.
        """
        if not self.has_year_before:
            return None
        before, after = self.two_periods
        if before.profit is None or after.profit is None:
            return None
        steps = self.own(profit_bridge(before.profit, after.profit).by_account)
        return with_states(steps, self.bridge.status)

    @cached_property
    def two_periods(self) -> tuple[MoverPeriod, MoverPeriod]:
        """What `then` and `now` left by account, and what it is made of."""
        return mover_periods(self.portfolio, self.now, self.then, self.by)

    @cached_property
    def quiet(self) -> pd.DataFrame | None:
        """How long every account has been silent; None in a book of months."""
        by_days = self.portfolio.grain != "month"
        return silence(self.portfolio, by=self.by) if by_days else None

    @cached_property
    def watch(self) -> pd.DataFrame:
        """Own accounts that may be leaving, with what is at stake, and why."""
        watch = watch_list(self.portfolio, self.by, quiet=self.quiet)
        own = self.own(watch.set_index(key_name(self.by), drop=False))
        return own.reset_index(drop=True)

    @cached_property
    def account_year(self) -> pd.Series:
        """What each account left in twelve months, also where groups are shown."""
        return at_stake(self.portfolio, "account").amounts

    @cached_property
    def year_profit(self) -> AccountProfit | None:
        """Profit of twelve months by own account; None without cost of goods."""
        full = months_covered(self.portfolio, 12) == 12
        if not (full and self.portfolio.has("orders.cogs")):
            return None
        [profit] = trailing_profits(self.portfolio, 12, self.by, most=1).values()
        return replace(profit, table=self.own(profit.table))

    @cached_property
    def worth(self) -> Worth:
        """Lifetime value of the own accounts; their sum is that of the whole book."""
        found = worth(self.portfolio, self.by)
        return replace(found, accounts=self.own(found.accounts))

    @cached_property
    def alerts(self) -> pd.DataFrame:
        """The watched accounts with clear evidence that no event explains."""
        watch = self.watch
        return watch[(watch["muted_by"] == "") & (watch["evidence"] == "clear")]

    @property
    def faint(self) -> int:
        """How many accounts are silent a little longer than usual, and no more."""
        return len(self.faint_accounts)

    @property
    def faint_accounts(self) -> list[str]:
        """Which accounts these are."""
        return list(self._faint_alerts.iloc[:, 0].unique())

    @property
    def faint_money(self) -> float:
        """What these accounts brought in the year before they fell silent."""
        return total_at_stake(self._faint_alerts)

    @property
    def _faint_alerts(self) -> pd.DataFrame:
        watch = self.watch
        return watch[(watch["muted_by"] == "") & (watch["evidence"] == "faint")]

    @cached_property
    def two_years(self) -> pd.DataFrame | None:
        """Net revenue of twelve months and of those before; None without two years."""
        if months_covered(self.portfolio, 24) < 24:
            return None
        years = [trailing_period(self.portfolio, back) for back in (1, 0)]
        revenue = self.own(revenue_history(self.portfolio, years, self.by))
        return revenue.set_axis(["then", "now"], axis=1)

    @cached_property
    def retention(self) -> RevenueRetention | None:
        """What last year's accounts bring this year; None without two full years."""
        if self.two_years is None:
            return None
        then, now = self.two_years["then"], self.two_years["now"]
        return revenue_retention(now, then) if (then > 0).any() else None

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

    def own_side(self, side: MoverPeriod) -> MoverPeriod:
        """Return what a comparison knows of a period, for the own accounts alone."""
        return replace(side, earned=self.own(side.earned))

    def _check_period(self) -> None:
        first = self.portfolio.first_day
        if self.now.start + _GRACE < first:
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


def trailing_period(portfolio: Portfolio, back: int = 0) -> Period:
    """Return twelve months that end with the view's day, or some years earlier.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    back : int
        How many times twelve months earlier.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(trailing_period(portfolio, 1))
    12 months to 2024-12-31 (2024-01-01 to 2024-12-31)
    """
    start, end = trailing_window(portfolio.as_of, 12, back)
    return Period(f"12 months to {end}", start, end)
