"""Days are read as declared, and two readings of one text are never both allowed."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.data.reading.dates import (
    ISO_SHAPE,
    KNOWN_FORMATS,
    clashing,
    shape_of,
    strptime_pattern,
)
from kamlab.errors import UsageError


@pytest.mark.parametrize(
    ("declared", "pattern"),
    [
        ("DD.MM.YYYY", "%d.%m.%Y"),
        ("dd/mm/yyyy", "%d/%m/%Y"),
        ("YYYYMMDD", "%Y%m%d"),
        ("D.M.YY", "%d.%m.%y"),
        ("YYYY年M月D日", "%Y年%m月%d日"),
        ("%d %b %Y", "%d %b %Y"),
    ],
)
def test_letters_and_patterns_both_declare_a_format(declared, pattern):
    assert strptime_pattern(declared) == pattern


@pytest.mark.parametrize(
    "declared", ["", "DD.MM", "YYYY", "date", "%H:%M", "DD.MM.YYYY x"]
)
def test_a_format_without_year_and_month_is_refused(declared):
    with pytest.raises(UsageError, match="is not a way to write days") as error:
        strptime_pattern(declared)
    assert repr(declared) in str(error.value)


@given(st.dates(date(1900, 1, 1)), st.sampled_from(KNOWN_FORMATS))
def test_a_day_written_in_a_format_has_its_shape(day, declared):
    pattern = strptime_pattern(declared)
    written = day.strftime(pattern)
    assert re.fullmatch(shape_of(pattern), written)


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("2025-01-31", True),
        ("2025-1-3", True),
        ("2025-01-31 08:42", True),
        ("2025-01-31T08:42:10.5", True),
        ("2025-01-31T08:42:10Z", False),
        ("25-01-31", False),
        ("2025/01/31", False),
    ],
)
def test_without_a_declaration_only_iso_days_are_read(text, fits):
    assert bool(re.fullmatch(ISO_SHAPE, text)) == fits


@pytest.mark.parametrize(
    ("formats", "pair"),
    [
        (("DD/MM/YYYY", "MM/DD/YYYY"), ("DD/MM/YYYY", "MM/DD/YYYY")),
        (("DD.MM.YYYY", "DD/MM/YYYY"), None),
        (("YYYY-MM-DD", "DD-MM-YYYY"), None),
        (("DD.MM.YY", "YY.MM.DD"), ("DD.MM.YY", "YY.MM.DD")),
        (("DD.MM.YYYY", "%d.%m.%Y"), ("DD.MM.YYYY", "%d.%m.%Y")),
    ],
)
def test_formats_that_could_read_one_text_as_two_days_clash(formats, pair):
    assert clashing(formats) == pair
