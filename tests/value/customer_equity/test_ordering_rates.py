"""What a contract binds goes on at the pace of its last twelve months."""

import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.value.customer_equity import purchase_history
from kamlab.value.customer_equity.ordering_rates import OrderingRates, ordering_rates
from kamlab.value.lifetime import BetaGeoNBD, RegularReorderingNBD

MODEL = BetaGeoNBD().with_parameters(r=2, alpha=8, a=0.5, b=4.5)
WEEKS = 365.25 / 7


def accounts(**since: tuple[int, float]) -> pd.DataFrame:
    """Return accounts with orders of twelve months; old ones had nine before."""
    book = pd.DataFrame(since, index=["orders", "T"]).T
    return book.assign(frequency=book["orders"] - 1 + 9 * (book["T"] > 190))


def test_the_last_twelve_months_are_drawn_towards_all_accounts():
    rates = ordering_rates(MODEL, accounts(A=(24, 200.0)), "W")
    assert rates.expected["A"] == pytest.approx((2 + 24) / (8 + WEEKS) * WEEKS)


def test_a_new_account_is_not_held_to_have_ordered_for_a_year():
    rates = ordering_rates(MODEL, accounts(A=(5, 8.0)), "W")
    assert rates.expected["A"] == pytest.approx((2 + 4) / (8 + 8) * WEEKS)


def test_an_account_of_today_orders_like_all_others():
    rates = ordering_rates(MODEL, accounts(A=(1, 0.0)), "W")
    assert rates.expected["A"] == pytest.approx(2 / 8 * WEEKS)


def test_an_account_silent_for_a_year_hardly_orders():
    rates = ordering_rates(MODEL, accounts(A=(0, 200.0)), "W")
    assert rates.expected["A"] == pytest.approx(2 / (8 + WEEKS) * WEEKS)


@pytest.mark.parametrize("first", ["2024-12-31", "2025-01-01"])
def test_only_a_first_order_within_the_twelve_months_starts_the_clock(first):
    days = pd.to_datetime([first, *[f"2025-{month:02d}-15" for month in range(1, 13)]])
    orders = pd.DataFrame(
        {
            "order_id": [str(place) for place in range(len(days) + 1)],
            "account_id": [*["A"] * len(days), "B"],
            "order_date": [*days, pd.Timestamp("2025-12-31")],
            "net_amount": 10.0,
        }
    )
    portfolio = kamlab.portfolio_from_tables({"orders": orders}, "EUR", "2025-12-31")
    history = purchase_history(portfolio).accounts
    rates = ordering_rates(MODEL, history, "W")
    # Twelve repeat orders in 2025; the first one of all is none.
    assert history.loc["A", "frequency"] == 12
    assert rates.shape["A"] == 2 + 12


def test_the_unit_of_time_does_not_matter():
    weeks = ordering_rates(MODEL, accounts(A=(24, 26.0)), "W")
    in_days = BetaGeoNBD("D").with_parameters(r=2, alpha=56, a=0.5, b=4.5)
    days = ordering_rates(in_days, accounts(A=(24, 182.0)), "D")
    assert days.expected["A"] == pytest.approx(weeks.expected["A"])


def test_regular_orders_are_counted_in_events():
    model = RegularReorderingNBD(k=3).with_parameters(r=2, alpha=3, a=0.2, b=12)
    rates = ordering_rates(model, accounts(A=(24, 200.0)), "W")
    assert rates.expected["A"] == pytest.approx((2 + 72) / (3 + WEEKS) / 3 * WEEKS)


@pytest.mark.parametrize("k", [1, 3])
def test_draws_have_the_expected_mean(k):
    shape = pd.Series([30.0, 400.0])
    rates = OrderingRates(shape, pd.Series([1.2, 2.0]), k)
    drawn = rates.drawn(np.full((20_000, 2), 1.5), np.random.default_rng(5))
    assert drawn.mean(axis=0) == pytest.approx(1.5 * rates.expected, rel=0.02)


def test_regular_orders_vary_less_than_orders_at_random():
    known = pd.Series([1e7])
    at_random = OrderingRates(known, known / 24, 1)
    regular = OrderingRates(known, known / 72, 3)
    years, seed = np.ones((20_000, 1)), np.random.default_rng(5)
    assert at_random.drawn(years, seed).var() == pytest.approx(24, rel=0.05)
    assert regular.drawn(years, seed).var() == pytest.approx(24 / 3, rel=0.10)


def test_who_stays_no_time_orders_nothing():
    known = pd.Series([50.0])
    drawn = OrderingRates(known, known, 1).drawn(
        np.zeros((9, 1)), np.random.default_rng(5)
    )
    assert not drawn.any()
