"""The whale curve (鲸鱼曲线): how much profit good accounts make and others lose again.

Glossary
--------
whale curve
    Accounts in line from the most to the least profitable, and the profit the first k
    of them bring together. It rises like a whale's back, and falls where accounts
    begin to cost money.
peak
    The profit of all accounts that make money, before the others take their part back.
loss maker
    An account whose contribution is below zero.

The curve is a ledger fact and exact: it carries no interval. Whether the same accounts
lose money next year is another question, and an estimate: see
`kamlab.value.loss_persistence`.
"""

from dataclasses import dataclass, replace
from math import nan

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kamlab.value.grouped_concentration import grouped_concentration
from kamlab.value.profit_parts import known_amounts


@dataclass(frozen=True, eq=False)
class WhaleCurve:
    """The profit of accounts added up from the best to the worst, and its peak.

    Parameters
    ----------
    points : DataFrame of shape (n_accounts, 4)
        By account, the most profitable first: `contribution`, `share_of_accounts` up
        to and with it, `cumulative` profit, and `cumulative_share` of the total (NaN
        if the total is not positive).
    total, peak : float
        Profit of all accounts, and of those that make money.
    peak_at : float
        Share of accounts that stand before or at the peak.
    earning, neither, losing : int
        Accounts (or groups) above, at and below zero.
    unit : {"money", "share"}
        What the amounts are; those of a printed table are shares of its total.
    unknown : int
        Accounts whose profit is not known; they are not on the curve.

    Examples
    --------
    >>> whale_curve({"A": 90, "B": 20, "C": -10}).peak
    110.0
    """

    points: pd.DataFrame
    total: float
    peak: float
    peak_at: float
    earning: int
    neither: int
    losing: int
    unit: str = "money"
    unknown: int = 0

    @property
    def accounts(self) -> int:
        """Number of accounts (or groups) on the curve.

        Examples
        --------
        >>> whale_curve({"A": 90, "B": 20, "C": -10}).accounts
        3
        """
        return len(self.points)

    @property
    def lost(self) -> float:
        """Money that loss makers take from the peak, as a positive amount.

        Examples
        --------
        >>> whale_curve({"A": 90, "B": 20, "C": -10}).lost
        10.0
        """
        return self.peak - self.total

    @property
    def has_shares(self) -> bool:
        """Whether there is a profit that shares can be taken of.

        Examples
        --------
        >>> whale_curve({"A": 90, "B": -100}).has_shares
        False
        """
        return self.total > 0

    @property
    def peak_share(self) -> float:
        """The peak as a share of the total, at least 1; NaN if there is no profit.

        Examples
        --------
        >>> whale_curve({"A": 90, "B": 20, "C": -10}).peak_share
        1.1
        """
        return self.peak / self.total if self.has_shares else nan

    @property
    def lost_share(self) -> float:
        """The part of the peak that loss makers take; 0 if nobody makes money.

        Examples
        --------
        >>> whale_curve({"A": 80, "B": -20}).lost_share
        0.25
        """
        return self.lost / self.peak if self.peak > 0 else 0.0

    @property
    def loss_makers(self) -> pd.Series:
        """What every loss maker costs, the dearest first, as negative amounts.

        Examples
        --------
        >>> whale_curve({"A": 80, "B": -5, "C": -20}).loss_makers.to_dict()
        {'C': -20.0, 'B': -5.0}
        """
        contribution = self.points["contribution"]
        return contribution[contribution < 0].iloc[::-1]


def whale_curve(contribution: ArrayLike) -> WhaleCurve:
    """Show how much profit the good accounts make, and how much others lose again.

    Parameters
    ----------
    contribution : Series or array-like of shape (n_accounts,)
        Profit by account in money, of any sign; the most complete one you have.
        Accounts where it is missing (their cost of goods is not known) are counted
        and left out.

    Returns
    -------
    WhaleCurve

    Raises
    ------
    UsageError
        If the amounts are not numbers, none is known, or an account stands twice.

    Notes
    -----
    W(k) = Σ of the k largest contributions; the peak is W at the number of accounts
    with a positive one. Shares are of W(n), the total, and there are none where that
    is zero or less. A small total makes the peak look enormous in per cent: read the
    money too.

    References
    ----------
    Kaplan, R. S. and Cooper, R. (1998). Cost and Effect. Harvard Business School
    Press, Boston.
    Kaplan, R. S. and Narayanan, V. G. (2001). Measuring and managing customer
    profitability. Journal of Cost Management 15 (5), 5–15.

    Examples
    --------
    >>> curve = whale_curve({"A": 90, "B": -10, "C": 20, "D": 0})
    >>> curve.peak_share, curve.peak_at, curve.lost
    (1.1, 0.5, 10.0)
    >>> curve.points["cumulative"].to_dict()
    {'A': 90.0, 'C': 110.0, 'D': 110.0, 'B': 100.0}
    >>> whale_curve({"A": 10, "B": -30}).has_shares
    False
    """
    amounts, unknown = known_amounts(contribution, "contribution")
    ranked = amounts.sort_values(ascending=False, kind="stable")
    reached = np.arange(1, len(ranked) + 1) / len(ranked)
    return replace(_curve(ranked, reached), unknown=len(unknown))


def grouped_whale_curve(
    share_of_customers: ArrayLike, share_of_profit: ArrayLike, rest: str | None = None
) -> WhaleCurve:
    """Draw the whale curve of a printed table: 10 % of customers, 93 % of profit.

    Parameters
    ----------
    share_of_customers, share_of_profit : Series or array-like of shape (n_groups,)
        Shares of each group, 0–1; those of profit may be negative.
    rest : str, optional
        Name of a group that takes what is missing to 1 in both columns.

    Returns
    -------
    WhaleCurve
        With one point a group. Customers within a group count as equal, so the true
        peak is at least as high.

    Raises
    ------
    UsageError
        As `kamlab.value.grouped_concentration.grouped_concentration`.

    Examples
    --------
    >>> bank = grouped_whale_curve([0.10, 0.30, 0.60], [0.93, 0.17, -0.10])
    >>> bank.points[["share_of_accounts", "cumulative_share"]].round(2).values.tolist()
    [[0.1, 0.93], [0.4, 1.1], [1.0, 1.0]]
    """
    groups = grouped_concentration(share_of_customers, share_of_profit, rest)
    reached = groups["cumulative_customers"].to_numpy()
    return _curve(groups["share_of_value"], reached, unit="share")


def _curve(ranked: pd.Series, reached: np.ndarray, unit: str = "money") -> WhaleCurve:
    """Add up amounts that stand from the best to the worst."""
    earning, losing = int((ranked > 0).sum()), int((ranked < 0).sum())
    cumulative = ranked.to_numpy().cumsum()
    total = float(cumulative[-1])
    points = pd.DataFrame(
        {
            "contribution": ranked,
            "share_of_accounts": reached,
            "cumulative": cumulative,
            "cumulative_share": cumulative / total if total > 0 else nan,
        }
    )
    return WhaleCurve(
        points=points,
        total=total,
        peak=float(cumulative[earning - 1]) if earning else 0.0,
        peak_at=float(reached[earning - 1]) if earning else 0.0,
        earning=earning,
        neither=len(ranked) - earning - losing,
        losing=losing,
        unit=unit,
    )
