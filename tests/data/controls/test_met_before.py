"""Totals that were met stay met when months follow, and say until when they go."""

from datetime import date

import pytest

from kamlab.data.controls.met_before import met_before, subject_of
from kamlab.data.controls.totals import Control, period_of
from kamlab.errors import UsageError
from kamlab.fiscal import FiscalCalendar
from tests.data.conftest import MAPPING

HEAD = "Nr,Pos,Kunde,Tag,Netto\n"
NOVEMBER = HEAD + "1,1,A,2025-10-31,100.00\n2,1,A,2025-11-28,50.00\n"
DECEMBER = HEAD + "3,1,A,2025-12-19,7.00\n"
TOTAL = "controls: [{name: books, period: %s, net_amount: 150.00}]\n"


def told(result) -> dict[str, str]:
    """What is said about totals, by rule."""
    found = [each for each in result.findings if each.rule.startswith("control")]
    return {each.rule: each.message for each in found}


@pytest.fixture
def book(export):
    """A portfolio until November, with a total of the books that it meets."""

    def make(period: str = "2025"):
        export.write(NOVEMBER)
        export.map(MAPPING + TOTAL % period)
        assert set(told(export.run())) == {"control_met"}
        return export

    return make


@pytest.mark.parametrize("period", ["2025", "2025Q4", "all", "2025-10 to 2026-01"])
def test_a_year_to_date_total_is_met_after_the_next_month_too(book, period):
    export = book(period)
    export.write(DECEMBER)
    result = export.run(update=True)
    assert not result.blocked
    assert told(result)["control_ends_early"] == (
        f"orders, column 'net_amount': books: the total of {period} was met by the "
        "lines until 2025-11-28 and is compared with these; 1 line of 7.00 later in "
        "the period are left out"
    )
    assert "sum to 150.00, as the books say" in told(result)["control_met"]


def test_it_is_still_of_the_same_days_a_month_later(book):
    export = book()
    for number, day in (("3", "2025-12-19"), ("4", "2026-01-09")):
        export.write(f"{HEAD}{number},1,A,{day},7.00\n")
        result = export.run(update=True)
        assert "until 2025-11-28" in told(result)["control_met"]


def test_a_new_total_of_the_books_is_one_of_the_whole_period(book):
    export = book()
    export.write(DECEMBER)
    export.map(MAPPING + (TOTAL % "2025").replace("150.00", "157.00"))
    assert set(told(export.run(update=True))) == {"control_met"}


def test_a_total_that_was_never_met_is_not_cut(export):
    export.write(NOVEMBER)
    text = MAPPING + (TOTAL % "2025").replace("150", "149")
    export.map(text + "limits: {control_missed: 1}\n")
    assert set(told(export.run())) == {"control_missed"}
    export.write(DECEMBER)
    result = export.run(update=True)
    assert "sum to 157.00, the books say 149.00" in told(result)["control_missed"]


def test_changed_lines_of_the_time_block_and_say_by_how_much(book):
    export = book()
    export.write(HEAD + "2,1,A,2025-11-28,45.00\n3,1,A,2025-12-19,7.00\n")
    result = export.run(update=True)
    assert result.blocked
    assert told(result)["control_missed"].endswith(
        "the lines of 2025 until 2025-11-28 sum to 145.00, the books say 150.00, a "
        "difference of -5.00 (hint: the import before met it; this one changes lines "
        "of the time until 2025-11-28 by -5.00)"
    )


def test_changed_lines_of_a_closed_year_are_told_without_cutting_it(book):
    export = book("2025-10 to 2025-11")
    export.write(HEAD + "4,1,A,2025-11-03,-5.00\n")
    found = told(export.run(update=True))
    assert set(found) == {"control_missed"}
    assert "by -5.00)" in found["control_missed"]


def test_a_total_says_itself_until_when_it_goes(export):
    export.write(NOVEMBER + DECEMBER.removeprefix(HEAD))
    export.map(MAPPING + (TOTAL % "2025").replace("150.00", "150, until: 2025-11-30"))
    assert "until 2025-11-30 sum to 150.00" in told(export.run())["control_met"]


def test_an_end_before_the_period_is_refused():
    early = Control("books", "2025", 9.5, until=date(2024, 12, 31))
    with pytest.raises(UsageError, match=r"until = '2024-12-31' of 'books' is before"):
        period_of(early, FiscalCalendar())


def test_an_end_after_the_period_changes_nothing():
    late = Control("books", "2024", 9.5, until=date(2025, 3, 31))
    assert period_of(late, FiscalCalendar()).end == date(2024, 12, 31)


def test_without_a_log_or_a_last_day_nothing_was_met():
    assert met_before({}, date(2025, 1, 1)) == {}
    assert met_before({"controls": [{}]}, None) == {}


def test_totals_of_different_lines_are_different():
    all_lines = Control("books", "2025", 9.5)
    some = Control("books", "2025", 9.5, where={"sales_org": ("1000",)})
    assert subject_of(all_lines) != subject_of(some)


def test_a_difference_of_the_last_month_proposes_where_the_books_end(export):
    export.write(NOVEMBER + DECEMBER.removeprefix(HEAD))
    export.map(MAPPING + TOTAL % "2025")
    missed = told(export.run())["control_missed"]
    assert "may lack the month, and end before it (until: 2025-11-30)" in missed
