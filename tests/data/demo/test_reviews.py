"""Quarterly reviews: half of the key accounts, drawn by lot."""

import pandas as pd

from kamlab.data.demo.reviews import draw_reviewed


def test_half_of_the_28_key_accounts_is_reviewed(book):
    reviews = book.truth["serving"]["reviews"]
    assert len(reviews["key_accounts"]) == 28
    assert len(reviews["reviewed"]) == 14
    assert set(reviews["reviewed"]) < set(reviews["key_accounts"])


def test_the_lot_is_drawn_among_members_of_the_programme_and_others_apart(book):
    reviews = book.truth["serving"]["reviews"]
    members = set(book.truth["programme"]["members"])
    lottery, drawn = set(reviews["key_accounts"]), set(reviews["reviewed"])
    half = len(lottery & members) / 2
    assert abs(len(drawn & members) - half) <= 0.5


def test_reviews_are_held_with_the_drawn_accounts_only_and_since_2025(book):
    held = book.contacts[book.contacts["type"] == "qbr"]
    reviewed = set(book.truth["serving"]["reviews"]["reviewed"])
    assert set(held["account_id"]) <= reviewed
    assert held["date"].min() >= pd.Timestamp("2025-01-20")
    assert 50 <= len(held) <= 56
    assert held.groupby("account_id")["date"].nunique().max() == 4


def test_every_review_promises_something_unless_nothing_came_of_it(book):
    held = book.contacts[book.contacts["type"] == "qbr"]
    assert held["promised_action"].notna().mean() > 0.75


def test_the_lot_depends_on_the_seed_alone():
    roster = pd.DataFrame(
        {"account_id": [f"A{n}" for n in range(8)], "in_programme": [True, False] * 4}
    )
    history = pd.DataFrame(
        {
            "account_id": roster["account_id"],
            "attribute": "key_account_flag",
            "value": "true",
            "valid_from": pd.Timestamp(2020, 1, 1),
            "valid_to": pd.NaT,
        }
    )
    drawn = [draw_reviewed(roster, history, seed)["reviewed"] for seed in (1, 1, 2)]
    assert drawn[0].equals(drawn[1])
    assert [each.sum() for each in drawn] == [4, 4, 4]
    assert not drawn[0].equals(drawn[2])
