"""Type the rows of a text file while it is read, where a mapping leaves that open.

Most columns of an export are never used, and of those that are, the text is asked for
again only where something is wrong with it. So where nothing has to be done to the text
first, typed rows are made in the one pass that reads the file; the text is not kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from kamlab.data.cleaning.cleaning import CleanTable, planned
from kamlab.data.cleaning.native_cells import read_natively
from kamlab.data.cleaning.staging import constants_sql, staged_sql
from kamlab.data.mapping.mapping import FILE, SHEET, TableMapping
from kamlab.data.reading.bytes_seen import BytesSeen
from kamlab.data.reading.raw import RawTable
from kamlab.data.reading.typing_rows import READER, CellTypes, RowTyping

#: Predicates whose texts are looked for in the export later on.
_TEXTS_COMPARED = ("in", "subtotals")


@dataclass(frozen=True)
class TypedRows:
    """How the rows of one table are typed while they are read.

    Parameters
    ----------
    table : str
        The contract's table.
    mapping : TableMapping
        What its columns are made from.
    currency : str
        The reporting currency.

    Examples
    --------
    >>> from kamlab.data.mapping.mapping import ColumnSource
    >>> mapping = TableMapping((), {"text": ColumnSource(("Text",))})
    >>> typed = TypedRows("events", mapping, "EUR")
    >>> typed.fits(("Text",)), typed.fits(("Words",))
    (True, False)
    """

    table: str
    mapping: TableMapping
    currency: str

    def fits(self, header: tuple[str, ...]) -> bool:
        """Whether rows under this header can be typed while they are read.

        Parameters
        ----------
        header : tuple of str
            The names in the file's header.

        Examples
        --------
        >>> TypedRows("events", TableMapping((), {}), "EUR").fits(("Text", ""))
        False
        """
        asked = set(self.mapping.asked)
        is_whole = asked <= set(header) and all(name.strip() for name in header)
        return is_whole and not (
            asked & {SHEET, FILE}
            or _changes_text(self.mapping)
            or _changes_rows(self.mapping)
            or _compares_text(self.mapping)
        )

    def by_text(self, raw: RawTable) -> RowTyping:
        """Return how rows are typed from the texts of their cells.

        Parameters
        ----------
        raw : RawTable
            The header.

        Examples
        --------
        >>> typed = TypedRows("events", TableMapping((), {}), "EUR")
        >>> typing = typed.by_text(RawTable("raw_events", ("Text",)))
        >>> "FROM a_reader" in typing.over("a_reader"), typing.values
        (True, {})
        """
        return _typing(self._planned(raw), CellTypes())

    def by_reader(
        self, raw: RawTable, seen: BytesSeen, rows: Sequence[Sequence[str]]
    ) -> RowTyping | None:
        """Return how rows are typed where the reader does some of it, if it may.

        Parameters
        ----------
        raw : RawTable
            The header.
        seen : BytesSeen
            What the bytes of the file prove.
        rows : sequence of sequence of str
            Its first rows.

        Examples
        --------
        >>> from kamlab.data.mapping.mapping import ColumnSource
        >>> names = ("order_id", "line_id", "order_date")
        >>> columns = {name: ColumnSource((name,)) for name in names}
        >>> typed = TypedRows("orders", TableMapping((), columns), "EUR")
        >>> raw = RawTable("raw_orders", names)
        >>> typed.by_reader(raw, BytesSeen("utf-8"), []).cells.types
        {'c2': 'DATE'}
        >>> typed.by_reader(raw, BytesSeen("utf-16"), []) is None
        True
        """
        if not seen.are_strict:
            return None
        cleaned, cells = read_natively(self._planned(raw), seen.are_bare, rows)
        return _typing(cleaned, cells) if cells.types or seen.are_bare else None

    def _planned(self, raw: RawTable) -> CleanTable:
        return planned(self.table, self.mapping, raw, self.currency)


def _typing(cleaned: CleanTable, cells: CellTypes) -> RowTyping:
    sql = staged_sql(cleaned, READER)
    values = cleaned.values.used_in(sql)
    return RowTyping(sql, values, constants_sql(cleaned), cells)


def _changes_text(mapping: TableMapping) -> bool:
    return bool(mapping.unpivot or mapping.fill_down or mapping.join)


def _changes_rows(mapping: TableMapping) -> bool:
    """Whether typed rows are changed by what other rows or tables hold."""
    return (
        mapping.exact_duplicates == "drop"
        or mapping.one_row_per_key
        or mapping.currency is not None
        or any(each.by_name or each.units for each in mapping.columns.values())
    )


def _compares_text(mapping: TableMapping) -> bool:
    """Whether checks look for texts of the mapping in the export."""
    return (
        mapping.document_types is not None
        or any(rule.predicate in _TEXTS_COMPARED for rule in mapping.drop)
        or any(each.values or each.negate_in for each in mapping.columns.values())
    )
