"""Claims held against the data: supported, not supported, or cannot tell.

Glossary
--------
false discovery rate
    Of the claims that get a verdict, the share that gets a wrong one by chance. With
    one test of twenty at 5 %, one verdict would be luck even if nothing were true.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd
from scipy.stats import false_discovery_control

from kamlab.errors import UsageError
from kamlab.estimates import Estimate
from kamlab.orientation.claims import CLAIMS, Claim
from kamlab.orientation.comparison import (
    Comparison,
    compare_groups,
    compare_pairs,
    pairs_of_equal_size,
)
from kamlab.style.formats import format_share

SUPPORTED = "supported"
NOT_SUPPORTED = "not supported"
CANNOT_TELL = "cannot tell"

_HALF = 0.5


@dataclass(frozen=True)
class Judgement:
    """A claim with what the data say of it.

    Parameters
    ----------
    claim : Claim
        What is claimed.
    verdict : {"supported", "not supported", "cannot tell"}
        What the data say.
    why : str
        The figures behind it, or what is lacking.
    comparison : Comparison or None
        Key accounts beside others; None for a booked share and for missing data.
    share : float
        Part of the whole, for a claim about one half; NaN for all others.
    adjusted_p : float
        p-value after the correction for many claims; NaN where nothing was tested.

    Examples
    --------
    >>> Judgement(CLAIMS[0], SUPPORTED, "57.1 % of the whole", share=0.571).verdict
    'supported'
    """

    claim: Claim
    verdict: str
    why: str
    comparison: Comparison | None = None
    share: float = math.nan
    adjusted_p: float = math.nan

    @property
    def was_asked(self) -> bool:
        """Whether the data hold anything on the claim.

        Examples
        --------
        >>> Judgement(CLAIMS[0], CANNOT_TELL, "no orders").was_asked
        False
        """
        return self.comparison is not None or not math.isnan(self.share)


def judge_claims(
    measures: pd.DataFrame,
    is_key: pd.Series,
    claims: Sequence[Claim] = CLAIMS,
    rate: float = 0.05,
) -> list[Judgement]:
    """Say of each claim whether these accounts support it.

    Parameters
    ----------
    measures : DataFrame of shape (n_accounts, n_measures)
        Such as `account_measures` returns; claims on columns it lacks get "cannot
        tell".
    is_key : Series of bool of shape (n_accounts,)
        Who is a key account, on the same index.
    claims : sequence of Claim
        What is claimed.
    rate : float
        False discovery rate among the tested claims, 0–1.

    Returns
    -------
    list of Judgement
        In the order of the claims.

    Raises
    ------
    UsageError
        If `rate` is no share, or the accounts differ.

    Notes
    -----
    Booked parts of the whole are exact: above one half or not. All other claims are
    tested, two-sided, and the p-values adjusted together (Benjamini and Hochberg);
    at most `rate` of the verdicts are then expected to be luck. A claim is *supported*
    where the adjusted p-value is at most `rate` and the groups differ as claimed, *not
    supported* where they differ the other way; with a larger p-value the data cannot
    tell, which is no proof that there is no difference. Intervals are not widened for
    the number of claims.

    References
    ----------
    Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate.
    Journal of the Royal Statistical Society B 57, 289–300.

    Examples
    --------
    >>> orders = range(1, 41)
    >>> measures = pd.DataFrame({"order_days": orders, "revenue": 1.0})
    >>> judged = judge_claims(measures, measures["order_days"] > 30)
    >>> {each.claim.name: each.verdict for each in judged}["frequent_orders"]
    'supported'
    """
    if not 0 < rate < 1:
        raise UsageError(f"rate = {rate!r}: give a share between 0 and 1, such as 0.05")
    if not measures.index.equals(is_key.index):
        raise UsageError(
            f"is_key has {len(is_key)} accounts and measures {len(measures)}, or in "
            "another order: give both the same index"
        )
    compared = {
        claim.name: _compare(claim, measures, is_key)
        for claim in claims
        if claim.expects != "half" and claim.column in measures
    }
    adjusted = _adjusted({name: each.p_value for name, each in compared.items()})
    return [
        _half(claim, measures, is_key)
        if claim.expects == "half" and claim.column in measures
        else _missing(claim)
        if claim.name not in compared
        else _tested(claim, compared[claim.name], adjusted[claim.name], rate)
        for claim in claims
    ]


def as_claimed(judgement: Judgement) -> Estimate:
    """Return how often a comparison of two accounts goes as the claim says.

    Parameters
    ----------
    judgement : Judgement
        Of a claim that was tested.

    Returns
    -------
    Estimate
        The chance that the key account is the higher one, or the lower one where the
        claim says so.

    Raises
    ------
    UsageError
        If the claim was not tested.

    Examples
    --------
    >>> orders = range(1, 41)
    >>> measures = pd.DataFrame({"variation": orders, "revenue": 1.0})
    >>> judged = judge_claims(measures, measures["variation"] > 30)
    >>> steady = next(each for each in judged if each.claim.name == "steady")
    >>> as_claimed(steady).value
    0.0
    """
    if judgement.comparison is None:
        raise UsageError(
            f"claim {judgement.claim.name!r} was not tested ({judgement.why}): take "
            "judgements with a comparison"
        )
    chance = judgement.comparison.chance
    if judgement.claim.expects == "higher" or chance.cannot_tell:
        return chance
    turned = {"low": 1 - chance.high, "high": 1 - chance.low}
    return replace(chance, value=1 - chance.value, **turned)


def _compare(claim: Claim, measures: pd.DataFrame, is_key: pd.Series) -> Comparison:
    column = measures[claim.column]
    if not claim.paired:
        return compare_groups(column[is_key], column[~is_key])
    # Only accounts whose measure is known can stand for others of their size.
    size = measures["revenue"].where(column.notna(), 0.0)
    pairs = pairs_of_equal_size(size, is_key)
    return compare_pairs(column.reindex(pairs["key"]), column.reindex(pairs["other"]))


def _adjusted(p_values: dict[str, float]) -> dict[str, float]:
    known = pd.Series(p_values, dtype=float).dropna()
    if known.empty:
        return dict.fromkeys(p_values, math.nan)
    adjusted = pd.Series(false_discovery_control(known), known.index)
    return adjusted.reindex(list(p_values)).to_dict()


def _half(claim: Claim, measures: pd.DataFrame, is_key: pd.Series) -> Judgement:
    column = measures[claim.column]
    whole = float(column.sum())
    if whole <= 0:
        return Judgement(claim, CANNOT_TELL, f"the whole is {whole:,.2f}, not above 0")
    share = float(column[is_key].sum()) / whole
    verdict = SUPPORTED if share > _HALF else NOT_SUPPORTED
    return Judgement(claim, verdict, f"{format_share(share)} of the whole", share=share)


def _missing(claim: Claim) -> Judgement:
    return Judgement(claim, CANNOT_TELL, f"the data have no {claim.needs}")


def _tested(
    claim: Claim, comparison: Comparison, adjusted: float, rate: float
) -> Judgement:
    chance = comparison.chance
    if chance.cannot_tell:
        return Judgement(claim, CANNOT_TELL, chance.reason, comparison)
    differs = adjusted <= rate
    as_claimed = (chance.value > _HALF) == (claim.expects == "higher")
    verdict = (SUPPORTED if as_claimed else NOT_SUPPORTED) if differs else CANNOT_TELL
    why = f"a key account is the higher of two in {chance}"
    return Judgement(claim, verdict, why, comparison, adjusted_p=adjusted)
