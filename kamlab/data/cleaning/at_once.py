"""Type the rows of a text file while it is read, where a mapping leaves that open.

Most columns of an export are never used, and of those that are, the text is asked for
again only where something is wrong with it. So where nothing has to be done to the text
first, typed rows are made in the one pass that reads the file; the text is not kept.
"""

from dataclasses import dataclass

from kamlab.data.cleaning.cleaning import planned, staged_sql
from kamlab.data.mapping.mapping import FILE, SHEET, TableMapping
from kamlab.data.reading.raw import RawTable

#: Predicates whose texts are looked for in the export later on.
_TEXTS_COMPARED = ("in", "subtotals")

_READER = "rows_that_are_read"


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

    def sql(self, raw: RawTable, reader: str) -> tuple[str, dict[str, object]]:
        """Return SQL of the typed rows of a file, and the values that it refers to.

        Parameters
        ----------
        raw : RawTable
            Its header.
        reader : str
            SQL that reads it.

        Examples
        --------
        >>> typed = TypedRows("events", TableMapping((), {}), "EUR")
        >>> sql, values = typed.sql(RawTable("raw_events", ("Text",)), "a_reader")
        >>> "FROM a_reader" in sql, values
        (True, {})
        """
        cleaned = planned(self.table, self.mapping, raw, self.currency)
        # The name of a file may look like that of a value.
        sql = staged_sql(cleaned, _READER)
        return sql.replace(_READER, reader), cleaned.values.used_in(sql)


def _changes_text(mapping: TableMapping) -> bool:
    return bool(mapping.unpivot or mapping.fill_down or mapping.join)


def _changes_rows(mapping: TableMapping) -> bool:
    """Whether typed rows are changed by what other rows or tables hold."""
    return (
        mapping.exact_duplicates == "drop"
        or mapping.one_row_per_key
        or mapping.currency is not None
        or any(source.by_name for source in mapping.columns.values())
    )


def _compares_text(mapping: TableMapping) -> bool:
    """Whether checks look for texts of the mapping in the export."""
    return (
        mapping.document_types is not None
        or any(rule.predicate in _TEXTS_COMPARED for rule in mapping.drop)
        or any(each.values or each.negate_in for each in mapping.columns.values())
    )
