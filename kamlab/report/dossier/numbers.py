"""The numbers behind a dossier, each worked out once, when it is asked for.

Glossary
--------
own
    Of the account that the dossier is about, or of all accounts of its group.
year, year before
    The twelve months that end with the report's day, and the twelve before them.
short dossier
    Of an account with few order days, or known for less than a year: it is not judged.
"""

from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

import pandas as pd

from kamlab.churn.silence import FEWEST_ORDER_DAYS, silence
from kamlab.churn.watch import watch_list
from kamlab.data.unified import merged_numbers
from kamlab.errors import UsageError, did_you_mean
from kamlab.fiscal import Period
from kamlab.periods import last_full_period, period_back
from kamlab.portfolio import Portfolio
from kamlab.report.actions import Actions, read_actions
from kamlab.report.dossier.find import found_account
from kamlab.report.dossier.lines import own_lines, own_rows
from kamlab.report.dossier.outlook import Outlook, outlook
from kamlab.report.memory.recall import recalled
from kamlab.report.slots import Filled
from kamlab.report.worth import Worth, worth
from kamlab.value.profitability import AccountProfit, trailing_profits
from kamlab.value.trailing import account_names, months_covered, trailing_window
from kamlab.value.windows import key_name

#: For whom a dossier is written: for ourselves, or to be shown to the customer.
AUDIENCES = ("internal", "customer")

#: Level of the intervals of what is expected.
LEVEL = 0.9

#: Fiscal quarters that are looked ahead to.
_QUARTERS = 2

#: An account known for less than this is not judged.
_A_YEAR = timedelta(days=365)


