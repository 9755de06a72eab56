"""Cells of a table share their decimals and lose no thousand."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamlab.report.formats import decimals_for, format_cell
from kamlab.style import UNITS

SENSIBLE = st.floats(-1e12, 1e12)


@pytest.mark.parametrize(
    ("values", "unit", "decimals"),
    [
        ([0.25, 0.5], "number", 3),
        ([41.5], "number", 2),
        ([250.0], "number", 1),
        ([2500.0, 0.1], "number", 0),
        ([-2500.0, 0.1], "number", 0),
        ([999.99], "money", 2),
        ([1000.0, 0.5], "money", 0),
        ([0.5, 12.0], "share", 1),
        ([0.015, -12.0], "points", 1),
        ([1.0, 2.0], "days", 0),
        ([1.5, 2.0], "days", 1),
        ([float("inf"), 2.0], "days", 0),
        ([float("nan")], "number", 3),
        ([], "money", 2),
    ],
)
def test_decimals_follow_the_largest_value_of_the_column(values, unit, decimals):
    assert decimals_for(values, unit) == decimals


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (10_540_000.4, "money", "10,540,000"),
        (-12_000.0, "money", "−12,000"),
        (0.169, "share", "16.9 %"),
        (-0.0001, "share", "0.0 %"),
        (0.015, "points", "+1.5 points"),
        (-0.022, "points", "−2.2 points"),
        (0.0001, "points", "0.0 points"),
        (float("-inf"), "money", "−∞"),
        (float("inf"), "share", "∞ %"),
        (float("nan"), "share", "–"),
        (None, "count", "–"),
        (412, "count", "412"),
    ],
)
def test_a_cell_reads_like_a_ledger(value, unit, text):
    assert format_cell(value, unit) == text


@settings(deadline=None)
@given(SENSIBLE, st.sampled_from(sorted(UNITS)))
def test_a_cell_says_what_the_number_was(value, unit):
    text = format_cell(value, unit)
    plain = re.sub("[, %a-z]", "", text).replace("−", "-")
    scale = 100 if unit in ("share", "points") else 1
    decimals = decimals_for([value], unit)
    assert float(plain) == pytest.approx(value * scale, abs=0.51 * 10**-decimals)


@settings(deadline=None)
@given(SENSIBLE)
def test_zero_has_no_sign(value):
    text = format_cell(value, "money")
    assert text.startswith("−") == bool(value < 0 and re.search("[1-9]", text))
