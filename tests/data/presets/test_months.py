"""Months are recognised in headers and cells; a year is never made up."""

import pytest

from kamlab.data.presets.months import (
    month_formats,
    month_number,
    month_of_header,
    months_of,
    year_in,
)


@pytest.mark.parametrize(
    "name",
    [
        "2025-01",
        "2025/1",
        "2025年12月",
        "01.2025",
        "Jan 2025",
        "202501",
        "２０２５年１月",
    ],
)
def test_a_month_with_its_year(name):
    assert month_of_header(name) == "year"


@pytest.mark.parametrize("name", ["1月", "12月份", "十二月", "Januar", "Mar.", "MAI"])
def test_a_month_without_its_year(name):
    assert month_of_header(name) == "alone"


@pytest.mark.parametrize(
    "name", ["13月", "Betrag", "2025", "March Ltd", "Marketing", "202513", ""]
)
def test_what_is_no_month(name):
    assert month_of_header(name) == ""


def test_one_month_alone_is_no_sheet_of_months():
    assert months_of(["Kunde", "Mai"]) == []
    assert months_of(["Kunde", "Mai", "Juni", "Summe"]) == ["Mai", "Juni"]


@pytest.mark.parametrize(
    ("name", "number"),
    [("1月", 1), ("十月", 10), ("十二月", 12), ("März", 3), ("Okt", 10), ("Dec", 12)],
)
def test_the_number_of_a_month(name, number):
    assert month_number(name) == number


@pytest.mark.parametrize(
    ("texts", "written"),
    [
        (["2025-01", "2025-12"], ("YYYY-MM",)),
        (["2025年1月", "2025年12月"], ("YYYY年MM月",)),
        (["202501", "202512"], ("YYYYMM",)),
        (["01/2025"], ("MM/YYYY",)),
        (["Jan 2025", "Dec 2025"], ("%b %Y",)),
        (["2025-01", "Summe"], ()),
        (["202513"], ()),
        ([], ()),
    ],
)
def test_how_months_are_written(texts, written):
    assert month_formats(texts) == written


def test_two_years_in_a_title_are_a_question():
    assert year_in(["2024年", "2025年"]) == ""
    assert year_in(["2025年销售", "2025"]) == "2025"
    assert year_in(["No. 120250"]) == ""
