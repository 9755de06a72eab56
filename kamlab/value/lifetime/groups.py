"""Groups of accounts that order differently: small ones borrow from the whole book.

Glossary
--------
pooled fit
    One model for all accounts.
shrinkage
    A group's parameters are drawn towards the pooled ones, the more so the fewer
    accounts it has (向总体收缩).
spread
    Standard deviation of the groups' log parameters around the pooled ones, learnt from
    the groups themselves (empirical Bayes, 经验贝叶斯). 0: the groups do not differ.
"""

import copy
from typing import Any, NamedTuple, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from sklearn.base import BaseEstimator, clone
from sklearn.exceptions import NotFittedError

from kamlab.errors import UsageError
from kamlab.value.lifetime.counts import Floats, checked_counts, compressed
from kamlab.value.lifetime.descent import Objective, descended, hessian_of
from kamlab.value.lifetime.model import PurchaseModel
from kamlab.value.profit_parts import is_number

#: Spreads that are compared, from no difference to factors of e^6.4, 600.
SPREADS = (0.0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4)


class GroupedModel(BaseEstimator):
    """Fit a purchase model to each group of accounts, small groups leaning on all.

    Parameters
    ----------
    model : PurchaseModel
        The model for all groups, such as ``BetaGeoNBD(unit="W")``.
    spread : float, optional
        How far the groups' log parameters lie apart; by default learnt.

    Attributes
    ----------
    pooled_ : PurchaseModel
        Fitted to all accounts.
    spread_ : float
        The spread.
    evidence_ : Series
        How probable all groups together are under each spread that was tried (log).
    models_ : dict
        A fitted model for each group.
    parameters_ : DataFrame
        Indexed by group: ``accounts``, ``came_back`` (share with a repeat order), and
        the parameters.

    Notes
    -----
    θ_g, the log parameters of group g, are normal around the pooled ones with standard
    deviation τ; each group's are found where its likelihood times that prior is
    highest. τ is the one of `SPREADS` under which all groups together are most
    probable, by Laplace's approximation of the integral over θ_g; each is twice the one
    before it, which is as fine as a handful of groups can tell. The pooled fit is taken
    as known.

    References
    ----------
    Efron, B. and Morris, C. (1975). Data analysis using Stein's estimator and its
    generalizations. Journal of the American Statistical Association 70, 311–319.
    Tierney, L. and Kadane, J. B. (1986). Accurate approximations for posterior moments
    and marginal densities. Journal of the American Statistical Association 81, 82–86.

    Examples
    --------
    >>> from kamlab.value.lifetime import BetaGeoNBD
    >>> truth = BetaGeoNBD().with_parameters(r=1, alpha=4, a=0.5, b=3)
    >>> book = truth.simulate(np.full(200, 52.0), random_state=1)
    >>> groups = pd.Series(["dealer", "plant"] * 100, book.index)
    >>> three = book["frequency"], book["recency"], book["T"]
    >>> grouped = GroupedModel(BetaGeoNBD()).fit(*three, groups=groups)
    >>> grouped.parameters_["accounts"].to_dict(), grouped.spread_
    ({'dealer': 100, 'plant': 100}, 0.0)
    """

    def __init__(self, model: PurchaseModel, spread: float | None = None) -> None:
        self.model = model
        self.spread = spread

    def fit(
        self,
        frequency: ArrayLike,
        recency: ArrayLike,
        T: ArrayLike,
        *,
        groups: ArrayLike,
        **of_pooled: Any,
    ) -> Self:
        """Learn the pooled parameters, the spread, and each group's own.

        Parameters
        ----------
        frequency, recency, T : Series or array-like of shape (n_accounts,)
            The accounts; times in the model's unit.
        groups : Series or array-like of shape (n_accounts,)
            Group of each account.
        **of_pooled : object
            What else the pooled model's `fit` takes, such as ``log_gaps``.

        Returns
        -------
        GroupedModel
            Itself.

        Raises
        ------
        UsageError, DataError
            If an account's numbers cannot be, or a group is missing.
        CannotTellError
            If all accounts together are too few.

        Examples
        --------
        >>> from kamlab.value.lifetime import BetaGeoNBD
        >>> truth = BetaGeoNBD().with_parameters(r=1, alpha=4, a=0.5, b=3)
        >>> book = truth.simulate(np.full(200, 52.0), random_state=1)
        >>> three = book["frequency"], book["recency"], book["T"]
        >>> groups = pd.Series(["dealer", "plant"] * 100, book.index)
        >>> grouped = GroupedModel(BetaGeoNBD()).fit(*three, groups=groups)
        >>> sorted(grouped.models_)
        ['dealer', 'plant']
        """
        learnt = self.spread is None
        if not learnt and not (is_number(self.spread) and 0 <= self.spread < np.inf):
            raise UsageError(
                f"spread = {self.spread!r}: give a number from 0 (no difference) on, "
                "or None to learn it"
            )
        counts = checked_counts(frequency, recency, T)
        labels = _checked_groups(groups, counts.index)
        self.pooled_ = clone(self.model).fit(frequency, recency, T, **of_pooled)
        books = {}
        for group, rows in labels.groupby(labels).indices.items():
            columns = (counts.frequency[rows], counts.recency[rows], counts.T[rows])
            books[group] = _Book(self.pooled_, columns)
        spreads = SPREADS if learnt else (self.spread,)
        found = {each: _fitted(books, self.pooled_, each) for each in spreads}
        evidence = {each: fits.evidence for each, fits in found.items()}
        self.evidence_ = pd.Series(evidence, name="evidence").rename_axis("spread")
        self.spread_ = float(self.evidence_.idxmax())
        self.models_ = found[self.spread_].models
        self.parameters_ = _table(self.models_, books)
        return self

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences about the groups, for the reader of their figures.

        Examples
        --------
        >>> model = GroupedModel(None)
        >>> model.spread_, model.evidence_ = 6.4, pd.Series(range(8), SPREADS)
        >>> print(*model.notes)
        The groups differ by factors of e^6.4 and more, the most that was tried: look at
        each by itself.
        """
        if len(self.evidence_) == 1 or self.spread_ < SPREADS[-1]:
            return ()
        return (
            f"The groups differ by factors of e^{self.spread_:g} and more, the most "
            "that was tried: look at each by itself.",
        )

    def probability_alive(
        self, frequency: ArrayLike, recency: ArrayLike, T: ArrayLike, groups: ArrayLike
    ) -> pd.Series:
        """Return the probability that each account is still a customer.

        Parameters
        ----------
        frequency, recency, T : Series or array-like of shape (n_accounts,)
            The accounts; times in the model's unit.
        groups : Series or array-like of shape (n_accounts,)
            Group of each account; one that was not learnt takes the pooled model.

        Returns
        -------
        Series
            From 0 to 1, with the accounts' index.

        Raises
        ------
        UsageError, DataError
            If an account's numbers cannot be, or a group is missing.

        Examples
        --------
        >>> from kamlab.value.lifetime import BetaGeoNBD
        >>> truth = BetaGeoNBD().with_parameters(r=1, alpha=4, a=0.5, b=3)
        >>> book = truth.simulate(np.full(200, 52.0), random_state=1)
        >>> three = book["frequency"], book["recency"], book["T"]
        >>> groups = pd.Series(["dealer", "plant"] * 100, book.index)
        >>> grouped = GroupedModel(BetaGeoNBD()).fit(*three, groups=groups)
        >>> alive = grouped.probability_alive([0], [0.0], [9.0], ["plant"])
        >>> alive[0].item()
        1.0
        """
        return self._asked("probability_alive", (), (frequency, recency, T), groups)

    def expected_orders(
        self,
        horizon: float | str,
        frequency: ArrayLike,
        recency: ArrayLike,
        T: ArrayLike,
        groups: ArrayLike,
    ) -> pd.Series:
        """Return how many orders each account will place over the time ahead.

        Parameters
        ----------
        horizon : float or str
            Time ahead, in the model's unit.
        frequency, recency, T : Series or array-like of shape (n_accounts,)
            The accounts; times in the model's unit.
        groups : Series or array-like of shape (n_accounts,)
            Group of each account; one that was not learnt takes the pooled model.

        Returns
        -------
        Series
            Expected orders.

        Raises
        ------
        UsageError, DataError
            If the horizon or an account's numbers cannot be, or a group is missing.

        Examples
        --------
        >>> from kamlab.value.lifetime import BetaGeoNBD
        >>> truth = BetaGeoNBD().with_parameters(r=1, alpha=4, a=0.5, b=3)
        >>> book = truth.simulate(np.full(200, 52.0), random_state=1)
        >>> three = book["frequency"], book["recency"], book["T"]
        >>> groups = pd.Series(["dealer", "plant"] * 100, book.index)
        >>> grouped = GroupedModel(BetaGeoNBD()).fit(*three, groups=groups)
        >>> ahead = grouped.expected_orders("26W", *three, groups)
        >>> ahead.index.equals(book.index)
        True
        """
        three = (frequency, recency, T)
        return self._asked("expected_orders", (horizon,), three, groups)

    def expected_residual_orders(
        self,
        discount_rate: float,
        frequency: ArrayLike,
        recency: ArrayLike,
        T: ArrayLike,
        groups: ArrayLike,
    ) -> pd.Series:
        """Return all orders to come, each discounted to today (DERT).

        Parameters
        ----------
        discount_rate : float
            Continuously compounded rate for one unit of time.
        frequency, recency, T : Series or array-like of shape (n_accounts,)
            The accounts; times in the model's unit.
        groups : Series or array-like of shape (n_accounts,)
            Group of each account; one that was not learnt takes the pooled model.

        Returns
        -------
        Series
            Discounted expected residual orders.

        Raises
        ------
        UsageError, DataError
            If the rate or an account's numbers cannot be, or a group is missing.

        Examples
        --------
        As `expected_orders`, with a rate in place of the horizon.
        """
        three, verb = (frequency, recency, T), "expected_residual_orders"
        return self._asked(verb, (discount_rate,), three, groups)

    def _asked(
        self, verb: str, first: tuple, three: tuple, groups: ArrayLike
    ) -> pd.Series:
        """Ask each account's own model."""
        if not hasattr(self, "models_"):
            raise NotFittedError("GroupedModel has not been fitted: call fit")
        counts = checked_counts(*three)
        labels = _checked_groups(groups, counts.index)
        answers = np.empty(len(counts))
        for group, rows in labels.groupby(labels).indices.items():
            model = self.models_.get(group, self.pooled_)
            columns = (counts.frequency[rows], counts.recency[rows], counts.T[rows])
            answers[rows] = getattr(model, verb)(*first, *columns)
        return pd.Series(answers, counts.index, name=verb)


