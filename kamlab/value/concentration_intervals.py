"""How sure a measure of concentration is, as a statement beyond this year's book.

For a year's whole book a top share is a ledger fact and exact. Asked about the kind of
business ("how concentrated are we, luck of the year aside?"), or about a change that
is to be more than chance, the accounts are a sample, and the figure has an interval.

The plain percentile bootstrap is too sure here: a few large accounts make the figure,
and a sample repeats those it has but never draws the larger ones it missed. Of 300
books of lognormal revenue (standard deviation of logs 1.5, truth known), its "95 %"
intervals for the Gini coefficient held the truth in 85 % of books with 300 accounts,
and in 59 % of books with 40.
"""

from dataclasses import replace
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import expit, logit

from kamlab.estimates import Estimate, checked_draws, checked_level
from kamlab.style.formats import format_value
from kamlab.value import concentration_kernels as kernels
from kamlab.value.concentration_kernels import Floats
from kamlab.value.concentration_measures import Measure, measure_of
from kamlab.value.revenue import checked_amounts, positive_amounts

#: With fewer accounts no interval is worth its name.
FEWEST_ACCOUNTS = 20

_MOST_NUMBERS = 1_000_000
# A standard error that is only rounding: every account kept its share.
_NO_ERROR = 1e-12
RandomState = int | np.random.Generator | None


def concentration_interval(
    revenue: ArrayLike,
    measure: str = "top_share",
    at: float | None = None,
    level: float = 0.95,
    draws: int = 1000,
    random_state: RandomState = 0,
) -> Estimate:
    """Say how sure a measure of concentration is, luck of the year aside.

    Parameters
    ----------
    revenue : Series or array-like of shape (n_accounts,)
        Money by account; only positive revenue counts.
    measure : {"top_share", "gini", "accounts_for_share"}
        The measure.
    at : float, optional
        Its share: 0.2 of accounts, or 0.8 of revenue, unless given.
    level : float
        Probability with which the interval is to cover the truth.
    draws : int
        Number of bootstrap samples.
    random_state : int, Generator or None
        Seed of the bootstrap.

    Returns
    -------
    Estimate
        "Cannot tell" with fewer than 20 accounts, or if all are equal.

    Raises
    ------
    UsageError, DataError
        If an argument is out of range, the amounts are not one finite number per
        account, or none is positive.

    Notes
    -----
    A bootstrap-t on log-odds: value and standard error (from the accounts' influence)
    are the book's own; how many standard errors the ends lie away is taken from
    accounts resampled from the book and from accounts drawn from a lognormal with the
    same spread, whichever is further, because resampling alone is too sure.

    How many of 400 books of known truth the 95 % intervals covered, Gini coefficient
    and top 20 % share: lognormal with standard deviation of logs 1.5, n = 30: 88 and
    92 %, n = 100: 95 and 94 %, n = 300: 96 and 96 %; the same with a tenth of key
    accounts twenty times as large, n = 20: 84 and 86 %, n = 30: 90 and 92 %, n = 300:
    98 and 98 %. In a Pareto tail of index 1.5 they are still too narrow, n = 300: 82
    and 82 %; `kamlab.value.power_tail` says whether there is one.

    References
    ----------
    Davidson, R. (2009). Reliable inference for the Gini index. Journal of
    Econometrics 150, 30–40.
    Davidson, R. and Flachaire, E. (2007). Asymptotic and bootstrap inference for
    inequality and poverty measures. Journal of Econometrics 141, 141–166.

    Examples
    --------
    >>> revenue = np.random.default_rng(1).lognormal(10, 1.5, size=300)
    >>> print(concentration_interval(revenue, draws=200))
    75.0 % (95 % interval 67.2 % to 86.9 %, n = 300)
    >>> print(concentration_interval(revenue[:12]))
    cannot tell: fewer than 20 accounts with positive revenue (n = 12)
    """
    checked_level(level)
    checked_draws(draws)
    asked = measure_of(measure, at)
    amounts = positive_amounts(revenue).to_numpy()
    n, unit = len(amounts), "number" if measure == "gini" else "share"
    method = f"bootstrap-t on log-odds, {draws} draws"
    if n < FEWEST_ACCOUNTS:
        reason = f"fewer than {FEWEST_ACCOUNTS} accounts with positive revenue"
        return Estimate.unknown(reason, n, unit, method)
    if np.ptp(amounts) == 0:
        return Estimate.unknown("all accounts bring the same", n, unit, method)
    rng = np.random.default_rng(random_state)
    value, low, high = _interval(amounts, asked, level, draws, rng)
    return Estimate(value, low, high, n, level, unit, method=method)


