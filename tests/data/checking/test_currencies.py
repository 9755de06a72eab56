"""Money in several currencies is converted, or it blocks."""

import pytest

HEADER = "Nr,Pos,Kunde,Tag,Netto,Waehrung\n"
ROWS = (
    "1,1,A,2025-01-31,100,EUR\n2,1,A,2025-01-31,200,USD\n"
    "3,1,A,2025-01-31,-50,USD\n4,1,A,2025-01-31,7,GBP\n"
)


@pytest.fixture
def told(export):
    """Import lines with a currency; return what is told by rule."""

    def teller(rows: str, *more: str):
        export.write(HEADER + rows)
        export.map(export.mapping.read_text(), "  currency: Waehrung", *more)
        return {each.rule: each for each in export.run().findings}

    return teller


def test_currencies_without_any_rates_block_with_their_rows_and_sums(told):
    found = told(ROWS)["currency_not_converted"]
    assert found.blocks
    assert (found.rows, found.money) == (3, 257.0)
    assert "USD (2 rows, 150.00), GBP (1 row, 7.00)" in found.message
    assert "rates: {USD: …, GBP: …}" in found.remedy
    assert found.samples[0].row == 3


def test_rates_let_them_pass(told, export):
    rates = "currency: {column: Waehrung, rates: {USD: 0.9, GBP: 1.2}}"
    assert "currency_not_converted" not in told(ROWS, rates)
    assert export.table()["net_amount"].sum() == pytest.approx(243.4)


def test_a_rate_of_one_says_that_amounts_are_converted_already(told, export):
    rates = "currency: {column: Waehrung, rates: {USD: 1, GBP: 1}}"
    assert "currency_not_converted" not in told(ROWS, rates)
    assert export.table()["net_amount"].sum() == 257


@pytest.mark.parametrize("code", ["EUR", "eur", " EUR ", ""])
def test_the_reporting_currency_itself_passes(told, code):
    assert "currency_not_converted" not in told(f"1,1,A,2025-01-31,100,{code}\n")
