"""One small order book, written in every format of the field, is always the same one.

Each writer below makes a file in the true format. Ids keep their zeros, amounts their
cents, and the days are days, whatever they were written in.
"""

import sqlite3
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import date, datetime
from html import escape
from pathlib import Path

import duckdb
import pandas as pd
import pytest
import xlsxwriter

HEADER = ("Beleg", "Kunde", "Tag", "Netto")
BOOK = [
    ("0007", "Müller & Söhne", date(2025, 1, 31), 1234.56),
    ("0008", "宁波精密机械有限公司", date(2025, 2, 28), -0.1),
    ("0009", "A/S <Nord>", date(2025, 12, 1), 12_800.0),
    ("0010", "A/S <Nord>", date(2025, 12, 1), 0.3),
]
GERMAN = 'format: {decimal: ",", thousands: ".", dates: DD.MM.YYYY%s}'


def german(amount: float) -> str:
    """1.234,56 and, as SAP has it, 0,10-."""
    text = f"{abs(amount):,.2f}".translate(str.maketrans(",.", ".,"))
    return f"{text}-" if amount < 0 else text


def german_rows() -> list[list[str]]:
    return [[nr, who, f"{day:%d.%m.%Y}", german(net)] for nr, who, day, net in BOOK]


def write_workbook(folder: Path) -> None:
    """Typed cells below a title, days as days, ids as text."""
    book = xlsxwriter.Workbook(folder / "book.xlsx")
    sheet, day_format = book.add_worksheet("Lines"), None
    day_format = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write(0, 0, "Order lines")
    sheet.write_row(2, 0, HEADER)
    for row, (nr, who, day, net) in enumerate(BOOK, 3):
        sheet.write_string(row, 0, nr)
        sheet.write_string(row, 1, who)
        sheet.write_datetime(
            row, 2, datetime.combine(day, datetime.min.time()), day_format
        )
        sheet.write_number(row, 3, net)
    book.close()


def write_workbook_of_texts(folder: Path) -> None:
    """Days and amounts that somebody pasted as text, among cells that hold numbers."""
    book = xlsxwriter.Workbook(folder / "book.xlsx")
    sheet = book.add_worksheet("Lines")
    sheet.write_row(0, 0, HEADER)
    for row, cells in enumerate(german_rows(), 1):
        for column, text in enumerate(cells):
            sheet.write_string(row, column, text)
    sheet.write_number(3, 3, BOOK[2][3])
    book.close()


ODS_START = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="Lines">'
)
ODS_END = "</table:table></office:spreadsheet></office:body></office:document-content>"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods_cell(value: object) -> str:
    told = {
        str: ("string", "", escape(str(value))),
        float: ("float", f' office:value="{value}"', str(value)),
        date: ("date", f' office:date-value="{value}"', str(value)),
    }
    kind, attribute, text = told[type(value)]
    return (
        f'<table:table-cell office:value-type="{kind}"{attribute}>'
        f"<text:p>{text}</text:p></table:table-cell>"
    )


def write_ods(folder: Path) -> None:
    rows = "".join(
        f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>"
        for row in [HEADER, *BOOK]
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
        'manifest:1.0"><manifest:file-entry manifest:full-path="/" '
        f'manifest:media-type="{ODS_TYPE}"/></manifest:manifest>'
    )
    with zipfile.ZipFile(folder / "book.ods", "w") as archive:
        archive.writestr("mimetype", ODS_TYPE)
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", ODS_START + rows + ODS_END)


def biff_record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def biff_sheet() -> bytes:
    """A sheet of Excel 97: texts, numbers, and days as their serial numbers."""
    records = [biff_record(0x0809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 6))]
    for row, cells in enumerate([HEADER, *BOOK]):
        for column, cell in enumerate(cells):
            place = struct.pack("<HHH", row, column, 0)
            if isinstance(cell, str):
                text = struct.pack("<HB", len(cell), 1) + cell.encode("utf-16-le")
                records.append(biff_record(0x0204, place + text))
                continue
            number = (cell - date(1899, 12, 30)).days if column == 2 else cell
            records.append(biff_record(0x0203, place + struct.pack("<d", number)))
    return b"".join([*records, biff_record(0x0A, b"")])


def write_xls(folder: Path) -> None:
    """A binary workbook of Excel 97 in its compound file: one stream, one sheet."""
    start = biff_record(0x0809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 6))
    name = struct.pack("<BB", 5, 0) + b"Lines"
    length = len(start) + 4 + 6 + len(name) + 4
    bound = biff_record(0x0085, struct.pack("<IBB", length, 0, 0) + name)
    stream = start + bound + biff_record(0x0A, b"") + biff_sheet()
    (folder / "book.xls").write_bytes(compound_file(stream))


