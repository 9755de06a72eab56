"""The five cases of a customer's value: sales that repeat, change, flow or pause.

Cases 1 to 4 take a customer as lost once it is gone; case 5 lets it come back.

Glossary
--------
gross contribution, GC (毛贡献)
    Margin of one cycle before what is spent on keeping the customer.
promotion cost, M (维系成本)
    What is spent in a cycle on keeping a customer, half-way between two sales.
customer migration (客户迁移)
    Buyers who skip a cycle and come back, less likely the longer they are away.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.polynomial.legendre import leggauss
from numpy.typing import ArrayLike

from kamlab.errors import UsageError
from kamlab.value.contracts.rates import (
    checked_count,
    checked_discount,
    checked_number,
    checked_shares,
)

#: Money for keeping a customer is spent in the middle of a cycle.
_MIDDLE = 0.5
#: Nodes of the integration; exact to 12 digits for a decade of smooth profit.
_NODES = 64


@dataclass(frozen=True)
class ProfitPath:
    """A customer's yearly contribution: it grows faster and faster, then levels off.

    Parameters
    ----------
    start : float
        Contribution at the beginning, money a year.
    growth : float
        Contribution gained until `turn`, as a factor of time squared.
    turn : float
        Year in which growth begins to slow down.
    further : float
        What is still to be gained after `turn`, money a year.

    Notes
    -----
    π(t) = h t² + v up to g, and (h g² + v) + N (1 − e^{g − t}) after it, with v
    `start`, h `growth`, g `turn` and N `further`.

    Examples
    --------
    >>> ProfitPath(start=100, growth=10, turn=2, further=60).at([0, 1, 2, 50]).tolist()
    [100.0, 110.0, 140.0, 200.0]
    """

    start: float
    growth: float
    turn: float
    further: float

    def at(self, years: ArrayLike) -> np.ndarray:
        """Return the contribution at moments, money a year.

        Parameters
        ----------
        years : array-like
            Years since the customer was won.

        Returns
        -------
        array of float

        Examples
        --------
        >>> float(ProfitPath(100, 10, 2, 0).at(5.0))
        140.0
        """
        years = np.asarray(years, dtype=float)
        before = np.minimum(years, self.turn)
        after = np.maximum(years - self.turn, 0.0)
        return self.start + self.growth * before**2 - self.further * np.expm1(-after)


def repeated_sales_value(
    contribution: float,
    promotion: float,
    retention: float,
    discount_rate: float,
    years: float,
    cycles_a_year: float = 1.0,
) -> float:
    """Value a customer who buys once a cycle for as long as it stays.

    Parameters
    ----------
    contribution : float
        Gross contribution of one cycle, money; the first is certain and comes now.
    promotion : float
        Spent in each cycle on each customer still there, money, in mid-cycle.
    retention : float
        Share of customers kept from one cycle to the next, 0–1.
    discount_rate : float
        A *year's* discount, as a share.
    years : float
        How far ahead sales are counted.
    cycles_a_year : float
        1 for a yearly sale (case 1), 4 for a quarterly one (case 2a), 0.5 for one
        every other year (case 2b).

    Returns
    -------
    float
        Money of today.

    Raises
    ------
    UsageError
        If an argument cannot be right, or no cycle ends within `years`.

    Notes
    -----
    With k the cycles a year, n = k × years and D = (1 + d)^{1/k}:
    CLV = GC Σ_{i=0}^{n} r^i / D^i − M Σ_{i=1}^{n} r^{i−1} / D^{i−0.5}; cases 1, 2a
    and 2b.

    References
    ----------
    Berger, P. D., & Nasr, N. I. (1998). Customer lifetime value: Marketing models and
    applications. Journal of Interactive Marketing 12(1), 17–30.

    Examples
    --------
    >>> round(repeated_sales_value(260, 50, 0.75, 0.2, years=10), 2)
    568.78
    """
    checked_number(contribution, "contribution")
    checked_number(promotion, "promotion")
    checked_shares(retention, "retention")
    checked_discount(discount_rate)
    checked_number(cycles_a_year, "cycles_a_year", above=0.0)
    cycles = int(checked_number(years, "years", above=0.0) * cycles_a_year + 1e-9)
    if not cycles:
        raise UsageError(
            f"years = {years!r}: no cycle of {1 / cycles_a_year:g} years ends within; "
            "give more years"
        )
    cycle = np.arange(cycles + 1)
    factor = (1 + discount_rate) ** (1 / cycles_a_year)
    sales = contribution * retention**cycle / factor**cycle
    spent = promotion * retention ** cycle[:-1] / factor ** (cycle[1:] - _MIDDLE)
    return float(sales.sum() - spent.sum())


def changing_profit_value(
    path: ProfitPath, retention: float, discount_rate: float, years: int
) -> float:
    """Value a customer whose yearly contribution changes as it matures.

    Parameters
    ----------
    path : ProfitPath
        Contribution of each year, net of what is spent on keeping the customer.
    retention : float
        Share of customers kept from one year to the next, 0–1.
    discount_rate : float
        A year's discount, as a share.
    years : int
        Last year counted; year 0 is counted, too.

    Returns
    -------
    float
        Money of today.

    Raises
    ------
    UsageError
        If an argument cannot be right.

    Notes
    -----
    CLV = Σ_{t=0}^{n} π(t) r^t / (1 + d)^t; case 3.

    References
    ----------
    Berger, P. D., & Nasr, N. I. (1998), as `repeated_sales_value`.

    Examples
    --------
    >>> level = ProfitPath(start=100, growth=0, turn=0, further=0)
    >>> round(changing_profit_value(level, 0.5, 0.25, years=2), 2)  # 100, 40, 16
    156.0
    """
    checked_shares(retention, "retention")
    checked_discount(discount_rate)
    year = np.arange(checked_count(years, "years") + 1)
    return float((path.at(year) * (retention / (1 + discount_rate)) ** year).sum())


def flowing_profit_value(
    path: ProfitPath, retention: float, discount_rate: float, years: float
) -> float:
    """Value a customer who buys so often that its contribution is a steady flow.

    Parameters
    ----------
    path : ProfitPath
        Contribution a year at each moment, net of what is spent on keeping it.
    retention : float
        Share of customers kept over a year, above 0 and up to 1.
    discount_rate : float
        A year's discount, as a share.
    years : float
        How far ahead the flow is counted.

    Returns
    -------
    float
        Money of today.

    Raises
    ------
    UsageError
        If an argument cannot be right.

    Notes
    -----
    CLV = ∫₀ⁿ π(t) [r / (1 + d)]^t dt; case 4, integrated by Gauss–Legendre on both
    sides of the turn.

    References
    ----------
    Berger, P. D., & Nasr, N. I. (1998), as `repeated_sales_value`.

    Examples
    --------
    >>> level = ProfitPath(start=100, growth=0, turn=0, further=0)
    >>> round(flowing_profit_value(level, 0.8, 0.1, years=5), 2)
    250.13
    """
    checked_shares(retention, "retention")
    checked_number(retention, "retention", above=0.0)
    checked_discount(discount_rate)
    end = checked_number(years, "years", above=0.0)
    turn = min(max(path.turn, 0.0), end)
    node, weight = leggauss(_NODES)
    total = 0.0
    for low, high in ((0.0, turn), (turn, end)):
        half = (high - low) / 2
        year = low + half * (node + 1)
        flow = path.at(year) * (retention / (1 + discount_rate)) ** year
        total += half * float(weight @ flow)
    return total


def buyers_by_cycle(return_chances: Sequence[float], cycles: int) -> np.ndarray:
    """Count how many of a hundred buyers buy again in each cycle, after pauses, too.

    Parameters
    ----------
    return_chances : sequence of float
        Chance to buy after 1, 2, … cycles since the last purchase, 0–1; who was away
        longer is gone.
    cycles : int
        How many cycles to look ahead.

    Returns
    -------
    array of shape (cycles + 1,)
        Share of the first buyers that buy in cycle 0 (all of them), 1, 2, …

    Raises
    ------
    UsageError
        If a chance is none, or `cycles` is no whole number.

    Notes
    -----
    C_i = Σ_{j=1}^{min(i, J)} C_{i−j} P_j Π_{k<j} (1 − P_k), with C_0 = 1.

    References
    ----------
    Berger, P. D., & Nasr, N. I. (1998), as `repeated_sales_value`.
    Dwyer, F. R. (1989). Customer lifetime valuation to support marketing decision
    making. Journal of Direct Marketing 3(4), 8–15.

    Examples
    --------
    >>> buyers_by_cycle([0.3, 0.2], cycles=2).round(3).tolist()  # .3² + .7 × .2
    [1.0, 0.3, 0.23]
    """
    chances = np.atleast_1d(checked_shares(return_chances, "return_chances"))
    back = chances * np.concatenate([[1.0], np.cumprod(1 - chances[:-1])])
    buyers = np.ones(checked_count(cycles, "cycles") + 1)
    for cycle in range(1, cycles + 1):
        known = buyers[max(cycle - len(back), 0) : cycle][::-1]
        buyers[cycle] = known @ back[: len(known)]
    return buyers


def migrating_customer_value(
    contribution: float,
    promotion: float,
    return_chances: Sequence[float],
    discount_rate: float,
    cycles: int,
    promotion_at: float = _MIDDLE,
) -> float:
    """Value a customer who shares its purchases out, pauses and comes back.

    Parameters
    ----------
    contribution : float
        Gross contribution of a purchase, money; the first comes now.
    promotion : float
        Spent in each cycle on everybody not yet given up, money.
    return_chances : sequence of float
        Chance to buy after 1, 2, … cycles since the last purchase, 0–1; who was away
        longer is given up.
    discount_rate : float
        A cycle's discount, as a share.
    cycles : int
        How many cycles to look ahead.
    promotion_at : float
        When in the cycle it is spent: 0 at its beginning, 0.5 in the middle.

    Returns
    -------
    float
        Money of today.

    Raises
    ------
    UsageError
        If an argument cannot be right.

    Notes
    -----
    CLV = GC Σ_{i=0}^{n} C_i / (1 + d)^i − M Σ_{i=1}^{n} L_{i−1} / (1 + d)^{i−1+m},
    where C are the buyers of `buyers_by_cycle`, L those who bought within the last J
    cycles, and m is `promotion_at`; case 5.

    References
    ----------
    Berger, P. D., & Nasr, N. I. (1998), as `repeated_sales_value`.

    Examples
    --------
    >>> chances = [0.3, 0.2, 0.15, 0.05]
    >>> round(migrating_customer_value(40, 4, chances, 0.2, cycles=4), 2)
    52.25
    """
    checked_number(contribution, "contribution")
    checked_number(promotion, "promotion")
    checked_discount(discount_rate)
    checked_shares(promotion_at, "promotion_at")
    buyers = buyers_by_cycle(return_chances, cycles)
    chances = np.atleast_1d(np.asarray(return_chances, dtype=float))
    # Who has been away for j cycles is still written to, while j is below J.
    away = np.concatenate([[1.0], np.cumprod(1 - chances[:-1])])
    listed = np.convolve(buyers, away)[:cycles]
    cycle = np.arange(cycles + 1)
    sales = contribution * buyers / (1 + discount_rate) ** cycle
    spent = promotion * listed / (1 + discount_rate) ** (cycle[:-1] + promotion_at)
    return float(sales.sum() - spent.sum())
