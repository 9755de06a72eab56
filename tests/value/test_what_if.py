"""What if: every answer closes to the cent, and idle capacity is not saved."""

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.value.what_if import price_differently, serve_differently, stop_serving
from tests.conftest import examples

COLUMNS = ["revenue", "cost_of_goods", "direct_costs", "cost_to_serve"]

cents = st.integers(0, 10**9).map(lambda amount: amount / 100)
shares = st.floats(0, 1)
# Every example builds several frames; forty of them say as much as a hundred.
few = settings(max_examples=examples(40))


def book(*rows: list[float]) -> pd.DataFrame:
    """Return a profit table of accounts A, B, … whose parts add up."""
    table = pd.DataFrame(rows, index=list("ABCDEF")[: len(rows)], columns=COLUMNS)
    return table.astype(float).assign(contribution=table.sum(axis=1))


#: Margin 300, cost to serve 320, as Wetterau; and an account that earns.
WETTERAU = book([1000, -650, -50, -320], [2000, -1200, -100, -200])
RUSH = pd.DataFrame({"rush_order": [200.0, 40.0], "visit": [120.0, 160.0]}, list("AB"))

tables = st.lists(st.tuples(cents, cents, cents, cents), min_size=1, max_size=5).map(
    lambda rows: book(*[[r, -c, -d, -s] for r, c, d, s in rows])
)


def _earning(rows: list[tuple]) -> pd.DataFrame:
    """Accounts of which goods take 60 %, freight and service 10 % each at most."""
    return book(*[[r, -0.6 * r * c, -0.1 * r * d, -0.1 * r * s] for r, c, d, s in rows])


earning = st.lists(
    st.tuples(st.floats(1, 1e7), shares, shares, st.floats(0.01, 1)),
    min_size=1,
    max_size=5,
).map(_earning)


def in_cents(amount: float) -> int:
    return round(amount * 100)


def room(table: pd.DataFrame) -> float:
    """What adding up floats may change."""
    return 1e-9 * (1 + table.abs().to_numpy().sum())


# --- serve differently ---------------------------------------------------------------


def test_half_the_rush_orders_save_half_their_cost() -> None:
    found = serve_differently(WETTERAU, "A", {"rush_order": 0.5}, RUSH)
    assert found.change == 100
    assert found.by_account.to_dict() == {"A": 100}
    assert found.after.loc["A", "cost_to_serve"] == -220
    assert (found.total_before, found.total_after) == (480, 580)


def test_all_work_and_direct_costs_can_change_together() -> None:
    found = serve_differently(WETTERAU, ["A", "B"], 0.9, direct=0.5)
    assert found.by_account.to_dict() == pytest.approx({"A": 57, "B": 70})


def test_a_saving_that_is_not_carried_through_is_unused_capacity() -> None:
    found = serve_differently(WETTERAU, "A", {"rush_order": 0.5}, RUSH, avoidable=0.4)
    assert found.change == pytest.approx(40)
    assert found.unused == pytest.approx(60)
    assert found.change + found.unused == pytest.approx(100)


def test_the_change_may_cost_what_it_brings() -> None:
    found = serve_differently(WETTERAU, "A", {"rush_order": 0.5}, RUSH)
    assert (found.break_even, found.break_even_of) == (100, "cost of the change")


def test_more_work_is_paid_in_full_even_if_savings_are_not() -> None:
    found = serve_differently(WETTERAU, "A", {"visit": 1.5}, RUSH, avoidable=0.0)
    assert found.change == -60
    assert found.unused == 0
    assert found.break_even == 0


def test_an_account_without_an_activity_saves_none() -> None:
    found = serve_differently(WETTERAU, "A", {"visit": 0}, RUSH.drop("A"))
    assert found.change == 0


def test_an_unknown_activity_is_named_with_a_hint() -> None:
    with pytest.raises(UsageError, match=r"'rush_orders'.*did you mean 'rush_order'"):
        serve_differently(WETTERAU, "A", {"rush_orders": 0.5}, RUSH)


def test_single_activities_need_their_cost() -> None:
    with pytest.raises(UsageError, match="names single activities"):
        serve_differently(WETTERAU, "A", {"rush_order": 0.5})


