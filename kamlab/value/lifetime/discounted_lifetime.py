"""How much time is left, at today's worth, when accounts leave at unknown rates.

An account that is there today and leaves at a rate drawn from a gamma distribution is
still there after t with probability (scale / (scale + t))^shape. Its expected time from
here on, each moment discounted to today, turns orders per unit of time into expected
discounted orders.
"""

import numpy as np
from numpy.typing import ArrayLike

from kamlab.value.lifetime.quadrature import Floats, gauss_legendre

_NEGLIGIBLE = 40.0
_NODES = 48


def discounted_lifetime(
    shape: float,
    scale: ArrayLike,
    discount_rate: float = 0.0,
    horizon: ArrayLike = np.inf,
) -> Floats:
    """Expected time that an account stays from here on, discounted to today.

    Parameters
    ----------
    shape : float
        Shape s of the gamma distribution of rates of leaving.
    scale : array-like of shape (n,)
        Its rate, β + T for an account that is there at T; in units of time.
    discount_rate : float
        Continuous rate per unit of time; at or above 0.
    horizon : float or array-like of shape (n,)
        Units of time from here on that count.

    Returns
    -------
    array of shape (n,)
        In units of time; infinite where nothing is discounted, the horizon is endless
        and s is at most 1.

    Notes
    -----
    ∫ e^(−δt) (c / (c+t))^s dt from 0 to the horizon. Over an endless horizon it equals
    c · z^(s−1) Ψ(s, s; z) with z = δc and Tricomi's confluent hypergeometric function
    Ψ; it is summed on Gauss–Legendre nodes of log(1 + t/c), where all cases are smooth.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). RFM and CLV: using iso-value
    curves for customer base analysis. Journal of Marketing Research 42, 415–430.

    Examples
    --------
    >>> print(discounted_lifetime(0.6, [12.0, 50.0], discount_rate=0.0027).round(2))
    [ 77.7  145.03]
    >>> discounted_lifetime(3.0, 10.0).item()
    5.0
    """
    scale = np.asarray(scale, dtype=float)
    longest = np.log1p(np.asarray(horizon, dtype=float) / scale)
    if discount_rate == 0:
        return scale * _undiscounted(shape, longest)
    return scale * _discounted(shape, longest, discount_rate * scale)


def _undiscounted(shape: float, length: Floats) -> Floats:
    """Integrate e^((1 − shape) w) from 0 to the length."""
    if shape == 1:
        return length
    with np.errstate(over="ignore"):
        return np.expm1((1 - shape) * length) / (1 - shape)


def _discounted(shape: float, length: Floats, rate: Floats) -> Floats:
    nodes, weights = gauss_legendre(_NODES)
    # Beyond this a factor e^-40 is left, even where the other one still grows.
    end = np.log1p((_NEGLIGIBLE + np.log1p(100 / rate)) / rate)
    if shape > 1:
        end = np.minimum(end, _NEGLIGIBLE / (shape - 1))
    length = np.minimum(length, end)
    w = length[..., None] * nodes
    height = np.exp((1 - shape) * w - rate[..., None] * np.expm1(w))
    return length * (height @ weights)
