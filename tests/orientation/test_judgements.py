"""A verdict needs a clear difference, and many claims need a stricter look."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import false_discovery_control

from kamlab.errors import UsageError
from kamlab.orientation.claims import CLAIMS, Claim
from kamlab.orientation.judgements import (
    CANNOT_TELL,
    NOT_SUPPORTED,
    SUPPORTED,
    as_claimed,
    judge_claims,
)

ACCOUNTS = [f"A{i:03d}" for i in range(120)]
IS_KEY = pd.Series(np.arange(120) < 30, index=ACCOUNTS)


def claim(name: str, expects: str = "higher", **more) -> Claim:
    words = {"statement": name, "chinese": "论断", "sources": "S0", "measure": name}
    rest = {"unit": "number", "caution": "why", **more}
    return Claim(name, column=name, expects=expects, **words, **rest)


def drawn(shift: float, seed: int = 0) -> pd.Series:
    values = np.random.default_rng(seed).normal(size=120)
    return pd.Series(values + shift * IS_KEY.to_numpy(), index=ACCOUNTS)


def judged(measures: dict, claims: list[Claim], **more) -> dict[str, str]:
    table = pd.DataFrame(measures, index=ACCOUNTS)
    found = judge_claims(table, IS_KEY, claims, **more)
    return {each.claim.name: each.verdict for each in found}


def test_talbruck_s_key_accounts_are_steady_and_cheap_but_loyal_nobody_can_tell(
    talbruck,
):
    told = {
        each.claim.name: each.verdict
        for each in judge_claims(talbruck.measures, talbruck.is_key)
    }
    assert told["revenue_source"] == told["large_orders"] == SUPPORTED
    assert told["steady"] == told["steady_for_their_size"] == SUPPORTED
    assert told["good_margin"] == NOT_SUPPORTED
    assert told["loyal"] == told["long_cycle"] == CANNOT_TELL


def test_every_claim_gets_one_judgement_in_its_order(talbruck):
    found = judge_claims(talbruck.measures, talbruck.is_key)
    assert [each.claim for each in found] == list(CLAIMS)


def test_a_clear_difference_supports_or_refutes_by_its_direction():
    measures = {"up": drawn(2), "down": drawn(-2)}
    claims = [claim("up"), claim("down"), claim("down", "lower")]
    table = pd.DataFrame(measures)
    told = [each.verdict for each in judge_claims(table, IS_KEY, claims)]
    assert told == [SUPPORTED, NOT_SUPPORTED, SUPPORTED]


def test_no_difference_is_cannot_tell_and_never_refuted():
    assert judged({"same": drawn(0, seed=5)}, [claim("same")])["same"] == CANNOT_TELL


def test_p_values_are_adjusted_together():
    measures = pd.DataFrame({f"m{i}": drawn(0.4 * (i == 0), i) for i in range(8)})
    claims = [claim(name) for name in measures]
    found = judge_claims(measures, IS_KEY, claims)
    raw = [each.comparison.p_value for each in found]
    adjusted = [each.adjusted_p for each in found]
    assert adjusted == pytest.approx(list(false_discovery_control(raw)))
    assert all(a >= p for a, p in zip(adjusted, raw, strict=True))


def test_among_many_claims_a_lucky_one_is_not_believed():
    one = {"lucky": drawn(0.45, seed=9)}
    assert judged(one, [claim("lucky")])["lucky"] == SUPPORTED
    noise = {f"n{i}": drawn(0, seed=100 + i) for i in range(25)}
    many = judged(one | noise, [claim(name) for name in (one | noise)])
    assert many["lucky"] == CANNOT_TELL


def test_without_any_truth_hardly_a_book_gets_a_verdict():
    wrong = 0
    for seed in range(60):
        noise = {f"n{i}": drawn(0, seed=1000 * seed + i) for i in range(12)}
        told = judged(noise, [claim(name) for name in noise])
        wrong += any(verdict != CANNOT_TELL for verdict in told.values())
    assert wrong <= 8


def test_a_stricter_rate_believes_less():
    measures = {"small": drawn(0.55, seed=8)}
    assert judged(measures, [claim("small")], rate=0.05)["small"] == SUPPORTED
    assert judged(measures, [claim("small")], rate=0.0001)["small"] == CANNOT_TELL


@pytest.mark.parametrize(
    ("bring", "verdict"),
    [(0.51, SUPPORTED), (0.49, NOT_SUPPORTED), (0.2, NOT_SUPPORTED)],
)
def test_half_of_the_whole_is_a_booked_fact(bring, verdict):
    each = np.where(IS_KEY, bring / 30, (1 - bring) / 90)
    found = judge_claims(
        pd.DataFrame({"money": each}, index=ACCOUNTS), IS_KEY, [claim("money", "half")]
    )[0]
    assert found.verdict == verdict
    assert found.share == pytest.approx(bring)
    assert math.isnan(found.adjusted_p)


def test_a_whole_that_is_a_loss_has_no_shares():
    loss = {"money": pd.Series(-1.0, index=ACCOUNTS)}
    assert judged(loss, [claim("money", "half")])["money"] == CANNOT_TELL


def test_what_the_data_lack_is_named():
    found = judge_claims(
        pd.DataFrame(index=ACCOUNTS), IS_KEY, [claim("x", needs="surveys")]
    )[0]
    assert (found.verdict, found.why) == (CANNOT_TELL, "the data have no surveys")
    assert not found.was_asked


def test_three_key_accounts_are_too_few_for_any_test(talbruck):
    few = talbruck.is_key & (talbruck.is_key.cumsum() <= 3)
    found = judge_claims(talbruck.measures, few)
    tested = [each for each in found if each.comparison is not None]
    assert {each.verdict for each in tested} == {CANNOT_TELL}


def test_a_claim_can_be_held_against_accounts_of_equal_size():
    size = pd.Series([100.0 + i for i in range(30)] * 4, index=ACCOUNTS)
    unsteady = pd.Series(np.where(IS_KEY, 1.0, 2.0), index=ACCOUNTS)
    table = pd.DataFrame({"revenue": size, "unsteady": unsteady})
    found = judge_claims(table, IS_KEY, [claim("unsteady", "lower", paired=True)])[0]
    assert (found.comparison.n_key, found.verdict) == (30, SUPPORTED)
    assert as_claimed(found).value == 1.0


def test_as_claimed_turns_the_interval_round_with_the_claim(talbruck):
    found = {j.claim.name: j for j in judge_claims(talbruck.measures, talbruck.is_key)}
    steady = found["steady"]
    chance, turned = steady.comparison.chance, as_claimed(steady)
    assert turned.value == 1 - chance.value > 0.5
    assert (turned.low, turned.high) == (1 - chance.high, 1 - chance.low)
    assert as_claimed(found["loyal"]) == found["loyal"].comparison.chance


def test_an_untested_claim_has_no_chance(talbruck):
    found = judge_claims(talbruck.measures, talbruck.is_key)
    with pytest.raises(UsageError, match="claim 'long_cycle' was not tested"):
        as_claimed(next(j for j in found if j.claim.name == "long_cycle"))


def test_other_accounts_than_those_measured_are_refused():
    with pytest.raises(UsageError, match="is_key has 119 accounts and measures 120"):
        judge_claims(pd.DataFrame({"x": drawn(0)}), IS_KEY.iloc[1:])


@pytest.mark.parametrize("rate", [0, 1, 5])
def test_a_rate_that_is_no_share_is_refused(rate):
    with pytest.raises(UsageError, match=f"rate = {rate}"):
        judge_claims(pd.DataFrame({"x": drawn(0)}), IS_KEY, rate=rate)