# --- price differently ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("margin", "discount", "growth"), [(0.4, 0.2, 1.0), (0.4, 0.3, 3.0)]
)
def test_break_even_of_a_discount_is_the_textbooks(
    margin: float, discount: float, growth: float
) -> None:
    plain = book([100, -100 * (1 - margin), 0, 0])
    found = price_differently(plain, "A", price=-discount)
    assert found.break_even == pytest.approx(-growth)
    assert found.break_even == pytest.approx(-discount / (margin - discount))


def test_ten_per_cent_more_on_a_margin_of_forty_may_lose_a_fifth_of_the_volume() -> (
    None
):
    found = price_differently(book([100, -60, 0, 0]), "A", price=0.1)
    assert found.break_even == pytest.approx(0.2)


def test_a_price_without_loss_is_pure_gain() -> None:
    assert price_differently(WETTERAU, "A", price=0.03).change == pytest.approx(30)


def test_a_surcharge_by_account_is_paid_on_what_is_still_bought() -> None:
    fees = pd.Series({"A": 70.0, "B": 0.0})
    found = price_differently(WETTERAU, ["A", "B"], surcharge=fees)
    assert found.change == 70
    half = price_differently(WETTERAU, "A", surcharge=fees, volume_lost=0.5)
    assert half.after.loc["A", "revenue"] == 535


def test_lost_volume_leaves_its_cost_to_serve_behind() -> None:
    found = price_differently(WETTERAU, "A", volume_lost=0.5)
    assert found.after.loc["A", "cost_to_serve"] == -320
    assert found.unused == 160
    carried = price_differently(WETTERAU, "A", volume_lost=0.5, avoidable=1.0)
    assert carried.after.loc["A", "cost_to_serve"] == -160
    assert carried.unused == 0


def test_more_volume_needs_more_work() -> None:
    found = price_differently(WETTERAU, "A", price=-0.1, volume_lost=-0.5)
    assert found.after.loc["A", "cost_to_serve"] == -480
    assert found.unused == 0


def test_where_each_unit_costs_more_than_it_brings_volume_decides_nothing() -> None:
    table = book([100, -130, 0, 0])
    assert price_differently(table, "A", price=0.1).break_even == np.inf
    assert price_differently(table, "A", price=-0.1).break_even == -np.inf
    gone = price_differently(table, "A", price=0.1, volume_lost=1.0)
    assert gone.change == 30


@few
@given(earning, st.floats(0.001, 0.5), shares)
def test_at_break_even_a_price_neither_wins_nor_loses(
    table: pd.DataFrame, price: float, avoidable: float
) -> None:
    change = {"price": price, "avoidable": avoidable}
    found = price_differently(table, table.index, **change)
    assert 0 < found.break_even < 1
    there = price_differently(
        table, table.index, volume_lost=found.break_even, **change
    )
    assert there.change == pytest.approx(0, abs=room(table))


@few
@given(earning, st.floats(-0.05, -0.001))
def test_at_break_even_a_discount_neither_wins_nor_loses(
    table: pd.DataFrame, price: float
) -> None:
    found = price_differently(table, table.index, price=price)
    assert found.break_even < 0
    there = price_differently(
        table, table.index, price=price, volume_lost=found.break_even
    )
    assert there.change == pytest.approx(0, abs=room(table))


# --- stop serving --------------------------------------------------------------------


def test_on_the_day_after_the_margin_is_gone_and_the_cost_is_not() -> None:
    found = stop_serving(WETTERAU, "A", avoidable=0.0)
    assert found.change == -300
    assert found.unused == 320
    assert found.total_after == 180


def test_only_if_all_capacity_goes_the_loss_goes() -> None:
    found = stop_serving(WETTERAU, "A", avoidable=1.0)
    assert found.change == 20
    assert found.unused == 0


def test_break_even_of_parting_is_margin_over_cost_to_serve() -> None:
    found = stop_serving(WETTERAU, "A", avoidable=0.0)
    assert found.break_even == pytest.approx(300 / 320)
    there = stop_serving(WETTERAU, "A", avoidable=found.break_even)
    assert there.change == pytest.approx(0)


