"""Costs booked on accounts: in cents, some of them late, none after the extract."""

import pandas as pd
import pytest

from kamlab.data.demo.account_costs import HALLENBECK_CLAIM, LATE_SHARE, LONGEST_DELAY


def test_amounts_are_positive_whole_cents(book):
    cents = 100 * book.account_costs["amount"]
    assert (cents > 0).all()
    assert (cents - cents.round()).abs().max() < 1e-6


def test_a_fifth_of_the_bills_is_late(book):
    costs = book.account_costs[book.account_costs["date"] < "2025-12-01"]
    late = costs["posted_on"].notna()
    assert late.mean() == pytest.approx(LATE_SHARE, abs=0.02)
    delay = (costs["posted_on"] - costs["date"]).dt.days.dropna()
    assert delay.between(3, LONGEST_DELAY).all()


def test_nothing_was_booked_after_the_extract(book):
    end = pd.Timestamp("2025-12-31")
    assert (book.account_costs["date"] <= end).all()
    assert not (book.account_costs["posted_on"] > end).any()


def test_costs_stand_in_order_of_their_day(book):
    assert book.account_costs["date"].is_monotonic_increasing
    assert book.account_costs["cost_id"].is_monotonic_increasing


def test_every_cost_belongs_to_an_account_and_to_an_order_where_it_says_so(book):
    costs = book.account_costs
    assert set(costs["account_id"]) <= set(book.accounts.index)
    assert set(costs["order_id"].dropna()) <= set(book.orders["order_id"])


def test_hallenbecks_batch_was_replaced_at_our_cost(book):
    costs = book.account_costs
    mine = costs[costs["account_id"] == book.number_of("hallenbeck")]
    claim = mine[(mine["kind"] == "warranty") & (mine["date"] == "2024-05-13")]
    assert HALLENBECK_CLAIM in claim["amount"].tolist()


def test_direct_costs_are_between_4_and_6_percent_of_revenue(book):
    costs = book.account_costs
    yearly = costs.groupby(costs["date"].dt.year)["amount"].sum()
    share = yearly / book.orders.groupby("year")["net_amount"].sum()
    assert share.between(0.04, 0.06).all()
    assert share[2025] > share[2022]
