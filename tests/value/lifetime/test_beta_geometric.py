"""BG/NBD against the papers, BTYD and CLVTools, on CDNOW's 2,357 customers."""

import numpy as np
import pandas as pd
import pytest

from kamlab.value.lifetime import BetaGeoNBD

PAPER = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}
BTYD = {"r": 0.2425967, "alpha": 4.413659, "a": 0.7929869, "b": 2.426164}


@pytest.fixture(scope="module")
def fitted(cdnow_summary: pd.DataFrame) -> BetaGeoNBD:
    table = cdnow_summary
    return BetaGeoNBD().fit(table["frequency"], table["recency"], table["T"])


def test_cdnow_gives_the_parameters_of_the_paper(fitted: BetaGeoNBD) -> None:
    assert fitted.parameters_.to_dict() == pytest.approx(PAPER, abs=1e-3)
    assert fitted.log_likelihood_ == pytest.approx(-9582.4256, abs=0.001)
    assert fitted.n_accounts_ == 2357
    assert fitted.convergence_.converged
    assert fitted.convergence_.agreed == fitted.convergence_.starts


def test_cdnow_gives_the_parameters_of_btyd(fitted: BetaGeoNBD) -> None:
    assert fitted.parameters_.to_dict() == pytest.approx(BTYD, abs=1e-3)


def test_a_new_customer_orders_as_in_the_papers_sheet(fitted: BetaGeoNBD) -> None:
    weeks = [0.1429, 1, 3, 31.8571, 32, 78]
    sheet = [0.0078, 0.0532, 0.1506, 1.0405, 1.0437, 1.8576]
    assert fitted.expected_orders_of_new(weeks) == pytest.approx(sheet, abs=4e-4)


def test_a_new_customer_orders_as_in_btyd() -> None:
    found = BetaGeoNBD().with_parameters(**BTYD).expected_orders_of_new(52)
    assert found == pytest.approx(1.444004, abs=2e-5)


def test_the_papers_customer_will_order_1_226_times(fitted: BetaGeoNBD) -> None:
    customer = (2, 30.43, 38.86)
    assert fitted.expected_orders(39, *customer) == pytest.approx(1.226, abs=5e-4)
    paper = BetaGeoNBD().with_parameters(**PAPER)
    assert paper.expected_orders("39W", *customer) == pytest.approx(1.226028, abs=2e-5)
    assert paper.probability_alive(*customer) == pytest.approx(0.726579, abs=1e-6)


def test_customer_1516_of_btyd() -> None:
    model = BetaGeoNBD().with_parameters(**BTYD)
    customer = (26, 30.857, 31)
    assert model.expected_orders(52, *customer) == pytest.approx(25.75659, abs=1e-3)
    assert model.probability_alive(*customer) == pytest.approx(0.9688523, abs=1e-5)


def test_more_orders_can_mean_less_hope() -> None:
    """The increasing-frequency paradox: who ordered often is missed sooner."""
    model = BetaGeoNBD().with_parameters(**BTYD)
    counts = [10, 15, 20, 25]
    found = model.expected_orders(52, counts, [20.0] * 4, [39.0] * 4)
    btyd = [0.3474606, 0.04283391, 0.004158973, 0.0003583685]
    assert found.tolist() == pytest.approx(btyd, rel=1e-4)


def test_counts_of_new_customers_are_as_in_btyd() -> None:
    model = BetaGeoNBD().with_parameters(**PAPER)
    assert model.order_probability(10, 2) == pytest.approx(1.07869e-07, rel=1e-4)
    assert model.order_probability(0, 39) == pytest.approx(0.5737864, abs=1e-6)
    found = model.order_probability(np.arange(11, 21), 30)
    btyd = [
        *[0.0019995214, 0.0015170236, 0.0011633150, 0.0009003148, 0.0007023638],
        *[0.0005517902, 0.0004361913, 0.0003467171, 0.0002769613, 0.0002222260],
    ]
    assert found == pytest.approx(btyd, rel=1e-6)


def test_standard_errors_are_those_of_the_likelihoods_curvature(
    fitted: BetaGeoNBD, cdnow_summary: pd.DataFrame
) -> None:
    errors = fitted.standard_errors_
    assert errors.to_dict() == pytest.approx(
        {"r": 0.01256, "alpha": 0.3782, "a": 0.1857, "b": 0.7053}, rel=2e-3
    )
    four_times = BetaGeoNBD().fit(
        *(cdnow_summary[name] for name in ("frequency", "recency", "T")),
        weights=np.full(len(cdnow_summary), 4.0),
    )
    assert (errors / four_times.standard_errors_).tolist() == pytest.approx([2] * 4)


def test_very_loyal_customers_stay_finite() -> None:
    """The stability set of CLVTools, and customers beyond it."""
    model = BetaGeoNBD().with_parameters(r=0.5143, alpha=2.8845, a=0.2856, b=14.1087)
    x = np.array([221, 254, 161, 204, 5_000.0])
    tx = np.array([103.42857, 97.14286, 94.71429, 98.57143, 2_000.0])
    T = np.array([103.57143, 97.28571, 98, 99.42857, 2_600.0])
    alive, ahead = (
        model.probability_alive(x, tx, T),
        model.expected_orders(52, x, tx, T),
    )
    assert np.isfinite(alive).all()
    assert alive.between(0, 1).all()
    rates = (model.parameters_["r"] + x) / (model.parameters_["alpha"] + T)
    assert (ahead <= 52 * rates * alive).all()
    assert (ahead >= 0.5 * 52 * rates * alive).all()


def test_weeks_and_days_tell_the_same_story(cdnow_summary: pd.DataFrame) -> None:
    weeks = BetaGeoNBD(unit="W").fit(*(cdnow_summary[c] for c in cdnow_summary))
    days = BetaGeoNBD(unit="D").fit(
        cdnow_summary["frequency"], cdnow_summary["recency"] * 7, cdnow_summary["T"] * 7
    )
    ratio = days.parameters_ / weeks.parameters_
    assert ratio.tolist() == pytest.approx([1, 7, 1, 1], rel=1e-4)
    assert days.expected_orders("273D", 2, 213, 272) == pytest.approx(
        weeks.expected_orders("39W", 2, 213 / 7, 272 / 7), rel=1e-5
    )
