"""Workbooks of every format in which some formulas failed, cell by cell."""

import struct
import zipfile
from html import escape
from pathlib import Path

import xlsxwriter

from kamlab.data.reading.failed_cells import ERROR_NAMES
from tests.data.test_every_source import (
    ODS_END,
    ODS_START,
    ODS_TYPE,
    biff_record,
    compound_file,
)
from tests.data.test_xlsb import RELATIONS, cell, record, text

CODES = {name: code for code, name in ERROR_NAMES.items()}
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext'
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
    'manifest:1.0"><manifest:file-entry manifest:full-path="/" '
    f'manifest:media-type="{ODS_TYPE}"/></manifest:manifest>'
)

Rows = list[tuple[object, ...]]


class Failed(str):
    """A cell whose formula failed; the text is its error."""


class FailedValue(Failed):
    """An error that was pasted as a value, its formula gone."""


def write_xlsx(path: Path, rows: Rows, sheet: str = "Lines") -> None:
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, Failed):
                    page.write_formula(number, column, "=A1", None, str(value))
                else:
                    page.write(number, column, value)


def write_xlsb(path: Path, rows: Rows, sheet: str = "Lines") -> None:
    book = record(0x9C, struct.pack("<II", 0, 1) + text("rId1") + text(sheet))
    lines = b"".join(
        record(0, struct.pack("<I", number) + bytes(13))
        + b"".join(_binary_cell(column, value) for column, value in enumerate(row))
        for number, row in enumerate(rows)
    )
    extent = struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/_rels/workbook.bin.rels", RELATIONS)
        archive.writestr("xl/workbook.bin", book + record(0x90) + record(0x84))
        sheet = record(0x94, extent) + record(0x91) + lines + record(0x92)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)


def _binary_cell(column: int, value: object) -> bytes:
    if not isinstance(value, Failed):
        return cell(column, value)
    place = struct.pack("<IIB", column, 0, CODES[value])
    if isinstance(value, FailedValue):
        return record(3, place)
    return record(11, place + bytes(2) + struct.pack("<II", 0, 0))


def write_ods(path: Path, rows: Rows, sheet: str = "Lines") -> None:
    lines = "".join(f"<table:table-row>{''.join(map(_ods, row))}</table:table-row>"
                    for row in rows)  # fmt: skip
    start = ODS_START.replace("><office:body>", f' {CALC}:1.0"><office:body>')
    start = start.replace('"Lines"', f'"{escape(sheet)}"')
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", ODS_TYPE)
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", start + lines + ODS_END)


def _ods(value: object) -> str:
    kind, told = "string", ""
    if isinstance(value, float):
        kind, told = "float", f' office:value="{value}"'
    elif isinstance(value, FailedValue):
        told = ' office:string-value="" calcext:value-type="error"'
    elif isinstance(value, Failed):
        told = ' table:formula="of:=[.A1]"'
    return (
        f'<table:table-cell office:value-type="{kind}"{told}>'
        f"<text:p>{escape(str(value))}</text:p></table:table-cell>"
    )


def write_xls(path: Path, rows: Rows, sheet: str = "Lines", is_old=False) -> None:
    """A workbook of Excel 97, or of Excel 95 with its names in cp936."""
    start = biff_record(0x0809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    name = struct.pack("<BB", len(sheet), 1) + sheet.encode("utf-16-le")
    if sheet.isascii():
        name = struct.pack("<BB", len(sheet), 0) + sheet.encode()
    if is_old:
        start = biff_record(0x0809, struct.pack("<HHHH", 0x500, 5, 0, 0))
        start += biff_record(0x0042, struct.pack("<H", 936))
        name = bytes([len(sheet.encode("gbk"))]) + sheet.encode("gbk")
    length = len(start) + 4 + 6 + len(name) + 4
    bound = biff_record(0x0085, struct.pack("<IBB", length, 0, 0) + name)
    cells = [
        _old_cell(number, column, value)
        for number, row in enumerate(rows)
        for column, value in enumerate(row)
    ]
    kind = struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6)
    page = biff_record(0x0809, kind) + b"".join(cells) + biff_record(0x0A, b"")
    path.write_bytes(compound_file(start + bound + biff_record(0x0A, b"") + page))


def _old_cell(row: int, column: int, value: object) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, FailedValue):
        return biff_record(0x0205, place + bytes([CODES[value], 1]))
    if isinstance(value, Failed):
        result = bytes([2, 0, CODES[value], 0, 0, 0, 0xFF, 0xFF])
        return biff_record(0x0006, place + result + struct.pack("<HIH", 0, 0, 0))
    if isinstance(value, str):
        told = struct.pack("<HB", len(value), 1) + value.encode("utf-16-le")
        return biff_record(0x0204, place + told)
    return biff_record(0x0203, place + struct.pack("<d", value))
