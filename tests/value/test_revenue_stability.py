"""Steadiness of revenue: planted variation is found, few quarters say cannot tell."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kamlab
from kamlab.errors import UsageError
from kamlab.value.activity import account_months, account_revenue
from kamlab.value.revenue_stability import (
    quarterly_revenue,
    revenue_stability,
    seasonal_factors,
)

SEEDS = (11, 12, 13)


def months(by_account: dict[str, list[float]], first: str = "2024-01") -> pd.Series:
    """Return monthly revenue as account_months gives it: months of nothing absent."""
    rows = {
        (account, month.to_timestamp()): amount
        for account, amounts in by_account.items()
        for month, amount in zip(
            pd.period_range(first, periods=len(amounts), freq="M"), amounts, strict=True
        )
        if amount
    }
    index = pd.MultiIndex.from_tuples(rows, names=["account_id", "month"])
    return pd.Series(list(rows.values()), index, name="revenue")


def table(*rows: list[float]) -> pd.DataFrame:
    """Return quarterly revenue of accounts A, B, …"""
    return pd.DataFrame(
        [list(map(float, row)) for row in rows], list("ABCDEF")[: len(rows)]
    )


# --- quarters ------------------------------------------------------------------------


def test_three_months_make_a_quarter_and_months_of_nothing_count_as_nothing() -> None:
    found = quarterly_revenue(
        months({"A": [1, 2, 3, 4, 5, 6], "B": [0, 0, 0, 0, 7, 0]}), date(2024, 6, 30)
    )
    assert found.loc["A"].tolist() == [6, 15]
    assert found.loc["B"].tolist() == [0, 7]
    assert found.columns.tolist() == list(pd.to_datetime(["2024-01-01", "2024-04-01"]))


def test_quarters_count_back_from_the_last_full_month() -> None:
    revenue = months({"A": [1, 2, 3, 4, 5, 6, 7]})
    assert quarterly_revenue(revenue, date(2024, 7, 31)).loc["A"].tolist() == [9, 18]
    # July is not over, so the last quarter ends in June.
    assert quarterly_revenue(revenue, date(2024, 7, 30)).loc["A"].tolist() == [6, 15]


def test_quarters_without_any_order_at_the_end_are_still_there() -> None:
    found = quarterly_revenue(months({"A": [3, 3, 3]}), date(2024, 9, 30))
    assert found.loc["A"].tolist() == [9, 0, 0]


def test_less_than_a_quarter_is_refused() -> None:
    with pytest.raises(UsageError, match="from 2024-01 to 2024-02"):
        quarterly_revenue(months({"A": [1, 2]}), date(2024, 2, 29))


def test_an_index_without_months_is_refused() -> None:
    with pytest.raises(UsageError, match="index it by account and month"):
        quarterly_revenue(pd.Series([1.0], ["A"]), date(2024, 3, 31))


def test_quarters_of_the_demo_company_sum_to_its_revenue() -> None:
    with kamlab.open_portfolio("data/demo") as portfolio:
        quarters = quarterly_revenue(account_months(portfolio), portfolio.as_of)
        revenue = account_revenue(portfolio)
    assert quarters.shape[1] == 16
    assert quarters.to_numpy().sum() == pytest.approx(revenue.sum(), abs=0.01)


# --- the season ----------------------------------------------------------------------


def test_a_planted_season_is_found_in_spite_of_growth() -> None:
    season = np.tile([0.7, 1.1, 0.8, 1.4], 4)
    growing = np.repeat([100.0, 120, 144, 172.8], 4)
    factors = seasonal_factors(table(season * growing))
    assert factors.to_numpy() == pytest.approx(season)


def test_a_season_needs_two_whole_years() -> None:
    assert seasonal_factors(table([1, 2, 3, 4, 5, 6, 7])).eq(1).all()


def test_the_season_is_counted_from_the_last_quarter() -> None:
    factors = seasonal_factors(table([99, 1, 3, 1, 3, 1, 3]), season=2)
    assert factors.tolist() == pytest.approx([1.5, 0.5, 1.5, 0.5, 1.5, 0.5, 1.5])


def test_a_year_without_quarters_is_refused() -> None:
    with pytest.raises(UsageError, match="season = 0"):
        seasonal_factors(table([1, 2]), season=0)


# --- stability -----------------------------------------------------------------------


def test_variation_is_standard_deviation_over_mean() -> None:
    row = [90, 110, 95, 105, 80, 120, 100, 100]
    found = revenue_stability(table(row), season=1).loc["A"]
    by_hand = np.std(row, ddof=1) / np.mean(row)
    assert found["variation"] == pytest.approx(by_hand)
    assert found["stability"] == pytest.approx(1 - by_hand)
    assert found["low"] < found["stability"] < found["high"]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("planted", [0.2, 0.6])
def test_planted_variation_is_recovered_on_average(seed: int, planted: float) -> None:
    dice = np.random.default_rng(seed)
    revenue = dice.gamma(1 / planted**2, planted**2, size=(300, 16))
    found = revenue_stability(pd.DataFrame(revenue), season=1)
    assert found["variation"].mean() == pytest.approx(planted, rel=0.06)
    covered = found["low"].le(1 - planted) & found["high"].ge(1 - planted)
    assert 0.88 < covered.mean() < 0.99


def test_accounts_of_another_variation_are_not_covered() -> None:
    # The control: the intervals are no wider than they must be.
    revenue = np.random.default_rng(11).gamma(25, 1 / 25, size=(300, 16))
    found = revenue_stability(pd.DataFrame(revenue), season=1)
    assert (found["low"].le(0.4) & found["high"].ge(0.4)).mean() < 0.1


def test_a_common_season_makes_nobody_unsteady() -> None:
    season = np.tile([0.6, 1.2, 0.8, 1.4], 4)
    quarters = table(100 * season, 7 * season)
    assert revenue_stability(quarters)["variation"].max() == pytest.approx(0, abs=1e-9)
    assert revenue_stability(quarters, season=1)["variation"].min() > 0.3


def test_steady_growth_is_variation_around_the_mean_but_not_around_the_trend() -> None:
    growing = table(np.arange(100, 260, 10))
    assert revenue_stability(growing, season=1).loc["A", "variation"] > 0.2
    around = revenue_stability(growing, season=1, around="trend").loc["A", "variation"]
    assert around == pytest.approx(0, abs=1e-6)


def test_variation_around_the_trend_is_that_of_the_regression() -> None:
    dice = np.random.default_rng(4)
    row = 100 + 5 * np.arange(12) + dice.normal(0, 8, 12)
    line = np.polyval(np.polyfit(np.arange(12), row, 1), np.arange(12))
    by_hand = np.sqrt(((row - line) ** 2).sum() / 10) / row.mean()
    found = revenue_stability(table(row), season=1, around="trend")
    assert found.loc["A", "variation"] == pytest.approx(by_hand)


def test_quarters_before_the_first_purchase_are_no_instability() -> None:
    found = revenue_stability(table([0] * 6 + [100, 101] * 5), season=1).loc["A"]
    assert found["n"] == 10
    assert found["variation"] < 0.01


def test_quarters_after_the_last_purchase_are() -> None:
    found = revenue_stability(table([100, 101] * 5 + [0] * 6), season=1).loc["A"]
    assert found["n"] == 16
    assert found["variation"] > 0.5


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ([0] * 9 + [5] * 7, "7 quarters; 8 are needed"),
        ([0] * 4 + [900] + [0] * 10 + [5], "2 quarters with revenue; 4 needed"),
        ([0] * 16, "0 quarters; 8 are needed"),
        ([5] * 8 + [-90] + [5] * 7, "more returned than bought"),
    ],
)
def test_too_little_to_go_by_says_cannot_tell(row: list[float], reason: str) -> None:
    found = revenue_stability(table(row), season=1).loc["A"]
    assert found["reason"] == reason
    assert np.isnan(
        found[["variation", "stability", "low", "high"]].astype(float)
    ).all()


def test_a_flat_contract_has_no_variation_and_no_interval() -> None:
    found = revenue_stability(table([100] * 16), season=1).loc["A"]
    assert found["stability"] == 1
    assert np.isnan(found["low"])


def test_few_large_orders_are_unsteady_by_arithmetic_alone() -> None:
    # k equal orders a quarter on average: variation about 1 over the root of k.
    dice = np.random.default_rng(3)
    orders = np.array([dice.poisson(k, 400) for k in (4, 16)])
    found = revenue_stability(pd.DataFrame(orders, dtype=float), season=1)
    assert found["variation"].tolist() == pytest.approx([0.5, 0.25], rel=0.1)


@given(st.lists(st.floats(1, 1e5), min_size=8, max_size=16), st.floats(1e-2, 1e2))
def test_another_currency_changes_no_stability(row: list[float], rate: float) -> None:
    one = revenue_stability(table(row), season=1).loc["A"]
    other = revenue_stability(table([rate * x for x in row]), season=1).loc["A"]
    assert other["variation"] == pytest.approx(one["variation"], rel=1e-6, abs=1e-9)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"around": "median"}, "around is"), ({"level": 95}, "level = 95")],
)
def test_arguments_that_are_none_are_refused(wrong: dict, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        revenue_stability(table([1] * 8), **wrong)


def test_the_interval_is_that_of_the_jackknife_by_hand() -> None:
    row = [4.0, 6, 5, 9, 3, 7, 5, 8]
    found = revenue_stability(table(row), season=1).loc["A"]
    logs = [
        np.log(np.std(rest, ddof=1) / np.mean(rest))
        for rest in (row[:i] + row[i + 1 :] for i in range(8))
    ]
    error = np.sqrt(7 / 8 * sum((each - np.mean(logs)) ** 2 for each in logs))
    factor = np.exp(2.364624 * error)  # Student's t, 7 degrees of freedom, 97.5 %
    assert found["low"] == pytest.approx(1 - found["variation"] * factor)
    assert found["high"] == pytest.approx(1 - found["variation"] / factor)
