"""Moving with the book or alone: planted betas are found, noise is not."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kamlab.errors import UsageError
from kamlab.value.systematic_risk import growth_rates, pooling, systematic_risk

SEEDS = (31, 32, 33)


def moving_book(seed: int, betas: list[float], n: int = 40) -> pd.DataFrame:
    """Return accounts that follow a small common growth by their beta.

    A giant with beta 1 stands for the rest of the book, so that nobody moves it.
    """
    dice = np.random.default_rng(seed)
    common = dice.normal(0, 0.08, n)
    rows = [1e9 * np.exp(np.cumsum(common))]
    rows += [
        np.exp(np.cumsum(beta * common + dice.normal(0, 0.03, n))) for beta in betas
    ]
    return pd.DataFrame(rows, index=["book", *range(len(betas))])


# --- growth --------------------------------------------------------------------------


def test_growth_is_against_the_same_quarter_of_the_year_before() -> None:
    quarters = pd.DataFrame([[100.0, 50, 80, 70, 120, 50, 60, 70]])
    found = growth_rates(quarters).iloc[0]
    assert found.tolist() == pytest.approx([20 / 110, 0, -20 / 70, 0])


def test_growth_runs_from_lost_to_new() -> None:
    quarters = pd.DataFrame([[5.0, 0.0], [0.0, 5.0], [0.0, 0.0], [-3.0, 5.0]])
    found = growth_rates(quarters, season=1).iloc[:, 0]
    assert found.tolist()[:2] == [-2, 2]
    assert np.isnan(found[2])
    assert found[3] == 2


@given(st.floats(1, 1e6), st.floats(1, 1e6))
def test_up_and_down_weigh_the_same(then: float, now: float) -> None:
    up = growth_rates(pd.DataFrame([[then, now]]), season=1).iloc[0, 0]
    down = growth_rates(pd.DataFrame([[now, then]]), season=1).iloc[0, 0]
    assert up == pytest.approx(-down)


def test_a_single_year_has_no_growth() -> None:
    with pytest.raises(UsageError, match="season = 4 with 4 quarters"):
        growth_rates(pd.DataFrame([[1.0, 2, 3, 4]]))


# --- beta ----------------------------------------------------------------------------


@pytest.mark.parametrize("seed", SEEDS)
def test_planted_betas_are_recovered(seed: int) -> None:
    planted = [0.0, 0.5, 1.0, 2.0]
    found = systematic_risk(moving_book(seed, planted), season=1).loc[range(4)]
    assert found["beta"].tolist() == pytest.approx(planted, abs=0.3)
    assert (found["high"] - found["low"]).between(0, 0.6).all()
    assert found.loc[3, "systematic_share"] > found.loc[1, "systematic_share"]


def test_intervals_cover_the_planted_beta() -> None:
    quarters = moving_book(31, [1.0] * 200, n=17)
    found = systematic_risk(quarters, season=1).loc[range(200)]
    assert 0.88 < (found["low"].le(1) & found["high"].ge(1)).mean() < 0.99


def test_accounts_without_connection_show_the_share_of_chance() -> None:
    dice = np.random.default_rng(31)
    quarters = pd.DataFrame(dice.gamma(4, 25, size=(400, 13)))
    found = systematic_risk(quarters, season=1)
    assert found["systematic_share"].mean() == pytest.approx(1 / 11, abs=0.03)
    beyond = (found["low"] > 0) | (found["high"] < 0)
    assert beyond.mean() < 0.12


def test_a_giant_is_compared_with_the_others_not_with_itself() -> None:
    dice = np.random.default_rng(5)
    giant = 1e6 * dice.gamma(4, 1, 30)
    quarters = pd.DataFrame(np.vstack([giant, dice.gamma(4, 1, size=(20, 30))]))
    found = systematic_risk(quarters, season=1)
    assert found.loc[0, "systematic_share"] < 0.3


def test_regression_agrees_with_numpy() -> None:
    quarters = moving_book(32, [1.5], n=20)
    found = systematic_risk(quarters, season=1).loc[0]
    y, x = (growth_rates(quarters, 1).loc[name] for name in (0, "book"))
    assert found["beta"] == pytest.approx(np.polyfit(x, y, 1)[0], rel=1e-6)
    assert found["systematic_share"] == pytest.approx(np.corrcoef(x, y)[0, 1] ** 2)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ([5.0] * 8, "7 growth rates; 8 are needed"),
        ([0.0] * 8, "0 growth rates; 8 are needed"),
    ],
)
def test_few_growth_rates_say_cannot_tell(row: list[float], reason: str) -> None:
    found = systematic_risk(pd.DataFrame([row, range(1, 9)], dtype=float), season=1)
    assert found.loc[0, "reason"] == reason
    assert np.isnan(found.loc[0, "beta"])


def test_a_book_that_never_moved_shows_nobodys_beta() -> None:
    quarters = pd.DataFrame([np.arange(1.0, 12), np.full(11, 7.0)])
    found = systematic_risk(quarters, season=1)
    assert found.loc[0, "reason"] == "the other accounts never changed their growth"


def test_a_single_account_has_nothing_to_be_compared_with() -> None:
    with pytest.raises(UsageError, match="quarters has 1 account"):
        systematic_risk(pd.DataFrame([range(20)]), season=1)


# --- pooling -------------------------------------------------------------------------


def test_independent_accounts_pool_as_if_independent() -> None:
    quarters = pd.DataFrame(np.random.default_rng(6).gamma(4, 25, size=(100, 400)))
    found = pooling(quarters, season=1)
    assert found.accounts == pytest.approx(0.5, rel=0.02)
    assert found.if_independent == pytest.approx(0.05, rel=0.02)
    assert found.book == pytest.approx(found.if_independent, rel=0.1)


def test_accounts_in_step_do_not_pool_at_all() -> None:
    row = np.random.default_rng(6).gamma(4, 25, 16)
    found = pooling(pd.DataFrame([row, 3 * row]), season=1)
    assert found.book == pytest.approx(found.accounts)
    assert found.if_independent < found.book


def test_the_book_never_varies_more_than_its_accounts() -> None:
    for seed in SEEDS:
        quarters = pd.DataFrame(np.random.default_rng(seed).gamma(2, 5, size=(9, 16)))
        found = pooling(quarters)
        assert found.book <= found.accounts


def test_quarters_without_revenue_are_refused() -> None:
    with pytest.raises(UsageError, match="sums to 0"):
        pooling(pd.DataFrame([[0.0, 0, 0]]))


def wandering(seed: int, stay: float, accounts: int) -> pd.DataFrame:
    """Return quarters of unconnected accounts that resemble the quarter before."""
    dice = np.random.default_rng(seed)
    levels = [dice.normal(size=accounts)]
    for news in dice.normal(size=(15, accounts)):
        levels.append(stay * levels[-1] + np.sqrt(1 - stay**2) * news)
    return pd.DataFrame(100 * np.exp(0.3 * np.array(levels).T))


@pytest.mark.parametrize("stay", [0.0, 0.8])
def test_chance_is_told_as_it_strikes_even_where_revenue_wanders(stay: float) -> None:
    books = [systematic_risk(wandering(seed, stay, 60)) for seed in range(20)]
    found = pd.concat(books)
    beyond = ((found["low"] > 0) | (found["high"] < 0)).mean()
    assert beyond > 0.06
    assert found["chance_beyond"].mean() == pytest.approx(beyond, abs=0.04)
    median = found["systematic_share"].median()
    assert found["chance_share"].median() == pytest.approx(median, abs=0.02)


def test_a_real_connection_stands_out_from_chance() -> None:
    found = systematic_risk(moving_book(33, [1.0] * 50, n=17), season=1).loc[range(50)]
    assert (found["low"] > 0).mean() > 3 * found["chance_beyond"].mean()


def test_the_interval_of_beta_is_that_of_a_regression_with_few_points() -> None:
    quarters = moving_book(34, [1.5], n=12)
    found = systematic_risk(quarters, season=1).loc[0]
    y, x = (growth_rates(quarters, 1).loc[name] for name in (0, "book"))
    line = stats.linregress(x, y)
    reach = stats.t.ppf(0.975, len(x) - 2) * line.stderr
    assert found["low"] == pytest.approx(line.slope - reach, rel=1e-6)
    assert found["high"] == pytest.approx(line.slope + reach, rel=1e-6)
