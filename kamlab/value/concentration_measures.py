"""The measures of concentration that can carry an interval, looked up by name."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
from scipy.special import ndtr, ndtri

from kamlab.errors import UsageError, did_you_mean
from kamlab.value import concentration_kernels as kernels
from kamlab.value.concentration_kernels import Floats


@dataclass(frozen=True)
class Measure:
    """A measure of concentration with what its interval needs.

    Parameters
    ----------
    of : callable
        Its value for every row of amounts sorted from the largest.
    influence : callable
        The influence of every account on it.
    of_lognormal : callable
        Its value for lognormal revenue with a given standard deviation of logs.

    Examples
    --------
    >>> gini = measure_of("gini")
    >>> float(gini.of(np.array([3.0, 1.0])))
    0.25
    """

    of: Callable[[Floats], Floats]
    influence: Callable[[Floats], Floats]
    of_lognormal: Callable[[float], float]


#: Measures that have intervals, and their share if none is given. The effective number
#: is not among them: its intervals missed the truth more often than not.
MEASURES = {"gini": None, "top_share": 0.2, "accounts_for_share": 0.8}


def measure_of(name: str, at: float | None = None) -> Measure:
    """Look up a measure of concentration by name.

    Parameters
    ----------
    name : {"gini", "top_share", "accounts_for_share"}
        The measure.
    at : float, optional
        Its share: the top 20 % (of accounts), or the accounts for 80 % (of revenue).

    Returns
    -------
    Measure

    Raises
    ------
    UsageError
        If the name is unknown, or the share is not between 0 and 1.

    Examples
    --------
    >>> float(measure_of("top_share", at=0.5).of(np.array([3.0, 1.0])))
    0.75
    """
    if name not in MEASURES:
        raise UsageError(f"measure is {name!r}: {did_you_mean(name, MEASURES)}")
    if name == "gini":
        return Measure(kernels.gini_of, kernels.gini_influence, _lognormal_gini)
    at = MEASURES[name] if at is None else at
    if not 0 < at < 1:
        raise UsageError(f"at = {at!r}: give a share between 0 and 1, such as 0.2")
    if name == "top_share":
        return Measure(
            partial(kernels.top_share_of, top=at),
            partial(kernels.top_share_influence, top=at),
            partial(_lognormal_top_share, at),
        )
    return Measure(
        partial(kernels.accounts_for_share_of, share=at),
        partial(kernels.accounts_for_share_influence, share=at),
        partial(_lognormal_accounts_for_share, at),
    )


def _lognormal_gini(spread: float) -> float:
    return float(2 * ndtr(spread / np.sqrt(2)) - 1)


def _lognormal_top_share(top: float, spread: float) -> float:
    return float(ndtr(spread + ndtri(top)))


def _lognormal_accounts_for_share(share: float, spread: float) -> float:
    return float(ndtr(ndtri(share) - spread))
