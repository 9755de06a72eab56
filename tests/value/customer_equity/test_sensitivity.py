"""A point of each thing that customer equity rests on, all else unchanged."""

import numpy as np
import pytest

from kamlab.errors import UsageError
from kamlab.value.customer_equity import (
    equity_sensitivity,
    lifetime_value,
    quarters_ahead,
    value_levers,
)
from kamlab.value.customer_equity.sensitivity import checked_cost, streams_of
from kamlab.value.lifetime import CannotTellError
from tests.value.customer_equity.made_up_books import DAY, bound_until, made_up

MARGIN, RETENTION = "Contribution margin, 1 point", "Retention, 1 point"
DISCOUNT = "Discount rate, 1 point"
GROWTH = "Growth of order value, 1 point"


@pytest.fixture(scope="module")
def values():
    ahead = quarters_ahead(DAY, 0.1, 12)
    return lifetime_value(made_up(60), ahead, model="BG/NBD", repetitions=20)


def test_a_point_of_margin_is_a_hundredth_of_the_revenue_ahead(values):
    row = equity_sensitivity(values).loc[MARGIN]
    revenue = values.streams.discounted_revenue.sum()
    assert row["up"] == pytest.approx(0.01 * revenue)
    assert row["down"] == pytest.approx(-0.01 * revenue)
    assert row["elasticity"] == pytest.approx(1)


def test_discount_is_the_slope_of_the_equity_itself(values):
    row = equity_sensitivity(values).loc[DISCOUNT]
    other = lifetime_value(
        made_up(60), quarters_ahead(DAY, 0.11, 12), model="BG/NBD", repetitions=20
    )
    assert row["up"] == pytest.approx(other.equity.value - values.equity.value)
    assert row["up"] < 0 < row["down"]


def test_retention_matters_more_the_longer_one_looks(values):
    short = lifetime_value(
        made_up(60), quarters_ahead(DAY, 0.1, 4), model="BG/NBD", repetitions=20
    )
    shares = [equity_sensitivity(v).loc[RETENTION, "share"] for v in (short, values)]
    assert 0 < shares[0] < shares[1]


def test_small_steps_are_parts_of_large_ones(values):
    small = equity_sensitivity(values, point=0.0001)["slope"].to_numpy()
    large = equity_sensitivity(values)["slope"].to_numpy()
    assert small == pytest.approx(large / 100, rel=0.001)


def test_the_strongest_lever_comes_first(values):
    assert equity_sensitivity(values)["slope"].abs().is_monotonic_decreasing


def test_acquisition_cost_is_a_row_if_both_of_its_numbers_are_given(values):
    table = equity_sensitivity(values, acquisition_cost=5000, new_accounts=8)
    row = table.loc["Acquisition cost, 1 %"]
    assert (row["down"], row["up"], row["slope"]) == (400, -400, -400)
    assert row["elasticity"] == pytest.approx(-40_000 / values.equity.value)
    with pytest.raises(UsageError, match="new_accounts = None"):
        equity_sensitivity(values, acquisition_cost=5000)


def test_two_points_are_named_so(values):
    assert "Retention, 2 points" in equity_sensitivity(values, point=0.02).index


@pytest.mark.parametrize("point", [0, -0.01, np.nan])
def test_a_point_has_to_be_one(values, point):
    with pytest.raises(UsageError, match="point = "):
        equity_sensitivity(values, point=point)


def test_a_sheet_of_scenarios_has_nothing_to_change():
    book = made_up(60, frequency=0, recency=0.0)
    sheet = lifetime_value(book, quarters_ahead(DAY, 0.1, 4))
    with pytest.raises(CannotTellError, match="retention of the scenarios"):
        streams_of(sheet)


def test_a_cost_below_nothing_is_shown():
    with pytest.raises(UsageError, match=r"cost_once = -3: give 0 or more"):
        checked_cost(-3, "cost_once")


def test_a_point_of_growth_is_worth_more_the_longer_one_looks(values):
    short = lifetime_value(
        made_up(60), quarters_ahead(DAY, 0.1, 4), model="BG/NBD", repetitions=20
    )
    rows = [equity_sensitivity(v).loc[GROWTH] for v in (short, values)]
    assert 0 < rows[0]["share"] < rows[1]["share"]
    # One per cent of no growth is nothing.
    assert all(np.isnan(row["elasticity"]) for row in rows)


def test_below_a_point_the_discount_falls_to_nothing_only():
    ahead = quarters_ahead(DAY, 0.004, 8)
    low = lifetime_value(made_up(60), ahead, model="BG/NBD", repetitions=20)
    row = equity_sensitivity(low).loc[DISCOUNT]
    fine = equity_sensitivity(low, point=0.001)["slope"]["Discount rate, 0.1 points"]
    assert row["slope"] == pytest.approx(10 * fine, rel=0.01)


def test_orders_that_bring_nothing_cannot_be_moved():
    book = made_up(60, order_value=0.0)
    ahead = quarters_ahead(DAY, 0.1, 4)
    worthless = lifetime_value(book, ahead, model="BG/NBD", repetitions=20)
    with pytest.raises(CannotTellError, match="orders of any value"):
        equity_sensitivity(worthless)


def test_where_contracts_end_for_good_retention_is_that_of_the_others():
    accounts = made_up(40).accounts.index
    bound = bound_until(dict.fromkeys(accounts[:37], "2026-03-31"), leaves=True)
    ahead = quarters_ahead(DAY, 0.1, 12)
    values = lifetime_value(
        made_up(40), ahead, bound, "BG/NBD", 20, under_contract="to the end"
    )
    row = equity_sensitivity(values).loc[RETENTION]
    assert values.streams.retention > 0.5
    assert row["down"] < 0 < row["up"]
    # Less than two years' worth of a point, and only of the three that may stay.
    free = values.streams.of(accounts[37:]).equity
    assert row["up"] < 0.05 * free


def test_where_nearly_all_stay_the_slope_is_that_of_the_step_that_is_left():
    bound = bound_until(dict.fromkeys(made_up(40).accounts.index[:39], "2027-12-31"))
    ahead = quarters_ahead(DAY, 0.1, 8)
    values = lifetime_value(
        made_up(40), ahead, bound, "BG/NBD", 20, under_contract="to the end"
    )
    assert 0.97 < values.streams.retention < 1
    fine = equity_sensitivity(values, point=0.0001).loc["Retention, 0.01 points"]
    row = equity_sensitivity(values, point=0.04).loc["Retention, 4 points"]
    assert row["up"] < -row["down"] / 2
    assert row["slope"] == pytest.approx(400 * fine["slope"], rel=0.05)


def test_a_book_whose_contracts_all_end_has_no_retention_to_raise():
    book = made_up(60)
    ends = dict.fromkeys(book.accounts.index, "2026-03-31")
    bound = bound_until(ends, leaves=True)
    values = lifetime_value(
        book,
        quarters_ahead(DAY, 0.1, 4),
        bound,
        model="BG/NBD",
        repetitions=20,
        under_contract="to the end",
    )
    assert values.streams.retention == 0
    assert equity_sensitivity(values).loc[RETENTION, "slope"] == 0
    assert value_levers(values).loc["retention", "gain"] == 0
