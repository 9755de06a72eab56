"""Kinds of bad files: bytes, layouts, workbooks, pages, archives and databases."""

import gzip
import io
import sqlite3
import tempfile
import zipfile
from pathlib import Path

import xlsxwriter

from tests.data.kinds_of_bad_input import GOOD, HEADER, Kind, lines

NAMES = HEADER.strip().split(",")
ROW = [7, 1, "A", "2025-01-31", 5]


def file(
    name: str,
    told: str,
    rows: int,
    says: str,
    content: str | bytes,
    more: tuple[str, ...] = (),
    called: str = "lines.csv",
) -> Kind:
    """Return a kind of bad file."""
    swap = ('files: "*.csv"', f'files: "{called}"')
    return Kind(name, told, rows, says, {called: content}, more, swap)


def book(*rows: list[object], formula: str = "", error: str = "") -> bytes:
    """Return a workbook with the rows on one sheet, and a formula that failed."""
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file)
    sheet = workbook.add_worksheet("S")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row)
    if formula:
        sheet.write_formula(len(rows) - 1, 4, formula, None, error)
    workbook.close()
    return file.getvalue()


def merged() -> bytes:
    """Return a workbook in which one account stands in a cell of two rows."""
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file)
    sheet = workbook.add_worksheet("S")
    for number, row in enumerate([NAMES, ROW, [7, 2, "", *ROW[3:]]]):
        sheet.write_row(number, 0, row)
    sheet.merge_range(1, 2, 2, 2, "A")
    workbook.close()
    return file.getvalue()


def archive(**members: str) -> bytes:
    """Return a ZIP file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in members.items():
            packed.writestr(name.replace("__", "/").replace("_", "."), text)
    return file.getvalue()


def far_cell() -> bytes:
    """Return a workbook whose last cell is in the last corner of the sheet."""
    cell = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return archive(
        xl__workbook_xml="<workbook/>", xl__worksheets__sheet1_xml=f"<x>{cell}</x>"
    )


def database(*statements: str) -> bytes:
    """Return a SQLite file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "erp.db"
        connection = sqlite3.connect(path)
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.close()
        return path.read_bytes()


TABLE = database("CREATE TABLE t (Nr, Pos, Kunde, Tag, Netto)")

