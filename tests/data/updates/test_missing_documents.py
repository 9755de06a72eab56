"""Documents are missed only on days that the extract is about."""

from datetime import date

import pytest

from kamlab.data.updates.missing_documents import (
    covered_days,
    documents_missing,
    documents_moved,
)
from tests.data.sides import OLD


def test_an_extract_covers_the_months_of_which_it_has_most_documents(sides):
    old = [(str(n), "1", "A", f"2025-0{1 + n % 2}-1{n}", 1.0) for n in range(8)]
    new = [row for row in old if row[3].startswith("2025-02")] + [
        ("90", "1", "A", "2025-01-20", 1.0)
    ]
    covered = covered_days(sides(old, new).connection)
    assert covered.spans == ((date(2025, 2, 11), date(2025, 2, 17)),)


def test_months_next_to_each_other_are_covered_throughout(sides):
    old = [(str(n), "1", "A", f"2025-0{n}-10", 1.0) for n in (1, 2, 4)]
    covered = covered_days(sides(old, old).connection)
    january, february = date(2025, 1, 10), date(2025, 2, 10)
    assert covered.spans == ((january, february), (date(2025, 4, 10),) * 2)


def test_missing_documents_weigh_what_they_hold(sides):
    old = [(str(n), "1", "A", "2025-01-10", 100.0) for n in range(4)]
    each = sides(old, old[1:])
    covered = covered_days(each.connection)
    [told] = documents_missing(each.connection, each.merge, covered, False)
    assert (told.rows, told.money, told.share) == (1, 100.0, 0.25)
    assert told.samples[0].value == "0"


def test_a_document_of_another_account_is_told_whatever_its_lines_are_called(sides):
    each = sides(OLD, [("1", "7", "Z", "2025-01-15", 1.0)], counted=["line_id"])
    [told] = documents_moved(each.connection, each.merge)
    assert told.rows == 1
    assert told.share == pytest.approx(100 / 700)
