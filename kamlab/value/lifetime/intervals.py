"""How sure a purchase model is, by fitting it to many books that it has made up itself.

What an account will order in a year is unsure for two reasons: its orders come by
chance, and the parameters were learnt from a limited number of accounts. The parametric
bootstrap shows both. It makes up books of accounts as the fitted model says, fits the
model to each, and lets each fit draw a future for the real accounts.

Glossary
--------
refit
    The model, fitted to a made-up book with as many accounts and the same T.
future
    One possible number of orders for every real account over the horizon.
"""

from dataclasses import dataclass
from functools import cached_property
from numbers import Integral

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import ndtri

from kamlab.errors import UsageError
from kamlab.estimates import Estimate, checked_level
from kamlab.value.lifetime.counts import checked_counts
from kamlab.value.lifetime.futures import FUTURES_EACH, effective_draws, tails
from kamlab.value.lifetime.model import PurchaseModel, RandomState
from kamlab.value.lifetime.parameter_intervals import (
    OnOpenScale,
    as_read,
    contrasts,
    on_open_scale,
    opened,
    quantities,
)
from kamlab.value.lifetime.quadrature import Floats
from kamlab.value.lifetime.refits import FEWEST_REFITS, Refit, refits
from kamlab.value.lifetime.units import checked_horizon


