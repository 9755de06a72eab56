"""What a column holds is told by its cells, blanks and sums aside."""

from datetime import date

import pytest

from kamlab.data.presets.excerpt import Excerpt
from kamlab.data.presets.profile import (
    Profile,
    is_serial,
    names_a_sum,
    profiles_of,
    ways_to_read,
)


def column(*cells: object) -> Profile:
    """Profile one column."""
    rows = tuple((cell,) for cell in cells)
    return profiles_of(Excerpt(("a.csv",), "text", ("x",), rows))["x"]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (("31.01.2025", "01.02.2025"), "date"),
        (("2024年3月5日",), "date"),
        (("2025-01", "2025-02"), "date"),
        ((date(2025, 1, 31),), "date"),
        (("1.234,50-", "9,99"), "number"),
        (("¥1,200.00", "￥9"), "number"),
        (("（１，２３４）",), "number"),
        ((9.5, 7), "number"),
        (("A-1", "B-2"), "text"),
        ((True, False), "text"),
        (("", None), "empty"),
        (("NULL", "NULL"), "empty"),
    ],
)
def test_the_kind_of_a_column(cells, kind):
    assert column(*cells).kind == kind


def test_what_stands_for_nothing_is_kept_apart():
    told = column("31.01.2025", "00.00.0000", "NULL", "")
    assert (told.kind, told.dates) == ("date", ("DD.MM.YYYY",))
    assert told.nothing == ("00.00.0000", "NULL")
    assert told.blanks == 1


def test_days_in_two_ways_are_open():
    told = column("03/04/2021", "05/06/2021")
    assert told.ways == ("DD/MM/YYYY", "MM/DD/YYYY")
    assert column("03/04/2021", "31/01/2021").dates == ("DD/MM/YYYY",)


def test_days_as_everybody_writes_them_are_sure():
    assert column("2021-03-04", "2021-05-06 10:00:00").ways == ()


def test_the_last_texts_decide_as_well_as_the_first():
    days = ["03/04/2021"] * 1_200 + ["31/01/2021"]
    assert column(*days).dates == ("DD/MM/YYYY",)


def test_a_row_with_a_sum_makes_no_column_a_text():
    told = column("2025-01-31", "2025-02-28", "合计")
    assert told.kind == "date"


def test_cells_with_types_need_no_format():
    assert column(9.5, None).is_typed
    assert not column(9.5, "9,5").is_typed


def test_signs_of_currencies_are_told():
    assert column("€ 9.50", "€ 7.00").symbols == ("€",)
    assert column("Peter's € shop").symbols == ()


def test_the_same_name_twice_is_profiled_once():
    found = profiles_of(Excerpt(("a",), "text", ("x", "", "x"), (("1", "2", "3"),)))
    assert list(found) == ["x"]
    assert found["x"].texts == ("1",)


def test_shown_values_are_three_and_short():
    told = column("a" * 30, "b", "b", "c", "d")
    assert told.shown == ("a" * 19 + "…", "b", "c")


def test_ids_with_decimals():
    assert column("17850.0", "13047.0").has_decimal_zero
    assert not column("17850.0", "13047.5").has_decimal_zero


def test_numbers_of_days_are_serial_between_1954_and_2064():
    assert is_serial(column("45688", "45716.5"))
    assert not is_serial(column("45688", "7"))
    assert not is_serial(column("words"))


def test_no_way_to_read_a_day():
    assert ways_to_read(["99/99/2021"]) == ()


@pytest.mark.parametrize(
    "text", ["合计", "一月小计", "Total:", "grand  total", "SUMME"]
)
def test_sums_are_told_by_their_names(text):
    assert names_a_sum(text)


@pytest.mark.parametrize("text", ["Totaltech", "Summer AG", "合计划公司", ""])
def test_a_name_with_such_a_word_in_it_is_no_sum(text):
    assert not names_a_sum(text)
