"""Purchase models in which known traits shift how accounts order and leave.

Glossary
--------
effect
    What a trait does to the logarithm of a rate: accounts that came online with an
    effect of 0.4 order exp(0.4) = 1.5 times as often, all else equal.
ordering, leaving
    The two rates of an account that traits may shift: that of its orders while it is
    there, and that of leaving (in BG/NBD the odds to leave after an order).
"""

from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import ndtri
from scipy.stats import chi2
from sklearn.base import BaseEstimator, clone
from sklearn.exceptions import NotFittedError

from kamlab.errors import UsageError
from kamlab.value.lifetime.counts import checked_counts
from kamlab.value.lifetime.covariate_search import Found, searched, shifts
from kamlab.value.lifetime.model import PurchaseModel
from kamlab.value.lifetime.quadrature import Floats
from kamlab.value.lifetime.traits import check_informative, checked_traits, combined


@dataclass(frozen=True)
class LikelihoodRatio:
    """Whether the traits explain more than chance would.

    Parameters
    ----------
    statistic : float
        Twice the gain of log-likelihood over the model without traits.
    degrees : int
        Number of effects.
    p_value : float
        Probability of such a gain if no trait had an effect.

    Examples
    --------
    >>> LikelihoodRatio(8.1, 2, 0.017).p_value
    0.017
    """

    statistic: float
    degrees: int
    p_value: float


