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


def test_a_name_that_is_no_code_is_told_with_the_code_it_stands_for(told):
    found = told("1,1,A,2025-01-31,100,EUR\n2,1,A,2025-01-31,7,RMB\n")
    unknown = found["currency_unknown"]
    assert (unknown.rows, unknown.column) == (1, "currency")
    assert unknown.message.endswith("'RMB' (1 row); did you mean 'CNY'?")
    assert unknown.remedy.startswith(
        "translate it: tables.orders.columns.currency: "
        "{from: Waehrung, values: {RMB: CNY}}"
    )
    assert unknown.samples[0].row == 3


def test_the_translation_that_is_proposed_makes_it_a_code(export):
    export.write(HEADER + "1,1,A,2025-01-31,100,EUR\n2,1,A,2025-01-31,7,EURO\n")
    column = "  currency: {from: Waehrung, values: {EURO: EUR}}"
    export.map(export.mapping.read_text(), column)
    result = export.run()
    assert not result.blocked
    assert "currency_unknown" not in {each.rule for each in result.findings}


def test_a_text_with_a_rate_of_its_own_is_what_the_mapping_says(told):
    rates = "currency: {column: Waehrung, rates: {RMB: 0.13}}"
    assert "currency_unknown" not in told("1,1,A,2025-01-31,7,RMB\n", rates)


def test_a_text_without_a_rate_is_told_beside_the_rate_that_is_missing(told):
    rates = "currency: {column: Waehrung, rates: {USD: 0.9}}"
    found = told("1,1,A,2025-01-31,7,美元\n", rates)
    assert {"currency_without_rate", "currency_unknown"} <= set(found)
    assert "did you mean 'USD'?" in found["currency_unknown"].message
    assert "tables.orders.currency.rates" in found["currency_unknown"].remedy


@pytest.mark.parametrize("code", ["HRK", "BGN", "usd", "XAU"])
def test_codes_of_older_lines_and_of_metals_are_codes(told, code):
    assert "currency_unknown" not in told(f"1,1,A,2025-01-31,7,{code}\n")
