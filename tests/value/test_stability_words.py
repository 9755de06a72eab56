"""Sentences about steadiness carry n, and do not say more than the data."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kamlab.value.stability_comparison import compare_stability
from kamlab.value.stability_words import (
    comparison_sentence,
    pooling_sentence,
    size_sentence,
    systematic_sentence,
)
from kamlab.value.systematic_risk import Pooling


def compared(effect: float, keys: int = 40):
    """Compare key accounts whose variation is `effect` times that of others."""
    dice = np.random.default_rng(9)
    key = np.arange(200) < keys
    revenue = np.exp(dice.normal(10.5, 1.0, 200))
    variation = 30 / np.sqrt(revenue) * np.exp(dice.normal(0, 0.2, 200))
    variation *= np.where(key, effect, 1.0)
    frame = pd.DataFrame({"revenue": revenue, "variation": variation})
    return compare_stability(frame, pd.Series(key))


@pytest.mark.parametrize(
    ("effect", "told"),
    [
        (0.5, "they are steadier: they vary 0.4"),
        (1.0, "they are not shown to be steadier or less steady"),
        (2.0, "they are less steady: they vary"),
    ],
)
def test_the_verdict_at_equal_size_follows_the_interval(
    effect: float, told: str
) -> None:
    assert told in comparison_sentence(compared(effect))


def test_every_figure_carries_its_n() -> None:
    told = comparison_sentence(compared(0.5))
    assert "n = 40)" in told
    assert "n = 160)" in told


def test_few_key_accounts_leave_the_question_open() -> None:
    assert comparison_sentence(compared(0.5, keys=3)) == (
        "Whether key accounts are steadier than others: cannot tell: 3 key accounts; 8 "
        "are needed (n = 3)."
    )


def test_size_is_told_where_it_can_be() -> None:
    told = size_sentence(compared(1.0))
    assert "an account with twice the revenue would vary by 29.3 % less" in told
    assert "of that size the difference is −30.1 % (95 %" in told
    assert told.endswith(": less.")
    assert size_sentence(compared(1.0, keys=3)) == ""


@pytest.mark.parametrize(
    ("low", "high", "told"),
    [
        (-0.4, -0.1, ": less."),
        (0.1, 0.4, ": more."),
        (-0.3, 1.4, ": whether it is more or less cannot be told."),
    ],
)
def test_a_difference_whose_interval_covers_zero_has_no_direction(low, high, told):
    found = compared(1.0)
    by_size = replace(found.by_size, value=(low + high) / 2, low=low, high=high)
    assert size_sentence(replace(found, by_size=by_size)).endswith(told)


def test_pooling_is_told_beside_independence() -> None:
    told = pooling_sentence(Pooling(0.44, 0.06, 0.05, n=16))
    assert "an account varied by 44.0 % of its mean" in told
    assert told.endswith("it would have been 5.0 %.")


def risk(beyond: int, n: int = 100) -> pd.DataFrame:
    low = np.where(np.arange(n) < beyond, 0.5, -1.0)
    frame = pd.DataFrame({"n": 12, "low": low, "high": low + 2})
    chance = {"chance_share": 0.08, "chance_beyond": 0.1}
    return frame.assign(beta=1.0, systematic_share=0.06, **chance)


def test_betas_no_better_than_chance_are_not_to_be_used() -> None:
    told = systematic_sentence(risk(beyond=6))
    assert "seems to move 6 of 100 accounts up or down; about 10 would" in told
    assert told.endswith("Single betas: do not use them.")


def test_betas_well_beyond_chance_carry_no_warning() -> None:
    assert "do not use" not in systematic_sentence(risk(beyond=40), of="groups")
    # Where chance strikes one in ten, twice ten in a hundred are nothing yet.
    assert "do not use" in systematic_sentence(risk(beyond=20))


def test_without_any_beta_one_cannot_tell() -> None:
    nothing = risk(1).assign(beta=np.nan)
    assert "cannot tell for any" in systematic_sentence(nothing)
