"""A return without an order is told where other returns name theirs."""

import pytest

MAPPING = (
    "portfolio: {currency: EUR}\n"
    "tables:\n"
    "  orders:\n"
    "    files: lines.csv\n"
    "    columns: {order_id: Nr, account_id: Who, order_date: Day, net_amount: Net,"
    " line_type: Kind, ref_order_id: Of}\n"
)
SALE = "1,A1,2025-01-31,9.5,sale,\n"
RETURN, BLANK = "2,A1,2025-02-01,-2,return,1\n", "3,A1,2025-02-02,-1,return,\n"


@pytest.fixture
def told(export):
    def run(text: str, mapping: str = MAPPING):
        export.write("Nr,Who,Day,Net,Kind,Of\n" + text, "lines.csv")
        export.map(mapping)
        found = export.run().findings
        return [each for each in found if each.rule == "return_without_reference"]

    return run


def test_a_return_without_an_order_is_told_and_does_not_block(told):
    (finding,) = told(SALE + RETURN + BLANK)
    assert (finding.rows, finding.money, finding.blocks) == (1, 1.0, False)
    assert "the return '3' does not say which order it takes back" in finding.message


@pytest.mark.parametrize("text", [SALE + RETURN, SALE + BLANK, SALE], ids=str)
def test_nothing_is_told_where_none_or_all_have_one(told, text):
    assert told(text) == []


def test_nothing_is_told_where_the_export_has_no_such_column(told):
    mapping = MAPPING.replace(", ref_order_id: Of", "")
    assert told(SALE + RETURN + BLANK, mapping) == []
