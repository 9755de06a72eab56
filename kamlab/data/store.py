"""The tables of a portfolio as they lie on disk or in memory, before any view.

Order lines stay lazy (DuckDB over a file, or any narwhals frame that the caller hands
in); small tables are read into pandas when somebody first asks.
"""

import csv
import os
import tempfile
import weakref
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import narwhals as nw
import pandas as pd

from kamlab.data.contract import Table, table
from kamlab.data.door import admitted, check_columns, check_values
from kamlab.data.folder import (
    DESCRIPTION_FILE,
    Description,
    read_description,
    sha256_of,
)
from kamlab.data.steady import SteadyFiles, mark_of
from kamlab.errors import DataError, UsageError
from kamlab.fiscal import as_date

if TYPE_CHECKING:
    import pyarrow as pa

#: DuckDB spills to disk beyond this, so that large books fit small machines.
MEMORY_LIMIT = "400MB"

#: How a portfolio's own CSV is written; nothing in it has to be found out.
_CSV = (
    "header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"', "
    "nullstr = '', dateformat = '%Y-%m-%d'"
)
_WIDER = {"DATE": "TIMESTAMP", "BIGINT": "DOUBLE"}


@dataclass(frozen=True, eq=False)
class Store:
    """All tables of one portfolio, undated: only a view may be shown to anybody.

    Examples
    --------
    >>> store = store_from_folder(Path("data/demo"))
    >>> store.columns("products")[:2]
    ['product_id', 'product_name']
    >>> store.connection.close()
    """

    description: Description
    lazy: dict[str, nw.LazyFrame]
    folder: Path | None = None
    connection: duckdb.DuckDBPyConnection | None = None
    files: SteadyFiles = field(default_factory=SteadyFiles)
    _small: dict[str, pd.DataFrame] = field(default_factory=dict)

    def __post_init__(self) -> None:
        weakref.finalize(self, self.files.let_go)
        if self.connection is not None:
            # DuckDB complains at exit about connections nobody closed.
            weakref.finalize(self, self.connection.close)

    def columns(self, name: str) -> list[str]:
        """Return the columns that table `name` has here."""
        return self.lazy[name].collect_schema().names()

    def small(self, name: str) -> pd.DataFrame:
        """Return a table that fits in memory, read on first use."""
        if name not in self._small:
            frame = collect(self.lazy[name])
            _refuse_repeated_keys(frame, table(name))
            self._small[name] = frame
        return self._small[name]

    def beside_orders(self, frame: "pa.Table") -> nw.LazyFrame | None:
        """Return a table in the engine of the order lines, or None without one.

        Examples
        --------
        >>> import pyarrow as pa
        >>> store = store_from_folder(Path("data/demo"))
        >>> store.beside_orders(pa.table({"code": [1, 2]})).columns
        ['code']
        >>> store.connection.close()
        """
        if self.connection is None:
            return None
        return nw.from_native(self.connection.from_arrow(frame))

    @cached_property
    def first_known(self) -> dict[str, pd.Series]:
        """First day on which each account, and each product, was seen in an order."""
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
        store.connection.close()


def _opened(folder: Path, description: Description) -> Store:
    if "orders" not in description.tables:
        raise DataError(
            f"portfolio.yml in {str(folder)!r} lists no table 'orders'; a portfolio "
            "needs order lines. Import the data again"
        )
    connection, files = duckdb.connect(config=_settings()), SteadyFiles()
    try:
        lazy = {
            name: _from_file(connection, table(name), folder / file, files)
            for name, file in description.tables.items()
        }
    except BaseException:
        connection.close()
        files.let_go()
        raise
    return Store(description, lazy, folder, connection, files)


def _settings() -> dict[str, str]:
    """Return DuckDB's settings for books that may outgrow memory."""
    spill = Path(tempfile.gettempdir()) / f"kamlab-duckdb-{os.getpid()}"
    return {
        "memory_limit": MEMORY_LIMIT,
        "temp_directory": str(spill),  # else .tmp in the reader's own folder
        # Without insertion order large groups need far less memory.
        "preserve_insertion_order": "false",
    }


def _from_file(
    connection: duckdb.DuckDBPyConnection,
    declared: Table,
    path: Path,
    files: SteadyFiles,
) -> nw.LazyFrame:
    """Read one table's file with the contract's types."""
    if not path.is_file():
        raise DataError(
            f"table {declared.name!r}: its file {path.name!r} is missing from "
            f"{str(path.parent)!r}. Put it back, or import the data again"
        )
    try:
        relation = _relation(connection, declared, path, files)
    except (duckdb.Error, UnicodeDecodeError, csv.Error) as error:
        told = str(error).strip().splitlines()[0]
        raise DataError(
            f"table {declared.name!r}: {path.name!r} cannot be read ({told}). "
            "Restore the file, or import the data again"
        ) from error
    frame = nw.from_native(relation)
    check_values(frame, declared, relation.columns, path.name)
    return frame


def _relation(
    connection: duckdb.DuckDBPyConnection,
    declared: Table,
    path: Path,
    files: SteadyFiles,
) -> duckdb.DuckDBPyRelation:
    """Return a relation over a Parquet file, or over a CSV file read into memory."""
    if path.suffix == ".parquet":
        found = connection.read_parquet(str(files.hold(path)))
        check_columns(declared, found.columns, path.name)
        return found.select(_in_form(declared, found.columns))
    with open(path, encoding="utf-8", newline="") as file:
        header = next(csv.reader(file), [])
    check_columns(declared, header, path.name)
    name = f"table_{declared.name}"
    types = ", ".join(f"'{each}': '{_type(declared, each)}'" for each in header)
    # Parsed once, not at every query.
    connection.execute(
        f"CREATE TABLE {name} AS SELECT {_in_form(declared, header)} "
        f"FROM read_csv($path, columns = {{{types}}}, {_CSV})",
        {"path": str(path)},
    )
    return connection.table(name)


def _type(declared: Table, name: str) -> str:
    return declared.column(name).sql_type


def _in_form(declared: Table, names: Sequence[str]) -> str:
    """SQL of columns in the types on which all views rely, as `admitted` gives them."""
    columns = []
    for name in names:
        kind = _type(declared, name)
        wider = _WIDER.get(kind, kind)
        columns.append(f'CAST(CAST("{name}" AS {kind}) AS {wider}) AS "{name}"')
    return ", ".join(columns)


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
    day = nw.col("order_date")
    orders = store.lazy["orders"]
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
