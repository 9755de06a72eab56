import numpy as np
import pandas as pd
import pytest

from kamlab.report.memory.held_out import HeldOut, held_out, interval_ends


def period(value, scale, came, last_year) -> pd.DataFrame:
    """Return forecasts of accounts beside what came, and last year's same."""
    figures = {"value": value, "scale": scale, "came": came, "last_year": last_year}
    return pd.DataFrame(figures, index=[f"A{n}" for n in range(len(value))])


def past(residuals, whole=(1.0, -1.0, 1.0, -1.0)) -> HeldOut:
    return HeldOut(np.array(residuals), np.array(whole), 1.0, 2.0, 0.5, 30)


def test_one_period_says_nothing_of_a_forecast() -> None:
    one = period([10.0], [2.0], [12.0], [9.0])
    assert held_out([one]) is None
    assert held_out([one, one]) is not None


def test_whoever_did_not_come_back_brought_nothing() -> None:
    gone = period([10.0, 4.0], [2.0, 2.0], [np.nan, 4.0], [np.nan, 5.0])
    told = held_out([gone, gone])
    assert told.residuals.tolist() == [-5.0, 0.0, -5.0, 0.0]
    assert (told.mean_error, told.mean_error_last_year) == (5.0, 0.5)


def test_a_new_account_counts_for_the_whole_and_for_no_account() -> None:
    new = period([10.0, np.nan], [2.0, np.nan], [10.0, 7.0], [10.0, np.nan])
    told = held_out([new, new])
    assert told.whole.tolist() == [7.0, 7.0]
    assert told.mean_error == 0.0
    assert told.n_accounts == 1


def test_where_nobody_was_known_before_nothing_is_compared() -> None:
    all_new = period([np.nan], [np.nan], [7.0], [np.nan])
    assert held_out([all_new, all_new]) is None


def test_one_account_alone_says_nothing_of_chance() -> None:
    alone = period([10.0], [2.0], [10.0], [90.0])
    told = held_out([alone, alone])
    assert told.mean_error < told.mean_error_last_year
    assert not told.beats_last_year


def test_a_gain_of_one_large_account_alone_may_be_chance() -> None:
    many = 30
    came = np.full(many, 100.0)
    last_year = came.copy()
    last_year[0] = 5_000.0
    guess = came + 1.0
    told = held_out([period(guess, guess, came, last_year)] * 4)
    assert told.mean_error < told.mean_error_last_year
    assert not told.beats_last_year


def test_a_gain_of_most_accounts_is_none() -> None:
    came = np.full(30, 100.0)
    wild = came + np.linspace(10, 60, 30)
    told = held_out([period(came + 1, came, came, wild)] * 4)
    assert told.beats_last_year


@pytest.mark.parametrize("level", [0.5, 0.8, 0.9])
def test_as_many_residuals_lie_between_the_ends_as_the_level_says(level) -> None:
    residuals = np.random.default_rng(1).gamma(2.0, size=2_000) - 2.0
    now = pd.DataFrame({"value": [1e6], "scale": [1.0]}, index=["A"])
    ends = interval_ends(now, past(residuals, ()), level).iloc[0]
    inside = (residuals >= ends["low"] - 1e6) & (residuals <= ends["high"] - 1e6)
    assert inside.mean() == pytest.approx(level, abs=0.01)


def test_nobody_is_expected_to_give_money_back() -> None:
    now = pd.DataFrame({"value": [5.0], "scale": [10.0]}, index=["A"])
    ends = interval_ends(now, past(np.linspace(-3, 3, 101)), 0.9)
    assert ends.set_index("account").loc["A", "low"] == 0.0


def test_who_is_expected_to_return_more_than_it_buys_may_return_still_more() -> None:
    now = pd.DataFrame({"value": [10.0, -10.0], "scale": 2.0}, index=["A", "B"])
    ends = interval_ends(now, past(np.linspace(-1, 1, 101), ()), 0.9)
    ends = ends.set_index("account")[["low", "high"]]
    assert ends.loc["A"].to_list() == pytest.approx([8.2, 11.8])
    assert ends.loc["B"].to_list() == pytest.approx([-11.8, -8.2])


def test_the_whole_book_needs_four_errors() -> None:
    now = pd.DataFrame({"value": [5.0, 7.0], "scale": 1.0}, index=["A", "B"])
    residuals = np.linspace(-1, 1, 11)
    with_whole = interval_ends(now, past(residuals), 0.9)
    assert with_whole["account"].tolist() == ["", "B", "A"]
    assert with_whole["value"].iloc[0] == 12.0
    without = interval_ends(now, past(residuals, (1.0, -1.0, 1.0)), 0.9)
    assert without["account"].tolist() == ["B", "A"]
