"""Regular re-ordering is recognised, and makes silence speak sooner."""

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import DataError, UsageError
from kamlab.value.lifetime import ModifiedBetaGeoNBD, RegularReorderingNBD
from kamlab.value.lifetime.regular_reordering import MOST_REGULAR
from tests.conftest import slow

TRUTH = {"r": 1.5, "alpha": 3.0, "a": 0.6, "b": 4.0}
NAMES = ["frequency", "recency", "T"]


def book(k: int, n: int, seed: int) -> pd.DataFrame:
    model = RegularReorderingNBD(k=k).with_parameters(**TRUTH)
    return model.simulate(np.full(n, 52.0), random_state=seed)


@pytest.mark.parametrize("seed", [21, slow(22), slow(23)])
@pytest.mark.parametrize("k", [1, 2, 4])
def test_the_planted_regularity_is_found(k: int, seed: int) -> None:
    past = book(k, 1_500, seed)
    fitted = RegularReorderingNBD().fit(
        *(past[name] for name in NAMES), log_gaps=past["log_gaps"]
    )
    assert fitted.k_ == k
    assert fitted.log_likelihood_by_k_.idxmax() == k
    assert fitted.log_likelihood_ == pytest.approx(
        fitted.log_likelihood_by_k_[k], abs=0.01
    )
    error = (fitted.parameters_ - pd.Series(TRUTH)).abs()
    assert (error < 4 * fitted.standard_errors_).all()


def test_shuffled_gaps_hide_the_regularity() -> None:
    """With gaps cut at random the same counts look like orders at random."""
    past = book(4, 1_500, seed=21)
    rng = np.random.default_rng(5)
    x, tx = past["frequency"].to_numpy(), past["recency"].to_numpy()
    random_gaps = [
        np.log(rng.dirichlet(np.ones(n)) * last).sum() if n else 0.0
        for n, last in zip(x, tx, strict=True)
    ]
    fitted = RegularReorderingNBD().fit(
        *(past[name] for name in NAMES), log_gaps=np.array(random_gaps)
    )
    assert fitted.k_ < 4


def test_with_k_1_it_is_the_mbg_nbd() -> None:
    past = book(1, 500, seed=3)
    three = [past[name] for name in NAMES]
    regular = RegularReorderingNBD(k=1).fit(*three)
    modified = ModifiedBetaGeoNBD().fit(*three)
    pd.testing.assert_series_equal(regular.parameters_, modified.parameters_)
    assert regular.log_likelihood_ == modified.log_likelihood_


def test_cdnow_customers_come_at_random(cdnow_orders: pd.DataFrame) -> None:
    from kamlab.value.lifetime import order_counts

    past = order_counts(cdnow_orders, "1997-09-30")
    fitted = RegularReorderingNBD().fit(
        *(past[name] for name in NAMES), log_gaps=past["log_gaps"]
    )
    assert fitted.k_ == 1
    assert fitted.parameters_["r"] == pytest.approx(0.5248, abs=1e-4)
    assert list(fitted.log_likelihood_by_k_.index) == [1, 2, 3]


def test_the_unit_of_time_does_not_change_the_regularity() -> None:
    past = book(3, 800, seed=8)
    weeks = RegularReorderingNBD().fit(
        *(past[name] for name in NAMES), log_gaps=past["log_gaps"]
    )
    days = RegularReorderingNBD(unit="D").fit(
        past["frequency"],
        past["recency"] * 7,
        past["T"] * 7,
        log_gaps=past["log_gaps"] + past["frequency"] * np.log(7),
    )
    assert days.k_ == weeks.k_ == 3
    ratio = days.parameters_ / weeks.parameters_
    assert ratio.tolist() == pytest.approx([1, 7, 1, 1], rel=1e-3)
    assert days.log_likelihood_ == pytest.approx(
        weeks.log_likelihood_ - past["frequency"].sum() * np.log(7), abs=0.01
    )


def test_nearly_by_the_clock_is_told() -> None:
    past = book(MOST_REGULAR, 400, seed=2)
    equal = past["frequency"] * np.log(
        (past["recency"] / past["frequency"].clip(lower=1)).where(
            past["frequency"] > 0, 1
        )
    )
    fitted = RegularReorderingNBD().fit(*(past[name] for name in NAMES), log_gaps=equal)
    assert fitted.k_ == MOST_REGULAR
    assert any("nearly by the clock" in note for note in fitted.convergence_.notes)


def test_regularity_needs_the_gaps_or_a_given_k() -> None:
    past = book(2, 100, seed=1)
    with pytest.raises(UsageError, match=r"k = None and log_gaps = None: .*order_coun"):
        RegularReorderingNBD().fit(*(past[name] for name in NAMES))
    with pytest.raises(UsageError, match="k = 13: give a whole number from 1"):
        RegularReorderingNBD(k=13).fit(*(past[name] for name in NAMES))
    with pytest.raises(UsageError, match="k = None: give a whole number"):
        RegularReorderingNBD().with_parameters(**TRUTH)


def test_gaps_in_another_unit_are_noticed() -> None:
    past = book(2, 100, seed=1)
    three = [past[name] for name in NAMES]
    days = past["log_gaps"] + past["frequency"] * np.log(7)
    with pytest.raises(DataError, match=r"account \d+: log_gaps = .* in one unit"):
        RegularReorderingNBD().fit(*three, log_gaps=days)
    with pytest.raises(UsageError, match=r"log_gaps has shape \(99,\) for 100"):
        RegularReorderingNBD().fit(*three, log_gaps=past["log_gaps"].iloc[:99])


def test_gaps_of_other_accounts_are_not_taken_by_position():
    model = RegularReorderingNBD(k=3).with_parameters(r=2, alpha=2, a=1, b=9)
    past = model.simulate(np.full(60, 52.0), random_state=1)
    three = [past[name] for name in NAMES]
    shuffled = past["log_gaps"].iloc[::-1]
    with pytest.raises(UsageError, match="log_gaps and frequency name different"):
        RegularReorderingNBD().fit(*three, log_gaps=shuffled)
