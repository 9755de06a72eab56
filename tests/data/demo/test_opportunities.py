"""The table of opportunities: win rates that can be found, and nothing too early."""

import itertools

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from kamlab.data.demo.opportunities import MOST_ROLES

END = pd.Timestamp("2025-12-31")
STAGES = ["inquiry_on", "quotation_on", "contract_on", "order_on", "acceptance_on"]


def closed(book) -> pd.DataFrame:
    return book.opportunities[book.opportunities["won"].notna()]


def still_open(book) -> pd.DataFrame:
    return book.opportunities[book.opportunities["won"].isna()]


def test_the_planted_win_rates_lie_in_their_intervals(book):
    for rivals, rate in book.truth["quotations"]["win_rate_by_rivals"].items():
        won = closed(book).loc[closed(book)["competitors"] == int(rivals), "won"]
        low, high = proportion_confint(won.sum(), len(won), 0.01, method="wilson")
        assert low <= rate <= high, rivals


def test_the_more_rivals_quote_the_seldomer_we_win(book):
    won = closed(book)
    found = won["won"].astype(float).groupby(won["competitors"].clip(upper=3)).mean()
    assert found.is_monotonic_decreasing
    assert found[0] - found[3] > 0.3


def test_shuffled_rivals_say_nothing_of_winning(book):
    won = closed(book)
    mixed = np.random.default_rng(0).permutation(won["competitors"].clip(upper=3))
    found = won["won"].astype(float).groupby(mixed).mean()
    assert found[0] - found[3] < 0.2


def test_what_is_open_at_the_end_is_believable(book):
    quoted = still_open(book).dropna(subset="quotation_on")
    assert 20 <= len(quoted) <= 60
    assert 1.5e6 < quoted["amount"].sum() < 7e6
    assert (END - quoted["created"]).dt.days.median() < 120


def test_offers_won_are_a_believable_part_of_the_revenue(book):
    won = closed(book)[closed(book)["won"]]
    last = won[won["closed_on"] >= "2025-01-01"]
    assert 3e6 < last["amount"].sum() < 12e6


def test_nothing_is_dated_after_the_extract(book):
    assert book.opportunities[["created", *STAGES, "closed_on"]].max().max() <= END


def test_stages_come_in_their_order(book):
    for before, after in itertools.pairwise(STAGES):
        assert not (book.opportunities[after] < book.opportunities[before]).any()


def test_only_what_was_won_is_ordered_and_accepted(book):
    lost = closed(book)[~closed(book)["won"].astype(bool)]
    assert lost[["contract_on", "order_on", "acceptance_on"]].isna().all(axis=None)
    assert still_open(book)[["contract_on", "order_on"]].isna().all(axis=None)


def test_price_and_rivals_are_known_with_our_offer_and_not_before(book):
    early = book.opportunities["quotation_on"].isna()
    columns = ["competitors", "bid_price", "cost_est"]
    assert book.opportunities.loc[early, columns].isna().all(axis=None)
    assert book.opportunities.loc[~early, columns].notna().all(axis=None)


def test_who_won_in_our_place_was_cheaper_where_we_heard_the_price(book):
    told = closed(book).dropna(subset="best_rival_price")
    won = told["won"].astype(bool)
    cheaper = told["best_rival_price"] < told["bid_price"]
    assert cheaper[~won].all()
    assert not cheaper[won].any()


def test_without_rivals_we_lose_to_nobody(book):
    alone = closed(book)[closed(book)["competitors"] == 0]
    assert alone["lost_to"].isna().all()
    assert set(closed(book)["lost_to"].dropna()) <= set(
        book.truth["quotations"]["rivals"]
    )


def test_one_rival_sells_in_china_only(book):
    beaten = book.opportunities[book.opportunities["lost_to"] == "Kaicheng 凯澄"]
    assert set(beaten["account_id"].map(book.accounts["currency"])) == {"CNY"}


def test_lienz_was_won_before_its_project_and_asked_for_nothing_since(book):
    own = book.opportunities[
        book.opportunities["account_id"] == book.number_of("seilwerk")
    ]
    assert own["amount"].tolist() == [1_900_000.0]
    assert own["won"].item()
    assert own["order_on"].item() == pd.Timestamp("2024-02-05")


def test_roles_and_margins_are_believable(book):
    assert book.opportunities["dmu_roles"].between(1, MOST_ROLES).all()
    margin = 1 - book.opportunities["cost_est"] / book.opportunities["bid_price"]
    assert margin.mean() == pytest.approx(0.34, abs=0.02)
