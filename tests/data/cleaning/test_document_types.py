"""Document types say what a line is, which sign it has, and whether it counts."""

import pytest

HEADER = "Nr,Pos,Kunde,Tag,Art,Menge,Netto,Storno\n"
SALES = (
    "1,10,A,2025-01-10,F2,4,400.00,\n"
    "2,10,A,2025-01-20,RE,1,100.00,\n"
    "3,10,B,2025-02-10,F2,2,250.00,X\n"
    "4,10,B,2025-02-12,S1,2,250.00,\n"
    "5,10,C,2025-02-20,IV,9,900.00,\n"
)
COLUMNS = """
portfolio: {currency: EUR}
tables:
  orders:
    files: "*.csv"
    columns:
      order_id: Nr
      line_id: Pos
      account_id: Kunde
      order_date: Tag
      quantity: Menge
      net_amount: Netto
"""
TYPES = (
    "F2: sale, RE: {line_type: return, negate: true}, "
    "S1: {line_type: cancellation, negate: true}, IV: {exclude: intercompany}"
)


@pytest.fixture
def told(export):
    """Import lines with these document types; return the findings by rule."""

    def teller(types: str = TYPES, more: str = "", rows: str = SALES):
        export.write(HEADER + rows)
        section = f"document_types: {{column: Art, types: {{{types}}}{more}}}"
        export.map(COLUMNS, section)
        return {each.rule: each for each in export.run().findings}

    return teller


def test_a_cancelled_invoice_and_its_cancellation_net_to_zero(told, export):
    told()
    lines = export.table().set_index("order_id")
    assert lines.loc[["3", "4"], "net_amount"].sum() == 0
    assert lines["net_amount"].sum() == 300


def test_types_become_line_types_with_their_sign(told, export):
    told()
    lines = export.table().set_index("order_id")
    assert lines["line_type"].to_dict() == {
        "1": "sale",
        "2": "return",
        "3": "sale",
        "4": "cancellation",
    }
    assert lines["document_type"].tolist() == ["F2", "RE", "F2", "S1"]
    assert lines["quantity"].tolist() == [4, -1, 2, -2]


def test_what_is_left_out_is_counted_by_its_reason_with_its_amount(told, export):
    told()
    dropped = {each.rule: each for each in export.run(replace=True).tables[0].dropped}
    gone = dropped["intercompany (IV)"]
    assert (gone.rows, gone.money) == (1, 900.0)


def test_every_type_is_told_with_rows_and_money(told):
    message = told()["document_types_applied"].message
    assert "F2 is sale (2 rows, 650.00)" in message
    assert "S1 is cancellation, sign turned (1 row, -250.00)" in message


def test_a_type_that_is_not_declared_blocks_with_rows_and_money(told):
    found = told("F2: sale, IV: exclude")["document_type_undeclared"]
    assert found.blocks
    assert (found.rows, found.money) == (2, 350.0)
    assert "S1 (1 row, 250.00); RE (1 row, 100.00)" in found.message
    assert "types: {S1: sale}" in found.remedy


def test_a_blank_type_is_not_declared_either(told):
    found = told(rows="1,10,A,2025-01-10,,4,400.00,\n")["document_type_undeclared"]
    assert "(blank) (1 row, 400.00)" in found.message


def test_other_types_may_go_by_the_sign_of_the_amount(told, export):
    rows = "1,10,A,2025-01-10,ZX,4,400.00,\n2,10,A,2025-01-10,ZX,-1,-100.00,\n"
    found = told(more=", other: derive", rows=rows)
    assert not found["document_type_derived"].blocks
    assert export.table()["line_type"].tolist() == ["sale", "return"]


def test_both_sides_of_a_cancellation_may_be_left_out(told, export):
    found = told(more=", drop_cancelled: {column: Storno, in: [X]}")
    assert "net to zero" in found["cancelled_dropped"].message
    assert export.table()["order_id"].tolist() == ["1", "2"]


def test_a_cancellation_whose_invoice_is_not_marked_is_a_warning(told):
    rows = SALES.replace("250.00,X", "250.00,")
    found = told(more=", drop_cancelled: {column: Storno, in: [X]}", rows=rows)
    message = found["cancelled_unpaired"].message
    assert "cancelled documents (0 rows, 0.00)" in message
    assert "differ by -250.00" in message


def test_a_declared_type_that_does_not_occur_is_no_fault(told):
    found = told(TYPES + ", G2: {line_type: price_credit, negate: true}")
    assert "matches_no_row" not in found


def test_returns_that_stay_positive_are_told_to_be_negated_by_their_type(told):
    found = told(TYPES.replace("return, negate: true", "return"))
    remedy = found["deduction_is_positive"].remedy
    assert "set negate: true for RE under tables.orders.document_types.types" in remedy


def test_lines_between_own_companies_that_are_kept_are_told_with_their_amount(told):
    found = told(TYPES.replace("{exclude: intercompany}", "intercompany"))
    assert "1 row, 900.00" in found["intercompany_apart"].message


MISTAKES = [
    ("types: {F2: sal}", "types.F2 = 'sal' is no line type: did you mean 'sale'?"),
    ("types: {F2: {negate: true}}", "types.F2: give either line_type or exclude"),
    ("types: {F2: {line_type: sale, exclude: x}}", "give either line_type or exclude"),
    ("types: 7", "types = 7; pairs such as 'F2: sale' belong there"),
    ("types: {F2: sale}, other: keep", "choose one of: 'error', 'derive'"),
    ("types: {F2: sale}, drop_cancelled: {column: X}", "drop_cancelled.in is missing"),
    ("", "document_types.types is missing"),
]


@pytest.mark.parametrize(("section", "problem"), MISTAKES, ids=range(len(MISTAKES)))
def test_mistakes_in_the_section_are_told(export, section, problem):
    export.write(HEADER + SALES)
    export.map(COLUMNS, f"document_types: {{column: Art, {section}}}")
    with pytest.raises(Exception, match="to mend") as raised:
        export.run()
    assert problem in str(raised.value)


def test_a_sign_or_a_line_type_is_said_in_one_place_only(export):
    export.write(HEADER + SALES)
    twice = COLUMNS.replace("Netto\n", "{from: Netto, negate: true}\n")
    export.map(
        twice + "      line_type: Art\n",
        f"document_types: {{column: Art, types: {{{TYPES}}}}}",
    )
    with pytest.raises(Exception, match="to mend") as raised:
        export.run()
    assert "net_amount.negate: document_types turn signs already" in str(raised.value)
    assert "line_type: document_types say it already" in str(raised.value)


def test_only_order_lines_have_document_types(export):
    text = COLUMNS + "  products:\n    columns: {product_id: Nr}\n"
    export.map(text + "    document_types: {column: Art, types: {F2: sale}}\n")
    with pytest.raises(Exception, match="document_types is not a key"):
        export.run()
