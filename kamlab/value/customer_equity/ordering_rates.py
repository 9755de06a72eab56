"""How often accounts order while they are customers, from their last twelve months.

What a contract binds goes on at the pace of the last year. An account that began last
month has shown little of its pace; the purchase model says how far to trust it.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamlab.value.lifetime.model import PurchaseModel
from kamlab.value.lifetime.units import DAYS_A_YEAR, days_to_units


@dataclass(frozen=True, eq=False)
class OrderingRates:
    """What is known of the yearly number of orders of each account.

    Parameters
    ----------
    shape : Series of shape (n_accounts,)
        Shape of the gamma distribution of an account's rate.
    years : Series of shape (n_accounts,)
        Its rate parameter: years of which the events were as good as seen.
    k : int
        Events that make one order; 1 if orders come at random.

    Examples
    --------
    >>> one = pd.Series({"A": 12.0})
    >>> float(OrderingRates(one, one / 12, 1).expected["A"])
    12.0
    """

    shape: pd.Series
    years: pd.Series
    k: int

    @property
    def expected(self) -> pd.Series:
        """Expected orders a year, by account.

        Examples
        --------
        >>> one = pd.Series({"A": 12.0})
        >>> float(OrderingRates(one, one / 12, 2).expected["A"])
        6.0
        """
        return self.shape / self.years / self.k

    def of(self, accounts: pd.Index) -> "OrderingRates":
        """Return the rates of some accounts.

        Parameters
        ----------
        accounts : Index
            Which ones, in which order.

        Returns
        -------
        OrderingRates

        Examples
        --------
        >>> both = pd.Series({"A": 12.0, "B": 4.0})
        >>> OrderingRates(both, both / both, 1).of(["B"]).expected.to_dict()
        {'B': 4.0}
        """
        return OrderingRates(self.shape.loc[accounts], self.years.loc[accounts], self.k)

    def drawn(self, years: np.ndarray, generator: np.random.Generator) -> np.ndarray:
        """Draw how many orders come in given times.

        Parameters
        ----------
        years : array of shape (n_futures, n_accounts)
            How long each account stays in each future.
        generator : Generator
            Source of chance.

        Returns
        -------
        array of int, shape (n_futures, n_accounts)

        Notes
        -----
        In each future an account has a rate of its own, drawn as it is known. Events
        are Poisson distributed, and every k-th is an order; the present stands anywhere
        between two orders.

        Examples
        --------
        >>> one = pd.Series({"A": 2400.0})
        >>> rates = OrderingRates(one, one / 12, 1)
        >>> drawn = rates.drawn(np.ones((400, 1)), np.random.default_rng(0))
        >>> bool(abs(drawn.mean() - 12) < 1)
        True
        """
        rates = generator.gamma(self.shape.to_numpy(), size=years.shape)
        events = generator.poisson(rates / self.years.to_numpy() * years)
        return (events + generator.integers(0, self.k, years.shape)) // self.k


def ordering_rates(
    model: PurchaseModel, accounts: pd.DataFrame, unit: str
) -> OrderingRates:
    """Return how often each account orders, by its last twelve months.

    Parameters
    ----------
    model : PurchaseModel
        Fitted, with parameters ``r`` and ``alpha``.
    accounts : DataFrame
        By account: ``orders`` (order days of the last twelve months), ``frequency``
        (all its order days but the first) and ``T`` (time since the first order, in the
        unit).
    unit : {"D", "W", "M", "Q"}
        Unit of T and of the model.

    Returns
    -------
    OrderingRates
        An order that started an account's clock within the twelve months does not
        count, and time before it neither.

    Notes
    -----
    With x orders in a time w, the rate of events is gamma distributed with shape
    r + k x and rate α + w: the pace that was seen, drawn to that of all accounts
    the less was seen (Fader, Hardie and Lee 2005; k as `RegularReorderingNBD`).

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). "Counting your customers" the
    easy way: an alternative to the Pareto/NBD model. Marketing Science 24(2), 275–284.

    Examples
    --------
    >>> from kamlab.value.lifetime import BetaGeoNBD
    >>> model = BetaGeoNBD().with_parameters(r=2, alpha=8, a=0.5, b=4.5)
    >>> accounts = pd.DataFrame(
    ...     {"orders": [24, 2], "frequency": [90, 1], "T": [200.0, 4.0]},
    ...     index=["long known", "new"],
    ... )
    >>> ordering_rates(model, accounts, "W").expected.round(1).to_dict()
    {'long known': 22.5, 'new': 13.0}
    """
    year = days_to_units(DAYS_A_YEAR, unit)
    k = int(getattr(model, "k_", 1))
    r, alpha = model.parameters_["r"], model.parameters_["alpha"]
    orders, T = accounts["orders"], accounts["T"]
    # All its order days are within the twelve months: the first is, too.
    began = orders > accounts["frequency"]
    seen = np.minimum(T, year)
    return OrderingRates(r + k * (orders - began), (alpha + seen) / year, k)
