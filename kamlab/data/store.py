"""The tables of a portfolio as they lie on disk or in memory, before any view.

Order lines stay lazy (DuckDB over a file, or any narwhals frame that the caller hands
in); small tables are read into pandas when somebody first asks.
"""

import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import narwhals as nw
import pandas as pd

from kamlab.data.contract import Table, table
from kamlab.data.door import admitted
from kamlab.data.folder import (
    DESCRIPTION_FILE,
    Description,
    read_description,
    sha256_of,
)
from kamlab.data.steady import mark_of
from kamlab.data.tables_on_disk import Reader, reader_of
from kamlab.errors import DataError, UsageError
from kamlab.fiscal import as_date

if TYPE_CHECKING:
    import pyarrow as pa

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Store:
    """All tables of one portfolio, undated: only a view may be shown to anybody.

    Examples
    --------
    >>> store = store_from_folder(Path("data/demo"))
    >>> store.columns("products")[:2]
    ['product_id', 'product_name']
    >>> store.close()
    """

    description: Description
    lazy: dict[str, nw.LazyFrame]
    folder: Path | None = None
    reader: Reader | None = None
    _kept: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.reader is not None:
            # DuckDB complains at exit about connections nobody closed.
            weakref.finalize(self, self.reader.close)

    def close(self) -> None:
        """Let go of the files; what was read of them lazily ends with it."""
        if self.reader is not None:
            self.reader.close()

    def once(self, what: str, work: Callable[[], T]) -> T:
        """Return what `work` gives, which is worked out when first asked for.

        Examples
        --------
        >>> orders = nw.from_native(pd.DataFrame({"order_id": ["1", "2"]})).lazy()
        >>> store = Store(Description("Mine", "EUR", date.max), {"orders": orders})
        >>> store.once("lines", lambda: len(collect(orders)))
        2
        >>> store.once("lines", lambda: 0)
        2
        """
        kept = self._kept if self.reader is None else self.reader.kept
        if what not in kept:
            kept[what] = work()
        return kept[what]

    def columns(self, name: str) -> list[str]:
        """Return the columns that table `name` has here."""
        return self.lazy[name].collect_schema().names()

    def small(self, name: str) -> pd.DataFrame:
        """Return a table that fits in memory, read on first use."""
        return self.once(f"table {name}", lambda: self._collected(name))

    def _collected(self, name: str) -> pd.DataFrame:
        frame = collect(self.lazy[name])
        _refuse_repeated_keys(frame, table(name))
        return frame

    def beside_orders(self, frame: "pa.Table") -> nw.LazyFrame | None:
        """Return a table in the engine of the order lines, or None without one.

        Examples
        --------
        >>> import pyarrow as pa
        >>> store = store_from_folder(Path("data/demo"))
        >>> store.beside_orders(pa.table({"code": [1, 2]})).columns
        ['code']
        >>> store.close()
        """
        if self.reader is None:
            return None
        return nw.from_native(self.reader.connection.from_arrow(frame))

    @property
    def first_known(self) -> dict[str, pd.Series]:
        """First day on which each account, and each product, was seen in an order."""
        return self.once("first days", self._first_days)

    def _first_days(self) -> dict[str, pd.Series]:
        orders = self.lazy["orders"]
        return {
            name: _first_day(orders, name)
            for name in ("account_id", "product_id")
            if name in self.columns("orders")
        }

    def hashes(self) -> dict[str, str]:
        """Return the SHA-256 of every table file, by file name."""
        if self.folder is None:
            return {}
        files = self.description.tables.values()
        return {file: sha256_of(self.folder / file) for file in files}


def _first_day(orders: nw.LazyFrame, name: str) -> pd.Series:
    """Return the first day an id appears in lines that were booked by then."""
    columns = orders.collect_schema().names()
    known = [c for c in ("order_date", "posted_on") if c in columns]
    day = nw.max_horizontal(*known) if len(known) > 1 else nw.col("order_date")
    per_line = orders.select(nw.col(name), day.alias("_day"))
    first = per_line.group_by(name).agg(nw.col("_day").min())
    frame = collect(first.filter(~nw.col(name).is_null()))
    return frame.set_index(name)["_day"].sort_index()


