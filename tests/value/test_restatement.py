"""A past period as it was reported, and as it is known now."""

import pandas as pd
import pytest

import kamlab
from kamlab.data.late_postings import restated_quarters
from kamlab.errors import MissingDataError, UsageError
from kamlab.value.activity import account_revenue
from kamlab.value.restatement import restatement, restatement_words
from tests.conftest import slow
from tests.value.revenue_books import NOW, SEEDS, THEN, company, line, talbruck


def booked(amount: float, posted: str | None, kind: str = "sale") -> dict:
    """Return a line of 2024 and the day on which it was booked."""
    return line("A", 2024, amount, kind=kind, posted_on=pd.Timestamp(posted))


LATE = [
    booked(100, None),
    booked(50, "2024-07-15"),
    booked(7, "2025-01-03"),
    booked(-20, "2025-01-20", "rebate"),
    booked(9000, "2025-01-20", "intercompany"),
]


def test_what_was_booked_after_the_period_restates_it():
    restated = restatement(company(*LATE), THEN)
    assert (restated.as_reported, restated.as_known) == (160.0, 147.0)
    assert (restated.lines, restated.rebates, restated.change) == (2, -20.0, -13.0)
    assert restated.share == pytest.approx(-13 / 160)


@pytest.mark.parametrize(("delay", "lines"), [(0, 2), (2, 2), (3, 1), (19, 1), (20, 0)])
def test_the_reports_day_decides_what_is_late(delay: int, lines: int):
    restated = restatement(company(*LATE), THEN, delay)
    assert restated.lines == lines
    assert restated.as_known == 147.0


def test_what_is_not_booked_yet_restates_nothing():
    early = company(*LATE).at("2025-01-10")
    assert restatement(early, THEN).lines == 1


def test_a_period_without_late_lines_is_what_it_was():
    restated = restatement(company(*LATE), NOW)
    assert (restated.lines, restated.change, restated.share) == (0, 0.0, 0.0)
    assert restatement_words(restated) == ""


def test_where_nothing_had_been_booked_there_is_no_share():
    quarter = company().period("2024Q2")
    lines = [booked(7, "2025-01-03"), booked(9, "2025-01-03")]
    restated = restatement(company(*lines), quarter)
    assert restated.share != restated.share
    assert (
        restatement_words(restated, "EUR") == "2 late lines restate 2024Q2 by EUR 16."
    )


def test_one_line_is_one_line():
    restated = restatement(company(booked(100, None), booked(7, "2025-01-03")), THEN)
    text = restatement_words(restated, "EUR")
    assert text == "1 late line restates 2024 by +6.4 % (EUR 7)."


def test_without_line_types_every_line_counts():
    frame = pd.DataFrame(LATE[:4]).drop(columns="line_type")
    book = kamlab.portfolio_from_tables(
        {"orders": frame.assign(order_id=list("1234"))},
        "EUR",
        as_of="2025-12-31",
        data_through="2025-12-31",
    )
    restated = restatement(book, THEN)
    assert (restated.lines, restated.rebates) == (2, 0.0)


def test_without_days_of_booking_nobody_can_tell():
    with pytest.raises(MissingDataError, match="posted_on"):
        restatement(company(line("A", 2024, 1)), THEN)


@pytest.mark.parametrize("delay", [-1, 1.5, True])
def test_a_delay_is_a_number_of_days(delay):
    with pytest.raises(UsageError, match="delay = "):
        restatement(company(*LATE), THEN, delay)


def test_a_period_that_is_not_over_is_refused():
    with pytest.raises(UsageError, match="lies after the view's day"):
        restatement(company(*LATE).at("2025-02-01"), NOW)


@pytest.mark.parametrize("seed", [SEEDS[0], *(slow(seed) for seed in SEEDS[1:])])
def test_eight_quarters_agree_with_what_each_day_knew(seed: int):
    book, _ = talbruck(seed)
    labels = [f"{year}Q{quarter}" for year in (2024, 2025) for quarter in (1, 2, 3, 4)]
    for period in map(book.period, labels):
        restated = restatement(book, period)
        then = account_revenue(book.at(period.end), period.start, period.end).sum()
        now = account_revenue(book, period.start, period.end).sum()
        assert restated.as_reported == pytest.approx(then, abs=0.005)
        assert restated.as_known == pytest.approx(now, abs=0.005)
        assert (restated.lines > 0) == (period.end < book.as_of)
    year_end = restatement(book, book.period("2024Q4"))
    assert year_end.rebates < -100_000


def test_it_says_the_same_as_the_table_of_quarters(demo):
    table = restated_quarters(demo)
    for label, row in table.iterrows():
        restated = restatement(demo, demo.period(label))
        assert restated.as_reported == pytest.approx(row["as reported"], abs=0.005)
        assert restated.change == pytest.approx(row["change"], abs=0.01)
