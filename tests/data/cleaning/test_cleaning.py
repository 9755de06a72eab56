"""Rows are dropped by named rules, in order, and every one of them is accounted for."""

import duckdb
import pytest

from kamlab.data.cleaning.cleaning import clean_table
from kamlab.data.mapping.mapping import ColumnSource, TableMapping
from kamlab.data.reading.raw import RawTable

HEADER = "Nr,Pos,Kunde,Tag,Netto\n"


def dropped(result) -> dict[str, tuple[int, float | None]]:
    return {each.rule: (each.rows, each.money) for each in result.tables[0].dropped}


def test_the_first_rule_that_holds_takes_the_row(export):
    export.write(
        HEADER + "1,1,,2025-01-31,10\nC2,1,A,2025-01-31,-20\nC3,1,,2025-01-31,-40\n"
        "4,1,B,2025-01-31,80\n"
    )
    export.map(
        export.mapping.read_text(),
        "drop:",
        "  - {name: no customer, column: Kunde, is: blank}",
        "  - {name: cancelled, column: Nr, starts_with: C}",
        "  - {name: never, column: Nr, equals: zzz}",
    )
    result = export.run()
    assert dropped(result) == {
        "no customer": (2, 50.0),
        "cancelled": (1, 20.0),
        "never": (0, None),
    }
    assert result.dropped == {"no customer": 2, "cancelled": 1, "never": 0}
    assert export.table()["order_id"].tolist() == ["4"]


def test_subtotals_may_be_dropped_although_their_day_is_no_day(export):
    export.write(HEADER + "1,1,A,2025-01-31,10\n,,,Summe,10\n")
    export.map(
        export.mapping.read_text(), "drop: [{name: totals, column: Tag, in: [Summe]}]"
    )
    result = export.run()
    assert not result.blocked
    assert dropped(result) == {"totals": (1, 10.0)}


def test_a_word_where_a_rule_compares_numbers_is_a_finding(export):
    export.write(HEADER.replace("\n", ",Rest\n") + "1,1,A,2025-01-31,10,many\n")
    export.map(
        export.mapping.read_text(), "drop: [{name: rest, column: Rest, below: 0}]"
    )
    found = export.run().findings[0]
    assert (found.rule, found.column) == ("not_a_number", "Rest")
    assert "'many' is not a number" in found.message


REPEATED = HEADER.replace("\n", ",Memo\n") + (
    "1,1,A,2025-01-31,10,x\n1,1,A,2025-01-31,10,x\n1,2,A,2025-01-31,10,y\n"
    "1,1,A,2025-01-31,10,x\n"
)


def test_exact_repeats_are_dropped_when_the_mapping_says_so(export):
    export.write(REPEATED)
    export.map(export.mapping.read_text(), "exact_duplicates: drop")
    result = export.run()
    assert dropped(result) == {"exact duplicates": (2, 20.0)}
    assert export.table()["line_id"].tolist() == ["1", "2"]


def test_rows_that_differ_in_a_column_that_is_not_imported_are_no_repeats(export):
    export.write(REPEATED.replace("10,y", "10,x").replace("1,2,A", "1,1,A"))
    export.write(REPEATED.replace(",x\n", ",z\n"), "more.csv")
    export.map(
        export.mapping.read_text().replace("      line_id: Pos\n", ""),
        "exact_duplicates: drop",
    )
    assert export.run().rows_out == 3


@pytest.mark.parametrize(
    ("said", "severity", "rule", "rows"),
    [
        ([], "warning", "exact_duplicates", 2),
        (["exact_duplicates: keep"], "info", "duplicates_kept", 2),
    ],
)
def test_exact_repeats_that_are_kept_are_told(export, said, severity, rule, rows):
    export.write(REPEATED)
    text = export.mapping.read_text().replace("      line_id: Pos\n", "")
    export.map(text, *said)
    export.map(export.mapping.read_text() + "limits: {default: 1.0}\n")
    result = export.run()
    found = next(each for each in result.findings if each.rule == rule)
    assert (found.severity, found.rows, found.money) == (severity, rows, 20.0)
    assert [sample.row for sample in found.samples] == [3, 5]
    assert result.rows_out == 4


def test_repeats_across_files_are_repeats(export):
    export.write(REPEATED, "a.csv")
    export.write(REPEATED, "b.csv")
    export.map(export.mapping.read_text(), "exact_duplicates: drop")
    result = export.run()
    assert result.rows_out == 2
    files = {file.name: file for file in result.tables[0].files}
    assert files["a.csv"].dropped == {"exact duplicates": 2}
    assert files["b.csv"].dropped == {"exact duplicates": 4}


