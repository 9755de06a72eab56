"""Arguments that cannot be right are refused at the door, whatever the answer."""

import numpy as np
import pytest

from kamlab.errors import UsageError
from kamlab.value.concentration import top_n_share, top_share
from kamlab.value.concentration_intervals import (
    compare_concentration,
    concentration_interval,
)
from kamlab.value.power_tail import pareto_tail_index

REVENUE = np.arange(1.0, 61.0)


@pytest.mark.parametrize("wrong", [{"level": 95}, {"draws": 150.5}, {"draws": "200"}])
def test_intervals_refuse_levels_and_draws_that_are_none(wrong):
    with pytest.raises(UsageError, match=next(iter(wrong))):
        concentration_interval(REVENUE, **wrong)
    with pytest.raises(UsageError, match=next(iter(wrong))):
        compare_concentration(REVENUE, REVENUE, **wrong)
    with pytest.raises(UsageError, match=next(iter(wrong))):
        pareto_tail_index(REVENUE, **wrong)


@pytest.mark.parametrize("n", [float("nan"), float("inf"), 0, 2.5, "3", None])
def test_a_number_of_accounts_is_a_whole_number(n):
    with pytest.raises(UsageError, match="n = "):
        top_n_share(REVENUE, n)


@pytest.mark.parametrize("share", ["0.2", None, True, 20, float("nan")])
def test_a_share_is_a_number_between_0_and_1(share):
    with pytest.raises(UsageError, match="top = "):
        top_share(REVENUE, share)
