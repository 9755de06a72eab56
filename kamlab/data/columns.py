"""What the data contract says of a table and of a column.

Glossary
--------
table
    One kind of record, such as order lines; one file of a portfolio folder.
known from
    The day on which somebody in the company could first have known a value. Every
    table says which dates make a row known, every column which date makes its value
    known, so that a view at a date shows nothing from its future.
ROW
    The value is known together with its row.
FIXED
    The value does not change in an account's or product's life (its id, its type).
EXTRACT
    The value was true when the export was written, and nobody knows since when.
    It may be shown and grouped by, but it is refused as a feature of a model.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from kamlab.errors import UsageError, did_you_mean

ROW = "row"
FIXED = "fixed"
EXTRACT = "extract"

#: What a column may hold, and the type it has in DuckDB.
DTYPES = {
    "text": "VARCHAR",
    "date": "DATE",
    "number": "DOUBLE",
    "integer": "BIGINT",
    "flag": "BOOLEAN",
}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    `known_from` is ROW, FIXED, EXTRACT, or the name of the date column of the same
    table on which the value becomes known; it has no default, so that nobody can
    forget it.

    Examples
    --------
    >>> Column("region", "text", EXTRACT, "Sales region").required
    False
    """

    name: str
    dtype: str
    known_from: str
    description: str
    required: bool = False
    derived: str = ""
    unit: str = ""
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    personal: bool = False

    @property
    def sql_type(self) -> str:
        """DuckDB's type for this column.

        Examples
        --------
        >>> Column("net_amount", "number", ROW, "Amount").sql_type
        'DOUBLE'
        """
        return DTYPES[self.dtype]


@dataclass(frozen=True)
class Table:
    """One table: what a row is, what identifies it, and which dates make it known.

    A row is visible once every date of `known_from` that it carries has come, and it
    must carry one of them. Rows without any are known from the account's or product's
    first order line if `else_first_order` is set, from the date column that
    `else_known_from` names, and are never visible otherwise.
    A table that is `lazy` may outgrow memory; when accounts merge, the rows of one that
    `moves_with_merger` go with the surviving number. A table with a `snapshot` is a
    list made anew on each day of that column: a view shows the last one alone.

    Examples
    --------
    >>> visits = Table(
    ...     "visits", "one visit", ("visit_id",), ("day",),
    ...     (text_column("visit_id", ROW, "Number", required=True),
    ...      date_column("day", ROW, "Day of the visit")),
    ... )
    >>> visits.column_names, visits.required
    (['visit_id', 'day'], ['visit_id'])
    """

    name: str
    row: str
    key: tuple[str, ...]
    known_from: tuple[str, ...]
    columns: tuple[Column, ...]
    else_first_order: bool = False
    else_known_from: str = ""
    lazy: bool = False
    moves_with_merger: bool = False
    snapshot: str = ""

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    @property
    def column_names(self) -> list[str]:
        """Names of all columns, in the contract's order."""
        return [column.name for column in self.columns]

    @property
    def required(self) -> list[str]:
        """Names of the columns without which the table makes no sense."""
        return [column.name for column in self.columns if column.required]

    def column(self, name: str) -> Column:
        """Return the column called `name`.

        Examples
        --------
        >>> from kamlab.data.contract import ORDERS
        >>> ORDERS.column("delivered_date").known_from
        'delivered_date'
        """
        for column in self.columns:
            if column.name == name:
                return column
        hint = did_you_mean(name, self.column_names)
        raise UsageError(f"table {self.name!r} has no column {name!r}: {hint}")


def text_column(name: str, known_from: str, description: str, **more) -> Column:
    """Declare a column of texts; `more` are further fields of `Column`.

    Examples
    --------
    >>> text_column("region", EXTRACT, "Sales region").sql_type
    'VARCHAR'
    """
    return Column(name, "text", known_from, description, **more)


def date_column(name: str, known_from: str, description: str, **more) -> Column:
    """Declare a column of days.

    Examples
    --------
    >>> date_column("paid", "paid", "Day of payment").known_from
    'paid'
    """
    return Column(name, "date", known_from, description, **more)


def money_column(name: str, known_from: str, description: str, **more) -> Column:
    """Declare a column of money in the reporting currency.

    Examples
    --------
    >>> money_column("cogs", ROW, "Cost of the goods").unit
    'reporting currency'
    """
    more = {"unit": "reporting currency", **more}
    return Column(name, "number", known_from, description, **more)


def number_column(name: str, known_from: str, description: str, **more) -> Column:
    """Declare a column of numbers that are no money.

    Examples
    --------
    >>> number_column("tax_rate", ROW, "VAT rate", maximum=1).maximum
    1
    """
    return Column(name, "number", known_from, description, **more)


def integer_column(name: str, known_from: str, description: str, **more) -> Column:
    """Declare a column of whole numbers.

    Examples
    --------
    >>> integer_column("employees", EXTRACT, "Employees").sql_type
    'BIGINT'
    """
    return Column(name, "integer", known_from, description, **more)


def flag_column(name: str, known_from: str, description: str, **more) -> Column:
    """Declare a column of yes and no.

    Examples
    --------
    >>> flag_column("service", FIXED, "A service").sql_type
    'BOOLEAN'
    """
    return Column(name, "flag", known_from, description, **more)


def rubric_column(name: str, what: str) -> Column:
    """Declare a judgement of people from 1 to 5, true as of the extract.

    Examples
    --------
    >>> rubric_column("strategic_fit", "Fit with our strategy").maximum
    5
    """
    text = f"{what}, judged by people on a rubric"
    return integer_column(name, EXTRACT, text, unit="1–5", minimum=1, maximum=5)