def test_parting_with_an_account_that_earns_never_wins() -> None:
    found = stop_serving(WETTERAU, "B", avoidable=1.0)
    assert found.break_even > 1
    assert found.change < 0


def test_an_account_without_margin_may_go_at_once() -> None:
    table = book([100, -120, 0, -10])
    assert stop_serving(table, "A", avoidable=0.0).break_even == 0


def test_without_work_there_is_no_break_even() -> None:
    assert np.isnan(stop_serving(book([100, -60, 0, 0]), "A", 1.0).break_even)


# --- identities ----------------------------------------------------------------------


@few
@given(tables, shares)
def test_stopping_closes_to_the_cent(table: pd.DataFrame, avoidable: float) -> None:
    found = stop_serving(table, table.index, avoidable)
    margin = table[COLUMNS[:3]].to_numpy().sum()
    saved = -avoidable * table["cost_to_serve"].sum()
    assert found.change == pytest.approx(saved - margin, abs=room(table))
    assert found.unused == pytest.approx(
        -(1 - avoidable) * table["cost_to_serve"].sum(), abs=room(table)
    )


@few
@given(tables, st.floats(0, 2), shares)
def test_the_totals_of_all_accounts_differ_by_the_change(
    table: pd.DataFrame, factor: float, avoidable: float
) -> None:
    found = serve_differently(table, table.index[0], factor, avoidable=avoidable)
    gap = found.total_after - found.total_before
    assert gap == pytest.approx(found.change, abs=room(table))
    assert found.total_before == pytest.approx(
        table["contribution"].sum(), abs=room(table)
    )


@few
@given(tables, st.floats(-0.5, 0.5), st.floats(-1, 1))
def test_parts_after_a_change_add_up_to_the_contribution(
    table: pd.DataFrame, price: float, volume_lost: float
) -> None:
    found = price_differently(table, table.index, price=price, volume_lost=volume_lost)
    for frame in (found.before, found.after):
        sums = frame[COLUMNS].sum(axis=1)
        assert np.allclose(sums, frame["contribution"], rtol=0, atol=room(table))


def test_a_change_in_cents_is_exact() -> None:
    table = book([1000.10, -650.07, -50.03, -320.11])
    found = price_differently(table, "A", price=0.03, volume_lost=0.10)
    by_hand = (
        Fraction(9, 10)
        * (Fraction(100010, 100) * Fraction(103, 100) - Fraction(70010, 100))
        - Fraction(32011, 100)
        - (Fraction(100010, 100) - Fraction(70010, 100) - Fraction(32011, 100))
    )
    assert found.change == pytest.approx(float(by_hand), abs=1e-9)


@few
@given(earning, shares, st.floats(1e-2, 1e2))
def test_another_currency_changes_no_break_even(
    table: pd.DataFrame, avoidable: float, rate: float
) -> None:
    one = stop_serving(table, table.index, avoidable).break_even
    other = stop_serving(table * rate, table.index, avoidable).break_even
    assert other == pytest.approx(one, rel=1e-6, nan_ok=True)


def test_no_change_changes_nothing() -> None:
    assert in_cents(serve_differently(WETTERAU, "A", 1.0).change) == 0
    assert in_cents(price_differently(WETTERAU, "A").change) == 0


# --- arguments -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: stop_serving(WETTERAU, "A", 50), "avoidable = 50"),
        (lambda: stop_serving(WETTERAU, "X", 0.5), "account 'X' is not in"),
        (lambda: stop_serving(WETTERAU, [], 0.5), "name at least one"),
        (lambda: serve_differently(WETTERAU, "A", -0.5), "activities = -0.5"),
        (lambda: serve_differently(WETTERAU, "A", 1.0, direct="no"), "direct = 'no'"),
        (lambda: price_differently(WETTERAU, "A", price=-1.5), "price = -1.5"),
        (lambda: price_differently(WETTERAU, "A", volume_lost=20), "volume_lost = 20"),
        (
            lambda: price_differently(WETTERAU, "A", surcharge={"B": 1.0}),
            "account 'A' has no surcharge",
        ),
    ],
)
def test_arguments_that_cannot_be_right_are_refused(call, told: str) -> None:
    with pytest.raises(UsageError) as refused:
        call()
    assert told in str(refused.value)
