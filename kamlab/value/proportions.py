"""A share that was counted, with the interval that small numbers deserve."""

from scipy.stats import binomtest

from kamlab.errors import UsageError
from kamlab.estimates import Estimate, checked_level

#: Fewer cases than this, and a share of them says nothing about the next ones.
FEWEST_CASES = 10


def wilson_share(
    found: int, n: int, level: float = 0.95, at_least: int = FEWEST_CASES, of: str = ""
) -> Estimate:
    """Estimate a share from counted cases: 8 out of 10, and how sure that is.

    Parameters
    ----------
    found, n : int
        Cases in which it was so, and all cases.
    level : float
        Level of the interval, as a share.
    at_least : int
        With fewer cases the answer is "cannot tell".
    of : str
        What the cases are, for that answer.

    Returns
    -------
    Estimate
        With unit "share".

    Raises
    ------
    UsageError
        If `found` is not between 0 and `n`, or the level is none.

    Notes
    -----
    With p = found ÷ n and z the normal quantile, the ends are
    (p + z²/2n ± z √(p(1 − p)/n + z²/4n²)) ÷ (1 + z²/n): never outside 0–1.

    References
    ----------
    Wilson, E. B. (1927). Probable inference, the law of succession, and statistical
    inference. Journal of the American Statistical Association 22, 209–212.

    Examples
    --------
    >>> print(wilson_share(8, 10))
    80.0 % (95 % interval 49.0 % to 94.3 %, n = 10)
    >>> print(wilson_share(2, 3, of="accounts"))
    cannot tell: 3 accounts; 10 are needed (n = 3)
    """
    checked_level(level)
    if not 0 <= found <= n:
        raise UsageError(f"found = {found} of n = {n}: give a count from 0 to n")
    if n < max(at_least, 1):
        reason = f"{n} {of or 'cases'}; {max(at_least, 1)} are needed"
        return Estimate.unknown(reason, n, unit="share", method="Wilson")
    low, high = binomtest(found, n).proportion_ci(level, method="wilson")
    ends = float(low), float(high)
    return Estimate(found / n, *ends, n, level, unit="share", method="Wilson")
