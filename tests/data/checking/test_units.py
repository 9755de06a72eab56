"""Amounts in ten thousands or with tax in them are never taken as they stand."""

import pytest

from kamlab.data.checking.units import unit_in

MAPPING = """
portfolio: {name: Probe, currency: CNY}
tables:
  orders:
    files: "*.csv"
    format: {skip_lines: %d}
    columns:
      order_id: Nr
      account_id: Who
      order_date: Day
      net_amount: %s
"""


@pytest.fixture
def imported(export):
    """Import one line whose amount stands under a header."""

    def run(header: str, declared: str = "", amount: str = "1.13"):
        export.write(f"Nr,Who,Day,{header}\n1,A,2024-01-31,{amount}\n")
        export.map(MAPPING % (0, f"{{from: '{header}'{declared}}}"))
        return export.run()

    return run


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("金额（万元）", 1e4),
        ("单位：万元", 1e4),
        ("销售额(千元)", 1e3),
        ("金额（百万元）", 1e6),
        ("亿元", 1e8),
        ("Umsatz TEUR", 1e3),
        ("Net (k€)", 1e3),
        ("Sales in thousands", 1e3),
        ("Umsatz Mio. EUR", 1e6),
        ("金额（元）", None),
        ("万达广场", None),
        ("Ticket", None),
        ("TEURO Ltd", None),
    ],
)
def test_a_header_says_what_one_unit_is_worth(text, worth):
    assert unit_in(text) == worth


def test_a_unit_that_is_not_declared_blocks_with_what_to_write(imported):
    found = imported("金额（万元）").findings[0]
    assert found.rule == "unit_undeclared"
    assert "net_amount: {from: 金额（万元）, unit: 10000}" in found.remedy


def test_a_declared_unit_is_applied_and_told(imported, export):
    result = imported("金额（万元）", ", unit: 10000")
    assert export.table()["net_amount"].tolist() == [11_300.0]
    told = next(each for each in result.findings if each.rule == "unit_applied")
    assert "multiplied by 10,000" in told.message


def test_a_header_may_be_wrong_and_the_mapping_says_so(imported, export):
    result = imported("金额（万元）", ", unit: 1")
    assert export.table()["net_amount"].tolist() == [1.13]
    assert "unit_applied" not in {each.rule for each in result.findings}


@pytest.mark.parametrize(
    "header", ["含税金额", "价税合计", "Net incl. VAT", "Umsatz inkl. MwSt"]
)
def test_tax_that_is_not_declared_blocks_with_what_to_write(imported, header):
    found = imported(header).findings[0]
    assert found.rule == "tax_undeclared"
    assert "tax_rate: 0.13" in found.remedy


@pytest.mark.parametrize("header", ["不含税金额", "未含税金额", "Net excl. VAT"])
def test_amounts_without_tax_are_taken_as_they_are(imported, header):
    assert not imported(header).blocked


def test_declared_tax_is_taken_off_and_told(imported, export):
    result = imported("含税金额（万元）", ", tax_rate: 0.13, unit: 10000")
    assert export.table()["net_amount"].tolist() == [10_000.0]
    told = next(each for each in result.findings if each.rule == "tax_applied")
    assert "13 % tax" in told.message


def test_tax_that_is_taken_off_by_a_column_is_no_question(export):
    export.write("Nr,Who,Day,价税合计,税额\n1,A,2024-01-31,113,13\n")
    export.map(MAPPING % (0, "{difference: [价税合计, 税额]}"))
    assert not export.run().blocked
    assert export.table()["net_amount"].tolist() == [100.0]


def test_an_amount_per_unit_of_count_knows_no_unit(export):
    export.write("Nr,Who,Day,Net,数量（万件）\n1,A,2024-01-31,1,2\n")
    export.map(MAPPING % (0, "Net") + "      quantity: 数量（万件）\n")
    assert not export.run().blocked
