"""Lines that take revenue back are negative, or it is told how to make them so."""

import re

import pytest
import yaml

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
def test_a_positive_deduction_is_told_with_the_types_that_mend_it(told, code):
    found = told(f"2,1,A,2025-01-31,30,{code}")["deduction_is_positive"]
    kind = yaml.safe_load(VALUES)[code]
    assert (found.severity, found.blocks, found.money) == ("warning", False, 30.0)
    assert found.share == pytest.approx(30 / 1030)
    assert f"document_types: {{column: Art, types: {{{'F2: sale, ' * (code > 'F')}" in (
        found.remedy
    )
    assert f"{code}: {{line_type: {kind}, negate: true}}" in found.remedy


ADVICE = re.compile(r"document_types: \{.*\}(?=; it turns)")


def test_following_the_advice_turns_the_sign(told, export):
    rows = ("2,1,A,2025-01-31,30,G2", "3,1,A,2025-01-31,-20,RE", "4,1,A,2025-01-31,9,1")
    kind = f'{{from: Art, values: {VALUES[:-1]}, "1": rebate}}}}'
    found = told(*rows, kind=kind)["deduction_is_positive"]
    advice = ADVICE.search(found.remedy).group()
    text = "".join(
        line
        for line in export.mapping.read_text().splitlines(keepends=True)
        if "line_type:" not in line
    )
    export.mapping.write_text(
        text.replace("    columns:", f"    {advice}\n    columns:")
    )
    result = export.run(replace=True)
    assert "deduction_is_positive" not in {each.rule for each in result.findings}
    assert export.table()["net_amount"].sum() == 1000 - 30 - 20 - 9


COSTS = "Nr,Pos,Kunde,Tag,Netto,Art,Kosten\n1,1,A,2025-01-31,1000,F2,600\n"


@pytest.fixture
def costed(export):
    """Import a sale and another line with its cost; return what is told."""

    def teller(row: str, amount: str = "net_amount: Netto"):
        export.write(f"{COSTS}{row}\n")
        text = export.mapping.read_text().replace("net_amount: Netto", amount)
        more = (f"  line_type: {{from: Art, values: {VALUES}}}", "  cogs: Kosten")
        export.map(text, *more)
        return {each.rule: each for each in export.run().findings}

    return teller


def test_an_amount_turned_without_its_cost_is_told(costed):
    turned = "net_amount: {from: Netto, negate: {column: Art, in: [S1]}}"
    found = costed("2,1,A,2025-01-31,30,S1,18", turned)["cost_sign_differs"]
    assert (found.severity, found.rows, found.money) == ("warning", 1, 30.0)
    assert found.message.endswith("cancellation: 1 row")
    assert "turns amount, cost and quantity" in found.remedy


@pytest.mark.parametrize("row", ["30,F2,18", "-30,RE,-18", "-30,BO,0", "0,F2,5"])
def test_cost_of_the_amounts_sign_or_of_nothing_passes(costed, row):
    assert "cost_sign_differs" not in costed(f"2,1,A,2025-01-31,{row}")


def test_an_amount_whose_cost_is_negative_already_is_turned_alone(costed):
    found = costed("2,1,A,2025-01-31,30,S1,-18")["deduction_is_positive"]
    assert "net_amount: {from: Netto, negate: {column: Art, in: [S1]}}" in found.remedy


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


def test_a_type_that_the_list_under_negate_leaves_out_is_named(told, export):
    text = export.mapping.read_text()
    turned = "{from: Netto, negate: {column: Art, in: [G2]}}"
    export.map(text.replace("net_amount: Netto", f"net_amount: {turned}"))
    found = told("2,1,A,2025-01-31,30,G2", "3,1,A,2025-01-31,20,S1")
    remedy = found["deduction_is_positive"].remedy
    assert "add S1 to 'in' under tables.orders.columns.net_amount.negate" in remedy


CANCELLED = ("2,1,A,2025-01-31,-30,S1", "2,2,A,2025-01-31,3,S1")


def test_the_discount_of_a_cancelled_invoice_may_add(told):
    assert "deduction_is_positive" not in told(*CANCELLED)


def test_a_discount_hides_no_document_that_adds_as_a_whole(told):
    found = told(*CANCELLED, "3,1,A,2025-01-31,3,S1")["deduction_is_positive"]
    assert (found.rows, found.money) == (1, 3.0)


def test_types_that_need_no_translation_are_named_as_they_are(told):
    found = told("2,1,A,2025-01-31,30,return", kind="Art", more=())
    remedy = found["deduction_is_positive"].remedy
    assert "return: {line_type: return, negate: true}" in remedy


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