def compare_concentration(
    before: ArrayLike,
    after: ArrayLike,
    measure: str = "top_share",
    at: float | None = None,
    level: float = 0.95,
    draws: int = 1000,
    random_state: RandomState = 0,
) -> Estimate:
    """Say by how much concentration changed, and whether that is more than chance.

    Parameters
    ----------
    before, after : Series of shape (n_accounts,)
        Money by account in two periods. An account that is missing in one of them
        brought nothing there.
    measure : {"top_share", "gini", "accounts_for_share"}
        The measure.
    at : float, optional
        Its share: 0.2 of accounts, or 0.8 of revenue, unless given.
    level : float
        Probability with which the interval is to cover the truth.
    draws : int
        Number of bootstrap samples.
    random_state : int, Generator or None
        Seed of the bootstrap.

    Returns
    -------
    Estimate
        After minus before, in points unless it is the Gini coefficient; `n` counts
        accounts with revenue in either period. "Cannot tell" with fewer than 20
        accounts in a period, or if the interval covers no change; the change of the
        two ledgers, which is exact, stays in `value`.

    Raises
    ------
    UsageError, DataError
        If an argument is out of range, the amounts are not one finite number per
        account, or none is positive.

    Notes
    -----
    Whole accounts are resampled, each with both of its periods, so that what an
    account keeps from one period to the next does not count as chance; beside them
    pairs of lognormal accounts with the same spreads and correlation are drawn, and
    the wider ends taken. Where nothing but luck differed between two years (400 books,
    standard deviation of logs 1.5, correlation 0.7 or 0.95), a change in the Gini
    coefficient was reported for 10 to 12 % of books with 20 accounts, 6 to 8 % of those
    with 30 or 100, and 4 to 5 % of those with 300, where 5 % is intended.

    Examples
    --------
    >>> rng = np.random.default_rng(3)
    >>> before = pd.Series(rng.lognormal(10, 1, size=200))
    >>> print(compare_concentration(before, before**1.2, draws=200))
    +8.2 points (95 % interval +6.4 points to +11.4 points, n = 200)
    >>> wobble = rng.lognormal(0, 0.2, size=200)
    >>> print(compare_concentration(before, before * wobble, draws=200))
    cannot tell: ...
    """
    checked_level(level)
    checked_draws(draws)
    asked = measure_of(measure, at)
    pairs = _paired(before, after)
    n, unit = len(pairs), "number" if measure == "gini" else "points"
    method = f"paired bootstrap-t over accounts, {draws} draws"
    fewest = int((pairs > 0).sum(axis=0).min())
    if fewest < FEWEST_ACCOUNTS:
        reason = f"a period has {fewest} accounts; {FEWEST_ACCOUNTS} are needed"
        untold = Estimate.unknown(reason, n, unit, method)
        return replace(untold, value=_booked_change(pairs, asked))
    rng = np.random.default_rng(random_state)
    value, low, high = _paired_interval(pairs, asked, level, draws, rng)
    reason = _covers_no_change(low, high, unit)
    return Estimate(value, low, high, n, level, unit, method=method, reason=reason)


def _interval(
    amounts: Floats,
    measure: Measure,
    level: float,
    draws: int,
    rng: np.random.Generator,
) -> tuple[float, float, float]:
    """Value and ends, the wider of what the book and a smooth book would give."""
    n, spread = len(amounts), np.log(amounts).std(ddof=1)
    value = float(measure.of(amounts))
    error = _log_odds_error(amounts, measure)
    resampled, smooth = [], []
    for rows in _batches(draws, n):
        again = kernels.sorted_down(rng.choice(amounts, (rows, n)))
        resampled.append(_pivots(again, measure, value))
        drawn = kernels.sorted_down(rng.lognormal(0, spread, (rows, n)))
        smooth.append(_pivots(drawn, measure, measure.of_lognormal(spread)))
    lowest, highest = _wider(resampled, smooth, level)
    low, high = expit(logit(value) - error * np.array([highest, lowest]))
    return value, float(low), float(high)


def _pivots(amounts: Floats, measure: Measure, truth: float) -> Floats:
    """Distance of every sample from its truth, in its own standard errors."""
    # A sample of equal accounts has no standard error; its pivot is left out later.
    with np.errstate(divide="ignore", invalid="ignore"):
        gap = logit(measure.of(amounts)) - logit(truth)
        return gap / _log_odds_error(amounts, measure)


def _log_odds_error(amounts: Floats, measure: Measure) -> Floats:
    value, n = measure.of(amounts), amounts.shape[-1]
    error = kernels.standard_error_of(measure.influence(amounts), n)
    return error / (value * (1 - value))


