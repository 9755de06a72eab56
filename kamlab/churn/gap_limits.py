"""How long an account may stay silent, by the gaps between its own orders."""

import numpy as np
import pandas as pd

from kamlab.errors import UsageError


def gap_limits(gaps: pd.Series, quantile: float = 0.9) -> pd.DataFrame:
    """Return the usual gap of each account, and the one it seldom goes beyond.

    Parameters
    ----------
    gaps : Series of float, shape (n_gaps,)
        Days between consecutive order days, indexed by account.
    quantile : float
        Share of an account's gaps that are no longer than its limit, 0–1.

    Returns
    -------
    DataFrame
        Indexed by account, sorted: ``n_gaps``, ``usual_gap`` (median) and ``limit``
        (days).

    Raises
    ------
    UsageError
        If `quantile` does not lie between 0 and 1.

    Notes
    -----
    With n sorted gaps the limit lies at place q(n + 1), interpolated between
    neighbours: Hyndman and Fan's definition 6. Among all usual estimators it is the
    one whose limit the *next* gap exceeds with probability 1 − q whatever the gaps'
    distribution, if gaps are exchangeable; definition 7, the default of most programs,
    is exceeded by one gap in four where five are known. At q = 0.9 that takes nine
    gaps. With fewer the limit is the longest gap so far, which the next one exceeds
    with probability 1 ÷ (n + 1).

    References
    ----------
    Hyndman, R. J. and Fan, Y. (1996). Sample quantiles in statistical packages. The
    American Statistician 50(4), 361–365, definition 6.

    David, H. A. and Nagaraja, H. N. (2003). Order Statistics, 3rd ed., section 7.3
    (prediction intervals). Wiley.

    Examples
    --------
    >>> gaps = pd.Series([10, 30, 20, 25, 15, 12, 40, 18, 22], ["A"] * 9)
    >>> gap_limits(gaps).to_dict("index")
    {'A': {'n_gaps': 9, 'usual_gap': 20.0, 'limit': 40.0}}
    """
    if not 0 < quantile < 1:
        raise UsageError(
            f"quantile = {quantile!r}: give a share between 0 and 1, such as 0.9"
        )
    codes, accounts = pd.factorize(gaps.index, sort=True)
    values = gaps.to_numpy(dtype=float)
    order = np.lexsort((values, codes))
    counts = np.bincount(codes, minlength=len(accounts))
    starts = np.cumsum(counts) - counts
    ordered = values[order]
    name = gaps.index.name
    return pd.DataFrame(
        {
            "n_gaps": counts,
            "usual_gap": _at_quantile(ordered, starts, counts, 0.5),
            "limit": _at_quantile(ordered, starts, counts, quantile),
        },
        index=pd.Index(accounts, name=name),
    )


def _at_quantile(
    ordered: np.ndarray, starts: np.ndarray, counts: np.ndarray, q: float
) -> np.ndarray:
    """Return each account's quantile, from gaps sorted within accounts."""
    place = np.clip(q * (counts + 1), 1, counts) - 1
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, counts - 1)
    low, high = ordered[starts + below], ordered[starts + above]
    return low + (high - low) * (place - below)