@dataclass(frozen=True)
class Bootstrap:
    """Possible parameters, and possible futures of every account.

    Parameters
    ----------
    parameters : DataFrame of shape (n_refits, n_parameters)
        What the refits learnt.
    futures : DataFrame of shape (n_futures, n_accounts)
        Orders over the horizon, a column for each account.
    expected : Series of shape (n_accounts,)
        Expected orders by the model itself.
    left_out : int
        Made-up books from which nothing could be learnt.
    undetermined : int
        Refits that leave a parameter open; they count, as they would have.
    level : float
        Probability with which intervals are to cover.
    learnt : OnOpenScale
        What the model itself learnt, on the open scale.
    pivots : array of shape (n_refits, n_quantities)
        Distance of refits from the model, in their own standard errors.

    Examples
    --------
    See `bootstrap`.
    """

    parameters: pd.DataFrame
    futures: pd.DataFrame
    expected: pd.Series
    left_out: int
    undetermined: int
    level: float
    learnt: OnOpenScale
    pivots: Floats

    @cached_property
    def accounts(self) -> pd.DataFrame:
        """Expected orders of every account, with the ends of their intervals.

        Examples
        --------
        >>> futures = pd.DataFrame({"Nordal": [0, 5], "Brenta": [2, 2]})
        >>> learnt = OnOpenScale(np.array([0.0]), np.array([0.1]))
        >>> found = Bootstrap(
        ...     pd.DataFrame({"r": [1.1, 0.9]}), futures, futures.mean(), 1, 0, 0.95,
        ...     learnt, np.array([[0.9], [-1.0]]),
        ... )
        >>> found.accounts.loc["Brenta"].tolist()
        [2.0, 2.0, 2.0]
        """
        low, high = np.quantile(self.futures.to_numpy(), tails(self.level), axis=0)
        ends = {"expected": self.expected, "low": low, "high": high}
        return pd.DataFrame(ends, index=self.expected.index)

    def total(self, weights: ArrayLike | None = None, unit: str = "number") -> Estimate:
        """Sum up the accounts' orders, or what they bring, with an interval.

        Parameters
        ----------
        weights : Series or array-like of shape (n_accounts,), optional
            What an order of every account counts, such as its margin; 0 leaves an
            account out. By default each order counts one.
        unit : {"number", "money", "count"}
            What the sum is, for printing.

        Returns
        -------
        Estimate
            The expected sum; n counts the accounts in it. With fewer than 40 futures
            of worth the interval ends at the smallest and the largest one.

        Raises
        ------
        UsageError
            If there is not one finite weight for every account.

        Notes
        -----
        Futures of one refit are alike, so that there are fewer than it seems; the
        interval leaves out as many of them at its ends as that many independent ones
        would have to. Of 500 books each of 100, 300 and 1,000 accounts, with 60 refits,
        the 95 % interval of a year's orders held what came in 95, 95 and 96 %; plain
        percentiles held it in 93, 93 and 94 %.

        References
        ----------
        Kish, L. (1965). Survey Sampling. Wiley, New York (the design effect).

        Examples
        --------
        >>> futures = pd.DataFrame({"Nordal": [0, 5], "Brenta": [2, 2]})
        >>> learnt = OnOpenScale(np.array([0.0]), np.array([0.1]))
        >>> found = Bootstrap(
        ...     pd.DataFrame({"r": [1.1, 0.9]}), futures, futures.mean(), 1, 0, 0.95,
        ...     learnt, np.array([[0.9], [-1.0]]),
        ... )
        >>> print(found.total(weights=[0, 50], unit="money"))
        100 (95 % interval 100 to 100, n = 1)
        """
        weight = self._checked_weights(weights)
        sums = self.futures.to_numpy() @ weight
        n_draws = effective_draws(sums.reshape(len(self.parameters), -1))
        low, high = np.quantile(sums, tails(self.level, n_draws))
        value = float(self.expected.to_numpy() @ weight)
        n = int(np.count_nonzero(weight))
        method = f"parametric bootstrap, {len(self.parameters)} refits"
        ends = (min(float(low), value), max(float(high), value))
        return Estimate(value, *ends, n, self.level, unit=unit, method=method)

    def parameter_intervals(self) -> pd.DataFrame:
        """Tell between which limits parameters and the means they make lie.

        Returns
        -------
        DataFrame
            A row for each; columns `value`, `low`, `high`, NaN where the accounts leave
            it open.

        Notes
        -----
        Symmetric bootstrap-t, never narrower than Wald's interval: refits tell how many
        of their own standard errors they lie from the model that made them up, and so
        many of the model's errors are taken. Of 500 books each of 100, 300 and 1,000
        accounts the 95 % intervals held the truth of r in 96, 95 and 96 %, of alpha in
        96, 97 and 96 %, of a/(a+b) in 96, 94 and 96 %; plain percentiles of the refits
        did in 92, 91 and 95 % of 150 books of 100 accounts.

        References
        ----------
        Hall, P. (1988). On symmetric bootstrap confidence intervals. Journal of the
        Royal Statistical Society B 50, 35–45.

        Examples
        --------
        >>> futures = pd.DataFrame({"Nordal": [0, 5], "Brenta": [2, 2]})
        >>> learnt = OnOpenScale(np.array([0.0]), np.array([0.1]))
        >>> found = Bootstrap(
        ...     pd.DataFrame({"r": [1.1, 0.9]}), futures, futures.mean(), 1, 0, 0.95,
        ...     learnt, np.array([[0.9], [-1.0]]),
        ... )
        >>> print(found.parameter_intervals().round(3))
           value    low   high
        r    1.0  0.822  1.217
        """
        centre, errors = self.learnt
        known = np.isfinite(self.pivots)
        reach = np.quantile(np.where(known, np.abs(self.pivots), 0), self.level, axis=0)
        reach = errors * np.maximum(reach, -ndtri((1 - self.level) / 2))
        columns = {"value": centre, "low": centre - reach, "high": centre + reach}
        return as_read(quantities(self.parameters.columns), columns)

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about refits that failed, for the reader of an interval.

        Examples
        --------
        >>> futures = pd.DataFrame({"Nordal": [0, 5], "Brenta": [2, 2]})
        >>> learnt = OnOpenScale(np.array([0.0]), np.array([0.1]))
        >>> found = Bootstrap(
        ...     pd.DataFrame({"r": [1.1, 0.9]}), futures, futures.mean(), 1, 0, 0.95,
        ...     learnt, np.array([[0.9], [-1.0]]),
        ... )
        >>> len(found.notes)
        1
        """
        made = len(self.parameters) + self.left_out
        notes = []
        if self.left_out:
            notes.append(
                f"{self.left_out} of {made} made-up books were too poor to learn from "
                "and are left out; the intervals may be too narrow."
            )
        if self.undetermined:
            notes.append(
                f"{self.undetermined} of {made} made-up books leave a parameter open; "
                "read orders and mean rates rather than single parameters."
            )
        return tuple(notes)

    def _checked_weights(self, weights: ArrayLike | None) -> Floats:
        n = len(self.expected)
        if weights is None:
            return np.ones(n)
        if isinstance(weights, pd.Series):
            weights = weights.reindex(self.expected.index)
        array = np.asarray(weights, dtype=float)
        if array.shape != (n,) or not np.isfinite(array).all():
            raise UsageError(
                f"weights: shape {array.shape}, {np.isfinite(array).sum()} finite, for "
                f"{n} accounts: give each account a number"
            )
        return array


def bootstrap(
    model: PurchaseModel,
    frequency: ArrayLike,
    recency: ArrayLike,
    T: ArrayLike,
    horizon: float | str,
    repetitions: int = 200,
    level: float = 0.95,
    random_state: RandomState = 0,
) -> Bootstrap:
    """Say how sure the orders ahead and the parameters of a fitted model are.

    Parameters
    ----------
    model : PurchaseModel
        Fitted to these accounts.
    frequency, recency, T : Series or array-like of shape (n_accounts,)
        The accounts.
    horizon : float or str
        Time ahead, in the model's unit.
    repetitions : int
        Number of made-up books.
    level : float
        Probability with which intervals are to cover.
    random_state : int, Generator or None
        Seed.

    Returns
    -------
    Bootstrap

    Raises
    ------
    UsageError, DataError
        If an argument or an account's numbers cannot be, or the model was not fitted.
    CannotTellError
        If too many made-up books are too poor to learn from.

    References
    ----------
    Efron, B. and Tibshirani, R. J. (1993). An Introduction to the Bootstrap. Chapman &
    Hall, New York, chapters 6 and 13.

    Examples
    --------
    >>> from kamlab.value.lifetime.pareto_nbd import ParetoNBD
    >>> made = ParetoNBD().with_parameters(r=0.8, alpha=6, s=0.7, beta=20)
    >>> book = made.simulate(np.full(100, 60), random_state=1)
    >>> counts = book["frequency"], book["recency"], book["T"]
    >>> found = bootstrap(ParetoNBD().fit(*counts), *counts, "52W", repetitions=40)
    >>> found.total().n
    100
    >>> bool((found.accounts["low"] <= found.accounts["high"]).all())
    True
    """
    checked_level(level)
    _checked_repetitions(repetitions)
    rng = np.random.default_rng(random_state)
    expected = model.expected_orders(horizon, frequency, recency, T)
    counts = checked_counts(frequency, recency, T)
    ahead = checked_horizon(horizon, model.unit)
    made = refits(model, counts.T, repetitions, rng)
    drawn = [
        model._draw_future(np.exp(refit.logs), ahead, counts, rng)
        for refit in made
        for _ in range(FUTURES_EACH)
    ]
    names, learnt = model.parameters_.index, on_open_scale(model)
    return Bootstrap(
        parameters=pd.DataFrame(np.exp([each.logs for each in made]), columns=names),
        futures=pd.DataFrame(np.array(drawn, dtype=np.int64), columns=expected.index),
        expected=expected,
        left_out=repetitions - len(made),
        undetermined=sum(bool(np.isnan(each.covariance).any()) for each in made),
        level=level,
        learnt=learnt,
        pivots=_pivots(made, learnt, contrasts(names)),
    )


def _pivots(made: list[Refit], learnt: OnOpenScale, contrast: Floats) -> Floats:
    """Return how many of their own standard errors refits lie from the model."""
    found = [opened(contrast, *refit) for refit in made]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.array([(each.centre - learnt.centre) / each.errors for each in found])


def _checked_repetitions(repetitions: int) -> None:
    whole = isinstance(repetitions, Integral) and not isinstance(repetitions, bool)
    if not whole or repetitions < FEWEST_REFITS:
        raise UsageError(
            f"repetitions = {repetitions!r}: give a whole number, {FEWEST_REFITS} or "
            "more"
        )
