"""Margins may move again as far as they moved between the last two years."""

import numpy as np
import pandas as pd
import pytest

from kamlab.value.customer_equity.margins import Margins, margin_spread

ACCOUNTS = pd.RangeIndex(400)


def years(spread: np.ndarray, seed: int = 1) -> tuple[pd.Series, pd.Series]:
    rng = np.random.default_rng(seed)
    before = pd.Series(rng.uniform(0.1, 0.5, len(ACCOUNTS)), ACCOUNTS)
    return before, before + rng.normal(0, spread)


def test_the_spread_of_changes_is_found_again():
    spread = np.full(len(ACCOUNTS), 0.08)
    revenue = pd.Series(np.arange(400.0), ACCOUNTS)
    found = margin_spread(*years(spread), revenue, ACCOUNTS)
    assert found.between(0.06, 0.10).all()


def test_large_accounts_are_compared_with_large_ones():
    revenue = pd.Series(np.arange(400.0), ACCOUNTS)
    spread = np.where(revenue < 200, 0.2, 0.02)
    found = margin_spread(*years(spread), revenue, ACCOUNTS)
    assert found[revenue < 200].min() > 5 * found[revenue >= 200].max()


def test_one_wild_account_moves_nothing():
    revenue = pd.Series(np.arange(400.0), ACCOUNTS)
    before, last = years(np.full(len(ACCOUNTS), 0.05))
    wild = last.mask(ACCOUNTS == 7, -40.0)
    calm = margin_spread(before, last, revenue, ACCOUNTS)
    assert margin_spread(before, wild, revenue, ACCOUNTS).to_numpy() == pytest.approx(
        calm.to_numpy(), abs=0.005
    )


def test_few_accounts_tell_nothing():
    few = ACCOUNTS[:9]
    before, last = (year[few] for year in years(np.full(len(ACCOUNTS), 0.1)))
    assert margin_spread(before, last, before, few).tolist() == [0.0] * 9


def test_accounts_of_equal_size_are_one_class():
    before, last = years(np.full(len(ACCOUNTS), 0.1))
    found = margin_spread(before, last, pd.Series(1.0, ACCOUNTS), ACCOUNTS)
    assert (found == found.iloc[0]).all()
    assert found.iloc[0] == pytest.approx(0.1, rel=0.2)


def test_who_had_no_revenue_counts_among_the_smallest():
    revenue = pd.Series(np.arange(400.0), ACCOUNTS)
    before, last = years(np.where(revenue < 100, 0.2, 0.02))
    found = margin_spread(before, last, revenue, pd.Index([0, 399, "new"]))
    assert found["new"] == found[0] > found[399]


def test_drawn_margins_lie_around_the_expected_ones_as_far_as_told():
    margins = Margins(pd.Series([0.3, -0.1]), pd.Series([0.0, 0.2]))
    drawn = margins.drawn(4000, np.random.default_rng(3))
    assert (drawn[:, 0] == 0.3).all()
    assert drawn[:, 1].mean() == pytest.approx(-0.1, abs=0.02)
    assert drawn[:, 1].std() == pytest.approx(0.2, rel=0.05)
