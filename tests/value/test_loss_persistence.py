"""Loss makers of one year in the next: counted, with an interval, or cannot tell."""

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.value.loss_persistence import loss_persistence


def year(*losers: int, n: int = 40) -> pd.Series:
    """A year in which these accounts lose 5 and the others earn 20."""
    return pd.Series({i: -5.0 if i in losers else 20.0 for i in range(n)})


def test_loss_makers_that_lose_again_are_counted() -> None:
    found = loss_persistence(year(*range(12)), year(*range(9)))
    assert found.again.value == 0.75
    assert found.again.n == 12
    assert found.both.tolist() == list(range(9))
    assert found.begin.value == 0
    assert (found.loss_before, found.loss_after) == (-60.0, 15.0)


def test_other_accounts_that_begin_to_lose_are_the_yardstick() -> None:
    found = loss_persistence(year(*range(12)), year(*range(6, 19)))
    assert found.again.value == 0.5
    assert found.begin.value == pytest.approx(7 / 28)


def test_loss_makers_that_left_are_told_and_count_nowhere() -> None:
    after = year(*range(9)).drop([0, 1])
    found = loss_persistence(year(*range(12)), after)
    assert found.left.tolist() == [0, 1]
    assert found.again.n == 10


def test_new_accounts_count_nowhere() -> None:
    after = pd.concat([year(*range(9)), pd.Series({99: -5.0})])
    found = loss_persistence(year(*range(12)), after)
    assert found.again.n + found.begin.n == 40


def test_accounts_of_unknown_profit_have_not_left() -> None:
    after = year(*range(9))
    after[0] = np.nan
    found = loss_persistence(year(*range(12)), after)
    assert found.left.empty
    assert found.again.n == 11


def test_nine_loss_makers_are_too_few_to_tell() -> None:
    assert loss_persistence(year(*range(9)), year(*range(9))).again.cannot_tell


def test_years_without_a_common_account_are_refused() -> None:
    other = year(n=12).rename(index=lambda i: f"A{i}")
    with pytest.raises(UsageError, match="before begins with 0, after with 'A0'"):
        loss_persistence(year(n=12), other)


def test_chance_alone_makes_loss_makers_recover() -> None:
    # The same accounts with nothing but luck: losing says next to nothing.
    dice = np.random.default_rng(5)
    before, after = (pd.Series(dice.normal(1, 1, 4000)) for _ in range(2))
    found = loss_persistence(before, after)
    assert found.again.low < (after < 0).mean() < found.again.high
    assert found.loss_after > 0 > found.loss_before


def test_an_account_that_neither_earned_nor_cost_was_no_loss_maker() -> None:
    before = pd.Series([-5.0] * 12 + [0.0] * 10)
    found = loss_persistence(before, before)
    assert (found.again.n, found.begin.n) == (12, 10)
    assert found.begin.value == 0