class Dossier:
    """What a dossier knows of one account: master data, lines, contacts, profit.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at the report's day.
    account : str
        Number or name of the account; empty for the largest.
    level : {"account", "parent"}
        The account alone, or its whole group.
    audience : {"internal", "customer"}
        For ourselves; or for the customer, who sees no profit, risk, tier or peers.
    previous : str or Path, optional
        Folder of the report before, with its manifest.json.
    actions : str or Path, optional
        Sheet in which people keep what they do about the alerts.
    names : bool
        Whether account managers stand there by name instead of by code; names of
        persons reach a page only where somebody asks for them.

    Raises
    ------
    UsageError
        If there is no such account, level or audience.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     dossier = Dossier(portfolio, "Kovostav")
    ...     dossier.key, dossier.name, dossier.is_short
    ('A10284', 'Kovostav Strojírny a.s.', False)
    """

    def __init__(
        self,
        portfolio: Portfolio,
        account: str = "",
        level: str = "account",
        audience: str = "internal",
        previous: str | Path | None = None,
        actions: str | Path | None = None,
        names: bool = False,
    ) -> None:
        key_name(level)
        if audience not in AUDIENCES:
            raise UsageError(
                f"audience = {audience!r}: {did_you_mean(audience, AUDIENCES)}"
            )
        self.portfolio = portfolio
        self.level = level
        self.is_internal = audience == "internal"
        self.key = found_account(portfolio, account)
        if level == "parent":
            self.key = str(portfolio.parent_of[self.key])
        self.before = recalled(previous)
        self.filled: dict[str, Filled] = {}  # slots that were worked out by now
        self._actions_file = Path(actions) if actions else None
        self._with_names = names

    # -- who it is -------------------------------------------------------------------

    @property
    def currency(self) -> str:
        """The reporting currency."""
        return self.portfolio.currency

    @property
    def day(self) -> pd.Timestamp:
        """The report's day."""
        return pd.Timestamp(self.portfolio.as_of)

    @cached_property
    def members(self) -> list[str]:
        """Number of the account, or of all accounts of its group."""
        parents = self.portfolio.parent_of
        group = parents.index[parents == self.key].tolist()
        return group if self.level == "parent" else [self.key]

    @cached_property
    def name(self) -> str:
        """What people call the account."""
        return str(account_names(self.portfolio).get(self.key, self.key))

    @cached_property
    def about(self) -> pd.Series:
        """The account's row of master data; what is not known is missing."""
        return self.portfolio.accounts.loc[self.key]

    @cached_property
    def owner(self) -> str:
        """Code of the account manager, or the name where names are asked for."""
        code = self.about.get("kam_id")
        return "" if pd.isna(code) else self.person(str(code))

    def person(self, code: str) -> str:
        """Return the code of an account manager, or the name where names are asked for.

        Examples
        --------
        >>> import kamlab
        >>> with kamlab.open_portfolio("data/demo") as portfolio:
        ...     named = Dossier(portfolio, names=True).person("E01")
        ...     Dossier(portfolio).person("E01"), named
        ('E01', 'Ulrich Rabenau')
        """
        if not (self._with_names and self.portfolio.has("kam_team.kam_name")):
            return code
        team = self.portfolio.table("kam_team")
        names = team.drop_duplicates("kam_id").set_index("kam_id")["kam_name"].dropna()
        return str(names.get(code, code))

    # -- what it buys ----------------------------------------------------------------

    @cached_property
    def lines(self) -> pd.DataFrame:
        """The own order lines, from `kamlab.report.dossier.lines.own_lines`."""
        return own_lines(self.portfolio, self.members)

    @cached_property
    def order_days(self) -> pd.Series:
        """Days (or months, in a book of months) with a purchase, each once."""
        bought = self.lines.loc[self.lines["is_purchase"], "order_date"]
        return bought.drop_duplicates().sort_values(ignore_index=True)

    @cached_property
    def is_short(self) -> bool:
        """Whether there are too few order days, or too few months, to judge."""
        if len(self.order_days) < FEWEST_ORDER_DAYS:
            return True
        return self.day - self.order_days.iloc[0] < _A_YEAR

    @cached_property
    def year(self) -> Period:
        """The twelve months that end with the report's day."""
        return self._year(0)

    @cached_property
    def year_before(self) -> Period | None:
        """The twelve months before; None where the data do not reach back so far."""
        return self._year(1) if months_covered(self.portfolio, 24) == 24 else None

    def between(self, rows: pd.DataFrame, day: str, period: Period) -> pd.DataFrame:
        """Return the rows whose day lies within a period.

        Examples
        --------
        >>> import kamlab
        >>> with kamlab.open_portfolio("data/demo") as portfolio:
        ...     dossier = Dossier(portfolio, "A10284")
        ...     year = dossier.between(dossier.lines, "order_date", dossier.year)
        >>> len(year) < len(dossier.lines)
        True
        """
        first, last = pd.Timestamp(period.start), pd.Timestamp(period.end)
        return rows[rows[day].between(first, last)]

    def revenue(self, period: Period) -> float:
        """Return the own net revenue of a period.

        Examples
        --------
        >>> import kamlab
        >>> with kamlab.open_portfolio("data/demo") as portfolio:
        ...     dossier = Dossier(portfolio, "A10970")  # its project ended in 2024
        ...     dossier.revenue(dossier.year) < dossier.revenue(dossier.year_before)
        True
        """
        rows = self.between(self.lines, "order_date", period)
        return round(float(rows["net_amount"].sum()), 2)

    # -- what else is known ----------------------------------------------------------

    @cached_property
    def contacts(self) -> pd.DataFrame:
        """Visits, calls and mails with the account, the earliest first."""
        rows = own_rows(self.portfolio, "interactions", self.members)
        return rows.sort_values("date", kind="stable", ignore_index=True)

    def rows(self, name: str) -> pd.DataFrame:
        """Return the own rows of a table; none where the data have no such table.

        Examples
        --------
        >>> import kamlab
        >>> with kamlab.open_portfolio("data/demo") as portfolio:
        ...     len(Dossier(portfolio, "A10063").rows("contracts"))
        2
        """
        return own_rows(self.portfolio, name, self.members)

    @cached_property
    def outlook(self) -> Outlook:
        """Which forecast did better in earlier quarters, and what each expects."""
        calendar = self.portfolio.calendar
        last = last_full_period(calendar, self.portfolio.as_of, "quarter")
        steps = range(1, _QUARTERS + 1)
        quarters = [period_back(calendar, last, -step) for step in steps]
        return outlook(self.portfolio, quarters, self.level, LEVEL, self.is_internal)

    @cached_property
    def forecasts(self) -> dict[Period, dict]:
        """What each quarter that is not over yet may bring, where anybody can tell."""
        return self.outlook.of(self.key)

    @cached_property
    def worth(self) -> Worth:
        """Lifetime value of every account; never for the customer."""
        return worth(self.portfolio, self.level)

    @cached_property
    def former(self) -> pd.DataFrame:
        """Numbers that were merged into the own ones: ``old number``, ``since``."""
        merged = merged_numbers(self.portfolio)
        return merged[merged["now"].isin(self.members)].reset_index(drop=True)

    @cached_property
    def events(self) -> pd.DataFrame:
        """Events about the account itself, also under an earlier number, by day."""
        if not self.portfolio.has("events.scope_value"):
            return pd.DataFrame(columns=["date", "end_date", "kind", "text"])
        events = self.portfolio.table("events")
        numbers = [*self.members, *self.former["old number"]]
        own = events["scope"].eq("account") & events["scope_value"].isin(numbers)
        wanted = ["date", "end_date", "kind", "text"]
        return events[own].reindex(columns=wanted).sort_values("date")

    @cached_property
    def actions(self) -> Actions:
        """What people wrote down to do; nobody's notes are for the customer."""
        return read_actions(self._actions_file if self.is_internal else None)

    # -- what only we may see --------------------------------------------------------

    @cached_property
    def rhythm(self) -> pd.Series | None:
        """Last order, usual gap and limit; None without order days."""
        if self.portfolio.grain == "month":
            return None
        table = self._quiet
        return table.loc[self.key] if self.key in table.index else None

    @property
    def is_finished(self) -> bool:
        """Whether it lived by a project that is over, so that no order is due.

        Never asked for the customer, who is not to read what we make of silence.
        """
        rhythm = self.rhythm if self.is_internal else None
        return rhythm is not None and rhythm["reason"] == "finished_project"

    @cached_property
    def alerts(self) -> list[dict]:
        """Rows of the watch list that are about the account, without muted ones."""
        quiet = None if self.portfolio.grain == "month" else self._quiet
        watch = watch_list(self.portfolio, self.level, stake=[self.key], quiet=quiet)
        own = watch[(watch.iloc[:, 0] == self.key) & (watch["muted_by"] == "")]
        return own.to_dict("records")

    @cached_property
    def profit(self) -> AccountProfit | None:
        """Profit of twelve months by account; None where its costs are not known."""
        full = months_covered(self.portfolio, 12) == 12
        if not (full and self.portfolio.has("orders.cogs")):
            return None
        [profit] = trailing_profits(self.portfolio, 12, self.level, most=1).values()
        known = profit.contribution.get(self.key, float("nan"))
        return profit if known == known else None

    @cached_property
    def _quiet(self) -> pd.DataFrame:
        """How long every account has been silent, for rhythm and alerts alike."""
        return silence(self.portfolio, by=self.level)

    def _year(self, back: int) -> Period:
        start, end = trailing_window(self.portfolio.as_of, 12, back)
        return Period(f"12 months to {end}", start, end)


def as_day(value: object) -> date | None:
    """Return a day out of a table as a plain date; None where it is missing.

    Examples
    --------
    >>> as_day(pd.Timestamp("2026-04-30")), as_day(pd.NaT)
    (datetime.date(2026, 4, 30), None)
    """
    return None if pd.isna(value) else pd.Timestamp(value).date()
