"""Kinds of accounts that order differently each have a model that leans on all."""

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.value.customer_equity import (
    lifetime_value,
    portfolio_lifetime_value,
    purchase_history,
    quarters_ahead,
)
from kamlab.value.customer_equity.grouped_orders import grouped_orders
from kamlab.value.customer_equity.repeat_orders import repeat_orders
from kamlab.value.lifetime import BetaGeoNBD
from tests.value.customer_equity.made_up_books import DAY, made_up

AHEAD = quarters_ahead(DAY, 0.1, 4)
BG = {"model": "BG/NBD", "repetitions": 20}
KINDS = {
    "plant": BetaGeoNBD().with_parameters(r=8, alpha=10, a=0.2, b=40),
    "workshop": BetaGeoNBD().with_parameters(r=1, alpha=20, a=0.6, b=2),
}


def two_kinds(seed: int = 1, n: int = 80) -> pd.DataFrame:
    """Return plants that order often and stay, and workshops that do neither."""
    books = []
    for kind, truth in KINDS.items():
        weeks = pd.Series(150.0, [f"{kind} {i}" for i in range(n)])
        book = truth.simulate(weeks, random_state=seed)
        books.append(book[["frequency", "recency", "T"]].assign(kind=kind))
    return pd.concat(books)


def came(book: pd.DataFrame, weeks: float, seed: int) -> pd.Series:
    """Return what the accounts really order, each as its kind does."""
    parts = []
    for kind, rows in book.groupby("kind"):
        triple = [rows[name] for name in ("frequency", "recency", "T")]
        drawn = KINDS[kind].simulate_future(weeks, *triple, random_state=seed)
        parts.append(pd.Series(np.asarray(drawn), rows.index))
    return pd.concat(parts)[book.index]


@pytest.fixture(scope="module")
def grouped():
    book = two_kinds()
    return grouped_orders(book, book["kind"], AHEAD, **BG)


def test_quarters_add_up_to_the_year(grouped):
    days = AHEAD.days[-1] / 365.25
    whole = grouped.by_quarter.sum(axis=1)
    assert np.allclose(whole, grouped.year["expected"] * days, rtol=0.01)


def test_groups_are_nearer_to_the_truth_than_one_model_for_all(grouped):
    book = two_kinds()
    pooled = repeat_orders(book, AHEAD, **BG)
    triple = [book[name] for name in ("frequency", "recency", "T")]
    truth = pd.concat(
        [
            KINDS[kind].expected_orders("52W", *(each[rows] for each in triple))
            for kind, rows in book.groupby("kind").groups.items()
        ]
    )[book.index]
    errors = [
        (found.year["expected"] - truth).abs().mean() for found in (grouped, pooled)
    ]
    assert errors[0] < 0.8 * errors[1]


def test_intervals_hold_what_comes(grouped):
    book = two_kinds()
    shares = []
    for seed in range(5):
        orders = came(book, 365.25 / 7, seed)
        year = grouped.year
        shares.append(((year["low"] <= orders) & (orders <= year["high"])).mean())
    assert 0.92 <= np.mean(shares) <= 0.99


def test_futures_have_the_expected_mean(grouped):
    assert grouped.futures.shape == (100, 160)
    assert grouped.futures.sum(axis=1).mean() == pytest.approx(
        grouped.by_quarter.to_numpy().sum(), rel=0.06
    )


def test_groups_by_lot_are_one_model_and_say_so():
    book = two_kinds().query("kind == 'plant'")
    lots = pd.Series(np.where(np.arange(len(book)) % 2, "odd", "even"), book.index)
    found = grouped_orders(book, lots, AHEAD, **BG)
    assert "order alike" in found.notes[-1]
    pooled = repeat_orders(book, AHEAD, **BG)
    assert found.by_quarter.equals(pooled.by_quarter)


def test_accounts_without_a_group_are_the_others():
    book = two_kinds()
    known = book["kind"][book["kind"] == "plant"]
    found = grouped_orders(book, known, AHEAD, **BG)
    named = grouped_orders(
        book, book["kind"].replace("workshop", "others"), AHEAD, **BG
    )
    assert found.by_quarter.equals(named.by_quarter)


def test_a_list_of_groups_names_no_accounts():
    book = two_kinds()
    with pytest.raises(UsageError, match="groups = list"):
        grouped_orders(book, list(book["kind"]), AHEAD, **BG)


def test_values_of_a_book_by_groups_still_add_up():
    book = made_up(60)
    kinds = pd.Series(["plant", "dealer"] * 30, book.accounts.index)
    values = lifetime_value(book, AHEAD, groups=kinds, **BG)
    assert values.accounts["value"].sum() == pytest.approx(values.equity.value)
    assert values.streams.equity == pytest.approx(values.equity.value)


@pytest.mark.parametrize("names", [[], ["P1", "P2"]])
def test_groups_that_fit_nobody_are_refused(names):
    book = two_kinds()
    groups = pd.Series(["plant"] * len(names), names, dtype=object)
    with pytest.raises(UsageError, match=r"none of the 160 accounts \(\['plant 0'"):
        grouped_orders(book, groups, AHEAD, **BG)


def test_how_many_have_no_group_is_told():
    book = two_kinds()
    known = book["kind"][book["kind"] == "plant"]
    found = grouped_orders(book, known, AHEAD, **BG)
    assert any("80 of 160 accounts are in no group" in note for note in found.notes)


@pytest.fixture(scope="module")
def of_industries(opened_demo):
    """Return the demo's values with the industries' own rhythms."""
    industry = opened_demo.table("accounts")["industry"]
    return portfolio_lifetime_value(opened_demo, groups=industry, **BG)


def test_industries_of_a_portfolio_have_rhythms_of_their_own(
    of_industries, opened_demo
):
    alike = portfolio_lifetime_value(opened_demo, **BG)
    assert not any("order alike" in note for note in of_industries.notes)
    assert of_industries.equity.value == pytest.approx(alike.equity.value, rel=0.1)
    assert of_industries.accounts["value"].sum() == pytest.approx(
        of_industries.equity.value
    )
    moved = of_industries.accounts["orders_year"] - alike.accounts["orders_year"]
    assert moved.abs().max() > 0.5
    assert set(of_industries.accounts["basis"]) == {"contract", "repeat orders"}


def test_groups_of_accounts_under_a_parent_are_given_by_parent(opened_demo):
    parents = purchase_history(opened_demo, by="parent").accounts.index
    sizes = pd.Series("small", parents).mask(parents.str.len() > 6, "large")
    values = portfolio_lifetime_value(opened_demo, by="parent", groups=sizes, **BG)
    assert values.equity.n == len(parents)
    assert values.streams.equity == pytest.approx(values.equity.value)
