"""Who looks after accounts: nine managers at a time, four inside sales, engineers."""

import pandas as pd
import pytest

from kamlab.data.demo.team import HOURS_A_YEAR, TEAM, build_team


def there_on(team, day):
    day = pd.Timestamp(day)
    here = (team["joined_on"] <= day) & ~(team["left_on"] < day)
    return team.loc[here, "role"].value_counts()


def test_nine_managers_and_four_inside_sales_look_after_the_accounts(book):
    there = there_on(book.team, "2024-12-31")
    assert there["account_manager"] == 9
    assert there["inside_sales"] == 4


def test_two_managers_are_missing_for_eight_weeks(book):
    assert there_on(book.team, "2025-04-15")["account_manager"] == 7
    assert there_on(book.team, "2025-05-17")["account_manager"] == 9


def test_the_team_agrees_with_who_owns_accounts(book):
    owned = book.history[book.history["attribute"] == "kam_id"]
    assert set(owned["value"]) <= set(book.team.index)
    for manager in ("K04", "K07"):
        ends = owned.loc[owned["value"] == manager, "valid_to"].dropna()
        assert (ends == book.team.loc[manager, "left_on"]).all()
    for successor in ("K10", "K11"):
        starts = owned.loc[owned["value"] == successor, "valid_from"]
        assert starts.mode().item() == book.team.loc[successor, "joined_on"]


def test_names_and_codes_are_used_once():
    assert len({person.kam_id for person in TEAM}) == len(TEAM)
    assert len({person.name for person in TEAM}) == len(TEAM)


@pytest.mark.parametrize("accounts", [30, 300, 600])
def test_capacity_follows_the_size_of_the_book(accounts):
    team = build_team(accounts)
    expected = team["pool"].map(HOURS_A_YEAR) * accounts / 300
    assert team["capacity_hours"].tolist() == pytest.approx(expected.tolist())
