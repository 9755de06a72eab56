"""What reading a file has to know to type its rows in the same pass.

How rows are typed is a matter of cleaning; here is what cleaning tells the reader.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from kamlab.data.reading.bytes_seen import BytesSeen
from kamlab.data.reading.raw import RawTable

#: Stands for the SQL that reads the cells; the name of a file may look like a value's.
READER = "rows_that_are_read"


@dataclass(frozen=True)
class CellTypes:
    """Which cells DuckDB's reader types itself, and how they are written.

    Parameters
    ----------
    types : dict of str to str
        SQL type by cell; the others are texts.
    decimal : str
        The mark in numbers.
    days : str
        The strptime pattern of days.

    Examples
    --------
    >>> CellTypes({"c3": "DATE"}, days="%d.%m.%Y").of("c3"), CellTypes().of("c3")
    ('DATE', 'VARCHAR')
    """

    types: dict[str, str] = field(default_factory=dict)
    decimal: str = "."
    days: str = "%Y-%m-%d"

    def of(self, cell: str) -> str:
        """Return the SQL type of a cell.

        Examples
        --------
        >>> CellTypes({"c6": "DOUBLE"}).of("c6")
        'DOUBLE'
        """
        return self.types.get(cell, "VARCHAR")


@dataclass(frozen=True)
class RowTyping:
    """SQL of the typed rows of a file.

    Parameters
    ----------
    sql : str
        With `READER` in place of what reads the cells.
    values : dict of str to object
        What it refers to.
    constants : str
        SQL of the columns that are the same in all rows, which need not be kept; each
        ends with a comma.
    cells : CellTypes
        What the reader types itself.

    Examples
    --------
    >>> RowTyping(f"SELECT c0 FROM {READER}", {}).over("a_reader")
    'SELECT c0 FROM a_reader'
    """

    sql: str
    values: dict[str, object]
    constants: str = ""
    cells: CellTypes = CellTypes()

    def over(self, reader: str) -> str:
        """Return the SQL with what reads the cells.

        Examples
        --------
        >>> RowTyping(f"FROM {READER}", {}).over("read_csv('june.csv')")
        "FROM read_csv('june.csv')"
        """
        return self.sql.replace(READER, reader)


class Typed(Protocol):
    """How rows can be typed while they are read."""

    def fits(self, header: tuple[str, ...]) -> bool:
        """Whether that is possible under a file's header."""

    def by_text(self, raw: RawTable) -> RowTyping:
        """Return how rows are typed from the texts of their cells."""

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
        """
