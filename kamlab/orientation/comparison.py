"""Key accounts beside all others: how often one of them is the higher of the two.

Glossary
--------
chance
    Draw one account from each group: how often the first one is the higher, ties half.
    One half means that nothing tells the groups apart. It has no unit, so that revenue,
    discounts and contacts can be compared in one picture.
pair
    A key account and the other account that is nearest to it in size.
"""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy import optimize, stats

from kamlab.errors import UsageError
from kamlab.estimates import Estimate, checked_level

#: With fewer accounts in either group, or fewer pairs, the answer is "cannot tell".
AT_LEAST = 8

_BARELY = 1e-9


@dataclass(frozen=True)
class Comparison:
    """What tells two groups apart: their middles, the chance, and how sure it is.

    Parameters
    ----------
    key, others : float
        Median of each group; the mean where values are only 0 and 1.
    n_key, n_others : int
        Accounts in each group, or pairs in both.
    chance : Estimate
        How often a key account is the higher of two; says "cannot tell" where either
        group is too small.
    p_value : float
        Of the test that the chance is one half; NaN where one cannot tell.

    Examples
    --------
    >>> compare_groups([5, 6, 7, 8, 9, 9, 9, 9], [1, 2, 3, 4, 5, 1, 1, 1]).key
    8.5
    """

    key: float
    others: float
    n_key: int
    n_others: int
    chance: Estimate
    p_value: float


def compare_groups(key: object, others: object, level: float = 0.95) -> Comparison:
    """Say how often an account of one group is higher than one of the other.

    Parameters
    ----------
    key, others : Series or array-like of shape (n,)
        One value an account; missing ones are left out. If all are 0 or 1, shares are
        compared.
    level : float
        Level of the interval, 0–1.

    Returns
    -------
    Comparison

    Raises
    ------
    UsageError
        If `level` is no share, or a value is no number.

    Notes
    -----
    The chance is Mann and Whitney's U / (m n). Its interval solves

        |θ − θ̂| = z √( θ(1−θ) [1 + n* (1−θ)/(2−θ) + n* θ/(1+θ)] / (m n) ),

    n* = (m + n)/2 − 1 (Newcombe's method 5), which stays inside 0 and 1 and has a
    width even when the groups are wholly apart; at θ = 1/2 it is Mann and Whitney's
    test, whose p-value is given. Ties make both cautious. For shares p and q the chance
    is 1/2 + (p − q)/2, its interval Newcombe's hybrid of two Wilson intervals, its
    p-value Fisher's.

    References
    ----------
    Newcombe, R. G. (2006). Confidence intervals for an effect size measure based on
    the Mann–Whitney statistic, part 2. Statistics in Medicine 25, 559–573.
    Newcombe, R. G. (1998). Interval estimation for the difference between independent
    proportions. Statistics in Medicine 17, 873–890.

    Examples
    --------
    >>> print(compare_groups(range(20, 40), range(0, 20)).chance)
    100.0 % (95 % interval 89.9 % to 100.0 %, n = 40)
    >>> print(compare_groups([1, 2], range(20)).chance)
    cannot tell: 2 key accounts and 20 others have a value; 8 of each are needed
    (n = 22)
    """
    checked_level(level)
    ours, theirs = _numbers(key, "key"), _numbers(others, "others")
    two_valued = set(ours) | set(theirs) <= {0.0, 1.0}
    middle = np.mean if two_valued else np.median
    m, n = len(ours), len(theirs)
    middles = [
        float(middle(each)) if len(each) else math.nan for each in (ours, theirs)
    ]
    if min(m, n) < AT_LEAST:
        told = Estimate.unknown(_too_few(m, n), m + n, "share")
        return Comparison(*middles, m, n, told, math.nan)
    measure = _shares if two_valued else _ranks
    value, low, high, p_value = measure(ours, theirs, level)
    chance = Estimate(value, low, high, m + n, level, "share", method="Newcombe")
    return Comparison(*middles, m, n, chance, p_value)


def compare_pairs(key: object, others: object, level: float = 0.95) -> Comparison:
    """Say how often a key account is higher than its own counterpart.

    Parameters
    ----------
    key, others : Series or array-like of shape (n_pairs,)
        Values of the pairs in the same order; pairs with a missing value are left out,
        equal ones count for neither side.
    level : float
        Level of the interval, 0–1.

    Returns
    -------
    Comparison

    Raises
    ------
    UsageError
        If the lengths differ.

    Notes
    -----
    The sign test: Wilson's interval and the exact binomial p-value.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
    inference. Journal of the American Statistical Association 22, 209–212.

    Examples
    --------
    >>> print(compare_pairs([1] * 12, [2] * 9 + [0] * 3).chance)
    25.0 % (95 % interval 8.9 % to 53.2 %, n = 12)
    """
    checked_level(level)
    ours, theirs = (np.asarray(each, dtype=float) for each in (key, others))
    if ours.shape != theirs.shape:
        raise UsageError(
            f"key has {len(ours)} values and others {len(theirs)}: give one pair a row"
        )
    both = np.isfinite(ours) & np.isfinite(theirs)
    ours, theirs = ours[both], theirs[both]
    pairs = int((ours != theirs).sum())
    middles = [float(np.median(x)) if len(x) else math.nan for x in (ours, theirs)]
    if pairs < AT_LEAST:
        reason = f"{pairs} pairs of equal size; {AT_LEAST} are needed"
        told = Estimate.unknown(reason, pairs, "share")
        return Comparison(*middles, pairs, pairs, told, math.nan)
    test = stats.binomtest(int((ours > theirs).sum()), pairs)
    low, high = test.proportion_ci(level, method="wilson")
    share = float(test.statistic)
    ends = float(low), float(high)
    chance = Estimate(share, *ends, pairs, level, "share", method="Wilson")
    return Comparison(*middles, pairs, pairs, chance, float(test.pvalue))


