"""Accounts under contract: their orders while it runs, and what these leave."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamlab.fiscal import add_months
from kamlab.value.customer_equity.bound_accounts import RunningContracts
from kamlab.value.customer_equity.margins import Margins
from kamlab.value.customer_equity.order_values import OrderValues
from kamlab.value.customer_equity.ordering_rates import OrderingRates
from kamlab.value.customer_equity.quarters import AheadQuarters
from kamlab.value.customer_equity.valued import Valued
from kamlab.value.lifetime.futures import tails

CONTRACT = "contract"


@dataclass(frozen=True, eq=False)
class _Futures:
    """Years an account stays in each future, plain and discounted, and its orders."""

    years: np.ndarray
    discounted: np.ndarray
    orders: np.ndarray


def contract_values(
    contracts: RunningContracts,
    rates: OrderingRates,
    margins: Margins,
    values: OrderValues,
    quarters: AheadQuarters,
    futures: int,
    level: float,
    generator: np.random.Generator,
) -> Valued:
    """Value the accounts that are bound by a contract.

    Parameters
    ----------
    contracts : RunningContracts
        Until when, and how the book renews.
    rates : OrderingRates
        Orders a year while it runs; accounts without a contract are left out.
    margins : Margins
        Share of net revenue that is left; accounts with an unknown one are left out.
    values : OrderValues
        Net revenue of an order, by account.
    quarters : AheadQuarters
        How far to look, at which discount.
    futures : int
        How many futures to draw.
    level : float
        Level of the intervals of next year's orders.
    generator : Generator
        Source of chance.

    Returns
    -------
    Valued
        Value = worth of an order × orders a year × Σ_q S_q length_q discount_q.

    Examples
    --------
    See `kamlab.value.customer_equity.portfolio_lifetime_value`.
    """
    known = margins.expected.dropna().index
    bound = known.intersection(contracts.accounts.index, sort=False)
    mine, rate = contracts.of(bound), rates.of(bound)
    stays = mine.survival(quarters).to_numpy()
    margins, values = margins.of(bound), values.of(bound)
    worth = values.expected * margins.expected
    years = stays @ (quarters.lengths * quarters.order_worth)
    expected = worth * rate.expected * years
    drawn = _drawn(mine, rate, quarters, futures, generator)
    revenue = values.drawn(drawn.orders, generator)
    left = revenue * margins.drawn(futures, generator)
    discount = np.ones_like(drawn.years)
    np.divide(drawn.discounted, drawn.years, out=discount, where=drawn.years > 0)
    frame = _year_ahead(mine, rate, futures, level, generator)
    frame.insert(0, "value", expected)
    return Valued(frame, left * discount, CONTRACT)


def _drawn(
    contracts: RunningContracts,
    rates: OrderingRates,
    quarters: AheadQuarters,
    futures: int,
    generator: np.random.Generator,
) -> _Futures:
    """Draw how long each account stays, and how often it orders meanwhile."""
    stays = contracts.drawn_survival(quarters, futures, generator)
    years = stays @ quarters.lengths
    discounted = stays @ (quarters.lengths * quarters.order_worth)
    return _Futures(years, discounted, rates.drawn(years, generator))


def _year_ahead(
    contracts: RunningContracts,
    rates: OrderingRates,
    futures: int,
    level: float,
    generator: np.random.Generator,
) -> pd.DataFrame:
    """Return the orders of the next twelve months of accounts under contract."""
    ends = tuple(add_months(contracts.as_of, months) for months in (3, 6, 9, 12))
    year = AheadQuarters(contracts.as_of, ends, 0.0)
    stays = contracts.survival(year).to_numpy() @ year.lengths
    orders = _drawn(contracts, rates, year, futures, generator).orders
    low, high = np.quantile(orders, tails(level), axis=0)
    return pd.DataFrame(
        {
            "alive": 1.0,
            "orders_year": rates.expected * stays,
            "orders_low": low,
            "orders_high": high,
        },
        index=contracts.accounts.index,
    )
