"""The rhythm of accounts from plain arrays."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from kamlab.value.order_days import order_rhythm

DAYS = st.lists(
    st.lists(st.integers(0, 20_000), min_size=1, max_size=12, unique=True),
    min_size=1,
    max_size=8,
)


def arrays(days_of_accounts, seed=0):
    """Return shuffled account codes, days, and amounts equal to the day's number."""
    codes = np.repeat(
        np.arange(len(days_of_accounts)), [len(d) for d in days_of_accounts]
    )
    days = np.concatenate(days_of_accounts)
    order = np.random.default_rng(seed).permutation(len(codes))
    return codes[order].astype("int32"), days[order].astype("int32"), days[order] + 1.0


@given(DAYS)
@settings(deadline=None)
def test_the_rhythm_equals_numpy_s_own_quantiles(days_of_accounts):
    rhythm = order_rhythm(*arrays(days_of_accounts))
    for code, days in enumerate(days_of_accounts):
        row, days = rhythm.loc[code], np.sort(days)
        assert (row["first_day"], row["last_day"]) == (days[0], days[-1])
        assert row["order_days"] == len(days)
        assert (row["bought"], row["first_bought"]) == ((days + 1).sum(), days[0] + 1)
        if len(days) > 1:
            expected = np.quantile(np.diff(days), [0.5, 0.9])
            assert np.allclose(row[["median_gap", "gap_90"]], expected)


@given(DAYS, st.integers(0, 100))
@settings(deadline=None)
def test_the_order_of_the_rows_does_not_matter(days_of_accounts, seed):
    one = order_rhythm(*arrays(days_of_accounts))
    assert one.equals(order_rhythm(*arrays(days_of_accounts, seed)))


def test_one_order_day_has_no_gap():
    rhythm = order_rhythm(np.array([0]), np.array([3]), np.array([5.0]))
    assert rhythm[["median_gap", "gap_90"]].isna().all(axis=None)


def test_no_order_day_gives_no_row():
    none = np.array([], dtype="int32")
    assert order_rhythm(none, none, none.astype(float)).empty


@given(DAYS, st.integers(2, 5))
@settings(deadline=None)
def test_several_purchases_of_one_day_are_one_order_day(days_of_accounts, times):
    codes, days, amounts = arrays(days_of_accounts)
    once = order_rhythm(codes, days, amounts)
    split = order_rhythm(
        *(np.repeat(a, times) for a in (codes, days)), np.repeat(amounts / times, times)
    )
    rhythm = ["first_day", "last_day", "order_days", "median_gap", "gap_90"]
    assert split[rhythm].equals(once[rhythm])
    money = ["bought", "first_bought"]
    assert np.allclose(split[money], once[money])