class _Book:
    """One group's accounts: how many, and their likelihood."""

    def __init__(self, pooled: PurchaseModel, columns: tuple[Floats, ...]) -> None:
        triples = compressed(*columns)
        self.size = len(columns[0])
        self.came_back = float((columns[0] > 0).mean())
        self.objective: Objective = pooled._objective(triples)


class _Fits(NamedTuple):
    """All groups' models under one spread, and how probable they are under it."""

    models: dict
    evidence: float


def _checked_groups(groups: ArrayLike, index: pd.Index) -> pd.Series:
    """Return each account's group, or name the account that has none."""
    labels = pd.Series(np.asarray(groups, dtype=object), name="group")
    if len(labels) != len(index):
        raise UsageError(
            f"groups has {len(labels)} rows for {len(index)} accounts: give one each"
        )
    if isinstance(groups, pd.Series) and not groups.index.equals(index):
        raise UsageError(
            "groups and frequency name different accounts: give them one index in the "
            "same order"
        )
    if (missing := labels.isna()).any():
        account = index[int(np.argmax(missing))]
        raise UsageError(
            f"groups: account {account!r} has none; name its group, or put it into "
            "one of its own"
        )
    return labels


def _fitted(books: dict, pooled: PurchaseModel, spread: float) -> _Fits:
    """Fit every group under a spread."""
    centre = np.log(pooled._values)
    models, evidence = {}, 0.0
    for group, book in books.items():
        theta, precision, gain = _drawn_in(book, centre, spread)
        models[group] = _with(pooled, theta, precision, book)
        evidence += gain
    return _Fits(models, evidence)


