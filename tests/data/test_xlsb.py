"""Binary workbooks (xlsb), as large exports of Excel often are, read like any other."""

import struct
import zipfile
from datetime import date
from pathlib import Path

RELATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.'
    'openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
    'Target="worksheets/sheet1.bin"/></Relationships>'
)
ROWS = [
    ("Nr", "Pos", "Kunde", "Tag", "Netto"),
    ("7", 1, "客户 7", date(2025, 1, 31), 1_234.56),
    ("8", 1, "Müller", date(2025, 2, 28), -0.1),
]

# Kinds of records, as [MS-XLSB] numbers them.
SHEET, END_OF_SHEETS, END_OF_BOOK = 0x9C, 0x90, 0x84
EXTENT, CELLS, ROW, NUMBER, TEXT, END_OF_CELLS = 0x94, 0x91, 0, 5, 6, 0x92


def record(kind: int, data: bytes = b"") -> bytes:
    """Return a record: its kind and its size in groups of seven bits, its data."""
    return packed(kind) + packed(len(data)) + data


def packed(number: int) -> bytes:
    if number < 0x80:
        return bytes([number])
    return bytes([number & 0x7F | 0x80, number >> 7])


def text(value: str) -> bytes:
    encoded = value.encode("utf-16-le")
    return struct.pack("<I", len(encoded) // 2) + encoded


def cell(column: int, value: object) -> bytes:
    place = struct.pack("<II", column, 0)
    if isinstance(value, str):
        return record(TEXT, place + text(value))
    if isinstance(value, date):
        value = (value - date(1899, 12, 30)).days
    return record(NUMBER, place + struct.pack("<d", value))


def write_xlsb(path: Path) -> None:
    """Write a binary workbook with the rows on one sheet."""
    book = record(SHEET, struct.pack("<II", 0, 1) + text("rId1") + text("Umsatz"))
    rows = b"".join(
        record(ROW, struct.pack("<I", number) + bytes(13))
        + b"".join(cell(column, value) for column, value in enumerate(row))
        for number, row in enumerate(ROWS)
    )
    extent = struct.pack("<IIII", 0, len(ROWS) - 1, 0, len(ROWS[0]) - 1)
    sheet = record(EXTENT, extent) + record(CELLS) + rows + record(END_OF_CELLS)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/_rels/workbook.bin.rels", RELATIONS)
        end = record(END_OF_SHEETS) + record(END_OF_BOOK)
        archive.writestr("xl/workbook.bin", book + end)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)


def test_a_binary_workbook_is_read_like_any_other(export):
    write_xlsb(export.source / "umsatz.xlsb")
    text = export.mapping.read_text().replace("*.csv", "*.xlsb")
    export.map(text, "format: {dates: excel}")
    result = export.run()
    assert not result.blocked, [each.message for each in result.findings]
    lines = export.table()
    assert lines["account_id"].tolist() == ["客户 7", "Müller"]
    assert lines["order_date"].astype(str).tolist() == ["2025-01-31", "2025-02-28"]
    assert lines["net_amount"].tolist() == [1_234.56, -0.1]
    assert result.tables[0].files[0].name == "umsatz.xlsb [Umsatz]"


def test_a_binary_workbook_that_is_cut_off_is_a_finding(export):
    path = export.source / "umsatz.xlsb"
    write_xlsb(path)
    path.write_bytes(path.read_bytes()[:400])
    export.map(export.mapping.read_text().replace("*.csv", "*.xlsb"))
    result = export.run()
    assert result.findings[0].rule == "unreadable_file"
    assert not export.out.exists()
