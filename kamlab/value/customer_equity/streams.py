"""The parts that lifetime values are made of: orders ahead, their revenue, its margin.

Whatever the values rest on, each is a sum over the quarters of expected orders × net
revenue of an order × share that is left × discount. So "what if" is arithmetic.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kamlab.errors import UsageError
from kamlab.value.customer_equity.bound_accounts import RunningContracts
from kamlab.value.customer_equity.ordering_rates import OrderingRates
from kamlab.value.customer_equity.quarters import AheadQuarters


@dataclass(frozen=True, eq=False)
class ValueStreams:
    """What every account is expected to order, quarter by quarter, and what is left.

    Parameters
    ----------
    orders : DataFrame of shape (n_accounts, n_quarters)
        Expected orders.
    revenue : Series of shape (n_accounts,)
        Expected net revenue of an order, money.
    margin : Series of shape (n_accounts,)
        Share of it that is left after all costs.
    service : Series of shape (n_accounts,)
        Share of it that direct costs and cost to serve take; 0 where not known.
    quarters : AheadQuarters
        The quarters, and their discount.
    bound : Series of shape (n_accounts,), optional
        Years until an account may leave, the end of its contract; 0 without one.

    Examples
    --------
    >>> from datetime import date
    >>> from kamlab.value.customer_equity.quarters import quarters_ahead
    >>> one = pd.Series({"A": 1.0})
    >>> ahead = quarters_ahead(date(2025, 12, 31), 0.0, 2)
    >>> orders = pd.DataFrame([[3.0, 2.0]], ["A"], list(ahead.ends))
    >>> streams = ValueStreams(orders, 100 * one, 0.3 * one, 0.1 * one, ahead)
    >>> streams.value.to_dict(), streams.equity
    ({'A': 150.0}, 150.0)
    """

    orders: pd.DataFrame
    revenue: pd.Series
    margin: pd.Series
    service: pd.Series
    quarters: AheadQuarters
    bound: pd.Series | None = None

    @property
    def discounted_revenue(self) -> pd.Series:
        """Net revenue ahead of every account in worth of today, before any cost.

        Examples
        --------
        >>> from datetime import date
        >>> from kamlab.value.customer_equity.quarters import quarters_ahead
        >>> one = pd.Series({"A": 1.0})
        >>> ahead = quarters_ahead(date(2025, 12, 31), 0.0, 2)
        >>> orders = pd.DataFrame([[3.0, 2.0]], ["A"], list(ahead.ends))
        >>> streams = ValueStreams(orders, 100 * one, 0.3 * one, 0.1 * one, ahead)
        >>> streams.discounted_revenue.to_dict()
        {'A': 500.0}
        """
        return (self.orders @ self.quarters.order_worth) * self.revenue

    @property
    def value(self) -> pd.Series:
        """Value of every account, money of today.

        Examples
        --------
        >>> from datetime import date
        >>> from kamlab.value.customer_equity.quarters import quarters_ahead
        >>> one = pd.Series({"A": 1.0})
        >>> ahead = quarters_ahead(date(2025, 12, 31), 0.0, 2)
        >>> orders = pd.DataFrame([[3.0, 2.0]], ["A"], list(ahead.ends))
        >>> streams = ValueStreams(orders, 100 * one, 0.3 * one, 0.1 * one, ahead)
        >>> streams.value.to_dict()
        {'A': 150.0}
        """
        return self.discounted_revenue * self.margin

    @property
    def equity(self) -> float:
        """Sum of the values.

        Examples
        --------
        >>> from datetime import date
        >>> from kamlab.value.customer_equity.quarters import quarters_ahead
        >>> one = pd.Series({"A": 1.0})
        >>> ahead = quarters_ahead(date(2025, 12, 31), 0.0, 2)
        >>> orders = pd.DataFrame([[3.0, 2.0]], ["A"], list(ahead.ends))
        >>> streams = ValueStreams(orders, 100 * one, 0.3 * one, 0.1 * one, ahead)
        >>> streams.equity
        150.0
        """
        return float(self.value.sum())

    @property
    def retention(self) -> float:
        """Share of the yearly order value that stays from one year to the next.

        From the pace of the last quarter against that of the first, of the accounts
        that may be there in the last: whose contract ends for good cannot be kept. 1 if
        there is but one quarter, 0 if nobody is left in the last.

        Examples
        --------
        >>> from datetime import date
        >>> from kamlab.value.customer_equity.quarters import quarters_ahead
        >>> one = pd.Series({"A": 1.0})
        >>> ahead = quarters_ahead(date(2025, 12, 31), 0.0, 2)
        >>> orders = pd.DataFrame([[3.0, 2.0]], ["A"], list(ahead.ends))
        >>> streams = ValueStreams(orders, 100 * one, 0.3 * one, 0.1 * one, ahead)
        >>> round(streams.retention, 2)  # two orders a quarter after three
        0.19
        """
        may_stay = self.orders[self.orders.iloc[:, -1] > 0]
        if may_stay.empty and self.orders.to_numpy().any():
            return 0.0
        money = may_stay.mul(self.revenue[may_stay.index], axis=0).sum().to_numpy()
        pace, middle = money / self.quarters.lengths, self.middle
        if len(pace) < 2 or pace[0] <= 0:
            return 1.0
        return float((pace[-1] / pace[0]) ** (1 / (middle[-1] - middle[0])))

    @property
    def middle(self) -> np.ndarray:
        """Years from today to the middle of each quarter.

        Examples
        --------
        >>> from datetime import date
        >>> from kamlab.value.customer_equity.quarters import quarters_ahead
        >>> one = pd.Series({"A": 1.0})
        >>> ahead = quarters_ahead(date(2025, 12, 31), 0.0, 2)
        >>> orders = pd.DataFrame([[3.0, 2.0]], ["A"], list(ahead.ends))
        >>> streams = ValueStreams(orders, 100 * one, 0.3 * one, 0.1 * one, ahead)
        >>> streams.middle.round(2).tolist()
        [0.12, 0.37]
        """
        return self.quarters.middle

    def changed(
        self,
        volume: float = 0.0,
        price: float = 0.0,
        margin: float = 0.0,
        retention: float = 0.0,
        service: float = 0.0,
        discount_rate: float = 0.0,
        growth: float = 0.0,
    ) -> "ValueStreams":
        """Return the streams as they would be if something were different.

        Parameters
        ----------
        volume : float
            Change of the number of orders, as a share: 0.05 is five per cent more.
        price : float
            Change of prices at the same costs, as a share.
        margin : float
            Change of the share of revenue that is left, as a share of revenue.
        retention : float
            Change of yearly retention, as a share of accounts, 1 at most; above that
            everybody stays.
        service : float
            Change of direct costs and cost to serve, as a share of these.
        discount_rate : float
            Change of the yearly rate, as a share.
        growth : float
            Change of the yearly growth of an order's value, as a share.

        Returns
        -------
        ValueStreams

        Raises
        ------
        UsageError
            If prices or orders would fall to 0 or below, nobody would stay, or a change
            of retention is more than 1.

        Notes
        -----
        With yearly retention r of the book, a change by d multiplies the orders of a
        quarter by (min(r + d, 1) / r)^t, t years after an account may leave: from today
        on, or from the end of its contract. It changes nothing if r is 0. A price that
        is p higher leaves (m + p) / (1 + p) of the new revenue where m was left of the
        old.

        Examples
        --------
        >>> from datetime import date
        >>> from kamlab.value.customer_equity.quarters import quarters_ahead
        >>> one = pd.Series({"A": 1.0})
        >>> ahead = quarters_ahead(date(2025, 12, 31), 0.0, 1)
        >>> orders = pd.DataFrame([[5.0]], ["A"], list(ahead.ends))
        >>> streams = ValueStreams(orders, 100 * one, 0.3 * one, 0.1 * one, ahead)
        >>> round(streams.changed(price=0.01).equity, 6)
        155.0
        """
        r = self.retention
        for name, change, least in (
            ("volume", volume, -1),
            ("price", price, -1),
            ("service", service, -1),
            ("retention", retention, -r or -1),
            ("growth", growth, -1 - self.quarters.growth),
        ):
            if not least < change < np.inf:
                raise UsageError(
                    f"{name} = {change!r}: give a change above {least:.3g}, such as "
                    "0.01 for one per cent more"
                )
        stays = (1 + volume) * _kept(r, retention) ** self._free
        rate = max(self.quarters.discount_rate + discount_rate, 0.0)
        left = self.margin + price - self.service * service
        return replace(
            self,
            orders=self.orders * stays,
            revenue=self.revenue * (1 + price),
            margin=left / (1 + price) + margin,
            service=self.service * (1 + service) / (1 + price),
            quarters=replace(
                self.quarters,
                discount_rate=rate,
                growth=self.quarters.growth + growth,
            ),
        )

    @property
    def _free(self) -> np.ndarray:
        """Return for how many years each account could have left by each quarter."""
        bound = np.zeros(len(self.orders)) if self.bound is None else self.bound
        return np.maximum(self.middle - np.asarray(bound, dtype=float)[:, None], 0.0)

    def of(self, accounts: pd.Index) -> "ValueStreams":
        """Return the streams of some accounts.

        Parameters
        ----------
        accounts : Index
            Which ones, in which order.

        Returns
        -------
        ValueStreams

        Raises
        ------
        UsageError
            If one of them has no value, is named twice, or is no list.

        Examples
        --------
        See `kamlab.value.customer_equity.plan_value`.
        """
        if isinstance(accounts, str) or pd.Index(accounts).has_duplicates:
            raise UsageError(
                f"accounts = {accounts!r}: give a list that names each account once"
            )
        unknown = pd.Index(accounts).difference(self.orders.index, sort=False)
        if len(unknown):
            raise UsageError(
                f"account {unknown[0]!r} has no value (one of {len(unknown)}): choose "
                "among those that have one"
            )
        parts = ("orders", "revenue", "margin", "service", "bound")
        known = {name: getattr(self, name) for name in parts}
        told = {n: each.loc[accounts] for n, each in known.items() if each is not None}
        return replace(self, **told)


def _kept(retention: float, change: float) -> float:
    """Return how much more of the order value stays from one year to the next."""
    if change > 1:
        raise UsageError(
            f"retention = {change!r}: give a change of 1 at most, such as 0.01 for one "
            "per cent more"
        )
    # Where nobody stays, there is nothing of which more could stay.
    if not retention:
        return 1.0
    return min(retention + change, max(retention, 1.0)) / retention


def orders_by_quarter(
    by_quarter: pd.DataFrame,
    quarters: AheadQuarters,
    contracts: RunningContracts | None,
    rates: OrderingRates | None,
) -> pd.DataFrame:
    """Return the orders expected of every account, under contract or not.

    Parameters
    ----------
    by_quarter : DataFrame of shape (n_accounts, n_quarters)
        Orders by the purchase model.
    quarters : AheadQuarters
        The quarters.
    contracts : RunningContracts or None
        Accounts under contract.
    rates : OrderingRates or None
        Their orders a year while the contract runs.

    Returns
    -------
    DataFrame of shape (n_accounts, n_quarters)

    Examples
    --------
    >>> from datetime import date
    >>> from kamlab.value.customer_equity.quarters import quarters_ahead
    >>> ahead = quarters_ahead(date(2025, 12, 31), 0.0, 1)
    >>> orders = pd.DataFrame([[5.0]], ["A"], list(ahead.ends))
    >>> orders_by_quarter(orders, ahead, None, None).equals(orders)
    True
    """
    if contracts is None or rates is None:
        return by_quarter
    bound = by_quarter.index.intersection(contracts.accounts.index, sort=False)
    stays = contracts.of(bound).survival(quarters)
    orders = by_quarter.copy()
    pace = rates.of(bound).expected.to_numpy()[:, None] * quarters.lengths
    orders.loc[bound] = stays.to_numpy() * pace
    return orders
