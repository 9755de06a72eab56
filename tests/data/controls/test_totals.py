"""A control total knows its days, its tolerance and whether it is met."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.data.controls.totals import (
    Control,
    ControlFile,
    ControlOutcome,
    span_of,
)
from kamlab.errors import UsageError
from kamlab.fiscal import FiscalCalendar

OCTOBER = FiscalCalendar(first_month=10, named_by="end")
CENTS = st.integers(-(10**12), 10**12)


def outcome(books: float, imported: float, **control: object) -> ControlOutcome:
    period = OCTOBER.period("2025")
    return ControlOutcome(
        Control("books", "2025", books, **control), period, 1, imported
    )


@pytest.mark.parametrize(
    ("label", "start", "end"),
    [
        ("2025", date(2024, 10, 1), date(2025, 9, 30)),
        ("2025Q1", date(2024, 10, 1), date(2024, 12, 31)),
        ("2025-02", date(2025, 2, 1), date(2025, 2, 28)),
        ("2025-02-07", date(2025, 2, 7), date(2025, 2, 7)),
        ("2024 to 2025", date(2023, 10, 1), date(2025, 9, 30)),
        ("2025Q1 to 2025-02-07", date(2024, 10, 1), date(2025, 2, 7)),
        ("all", date.min, date.max),
    ],
)
def test_a_label_means_days_of_the_fiscal_calendar(label, start, end):
    period = span_of(label, OCTOBER)
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    "label", ["2025 to 2024", "2025 to ", "to 2025", "2025Q5", "2025-02-30", "", "soon"]
)
def test_what_is_no_period_is_refused_with_its_value(label):
    with pytest.raises(UsageError) as error:
        span_of(label, OCTOBER)
    assert label.partition(" to ")[0] in str(error.value)


@given(CENTS, CENTS)
def test_figures_agree_to_the_cent_exactly_when_their_cents_do(books, imported):
    assert outcome(books / 100, imported / 100).is_exact is (books == imported)


@given(CENTS, st.integers(0, 10**6))
def test_a_difference_up_to_the_tolerance_is_met_and_a_cent_more_is_not(books, cents):
    allowed = {"tolerance": cents / 100}
    within = outcome(books / 100, (books + cents) / 100, **allowed)
    beyond = outcome(books / 100, (books + cents + 2) / 100, **allowed)
    assert within.difference <= cents / 100
    assert not beyond.is_met


def test_counts_must_agree_exactly():
    assert outcome(600, 600.0, measure="lines").is_exact
    assert not outcome(600, 601.0, measure="documents").is_met


def test_the_larger_of_two_tolerances_holds():
    allowed = {"tolerance": 5.0, "tolerance_share": 0.01}
    assert outcome(1_000, 1_009, **allowed).is_met
    assert outcome(10, 14, **allowed).is_met
    assert not outcome(1_000, 1_011, **allowed).is_met


def test_what_is_totalled_is_told_in_words():
    control = Control("x", "2025", 1, "lines", "USD", {"sales_org": ("1", "2")})
    assert control.what == "lines, USD, sales_org 1 or 2"
    assert ControlFile("books/t.csv", {"period": "P", "cogs": "C"}).called == "t.csv"
    assert ControlFile("t.csv", {}, name="ledger").called == "ledger"
