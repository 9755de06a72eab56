"""A file is what its bytes say, not what its name says."""

import sqlite3
import zipfile
from contextlib import closing

import duckdb
import pytest

from kamlab.data.reading.filekind import kind_of


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"Nr,Net\n1,2\n", "text"),
        (b"", "text"),
        ("Nr\tNet\n".encode("utf-16"), "text"),
        (b"<5 days,Net\n", "text"),
        (b"\xef\xbb\xbf <html><table>", "html"),
        ("<HTML><TABLE>".encode("utf-16"), "html"),
        (b"<!-- made by SAP --><table>", "html"),
        (b"<!DOCTYPE html><html>", "html"),
        (
            b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook '
            b'xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "xml",
        ),
        (bytes.fromhex("D0CF11E0A1B11AE1"), "workbook"),
        (b"PK\x03\x04 cut off", "workbook"),
    ],
)
def test_the_first_bytes_tell(tmp_path, content, kind):
    path = tmp_path / "export.xls"
    path.write_bytes(content)
    assert kind_of(path) == kind


@pytest.mark.parametrize(
    ("member", "kind"),
    [
        ("xl/workbook.xml", "workbook"),
        ("content.xml", "workbook"),
        ("a.csv", "archive"),
    ],
)
def test_an_archive_is_a_workbook_or_not(tmp_path, member, kind):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(member, "x")
    assert kind_of(tmp_path / "a.zip") == kind


def test_database_files_are_known(tmp_path):
    with closing(sqlite3.connect(tmp_path / "a")) as connection:
        connection.execute("CREATE TABLE t (x)")
    with duckdb.connect(tmp_path / "b") as connection:
        connection.execute("CREATE TABLE t (x INT)")
    assert [kind_of(tmp_path / name) for name in "ab"] == ["sqlite", "duckdb"]
