"""What last year's accounts bring this year, with and without growth."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.churn.retention import (
    retention_words,
    revenue_retention,
    trailing_retention,
)
from kamlab.errors import DataError, MissingDataError, UsageError
from kamlab.value.activity import account_revenue
from kamlab.value.revenue_bridge import revenue_bridge
from tests.conftest import slow
from tests.value.revenue_books import SEEDS, talbruck

THEN = {"Adler": 100.0, "Berg": 50.0, "Cole": 50.0}


def test_by_hand():
    retention = revenue_retention({"Adler": 130.0, "Berg": 20.0, "New": 75.0}, THEN)
    assert retention.nrr == 150 / 200
    assert retention.grr == 120 / 200
    assert (retention.n, retention.n_lost) == (3, 1)
    assert (retention.lost, retention.shrunk, retention.grown) == (50, 30, 30)
    assert (retention.then, retention.now, retention.new) == (200, 150, 75)


def test_nothing_changed_is_all_kept():
    retention = revenue_retention(THEN, THEN)
    assert (retention.nrr, retention.grr, retention.n_lost) == (1, 1, 0)


def test_all_left_is_nothing_kept():
    retention = revenue_retention({"New": 10.0}, THEN)
    assert (retention.nrr, retention.grr, retention.lost) == (0, 0, 200)


def test_new_accounts_are_in_neither_rate():
    now = {"Adler": 130.0, "Berg": 20.0}
    without = revenue_retention(now, THEN)
    with_new = revenue_retention(now | {"New": 1e6}, THEN)
    assert (without.nrr, without.grr) == (with_new.nrr, with_new.grr)


def test_whoever_had_no_positive_revenue_then_is_as_good_as_new():
    retention = revenue_retention({"A": 5.0, "B": 7.0}, {"A": 10.0, "B": -3.0, "C": 0})
    assert (retention.n, retention.nrr, retention.new) == (1, 0.5, 7.0)


def test_an_account_that_gets_back_more_than_it_buys_lowers_both_rates():
    retention = revenue_retention({"A": -2.0, "B": 10.0}, {"A": 10.0, "B": 10.0})
    assert retention.nrr == retention.grr == pytest.approx(0.4)
    assert (retention.n_lost, retention.lost) == (1, 12.0)


MONEY = st.integers(-100_000, 1_000_000).map(lambda cents: cents / 100)
BOOKS = st.dictionaries(st.sampled_from("ABCDEFG"), MONEY, min_size=1)
POSITIVE = BOOKS.filter(lambda book: max(book.values()) > 0)


@given(BOOKS, POSITIVE)
def test_gross_is_at_most_all_and_at_most_net(now, then):
    retention = revenue_retention(now, then)
    assert retention.grr <= 1 + 1e-12
    assert retention.grr <= retention.nrr + 1e-12


@given(BOOKS, POSITIVE)
def test_the_parts_lead_from_then_to_now(now, then):
    each = revenue_retention(now, then)
    left = each.then - each.lost - each.shrunk + each.grown
    assert left == pytest.approx(each.now, abs=1e-6)
    assert each.nrr * each.then == pytest.approx(each.now, abs=1e-6)
    expected = each.then - each.lost - each.shrunk
    assert each.grr * each.then == pytest.approx(expected, abs=1e-6)


@given(BOOKS, POSITIVE, st.sampled_from([0.13, 7.8, 1e6]))
def test_another_currency_changes_no_rate(now, then, rate):
    one = revenue_retention(now, then)
    other = revenue_retention(
        *({k: v * rate for k, v in b.items()} for b in (now, then))
    )
    assert other.nrr == pytest.approx(one.nrr)
    assert other.grr == pytest.approx(one.grr)


@pytest.mark.parametrize(
    ("now", "then", "message"),
    [
        ({"A": float("nan")}, THEN, "now of account 'A' is nan"),
        (THEN, {"A": "many"}, "then of account 'A' is 'many'"),
        (pd.Series([1.0, 2.0], ["A", "A"]), THEN, "stands more than once in now"),
        ({}, THEN, "now has 0 accounts"),
    ],
)
def test_amounts_that_are_none_are_refused(now, then, message):
    with pytest.raises(UsageError, match=message):
        revenue_retention(now, then)


def test_without_revenue_then_there_is_nothing_to_keep():
    with pytest.raises(DataError, match="none of 1 accounts has positive then"):
        revenue_retention(THEN, {"A": -5.0})


@pytest.mark.parametrize("seed", [SEEDS[0], *(slow(seed) for seed in SEEDS[1:])])
def test_talbruck_by_hand(seed: int):
    book, truth = talbruck(seed)
    retention = trailing_retention(book, by="account")
    view = book.at("2024-12-31")
    then = account_revenue(view, "2024-01-01", "2024-12-31")
    # Two customer numbers were merged before that, and nothing was since.
    now = (
        account_revenue(book, "2025-01-01", "2025-12-31").reindex(then.index).fillna(0)
    )
    base = then > 0
    assert retention.nrr == pytest.approx(now[base].sum() / then[base].sum())
    smaller = pd.concat([now, then], axis=1).min(axis=1)
    assert retention.grr == pytest.approx(smaller[base].sum() / then[base].sum())
    assert retention.n == base.sum()
    gone = set(now.index[base & (now <= 0)])
    assert gone <= set(truth["losses"]) | set(truth["decoys"])


@pytest.mark.parametrize("year", ["2023", "2024", "2025"])
def test_rates_agree_with_the_bridge_of_the_year(demo, year):
    view = demo.at(f"{year}-12-31")
    bridge = revenue_bridge(view, view.period(year), view.period(str(int(year) - 1)))
    table = bridge.by_account
    base = table["then"] > 0
    retention = trailing_retention(view)
    assert retention.nrr == pytest.approx(
        table["now"][base].sum() / table["then"][base].sum(), abs=1e-9
    )


def test_a_rebate_that_is_still_to_come_does_not_raise_retention(demo):
    retention = trailing_retention(demo)
    now = account_revenue(demo, "2025-01-01", by="parent")
    then = account_revenue(demo, "2024-01-01", "2024-12-31", by="parent")
    assert retention.nrr < revenue_retention(now, then).nrr


def test_two_years_are_needed(demo):
    with pytest.raises(MissingDataError, match="needs 24 months of data up to 2023-06"):
        trailing_retention(demo.at("2023-06-30"))


def test_eight_quarters_of_the_demonstration_by_hand(demo):
    for end in pd.date_range("2024-03-31", "2025-12-31", freq="QE"):
        view = demo.at(end.date())
        lines = view.orders.collect("pandas").to_native()
        group = lines["account_id"].map(view.parent_of)
        year_ago = end - pd.DateOffset(years=1)
        now = lines[lines["order_date"] > year_ago]
        before = lines["order_date"] > year_ago - pd.DateOffset(years=1)
        is_then = before & (lines["order_date"] <= year_ago)
        then = lines[is_then & ~(lines["posted_on"] > year_ago)]
        sums = [each["net_amount"].groupby(group).sum() for each in (then, now)]
        base = sums[0][sums[0] > 0]
        kept = sums[1].reindex(base.index).fillna(0.0)
        retention = trailing_retention(view)
        assert retention.nrr == pytest.approx(kept.sum() / base.sum(), abs=1e-6)
        smaller = kept.where(kept < base, base)
        assert retention.grr == pytest.approx(smaller.sum() / base.sum(), abs=1e-6)
        assert retention.n_lost == (kept <= 0).sum()
        assert 0.6 < retention.grr < 0.95 < retention.nrr < 1.2


def test_the_words_hold_all_figures():
    text = retention_words(
        revenue_retention({"Adler": 130.0, "Berg": 20.0}, THEN), "EUR"
    )
    for figure in ("EUR 200", "3 accounts", "60.0 %", "75.0 %", "EUR 50", "EUR 30"):
        assert figure in text
