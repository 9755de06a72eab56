"""Where the usual model degenerates it says so, and regular re-ordering helps."""

from pathlib import Path

import pandas as pd
import pytest

from kamlab.value.lifetime import BetaGeoNBD, RegularReorderingNBD, order_counts

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def retailer(shared_datasets: Path) -> pd.DataFrame:
    file = shared_datasets / "online_retail" / "online_retail_I.parquet"
    lines = pd.read_parquet(file).dropna(subset=["CustomerID"])
    sold = lines[(lines["Quantity"] > 0) & (lines["UnitPrice"] > 0)]
    days = sold[["CustomerID", "InvoiceDate"]]
    days = days.set_axis(["customer_id", "order_date"], axis=1)
    return order_counts(days, "2011-12-09")


def test_nearly_nobody_seems_to_leave_and_the_fit_says_so(
    retailer: pd.DataFrame,
) -> None:
    three = [retailer[name] for name in ("frequency", "recency", "T")]
    fitted = BetaGeoNBD().fit(*three)
    assert len(retailer) == 4338
    assert fitted.parameters_["a"] == pytest.approx(0.003, abs=0.001)
    assert fitted.convergence_.converged
    notes = " ".join(fitted.convergence_.notes)
    assert "nearly flat in a, b" in notes
    assert "hardly anybody seems to leave after an order" in notes
    assert "a and b are not known by themselves" in notes


def test_regular_orders_tell_who_has_left(retailer: pd.DataFrame) -> None:
    three = [retailer[name] for name in ("frequency", "recency", "T")]
    fitted = RegularReorderingNBD().fit(*three, log_gaps=retailer["log_gaps"])
    assert fitted.k_ == 2
    gained = fitted.log_likelihood_by_k_[2] - fitted.log_likelihood_by_k_[1]
    assert gained > 500
    assert fitted.leaving_after_an_order == pytest.approx(0.04, abs=0.01)
    assert fitted.convergence_.notes == ()