def _paired(before: ArrayLike, after: ArrayLike) -> Floats:
    """Both periods side by side over the accounts of either, losses as nothing."""
    periods = {"before": before, "after": after}
    for name, amounts in periods.items():
        positive_amounts(amounts, name)
    pairs = {name: checked_amounts(part, name) for name, part in periods.items()}
    table = pd.DataFrame(pairs).fillna(0.0).clip(lower=0)
    return table[(table > 0).any(axis=1)].to_numpy()


def _booked_change(pairs: Floats, measure: Measure) -> float:
    first, second = measure.of(kernels.sorted_down(pairs.T))
    return float(second - first)


def _paired_interval(
    pairs: Floats,
    measure: Measure,
    level: float,
    draws: int,
    rng: np.random.Generator,
) -> tuple[float, float, float]:
    change, error = (float(part[0]) for part in _changes(pairs[None], measure))
    if error < _NO_ERROR:
        return 0.0, 0.0, 0.0
    shape = _shape_of(pairs)
    truth = measure.of_lognormal(shape.after) - measure.of_lognormal(shape.before)
    resampled, smooth = [], []
    for rows in _batches(draws, len(pairs)):
        again = pairs[rng.integers(0, len(pairs), (rows, len(pairs)))]
        resampled.append(_change_pivots(again, measure, change))
        drawn = np.where(again > 0, _lognormal_pairs(again.shape, shape, rng), 0.0)
        smooth.append(_change_pivots(drawn, measure, truth))
    lowest, highest = _wider(resampled, smooth, level)
    return change, change - error * highest, change - error * lowest


class _Shape(NamedTuple):
    """Spread of the logs in each period, and how they go together."""

    before: float
    after: float
    correlation: float


def _shape_of(pairs: Floats) -> _Shape:
    spreads = [np.log(period[period > 0]).std(ddof=1) for period in pairs.T]
    both = np.log(pairs[(pairs > 0).all(axis=1)])
    varies = len(both) > 2 and (np.ptp(both, axis=0) > 0).all()
    correlation = np.corrcoef(both.T)[0, 1] if varies else 0.0
    return _Shape(*spreads, float(np.clip(correlation, -1, 1)))


def _lognormal_pairs(
    size: tuple[int, ...], shape: _Shape, rng: np.random.Generator
) -> Floats:
    logs = rng.standard_normal(size)
    own = np.sqrt(1 - shape.correlation**2)
    logs[..., 1] = shape.correlation * logs[..., 0] + own * logs[..., 1]
    return np.exp(logs * (shape.before, shape.after))


def _change_pivots(pairs: Floats, measure: Measure, truth: float) -> Floats:
    # Samples of equal accounts have no standard error; their pivots are left out.
    with np.errstate(divide="ignore", invalid="ignore"):
        changes, errors = _changes(pairs, measure)
        return (changes - truth) / errors


def _changes(pairs: Floats, measure: Measure) -> tuple[Floats, Floats]:
    """Change from first to second period of every sample, and its standard error."""
    values, influences = [], []
    for period in (0, 1):
        amounts = pairs[..., period]
        order = np.argsort(-amounts, axis=-1)
        ranked = np.take_along_axis(amounts, order, axis=-1)
        values.append(measure.of(ranked))
        influence = np.empty_like(amounts)
        np.put_along_axis(influence, order, measure.influence(ranked), axis=-1)
        influences.append(influence / (amounts > 0).sum(axis=-1, keepdims=True))
    error = np.sqrt(((influences[1] - influences[0]) ** 2).sum(axis=-1))
    return values[1] - values[0], error


def _covers_no_change(low: float, high: float, unit: str) -> str:
    if low > 0 or high < 0:
        return ""
    if low == high:
        return "every account kept its share"
    ends = " to ".join(format_value(end, unit) for end in (low, high))
    return f"the interval of the change, {ends}, covers 0"


def _batches(draws: int, n: int) -> list[int]:
    """Sizes of batches of samples that fit into a modest memory."""
    size = max(1, min(draws, _MOST_NUMBERS // n))
    return [size] * (draws // size) + [draws % size] * (draws % size > 0)


def _wider(
    resampled: list[Floats], smooth: list[Floats], level: float
) -> tuple[float, float]:
    """Quantiles of the pivots, each from the source that lies further out."""
    tails = [(1 - level) / 2, (1 + level) / 2]
    pivots = [np.concatenate(batches) for batches in (resampled, smooth)]
    low, high = np.transpose([np.quantile(p[np.isfinite(p)], tails) for p in pivots])
    return float(low.min()), float(high.max())
