"""What a fit leaves open, in words for the reader of a value rather than of a model.

The reports of the models (`convergence_`) name parameters and edges. Who reads a value
wants to know what that means for the accounts.
"""

import numpy as np
import pandas as pd

from kamlab.estimates import Estimate
from kamlab.style.formats import format_share
from kamlab.value.contracts.renewal_model import RenewalModel
from kamlab.value.customer_equity.spending_model import SpendingModel
from kamlab.value.lifetime.model import PurchaseModel

#: Below this share of leaving after an order nobody is seen to leave.
_HARDLY_ANY = 0.005
#: A parameter whose logarithm is less sure than this is not known by itself.
_LOOSE = 1.0
#: Beyond this r, q or α + β accounts are as good as equal.
_ALIKE = 100.0
#: A correlation that may be as slight as this changes no value that matters.
_SLIGHT = 0.1
_ROUGH = "The search for the best fit did not settle; take the figures as rough."


def ordering_notes(model: PurchaseModel) -> tuple[str, ...]:
    """Say what a purchase model could not tell of the accounts.

    Parameters
    ----------
    model : PurchaseModel
        Fitted; its first two parameters tell the pace, the next two the leaving.

    Returns
    -------
    tuple of str
        Empty for a good fit, or where the parameters were given.

    Examples
    --------
    >>> from kamlab.value.lifetime import BetaGeoNBD
    >>> truth = BetaGeoNBD().with_parameters(r=2, alpha=4, a=0.01, b=90)
    >>> book = truth.simulate(np.full(90, 52.0), random_state=1)
    >>> fitted = BetaGeoNBD().fit(book["frequency"], book["recency"], book["T"])
    >>> print(*ordering_notes(fitted))
    Hardly anybody seems to leave after an order, so that a long silence hardly lowers a
    value: look by themselves at accounts that have not ordered for long.
    """
    if not hasattr(model, "standard_errors_"):
        return ()
    notes = [] if model.convergence_.converged else [_ROUGH]
    open_pace, open_leaving = _open(model, 0), _open(model, 2)
    if open_pace:
        alike = model.parameters_.iloc[0] > _ALIKE
        notes.append(_spread_note("how often they order", alike))
    left = _leaving(model.parameters_)
    if left < _HARDLY_ANY:
        notes.append(
            "Hardly anybody seems to leave after an order, so that a long silence "
            "hardly lowers a value: look by themselves at accounts that have not "
            "ordered for long."
        )
    elif open_leaving:
        notes.append(
            f"About {format_share(left)} leave after an order; how far accounts differ "
            "in that, these data cannot tell."
        )
    return tuple(notes)


def renewal_notes(model: RenewalModel) -> tuple[str, ...]:
    """Say what a renewal model could not tell of the accounts.

    Parameters
    ----------
    model : RenewalModel
        Fitted; the mean share that leaves is its first parameter over the sum of two.

    Returns
    -------
    tuple of str
        Empty for a good fit, or where the parameters were given.

    Examples
    --------
    >>> from kamlab.value.contracts import ShiftedBetaGeometric
    >>> alike = ShiftedBetaGeometric().fit_cohorts(pd.Series([1000, 900, 810, 729]))
    >>> print(*renewal_notes(alike))
    Accounts hardly differ in how they renew: 10.0 % leave at a renewal, whether it is
    their first or a later one.
    """
    if not hasattr(model, "standard_errors_"):
        return ()
    notes = [] if model.convergence_.converged else [_ROUGH]
    first, second = model.parameters_.iloc[:2]
    left = format_share(first / (first + second))
    if first + second > _ALIKE:
        notes.append(
            f"Accounts hardly differ in how they renew: {left} leave at a renewal, "
            "whether it is their first or a later one."
        )
    elif _open(model, 0):
        notes.append(
            f"{left} leave at their first renewal; how far accounts differ in that, "
            "these data cannot tell."
        )
    return tuple(notes)


def spending_notes(found: SpendingModel) -> tuple[str, ...]:
    """Say what a model of order values could not tell of the accounts.

    Parameters
    ----------
    found : SpendingModel
        From `spending_model`.

    Returns
    -------
    tuple of str
        Empty for a good fit.

    Examples
    --------
    >>> from kamlab.value.lifetime import GammaGamma
    >>> equal = GammaGamma().with_parameters(p=4, q=8103, gamma=2e5)
    >>> edge = ("q = 8.1e+03 lies at the edge of what was searched.",)
    >>> print(*spending_notes(SpendingModel(equal, np.zeros((3, 3)), edge)))
    Accounts hardly differ in what an order brings; the model takes them as equal.
    """
    settled = () if found.converged else (_ROUGH,)
    notes = (*settled, *_related_note(found.correlation))
    if not found.notes:
        return notes
    alike = found.model.parameters_["q"] > _ALIKE
    return (_spread_note("what an order brings", alike), *notes)


def _related_note(correlation: Estimate | None) -> tuple[str, ...]:
    """Say if accounts that order often spend otherwise than those that seldom do."""
    if correlation is None or not correlation.interval:
        return ()
    away = min(abs(correlation.low), abs(correlation.high))
    if correlation.low <= 0 <= correlation.high or away < _SLIGHT:
        return ()
    more = correlation.value > 0
    brings, seldom = ("more", "too high") if more else ("less", "too low")
    return (
        f"An order of accounts that order often brings {brings} (rank correlation "
        f"{correlation.value:.2f}, {correlation.low:.2f} to {correlation.high:.2f}); "
        f"the model takes the two as unrelated, and draws who orders seldom {seldom}.",
    )


def _spread_note(what: str, alike: bool) -> str:
    if alike:
        return f"Accounts hardly differ in {what}; the model takes them as equal."
    return f"How far accounts differ in {what}, these data hardly tell."


def _open(model: PurchaseModel | RenewalModel, first: int) -> bool:
    """Say whether one of two parameters is not known by itself."""
    errors = (model.standard_errors_ / model.parameters_).iloc[first : first + 2]
    return not bool((errors < _LOOSE).all())


def _leaving(parameters: pd.Series) -> float:
    """Return how many leave for one order."""
    pace_shape, pace, shape, scale = parameters
    if "a" in parameters.index:
        return float(shape / (shape + scale))
    rates = np.array([shape / scale, pace_shape / pace])
    return float(rates[0] / rates.sum())
