"""Standard minutes: which hold on a day, and what a recorded duration replaces."""

from datetime import date

import narwhals as nw
import pandas as pd
import pytest

from kamlab.value.standard_minutes import (
    minutes_spent,
    revisions,
    spell_of,
    standards_by_spell,
)
from tests.value.serving_books import BACK_ENDS

STANDARDS = pd.DataFrame(
    [
        ("visit", "field", 180.0, "2022-01-01"),
        ("visit", "engineers", 60.0, "2022-01-01"),
        ("order", "desk", 8.0, "2022-01-01"),
        ("order", "desk", 6.0, "2024-07-01"),
        ("call", "desk", 10.0, "2025-01-01"),
    ],
    columns=["activity", "pool", "minutes", "valid_from"],
).astype({"valid_from": "datetime64[us]"})


def counts(*rows: tuple) -> pd.DataFrame:
    columns = ["account_id", "activity", "spell", "count", "timed", "duration"]
    return pd.DataFrame(rows, columns=columns)


def test_a_revision_begins_a_new_spell():
    assert revisions(STANDARDS) == [date(2024, 7, 1), date(2025, 1, 1)]


@pytest.mark.parametrize("back_end", BACK_ENDS)
def test_a_day_lies_in_the_spell_that_began_last(back_end: str):
    days = pd.to_datetime(["2021-05-01", "2024-06-30", "2024-07-01", "2025-12-31"])
    frame = BACK_ENDS[back_end](pd.DataFrame({"day": days.astype("datetime64[us]")}))
    spells = nw.from_native(frame).lazy().select(spell_of("day", revisions(STANDARDS)))
    assert sorted(spells.collect("pandas")["spell"].to_list()) == [0, 0, 1, 2]


def test_without_a_revision_there_is_one_spell():
    frame = nw.from_native(pd.DataFrame({"day": pd.to_datetime(["2024-07-01"])}))
    assert frame.select(spell_of("day", []))["spell"].to_list() == [0]


def test_the_standard_of_the_day_holds_until_the_next_revision():
    spells = (
        standards_by_spell(STANDARDS)
        .set_index(["activity", "pool", "spell"])
        .sort_index()
    )
    assert spells.loc[("order", "desk"), "minutes"].tolist() == [8.0, 6.0, 6.0]
    assert spells.loc[("visit", "field"), "minutes"].tolist() == [180.0] * 3


def test_a_standard_that_came_later_holds_before_as_well():
    spells = standards_by_spell(STANDARDS).set_index(["activity", "spell"])
    assert spells.loc["call", "minutes"].tolist() == [10.0] * 3


def test_the_own_pool_is_the_one_that_takes_most_time():
    spells = standards_by_spell(STANDARDS)
    own = spells[(spells["activity"] == "visit") & spells["own"]]
    assert set(own["pool"]) == {"field"}
    assert len(own) == 3


def test_a_recorded_duration_replaces_the_own_pools_standard_only():
    spent = minutes_spent(counts(("A", "visit", 0, 3, 2, 500.0)), STANDARDS)
    by_pool = spent.set_index("pool")["minutes"]
    assert by_pool["field"] == 500 + 180
    assert by_pool["engineers"] == 3 * 60


def test_minutes_follow_the_spells():
    work = counts(("A", "order", 0, 10, 0, 0.0), ("A", "order", 1, 10, 0, 0.0))
    spent = minutes_spent(work, STANDARDS)
    assert spent[["count", "minutes"]].iloc[0].tolist() == [20, 10 * 8 + 10 * 6]


def test_an_activity_without_standard_is_counted_but_takes_no_known_time():
    spent = minutes_spent(counts(("A", "email", 0, 4, 1, 12.0)), STANDARDS)
    assert spent["count"].tolist() == [4]
    assert spent[["pool", "minutes"]].isna().all(axis=None)