def collect(frame: nw.LazyFrame) -> pd.DataFrame:
    """Compute a lazy frame and return it in pandas.

    Examples
    --------
    >>> collect(nw.from_native(pd.DataFrame({"a": [1, 2]})).lazy())["a"].sum().item()
    3
    """
    return frame.collect("pandas").to_native()


def store_from_folder(folder: Path) -> Store:
    """Open the tables of a portfolio folder.

    Raises
    ------
    UsageError
        If the folder is no portfolio.
    DataError
        If portfolio.yml or a table's file cannot be used.
    """
    folder = Path(folder)
    while True:
        mark = mark_of(folder / DESCRIPTION_FILE)
        description = read_description(folder)
        store = _opened(folder, description)
        # An import may have put another version there while its files were opened.
        if mark_of(folder / DESCRIPTION_FILE) == mark:
            return store
        store.close()


def _opened(folder: Path, description: Description) -> Store:
    if "orders" not in description.tables:
        raise DataError(
            f"portfolio.yml in {str(folder)!r} lists no table 'orders'; a portfolio "
            "needs order lines. Import the data again"
        )
    reader = reader_of(folder, description)
    return Store(description, reader.lazy, folder, reader)


def _refuse_repeated_keys(frame: pd.DataFrame, declared: Table) -> None:
    """Refuse a small table in which two rows claim to be the same thing."""
    key = [name for name in declared.key if name in frame.columns]
    repeated = frame.duplicated(key) & frame[key].notna().any(axis=1)
    if repeated.any():
        first = ", ".join(map(str, frame.loc[repeated, key].iloc[0]))
        raise DataError(
            f"table {declared.name!r}: {repeated.sum():,} rows repeat the "
            f"{' and '.join(key)} of another ({first}); keep one row of each"
        )


def store_from_frames(tables: Mapping[str, object], description: Description) -> Store:
    """Take tables that are already in memory, or in any frame narwhals understands.

    Raises
    ------
    UsageError
        If something is not a frame, or there are no orders.

    Examples
    --------
    >>> told = Description("Mine", "EUR", date(2025, 12, 31))
    >>> orders = pd.DataFrame({
    ...     "order_id": ["1"], "account_id": ["A"], "net_amount": [5.0],
    ...     "order_date": pd.to_datetime(["2025-03-01"])})
    >>> store = store_from_frames({"orders": orders}, told)
    >>> [str(day) for day in order_days_span(store)]
    ['2025-03-01', '2025-03-01']
    """
    if "orders" not in tables:
        hint = ", ".join(tables) or "none"
        raise UsageError(
            f"tables has no 'orders' (given: {hint}); order lines are needed"
        )
    lazy = {}
    for name, native in tables.items():
        declared = table(name)
        try:
            frame = nw.from_native(native).lazy()
        except TypeError as error:
            raise UsageError(
                f"tables[{name!r}] is a {type(native).__name__}; give a pandas, "
                "Polars, PyArrow, DuckDB or Spark frame"
            ) from error
        lazy[name] = admitted(frame, declared, "the frame")
    return Store(description, lazy)


def order_days_span(store: Store) -> tuple[date, date]:
    """Return the days of the first and the last order line.

    Raises
    ------
    UsageError
        If no order line has a date.
    """
    return store.once("days of orders", lambda: _days_span(store.lazy["orders"]))


def _days_span(orders: nw.LazyFrame) -> tuple[date, date]:
    day = nw.col("order_date")
    span = collect(orders.select(day.min().alias("first"), day.max().alias("last")))
    first, last = span.iloc[0]
    if pd.isna(first):
        raise UsageError("the portfolio has no order line with a date; import it again")
    return first.date(), last.date()


def checked_as_of(store: Store, as_of: str | date | None) -> date:
    """Return the day of a view, refusing one that the data do not cover.

    Parameters
    ----------
    store : Store
        The tables.
    as_of : str, date or None
        None means the last day of the data.

    Raises
    ------
    UsageError
        If the day lies before the first order or after the last day of the data.
    """
    through = store.description.data_through
    day = through if as_of is None else as_date(as_of, "as_of")
    first, _ = order_days_span(store)
    if not first <= day <= through:
        raise UsageError(
            f"as_of = {day}: the data run from {first} to {through}. Choose a day "
            "among these"
        )
    return day
