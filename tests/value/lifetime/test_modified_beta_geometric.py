"""MBG/NBD: as BG/NBD, but silence counts against one-time customers, too."""

import pandas as pd
import pytest

from kamlab.value.lifetime import BetaGeoNBD, ModifiedBetaGeoNBD

CDNOW = {"r": 0.52484, "alpha": 6.18299, "a": 0.89136, "b": 1.61400}


def test_cdnow_gives_the_reference_values(cdnow_summary: pd.DataFrame) -> None:
    model = ModifiedBetaGeoNBD().fit(*(cdnow_summary[c] for c in cdnow_summary))
    assert model.parameters_.to_dict() == pytest.approx(CDNOW, abs=2e-5)
    assert model.convergence_.converged


def test_a_one_time_customer_fades_here_and_stays_for_ever_under_bg_nbd() -> None:
    modified = ModifiedBetaGeoNBD().with_parameters(**CDNOW)
    usual = BetaGeoNBD().with_parameters(**CDNOW)
    silence = [0.0, 10.0, 50.0, 500.0]
    faded = modified.probability_alive([0] * 4, [0.0] * 4, silence)
    assert faded.is_monotonic_decreasing
    assert faded[0] == pytest.approx(CDNOW["b"] / (CDNOW["a"] + CDNOW["b"]))
    assert (usual.probability_alive([0] * 4, [0.0] * 4, silence) == 1).all()


def test_some_new_customers_leave_at_once() -> None:
    modified = ModifiedBetaGeoNBD().with_parameters(r=2, alpha=4, a=1, b=1)
    never_again = modified.order_probability(0, 10_000)
    assert never_again == pytest.approx(0.5, abs=1e-4)