BYTES = [
    file("UTF-16 undeclared", "wrong_encoding", 1, "0xFF", lines().encode("utf-16")),
    file("UTF-16 without mark", "nul_byte", 1, "\\x00", lines().encode("utf-16-le")),
    file(
        "UTF-16 cut in two",
        "wrong_encoding",
        1,
        "are not utf-16",
        lines().encode("utf-16")[:-1],
        ("format: {encoding: utf-16}",),
    ),
    file(
        "GBK undeclared",
        "wrong_encoding",
        1,
        "row 3: the bytes '0xBF' are not utf-8",
        lines("8,1,客户,2025-01-31,1").encode("gb18030"),
    ),
    file(
        "Chinese or Western",
        "format_unclear",
        1,
        "gb18030 (Chinese)",
        lines("8,1,Bäcker,2025-01-31,1").encode("gb18030"),
        ("format: detect",),
    ),
    file("picture", "wrong_encoding", 1, "'0x89'", b"\x89PNG\r\n\x1a\n" + bytes(99)),
    file("PDF", "wrong_encoding", 1, "row 2", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"),
    file("blank lines only", "unreadable_file", 1, "no header in line 1", "\n\n\n"),
    file("byte order mark only", "unreadable_file", 1, "no header", b"\xef\xbb\xbf"),
    file("JSON", "missing_column", 1, "no column 'Nr'", '[{"Nr": 1, "Netto": 3}]\n'),
    file("XML", "missing_column", 1, "<?xml", '<?xml version="1.0"?><a>\n</a>\n'),
]

LAYOUTS = [
    file(
        "header in capitals", "missing_column", 1, "'NR'?", lines().replace("Nr", "NR")
    ),
    file(
        "blank in header", "missing_column", 1, "'Nr '?", lines().replace("Nr", "Nr ")
    ),
    file("line for Excel", "title_above_header", 1, "'sep=,'", "sep=,\n" + lines()),
    file("lines of names only", "header_only", 0, "no row", HEADER),
    file(
        "column without a name",
        "nameless_column",
        1,
        "column 6 of the file has no name",
        f"{HEADER.strip()},\n{GOOD.strip()},x\n",
    ),
    file(
        "sheet of another table",
        "missing_column",
        1,
        "known are: Name, Ort",
        "Name,Ort\nAlpha,Köln\n",
    ),
]

PAGES = [
    file(
        "page without a table", "unreadable_file", 1, "no table", "<html>Login</html>"
    ),
    file(
        "page with a form",
        "missing_column",
        1,
        "known are: User",
        "<html><table><tr><td>User</td></tr></table></html>",
    ),
]

WORKBOOKS = [
    file(
        "#N/A in a cell",
        "formula_error",
        1,
        "'#N/A'",
        book(NAMES, ROW, formula="=NA()", error="#N/A"),
    ),
    file(
        "#REF! in a cell",
        "formula_error",
        1,
        "[S] row 2",
        book(NAMES, ROW, formula="=A0", error="#REF!"),
    ),
    file(
        "number for a day",
        "excel_serial",
        1,
        "'45688'",
        book(NAMES, [7, 1, "A", 45688, 5]),
    ),
    file(
        "number too long",
        "scientific_id",
        1,
        "1.2e+20",
        book(NAMES, [1.2e20, *ROW[1:]]),
    ),
    file("sheet without cells", "empty_file", 1, "is empty", book()),
    file("half a workbook", "unreadable_file", 1, "cannot be", book(NAMES, ROW)[:2000]),
    file("account over two rows", "merged_cells", 1, "'Kunde' are merged", merged()),
    file("cell at the end", "workbook_too_large", 1, "1,048,576", far_cell()),
    file(
        "sheet that is not there",
        "missing_sheet",
        1,
        "no sheet 'Umsatz': known are: S",
        book(NAMES, ROW),
        ("sheet: Umsatz",),
    ),
    file(
        "old workbook that is broken",
        "unreadable_file",
        1,
        "cannot be read",
        bytes.fromhex("D0CF11E0A1B11AE1") + b"x" * 600,
    ),
]

ARCHIVES = [
    file("ZIP file", "unreadable_file", 1, "unpack it", archive(lines_csv=lines())),
    file(
        "packed file cut off",
        "unreadable_file",
        1,
        "ended before",
        gzip.compress(lines().encode(), mtime=0)[:-10],
        called="lines.csv.gz",
    ),
    file(
        "packed file spoilt",
        "unreadable_file",
        1,
        "cannot be read",
        gzip.compress(b"x" * 5_000, mtime=0)[:14] + b"\xff" * 20,
        called="lines.csv.gz",
    ),
    file("no Parquet", "unreadable_file", 1, "cannot be read", "a", called="a.parquet"),
]

DATABASES = [
    file("other tables", "unreadable_file", 1, "known are: t", TABLE, ("table: x",)),
    file("no rows", "header_only", 0, "no row", TABLE, ("table: t",)),
    file(
        "name with a command",
        "unreadable_file",
        1,
        "no table 't; DROP TABLE t'",
        TABLE,
        ("table: t; DROP TABLE t",),
    ),
    file(
        "query that deletes below WITH",
        "unreadable_file",
        1,
        "readonly",
        TABLE,
        ("query: WITH x AS (SELECT 1) DELETE FROM t",),
    ),
    file(
        "half a database",
        "unreadable_file",
        1,
        "cannot be read",
        TABLE[:900],
        ("table: t",),
    ),
]

KINDS_OF_FILES = [*BYTES, *LAYOUTS, *PAGES, *WORKBOOKS, *ARCHIVES, *DATABASES]
