"""A difference to the books is explained where something explains it to the cent."""

import pytest

from kamlab.data.controls.causes import Cause
from kamlab.data.controls.hints import exact_hints, pair_hints, ratio_hints
from kamlab.data.controls.totals import Control, ControlOutcome
from kamlab.fiscal import FiscalCalendar

MAPPING = """
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    files: "*.csv"
    exact_duplicates: keep
    currency: {column: Whg, rates: {USD: 0.5}}
    columns:
      order_id: Nr
      line_id: Pos
      account_id: Kunde
      order_date: Tag
      posted_on: Buch
      net_amount: Netto
      document_type: Art
    drop:
      - {name: samples, column: Art, equals: FM}
limits: {default: 1.0}
controls:
"""

HEADER = "Nr,Pos,Kunde,Tag,Buch,Netto,Whg,Art\n"
#: What is kept sums to 1,231.83 in EUR.
LINES = (
    "1,1,A,2025-01-10,2025-01-10,1000.11,EUR,F2\n"
    "1,2,A,2025-01-10,2025-01-10,7.77,EUR,F2\n"
    "2,1,B,2025-02-10,2025-02-10,200.06,EUR,F2\n"
    "3,1,C,2025-02-28,2025-03-01,13.31,EUR,G2\n"
    "4,1,C,2025-04-10,2025-04-10,21.16,USD,F2\n"
    "5,1,D,2025-04-10,2025-04-10,31.07,EUR,FM\n"
)


@pytest.fixture
def hints(export):
    """Return the hints for a total of the books."""

    def teller(period: str, books: float, more: str = "", **files: str):
        export.write(HEADER + LINES)
        for name, lines in files.items():
            export.write(HEADER + lines, f"{name}.csv")
        total = f"{{name: books, period: {period}, net_amount: {books}{more}}}"
        export.map(f"{MAPPING}  - {total}\n")
        (outcome,) = export.run().controls
        assert not outcome.is_met
        return outcome.hints

    return teller


def test_lines_that_a_rule_dropped(hints):
    assert hints("2025", 1262.90) == ("it is exactly 1 line dropped by rule 'samples'",)


def test_a_document_type_that_the_books_leave_out(hints):
    told = hints("2025", 1218.52)
    assert "1 line of document_type 'G2': the books may leave them out" in told[0]


def test_a_document_type_whose_sign_is_the_wrong_way_round(hints):
    (told,) = hints("2025", 1205.21)
    assert "exactly twice the 1 line of document_type 'G2': their sign" in told


def test_a_month_that_the_books_lack(hints):
    told = hints("2025", 1221.25)
    assert any("exactly 1 line of 2025-04: the books may lack" in each for each in told)


def test_a_month_without_lines_is_named(hints):
    assert hints("2025-01 to 2025-03", 5000) == ("there is no line in 2025-03",)


def test_a_file_that_is_there_twice(hints):
    again = "8,1,E,2025-05-01,2025-05-01,45.01,EUR,F2\n"
    more = again + "9,1,E,2025-01-01,2025-01-01,4.02,EUR,F2\n"
    (told,) = hints("2025", 1231.83, june=more)
    assert told == "it is exactly 2 lines of june.csv: may be there twice"


def test_lines_that_repeat_others(hints):
    again = LINES.splitlines(keepends=True)
    told = hints(
        "2025", 1231.83, july=again[0] + again[1] + "7,1,F,2025-01-01,,0,EUR,F2\n"
    )
    assert "exactly 2 lines that repeat an earlier one in every column" in told[0]


def test_the_day_of_booking_in_place_of_that_of_the_order(hints):
    (told,) = hints("2025-02", 200.06, ", tolerance: 0")[:1]
    assert "document_type 'G2'" in told
    told = hints("2025-02", 200.06)
    assert any("counting by posted_on changes: try dated_by" in each for each in told)


def test_currencies_added_up_as_they_are(hints):
    told = hints("2025", 1242.41)
    assert any("what conversion changes" in each for each in told)


def test_the_whole_total_with_the_other_sign(hints):
    (told,) = hints("2025", -1231.83)
    assert "exactly twice the total: the books may show it with the other" in told


def test_one_account_alone(hints):
    other = "8,1,E,2025-01-05,2025-01-05,3.03,EUR,F2\n"
    told = hints("2025", 226.98, june=other)
    assert told == (
        "it is exactly 2 lines of account_id 'A': the books may leave them out",
        "it is exactly 2 lines of order_id '1': the books may leave them out",
    )


def test_one_line_alone(hints):
    (told,) = hints("2025", 1224.06)
    assert told == "it is exactly the amount in lines.csv row 3"


def test_two_causes_together(hints):
    told = hints("2025", 1249.59)
    assert told == (
        "it is exactly 1 line dropped by rule 'samples', and "
        "1 line of document_type 'G2': the books may leave them out",
    )


@pytest.mark.parametrize(
    ("books", "words"),
    [
        (
            1231.83 / 1.19,
            "the import's total is 1.19 times the books': one may be with 19 % VAT",
        ),
        (
            1231.83 * 1.13,
            "the books' total is 1.13 times the import's: one may be with 13 % VAT",
        ),
        (
            1231830,
            "the books' total is 1,000 times the import's: one may count in thousands",
        ),
        (
            0.123183,
            "the import's total is 10,000 times the books': one may count in 万",
        ),
    ],
)
def test_vat_and_units(hints, books, words):
    assert words in hints("2025-01 to 2025-04", round(books, 6))[0]


def test_lines_without_a_day_are_in_no_period(hints):
    undated = "8,1,E,someday,2025-05-01,45.01,EUR,F2\n"
    told = hints("2025", 1276.84, june=undated)
    assert "it is exactly 1 line without a day, which are in no period" in told
    (told,) = hints("2025", 7777, june=undated)
    assert told == "1 line without a readable day (45.01), and in no period"


def test_lines_without_an_amount_are_counted(hints):
    (told,) = hints("2025", 7777, june="8,1,E,2025-01-01,,ten,EUR,F2\n")
    assert told == "1 line without a readable amount"


def test_what_nothing_explains_is_not_explained(hints):
    assert hints("2025-04", 777.77) == ()


def test_a_total_of_nothing_has_no_hint(hints):
    assert hints("2024-06", -5) == ()


def test_causes_with_a_line_in_common_are_never_added_up():
    june = Cause("month", "2025-06", "June", -3.0)
    file = Cause("file", "0", "june.csv", -4.0)
    assert pair_hints([june, file], -7.0) == []
    assert pair_hints([june, Cause("month", "2025-06", "June turned", -4.0)], -7) == []
    assert pair_hints([june, Cause("month", "2025-07", "July", -4.0)], -7.0) == [
        "it is exactly June, and July"
    ]


def test_a_cause_that_is_a_cent_off_is_none():
    cause = Cause("file", "0", "june.csv", -4.0)
    assert exact_hints([cause], -4.01) == []
    assert exact_hints([cause], -4.00) == ["it is exactly june.csv"]


def test_a_ratio_of_nothing_is_no_ratio():
    period = FiscalCalendar().period("2025")
    for books, imported in ((0.0, 5.0), (5.0, 0.0)):
        outcome = ControlOutcome(Control("x", "2025", books), period, 1, imported)
        assert ratio_hints(outcome) == []