def compound_file(stream: bytes) -> bytes:
    """Return the container of a workbook of Excel 97 with its one stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    sectors = len(stream) // 512
    chain = [0xFFFFFFFD, 0xFFFFFFFE, *range(3, 2 + sectors), 0xFFFFFFFE]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    header = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    header += struct.pack(
        "<HHHHH6xIIIIIIIII",
        62,
        3,
        0xFFFE,
        9,
        6,
        0,
        1,
        1,
        0,
        4096,
        0xFFFFFFFE,
        0,
        0xFFFFFFFE,
        0,
    )
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    root = ole_entry("Root Entry", 5, child=1, start=0xFFFFFFFE, size=0)
    book = ole_entry("Workbook", 2, child=0xFFFFFFFF, start=2, size=len(stream))
    directory = (root + book).ljust(512, b"\0")
    return header + table + directory + stream


def ole_entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = (name + "\0").encode("utf-16-le")
    entry = text.ljust(64, b"\0") + struct.pack("<HBB", len(text), kind, 1)
    entry += struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36)
    return entry + struct.pack("<IQ", start, size)


def write_html(folder: Path) -> None:
    """What SAP calls a workbook: a page, with the list in a table within a table."""
    rows = "".join(
        "<tr>" + "".join(f"<td nowrap>{escape(cell)}&nbsp;</td>" for cell in row)
        for row in german_rows()
    )
    head = "".join(f"<th>{name}</th>" for name in HEADER)
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; '
        'charset=utf-8"><style>td {color: red}</style></head><body><table><tr><td>List'
        f"<table border=1><tr>{head}</tr>{rows}</table></td></tr></table></body></html>"
    )
    (folder / "book.xls").write_text(page, encoding="utf-8")


def write_gbk(folder: Path) -> None:
    lines = [",".join(HEADER)]
    lines += [
        f'{nr},{who},{day.year}年{day.month}月{day.day}日,"{net:,.2f}"'
        for nr, who, day, net in BOOK
    ]
    (folder / "book.csv").write_bytes("\r\n".join(lines).encode("gb18030"))


def write_tabs(folder: Path) -> None:
    """SAP's other workbook: text with tabs in UTF-16."""
    lines = ["\t".join(row) for row in [HEADER, *german_rows()]]
    (folder / "book.xls").write_bytes("\r\n".join(lines).encode("utf-16"))


def write_sqlite(folder: Path) -> None:
    with closing(sqlite3.connect(folder / "book.db")) as connection:
        connection.execute(
            "CREATE TABLE lines (Beleg TEXT, Kunde, Tag TEXT, Netto REAL)"
        )
        rows = [(nr, who, day.isoformat(), net) for nr, who, day, net in BOOK]
        connection.executemany("INSERT INTO lines VALUES (?, ?, ?, ?)", rows)
        connection.commit()


def write_duckdb(folder: Path) -> None:
    with duckdb.connect(folder / "book.duckdb") as connection:
        connection.execute(
            "CREATE TABLE lines (Beleg TEXT, Kunde TEXT, Tag DATE, Netto DECIMAL(9, 2))"
        )
        connection.executemany("INSERT INTO lines VALUES (?, ?, ?, ?)", BOOK)


def write_parquet(folder: Path) -> None:
    frame = pd.DataFrame(BOOK, columns=HEADER)
    frame.assign(Tag=pd.to_datetime(frame["Tag"])).to_parquet(folder / "b.parquet")


WRITERS: dict[str, tuple[Callable[[Path], None], str]] = {
    "xlsx": (write_workbook, ""),
    "xlsx, days and numbers as text": (write_workbook_of_texts, GERMAN % ""),
    "xlsx, typed, format of texts declared": (write_workbook, GERMAN % ""),
    "ods": (write_ods, ""),
    "xls of Excel 97": (write_xls, "format: {dates: excel}"),
    "html called xls": (write_html, GERMAN % ""),
    "csv in GB18030": (
        write_gbk,
        'format: {encoding: gb18030, thousands: ",", dates: YYYY年M月D日}',
    ),
    "tabs in UTF-16 called xls": (
        write_tabs,
        GERMAN % ", encoding: utf-16, delimiter: tab",
    ),
    "sqlite": (write_sqlite, ""),
    "duckdb": (write_duckdb, ""),
    "parquet": (write_parquet, ""),
}
MAPPING = """
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    files: "*"
    columns: {order_id: Beleg, account_id: Kunde, order_date: Tag, net_amount: Netto}
"""


def assert_is_the_book(lines: pd.DataFrame) -> None:
    """Compare what was imported with the book, amounts in whole cents."""
    got = list(
        zip(
            lines["order_id"],
            lines["account_id"],
            pd.to_datetime(lines["order_date"]).dt.date,
            lines["net_amount"],
            strict=True,
        )
    )
    assert got == BOOK


@pytest.mark.parametrize("kind", WRITERS)
def test_an_order_book_is_the_same_in_every_format(export, kind):
    writer, form = WRITERS[kind]
    writer(export.source)
    export.map(MAPPING, form)
    result = export.run()
    assert [each.message for each in result.findings if each.severity != "info"] == []
    assert (result.rows_in, result.rows_out) == (4, 4)
    assert_is_the_book(export.table())


@pytest.mark.parametrize("kind", ["csv in GB18030", "tabs in UTF-16 called xls"])
def test_a_text_file_needs_no_declaration_where_it_is_detected(export, kind):
    WRITERS[kind][0](export.source)
    export.map(MAPPING, "format: detect")
    result = export.run()
    assert not result.blocked
    assert_is_the_book(export.table())
    told = next(each for each in result.findings if each.rule == "format_detected")
    export.map(MAPPING, told.remedy.partition("tables.orders: ")[2])
    export.run(replace=True)
    assert_is_the_book(export.table())


def test_a_folder_of_several_formats_is_one_table(export):
    for name, writer in (("a", write_workbook), ("b", write_sqlite), ("c", write_ods)):
        (export.source / name).mkdir()
        writer(export.source / name)
    mapping = MAPPING.replace('"*"', '"*/*"')
    mapping = mapping.replace("tables:", "limits: {order_in_two_files: 1}\ntables:")
    export.map(mapping, "exact_duplicates: keep")
    result = export.run()
    assert not result.blocked
    names = [file.name for file in result.tables[0].files]
    assert names == ["a/book.xlsx [Lines]", "b/book.db [lines]", "c/book.ods [Lines]"]
    assert export.table()["net_amount"].sum().round(2) == 3 * 14_034.76
