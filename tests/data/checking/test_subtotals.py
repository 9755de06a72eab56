"""Sums that stand in a sheet are left out, and checked against the rows above them."""

import pytest
from python_calamine import CalamineWorkbook

MAPPING = """
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    files: "*.csv"
    drop: [{name: sums, column: Who, subtotals: %s}]
    columns: {order_id: Nr, account_id: Who, order_date: Day, net_amount: %s}
"""


@pytest.fixture
def imported(export):
    """Import a list of (who, amount), in which some rows are sums."""

    def run(*rows: tuple[str, float], words: str = "true", amount: str = "Net"):
        lines = [f"{i},{who},2024-01-31,{net}" for i, (who, net) in enumerate(rows)]
        export.write("\n".join(["Nr,Who,Day,Net", *lines]))
        export.map(MAPPING % (words, amount))
        return export.run()

    return run


def told(result) -> dict[str, int]:
    names = ("subtotal_missed", "subtotals_met")
    return {each.rule: each.rows for each in result.findings if each.rule in names}


def test_subtotals_and_totals_are_dropped_and_agree(imported):
    rows = [("A", 1), ("A", 2), ("A小计", 3), ("B", 4), ("B 小 计：", 4), ("合计", 7)]
    result = imported(*rows)
    assert result.dropped == {"sums": 3}
    assert result.rows_in == result.rows_out + 3
    assert told(result) == {"subtotals_met": 3}


def test_sums_of_sums_reach_back_over_them(imported):
    rows = [("A", 1), ("Subtotal", 1), ("B", 2), ("SUBTOTAL", 2), ("Total:", 3)]
    rows += [("C", 5), ("Subtotal", 5), ("Grand total", 8)]
    assert told(imported(*rows)) == {"subtotals_met": 5}


def test_a_sum_that_the_rows_do_not_reach_is_shown_with_the_difference(imported):
    result = imported(("A", 100), ("B", 200), ("合计", 310))
    found = next(each for each in result.findings if each.rule == "subtotal_missed")
    assert found.message.startswith(
        "lines.csv row 4, column 'net_amount': the sheet says '310.00', the sum of 2 "
        "rows above is 300.00, a difference of -10.00"
    )
    assert (found.money, found.blocks) == (10.0, False)


def test_a_large_difference_blocks(imported):
    assert imported(("A", 100), ("合计", 310)).blocked


@pytest.mark.parametrize(
    "name", ["Total Energies", "Summe & Partner", "合计科技有限公司", "小计算机公司"]
)
def test_a_customer_whose_name_begins_like_a_sum_is_kept(imported, name):
    assert imported((name, 1), ("A", 2)).rows_out == 2


def test_own_words_stand_in_place_of_the_usual_ones(imported):
    result = imported(("A", 1), ("本页计", 1), ("Total", 5), words="[本页计]")
    assert result.dropped == {"sums": 1}


def test_sums_are_compared_in_the_unit_of_the_sheet(imported):
    amount = "{from: Net, unit: 10000}"
    result = imported(("A", 0.333), ("B", 0.333), ("合计", 0.67), amount=amount)
    assert told(result) == {"subtotals_met": 1}


def test_rows_that_another_rule_drops_count_in_the_sum(export):
    export.write("Nr,Who,Day,Net\n1,A,2024-01-31,5\n2,X,2024-01-31,7\n,合计,,12\n")
    rule = "{name: samples, column: Who, equals: X}, {name: sums"
    export.map(MAPPING.replace("{name: sums", rule) % ("true", "Net"))
    assert told(export.run()) == {"subtotals_met": 1}


def test_a_total_below_month_columns_is_checked_for_each_month(export):
    export.write("Who,2024-01,2024-02\nA,1,2\nB,3,4\n合计,4,7\n")
    text = MAPPING % ("true", "amount")
    text = text.replace("order_id: Nr", "order_id: Who").replace(
        "order_date: Day", "order_date: {from: month, format: YYYY-MM}"
    )
    export.map(text, "unpivot: {columns: 2024-*, name: month, value: amount}")
    export.map(export.mapping.read_text() + "limits: {default: 1}\n")
    result = export.run()
    assert told(result) == {"subtotals_met": 1, "subtotal_missed": 1}
    assert (result.rows_in, result.rows_out) == (6, 4)


