"""What a mapping says: which column of an export is which column of the contract.

`kamlab.data.mapping.file` reads it from YAML and checks it; the classes here only
hold it.
"""

from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from kamlab.data.cleaning.currency_rates import CurrencyRates
from kamlab.data.cleaning.document_types import DocumentTypes
from kamlab.data.mapping.format import Format
from kamlab.data.names.decisions import NameDecisions
from kamlab.fiscal import FiscalCalendar

if TYPE_CHECKING:
    from kamlab.data.controls.totals import Control, ControlFile
    from kamlab.data.mapping.join import Join


@dataclass(frozen=True)
class ColumnSource:
    """How one column of the contract is made from the export.

    Parameters
    ----------
    columns : tuple of str
        Columns of the export: one, or several to be computed with or joined; none for
        a constant.
    combine : {"", "product", "sum", "difference", "quotient", "join"}
        What is done with several; texts are joined with a space between them.
    constant : str, optional
        The value of every row.
    strip_prefix, strip_suffix : str
        Text taken off the front or the end where it is there.
    strip_zeros : bool
        Whether zeros are taken off the front of a number, as in 0000100200.
    split_by, part : str and int
        Take the part-th piece (from 1; -1 is the last) of the text cut at `split_by`.
    take_last, drop_last : int
        Keep, or take off, this many characters at the end; 0 for neither.
    values : dict of str to str
        Texts of the export and what they mean.
    only_listed : bool
        Whether a text that is not among `values` stands for nothing.
    default : str, optional
        The value where the export has none.
    negate : bool
        Whether the sign is turned.
    negate_column, negate_in : str and tuple of str
        Turn the sign only where this column of the export holds one of these texts,
        as with credit notes that are booked with a positive amount.
    unit : float, optional
        What one unit of the export is worth, such as 10000 for 万元.
    units : dict of str to float
        The same where sheets differ, by the text that tells it: a column's name, or a
        title above the header; the first that a sheet has holds for it.
    tax_rate : float, optional
        Share (0–1) of VAT that the export's amount includes and that is taken off.
    tax_column, tax_unit : str and float
        Column of the export with that share, and what one unit of it is worth.
    inverse : bool
        Whether one divided by the number is meant, as with rates of exchange.
    decimals : int, optional
        Decimals to which every row is rounded, as the books round each line to cents.
    month_end : bool
        Whether the last day of the day's month is meant.
    by_name : bool
        Whether the text is a name, from which an id is made.
    also : tuple of str
        What the one column is called in other sheets or files.
    dates, decimal, thousands
        As in `Format`, where this column differs; None where it does not.

    Examples
    --------
    >>> invoice = ColumnSource(("Invoice/Item Number",), drop_last=5)
    >>> amount = ColumnSource(("Quantity", "Price"), combine="product")
    """

    columns: tuple[str, ...] = ()
    combine: str = ""
    constant: str | None = None
    strip_prefix: str = ""
    strip_suffix: str = ""
    strip_zeros: bool = False
    split_by: str = ""
    part: int = 1
    take_last: int = 0
    drop_last: int = 0
    values: dict[str, str] = field(default_factory=dict)
    only_listed: bool = False
    default: str | None = None
    negate: bool = False
    negate_column: str = ""
    negate_in: tuple[str, ...] = ()
    unit: float | None = None
    units: dict[str, float] = field(default_factory=dict)
    tax_rate: float | None = None
    tax_column: str = ""
    tax_unit: float = 1.0
    inverse: bool = False
    decimals: int | None = None
    month_end: bool = False
    by_name: bool = False
    also: tuple[str, ...] = ()
    dates: tuple[str, ...] | None = None
    decimal: str | None = None
    thousands: str | None = None

    @property
    def asked(self) -> tuple[str, ...]:
        """Every column of the export that is needed.

        Examples
        --------
        >>> credit = ColumnSource(("Betrag",), negate_column="Art", negate_in=("G2",))
        >>> credit.asked
        ('Betrag', 'Art')
        """
        further = (self.negate_column, self.tax_column)
        return self.columns + tuple(each for each in further if each)


@dataclass(frozen=True)
class DropRule:
    """A named rule that leaves rows out: a column of the export and a predicate.

    Parameters
    ----------
    name : str
        What the log calls it.
    column : str
        Column of the export.
    predicate : str
        One of `PREDICATES`.
    operand : object
        What the predicate compares with: text, number, or a tuple of texts.

    Examples
    --------
    >>> DropRule("cancelled", "InvoiceNo", "starts_with", "C").predicate in PREDICATES
    True
    """

    name: str
    column: str
    predicate: str
    operand: object


#: What the log calls the rules that a mapping switches on by other keys.
EXACT_DUPLICATES = "exact duplicates"
EMPTY_CELLS = "empty cells of an unpivot"
ONE_ROW_PER_KEY = "one row per key"

#: Columns that every table has beside its own: names of the sheet and of the file.
SHEET, FILE = "(sheet)", "(file)"

#: What a drop rule may ask of a column.
PREDICATES = (
    "is",
    "equals",
    "in",
    "starts_with",
    "matches",
    "below",
    "at_most",
    "above",
    "at_least",
    "subtotals",
)


