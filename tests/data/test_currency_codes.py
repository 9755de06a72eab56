"""A currency goes by its code of ISO 4217; what else people write is asked about."""

import pytest

from kamlab.data.currency_codes import (
    CURRENCY_CODES,
    currency_hint,
    is_currency_code,
    meant_currency,
)


def test_the_codes_are_three_capital_letters_each():
    assert len(CURRENCY_CODES) == 191
    assert all(code.isalpha() and code.isupper() for code in CURRENCY_CODES)
    assert {len(code) for code in CURRENCY_CODES} == {3}


@pytest.mark.parametrize("code", ["EUR", "CNY", "USD", "JPY", "CHF", "BGN", "XCG"])
def test_currencies_of_the_last_fifteen_years_are_known(code):
    assert is_currency_code(code)
    assert is_currency_code(f" {code.lower()} ")


@pytest.mark.parametrize("text", ["", "RMB", "EURO", "US$", "¥", "元", "DEM", "EU"])
def test_names_signs_and_old_money_are_no_codes(text):
    assert not is_currency_code(text)


@pytest.mark.parametrize(
    ("text", "code"),
    [("rmb", "CNY"), ("US $", "USD"), ("¥", "CNY"), ("美元", "USD"), ("Euro", "EUR")],
)
def test_usual_names_and_signs_mean_a_code(text, code):
    assert meant_currency(text) == code
    assert currency_hint(text) == f"did you mean {code!r}?"


@pytest.mark.parametrize(("text", "code"), [("EURR", "EUR"), ("USDD", "USD")])
def test_a_misspelt_code_is_most_likely_a_common_one(text, code):
    assert currency_hint(text) == f"did you mean {code!r}?"


def test_a_word_that_is_like_no_code_gets_an_example():
    assert meant_currency("customer") == ""
    assert currency_hint("customer") == "codes are such as EUR, USD or CNY"
