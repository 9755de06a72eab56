"""The portfolio: a company's tables as they were known at the end of a day.

Glossary
--------
as of
    The last day whose news a view may hold. Features of a model come from a view.
outcome
    What happened in the months after `as_of`. Labels of a model come from there, and
    from nowhere else.
parent
    The account at the top of a group; figures can be taken by account or rolled up.
"""

from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import narwhals as nw
import pandas as pd

from kamlab.data.accounts import (
    accounts_at,
    merged_accounts,
    renumbered,
    rolled_up,
    top_of_group,
)
from kamlab.data.contract import TABLES, table
from kamlab.data.features import checked_features, undated_columns
from kamlab.data.lacking import lacking
from kamlab.data.small_tables import small_table_at
from kamlab.data.store import Store, checked_as_of, collect
from kamlab.data.view import known_at, midnight, usable_columns
from kamlab.errors import UsageError
from kamlab.fiscal import FiscalCalendar, Period
from kamlab.outcome import Outcome, outcome_end

if TYPE_CHECKING:
    import pyarrow as pa


class Portfolio:
    """A company's accounts, orders and events as known at the end of one day.

    Open one with `open_portfolio` or `portfolio_from_tables`; move it with `at`.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     portfolio.name, str(portfolio.as_of), portfolio.currency
    ('Talbruck Motion GmbH', '2025-12-31', 'EUR')
    """

    def __init__(self, store: Store, as_of: date) -> None:
        self._store = store
        self.as_of = as_of

    @property
    def name(self) -> str:
        """The company's name."""
        return self._store.description.name

    @property
    def currency(self) -> str:
        """The reporting currency of all money in the portfolio."""
        return self._store.description.currency

    @property
    def grain(self) -> str:
        """Whether order lines have days ("day") or are sums of months ("month")."""
        return self._store.description.grain

    @property
    def calendar(self) -> FiscalCalendar:
        """How the company counts its years and quarters."""
        return self._store.description.calendar

    @property
    def data_through(self) -> date:
        """Last day the data cover, whatever the view shows of them."""
        return self._store.description.data_through

    @property
    def folder(self) -> Path | None:
        """Where the tables lie, or None when they came as frames."""
        return self._store.folder

    @cached_property
    def first_day(self) -> date:
        """Day of the first order line known by now, or the view's own if none is."""
        first = self.orders.select(nw.col("order_date").min())
        day = collect(first)["order_date"].iloc[0]
        if pd.isna(day):
            return self.as_of
        # A sum of a month is dated its last day, and covers all of it.
        return day.date().replace(day=1) if self.grain == "month" else day.date()

    def data_hashes(self) -> dict[str, str]:
        """Return the SHA-256 of every table file, so that a report names its data.

        Examples
        --------
        >>> import kamlab
        >>> with kamlab.open_portfolio("data/demo") as portfolio:
        ...     sorted(portfolio.data_hashes())[:2]
        ['account_costs.csv', 'account_history.csv']
        """
        return self._store.hashes()

    def has(self, what: str) -> bool:
        """Say whether a table, or a column of one, is there.

        Parameters
        ----------
        what : str
            A table such as "accounts", or a column such as "orders.cogs".

        Raises
        ------
        UsageError
            If the data contract knows no such table or column.

        Examples
        --------
        >>> import kamlab
        >>> with kamlab.open_portfolio("data/demo") as portfolio:
        ...     portfolio.has("orders.cogs"), portfolio.has("orders.tax_rate")
        (True, False)
        """
        name, _, column = what.partition(".")
        declared = table(name)
        if column:
            declared.column(column)
        if name not in self._store.lazy:
            return False
        usable = usable_columns(declared, self._store.columns(name))
        return not column or column in usable

    def require(self, *what: str, purpose: str) -> None:
        """Insist on tables or columns, and say in one sentence what is missing.

        Parameters
        ----------
        *what : str
            Such as "accounts" or "orders.cogs".
        purpose : str
            What they are needed for; the sentence begins with it.

        Raises
        ------
        MissingDataError
            If any of them is not in the portfolio.
        """
        missing = [each for each in what if not self.has(each)]
        if missing:
            raise lacking(purpose, missing, self._store.lazy)

    @cached_property
    def orders(self) -> nw.LazyFrame:
        """Order lines known on the day, lazy; merged accounts carry one number.

        Examples
        --------
        >>> import kamlab
        >>> with kamlab.open_portfolio("data/demo") as portfolio:
        ...     portfolio.at("2022-01-31").orders.collect()["order_date"].max().month
        1
        """
        return self._lazy_view("orders")

    @cached_property
    def accounts(self) -> pd.DataFrame:
        """One row for each account known on the day, indexed by account_id.

        Attributes that `account_history` dates are those of the day; all others are as
        of the extract (see `undated`).

        Examples
        --------
        >>> import kamlab
        >>> with kamlab.open_portfolio("data/demo") as portfolio:
        ...     len(portfolio.at("2022-03-31").accounts) < len(portfolio.accounts)
        True
        """
        return accounts_at(self._store, self.as_of)

    def table(self, name: str) -> pd.DataFrame | nw.LazyFrame:
        """Return a table as known on the day.

        Parameters
        ----------
        name : str
            A table of the data contract. Tables that may outgrow memory (orders,
            interactions, account_costs) come lazy, accounts indexed by account_id, all
            others as they are.

        Raises
        ------
        UsageError
            If the contract knows no such table.
        MissingDataError
            If the portfolio does not have it.

        Examples
        --------
        >>> import kamlab
        >>> with kamlab.open_portfolio("data/demo") as portfolio:
        ...     portfolio.table("products").columns[:2].tolist()
        ['product_id', 'product_name']
        """
        if name in ("orders", "accounts"):
            return self.orders if name == "orders" else self.accounts
        self.require(name, purpose=f"Table {name!r}")
        declared = table(name)
        if declared.lazy:
            return self._lazy_view(name)
        if name not in self._known:
            rows = small_table_at(self._store, declared, self.as_of)
            if declared.moves_with_merger:
                rows = renumbered(nw.from_native(rows), self._merged).to_native()
            self._known[name] = rows
        return self._known[name].copy(deep=False)  # what the caller changes is its own

    def undated(self, name: str) -> list[str]:
        """Return the columns of a table that are true as of the extract only.

        Nobody knows since when they hold, so a model must not learn from them.

        Examples
        --------
        >>> import kamlab
        >>> with kamlab.open_portfolio("data/demo") as portfolio:
        ...     "tier" in portfolio.undated("accounts")
        False
        """
        declared = table(name)
        view = self.table(name)
        present = view.collect_schema().names() if declared.lazy else view.columns
        dated = set()
        if name == "accounts" and self.has("account_history"):
            dated = set(self._store.small("account_history")["attribute"])
        return undated_columns(declared, present, dated)

    def features(self, name: str, columns: list[str]) -> pd.DataFrame:
        """Return columns of a small table for a model to learn from.

        Raises
        ------
        UsageError
            If a column is unknown, or is true as of the extract only.

        Examples
        --------
        >>> import kamlab
        >>> with kamlab.open_portfolio("data/demo") as portfolio:
        ...     portfolio.features("accounts", ["tier"]).columns.tolist()
        ['tier']
        """
        if table(name).lazy:
            raise UsageError(
                f"features of {name!r} are made by reducing its rows first, for "
                "example with kamlab.value.activity"
            )
        days = (self.data_through, self.as_of)
        undated = self.undated(name)
        return checked_features(self.table(name), columns, table(name), undated, days)

    @cached_property
    def parent_of(self) -> pd.Series:
        """The top of its group for every account; an account alone is its own.

        Examples
        --------
        >>> import kamlab
        >>> with kamlab.open_portfolio("data/demo") as portfolio:
        ...     portfolio.parent_of.nunique() < len(portfolio.accounts)
        True
        """
        return top_of_group(self.accounts)

    def roll_up(self, by_account: pd.Series | pd.DataFrame) -> pd.Series | pd.DataFrame:
        """Sum figures by account into figures by parent.

        Parameters
        ----------
        by_account : pandas.Series or pandas.DataFrame
            Indexed by account_id; figures that add up, such as revenue.

        Raises
        ------
        UsageError
            If an account is not in the portfolio.

        Examples
        --------
        >>> import kamlab
        >>> with kamlab.open_portfolio("data/demo") as portfolio:
        ...     each = portfolio.parent_of.map(lambda _: 1)
        ...     int(portfolio.roll_up(each).sum()) == len(portfolio.accounts)
        True
        """
        return rolled_up(by_account, self.parent_of)

    def period(self, label: str) -> Period:
        """Return the days of a fiscal period such as "2025Q4"."""
        return self.calendar.period(label)

    def at(self, as_of: str | date) -> "Portfolio":
        """Return the same company as it was known at the end of another day.

        Raises
        ------
        UsageError
            If the day lies before the first order or after the data's last day.

        Examples
        --------
        >>> import kamlab
        >>> with kamlab.open_portfolio("data/demo") as portfolio:
        ...     portfolio.at("2024-06-30").as_of
        datetime.date(2024, 6, 30)
        """
        return Portfolio(self._store, checked_as_of(self._store, as_of))

    def outcome(self, months: int) -> Outcome:
        """Return what happened in the `months` after the view's day.

        Parameters
        ----------
        months : int
            Length of the window, at least 1.

        Raises
        ------
        UsageError
            If the window does not end within the data.

        Examples
        --------
        >>> import kamlab
        >>> with kamlab.open_portfolio("data/demo") as portfolio:
        ...     outcome = portfolio.at("2025-06-30").outcome(months=6)
        >>> print(outcome.start, outcome.end)
        2025-07-01 2025-12-31
        """
        end = outcome_end(self.as_of, months, self.data_through)
        later = self.at(end)
        window = later.orders.filter(nw.col("order_date") > midnight(self.as_of))
        learnt = later._merged.drop(self._merged.index, errors="ignore")
        return Outcome(self.as_of + timedelta(days=1), end, window, learnt)

    def beside_orders(self, frame: "pa.Table") -> nw.LazyFrame | None:
        """Return a small table ready to be joined to the order lines.

        None where the order lines came as a frame: no engine is known then.
        """
        return self._store.beside_orders(frame)

    def close(self) -> None:
        """Close the connection to the data; views of it end with it."""
        self._store.close()

    def __enter__(self) -> "Portfolio":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def __repr__(self) -> str:
        tables = ", ".join(name for name in TABLES if name in self._store.lazy)
        return (
            f"<Portfolio {self.name!r} as of {self.as_of}, {self.currency}, "
            f"data {self.first_day} to {self.data_through}: {tables}>"
        )

    def _repr_html_(self) -> str:
        from kamlab.data.glance import portfolio_html

        return portfolio_html(self)

    @cached_property
    def _known(self) -> dict[str, pd.DataFrame]:
        """Small tables as known on the day, by name, each worked out once."""
        return {}

    @cached_property
    def _merged(self) -> pd.Series:
        return merged_accounts(self._store, self.as_of)

    def _lazy_view(self, name: str) -> nw.LazyFrame:
        """Return a large table as known on the day, under the surviving numbers."""
        declared = table(name)
        rows = known_at(self._store.lazy[name], declared, self.as_of)
        return renumbered(rows, self._merged) if declared.moves_with_merger else rows
