"""What was known on a day, as statements about single rows and values."""

from datetime import date

import narwhals as nw
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.data.columns import EXTRACT, ROW, Table, date_column, text_column
from kamlab.data.view import known_at, midnight, usable_columns

#: A row known from two dates, with a value that is filled in on a third.
VISITS = Table(
    name="visits",
    row="one visit",
    key=("visit_id",),
    known_from=("happened_on", "entered_on"),
    columns=(
        text_column("visit_id", ROW, "Number"),
        date_column("happened_on", ROW, "Day of the visit"),
        date_column("entered_on", "entered_on", "Day of the entry"),
        date_column("answered_on", "answered_on", "Day of the answer"),
        text_column("answer", "answered_on", "What they said"),
        text_column("owner", EXTRACT, "Who looks after them"),
    ),
)
DAY = date(2025, 3, 1)
MAYBE_A_DAY = st.none() | st.dates(date(2025, 1, 1), date(2025, 5, 1))


def view(**values) -> pd.DataFrame:
    """Return what is known on DAY of one visit with these values."""
    told = {c.name: [values.get(c.name)] for c in VISITS}
    frame = pd.DataFrame(told).astype({"answer": "str", "owner": "str"})
    for name in ("happened_on", "entered_on", "answered_on"):
        frame[name] = pd.to_datetime(frame[name]).astype("datetime64[us]")
    return known_at(nw.from_native(frame), VISITS, DAY).to_native()


@given(MAYBE_A_DAY, MAYBE_A_DAY)
def test_a_row_is_known_when_the_last_of_its_dates_has_come(happened, entered):
    dates = [day for day in (happened, entered) if day is not None]
    known = bool(dates) and max(dates) <= DAY
    assert len(view(happened_on=happened, entered_on=entered)) == known


@given(MAYBE_A_DAY)
def test_a_value_is_known_when_its_date_has_come(answered):
    row = view(happened_on=DAY, answered_on=answered, answer="yes").iloc[0]
    known = answered is not None and answered <= DAY
    assert (row["answer"] == "yes") == known
    assert pd.notna(row["answered_on"]) == known


def test_a_value_as_of_the_extract_is_always_shown():
    assert view(happened_on=DAY, owner="Kehl")["owner"].tolist() == ["Kehl"]


def test_a_day_lasts_until_its_end():
    assert len(view(happened_on=DAY)) == 1
    assert len(view(happened_on=date(2025, 3, 2))) == 0


@pytest.mark.parametrize(
    ("present", "usable"),
    [
        (["visit_id", "answer"], ["visit_id"]),
        (["answer", "answered_on"], ["answer", "answered_on"]),
        (["owner"], ["owner"]),
    ],
)
def test_a_late_value_is_of_no_use_without_its_date(present, usable):
    assert usable_columns(VISITS, present) == usable


def test_a_table_without_dates_is_shown_whole():
    frame = nw.from_native(pd.DataFrame({"visit_id": ["1"], "owner": ["Kehl"]}))
    assert known_at(frame, VISITS, DAY).to_native()["visit_id"].tolist() == ["1"]


def test_midnight_is_the_start_of_the_day():
    assert midnight(DAY) == pd.Timestamp("2025-03-01 00:00")
