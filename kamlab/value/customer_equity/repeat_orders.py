"""Accounts without a contract: orders to come, and what they leave.

Glossary
--------
future
    One possible number of orders for every account, with parameters that might as well
    have been learnt.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from kamlab.errors import UsageError, did_you_mean
from kamlab.value.customer_equity.margins import Margins
from kamlab.value.customer_equity.order_values import OrderValues
from kamlab.value.customer_equity.quarters import AheadQuarters
from kamlab.value.customer_equity.valued import Valued
from kamlab.value.lifetime.beta_geometric import BetaGeoNBD
from kamlab.value.lifetime.intervals import FUTURES_EACH, Bootstrap, bootstrap
from kamlab.value.lifetime.model import PurchaseModel
from kamlab.value.lifetime.modified_beta_geometric import ModifiedBetaGeoNBD
from kamlab.value.lifetime.pareto_nbd import ParetoNBD
from kamlab.value.lifetime.regular_reordering import RegularReorderingNBD
from kamlab.value.lifetime.units import days_to_units

#: Purchase models by their names in print.
MODELS: Mapping[str, type[PurchaseModel]] = MappingProxyType(
    {
        "MBG/CNBD-k": RegularReorderingNBD,
        "BG/NBD": BetaGeoNBD,
        "MBG/NBD": ModifiedBetaGeoNBD,
        "Pareto/NBD": ParetoNBD,
    }
)
DAYS_A_YEAR = 365.25
REPEAT_ORDERS = "repeat orders"


@dataclass(frozen=True, eq=False)
class RepeatOrders:
    """Orders to come of every account, by quarter, and possible futures.

    Parameters
    ----------
    model : PurchaseModel
        Fitted to the accounts.
    alive : Series of shape (n_accounts,)
        Probability that each is still a customer.
    year : DataFrame of shape (n_accounts, 3)
        Orders of the twelve months ahead: `expected`, `low`, `high`.
    by_quarter : DataFrame of shape (n_accounts, n_quarters)
        Expected orders.
    futures : array of int, shape (n_futures, n_accounts)
        Orders over all quarters.
    notes : tuple of str
        What a reader should know of fit and intervals.

    Examples
    --------
    See `repeat_orders`.
    """

    model: PurchaseModel
    alive: pd.Series
    year: pd.DataFrame
    by_quarter: pd.DataFrame
    futures: np.ndarray
    notes: tuple[str, ...]

    def discounted(self, discount: np.ndarray) -> pd.Series:
        """Return the expected orders of all quarters, each in worth of today.

        Parameters
        ----------
        discount : array of shape (n_quarters,)
            Factor of each quarter.

        Returns
        -------
        Series of shape (n_accounts,)

        Examples
        --------
        See `repeat_orders`.
        """
        return self.by_quarter @ discount

    def valued(
        self,
        values: OrderValues,
        margins: Margins,
        discount: np.ndarray,
        generator: np.random.Generator,
    ) -> Valued:
        """Return what the orders ahead of each account are worth.

        Parameters
        ----------
        values : OrderValues
            Net revenue of an order, by account.
        margins : Margins
            Share of net revenue that is left, by account.
        discount : array of shape (n_quarters,)
            Factor of each quarter.
        generator : Generator
            Source of chance.

        Returns
        -------
        Valued
            Orders of a future spread over the quarters as expected.

        Examples
        --------
        See `repeat_orders`.
        """
        discounted, plain = self.discounted(discount), self.by_quarter.sum(axis=1)
        factor = (discounted / plain.where(plain > 0)).fillna(1.0)
        frame = pd.DataFrame(
            {
                "value": discounted * values.expected * margins.expected,
                "alive": self.alive,
                "orders_year": self.year["expected"],
                "orders_low": self.year["low"],
                "orders_high": self.year["high"],
            }
        )
        revenue = values.drawn(self.futures, generator) * factor.to_numpy()
        left = margins.drawn(len(revenue), generator)
        return Valued(frame, revenue * left, REPEAT_ORDERS)


def repeat_orders(
    counts: pd.DataFrame,
    quarters: AheadQuarters,
    unit: str = "W",
    model: str = "MBG/CNBD-k",
    repetitions: int = 100,
    level: float = 0.95,
    random_state: int = 0,
) -> RepeatOrders:
    """Fit a purchase model and look ahead, with intervals from refits.

    Parameters
    ----------
    counts : DataFrame of shape (n_accounts, ≥ 3)
        Columns ``frequency``, ``recency``, ``T``; for MBG/CNBD-k ``log_gaps`` as well.
    quarters : AheadQuarters
        How far to look.
    unit : {"D", "W", "M", "Q"}
        Unit of recency and T.
    model : {"MBG/CNBD-k", "BG/NBD", "MBG/NBD", "Pareto/NBD"}
        The purchase model.
    repetitions : int
        Books made up for the intervals, 20 or more.
    level : float
        Level of the intervals, as a share.
    random_state : int
        Seed of the refits and futures.

    Returns
    -------
    RepeatOrders

    Raises
    ------
    UsageError
        If the model is unknown, or an argument cannot be.
    CannotTellError
        If there is too little to learn from.

    Examples
    --------
    >>> from datetime import date
    >>> from kamlab.value.customer_equity.quarters import quarters_ahead
    >>> made = BetaGeoNBD().with_parameters(r=2, alpha=9, a=0.2, b=8)
    >>> counts = made.simulate(pd.Series(150.0, index=range(80)), random_state=1)
    >>> ahead = quarters_ahead(date(2025, 12, 31), 0.1, 4)
    >>> orders = repeat_orders(counts, ahead, model="BG/NBD", repetitions=20)
    >>> orders.futures.shape, orders.by_quarter.shape
    ((100, 80), (80, 4))
    >>> sums = orders.by_quarter.sum(axis=1) / orders.year["expected"]
    >>> round(float(sums.mean()), 2)
    1.0
    """
    fitted = fitted_model(counts, unit, model)
    triple = counts["frequency"], counts["recency"], counts["T"]
    ends = days_to_units(quarters.days.astype(float), unit)
    upto = {end: fitted.expected_orders(end, *triple) for end in ends}
    by_quarter = between_ends(upto, quarters)
    year = days_to_units(DAYS_A_YEAR, unit)
    refits = bootstrap(
        fitted, *triple, year, repetitions, level, random_state=random_state
    )
    futures = _futures(fitted, refits, float(ends[-1]), triple, random_state)
    notes = (*fitted.convergence_.notes, *refits.notes)
    alive = fitted.probability_alive(*triple)
    return RepeatOrders(fitted, alive, refits.accounts, by_quarter, futures, notes)


def between_ends(
    upto: Mapping[float, pd.Series], quarters: AheadQuarters
) -> pd.DataFrame:
    """Return the orders of each quarter from those up to the end of each.

    Parameters
    ----------
    upto : mapping of float to Series
        Orders by account from today to each quarter's end, the first one first.
    quarters : AheadQuarters
        The quarters.

    Returns
    -------
    DataFrame of shape (n_accounts, n_quarters)

    Examples
    --------
    >>> from datetime import date
    >>> from kamlab.value.customer_equity.quarters import quarters_ahead
    >>> ahead = quarters_ahead(date(2025, 12, 31), 0.1, 2)
    >>> upto = {13.0: pd.Series({"A": 3.0}), 26.0: pd.Series({"A": 5.0})}
    >>> between_ends(upto, ahead).loc["A"].tolist()
    [3.0, 2.0]
    """
    table = pd.DataFrame(dict(upto))
    first = table.columns[0]
    steps = table.diff(axis=1).fillna({first: table[first]})
    return steps.set_axis(pd.Index(quarters.ends, name="quarter_end"), axis=1)


def fitted_model(counts: pd.DataFrame, unit: str, model: str) -> PurchaseModel:
    """Fit a purchase model by its name in print.

    Parameters
    ----------
    counts : DataFrame
        Columns ``frequency``, ``recency``, ``T``; for MBG/CNBD-k ``log_gaps`` as well.
    unit : {"D", "W", "M", "Q"}
        Unit of recency and T.
    model : {"MBG/CNBD-k", "BG/NBD", "MBG/NBD", "Pareto/NBD"}
        The purchase model.

    Returns
    -------
    PurchaseModel

    Raises
    ------
    UsageError
        If the model is unknown.
    CannotTellError
        If there is too little to learn from.

    Examples
    --------
    >>> made = BetaGeoNBD().with_parameters(r=2, alpha=9, a=0.2, b=8)
    >>> counts = made.simulate(pd.Series(150.0, index=range(80)), random_state=1)
    >>> fitted_model(counts, "W", "BG/NBD").n_accounts_
    80
    """
    if model not in MODELS:
        raise UsageError(
            f"model = {model!r} is no purchase model; {did_you_mean(model, MODELS)}"
        )
    triple = counts["frequency"], counts["recency"], counts["T"]
    fitted = MODELS[model](unit=unit)
    if isinstance(fitted, RegularReorderingNBD):
        return fitted.fit(*triple, log_gaps=counts["log_gaps"])
    return fitted.fit(*triple)


def _futures(
    fitted: PurchaseModel,
    refits: Bootstrap,
    horizon: float,
    triple: tuple[pd.Series, pd.Series, pd.Series],
    random_state: int,
) -> np.ndarray:
    """Draw futures over a longer horizon with the parameters of the refits."""
    rng = np.random.default_rng((random_state, 1))
    drawn = []
    for _label, parameters in refits.parameters.iterrows():
        other = copy(fitted)
        other.parameters_ = parameters
        drawn += [
            other.simulate_future(horizon, *triple, random_state=rng)
            for _ in range(FUTURES_EACH)
        ]
    return np.array(drawn, dtype=np.int64)
