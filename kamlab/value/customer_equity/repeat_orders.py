"""Accounts without a contract: orders to come, and what they leave.

Glossary
--------
future
    A predictive draw: one possible number of orders for every account, with parameters
    that might as well have been learnt.
"""

from collections.abc import Callable
from copy import copy
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.interpolate import PchipInterpolator

from kamlab.value.customer_equity.fit_notes import ordering_notes
from kamlab.value.customer_equity.margins import Margins
from kamlab.value.customer_equity.order_values import OrderValues
from kamlab.value.customer_equity.quarters import AheadQuarters
from kamlab.value.customer_equity.valued import Valued
from kamlab.value.lifetime.futures import FUTURES_EACH
from kamlab.value.lifetime.intervals import Bootstrap, bootstrap
from kamlab.value.lifetime.learning import RandomState, checked_seed
from kamlab.value.lifetime.model import PurchaseModel
from kamlab.value.lifetime.named_models import fitted_model
from kamlab.value.lifetime.units import DAYS_A_YEAR, days_to_units

REPEAT_ORDERS = "repeat orders"
#: Ends of quarters whose orders are worked out; between them they are interpolated.
_WORKED_OUT = 24


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
    random_state: RandomState = 0,
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
    random_state : int, Generator or None
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
    >>> from kamlab.value.lifetime import BetaGeoNBD
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
    random_state = checked_seed(random_state)
    fitted = fitted_model(counts, unit, model)
    triple = counts["frequency"], counts["recency"], counts["T"]
    by_quarter = expected_by_quarter(
        lambda end: fitted.expected_orders(end, *triple), quarters, unit
    )
    horizon = float(days_to_units(float(quarters.days[-1]), unit))
    year = days_to_units(DAYS_A_YEAR, unit)
    refits = bootstrap(
        fitted, *triple, year, repetitions, level, random_state=random_state
    )
    futures = _futures(fitted, refits, horizon, triple, random_state)
    notes = (*ordering_notes(fitted), *refits.notes)
    alive = fitted.probability_alive(*triple)
    return RepeatOrders(fitted, alive, refits.accounts, by_quarter, futures, notes)


def expected_by_quarter(
    expected: Callable[[float], pd.Series], quarters: AheadQuarters, unit: str
) -> pd.DataFrame:
    """Return the orders expected of each account in each quarter.

    Parameters
    ----------
    expected : callable
        Orders by account from today over a time in the unit.
    quarters : AheadQuarters
        The quarters.
    unit : {"D", "W", "M", "Q"}
        Unit of time of `expected`.

    Returns
    -------
    DataFrame of shape (n_accounts, n_quarters)
        Of many quarters, 24 ends are worked out, the nearer the denser, and monotone
        cubics join them: orders over decades bend slowly.

    Examples
    --------
    >>> from datetime import date
    >>> from kamlab.value.customer_equity.quarters import quarters_ahead
    >>> ahead = quarters_ahead(date(2025, 12, 31), 0.1, 2)
    >>> steady = lambda weeks: pd.Series({"A": weeks})
    >>> expected_by_quarter(steady, ahead, "W").loc["A"].round(1).tolist()
    [12.9, 13.0]
    """
    ends = days_to_units(quarters.days.astype(float), unit)
    places = np.geomspace(1, len(ends), min(len(ends), _WORKED_OUT)).round()
    worked_out = ends[np.unique(places.astype(int)) - 1]
    if len(ends) <= _WORKED_OUT:
        worked_out = ends
    found = pd.DataFrame({end: expected(end) for end in worked_out})
    points = np.append(0.0, worked_out)
    upto = np.insert(found.to_numpy(), 0, 0.0, axis=1)
    if len(worked_out) > 1:
        upto = PchipInterpolator(points, upto, axis=1)(np.append(0.0, ends))
    columns = pd.Index(quarters.ends, name="quarter_end")
    return pd.DataFrame(np.diff(upto, axis=1), found.index, columns)


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
