"""What was read of a table: its files, and its rows as text in DuckDB."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class SourceFile:
    """One source of rows: a file, a sheet of a workbook, a table of a database.

    Parameters
    ----------
    path : Path or None
        The file; None for a database that is no file.
    name : str
        What findings call it, such as "book.xlsx [March]".
    rows : int
        Rows below its header.
    label : str
        The sheet or table within the file; the file's name where there is none.
    titles : tuple of str
        What stands above the header, such as "Unit: 10,000 CNY".
    header_row : int
        Number of the header's last line; 0 where the mapping's format tells it.
    header : tuple of str
        Its column names as they are written there.
    sha256 : str
        Of the file, where that was worked out while it was read.

    Examples
    --------
    >>> SourceFile(Path("export/june.csv"), "june.csv", 1_204).rows
    1204
    """

    path: Path | None
    name: str
    rows: int
    label: str = ""
    titles: tuple[str, ...] = ()
    header_row: int = 0
    header: tuple[str, ...] = ()
    sha256: str = ""


@dataclass(frozen=True)
class FilePart:
    """The rows of one file, in the order of the file.

    Parameters
    ----------
    name : str
        Of the DuckDB table with the rows' text, if it is kept.
    first_row : int
        Number of the first row in the file.
    file : int
        The file's place among those that were read.
    before : int
        Rows of the files before.
    typed : str
        The DuckDB table with the typed rows, if they were made while it was read.
    reader : str
        SQL that reads the text again; empty where it is kept.
    path : Path, optional
        What is read again.
    constants : str
        SQL of columns that are the same in all its typed rows, each before a comma.
    stamp : tuple of int
        Size and time of the file when it was read, see `stamp_of`.
    rows : int
        How many they were.
    is_whole : bool
        Whether it is known that every row of the file fits to its header.

    Examples
    --------
    >>> FilePart("raw_orders_0", first_row=2).reader
    ''
    """

    name: str
    first_row: int
    file: int = 0
    before: int = 0
    typed: str = ""
    constants: str = ""
    reader: str = ""
    path: Path | None = None
    stamp: tuple[int, int] = (0, 0)
    rows: int = 0
    is_whole: bool = False


def stamp_of(path: Path) -> tuple[int, int]:
    """Return size and time of a file, which differ once somebody has written to it.

    Raises
    ------
    OSError
        If the file is not there any more.

    Examples
    --------
    >>> stamp_of(Path("data/demo/portfolio.yml")) == (0, 0)
    False
    """
    found = path.stat()
    return found.st_size, found.st_mtime_ns


@dataclass(frozen=True)
class RawTable:
    """The rows of a table as text in DuckDB, in the table or view `name`.

    Parameters
    ----------
    name : str
        In DuckDB; its columns are file, row, seq, content and c0, c1, ….
    header : tuple of str
        The export's column names; the i-th is the column ``c{i}``.
    typed : frozenset of str
        Columns that came typed from Parquet: their numbers have a decimal point and
        their days are ISO, whatever the mapping declares for text.
    zoned : frozenset of str
        Columns of times that came with a time zone; they are read in UTC.
    files : list of SourceFile
        In the order read.
    measured : frozenset of str
        Columns of workbooks and databases that hold numbers and days, never texts;
        they were written down as the mapping declares for text.
    parts : list of FilePart
        For a view: the files that it shows the rows of.
    heads : tuple of SourceFile
        Where the heads of its documents were read, if they stood elsewhere.

    Examples
    --------
    >>> RawTable("raw_orders", ("Nr", "Betrag")).files
    []
    """

    name: str
    header: tuple[str, ...]
    typed: frozenset[str] = frozenset()
    zoned: frozenset[str] = frozenset()
    files: list[SourceFile] = field(default_factory=list)
    measured: frozenset[str] = frozenset()
    parts: list[FilePart] = field(default_factory=list)
    heads: tuple[SourceFile, ...] = ()

    @property
    def rows(self) -> int:
        """Rows of all files together.

        Examples
        --------
        >>> june = SourceFile(Path("june.csv"), "june.csv", 1_204)
        >>> RawTable("raw_orders", ("Nr",), files=[june, june]).rows
        2408
        """
        return sum(file.rows for file in self.files)

    @property
    def cells(self) -> list[str]:
        """SQL names of all columns of the export, in order.

        Examples
        --------
        >>> RawTable("raw_orders", ("Nr", "Betrag")).cells
        ['c0', 'c1']
        """
        return [f"c{i}" for i in range(len(self.header))]

    @property
    def typed_rows(self) -> str:
        """Name of the DuckDB table with the typed rows, if reading has made them.

        Examples
        --------
        >>> RawTable("raw_orders", ("Nr",), parts=[FilePart("june", 2)]).typed_rows
        ''
        """
        return "".join(part.typed for part in self.parts)

    def reference(self, column: str) -> str:
        """Return the SQL name of a column of the export.

        Examples
        --------
        >>> RawTable("raw_orders", ("Nr", "Betrag")).reference("Betrag")
        'c1'
        """
        return f"c{self.header.index(column)}"


def content_sql(cells: list[str]) -> str:
    """Return SQL of a number that is the same for rows with the same cells.

    Rows that differ have the same number once in ages; whoever acts on it compares
    the cells themselves.

    Examples
    --------
    >>> content_sql(["c0", "c1"])
    'hash(c0, c1)'
    """
    return f"hash({', '.join(cells)})"
