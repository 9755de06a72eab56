"""Winners and losers on held-out days: by more than chance, and on the sum as well."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.value.lifetime import (
    beaten_by,
    compared_forecasts,
    simplest_not_beaten,
)

LAST_YEAR, SHEET, MODEL, TREES = (
    "same as last year",
    "sheet",
    "MBG/CNBD-k",
    "gradient boosting",
)


def book(seed: int = 1, n: int = 200, **noise: float) -> pd.DataFrame:
    """Return accounts whose orders are foretold with more or less noise."""
    rng = np.random.default_rng(seed)
    came = rng.poisson(12, n)
    ways = {
        name.replace("_", " "): came + rng.normal(0, sd, n)
        for name, sd in noise.items()
    }
    return pd.DataFrame({"actual": came, **ways})


@pytest.fixture
def accounts() -> pd.DataFrame:
    """Two hundred accounts, foretold badly, as badly, and well."""
    noisy = book(1, **{LAST_YEAR: 4.0, SHEET: 4.0, MODEL: 1.0})
    return noisy.rename(columns={"same as last year": LAST_YEAR})


def test_errors_of_four_accounts_by_hand() -> None:
    four = pd.DataFrame(
        {
            "actual": [2, 0, 5, 1],
            LAST_YEAR: [4.0, 1.0, 8.0, 0.0],
            MODEL: [2.5, 0.5, 5.0, 1.0],
        }
    )
    table = compared_forecasts(four)
    assert table["foretold"].tolist() == [13, 9]
    assert table["sum_error"].tolist() == pytest.approx([5 / 8, 1 / 8])
    assert table["mae"].tolist() == [7 / 4, 1 / 4]
    assert table.loc[MODEL, "mae_difference"] == pytest.approx(-1.5)
    assert table["n"].tolist() == [4, 4]


def test_the_baseline_is_as_good_as_itself(accounts: pd.DataFrame) -> None:
    row = compared_forecasts(accounts).loc[LAST_YEAR]
    assert row[["mae_difference", "low", "high"]].tolist() == [0, 0, 0]
    assert row["verdict"] == "no difference"


def test_verdicts_follow_the_interval(accounts: pd.DataFrame) -> None:
    table = compared_forecasts(accounts)
    assert table.loc[MODEL, "verdict"] == "better"
    assert table.loc[SHEET, "verdict"] == "no difference"
    assert table.loc[SHEET, "low"] < 0 < table.loc[SHEET, "high"]
    beside_the_best = compared_forecasts(accounts, baseline=MODEL)
    assert beside_the_best.loc[LAST_YEAR, "verdict"] == "worse"


def test_the_paired_interval_is_that_of_the_central_limit(
    accounts: pd.DataFrame,
) -> None:
    misses = accounts[[LAST_YEAR, MODEL]].sub(accounts["actual"], axis=0).abs()
    apart = misses[MODEL] - misses[LAST_YEAR]
    row = compared_forecasts(accounts, draws=5000).loc[MODEL]
    reach = 1.96 * apart.std() / np.sqrt(len(apart))
    assert row["high"] - row["low"] == pytest.approx(2 * reach, rel=0.06)


def test_the_seed_is_all_chance_there_is(accounts: pd.DataFrame) -> None:
    one, same = compared_forecasts(accounts), compared_forecasts(accounts)
    pd.testing.assert_frame_equal(one, same)
    other = compared_forecasts(accounts, random_state=1)
    assert other.loc[MODEL, "low"] != one.loc[MODEL, "low"]
    assert other["mae"].tolist() == one["mae"].tolist()


def test_a_book_in_which_nobody_ordered_has_no_error_of_the_sum() -> None:
    none = pd.DataFrame({"actual": [0, 0], LAST_YEAR: [1.0, 0.0]})
    assert np.isnan(compared_forecasts(none).loc[LAST_YEAR, "sum_error"])


@given(factor=st.floats(0.01, 100))
def test_orders_counted_in_dozens_lead_to_the_same_verdicts(factor: float) -> None:
    noisy = book(2, 60, **{LAST_YEAR: 4.0, MODEL: 1.0})
    first = compared_forecasts(noisy, draws=100)
    scaled = compared_forecasts(noisy * factor, draws=100)
    assert scaled["verdict"].tolist() == first["verdict"].tolist()
    np.testing.assert_allclose(scaled["mae"], first["mae"] * factor)


def test_a_table_without_the_baseline_says_what_it_has(accounts: pd.DataFrame) -> None:
    with pytest.raises(UsageError, match="the baseline 'same as last year'"):
        compared_forecasts(accounts.drop(columns=LAST_YEAR))
    with pytest.raises(UsageError, match="0 rows"):
        compared_forecasts(accounts.iloc[:0])


def test_a_forecast_that_is_no_number_is_named(accounts: pd.DataFrame) -> None:
    accounts.loc[7, MODEL] = np.nan
    with pytest.raises(UsageError, match="account 7: MBG/CNBD-k is nan"):
        compared_forecasts(accounts)


def test_a_simple_way_stays_the_default_until_it_is_beaten(
    accounts: pd.DataFrame,
) -> None:
    alike = accounts[["actual", LAST_YEAR, SHEET]]
    assert simplest_not_beaten({"one": alike}) == LAST_YEAR
    assert simplest_not_beaten({"one": accounts}) == MODEL


def test_what_beats_a_way_is_named_the_simplest_first() -> None:
    noisy = book(3, **{LAST_YEAR: 6.0, SHEET: 3.0, MODEL: 1.0})
    beaten = beaten_by({"one": noisy})
    assert beaten.to_dict() == {LAST_YEAR: (SHEET, MODEL), SHEET: (MODEL,), MODEL: ()}


def test_a_simpler_way_does_not_beat_a_less_simple_one() -> None:
    noisy = book(4, **{LAST_YEAR: 1.0, MODEL: 5.0})
    assert beaten_by({"one": noisy}).to_dict() == {LAST_YEAR: (), MODEL: ()}
    assert simplest_not_beaten({"one": noisy}) == LAST_YEAR


def test_foretelling_nothing_is_no_model_though_its_mean_error_is_small() -> None:
    rng = np.random.default_rng(5)
    came = rng.poisson(rng.choice([0.05, 4.0], 600, p=[0.85, 0.15]))
    fair = np.full(600, came.mean())
    accounts = pd.DataFrame({"actual": came, LAST_YEAR: fair, TREES: 0.0})
    table = compared_forecasts(accounts)
    assert table.loc[TREES, "verdict"] == "better"
    assert table.loc[TREES, "sum_error"] == -1
    assert simplest_not_beaten({"one": accounts}) == LAST_YEAR


def test_every_book_counts_the_same() -> None:
    good = book(6, 900, **{LAST_YEAR: 4.0, MODEL: 3.9})
    bad = [book(seed, 60, **{LAST_YEAR: 2.0, MODEL: 6.0}) for seed in (7, 8, 9)]
    together = {"large": good, **dict(enumerate(bad))}
    assert beaten_by(together)[LAST_YEAR] == ()


def test_a_way_that_one_book_lacks_is_not_judged(accounts: pd.DataFrame) -> None:
    books = {"one": accounts, "two": accounts.drop(columns=MODEL)}
    assert beaten_by(books).index.tolist() == [LAST_YEAR, SHEET]


def test_a_perfect_way_is_beaten_by_none() -> None:
    perfect = book(10, **{LAST_YEAR: 0.0, MODEL: 0.0})
    assert simplest_not_beaten({"one": perfect}) == LAST_YEAR


def test_no_book_is_no_comparison(accounts: pd.DataFrame) -> None:
    with pytest.raises(UsageError, match="one book or more"):
        beaten_by({})
    with pytest.raises(UsageError, match="that all have"):
        simplest_not_beaten({"one": accounts}, methods=["oracle"])


def test_an_account_in_several_periods_counts_once():
    once = book(3, n=40, last=4.0, model=2.0).rename(columns={"last": LAST_YEAR})
    once.index = [f"A{i}" for i in range(40)]
    often = pd.concat([once] * 4)
    tables = [compared_forecasts(each, draws=500) for each in (once, often)]
    columns = ["n", "mae", "mae_difference", "verdict"]
    pd.testing.assert_frame_equal(*(table[columns] for table in tables))
    assert tables[1]["actual"].iloc[0] == 4 * tables[0]["actual"].iloc[0]
    # Four times the same is no more certain.
    widths = [table["high"] - table["low"] for table in tables]
    assert widths[1]["model"] == pytest.approx(widths[0]["model"], rel=0.1)
