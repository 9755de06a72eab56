"""Time-driven activity-based costing, against its authors' own figures."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.value.cost_to_serve import capacity_rates, cost_to_serve
from tests.conftest import examples


def pools(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["pool", "cost", "capacity_minutes"])


def work(*rows: tuple) -> pd.DataFrame:
    columns = ["account_id", "activity", "pool", "minutes"]
    return pd.DataFrame(rows, columns=columns)


#: Kaplan and Anderson (2004): 28 people, 25,000 minutes a quarter each.
SERVICE = pools(("service", 560_000, 700_000))
QUARTER = {"order": (49_000, 8), "inquiry": (1_400, 44), "credit check": (2_500, 50)}
ALL_WORK = work(*[("all", a, "service", n * m) for a, (n, m) in QUARTER.items()])


def test_kaplan_and_andersons_minute_costs_80_cents():
    assert capacity_rates(SERVICE).loc["service", "rate"] == 0.80


@pytest.mark.parametrize(
    ("activity", "each"), [("order", 6.40), ("inquiry", 35.20), ("credit check", 40.00)]
)
def test_kaplan_and_andersons_cost_of_each_activity(activity: str, each: float):
    served = cost_to_serve(ALL_WORK, capacity_rates(SERVICE))
    number, _ = QUARTER[activity]
    cost = served.by_activity.loc["all", activity]
    assert cost / number == pytest.approx(each, abs=1e-12)


def test_kaplan_and_andersons_unused_capacity_closes_exactly():
    served = cost_to_serve(ALL_WORK, capacity_rates(SERVICE))
    pool = served.pools.loc["service"]
    assert pool["used_minutes"] == 578_600
    assert pool["used_cost"] == pytest.approx(462_880, abs=1e-9)
    assert pool["unused_minutes"] == 121_400
    assert pool["unused_cost"] == pytest.approx(97_120, abs=1e-9)
    assert served.total["all"] == pytest.approx(462_880, abs=1e-9)


def test_periods_of_a_pool_are_added_up():
    rates = capacity_rates(pools(("desk", 100, 50), ("desk", 140, 70)))
    assert rates.loc["desk"].tolist() == [240, 120, 2.0]


def test_a_pool_used_beyond_capacity_is_told_and_not_cut():
    served = cost_to_serve(
        work(("A", "call", "desk", 150.0)), capacity_rates(pools(("desk", 100, 100)))
    )
    pool = served.pools.loc["desk"]
    assert (pool["utilisation"], pool["unused_cost"]) == (1.5, -50.0)
    assert served.total["A"] == 150.0


def test_an_idle_pool_is_all_unused():
    rates = capacity_rates(pools(("desk", 100, 100), ("store", 60, 20)))
    served = cost_to_serve(work(("A", "call", "desk", 10.0)), rates)
    assert served.pools.loc["store", ["used_cost", "unused_cost"]].tolist() == [0, 60]
    assert served.by_pool.columns.tolist() == ["desk", "store"]
    assert served.unused_cost == 150.0


def test_a_pool_that_costs_nothing_needs_no_capacity():
    rates = capacity_rates(pools(("volunteers", 0, 0)))
    assert rates.loc["volunteers", "rate"] == 0.0


def test_work_without_a_standard_costs_nothing_here():
    rows = work(("A", "call", "desk", 10.0), ("B", "email", None, np.nan))
    served = cost_to_serve(rows, capacity_rates(pools(("desk", 100, 100))))
    assert served.total.to_dict() == {"A": 10.0, "B": 0.0}
    assert served.by_activity.columns.tolist() == ["call"]


def test_nobody_served_leaves_all_capacity():
    served = cost_to_serve(work(), capacity_rates(pools(("desk", 100, 100))))
    assert served.total.empty
    assert served.unused_cost == 100.0


def test_what_cannot_be_is_refused_with_its_value():
    with pytest.raises(
        UsageError, match=r"pool 'desk' costs 100\.00, but its capacity"
    ):
        capacity_rates(pools(("desk", 100, 0)))
    with pytest.raises(UsageError, match="costs has no column 'capacity_minutes'"):
        capacity_rates(pools().drop(columns="capacity_minutes"))
    rates = capacity_rates(SERVICE)
    with pytest.raises(UsageError, match="pool 'servce', which is not in rates: did"):
        cost_to_serve(work(("A", "call", "servce", 1.0)), rates)
    with pytest.raises(UsageError, match=r"minutes of 'A' for 'call' are -1\.0"):
        cost_to_serve(work(("A", "call", "service", -1.0)), rates)
    with pytest.raises(UsageError, match="workload has no column 'minutes'"):
        cost_to_serve(work().drop(columns="minutes"), rates)


WORK = st.lists(
    st.tuples(
        st.sampled_from("ABCD"),
        st.sampled_from(["order", "call"]),
        st.sampled_from(["desk", "store"]),
        st.integers(0, 5000).map(float),
    ),
    min_size=1,
    max_size=20,
)


@settings(max_examples=examples(30))
@given(WORK, st.integers(1, 10**6), st.integers(1, 10**6))
def test_used_and_unused_cost_are_what_a_pool_cost(rows, cost, capacity):
    rates = capacity_rates(pools(("desk", cost, capacity), ("store", 70, 35)))
    served = cost_to_serve(work(*rows), rates)
    both = served.pools["used_cost"] + served.pools["unused_cost"]
    assert np.allclose(both, served.pools["cost"])
    assert served.total.sum() == pytest.approx(served.pools["used_cost"].sum())
    assert served.minutes.sum(axis=1).tolist() == served.by_pool.sum(axis=1).tolist()


@settings(max_examples=examples(30))
@given(WORK, st.floats(0.01, 100))
def test_another_currency_scales_money_and_leaves_minutes(rows, factor):
    costs = pools(("desk", 900, 450), ("store", 70, 35))
    other = costs.assign(cost=costs["cost"] * factor)
    one = cost_to_serve(work(*rows), capacity_rates(costs))
    two = cost_to_serve(work(*rows), capacity_rates(other))
    assert np.allclose(two.by_activity, one.by_activity * factor)
    assert np.allclose(two.pools["unused_cost"], one.pools["unused_cost"] * factor)
    assert two.minutes.equals(one.minutes)
    assert two.pools["utilisation"].equals(one.pools["utilisation"])


def test_without_any_timed_work_all_capacity_is_unused():
    untimed = work(("A", "call", None, np.nan)).astype({"pool": "str"})
    for done in (untimed, untimed.iloc[:0]):
        served = cost_to_serve(done, capacity_rates(SERVICE))
        assert served.unused_cost == 560_000
        assert served.total.to_dict() == dict.fromkeys(done["account_id"], 0.0)
