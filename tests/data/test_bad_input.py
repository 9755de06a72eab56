"""What people send: every kind of broken file is named, shown, and leaves no trace."""

from dataclasses import dataclass, field

import pytest

from kamlab.data.findings.file import read_findings

HEADER = "Nr,Pos,Kunde,Tag,Netto\n"
GOOD = "7,1,A,2025-01-31,100.00\n"


def lines(*rows: str) -> str:
    """Return a file of good rows and the given ones below them."""
    return HEADER + GOOD + "".join(f"{row}\n" for row in rows)


@dataclass(frozen=True)
class Fault:
    """A broken export and the finding it must lead to."""

    name: str
    content: str | bytes | None
    rule: str
    row: int | None
    value: str
    remedy: str
    column: str = ""
    more: tuple[str, ...] = ()
    file: str = "lines.csv"
    other: dict[str, str] = field(default_factory=dict)


FAULTS = [
    Fault(
        "missing column",
        "Nr,Pos,Kunde,Tag,Nettto\n7,1,A,2025-01-31,1\n",
        "missing_column",
        1,
        "Netto",
        "tables.orders.columns",
        "net_amount",
    ),
    Fault(
        "mapping to a missing column",
        lines(),
        "missing_column",
        1,
        "Region",
        "tables.orders.columns",
        more=("drop: [{name: x, column: Region, is: blank}]",),
    ),
    Fault(
        "wrong delimiter",
        "Nr;Pos;Kunde;Tag;Netto\n7;1;A;2025-01-31;1\n",
        "missing_column",
        1,
        "Nr",
        "tables.orders.columns",
        "order_id",
    ),
    Fault(
        "wrong type",
        lines("8,1,A,somewhen,1"),
        "not_a_date",
        3,
        "somewhen",
        "format.blank",
        "order_date",
    ),
    Fault(
        "two date formats in one column",
        lines("8,1,A,31.01.2025,1"),
        "two_date_formats",
        3,
        "31.01.2025",
        "format.dates: [YYYY-MM-DD, DD.MM.YYYY]",
        "order_date",
    ),
    Fault(
        "ambiguous date",
        HEADER + "7,1,A,03/04/2021,1\n8,1,A,05/06/2021,1\n",
        "ambiguous_date",
        2,
        "03/04/2021",
        "DD/MM/YYYY or MM/DD/YYYY",
        "order_date",
    ),
    Fault(
        "date format not declared",
        HEADER + "7,1,A,31.01.2025,1\n",
        "undeclared_date_format",
        2,
        "31.01.2025",
        "format.dates: DD.MM.YYYY",
        "order_date",
    ),
    Fault(
        "impossible date",
        lines("8,1,A,2025-02-30,1"),
        "impossible_date",
        3,
        "2025-02-30",
        "correct it in the export",
        "order_date",
    ),
    Fault(
        "SAP's empty date",
        HEADER + "7,1,A,00.00.0000,1\n",
        "impossible_date",
        2,
        "00.00.0000",
        "drop such rows",
        "order_date",
        ("format: {dates: DD.MM.YYYY}",),
    ),
    Fault(
        "future date",
        lines("8,1,A,2999-01-01,1"),
        "future_date",
        3,
        "2999-01-01",
        "portfolio.data_through",
        "order_date",
    ),
    Fault(
        "duplicate key",
        lines("7,1,A,2025-01-31,5"),
        "duplicate_key",
        2,
        "7, 1",
        "exact_duplicates: drop",
        "line_id",
    ),
    Fault(
        "NaN key",
        lines("NaN,1,A,2025-01-31,5"),
        "placeholder_id",
        3,
        "NaN",
        "correct it in the export",
        "order_id",
    ),
    Fault(
        "blank id",
        lines("8,1,  ,2025-01-31,5"),
        "blank_id",
        3,
        "",
        "correct it in the export",
        "account_id",
    ),
    Fault(
        "id spoilt by a spreadsheet",
        lines("8,1,4.7E+11,2025-01-31,5"),
        "scientific_id",
        3,
        "4.7E+11",
        "keep the column as text",
        "account_id",
    ),
    Fault(
        "blank amount",
        lines("8,1,A,2025-01-31,"),
        "blank_value",
        3,
        "",
        "correct it in the export",
        "net_amount",
    ),
    Fault(
        "infinite amount",
        lines("8,1,A,2025-01-31,inf"),
        "infinite_amount",
        3,
        "inf",
        "correct it in the export",
        "net_amount",
    ),
    Fault(
        "amount that is not a number",
        lines("8,1,A,2025-01-31,NaN"),
        "infinite_amount",
        3,
        "nan",
        "correct it in the export",
        "net_amount",
    ),
    Fault(
        "text in amount",
        lines("8,1,A,2025-01-31,ten"),
        "not_a_number",
        3,
        "ten",
        "correct it in the export",
        "net_amount",
    ),
    Fault(
        "decimal comma undeclared",
        lines('8,1,A,2025-01-31,"1.234,56"'),
        "undeclared_decimal",
        3,
        "1.234,56",
        "format.decimal",
        "net_amount",
    ),
    Fault(
        "empty file",
        "",
        "empty_file",
        None,
        "",
        "export it again",
    ),
    Fault(
        "header only",
        HEADER,
        "header_only",
        None,
        "",
        "export the data again",
    ),
    Fault(
        "ragged row",
        lines("8,1,A,2025-01-31"),
        "ragged_row",
        3,
        "8,1,A,2025-01-31",
        "in quotes",
    ),
    Fault(
        "unclosed quote",
        lines('8,1,"A,2025-01-31,1', "9,1,B,2025-01-31,1"),
        "unclosed_quote",
        3,
        '8,1,"A,2025-01-31,1',
        "double the quote marks",
    ),
    Fault(
        "wrong encoding",
        lines("8,1,Müller,2025-01-31,1").encode("latin-1"),
        "wrong_encoding",
        3,
        "0xFC",
        "format.encoding",
    ),
    Fault(
        "cut in the middle of a character",
        lines("8,1,A,2025-01-31,1é").encode()[:-2],
        "wrong_encoding",
        3,
        "0xC3",
        "format.encoding",
    ),
    Fault(
        "NUL byte",
        lines("8,1,A\0B,2025-01-31,1"),
        "nul_byte",
        3,
        "8,1,A\0B,2025-01-31,1",
        "utf-16",
    ),
    Fault(
        "BOM twice",
        "\ufeff\ufeff" + lines(),
        "byte_order_mark",
        1,
        "\\ufeffNr",
        "save the file anew",
    ),
    Fault(
        "10-MB cell",
        lines(f"8,1,{'x' * 10_000_000},2025-01-31,1"),
        "line_too_long",
        3,
        "8,1,xxx",
        "never closed",
    ),
    Fault(
        "duplicate header",
        "Nr,Pos,Kunde,Tag,Netto,Netto\n7,1,A,2025-01-31,1,1\n",
        "duplicate_header",
        1,
        "Netto",
        "rename one",
    ),
    Fault(
        "two headers",
        lines(),
        "header_differs",
        1,
        "Nr, Pos, Kunde, Netto, Tag",
        "same columns in the same order",
        file="other.csv",
        other={"other.csv": "Nr,Pos,Kunde,Netto,Tag\n9,1,A,5,2025-01-31\n"},
    ),
    Fault(
        "rule that drops everything",
        lines(),
        "nothing_left",
        None,
        "everything",
        "tables.orders.drop",
        more=("drop: [{name: everything, column: Netto, above: 0}]",),
    ),
    Fault(
        "text where a rule compares numbers",
        lines("8,1,A,2025-01-31,5,x"),
        "ragged_row",
        3,
        "8,1,A,2025-01-31,5,x",
        "in quotes",
    ),
    Fault(
        "unknown currency without rate",
        lines("8,1,CHF,2025-01-31,5"),
        "currency_without_rate",
        3,
        "CHF",
        "tables.orders.currency.rates",
        "Kunde",
        ("currency: {column: Kunde, rates: {A: 1.0}}",),
    ),
    Fault(
        "title above the header",
        "Sales 2025\n\n" + lines(),
        "title_above_header",
        1,
        "Sales 2025",
        "line 3 looks like the header: set tables.orders.format.skip_lines: 2",
    ),
    Fault(
        "blank first line",
        "\n" + lines(),
        "title_above_header",
        1,
        "",
        "line 2 looks like the header: set tables.orders.format.skip_lines: 1",
    ),
    Fault(
        "day first and month first in one column",
        HEADER + "7,1,A,31/01/2025,1\n8,1,A,01/31/2025,1\n",
        "days_and_months_mixed",
        2,
        "31/01/2025",
        "the column cannot be read; export it again",
        "order_date",
    ),
    Fault(
        "Excel's serial days",
        lines("8,1,A,45688,1"),
        "excel_serial",
        3,
        "45688",
        "a date format such as YYYY-MM-DD in the workbook",
        "order_date",
    ),
    Fault(
        "thousands read as decimals",
        HEADER + "7,1,A,2025-01-31,1.234\n8,1,A,2025-01-31,12.500\n",
        "thousands_as_decimals",
        2,
        "1.234",
        "set tables.orders.format.thousands: '.' and decimal: ','",
        "net_amount",
    ),
    Fault(
        "several currencies and no rates",
        lines("8,1,CHF,2025-01-31,5"),
        "currency_not_converted",
        2,
        "A",
        "tables.orders.currency: {column: Kunde, rates: {A: …, CHF: …}}",
        "currency",
        ("  currency: Kunde",),
    ),
    Fault(
        "UTF-8 that is declared as cp1252",
        lines("8,1,Müller,2025-01-31,1"),
        "utf8_undeclared",
        None,
        "8,1,Müller",
        "format.encoding: utf-8",
        more=("format: {encoding: cp1252}",),
    ),
    Fault(
        "unreadable file",
        None,
        "unreadable_file",
        None,
        "",
        "export the file again",
    ),
    Fault(
        "garbage that is called Parquet",
        lines(),
        "unreadable_file",
        None,
        "",
        "leave it out",
        more=("exact_duplicates: keep",),
        file="lines.parquet",
        other={"lines.parquet": "this is not Parquet at all"},
    ),
    Fault(
        "packed file that is cut off",
        lines(),
        "unreadable_file",
        None,
        "",
        "leave it out",
        file="lines.csv.gz",
        other={"lines.csv.gz": "no gzip"},
    ),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_broken_export_is_refused_with_place_value_and_remedy(export, fault):
    if fault.content is None:
        (export.source / fault.file).mkdir()
    else:
        export.write(fault.content)
    for name, content in fault.other.items():
        export.write(content, name)
    text = export.mapping.read_text().replace("*.csv", "*.*")
    export.map(text, *fault.more)

    result = export.run()

    found = next(each for each in result.findings if each.rule == fault.rule)
    assert (found.table, found.column, found.blocks) == ("orders", fault.column, True)
    first = found.samples[0]
    assert (first.file, first.row) == (fault.file, fault.row)
    assert first.value.startswith(fault.value)
    assert fault.file in found.message
    assert fault.remedy in found.remedy
    assert result.blocked
    assert result.exit_code == 1
    assert not export.out.exists()
    kept = read_findings(result.findings_file)
    assert list(kept.findings) == result.findings


@pytest.mark.parametrize(
    "fault", [each for each in FAULTS if each.value], ids=lambda fault: fault.name
)
def test_the_message_shows_the_value_that_is_wrong(export, fault):
    export.write(fault.content)
    for name, content in fault.other.items():
        export.write(content, name)
    export.map(export.mapping.read_text(), *fault.more)
    found = next(each for each in export.run().findings if each.rule == fault.rule)
    told = {"header_differs": "another order"}.get(fault.rule, fault.value)
    assert told[:20].replace("\0", "\\x00").replace("\\u", "\\\\u") in found.message


def test_a_blocked_import_leaves_only_its_findings_beside_the_source(export):
    export.write(lines("8,1,A,2025-01-31,ten"))
    export.run()
    left = sorted(path.name for path in export.folder.iterdir())
    assert left == [
        "export",
        "mapping.yml",
        "portfolio.findings.json",
        "portfolio.findings.xlsx",
    ]


def test_findings_of_a_blocked_import_go_when_the_next_one_succeeds(export):
    export.write(lines("8,1,A,2025-01-31,ten"))
    assert export.run().findings_file.exists()
    export.write(lines())
    assert not export.run().blocked
    assert not list(export.folder.glob("*findings*"))


def test_a_blocked_import_leaves_the_portfolio_that_was_there(export):
    export.write(lines())
    export.run()
    before = {path.name: path.read_bytes() for path in export.out.iterdir()}
    export.write(lines("8,1,A,2025-01-31,ten"))
    assert export.run(replace=True).blocked
    assert {path.name: path.read_bytes() for path in export.out.iterdir()} == before
