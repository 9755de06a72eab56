"""The door of the portfolio: frames are checked once, and reshaped to one form.

Whatever a table comes from (a file that somebody may have edited, a frame in memory,
Spark), behind this door its ids are texts, its days are timestamps at midnight without
a time zone, and its numbers are floats.
"""

import math
from collections.abc import Sequence

import narwhals as nw

from kamlab.data.columns import Column, Table
from kamlab.errors import DataError, did_you_mean

_NUMBERS = ("number", "integer")


def admitted(frame: nw.LazyFrame, declared: Table, where: str) -> nw.LazyFrame:
    """Return a table in the form that all views rely on, or refuse it.

    Parameters
    ----------
    frame : narwhals.LazyFrame
        The table as it came.
    declared : Table
        Its declaration in the data contract.
    where : str
        What a message calls it: a file's name, or "the frame".

    Raises
    ------
    DataError
        If columns are unknown, repeated or missing; if a column has a type that would
        have to be guessed at; or if values are missing, infinite or not allowed.

    Examples
    --------
    >>> import pandas as pd
    >>> from kamlab.data.contract import table
    >>> orders = pd.DataFrame({
    ...     "order_id": [1], "account_id": ["A"], "net_amount": [5],
    ...     "order_date": pd.to_datetime(["2025-03-01 17:45"])})
    >>> frame = admitted(nw.from_native(orders).lazy(), table("orders"), "the frame")
    >>> frame.collect().to_native()
      order_id account_id  net_amount order_date
    0        1          A         5.0 2025-03-01
    """
    schema = frame.collect_schema()
    check_columns(declared, schema.names(), where)
    empty = _empty_of_another_type(frame, declared, schema)
    shaped = [
        _shaped(declared.column(name), dtype, declared.name, where)
        for name, dtype in schema.items()
        if name not in empty
    ]
    frame = frame.select(*shaped)
    check_values(frame, declared, schema.names(), where)
    return frame


def check_columns(declared: Table, found: list[str], where: str) -> None:
    """Refuse a table with unknown, repeated or missing columns.

    Raises
    ------
    DataError
        With the nearest name that the contract knows.

    Examples
    --------
    >>> from kamlab.data.contract import table
    >>> check_columns(table("events"), ["date", "kind", "txt"], "events.csv")
    Traceback (most recent call last):
    kamlab.errors.DataError: table 'events': events.csv has a column 'txt' ...
    """
    place = f"table {declared.name!r}: {where}"
    for name in found:
        if name not in declared.column_names:
            hint = did_you_mean(name, declared.column_names)
            raise DataError(
                f"{place} has a column {name!r} that the data contract does not know: "
                f"{hint}"
            )
        if found.count(name) > 1:
            times = found.count(name)
            raise DataError(f"{place} has the column {name!r} {times} times; keep one")
    for name in declared.required:
        if name not in found:
            raise DataError(
                f"{place} lacks the column {name!r}. Import the data again with this "
                "column mapped"
            )


def _fits(column: Column, dtype: nw.dtypes.DType) -> bool:
    """Whether a column's type can be taken without guessing."""
    if column.dtype == "date":
        return dtype == nw.Date or dtype == nw.Datetime
    if column.dtype in _NUMBERS:
        return dtype.is_numeric()
    if column.dtype == "flag":
        return dtype == nw.Boolean
    return dtype.is_integer() or dtype in (nw.String, nw.Categorical, nw.Enum)


def _empty_of_another_type(
    frame: nw.LazyFrame, declared: Table, schema: nw.Schema
) -> list[str]:
    """Return columns without any value, whose type therefore says nothing."""
    odd = [n for n, dtype in schema.items() if not _fits(declared.column(n), dtype)]
    odd = [name for name in odd if name not in declared.required]
    if not odd:
        return []
    counts = frame.select(*[nw.col(name).count() for name in odd])
    filled = counts.collect("pandas").to_native().iloc[0]
    return [name for name in odd if filled[name] == 0]


