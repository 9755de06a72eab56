"""Limits of the individuals chart: published examples, seasons, short histories."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.value.usual_variation import usual_variation, variation_words

#: Montgomery, D. C. (2009). Introduction to Statistical Quality Control, 6th ed.,
#: Wiley, example 6.5: costs of processing mortgage loans, 20 weeks.
LOANS = [310, 288, 297, 298, 307, 303, 294, 297, 308, 306]
LOANS += [294, 299, 297, 299, 314, 295, 293, 306, 301, 304]
#: NIST/SEMATECH e-Handbook of Statistical Methods, section 6.3.2.2: flow rates.
FLOW = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]


def test_limits_of_montgomerys_loan_costs():
    usual = usual_variation(pd.Series(LOANS), 305.0, most=20)
    assert usual.centre == 300.5
    assert usual.high == pytest.approx(321.22, abs=0.01)
    assert usual.low == pytest.approx(279.78, abs=0.01)
    assert (usual.n, usual.basis, usual.inside) == (20, "level", True)


def test_limits_of_nists_flow_rates():
    usual = usual_variation(pd.Series(FLOW), 56.0)
    assert usual.centre == pytest.approx(50.81)
    assert usual.high == pytest.approx(55.8041, abs=0.002)
    assert usual.low == pytest.approx(45.8159, abs=0.002)
    assert usual.inside is False


def test_only_the_latest_twelve_count():
    long = pd.Series([1e9, *LOANS])
    usual = usual_variation(long, 300.0)
    assert usual == usual_variation(pd.Series(LOANS[-12:]), 300.0)
    assert usual.n == 12


def quarters(values: list[float], first: str = "2022Q1") -> pd.Series:
    labels = pd.period_range(first, periods=len(values), freq="Q").astype(str)
    return pd.Series(values, index=labels)


SEASONAL = [100, 130, 80, 60, 103, 131, 84, 62, 105, 135, 85, 66]


def test_a_season_is_no_news():
    usual = usual_variation(quarters(SEASONAL), 109.0)
    assert usual.basis == "change"
    assert usual.n == 8
    assert usual.inside
    # Changes 3 1 4 2 | 2 4 1 4: mean 2.625, moving ranges 2 3 2 0 2 3 3.
    assert usual.centre == 105 + 2.625
    assert usual.high == pytest.approx(107.625 + 2.66 * 15 / 7)


def test_what_the_season_hides_from_levels_is_seen_in_changes():
    usual = usual_variation(quarters(SEASONAL), 90.0)
    assert usual.inside is False
    assert usual_variation(quarters(SEASONAL), 90.0, season=1).inside is True


def test_fewer_than_eight_changes_are_judged_by_levels():
    usual = usual_variation(quarters(SEASONAL[:11]), 66.0)
    assert (usual.basis, usual.n) == ("level", 11)


def test_months_have_a_season_of_twelve():
    labels = pd.period_range("2023-01", periods=24, freq="M").astype(str)
    values = [month * 10.0 + year for year in (0, 5) for month in range(12)]
    usual = usual_variation(pd.Series(values, index=labels), 10.0)
    assert (usual.basis, usual.n, usual.centre) == ("change", 12, 10.0)
    assert usual.inside is True


def test_years_have_no_season():
    years = pd.Series(FLOW, index=[str(year) for year in range(2010, 2020)])
    assert usual_variation(years, 50.0).basis == "level"


def test_the_season_can_be_told():
    assert usual_variation(pd.Series(SEASONAL), 109.0, season=4).basis == "change"


@pytest.mark.parametrize("n", [0, 1, 5])
def test_a_short_history_tells_nothing(n: int):
    usual = usual_variation(pd.Series(FLOW[:n], dtype=float), 50.0)
    assert usual.inside is None
    assert usual.reason == f"only {n} earlier periods"
    assert np.isnan([usual.low, usual.high, usual.centre]).all()


@pytest.mark.parametrize("now", [float("nan"), float("inf"), None])
def test_a_figure_that_is_not_known_is_neither_inside_nor_outside(now):
    usual = usual_variation(pd.Series(FLOW), now)
    assert usual.inside is None
    assert "not known" in usual.reason


def test_a_missing_period_ends_the_history():
    gap = quarters([1.0, 2.0, float("nan"), *FLOW])
    assert usual_variation(gap, 50.0, season=1).n == len(FLOW)


def test_a_skipped_label_ends_the_history():
    gap = pd.concat([quarters([1.0, 2.0], "2015Q1"), quarters(FLOW)])
    assert usual_variation(gap, 50.0, season=1).n == len(FLOW)


def test_a_missing_last_period_leaves_nothing():
    assert usual_variation(quarters([*FLOW, float("nan")]), 50.0).n == 0


def test_steady_figures_are_inside_only_if_they_stay_so():
    steady = pd.Series([0.1 + 0.2] * 8)
    assert usual_variation(steady, 0.3).inside is True
    assert usual_variation(steady, 0.31).inside is False


NUMBERS = st.lists(st.integers(-1000, 1000).map(float), min_size=6, max_size=20)


@given(NUMBERS, st.floats(-5000, 5000), st.sampled_from([0.1, 7.8, 100.0]))
def test_another_unit_moves_the_limits_with_the_figure(values, now, factor):
    one = usual_variation(pd.Series(values), now)
    two = usual_variation(pd.Series(values) * factor, now * factor)
    assert two.low == pytest.approx(one.low * factor, abs=1e-6)
    assert two.high == pytest.approx(one.high * factor, abs=1e-6)
    assert one.low <= one.centre <= one.high


@given(NUMBERS)
def test_the_centre_is_always_inside(values):
    centre = usual_variation(pd.Series(values), 0.0).centre
    assert usual_variation(pd.Series(values), centre).inside


def test_of_steady_normal_figures_few_are_outside():
    rng = np.random.default_rng(5)
    drawn = rng.normal(100, 10, (2000, 13))
    outside = [
        usual_variation(pd.Series(row[:-1]), row[-1]).inside is False for row in drawn
    ]
    assert 0.003 < np.mean(outside) < 0.04


def test_a_change_of_four_standard_deviations_is_mostly_seen():
    rng = np.random.default_rng(6)
    drawn = rng.normal(100, 10, (300, 12))
    seen = [usual_variation(pd.Series(row), 150.0).inside is False for row in drawn]
    assert np.mean(seen) > 0.8


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"history": [1.0, 2.0]}, "history is list"),
        ({"history": pd.Series(["a"])}, "history holds 'a'"),
        ({"season": 0}, "season = 0"),
        ({"season": 4.0}, "season = 4.0"),
        ({"most": 5}, "most = 5"),
        ({"most": True}, "most = True"),
    ],
)
def test_what_cannot_be_right_is_refused(arguments, message):
    given_first = {"history": pd.Series(FLOW), "now": 1.0}
    with pytest.raises(UsageError, match=message):
        usual_variation(**{**given_first, **arguments})


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (50.0, "inside its usual variation, EUR 45.82 to EUR 55.80"),
        (60.0, "outside its usual variation, EUR 45.82 to EUR 55.80"),
        (None, "usual variation not known: the figure of this period is not known"),
    ],
)
def test_the_words_hold_the_limits(now, words):
    usual = usual_variation(pd.Series(FLOW), now)
    assert variation_words(usual, currency="EUR") == words


def test_shares_are_written_as_per_cent():
    usual = usual_variation(pd.Series(FLOW) / 100, 0.5)
    assert variation_words(usual, "share").endswith("45.8 % to 55.8 %")