def pairs_of_equal_size(
    size: pd.Series, is_key: pd.Series, within: float = 1.5
) -> pd.DataFrame:
    """Pair each key account with the other account that is nearest to it in size.

    Parameters
    ----------
    size : Series of shape (n_accounts,)
        Such as revenue; accounts without positive size have no pair.
    is_key : Series of bool of shape (n_accounts,)
        On the same accounts.
    within : float
        Largest ratio of two sizes that still counts as equal, above 1.

    Returns
    -------
    DataFrame of shape (n_pairs, 2)
        Columns ``key`` and ``other``, the largest key account first; no account stands
        in it twice, and key accounts without a counterpart are absent.

    Raises
    ------
    UsageError
        If `within` is not above 1.

    Examples
    --------
    >>> size = pd.Series({"A": 100.0, "B": 90.0, "C": 80.0, "D": 1.0})
    >>> is_key = pd.Series({"A": True, "B": False, "C": False, "D": True})
    >>> pairs_of_equal_size(size, is_key).values.tolist()
    [['A', 'B']]
    """
    if not within > 1:
        raise UsageError(f"within = {within!r}: give a ratio above 1, such as 1.5")
    log = np.log(size[size > 0]).sort_values(ascending=False)
    flags = is_key.reindex(log.index, fill_value=False).astype(bool)
    free, pairs = log[~flags], []
    for account, value in log[flags].items():
        distance = (free - value).abs()
        if len(distance) and distance.min() <= math.log(within):
            pairs.append((account, distance.idxmin()))
            free = free.drop(distance.idxmin())
    return pd.DataFrame(pairs, columns=["key", "other"])


def _numbers(values: object, name: str) -> np.ndarray:
    try:
        numbers = np.asarray(pd.Series(values, dtype="float64"))
    except (TypeError, ValueError) as error:
        raise UsageError(f"{name} = {values!r:.60}: give numbers ({error})") from None
    return numbers[np.isfinite(numbers)]


def _too_few(m: int, n: int) -> str:
    return (
        f"{m} key accounts and {n} others have a value; {AT_LEAST} of each are needed"
    )


def _ranks(
    key: np.ndarray, others: np.ndarray, level: float
) -> tuple[float, float, float, float]:
    """Return the chance, its interval and its p-value, from ranks."""
    m, n = len(key), len(others)
    ranks = stats.rankdata(np.concatenate([key, others]))
    chance = float((ranks[:m].sum() - m * (m + 1) / 2) / (m * n))
    z = stats.norm.isf((1 - level) / 2)

    def beyond(theta: float) -> float:
        return abs(theta - chance) - z * _deviation(theta, m, n)

    # At 0 and 1 the deviation vanishes, and with it the change of sign.
    inner = min(max(chance, _BARELY), 1 - _BARELY)
    low = optimize.brentq(beyond, 0, inner) if chance > 0 else 0.0
    high = optimize.brentq(beyond, inner, 1) if chance < 1 else 1.0
    score = (chance - 0.5) / _deviation(0.5, m, n)
    return chance, low, high, float(2 * stats.norm.sf(abs(score)))


def _deviation(theta: float, m: int, n: int) -> float:
    """Return the standard deviation of the estimated chance if `theta` is the truth."""
    more = (m + n) / 2 - 1
    spread = 1 + more * (1 - theta) / (2 - theta) + more * theta / (1 + theta)
    return math.sqrt(theta * (1 - theta) * spread / (m * n))


def _shares(
    key: np.ndarray, others: np.ndarray, level: float
) -> tuple[float, float, float, float]:
    """Return the chance, its interval and its p-value, from two shares."""
    table = [[int(each.sum()), int(len(each) - each.sum())] for each in (key, others)]
    (low_p, p, high_p), (low_q, q, high_q) = (_wilson(row, level) for row in table)
    difference = p - q
    below = math.hypot(p - low_p, high_q - q)
    above = math.hypot(high_p - p, q - low_q)
    ends = (difference, difference - below, difference + above)
    chance, low, high = (0.5 + each / 2 for each in ends)
    return chance, max(low, 0.0), min(high, 1.0), float(stats.fisher_exact(table)[1])


def _wilson(row: list[int], level: float) -> tuple[float, float, float]:
    test = stats.binomtest(row[0], sum(row))
    low, high = test.proportion_ci(level, method="wilson")
    return float(low), row[0] / sum(row), float(high)
