"""Values are orders times revenue times margin, so "what if" is arithmetic."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.value.customer_equity import lifetime_value, quarters_ahead
from kamlab.value.customer_equity.streams import ValueStreams
from tests.value.customer_equity.made_up_books import DAY, bound_until, made_up

AHEAD = quarters_ahead(DAY, 0.1, 4)


def three() -> ValueStreams:
    """Return accounts that order 10, 5 and 2 a quarter; the last one costs money."""
    index = ["A", "B", "C"]
    orders = pd.DataFrame(np.outer([10, 5, 2], [1, 0.9, 0.81, 0.729]), index)
    orders.columns = pd.Index(AHEAD.ends)
    per_order = pd.Series([100.0, 40.0, 10.0], index)
    margin, service = pd.Series([0.3, 0.4, -0.2], index), pd.Series(0.1, index)
    return ValueStreams(orders, per_order, margin, service, AHEAD)


def money() -> float:
    return float(three().discounted_revenue.sum())


def gain(**changes: float) -> float:
    return three().changed(**changes).equity - three().equity


def test_value_is_summed_by_hand():
    quarters = np.array([1, 0.9, 0.81, 0.729]) @ AHEAD.discount
    assert three().value.to_numpy() == pytest.approx(
        quarters * np.array([10 * 100 * 0.3, 5 * 40 * 0.4, 2 * 10 * -0.2])
    )
    assert three().equity == pytest.approx(three().value.sum())


def test_nothing_changed_is_the_same_value():
    assert gain() == 0


def test_a_price_that_is_higher_goes_straight_into_the_margin():
    assert gain(price=0.02) == pytest.approx(0.02 * money())


def test_orders_that_are_more_bring_their_margin():
    assert gain(volume=0.02) == pytest.approx(0.02 * three().equity)


def test_service_that_is_cheaper_saves_its_share():
    assert gain(service=-0.3) == pytest.approx(0.3 * 0.1 * money())


def test_a_point_of_margin_is_a_hundredth_of_revenue():
    assert gain(margin=0.01) == pytest.approx(0.01 * money())


def test_dearer_prices_and_cheaper_service_add_up():
    both = gain(price=0.05, service=-0.5)
    assert both == pytest.approx(gain(price=0.05) + gain(service=-0.5))


def test_retention_is_that_of_the_pace():
    streams = three()
    lengths = AHEAD.lengths
    fall = 0.729 * lengths[0] / lengths[3]
    years = streams.middle[3] - streams.middle[0]
    assert streams.retention == pytest.approx(fall ** (1 / years))


def test_a_point_of_retention_is_a_point_of_the_pace():
    changed = three().changed(retention=0.01)
    assert changed.retention == pytest.approx(three().retention + 0.01)
    assert changed.orders.iloc[0, 0] > 10


def test_one_quarter_shows_no_retention():
    streams = three()
    first = ValueStreams(
        streams.orders.iloc[:, :1],
        streams.revenue,
        streams.margin,
        streams.service,
        quarters_ahead(DAY, 0.1, 1),
    )
    assert first.retention == 1


def test_discount_does_not_fall_below_nothing():
    assert three().changed(discount_rate=-0.5).quarters.discount_rate == 0


@given(st.floats(-0.3, 0.5), st.floats(-0.3, 0.5))
def test_a_change_and_its_reverse_are_nothing(volume, price):
    there = three().changed(volume=volume, price=price)
    back = there.changed(volume=1 / (1 + volume) - 1, price=1 / (1 + price) - 1)
    assert back.equity == pytest.approx(three().equity)
    assert back.margin.to_numpy() == pytest.approx(three().margin.to_numpy())


@pytest.mark.parametrize(
    ("name", "change"),
    [("price", -1.0), ("volume", -2.0), ("retention", -1.0), ("service", np.nan)],
)
def test_a_change_that_cannot_be_is_named_and_shown(name, change):
    with pytest.raises(UsageError, match=f"{name} = {change}"):
        three().changed(**{name: change})


def test_some_accounts_are_a_part_of_the_equity():
    parts = [three().of(pd.Index(names)).equity for names in (["A"], ["C", "B"])]
    assert sum(parts) == pytest.approx(three().equity)


def test_an_account_without_a_value_is_named():
    with pytest.raises(UsageError, match="account 'Z' has no value"):
        three().of(pd.Index(["A", "Z"]))


def test_streams_of_a_book_are_its_values_on_every_basis():
    margin = pd.Series(0.3, made_up(60).accounts.index).mask(
        lambda s: s.index == "A003"
    )
    book = made_up(60, contribution_margin=margin)
    bound = bound_until({"A001": "2026-06-30", "A003": "2026-06-30"})
    values = lifetime_value(book, AHEAD, bound, model="BG/NBD", repetitions=20)
    known = values.accounts["value"].dropna()
    assert "A003" not in known.index
    assert np.allclose(values.streams.value[known.index], known)
    assert values.streams.equity == pytest.approx(values.equity.value)


def test_growth_of_order_values_counts_from_today():
    growing = three().changed(growth=0.10)
    middle = AHEAD.middle
    expected = (three().orders * 1.1**middle * AHEAD.discount).sum(axis=1)
    assert growing.discounted_revenue.to_numpy() == pytest.approx(
        (expected * three().revenue).to_numpy()
    )
    assert growing.changed(growth=-0.10).equity == pytest.approx(three().equity)


def test_where_nobody_stays_retention_changes_nothing():
    streams = three()
    orders = streams.orders.copy()
    orders.iloc[:, -1] = 0.0
    leaving = replace(streams, orders=orders)
    assert leaving.retention == 0
    assert leaving.changed(retention=0.05).equity == leaving.equity
    assert leaving.changed(volume=0.1).equity == pytest.approx(1.1 * leaving.equity)


@pytest.mark.parametrize("accounts", ["A", ["A", "A"]])
def test_accounts_are_a_list_that_names_each_once(accounts):
    with pytest.raises(UsageError, match="names each account once"):
        three().of(accounts)


def test_more_than_everybody_cannot_stay():
    streams = three()
    all_stay = streams.changed(retention=1 - streams.retention)
    assert all_stay.retention == pytest.approx(1)
    assert streams.changed(retention=0.9).equity == pytest.approx(all_stay.equity)
    with pytest.raises(UsageError, match="retention = 2: give a change of 1 at most"):
        streams.changed(retention=2)


def test_nobody_leaves_before_the_contract_ends():
    bound = pd.Series([AHEAD.days[1] / 365.25, 0.0, 0.0], ["A", "B", "C"])
    streams = replace(three(), bound=bound)
    plain, better = streams.orders, streams.changed(retention=0.05).orders
    assert better.iloc[0, :2].tolist() == plain.iloc[0, :2].tolist()
    assert (better.iloc[0, 2:] > plain.iloc[0, 2:]).all()
    assert (better.iloc[1:] > plain.iloc[1:]).all(axis=None)
    assert streams.of(pd.Index(["B", "A"])).bound.tolist() == [0.0, bound["A"]]


def test_who_leaves_for_good_says_nothing_of_how_the_others_stay():
    streams = three()
    orders = streams.orders.copy()
    orders.loc["A"] = [10.0, 0.0, 0.0, 0.0]
    bound = pd.Series([AHEAD.lengths[0], 0.0, 0.0], ["A", "B", "C"])
    leaving = replace(streams, orders=orders, bound=bound)
    assert leaving.retention == pytest.approx(streams.retention)
    stay = streams.of(pd.Index(["B", "C"]))
    gained = leaving.changed(retention=0.01).equity - leaving.equity
    assert gained == pytest.approx(stay.changed(retention=0.01).equity - stay.equity)
