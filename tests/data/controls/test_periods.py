"""Finance writes a month in many ways; all of them are the same month."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.data.controls.periods import period_in


@pytest.mark.parametrize(
    "written",
    [
        "2024-03",
        "03/2024",
        "3/2024",
        "03.2024",
        "2024/3",
        "2024.03",
        "202403",
        "2024年3月",
        "2024年03月",
        " 2024-03-31 ",
        "2024-03-01 00:00:00",
        "31.03.2024",
    ],
)
def test_a_month_is_understood_as_it_is_written(written):
    assert period_in(written) == "2024-03"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2024", "2024"),
        ("2024.0", "2024"),
        ("FY2024", "2024"),
        ("GJ 2024", "2024"),
        ("2024年", "2024"),
        ("2024年度", "2024"),
        ("2024Q1", "2024Q1"),
        ("2024-Q1", "2024Q1"),
        ("Q1/2024", "2024Q1"),
        ("2024年第1季度", "2024Q1"),
        ("2024-01 to 2024-03", "2024-01 to 2024-03"),
        ("all", "all"),
    ],
)
def test_years_and_quarters_are_understood_too(written, meant):
    assert period_in(written) == meant


@given(st.text(max_size=12))
def test_what_is_not_understood_is_left_as_it_is(text):
    found = period_in(text)
    assert found == text.strip() or any(each.isdigit() for each in text)
