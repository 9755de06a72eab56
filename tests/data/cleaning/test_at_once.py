"""Rows that are typed while a file is read are those that its text would give."""

import duckdb
import pytest

from kamlab.data.cleaning.at_once import TypedRows
from kamlab.data.mapping.mapping import (
    ColumnSource,
    CurrencyRates,
    DropRule,
    TableMapping,
    Unpivot,
)
from kamlab.data.reading.sources import read_table

HEADER = "Nr,Pos,Kunde,Tag,Netto,Memo\n"
CLEAN = "1,1,A,2025-01-31,10.50,x\n1,2,A,2025-01-31,5,y\n2,1,B,2025-02-03,7,z\n"

EXPORTS = {
    "clean": CLEAN,
    "spaces around ids": CLEAN + "3, 1,\u00a0A ,2025-02-04,9,\n",
    "no day, no number": CLEAN + "3,1,A,31.01.2025,9,\n4,1,A,2025-02-05,much,\n",
    "thousands as decimals": HEADER[:0] + "1,1,A,2025-01-31,1.500,x\n"
    "2,1,A,2025-01-31,2.750,x\n",
    "blank ids": CLEAN + "3,1,,2025-02-04,9,\n,1,B,2025-02-04,9,\n",
    "placeholders": CLEAN + "nan,1,A,2025-02-04,9,\n1.5E+05,1,B,2025-02-04,9,\n",
    "a key twice": CLEAN + "1,1,A,2025-01-31,10.50,x\n",
    "a ragged row": CLEAN + "3,1,A\n",
    "two accounts": CLEAN + "1,3,B,2025-01-31,9,\n",
    "text over two lines": CLEAN + '3,1,B,2025-01-31,9,"a\nb"\n4,1,B,2025-01-31,nil,\n',
    "unsorted": "9,1,B,2025-01-31,9,\n10,1,B,2025-01-30,9,\n" + CLEAN,
    "returns": CLEAN + "3,1,A,2025-02-04,-9,\n",
}


def told(result) -> list[tuple[object, ...]]:
    return [
        (
            each.rule,
            each.column,
            each.severity,
            each.blocks,
            each.rows,
            each.money,
            each.share,
            each.samples,
            each.message,
            each.remedy,
        )
        for each in result.findings
    ]


def outcome(export):
    """Import; return what was found and counted, and the rows that were written."""
    result = export.run(replace=export.out.exists())
    rows = None if result.blocked else export.table().to_dict("list")
    return told(result), result.tables, rows


@pytest.mark.parametrize("kind", EXPORTS)
@pytest.mark.parametrize("has_line", [True, False], ids=["whole key", "no line"])
def test_typing_while_reading_changes_nothing(export, monkeypatch, kind, has_line):
    text = export.mapping.read_text()
    export.map(text if has_line else text.replace("      line_id: Pos\n", ""))
    export.write(HEADER + EXPORTS[kind])
    at_once = outcome(export)
    monkeypatch.setattr(TypedRows, "fits", lambda self, header: False)
    assert outcome(export) == at_once


def test_rows_that_rules_drop_are_counted_alike(export, monkeypatch):
    export.write(HEADER + CLEAN)
    export.map(
        export.mapping.read_text(), "drop: [{name: b, column: Kunde, equals: B}]"
    )
    at_once = outcome(export)
    assert at_once[1][0].dropped[0].rows == 1
    monkeypatch.setattr(TypedRows, "fits", lambda self, header: False)
    assert outcome(export) == at_once


LINES = {"order_id": ColumnSource(("Nr",)), "net_amount": ColumnSource(("Netto",))}


@pytest.mark.parametrize(
    "mapping",
    [
        TableMapping((), LINES, exact_duplicates="drop"),
        TableMapping((), LINES, one_row_per_key=True),
        TableMapping((), LINES, currency=CurrencyRates("Nr", {})),
        TableMapping((), LINES, fill_down=("Nr",)),
        TableMapping((), LINES, unpivot=Unpivot(("2*",), "Month", "Netto")),
        TableMapping((), LINES, drop=(DropRule("x", "Nr", "in", ("1",)),)),
        TableMapping((), {**LINES, "account_id": ColumnSource(("Nr",), by_name=True)}),
        TableMapping((), {**LINES, "region": ColumnSource(("Nr",), values={"1": "a"})}),
        TableMapping((), {**LINES, "region": ColumnSource(("(file)",))}),
        TableMapping((), {**LINES, "region": ColumnSource(("Land",))}),
    ],
    ids=[
        "duplicates dropped",
        "one row per key",
        "currencies",
        "filled down",
        "months as columns",
        "texts listed",
        "keyed by name",
        "values translated",
        "name of the file",
        "a column that is not there",
    ],
)
def test_what_needs_the_text_first_is_not_typed_while_it_is_read(mapping):
    header = ("Nr", "Netto", "(file)")
    assert TypedRows("orders", TableMapping((), LINES), "EUR").fits(header)
    assert not TypedRows("orders", mapping, "EUR").fits(header)


def read(tmp_path, *files: str):
    for number, content in enumerate(files):
        (tmp_path / f"{number}.csv").write_text(content)
    mapping = TableMapping(("*.csv",), LINES)
    with duckdb.connect() as connection:
        raw, _ = read_table(
            connection,
            "orders",
            mapping,
            tmp_path,
            tmp_path,
            typed=TypedRows("orders", mapping, "EUR"),
        )
    return raw


def test_only_a_file_that_is_alone_is_typed_while_it_is_read(tmp_path):
    content = "Nr,Netto\n1,2\n"
    assert read(tmp_path, content).typed_rows == "raw_orders_0_typed"
    assert read(tmp_path, content, content).typed_rows == ""


def test_a_file_with_blank_lines_is_not_typed_while_it_is_read(tmp_path):
    assert read(tmp_path, "Nr,Netto\n1,2\n\n3,4\n").typed_rows == ""
