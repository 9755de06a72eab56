"""How many occasions an account will still be there for, at today's worth.

An account that is there and leaves before each occasion with a probability drawn from a
beta distribution misses more and more of the occasions to come.
"""

import numpy as np
from numpy.typing import ArrayLike

from kamlab.value.lifetime.quadrature import Floats


def discounted_occasions(
    gamma: float,
    delta: ArrayLike,
    discount_rate: float = 0.0,
    horizon: float = np.inf,
) -> Floats:
    """Expected occasions to come at which an account is there, discounted to today.

    Parameters
    ----------
    gamma : float
        First parameter of the beta distribution of the probability to leave.
    delta : array-like of shape (n_rows,)
        Its second parameter: delta + n for an account that is there at occasion n.
    discount_rate : float
        Rate from one occasion to the next, compounded at each; at or above 0.
    horizon : int or inf
        Number of occasions from here on that count.

    Returns
    -------
    array of shape (n_rows,)
        Infinite where nothing is discounted, the horizon is endless and gamma is at
        most 1.

    Notes
    -----
    Σ (1+d)^−t B(γ, δ+t) / B(γ, δ) over t = 1 … horizon. Without an end it is
    ₂F₁(1, δ; γ+δ; 1/(1+d)) − 1, by Gauss's continued fraction.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Shang, J. (2010). Customer-base analysis in a
    discrete-time noncontractual setting. Marketing Science 29, 1086–1108.

    Examples
    --------
    >>> discounted_occasions(2.0, [3.0], horizon=2).tolist()
    [1.0]
    >>> print(discounted_occasions(0.7, [8.8], discount_rate=0.1).round(3))
    [6.369]
    """
    delta = np.asarray(delta, dtype=float)
    worth = 1 / (1 + discount_rate)
    if np.isfinite(horizon):
        return _summed(gamma, delta, worth, int(horizon))
    if discount_rate == 0:
        return np.where(gamma > 1, delta / max(gamma - 1, 1e-300), np.inf)
    return _continued(gamma, delta, worth)


def _summed(gamma: float, delta: Floats, worth: float, horizon: int) -> Floats:
    total, there = np.zeros_like(delta), np.ones_like(delta)
    for passed in range(horizon):
        there = there * worth * (delta + passed) / (gamma + delta + passed)
        total = total + there
    return total


def _continued(gamma: float, delta: Floats, worth: float) -> Floats:
    """Evaluate ₂F₁(1, δ; γ+δ; z) − 1 from the far end of its continued fraction."""
    root = np.sqrt(1 - worth)
    # Each pair of steps brings the error down by this factor.
    fall = 2 * (np.log1p(root) - np.log1p(-root))
    both = gamma + delta
    tail = np.ones_like(delta)
    for k in range(int(np.ceil(40 / fall)) + 2, 0, -1):
        odd = (delta + k) * (both + k - 1) / ((both + 2 * k - 1) * (both + 2 * k))
        even = k * (gamma + k - 1) / ((both + 2 * k - 2) * (both + 2 * k - 1))
        tail = 1 - even * worth / (1 - odd * worth / tail)
    first = delta / both * worth / tail
    return first / (1 - first)
