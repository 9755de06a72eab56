"""A mapping as it is suggested: what is sure, what is asked, what is left out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One key of a mapping with its value, and why.

    Parameters
    ----------
    key : str
        Such as a column of the contract.
    value : object
        Texts, numbers, lists and dictionaries of them; None where it is to be decided.
    why : str
        What it was told by.
    options : tuple
        Values to choose from, where it is to be decided. Without a choice the import
        refuses the mapping, or says what is missing.
    question : str
        What is to be decided.

    Examples
    --------
    >>> Entry("order_date", None, options=("a", "b"), question="which?").is_open
    True
    """

    key: str
    value: object = None
    why: str = ""
    options: tuple[object, ...] = ()
    question: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it has to be decided by a person.

        Examples
        --------
        >>> Entry("order_id", "VBELN").is_open
        False
        """
        return self.value is None


@dataclass(frozen=True)
class TableSuggestion:
    """What is suggested for one table of the contract.

    Parameters
    ----------
    name : str
        Of the table.
    keys : tuple of Entry
        All but its columns and drop rules: files, sheet, format, …
    columns : tuple of Entry
        By column of the contract.
    drop : tuple of Entry
        Rules that leave rows out; their keys are the rules' names.
    questions : tuple of str
        What a person may decide about columns without a sure place.

    Examples
    --------
    >>> TableSuggestion("orders", (), (Entry("order_id", "VBELN"),)).open
    ()
    """

    name: str
    keys: tuple[Entry, ...]
    columns: tuple[Entry, ...]
    drop: tuple[Entry, ...] = ()
    questions: tuple[str, ...] = ()

    @property
    def open(self) -> tuple[Entry, ...]:
        """What has to be decided before the import takes the mapping.

        Examples
        --------
        >>> asked = Entry("net_amount", None, options=("a", "b"))
        >>> TableSuggestion("orders", (), (asked,)).open == (asked,)
        True
        """
        entries = (*self.keys, *self.columns, *self.drop)
        return tuple(each for each in entries if each.is_open)


@dataclass(frozen=True)
class Unused:
    """A column of the export that the mapping does not use, and why.

    Examples
    --------
    >>> Unused("lines.csv", "MANDT", "sap_billing needs it for nothing").header
    'MANDT'
    """

    file: str
    header: str
    why: str


@dataclass(frozen=True)
class Suggestion:
    """A mapping as it is suggested for an export.

    Parameters
    ----------
    preset, reason : str
        Which preset fits, and why.
    portfolio : tuple of Entry
        Currency and the like.
    tables : tuple of TableSuggestion
        Order lines first.
    unused : tuple of Unused
        Columns that say nothing to the contract, or that another column says.
    left : tuple of str
        Files that were not recognised or not read, and other remarks.
    filled, asked : int
        Columns of the export that are used, and those that a person is asked about.

    Examples
    --------
    >>> found = Suggestion("generic", "", (), (), (), (), filled=9, asked=1)
    >>> found.filled_share
    0.9
    """

    preset: str
    reason: str
    portfolio: tuple[Entry, ...]
    tables: tuple[TableSuggestion, ...]
    unused: tuple[Unused, ...]
    left: tuple[str, ...]
    filled: int
    asked: int

    @property
    def filled_share(self) -> float:
        """Share (0–1) of the columns that matter which are filled without a question.

        Examples
        --------
        >>> Suggestion("generic", "", (), (), (), (), filled=0, asked=0).filled_share
        0.0
        """
        return self.filled / max(1, self.filled + self.asked)

    @property
    def open(self) -> tuple[Entry, ...]:
        """What has to be decided before the import takes the mapping.

        Examples
        --------
        >>> asked = Entry("currency", None, options=("EUR",))
        >>> Suggestion("generic", "", (asked,), (), (), (), 0, 0).open[0].key
        'currency'
        """
        mine = tuple(each for each in self.portfolio if each.is_open)
        return mine + tuple(each for table in self.tables for each in table.open)

    @property
    def has_orders(self) -> bool:
        """Whether order lines were recognised, without which there is no portfolio.

        Examples
        --------
        >>> Suggestion("generic", "", (), (), (), (), 0, 0).has_orders
        False
        """
        names = ("orders", "sales_monthly")
        return any(table.name in names for table in self.tables)