def _shaped(column: Column, dtype: nw.dtypes.DType, table: str, where: str) -> nw.Expr:
    """Return the column in its one form."""
    if not _fits(column, dtype):
        raise DataError(
            f"table {table!r}: in {where} the column {column.name!r} is of type "
            f"{dtype}, where {_WANTED[column.dtype]}"
        )
    values = nw.col(column.name)
    if column.dtype == "date":
        zone = getattr(dtype, "time_zone", None)
        if zone:
            raise DataError(
                f"table {table!r}: in {where} the column {column.name!r} has the time "
                f"zone {zone!r}; a portfolio counts days. Turn the times into the days "
                "of the place that books them"
            )
        days = values.cast(nw.Datetime("us"))
        return days if dtype == nw.Date else days.dt.truncate("1d")
    if column.dtype in _NUMBERS:
        return values.cast(nw.Float64)
    return values if column.dtype == "flag" else values.cast(nw.String)


#: What a column of each type has to be, and how to make it so.
_WANTED = {
    "date": "days are wanted: parse texts by their own format first, for example with "
    "pandas.to_datetime(..., format='%d.%m.%Y')",
    "number": "numbers are wanted: parse texts first, and turn decimals into floats",
    "integer": "whole numbers are wanted: parse texts first",
    "flag": "true and false are wanted",
    "text": "texts are wanted: write ids as texts, so that 10023 and 10023.0 cannot "
    "become two customers",
}


def check_values(
    frame: nw.LazyFrame, declared: Table, present: Sequence[str], where: str
) -> None:
    """Refuse missing, infinite and unknown values, all found in one query.

    Parameters
    ----------
    frame : narwhals.LazyFrame
        The table, its columns in the types that `admitted` gives them.
    declared : Table
        Its declaration in the data contract.
    present : sequence of str
        Its columns.
    where : str
        What a message calls it.

    Raises
    ------
    DataError
        With the number of rows, by fault and column.

    Examples
    --------
    >>> import pandas as pd
    >>> from kamlab.data.contract import table
    >>> frame = nw.from_native(pd.DataFrame({"net_amount": [5.0, None]})).lazy()
    >>> check_values(frame, table("orders"), ["net_amount"], "orders.csv")
    Traceback (most recent call last):
    kamlab.errors.DataError: table 'orders': orders.csv has 1 rows with no value in ...
    """
    faults = {
        f"{kind} {name}": expression
        for name in present
        for kind, expression in _faults_of(declared.column(name)).items()
    }
    if not faults:
        return
    counts = {
        key: nw.when(each).then(1).otherwise(0).sum() for key, each in faults.items()
    }
    found = (
        frame.select(**counts)
        .collect("pandas")
        .to_native()
        .iloc[0]
        .fillna(0)
        .astype(int)
    )
    told = [
        f"{found[key]:,} rows with {_FAULT[key.split()[0]]} in {key.split()[1]!r}"
        for key in faults
        if found[key]
    ]
    if told:
        raise DataError(
            f"table {declared.name!r}: {where} has {', '.join(told)}. Correct them at "
            "the source; 'kamlab import' names each row"
        )


_FAULT = {
    "missing": "no value",
    "infinite": "an infinite number",
    "unknown": "a value that the data contract does not allow",
}


def _faults_of(column: Column) -> dict[str, nw.Expr]:
    """Return the conditions under which a value of the column cannot be used."""
    values, faults = nw.col(column.name), {}
    if column.required:
        faults["missing"] = values.is_null()
        if column.dtype == "text":
            faults["missing"] = values.is_null() | (values == "")
        if column.dtype in _NUMBERS:
            faults["missing"] = values.is_null() | values.is_nan()
    if column.dtype in _NUMBERS:
        faults["infinite"] = values.is_in([math.inf, -math.inf])
    if column.allowed:
        faults["unknown"] = ~values.is_null() & ~values.is_in(column.allowed)
    return faults