def _drawn_in(book: _Book, centre: Floats, spread: float) -> tuple:
    """Return a group's log parameters, their precision, and the log evidence."""
    if spread == 0:
        value, _ = book.objective(centre)
        return centre, np.full((len(centre),) * 2, np.inf), -value * book.size
    weight = 1 / (spread**2 * book.size)

    def penalised(theta: Floats) -> tuple[float, Floats]:
        value, gradient = book.objective(theta)
        away = theta - centre
        return value + weight * float(away @ away) / 2, gradient + weight * away

    reach = np.full(len(centre), 6 * spread + 1)
    end = descended(penalised, centre, centre - reach, centre + reach)
    precision = hessian_of(penalised, end.theta) * book.size
    bends = np.maximum(np.linalg.eigvalsh(precision), 0.5 / spread**2)
    gain = -end.value * book.size - len(centre) * np.log(spread)
    return end.theta, precision, gain - float(np.log(bends).sum()) / 2


def _with(
    pooled: PurchaseModel, theta: Floats, precision: Floats, book: _Book
) -> PurchaseModel:
    """Return a copy of the pooled model with a group's own parameters."""
    model = copy.copy(pooled)
    values, names = np.exp(theta), pooled.parameters_.index
    model.parameters_ = pd.Series(values, index=names)
    if np.isfinite(precision).all():
        covariance = np.linalg.pinv(precision, hermitian=True)
        covariance = covariance * np.outer(values, values)
        variances = np.diag(covariance)
        known = np.where(variances > 0, variances, np.nan)
        model.covariance_ = pd.DataFrame(covariance, index=names, columns=names)
        model.standard_errors_ = pd.Series(np.sqrt(known), index=names)
    model.log_likelihood_ = -float(book.objective(theta)[0]) * book.size
    model.n_accounts_ = book.size
    return model


def _table(models: dict, books: dict) -> pd.DataFrame:
    rows = {
        group: {"accounts": books[group].size, "came_back": books[group].came_back}
        | model.parameters_.to_dict()
        for group, model in models.items()
    }
    return pd.DataFrame.from_dict(rows, orient="index").rename_axis("group")
