"""What a file is by its first bytes, whatever its name says.

What is called .xls is a workbook, a page of HTML, or text with tabs, as the system
that wrote it pleased.
"""

import codecs
import re
import zipfile
from pathlib import Path

TEXT, PARQUET, WORKBOOK, HTML = "text", "parquet", "workbook", "html"
SQLITE, DUCKDB, ARCHIVE, XML = "sqlite", "duckdb", "archive", "xml"

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_MARKUP = re.compile(
    rb"\s*(<!--.*?-->\s*)*<(!doctype\s+html|html|table|head|body|meta|style|div)\b",
    re.IGNORECASE | re.DOTALL,
)
_SPREADSHEET_XML = re.compile(rb"\s*<\?xml.{0,2000}?spreadsheet", re.DOTALL)


def kind_of(path: Path) -> str:
    """Return what a file is: text, parquet, workbook, html, sqlite, duckdb, …

    Examples
    --------
    >>> kind_of(Path("data/demo/orders.csv"))
    'text'
    """
    if path.suffix.lower() in (".parquet", ".pq"):
        return PARQUET
    with open(path, "rb") as file:
        first = file.read(4_096)
    if first.startswith(_OLE):
        return WORKBOOK
    if first.startswith(b"SQLite format 3\0"):
        return SQLITE
    if first[8:12] == b"DUCK":
        return DUCKDB
    if first.startswith(b"PK\x03\x04"):
        return _kind_of_archive(path)
    plain = _as_ascii(first)
    if _SPREADSHEET_XML.match(plain):
        return XML
    return HTML if _MARKUP.match(plain) else TEXT


def _as_ascii(first: bytes) -> bytes:
    """Take off a byte order mark, and the zeros of UTF-16."""
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        first = first.removeprefix(mark)
    return first.replace(b"\0", b"")


def _kind_of_archive(path: Path) -> str:
    """A workbook of today is an archive, which any other archive is not."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except zipfile.BadZipFile:
        return WORKBOOK  # its reader tells what is broken
    parts = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
    return WORKBOOK if names.intersection(parts) else ARCHIVE
