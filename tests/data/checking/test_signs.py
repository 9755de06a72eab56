"""Lines that take revenue back are negative, or it is told how to make them so."""

import pytest

HEADER = "Nr,Pos,Kunde,Tag,Netto,Art\n"
SALE = "1,1,A,2025-01-31,1000,F2\n"
VALUES = "{F2: sale, G2: price_credit, S1: cancellation, RE: return, BO: rebate}"


@pytest.fixture
def told(export):
    """Import a sale and other lines with a document type; return what is told."""

    def teller(*rows: str, kind: str = f"{{from: Art, values: {VALUES}}}", more=()):
        export.write(HEADER + SALE + "".join(f"{row}\n" for row in rows))
        text = export.mapping.read_text()
        export.map(text, f"  line_type: {kind}", *more)
        return {each.rule: each for each in export.run().findings}

    return teller


@pytest.mark.parametrize("code", ["G2", "S1", "RE", "BO"])
def test_a_positive_deduction_is_told_with_the_negate_that_mends_it(told, code):
    found = told(f"2,1,A,2025-01-31,30,{code}")["deduction_is_positive"]
    assert (found.severity, found.blocks, found.money) == ("warning", False, 30.0)
    assert found.share == pytest.approx(30 / 1030)
    assert (
        "set tables.orders.columns.net_amount: {from: Netto, "
        f"negate: {{column: Art, in: [{code}]}}}}"
    ) in found.remedy


def test_following_the_advice_turns_the_sign(told, export):
    rows = ("2,1,A,2025-01-31,30,G2", "3,1,A,2025-01-31,20,RE")
    found = told(*rows)["deduction_is_positive"]
    advice = found.remedy.partition("net_amount: ")[2]
    text = export.mapping.read_text().replace(
        "net_amount: Netto", f"net_amount: {advice}"
    )
    export.map(text)
    result = export.run(replace=True)
    assert "deduction_is_positive" not in {each.rule for each in result.findings}
    assert export.table()["net_amount"].sum() == 950


def test_too_much_money_of_positive_deductions_blocks(told):
    assert told("2,1,A,2025-01-31,300,G2")["deduction_is_positive"].blocks


def test_deductions_that_are_negative_or_nothing_pass(told):
    rows = ("2,1,A,2025-01-31,-30,G2", "3,1,A,2025-01-31,0,BO")
    assert "deduction_is_positive" not in told(*rows)


def test_a_sign_that_the_mapping_turned_wrongly_is_told(told, export):
    text = export.mapping.read_text()
    turned = "{from: Netto, negate: {column: Art, in: [G2]}}"
    export.map(text.replace("net_amount: Netto", f"net_amount: {turned}"))
    found = told("2,1,A,2025-01-31,-30,G2")["deduction_is_positive"]
    assert "it turns signs that were right already" in found.remedy


def test_types_that_need_no_translation_are_named_as_they_are(told):
    found = told("2,1,A,2025-01-31,30,return", kind="Art", more=())
    assert "in: [return]" in found["deduction_is_positive"].remedy


def test_a_type_that_is_constant_needs_every_sign_turned(told):
    found = told(kind="{constant: return}")["deduction_is_positive"]
    assert "negate: true" in found.remedy


DROP = "drop: [{name: cancelled, column: Art, equals: S1}]"


def test_sales_without_what_takes_them_back_are_told(told):
    found = told("2,1,A,2025-01-31,-400,S1", more=[DROP])["only_sales_kept"]
    assert (found.severity, found.rows, found.money) == ("info", 1, 400.0)
    assert "'cancelled': 1 row" in found.message
    assert "revenue is before returns" in found.message


def test_it_is_not_told_where_other_deductions_are_kept(told):
    rows = ("2,1,A,2025-01-31,-400,S1", "3,1,A,2025-01-31,-1,RE")
    assert "only_sales_kept" not in told(*rows, more=[DROP])


def test_it_is_not_told_of_copies_that_were_dropped(told):
    row = "2,1,A,2025-01-31,5,F2"
    assert "only_sales_kept" not in told(row, row, more=["exact_duplicates: drop"])
