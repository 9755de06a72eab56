"""Gearboxes that go elsewhere after the shortage."""

import numpy as np
import pandas as pd

from kamlab.data.demo.gearboxes import draw_turned
from kamlab.data.demo.roster import build_roster


def gearbox_change(book):
    """Return the gearbox lines of each account a year after April 2023, over before."""
    lines = book.sales
    lines = lines[lines["product_id"].map(book.products["category"]) == "gearboxes"]
    before = lines["order_date"].between("2022-04-01", "2023-03-31")
    after = lines["order_date"].between("2023-04-01", "2024-03-31")
    counts = [lines[each].groupby("account_id").size() for each in (before, after)]
    table = pd.concat(counts, axis=1, keys=["before", "after"]).fillna(0)
    return table[table["before"] >= 4]


def test_turned_accounts_lose_most_of_their_gearbox_lines(books):
    turned, others = [], []
    for book in books:
        change = gearbox_change(book)
        marked = change.index.isin(book.truth["gearbox_losses"]["accounts"])
        turned.append(change[marked].sum())
        others.append(change[~marked].sum())
    turned, others = pd.concat(turned, axis=1), pd.concat(others, axis=1)
    assert turned.loc["after"].sum() / turned.loc["before"].sum() < 0.6
    assert others.loc["after"].sum() / others.loc["before"].sum() > 0.8


def test_some_accounts_turn_in_every_book(book):
    assert 3 <= len(book.truth["gearbox_losses"]["accounts"]) <= 30


def test_turned_accounts_are_not_yet_lost_when_they_turn(book):
    losses = book.truth["losses"]
    for number in book.truth["gearbox_losses"]["accounts"]:
        assert losses.get(number, {"left": "2099"})["left"] > "2023-12"


def test_only_ordinary_accounts_turn():
    roster, mix = build_roster(2, 300)
    roster = draw_turned(roster.assign(is_key=False), mix, 2)
    assert (roster.loc[roster["turned"], "character"] == "").all()
    assert np.all(mix[roster["turned"], 1] > 0.15)
