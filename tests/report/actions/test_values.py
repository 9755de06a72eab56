from datetime import date, datetime

import pytest

from kamlab.report.actions.columns import OWN_COLUMNS, codes_in, heads, heads_in
from kamlab.report.actions.table import alert_of, contradicts
from kamlab.report.actions.values import STATUSES, day_of, status_of


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        (" 2026-02-05 ", date(2026, 2, 5)),
        ("2026-02-05 00:00:00", date(2026, 2, 5)),
        ("5.2.2026", date(2026, 2, 5)),
        ("05/05/2026", date(2026, 5, 5)),
        ("02/25/2026", date(2026, 2, 25)),
        ("25-02-2026", date(2026, 2, 25)),
        (datetime(2026, 2, 5, 9, 30), date(2026, 2, 5)),
        (46_058.0, date(2026, 2, 5)),
    ],
)
def test_a_day_in_any_form_is_that_day(cell, day) -> None:
    assert day_of(cell) == day


@pytest.mark.parametrize(
    "cell",
    ["", None, "02/05/2026", "2026-13-01", "5.2.26", "Q1", 7, 46_058.5, True, -1.0],
)
def test_what_is_no_day_or_two_days_is_none(cell) -> None:
    assert day_of(cell) is None


@pytest.mark.parametrize(
    ("cell", "status"),
    [(True, "done"), (" DONE. ", "done"), ("处理中", "in progress"), (None, "open")],
)
def test_a_status_in_any_form_is_that_status(cell, status) -> None:
    assert status_of(cell) == status


@pytest.mark.parametrize("status", STATUSES)
def test_every_status_that_is_offered_is_understood(status: str) -> None:
    assert status_of(status) == status


@pytest.mark.parametrize("cell", ["maybe", 3.0, False, "done?!"])
def test_a_status_of_peoples_own_is_none(cell) -> None:
    assert status_of(cell) is None


def test_every_head_that_is_written_is_recognised() -> None:
    titles = list(heads().values())
    assert list(heads_in(titles).values()) == list(OWN_COLUMNS)


def test_the_first_of_two_heads_for_one_column_counts() -> None:
    assert heads_in(["Comment", "Notes", "Remark"]) == {0: "comment"}
    assert codes_in(["kamlab.due", "kamlab.due"]) == {0: "due"}


@pytest.mark.parametrize(
    ("row", "alert"),
    [
        ({"key": "A1|fading: a|b"}, ("A1", "fading")),
        ({"key": "", "account": "Adler (North) (A1)", "rule": "r"}, ("A1", "r")),
        ({"account": "A1", "rule": " r "}, ("A1", "r")),
        ({"account": "Adler (A1)", "rule": ""}, None),
        ({"key": "A1|r", "account": "", "rule": ""}, ("A1", "r")),
        ({"key": "nonsense", "account": "A1", "rule": "r"}, ("A1", "r")),
        ({"key": "A1|r", "rule": "silence"}, None),
    ],
)
def test_a_row_is_known_by_its_key_or_by_what_it_shows(row, alert) -> None:
    assert alert_of(row) == alert


def test_only_a_number_in_brackets_contradicts_the_key() -> None:
    assert contradicts({"key": "A1|r", "account": "Adler (B2)"})
    assert not contradicts({"key": "A1|r", "account": "Adler (our best)"})
    assert not contradicts({"key": "A1|r", "account": "Adler (North) (A1)"})
