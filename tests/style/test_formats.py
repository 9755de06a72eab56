"""Numbers as managers read them."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.language import MONEY_UNITS, in_language
from kamlab.style import (
    UNITS,
    format_count,
    format_day,
    format_days,
    format_money,
    format_month,
    format_number,
    format_points,
    format_share,
    format_value,
)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "EUR 0"),
        (45.2, "EUR 45.20"),
        (950, "EUR 950"),
        (4338, "EUR 4,338"),
        (9999.7, "EUR 10.0 k"),
        (12_345, "EUR 12.3 k"),
        (999_950, "EUR 1.00 M"),
        (1_234_567, "EUR 1.23 M"),
        (-1_234_567, "−EUR 1.23 M"),
        (2.5e9, "EUR 2.50 bn"),
        (1.5e12, "EUR 1,500 bn"),
    ],
)
def test_money_is_rounded_to_three_digits(amount: float, text: str) -> None:
    assert format_money(amount, "EUR") == text


def test_exact_money_ties_to_the_ledger() -> None:
    assert format_money(8_300_065.81, "GBP", exact=True) == "GBP 8,300,065.81"
    assert format_money(-0.004, "GBP", exact=True) == "GBP 0.00"


def test_money_without_currency_is_a_bare_number() -> None:
    assert format_money(1_234_567) == "1.23 M"


@given(st.floats(0.01, 1e13))
def test_rounded_money_is_within_half_a_per_cent(amount: float) -> None:
    text = format_money(amount)
    factors = {"bn": 1e9, "M": 1e6, "k": 1e3}
    number, _, unit = text.partition(" ")
    read = float(number.replace(",", "")) * factors.get(unit, 1)
    assert math.isclose(read, amount, rel_tol=0.0051, abs_tol=0.0051)


@given(st.floats(-1e13, 1e13))
def test_a_loss_reads_like_a_gain_with_a_minus_in_front(amount: float) -> None:
    gain, loss = format_money(abs(amount), "EUR"), format_money(-abs(amount), "EUR")
    assert loss in {gain, "−" + gain}
    assert "-" not in loss


@pytest.mark.parametrize(
    ("share", "digits", "text"),
    [
        (0.775, 1, "77.5 %"),
        (1.0, 0, "100 %"),
        (-0.1, 0, "−10 %"),
        (1.1, 0, "110 %"),
        (-0.0001, 1, "0.0 %"),
        (12.5, 0, "1,250 %"),
    ],
)
def test_shares_are_printed_as_per_cent(share: float, digits: int, text: str) -> None:
    assert format_share(share, digits) == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0.00"),
        (0.4620911, "0.462"),
        (-0.0371, "−0.0371"),
        (41.26, "41.3"),
        (500, "500"),
        (2600, "2,600"),
        (1e-5, "1.00e-05"),
    ],
)
def test_numbers_have_three_digits(number: float, text: str) -> None:
    assert format_number(number) == text


def test_counts_and_days() -> None:
    assert format_count(23_570) == "23,570"
    assert format_count(867.6) == "868"
    assert format_days(1) == "1 day"
    assert format_days(0) == "0 days"
    assert format_days(-41.5) == "−41.5 days"


@pytest.mark.parametrize("unit", UNITS)
def test_what_is_not_known_says_so_in_every_unit(unit: str) -> None:
    assert format_value(math.nan, unit) == "n/a"


@pytest.mark.parametrize("unit", UNITS)
def test_infinite_figures_are_printed_not_refused(unit: str) -> None:
    assert format_value(-math.inf, unit).startswith("−")


@pytest.mark.parametrize(
    ("change", "text"),
    [(0.0153, "+1.5 points"), (-0.2, "−20.0 points"), (0.0001, "0.0 points")],
)
def test_points_carry_their_sign_unless_they_round_to_none(change, text) -> None:
    assert format_points(change) == text


def test_each_unit_has_its_format() -> None:
    values = {unit: format_value(0.5, unit, "EUR") for unit in UNITS}
    assert values == {
        "money": "EUR 0.50",
        "share": "50.0 %",
        "points": "+50.0 points",
        "count": "0",
        "days": "0.5 days",
        "number": "0.500",
    }


def test_an_unknown_unit_is_refused_with_the_one_meant() -> None:
    with pytest.raises(UsageError, match=r"'shar'.*did you mean 'share'"):
        format_value(0.5, "shar")


def test_a_day_is_written_as_its_readers_write_it():
    day = date(2026, 4, 3)
    assert format_day(day) == "3 Apr 2026"
    with in_language("zh"):
        assert format_day(day) == "2026年4月3日"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (950, "CNY 950"),
        (9_994, "CNY 9,994"),
        (9_999.7, "CNY 1.00 万"),
        (12_345, "CNY 1.23 万"),
        (1_543_210, "CNY 154 万"),
        (15_432_100, "CNY 1,543 万"),
        (-15_432_100, "−CNY 1,543 万"),
        (99_997_000, "CNY 1.00 亿"),
        (2.5e9, "CNY 25.0 亿"),
        (1.5e12, "CNY 15,000 亿"),
    ],
)
def test_chinese_counts_money_in_ten_thousands(amount: float, text: str) -> None:
    with in_language("zh"):
        assert format_money(amount, "CNY") == text


@pytest.mark.parametrize(
    ("unit", "language", "amount", "text"),
    [
        ("million", "en", 15_432_100, "EUR 15.4 M"),
        ("million", "en", 88_900, "EUR 0.0889 M"),
        ("million", "en", -2_345_678_900, "−EUR 2,346 M"),
        ("million", "zh", 15_432_100, "EUR 15.4 百万"),
        ("thousand", "en", 15_432_100, "EUR 15,432 k"),
        ("thousand", "zh", 5_308, "EUR 5.31 千"),
        ("万元", "zh", 543_210_000, "EUR 54,321 万"),
        ("万元", "en", 88_900, "EUR 8.89 万"),
        ("亿", "zh", 15_432_100, "EUR 0.154 亿"),
        # What is far too small for the unit is written out, and nothing is nothing.
        ("million", "en", 950, "EUR 950"),
        ("亿", "zh", 88_900, "EUR 88,900"),
        ("亿", "zh", 0, "EUR 0"),
    ],
)
def test_every_large_amount_stands_in_the_unit_that_was_chosen(
    unit: str, language: str, amount: float, text: str
) -> None:
    with in_language(language, unit=unit):
        assert format_money(amount, "EUR") == text


@pytest.mark.parametrize("unit", MONEY_UNITS)
def test_to_the_cent_there_is_no_unit(unit: str) -> None:
    with in_language("zh", unit=unit):
        assert format_money(1_543.21, "EUR", exact=True) == "EUR 1,543.21"


@given(st.floats(0.01, 1e13))
def test_rounded_money_is_within_half_a_per_cent_in_chinese(amount: float) -> None:
    with in_language("zh"):
        number, _, unit = format_money(amount).partition(" ")
    read = float(number.replace(",", "")) * {"亿": 1e8, "万": 1e4}.get(unit, 1)
    assert math.isclose(read, amount, rel_tol=0.0051, abs_tol=0.0051)


def test_durations_points_and_months_are_told_in_chinese() -> None:
    with in_language("zh"):
        assert format_days(1) == "1 天"
        assert format_days(-41.5) == "−41.5 天"
        assert format_points(0.0153) == "+1.5 个百分点"
        assert format_points(math.nan) == format_share(math.nan) == "未知"
        assert format_month(date(2026, 4, 3)) == "2026年4月"
        assert format_share(0.775) == "77.5 %"
    assert format_month(date(2026, 4, 3)) == "Apr 2026"
