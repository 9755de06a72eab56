"""The key-account programme: chosen by rank, and what it really does."""

import numpy as np
import pytest

from kamlab.data.demo.programme import choose_members, programme_factor
from kamlab.data.demo.roster import build_roster


def log_change(book):
    """Return each account's log revenue of 18 months from July 2024 over 18 before."""
    days = book.orders["order_date"]
    spans = (days.between("2023-01-01", "2024-06-30"), days >= "2024-07-01")
    sums = [
        book.orders[each].groupby("account_id")["net_amount"].sum() for each in spans
    ]
    both = sums[0].index.intersection(sums[1].index)
    both = both[(sums[0][both] > 1000) & (sums[1][both] > 1000)]
    return np.log(sums[1][both]) - np.log(sums[0][both])


def members_and_controls(book):
    """Return the change of members and of the other key accounts still there."""
    programme, change = book.truth["programme"], log_change(book)
    out = {*book.truth["losses"], *programme["planned_by_the_story"]}
    keys = [key for key in programme["key_accounts_2022"] if key not in out]
    members = [key for key in keys if key in programme["members"]]
    others = [key for key in keys if key not in members]
    return change[members], change[others]


def difference(members, controls):
    """Return the difference of means and its standard error."""
    error = np.sqrt(members.var() / len(members) + controls.var() / len(controls))
    return members.mean() - controls.mean(), error


def test_fourteen_key_accounts_are_members_the_larger_half(book):
    programme = book.truth["programme"]
    assert len(programme["key_accounts_2022"]) == 28
    assert len(programme["members"]) == 14
    keys = programme["key_accounts_2022"]
    assert max(keys.index(member) for member in programme["members"]) < 17


def test_difference_in_differences_covers_the_true_effect(book):
    found, error = difference(*members_and_controls(book))
    assert abs(found - 0.08) < 2.5 * error
    assert error < 0.05


def test_pooled_over_books_the_effect_lies_near_8_percent(books):
    found = np.array([difference(*members_and_controls(book)) for book in books])
    pooled_error = np.sqrt((found[:, 1] ** 2).sum()) / len(found)
    assert abs(found[:, 0].mean() - 0.08) < 2 * pooled_error


def test_comparing_members_before_and_after_flatters_the_programme(books):
    naive = np.mean([members_and_controls(book)[0].mean() for book in books])
    assert naive > 0.2


def test_members_were_larger_before_the_programme(book):
    programme = book.truth["programme"]
    before = book.yearly[2023]
    others = set(programme["key_accounts_2022"]) - set(programme["members"])
    assert before[programme["members"]].median() > 1.3 * before[list(others)].median()


def test_members_have_a_service_level_of_their_own_since_july_2024(book):
    levels = book.history[book.history["attribute"] == "service_level"]
    joined = levels[levels["value"] == "programme"]
    assert set(joined["account_id"]) == set(book.truth["programme"]["members"])
    assert (joined["valid_from"] == "2024-07-01").all()


def test_the_programme_acts_on_members_from_its_first_day():
    roster, _ = build_roster(1, 300)
    roster = roster.assign(in_programme=roster.index == 0)
    rows = np.array([0, 0, 1])
    factor = programme_factor(roster, rows, np.array([911, 912, 912]))
    assert factor == pytest.approx([1, np.exp(0.08), 1])


def test_a_key_account_lost_before_leaves_its_place_to_the_next():
    roster, _ = build_roster(1, 40)
    roster = roster.head(5).assign(
        is_key=[True, True, True, True, False],
        key_rank=[1.0, 2.0, 3.0, 4.0, 5.0],
        end_day=[1461, 100, 1461, 1461, 1461],
    )
    members = choose_members(roster)["in_programme"]
    assert members.tolist() == [True, False, True, False, False]