SIGNED = """
limits: {default: 1}
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    files: "*.csv"
    drop: [{name: sums, column: Nr, subtotals: true}]
    columns:
      order_id: Nr
      account_id: Who
      order_date: Day
      net_amount: {from: Net, negate: {column: Kind, in: [G2]}}
"""


@pytest.mark.parametrize(
    ("says", "told_of_it"),
    [(350, "subtotals_met"), (250, "subtotals_met"), (999, "subtotal_missed")],
    ids=["as written", "as meant", "neither"],
)
def test_sums_are_compared_where_signs_are_turned(export, says, told_of_it):
    lines = "1,A,2025-01-02,F2,300\n2,A,2025-01-04,G2,50\n"
    export.write(f"Nr,Who,Day,Kind,Net\n{lines}Summe,,,,{says}\n")
    export.map(SIGNED)
    assert told(export.run()) == {told_of_it: 1}


def test_signs_turned_for_whole_document_types_are_compared_too(export):
    lines = "1,A,2025-01-02,F2,300\n2,A,2025-01-04,G2,50\n"
    export.write(f"Nr,Who,Day,Kind,Net\n{lines}Summe,,,,999\n")
    types = (
        "document_types: {column: Kind, types: "
        "{F2: {line_type: sale}, G2: {line_type: return, negate: true}}}"
    )
    plain = SIGNED.replace("{from: Net, negate: {column: Kind, in: [G2]}}", "Net")
    export.map(plain, types)
    assert told(export.run()) == {"subtotal_missed": 1}


def test_the_sheet_of_a_missed_sum_holds_the_sum_above_and_the_difference(export):
    export.write("Nr,Who,Day,Kind,Net\n1,A,2025-01-02,F2,300\nSumme,,,,310\n")
    export.map(SIGNED)
    book = CalamineWorkbook.from_path(export.run().workbook)
    name = next(each for each in book.sheet_names if "subtotal_missed" in each)
    assert book.get_sheet_by_name(name).to_python() == [
        [
            "file",
            "row",
            "the sheet says",
            "rows above sum to",
            "difference",
            "rows above",
        ],
        ["lines.csv", 3, 310, 300, -10, 1],
    ]


CURRENCIES = """
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    files: "*.csv"
    currency: {column: Cur, rates: {USD: 0.5}}
    drop: [{name: sums, column: Nr, subtotals: true}]
    columns: {order_id: Nr, account_id: Who, order_date: Day, net_amount: Net}
"""


@pytest.mark.parametrize(
    ("sums", "expected"),
    [
        ("Summe,,,300,EUR\nSumme,,,50,USD\n", {"subtotals_met": 2}),
        ("Summe,,,350,\n", {"subtotals_met": 1}),
        ("Summe,,,290,EUR\n", {"subtotal_missed": 1}),
    ],
    ids=["one for each currency", "as they are written", "neither"],
)
def test_sums_may_be_of_one_currency_or_of_all(export, sums, expected):
    lines = "1,A,2025-01-02,300,EUR\n2,A,2025-01-04,50,USD\n"
    export.write(f"Nr,Who,Day,Net,Cur\n{lines}{sums}")
    export.map(CURRENCIES)
    assert told(export.run()) == expected


def test_a_sum_that_misses_its_own_currency_says_so(export):
    lines = "1,A,2025-01-02,300,EUR\n2,A,2025-01-04,50,USD\n"
    export.write(f"Nr,Who,Day,Net,Cur\n{lines}Summe,,,290,EUR\n")
    export.map(CURRENCIES)
    found = next(e for e in export.run().findings if e.rule == "subtotal_missed")
    assert "the sum of 1 row above in its currency is 300.00" in found.message


def test_a_sum_far_from_its_rows_passes_where_every_share_may(imported, export):
    assert imported(("A", 100), ("合计", 31_000)).blocked
    export.map(MAPPING % ("true", "Net") + "limits: {subtotal_missed: 1}\n")
    assert not export.run().blocked
