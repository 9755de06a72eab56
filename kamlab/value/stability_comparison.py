"""Are key accounts steadier than others? Compared as they are, and at equal size."""

from dataclasses import dataclass
from math import log

import numpy as np
import pandas as pd
from scipy import stats

from kamlab.errors import UsageError
from kamlab.estimates import Estimate, checked_level

#: Fewer accounts than this on either side, and the comparison says "cannot tell".
FEWEST_ACCOUNTS = 8


@dataclass(frozen=True)
class StabilityComparison:
    """How steady key accounts are beside the others.

    Parameters
    ----------
    key, others : Estimate
        Median coefficient of variation of either side, with its interval.
    at_equal_size : Estimate
        Variation of key accounts ÷ that of others of the same mean revenue; below 1
        they are steadier.
    by_size : Estimate
        How much less (or more) an account with twice the revenue varies, as a share:
        −0.293 is what the number of orders alone would bring about.
    left_out : int
        Accounts without a coefficient of variation.

    Examples
    --------
    >>> few = pd.DataFrame({"revenue": [9.0, 5.0], "variation": [0.2, 0.4]})
    >>> print(compare_stability(few, pd.Series([True, False])).key)
    cannot tell: 1 key accounts; 8 are needed (n = 1)
    """

    key: Estimate
    others: Estimate
    at_equal_size: Estimate
    by_size: Estimate
    left_out: int


def compare_stability(
    stability: pd.DataFrame, is_key: pd.Series, level: float = 0.95
) -> StabilityComparison:
    """Compare how steady key accounts and others are, also at equal size.

    Parameters
    ----------
    stability : DataFrame
        From `kamlab.value.revenue_stability.revenue_stability`: its columns
        `variation` and `revenue` by account are used.
    is_key : Series of bool
        Whether an account is a key account; accounts it does not know are not.
    level : float
        Level of the intervals, as a share.

    Returns
    -------
    StabilityComparison
        "Cannot tell" where either side has fewer than 8 accounts, or where no other
        account is about as large as the key accounts.

    Raises
    ------
    UsageError
        If a column is missing, or no account is a key account.

    Notes
    -----
    Large accounts order more often, and that alone steadies their revenue. At equal
    size: ordinary least squares of log variation on log revenue and the mark of a key
    account, over accounts of the sizes that both sides have; e to the power of its
    coefficient, with robust standard errors (HC3) and Student's t. Medians: interval
    by order statistics. What is left of the difference need not be the programme's
    doing: steady customers may have been chosen as key accounts.

    References
    ----------
    MacKinnon, J. G. and White, H. (1985). Some heteroskedasticity-consistent
    covariance matrix estimators with improved finite sample properties. Journal of
    Econometrics 29, 305–325.

    Examples
    --------
    >>> size = np.exp(np.linspace(8, 12, 40))
    >>> steady = pd.DataFrame({"revenue": size, "variation": 30 / np.sqrt(size)})
    >>> found = compare_stability(steady, pd.Series(steady.index % 2 == 0))
    >>> round(found.by_size.value, 3), round(found.at_equal_size.value, 2)
    (-0.293, 1.0)
    """
    lacking = [name for name in ("variation", "revenue") if name not in stability]
    if lacking:
        raise UsageError(
            f"stability has no column {lacking[0]!r}, only "
            f"{', '.join(map(str, stability))}: take it from revenue_stability"
        )
    known = stability[(stability["variation"] > 0) & (stability["revenue"] > 0)]
    key = is_key.reindex(stability.index).eq(True)
    if not key.any():
        raise UsageError(
            f"is_key marks none of the {len(stability)} accounts: check that both are "
            "indexed by the same account numbers"
        )
    marked = key.loc[known.index]
    ratio, by_size = _at_equal_size(known, marked, checked_level(level))
    return StabilityComparison(
        key=_median(known.loc[marked, "variation"], level, "key accounts"),
        others=_median(known.loc[~marked, "variation"], level, "other accounts"),
        at_equal_size=ratio,
        by_size=by_size,
        left_out=len(stability) - len(known),
    )


def _median(values: pd.Series, level: float, of: str) -> Estimate:
    n = len(values)
    if n < FEWEST_ACCOUNTS:
        return Estimate.unknown(f"{n} {of}; {FEWEST_ACCOUNTS} are needed", n)
    ranked = np.sort(values)
    # The median lies between order statistics l and n − 1 − l with at least `level`.
    low = int(stats.binom.ppf((1 - level) / 2, n, 0.5)) - 1
    if low < 0:
        return Estimate.unknown(f"{n} {of} give no interval at this level", n)
    return Estimate(
        float(np.median(ranked)),
        float(ranked[low]),
        float(ranked[n - 1 - low]),
        n,
        level,
        method="order statistics",
    )


def _at_equal_size(
    known: pd.DataFrame, key: pd.Series, level: float
) -> tuple[Estimate, Estimate]:
    """Compare only accounts of sizes that both sides have."""
    sizes = np.log(known["revenue"])
    if not (key.any() and (~key).any()):
        untold = Estimate.unknown("only one side has figures", len(known))
        return untold, untold
    low = max(sizes[key].min(), sizes[~key].min())
    high = min(sizes[key].max(), sizes[~key].max())
    both = sizes.between(low, high)
    n, of_key = int(both.sum()), int((both & key).sum())
    if min(of_key, n - of_key) < FEWEST_ACCOUNTS:
        reason = (
            f"{of_key} key and {n - of_key} other accounts of about the same size; "
            f"{FEWEST_ACCOUNTS} of each are needed"
        )
        return Estimate.unknown(reason, n), Estimate.unknown(reason, n)
    design = np.column_stack([np.ones(n), sizes[both], key[both].astype(float)])
    slopes, errors = _least_squares(design, np.log(known["variation"][both]).to_numpy())
    reach = stats.t.ppf((1 + level) / 2, n - 3) * errors
    ends = np.array([slopes, slopes - reach, slopes + reach])
    ratio, doubled = np.exp(ends[:, 2]).tolist(), np.expm1(log(2) * ends[:, 1]).tolist()
    return (
        Estimate(*ratio, n, level, method="HC3"),
        Estimate(*doubled, n, level, unit="share", method="HC3"),
    )


def _least_squares(design: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Coefficients, and their standard errors robust to unequal spread (HC3)."""
    inverse = np.linalg.pinv(design.T @ design)
    slopes = inverse @ design.T @ y
    leverage = np.einsum("ij,jk,ik->i", design, inverse, design)
    # A point that alone decides its own fit has no residual to judge by.
    residuals = (y - design @ slopes) / np.maximum(1 - leverage, 1e-9)
    meat = (design * residuals[:, None] ** 2).T @ design
    return slopes, np.sqrt(np.diag(inverse @ meat @ inverse))
