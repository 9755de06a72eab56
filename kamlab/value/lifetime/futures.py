"""Which futures an interval leaves out at its ends, and how many there are in truth.

Glossary
--------
future
    One possible outcome for every account: a draw from the predictive distribution.
    Several are drawn from each refit, and these are alike.
"""

import numpy as np

from kamlab.value.lifetime.quadrature import Floats

#: Futures that each refit draws: drawing is cheap, fitting is not.
FUTURES_EACH = 5


def tails(level: float, n_draws: float = np.inf) -> tuple[float, float]:
    """Return the shares of futures below and above which an interval ends.

    Parameters
    ----------
    level : float
        Level of the interval, as a share.
    n_draws : float
        How many independent futures there are.

    Returns
    -------
    low, high : float

    Notes
    -----
    The next draw of n + 1 is the largest with probability 1 / (n + 1): few draws have
    to leave out less than they seem to.

    Examples
    --------
    >>> [round(tail, 3) for tail in tails(0.95)]
    [0.025, 0.975]
    >>> [round(tail, 3) for tail in tails(0.95, 100)]
    [0.015, 0.985]
    >>> tails(0.95, 20)
    (0.0, 1.0)
    """
    share = (1 - level) / 2
    if np.isfinite(n_draws):
        share = max((share * (n_draws + 1) - 1) / (n_draws - 1), 0.0)
    return share, 1 - share


def effective_draws(sums: Floats) -> float:
    """Count futures by what they are worth; those of one refit are much alike.

    Parameters
    ----------
    sums : array of shape (n_refits, n_each)
        What the futures of every refit amount to.

    Returns
    -------
    float
        From the number of refits, if theirs are all the same, to that of all futures.

    References
    ----------
    Kish, L. (1965). Survey Sampling. Wiley, New York (the design effect).

    Examples
    --------
    >>> effective_draws(np.array([[1.0, 1.0], [2.0, 2.0], [4.0, 4.0]]))
    3.0
    """
    n_refits, each = sums.shape
    if each == 1 or n_refits == 1:
        return float(n_refits)
    between = each * sums.mean(axis=1).var(ddof=1)
    within = sums.var(axis=1, ddof=1).mean()
    alike = (between - within) / max(between + (each - 1) * within, 1e-300)
    return float(sums.size / (1 + (each - 1) * max(alike, 0.0)))