class CovariateModel(BaseEstimator):
    """A purchase model for accounts that differ by what was known from the start.

    Parameters
    ----------
    model : PurchaseModel
        The model that holds among accounts with the same traits; unfitted.

    Attributes
    ----------
    base_ : PurchaseModel
        The model of an account whose traits are all 0.
    effects_ : DataFrame
        A row for each effect, by what it acts on and the trait; columns `effect`,
        `standard_error`, `low` and `high` (95 %).
    likelihood_ratio_ : LikelihoodRatio
        Test against the model without traits.
    log_likelihood_ : float
        Of all accounts.
    convergence_ : Convergence
        How the search went.

    Notes
    -----
    Pareto/NBD: α_i = α₀ exp(−γ′z_i), β_i = β₀ exp(−δ′z_i). BG/NBD: α likewise, and
    a_i = a₀ exp(δ′z_i). What the traits explain the mixing distributions no longer have
    to: r and s grow. Accounts with equal traits are worked out together; bands of a
    size are quicker, and easier to read, than the size itself.

    References
    ----------
    Fader, P. S. and Hardie, B. G. S. (2007). Incorporating time-invariant covariates
    into the Pareto/NBD and BG/NBD models. brucehardie.com/notes/019.

    Examples
    --------
    Two hundred accounts each, of which those that came online order twice as often:

    >>> from kamlab.value.lifetime.pareto_nbd import ParetoNBD
    >>> often = ParetoNBD().with_parameters(r=0.9, alpha=4, s=0.7, beta=20)
    >>> seldom = ParetoNBD().with_parameters(r=0.9, alpha=8, s=0.7, beta=20)
    >>> books = [each.simulate(np.full(200, 60), 1) for each in (often, seldom)]
    >>> book = pd.concat(books, ignore_index=True)
    >>> online = pd.DataFrame({"online": [1] * 200 + [0] * 200})
    >>> counts = book["frequency"], book["recency"], book["T"]
    >>> found = CovariateModel(ParetoNBD()).fit(*counts, ordering=online)
    >>> effect = found.effects_.loc[("ordering", "online")]
    >>> bool(effect["low"] < np.log(2) < effect["high"])
    True
    """

    def __init__(self, model: PurchaseModel) -> None:
        self.model = model

    def fit(
        self,
        frequency: ArrayLike,
        recency: ArrayLike,
        T: ArrayLike,
        *,
        ordering: pd.DataFrame | None = None,
        leaving: pd.DataFrame | None = None,
    ) -> Self:
        """Learn the parameters, and what the traits do to them.

        Parameters
        ----------
        frequency, recency, T : Series or array-like of shape (n_accounts,)
            The accounts; times in the model's unit.
        ordering, leaving : DataFrame of shape (n_accounts, n_traits), optional
            Traits that may shift the rate of orders, and that of leaving.

        Returns
        -------
        CovariateModel
            Itself.

        Raises
        ------
        UsageError, DataError
            If an account's numbers or traits cannot be.
        CannotTellError
            If there is too little to learn from.
        """
        counts = checked_counts(frequency, recency, T)
        plain = clone(self.model).fit(frequency, recency, T)
        table = _table({"ordering": ordering, "leaving": leaving}, counts.index)
        for role in table.columns.unique(level=0):
            check_informative(table[role])
        scale = _Scale(table.mean().to_numpy(), table.std(ddof=0).to_numpy())
        traits = combined((table - scale.centre) / scale.spread)
        signs = shifts(plain, table.columns)
        found = searched(plain, counts, traits, signs)
        self._keep(plain, found, signs, scale, table.columns)
        return self

    def probability_alive(
        self,
        frequency: ArrayLike,
        recency: ArrayLike,
        T: ArrayLike,
        *,
        ordering: pd.DataFrame | None = None,
        leaving: pd.DataFrame | None = None,
    ) -> pd.Series:
        """Return the probability that each account is still a customer.

        Parameters
        ----------
        frequency, recency, T : Series or array-like of shape (n_accounts,)
            The accounts; times in the model's unit.
        ordering, leaving : DataFrame of shape (n_accounts, n_traits), optional
            Their traits, the same ones as in `fit`.

        Returns
        -------
        Series
            From 0 to 1, with the accounts' index.

        Raises
        ------
        UsageError, DataError
            If an account's numbers or traits cannot be.

        Examples
        --------
        >>> from kamlab.value.lifetime.pareto_nbd import ParetoNBD
        >>> made = ParetoNBD().with_parameters(r=0.9, alpha=4, s=0.7, beta=20)
        >>> book = made.simulate(np.full(60, 60), random_state=1)
        >>> counts = book["frequency"], book["recency"], book["T"]
        >>> online = pd.DataFrame({"online": np.arange(60) % 2})
        >>> found = CovariateModel(ParetoNBD()).fit(*counts, ordering=online)
        >>> bool(found.probability_alive(*counts, ordering=online).between(0, 1).all())
        True
        """
        given = {"ordering": ordering, "leaving": leaving}
        counts = frequency, recency, T
        return self._by_kind("probability_alive", (), counts, given)

    def expected_orders(
        self,
        horizon: float | str,
        frequency: ArrayLike,
        recency: ArrayLike,
        T: ArrayLike,
        *,
        ordering: pd.DataFrame | None = None,
        leaving: pd.DataFrame | None = None,
    ) -> pd.Series:
        """Return how many orders each account will place over the time ahead.

        Parameters
        ----------
        horizon : float or str
            Time ahead in the model's unit, or with its unit ("52W").
        frequency, recency, T : Series or array-like of shape (n_accounts,)
            The accounts; times in the model's unit.
        ordering, leaving : DataFrame of shape (n_accounts, n_traits), optional
            Their traits, the same ones as in `fit`.

        Returns
        -------
        Series
            Expected number of orders, with the accounts' index.

        Raises
        ------
        UsageError, DataError
            If the horizon, an account's numbers or traits cannot be.

        Examples
        --------
        >>> from kamlab.value.lifetime.pareto_nbd import ParetoNBD
        >>> made = ParetoNBD().with_parameters(r=0.9, alpha=4, s=0.7, beta=20)
        >>> book = made.simulate(np.full(60, 60), random_state=1)
        >>> counts = book["frequency"], book["recency"], book["T"]
        >>> online = pd.DataFrame({"online": np.arange(60) % 2})
        >>> found = CovariateModel(ParetoNBD()).fit(*counts, ordering=online)
        >>> ahead = found.expected_orders("13W", *counts, ordering=online)
        >>> bool((ahead < found.expected_orders("52W", *counts, ordering=online)).all())
        True
        """
        given = {"ordering": ordering, "leaving": leaving}
        counts = frequency, recency, T
        return self._by_kind("expected_orders", (horizon,), counts, given)

    def expected_residual_orders(
        self,
        discount_rate: float,
        frequency: ArrayLike,
        recency: ArrayLike,
        T: ArrayLike,
        *,
        ordering: pd.DataFrame | None = None,
        leaving: pd.DataFrame | None = None,
    ) -> pd.Series:
        """Return all orders to come, each discounted to today (DERT).

        Parameters
        ----------
        discount_rate : float
            As the model takes it.
        frequency, recency, T : Series or array-like of shape (n_accounts,)
            The accounts; times in the model's unit.
        ordering, leaving : DataFrame of shape (n_accounts, n_traits), optional
            Their traits, the same ones as in `fit`.

        Returns
        -------
        Series
            Discounted expected residual orders, with the accounts' index.

        Raises
        ------
        UsageError, DataError
            If the rate, an account's numbers or traits cannot be.
        """
        given = {"ordering": ordering, "leaving": leaving}
        counts = frequency, recency, T
        return self._by_kind(
            "expected_residual_orders", (discount_rate,), counts, given
        )

    def _by_kind(
        self,
        verb: str,
        arguments: tuple[float | str, ...],
        counts: tuple[ArrayLike, ArrayLike, ArrayLike],
        given: dict[str, pd.DataFrame | None],
    ) -> pd.Series:
        """Ask the model of every combination of traits about its accounts."""
        if not hasattr(self, "base_"):
            raise NotFittedError("CovariateModel has not been fitted: call fit")
        accounts = checked_counts(*counts)
        table = _table(given, accounts.index, self.effects_.index)
        traits = combined(table)
        found = np.empty(len(accounts))
        columns = (accounts.frequency, accounts.recency, accounts.T)
        for kind, row in enumerate(traits.distinct):
            rows = traits.kind == kind
            of_kind = [column[rows] for column in columns]
            answer = getattr(self._model_of(row), verb)(*arguments, *of_kind)
            found[rows] = answer.to_numpy()
        return pd.Series(found, index=accounts.index, name=verb)

    def _model_of(self, traits: Floats) -> PurchaseModel:
        """Return the model of accounts with given traits."""
        effects = self.effects_["effect"].to_numpy()
        move = shifts(self.base_, self.effects_.index) @ (traits * effects)
        values = self.base_.parameters_ * np.exp(move)
        return clone(self.base_).with_parameters(**values)

    def _keep(
        self,
        plain: PurchaseModel,
        found: Found,
        signs: Floats,
        scale: "_Scale",
        effects: pd.MultiIndex,
    ) -> None:
        """Bring what was found back from scaled traits, and keep it."""
        n = found.n_parameters
        back = _back(signs, scale)
        theta = back @ found.optimum.theta
        errors = np.sqrt(np.diag(back @ found.covariance @ back.T))[n:]
        values = dict(zip(plain.parameters_.index, np.exp(theta[:n]), strict=True))
        self.base_ = clone(plain).with_parameters(**values)
        self.effects_ = _effects(theta[n:], errors, effects)
        self.log_likelihood_ = -found.optimum.value * plain.n_accounts_
        self.convergence_ = found.optimum.convergence
        gain = max(2 * (self.log_likelihood_ - plain.log_likelihood_), 0.0)
        p_value = float(chi2.sf(gain, len(effects)))
        self.likelihood_ratio_ = LikelihoodRatio(gain, len(effects), p_value)


