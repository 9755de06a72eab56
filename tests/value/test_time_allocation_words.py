"""Sentences about time and profit follow the numbers."""

import pandas as pd
import pytest

from kamlab.value.time_allocation import grouped_time_allocation, time_allocation
from kamlab.value.time_allocation_words import (
    evenness_sentence,
    group_in_words,
    inequality_sentence,
    mismatch_sentence,
    per_head_sentence,
)

GROUPS = pd.Index(["top", "middle", "bottom"])
BANK = grouped_time_allocation(
    pd.Series([0.10, 0.30, 0.60], GROUPS), [0.18, 0.28, 0.54], [0.93, 0.17, -0.10]
)
LOSS = time_allocation({"A": 10, "B": -30}, {"A": 60, "B": 60})


def test_the_bank_gives_its_best_customers_twice_the_time_for_nine_times_the_profit():
    told = per_head_sentence(BANK)
    assert "9.3 times the average profit and gets 1.8 times the average time" in told


def test_a_loss_in_all_has_no_share_of_profit_in_words() -> None:
    assert "no profit to take a share of" in group_in_words(LOSS.table.iloc[0])
    assert per_head_sentence(LOSS) == "There is no profit to compare with time."
    assert inequality_sentence(LOSS).startswith("The Gini coefficient of time is ")


def test_the_bank_s_time_is_far_more_equal_than_its_profit() -> None:
    told = inequality_sentence(BANK)
    assert told == "Gini coefficients: 0.962 of profit, 0.086 of time."


def test_the_mismatch_is_called_no_aim() -> None:
    assert mismatch_sentence(BANK).startswith("66.5 % of the time would have to move")
    assert "not an aim" in mismatch_sentence(BANK)


def test_without_anybody_who_makes_money_time_has_nothing_to_follow() -> None:
    nobody = time_allocation([-1, -2], [60, 60])
    assert mismatch_sentence(nobody) == (
        "No group makes money, so time has no profit to follow."
    )


@pytest.mark.parametrize(
    ("time", "told"),
    [
        ([0.18, 0.28, 0.54], "over heads rather than over profit"),
        ([0.10, 0.30, 0.60], "every group gets about the same time"),
        ([0.90, 0.08, 0.02], "differs between groups as profit does"),
    ],
)
def test_the_verdict_on_evenness_follows_the_time(time: list[float], told: str) -> None:
    found = grouped_time_allocation([0.10, 0.30, 0.60], time, [0.93, 0.17, -0.10])
    assert told in evenness_sentence(found)
