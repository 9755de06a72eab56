"""Which share of last year's buyers bought again: counted, with its interval."""

import numpy as np
import pandas as pd

from kamlab.value.kept_share import kept_share

BEFORE = pd.Series(1.0, index=[f"A{n}" for n in range(40)])


def test_only_those_who_bought_a_year_ago_are_counted():
    after = pd.Series(5.0, index=[*BEFORE.index[:30], "new"])
    kept = kept_share({"2024": BEFORE, "2025": after})
    assert (kept.value, kept.n) == (0.75, 40)
    assert kept.low < 0.75 < kept.high


def test_an_account_that_only_sent_back_has_not_bought():
    after = BEFORE.copy()
    after.iloc[:10] = -3.0
    after.iloc[10] = np.nan
    assert kept_share({1: BEFORE, 2: after}).value == 29 / 40


def test_returns_of_a_year_ago_make_no_buyer():
    before = BEFORE.copy()
    before.iloc[:10] = 0.0
    assert kept_share({1: before, 2: BEFORE}).n == 30


def test_the_last_two_windows_count():
    kept = kept_share({1: BEFORE.head(0), 2: BEFORE, 3: BEFORE.head(20)})
    assert (kept.value, kept.n) == (0.5, 40)


def test_one_window_or_few_accounts_cannot_tell():
    assert "full windows in the data: 1; 2 are" in kept_share({"2025": BEFORE}).reason
    assert "full windows in the data: 0; 2 are" in kept_share({}).reason
    few = kept_share({1: BEFORE.head(5), 2: BEFORE})
    assert "5 accounts; 10 are needed" in few.reason