class _Scale(NamedTuple):
    """Means and standard deviations of the traits."""

    centre: Floats
    spread: Floats


def _back(signs: Floats, scale: _Scale) -> Floats:
    """Return the map from scaled traits to traits as they were given.

    Effects shrink by the spread of their trait; parameters move from an average
    account to one whose traits are all 0.
    """
    n, m = signs.shape
    back = np.eye(n + m)
    back[n:, n:] = np.diag(1 / scale.spread)
    back[:n, n:] = -signs * (scale.centre / scale.spread)
    return back


def _effects(effects: Floats, errors: Floats, index: pd.MultiIndex) -> pd.DataFrame:
    reach = -ndtri(0.025) * errors
    columns = {
        "effect": effects,
        "standard_error": errors,
        "low": effects - reach,
        "high": effects + reach,
    }
    return pd.DataFrame(columns, index=index)


def _table(
    given: dict[str, pd.DataFrame | None],
    index: pd.Index,
    wanted: pd.MultiIndex | None = None,
) -> pd.DataFrame:
    """Return all traits as one table, its columns named by what they act on."""
    parts = {
        role: checked_traits(traits, index, role)
        for role, traits in given.items()
        if traits is not None
    }
    if not parts:
        raise UsageError(
            "ordering = None and leaving = None: give a DataFrame of traits to one of "
            "them, or use the model without traits"
        )
    table = pd.concat(parts, axis=1)
    if wanted is None:
        return table
    missing = wanted.difference(table.columns)
    if len(missing):
        role, trait = missing[0]
        raise UsageError(
            f"{role} lacks the trait {trait!r}: give the traits that the model learnt "
            f"from, {', '.join(map(str, wanted.get_level_values(1).unique()))}"
        )
    return table[wanted]