@dataclass(frozen=True)
class Place:
    """Where in a workbook or a database the rows of a table stand.

    Parameters
    ----------
    sheets : tuple of str
        Names or patterns of sheets; empty for the only one that has the columns.
    table : str
        Of a database file or a database.
    query : str
        A SELECT, in place of the name of a table.
    database : str
        Name of the environment variable that holds the address of a database.

    Examples
    --------
    >>> Place(sheets=("2024-*",)).table
    ''
    """

    sheets: tuple[str, ...] = ()
    table: str = ""
    query: str = ""
    database: str = ""


@dataclass(frozen=True)
class Unpivot:
    """Columns that are one figure at several times, such as a column for each month.

    Parameters
    ----------
    columns : tuple of str
        Their names, or patterns such as "2024-*".
    name, value : str
        What the mapping calls the column of their names, and that of their values.
    year_of_sheet : bool
        Whether the year in the name or title of a sheet is put before their names.

    Examples
    --------
    >>> Unpivot(("2024-*",), "month", "amount").takes("2024-03")
    True
    """

    columns: tuple[str, ...]
    name: str
    value: str
    year_of_sheet: bool = False

    def takes(self, column: str) -> bool:
        """Whether a column of the export is one of them.

        Examples
        --------
        >>> Unpivot(("*月",), "month", "amount").takes("合计")
        False
        """
        return column in self.columns or any(
            fnmatchcase(column, pattern) for pattern in self.columns
        )


@dataclass(frozen=True)
class TableMapping:
    """How one table of the contract is made from files of the export.

    Parameters
    ----------
    files : tuple of str
        Patterns relative to the source, such as "lines_*.csv"; none means the source
        itself, where it is one file.
    columns : dict of str to ColumnSource
        By the contract's column name.
    format : Format
        How the files are written.
    drop : tuple of DropRule
        In order; the first that holds takes the row.
    exact_duplicates : {"", "keep", "drop"}
        What happens to rows that repeat an earlier one in every column of the export;
        "" keeps them with a warning.
    one_row_per_key : bool
        Whether only the first row of each key is taken, as when accounts are read
        from order lines.
    currency : CurrencyRates, optional
        How money is converted to the reporting currency.
    document_types : DocumentTypes, optional
        What the document types of order lines mean.
    account_names : NameDecisions, optional
        Which names are one account, as somebody has decided.
    place : Place
        Where in a workbook or database the rows stand.
    unpivot : Unpivot, optional
        Columns that become rows.
    fill_down : tuple of str
        Columns of the export in which a blank repeats the value above it.
    join : Join, optional
        Where the heads of documents are, if the files hold their lines only.

    Examples
    --------
    >>> lines = TableMapping(("*.csv",), {"order_id": ColumnSource(("Nr",))})
    >>> lines.format.encoding
    'utf-8'
    """

    files: tuple[str, ...]
    columns: dict[str, ColumnSource]
    format: Format = field(default_factory=Format)
    drop: tuple[DropRule, ...] = ()
    exact_duplicates: str = ""
    one_row_per_key: bool = False
    currency: CurrencyRates | None = None
    document_types: DocumentTypes | None = None
    account_names: NameDecisions | None = None
    place: Place = Place()
    unpivot: Unpivot | None = None
    fill_down: tuple[str, ...] = ()
    join: "Join | None" = None

    @property
    def asked(self) -> dict[str, str]:
        """Every column of the export that is needed, and for which column it is.

        Examples
        --------
        >>> TableMapping((), {"order_id": ColumnSource(("Nr",))}).asked
        {'Nr': 'order_id'}
        """
        asked = {
            name: target
            for target, source in reversed(self.columns.items())
            for name in source.asked
        }
        return dict.fromkeys(self.asked_by_rules, "") | asked

    @property
    def asked_by_rules(self) -> tuple[str, ...]:
        """Columns of the export that its rules need.

        Examples
        --------
        >>> rule = DropRule("no number", "Nr", "is", "blank")
        >>> TableMapping((), {}, drop=(rule,)).asked_by_rules
        ('Nr',)
        """
        names = [rule.column for rule in self.drop] + list(self.fill_down)
        if self.currency is not None:
            names.append(self.currency.column)
        if self.join is not None:
            names += self.join.line_columns
        return tuple(names)


@dataclass(frozen=True)
class Mapping:
    """A whole mapping: the portfolio, its tables, and what blocks.

    Parameters
    ----------
    name : str
        Of the portfolio; empty for the name of its folder.
    currency : str
        Reporting currency.
    tables : dict of str to TableMapping
        By the contract's table name.
    data_through : date, optional
        Last day the export covers; the last order date where it is not said.
    calendar, order_date_is, account_level
        As in `portfolio.yml`.
    limits : dict of str to float
        Share of the money (0–1) above which a warning blocks, by rule or "default".
    controls : tuple of Control or ControlFile
        Totals that the import is compared with.
    missing_documents : {"keep", "remove"}
        What an update does with documents that the export should have and has not.

    Examples
    --------
    >>> Mapping("Talbruck", "EUR", {}).order_date_is
    'order'
    """

    name: str
    currency: str
    tables: dict[str, TableMapping]
    data_through: date | None = None
    calendar: FiscalCalendar = field(default_factory=FiscalCalendar)
    order_date_is: str = "order"
    account_level: str = "sold-to"
    limits: dict[str, float] = field(default_factory=dict)
    controls: "tuple[Control | ControlFile, ...]" = ()
    missing_documents: str = "keep"

    @property
    def grain(self) -> str:
        """Whether order lines have days ("day") or months only ("month")."""
        day = self.tables["orders"].columns["order_date"]
        return "month" if day.month_end else "day"
