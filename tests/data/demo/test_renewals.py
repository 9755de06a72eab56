"""Frame contracts follow on each other, and each tier renews at its planted rate."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint

from kamlab.data.demo.renewals import RENEWAL_RATES, free_chances, tiers_by_day
from kamlab.data.demo.story import day_number


def decided(book) -> pd.DataFrame:
    """Return the contracts whose renewal is settled, with the tier on that day."""
    tier_on = tiers_by_day(book.history)
    settled = book.contracts[book.contracts["renewed"].notna()]
    tier = [
        tier_on(account, day_number(day.date()))
        for account, day in zip(
            settled["account_id"], settled["renewal_date"], strict=True
        )
    ]
    return settled.assign(tier=tier)


@pytest.mark.parametrize("tier", RENEWAL_RATES)
def test_the_planted_rate_lies_in_the_interval_of_each_tier(book, tier):
    renewed = decided(book).query("tier == @tier")["renewed"] == "yes"
    low, high = proportion_confint(renewed.sum(), len(renewed), method="wilson")
    planted = book.truth["contracts"]["renewal_rates"][tier]
    assert low <= planted <= high


def test_all_books_together_come_near_the_planted_rates(books):
    renewed = pd.concat([decided(book) for book in books])
    found = (renewed["renewed"] == "yes").groupby(renewed["tier"]).mean()
    for tier, rate in RENEWAL_RATES.items():
        assert found[tier] == pytest.approx(rate, abs=0.06)


def test_tiers_shuffled_among_contracts_lose_their_order(books):
    renewed = pd.concat([decided(book) for book in books])
    mixed = np.random.default_rng(0).permutation(renewed["tier"])
    found = (renewed["renewed"] == "yes").groupby(mixed).mean()
    assert found["strategic"] - found["general"] < 0.1


def test_who_is_lost_does_not_renew(book):
    settled = decided(book)
    left = {n: pd.Timestamp(t["left"]) for n, t in book.truth["losses"].items()}
    after = settled["renewal_date"] > settled["account_id"].map(left)
    assert after.any()
    assert (settled.loc[after, "renewed"] == "no").all()


def test_what_was_settled_before_lets_the_others_renew_less_or_more():
    told = {"tier": "core", "free": [False] * 4 + [True] * 16}
    lost = pd.DataFrame(told | {"renewed": ["no"] * 4 + ["yes"] * 16})
    kept = pd.DataFrame(told | {"renewed": ["yes"] * 20})
    assert free_chances(lost)["core"] == 1.0  # 17 wanted, of 16 that are free
    assert free_chances(kept)["core"] == pytest.approx(13 / 16)


def test_a_tier_without_a_draw_keeps_its_planted_chance():
    nobody = {"tier": "str", "renewed": "str", "free": "bool"}
    assert (
        free_chances(pd.DataFrame([], columns=nobody).astype(nobody)) == RENEWAL_RATES
    )


def test_before_its_first_entry_an_account_has_its_first_tier():
    history = pd.DataFrame(
        {
            "account_id": ["A"],
            "attribute": ["tier"],
            "value": ["core"],
            "valid_from": pd.to_datetime(["2024-01-01"]),
        }
    )
    assert tiers_by_day(history)("A", -500) == "core"
