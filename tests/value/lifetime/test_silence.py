"""The same silence is a pause for one account and a farewell for another."""

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import DataError, UsageError
from kamlab.value.lifetime import BetaGeoNBD, ModifiedBetaGeoNBD, ParetoNBD
from kamlab.value.lifetime.silence import alive_after_silence, doubtful_after

MODEL = ModifiedBetaGeoNBD().with_parameters(r=2, alpha=8, a=0.3, b=9)
FREQUENCY = pd.Series([50, 12, 4, 0], ["weekly", "monthly", "quarterly", "once"])
RECENCY = pd.Series([50.0, 52.0, 52.0, 0.0], FREQUENCY.index)


def test_belief_starts_at_the_last_order_and_falls_with_every_week_of_silence():
    silences = np.arange(0, 60, 5)
    alive = alive_after_silence(MODEL, FREQUENCY, RECENCY, silences)
    assert alive.shape == (12, 4)
    assert (alive.diff().iloc[1:] < 0).all(axis=None)
    assert alive.index.tolist() == silences.tolist()


def test_at_today_s_silence_it_is_the_model_s_own_probability():
    now = alive_after_silence(MODEL, FREQUENCY, RECENCY, [7.0]).loc[7.0]
    own = MODEL.probability_alive(FREQUENCY, RECENCY, RECENCY + 7.0)
    pd.testing.assert_series_equal(now, own, check_names=False)


def test_who_orders_more_often_is_doubted_sooner():
    doubt = doubtful_after(MODEL, FREQUENCY, RECENCY)
    assert doubt["weekly"] < doubt["monthly"] < doubt["quarterly"]


@pytest.mark.parametrize(
    "model",
    [MODEL, ParetoNBD().with_parameters(r=0.6, alpha=6.0, s=0.6, beta=12.0)],
    ids=["MBG/NBD", "Pareto/NBD"],
)
@pytest.mark.parametrize("level", [0.2, 0.5, 0.8])
def test_at_the_time_of_doubt_the_probability_is_the_level(model, level):
    doubt = doubtful_after(model, FREQUENCY, RECENCY, alive=level).dropna()
    assert len(doubt) >= 3
    there = model.probability_alive(
        FREQUENCY[doubt.index], RECENCY[doubt.index], RECENCY[doubt.index] + doubt
    )
    assert there.to_numpy() == pytest.approx(level, abs=1e-4)


def test_bg_nbd_never_doubts_a_one_time_buyer():
    model = BetaGeoNBD().with_parameters(r=2, alpha=8, a=0.3, b=9)
    doubt = doubtful_after(model, FREQUENCY, RECENCY)
    assert np.isnan(doubt["once"])
    assert doubt.drop("once").notna().all()


def test_a_book_in_days_is_doubted_after_seven_times_as_many():
    in_days = ModifiedBetaGeoNBD("D").with_parameters(r=2, alpha=56, a=0.3, b=9)
    weeks = doubtful_after(MODEL, FREQUENCY, RECENCY)
    days = doubtful_after(in_days, FREQUENCY, 7 * RECENCY)
    assert days.to_numpy() == pytest.approx(7 * weeks.to_numpy(), rel=1e-4)


def test_negative_silence_and_impossible_levels_are_shown():
    with pytest.raises(UsageError, match=r"silences = \[-1.0\]"):
        alive_after_silence(MODEL, FREQUENCY, RECENCY, [-1.0])
    for level in (0, 1, 1.5):
        with pytest.raises(UsageError, match=f"alive = {level}"):
            doubtful_after(MODEL, FREQUENCY, RECENCY, alive=level)


def test_counts_that_cannot_be_are_refused_with_the_account():
    with pytest.raises(DataError, match="weekly"):
        doubtful_after(MODEL, -FREQUENCY, RECENCY)


def test_plain_numbers_and_one_silence_do_as_well():
    named = alive_after_silence(MODEL, FREQUENCY, RECENCY, [5.0])
    plain = alive_after_silence(MODEL, FREQUENCY.tolist(), RECENCY.to_numpy(), 5)
    assert plain.index.tolist() == [5.0]
    assert plain.to_numpy().tolist() == named.to_numpy().tolist()
    doubt = doubtful_after(MODEL, FREQUENCY.to_numpy(), RECENCY.tolist())
    assert doubt.tolist() == doubtful_after(MODEL, FREQUENCY, RECENCY).tolist()
