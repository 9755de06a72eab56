"""Values of several bases stand side by side, each account once."""

import numpy as np
import pandas as pd
import pytest

from kamlab.value.customer_equity.valued import Valued, together


def some(names: str, basis: str = "x", futures: int = 200) -> Valued:
    rng = np.random.default_rng(len(names))
    worth = np.arange(1.0, len(names) + 1) * 100
    frame = pd.DataFrame({"value": worth}, index=list(names))
    return Valued(frame, rng.gamma(4, worth / 4, (futures, len(names))), basis)


def test_intervals_hold_their_values_and_leave_the_tails_outside():
    valued = some("ABC")
    frame = valued.with_intervals(0.8)
    assert (frame["low"] <= frame["value"]).all()
    assert (frame["value"] <= frame["high"]).all()
    inside = (valued.futures >= frame["low"].to_numpy()) & (
        valued.futures <= frame["high"].to_numpy()
    )
    assert inside.mean(axis=0) == pytest.approx([0.8] * 3, abs=0.02)


def test_a_small_chance_of_much_does_not_leave_the_value_outside():
    frame = pd.DataFrame({"value": [5.0]}, index=["A"])
    valued = Valued(frame, np.array([0.0] * 99 + [500.0])[:, None], "x")
    ends = valued.with_intervals(0.9).loc["A"]
    assert (ends["low"], ends["value"], ends["high"]) == (0, 5, 5)
    assert valued.total(0.9).high == 5


def test_no_order_of_an_account_that_costs_is_nothing_and_not_minus_nothing():
    frame = pd.DataFrame({"value": [-5.0, -0.0]}, index=["A", "B"])
    futures = np.array([[-9.0, -0.0], [-0.0, -0.0], [-0.0, -0.0]])
    ends = Valued(frame, futures, "x").with_intervals(0.5)
    ends = ends[["value", "low", "high"]].to_numpy()
    assert ends[:, 2].tolist() == [0, 0]
    assert not np.signbit(ends[ends == 0]).any()


def test_the_sum_of_independent_accounts_is_surer_than_the_sum_of_their_limits():
    frame = some("ABCDEFGH").with_intervals(0.95)
    total = some("ABCDEFGH").total(0.95)
    assert total.value == frame["value"].sum() == 3600
    assert total.low > frame["low"].sum()
    assert total.high < frame["high"].sum()
    assert total.n == 8


def test_nobody_has_no_total():
    nobody = some("AB").without(pd.Index(["A", "B"]))
    assert nobody.total(0.95).cannot_tell
    assert nobody.with_intervals(0.95).empty


def test_an_account_on_two_bases_is_refused():
    with pytest.raises(ValueError, match="overlapping"):
        together([some("AB"), some("BC")])


def test_the_sum_of_the_parts_is_the_whole():
    whole = together([some("AB"), some("CDE", "y")])
    assert whole.total(0.95).value == 300 + 600
    assert whole.futures.shape == (200, 5)


def test_leaving_accounts_out_keeps_the_others_as_they_were():
    left = some("ABC").without(pd.Index(["B", "Z"]))
    assert left.accounts.index.tolist() == ["A", "C"]
    assert np.array_equal(left.futures, some("ABC").futures[:, [0, 2]])


def test_futures_of_one_refit_count_less_than_as_many_of_their_own():
    frame = pd.DataFrame({"value": [100.0]}, index=["A"])
    alone = np.random.default_rng(3).normal(100, 10, (200, 1))
    alike = np.repeat(alone[:40], 5, axis=0)
    plain = np.quantile(alike, [0.025, 0.975])
    told = Valued(frame, alike, "x").total(0.95)
    assert told.low < plain[0] < plain[1] < told.high
    # Forty draws leave nobody outside 95 %, two hundred do.
    assert (told.low, told.high) == pytest.approx((alike.min(), alike.max()), rel=0.01)
    wide = Valued(frame, alone, "x").total(0.95)
    assert alone.min() < wide.low < wide.high < alone.max()
