"""Cents that rounding explains are told apart from lines that are missing."""

import pytest

from kamlab.data.controls.causes import Cause
from kamlab.data.controls.rounding import Rounding, near_hints, rounding_hints

MAPPING = """
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    files: "*.csv"
    currency: {column: Whg, rates: {USD: 0.333333}}
    columns:
      order_id: Nr
      account_id: Kunde
      order_date: Tag
      net_amount: Netto
      line_type: {from: Art, values: {F2: sale, G2: price_credit, S1: cancellation}}
limits: {default: 1.0}
"""

#: 100.10 in EUR, 133.3332 and 33.3333 from USD, 20 and 5 that take revenue back.
LINES = (
    "Nr,Kunde,Tag,Netto,Whg,Art\n"
    "1,A,2025-01-10,100.10,EUR,F2\n"
    "2,B,2025-02-10,400,USD,F2\n"
    "3,C,2025-03-10,100,USD,F2\n"
    "4,C,2025-03-11,20,EUR,G2\n"
    "5,A,2025-04-11,5,EUR,S1\n"
)


@pytest.fixture
def hints(export):
    """Return the hints for what the books say of the year."""

    def teller(books: float, more: str = "", lines: str = LINES):
        export.write(lines)
        total = f"{{name: books, period: 2025, net_amount: {books}{more}}}"
        export.map(f"{MAPPING}controls: [{total}]\n")
        (outcome,) = export.run().controls
        assert not outcome.is_met
        return outcome.hints

    return teller


def test_a_cent_of_converted_lines_is_rounding(hints):
    (told,) = hints(291.76)
    assert told == (
        "2 lines have digits below the cent; rounding each explains up to 0.01; where "
        "the books do so, set round: 2 under tables.orders.columns.net_amount"
    )


def test_rounding_each_line_as_the_hint_says_meets_the_books(export):
    export.write(LINES)
    rounded = MAPPING.replace("Netto\n", "{from: Netto, round: 2}\n")
    total = "{name: books, period: 2025, net_amount: 291.76}"
    export.map(f"{rounded}controls: [{total}]\n")
    (outcome,) = export.run().controls
    assert outcome.is_met
    assert not outcome.hints


def test_credit_notes_with_a_positive_amount_are_recognised_together(hints):
    (told,) = hints(241.77)
    assert told.startswith(
        "it is exactly twice the 2 lines that take revenue back (cancellation, "
        "price_credit) with a positive amount: their sign must be turned"
    )


def test_they_are_recognised_although_the_books_are_rounded(hints):
    (told,) = hints(241.76)
    assert told.startswith("but for -0.01 it is twice the 2 lines that take revenue")
    assert told.endswith(
        "(2 lines have digits below the cent; rounding each explains up to 0.01)"
    )


def test_they_are_recognised_within_the_tolerance(hints):
    lines = LINES.replace(",USD,", ",EUR,")
    (told,) = hints(575.5, ", tolerance: 0.5", lines)
    assert told.startswith("but for +0.40 it is twice the 2 lines that take revenue")


def test_months_after_the_end_of_the_books_are_named_together(hints):
    told = hints(233.43)
    assert any(
        "3 lines of 2025-03 to 2025-04, later than 2025-02: the books may end" in each
        for each in told
    )


def test_what_is_larger_than_rounding_is_not_told_as_rounding():
    assert rounding_hints(Rounding(100), 0.51) == []
    assert rounding_hints(Rounding(0), 0.01) == []


def test_a_small_difference_is_near_to_everything_and_tells_nothing():
    june = Cause("file", "1", "june", 0.0)
    assert near_hints([june], 10.0, Rounding(100), 0.0) == []