def test_money_is_converted_with_the_rate_of_its_currency(export):
    export.write(
        HEADER.replace("\n", ",Cur,Cost\n")
        + "1,1,A,2025-01-31,100,USD,50\n1,2,A,2025-01-31,100,EUR,50\n"
    )
    export.map(
        export.mapping.read_text(),
        "  currency: Cur",
        "  cogs: Cost",
        "currency: {column: Cur, rates: {USD: 0.9}}",
    )
    assert not export.run().blocked
    lines = export.table()
    assert lines["net_amount"].tolist() == [90.0, 100.0]
    assert lines["cogs"].tolist() == [45.0, 50.0]
    assert lines["currency"].tolist() == ["USD", "EUR"]


def test_a_currency_without_rate_is_told_with_its_rows_and_its_money(export):
    export.write(
        HEADER.replace("\n", ",Cur\n")
        + "1,1,A,2025-01-31,100,CHF\n1,2,A,2025-01-31,-50,CHF\n1,3,A,2025-01-31,5,\n"
    )
    export.map(export.mapping.read_text(), "currency: {column: Cur, rates: {USD: 0.9}}")
    result = export.run()
    told = [each for each in result.findings if each.severity == "error"]
    assert [each.rule for each in told] == ["currency_without_rate"] * 2
    assert "currency '' (1 row, 5.00 in it)" in told[0].message
    assert "currency 'CHF' (2 rows, 150.00 in it)" in told[1].message


def test_amounts_may_be_computed_from_several_columns(export):
    export.write("Nr,Kunde,Tag,Menge,Preis,Rabatt\n1,A,2025-01-31,3,9.99,2.50\n")
    text = export.mapping.read_text().replace("      line_id: Pos\n", "")
    export.map(
        text.replace("net_amount: Netto", "net_amount: {product: [Menge, Preis]}"),
        "  quantity: {from: Menge, negate: true}",
        "  unit_list_price: {sum: [Preis, Rabatt]}",
        "  cogs: {difference: [Preis, Rabatt]}",
        "  channel: {constant: online}",
    )
    assert not export.run().blocked
    line = export.table().iloc[0]
    assert line["net_amount"] == 29.97
    assert (line["quantity"], line["channel"]) == (-3.0, "online")
    assert (line["unit_list_price"], line["cogs"]) == (12.49, 7.49)


def test_a_factor_that_is_no_number_is_shown_not_the_product(export):
    export.write("Nr,Kunde,Tag,Menge,Preis\n1,A,2025-01-31,three,9.99\n")
    text = export.mapping.read_text().replace("      line_id: Pos\n", "")
    export.map(
        text.replace("net_amount: Netto", "net_amount: {product: [Menge, Preis]}")
    )
    found = export.run().findings[0]
    assert (found.rule, found.column) == ("not_a_number", "net_amount")
    assert "'three'" in found.message


def test_accounts_may_be_taken_from_the_order_lines(export):
    export.write(
        HEADER.replace("\n", ",Land\n")
        + "1,1,A,2025-01-31,10,DE\n2,1,B,2025-01-31,10,FR\n3,1,A,2025-01-31,10,AT\n"
    )
    export.map(
        export.mapping.read_text()
        + "  accounts:\n    files: '*.csv'\n    one_row_per_key: true\n"
        "    columns: {account_id: Kunde, country: Land}\n"
        "limits: {conflicting_rows: 0.5}\n"
    )
    result = export.run()
    assert export.table("accounts").to_dict("list") == {
        "account_id": ["A", "B"],
        "country": ["DE", "FR"],
    }
    told = next(each for each in result.findings if each.rule == "conflicting_rows")
    assert "'A' is described in more than one way" in told.message
    assert told.share == 0.5


def test_rows_with_the_same_number_are_repeats_only_if_their_cells_are_the_same():
    raw = RawTable("raw_events", ("Text",))
    mapping = TableMapping(
        (), {"text": ColumnSource(("Text",))}, exact_duplicates="drop"
    )
    with duckdb.connect() as connection:
        connection.execute(
            "CREATE TABLE raw_events AS SELECT 0 AS file, seq + 1 AS row, seq, "
            "42 AS content, c0 FROM (VALUES (1, 'a'), (2, 'b'), (3, NULL), (4, ''), "
            "(5, 'a'), (6, NULL)) AS v(seq, c0)"
        )
        cleaned = clean_table(connection, "events", mapping, raw, "EUR")
        dropped = f"SELECT seq FROM {cleaned.name} WHERE dropped IS NOT NULL ORDER BY 1"
        assert connection.execute(dropped).fetchall() == [(5,), (6,)]
