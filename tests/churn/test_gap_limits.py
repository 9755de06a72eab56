import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.churn.gap_limits import gap_limits
from kamlab.errors import UsageError


@given(st.lists(st.integers(0, 400), min_size=1, max_size=40), st.floats(0.05, 0.95))
def test_limit_is_hyndman_and_fans_sixth_definition(gaps, quantile) -> None:
    found = gap_limits(pd.Series(gaps, ["A"] * len(gaps), dtype=float), quantile)
    expected = np.quantile(gaps, quantile, method="weibull")
    assert found.loc["A", "limit"] == pytest.approx(expected)
    assert found.loc["A", "usual_gap"] == pytest.approx(np.median(gaps))


def test_accounts_keep_their_own_gaps() -> None:
    gaps = pd.Series([30.0, 1, 10, 3, 20, 2], list("BABABA"))
    limits = gap_limits(gaps)
    assert limits["limit"].to_dict() == {"A": 3.0, "B": 30.0}
    assert limits["n_gaps"].tolist() == [3, 3]


@pytest.mark.parametrize(("n", "chance"), [(9, 0.1), (19, 0.1), (5, 1 / 6)])
def test_the_next_gap_exceeds_the_limit_as_often_as_is_said(n: int, chance) -> None:
    rng = np.random.default_rng(5)
    gaps = rng.gamma(3, 10, (4000, n + 1))
    accounts = np.repeat(np.arange(4000), n)
    limits = gap_limits(pd.Series(gaps[:, :n].ravel(), accounts))["limit"]
    exceeded = (gaps[:, n] > limits.to_numpy()).mean()
    assert exceeded == pytest.approx(chance, abs=0.015)


def test_no_gaps_make_no_limits() -> None:
    assert gap_limits(pd.Series(dtype=float)).empty


@pytest.mark.parametrize("quantile", [0, 1, 90])
def test_quantile_that_is_no_share_is_shown(quantile) -> None:
    with pytest.raises(UsageError, match=f"quantile = {quantile}"):
        gap_limits(pd.Series([1.0], ["A"]), quantile)
