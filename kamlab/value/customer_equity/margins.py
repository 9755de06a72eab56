"""How much of an order is left, and how far that may move.

A margin of last year is no promise. How far margins moved from one year to the next,
among accounts of much the same size, says how far they may move again.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

#: A class of accounts by size has at least so many.
FEWEST = 10
_CLASSES = 4
#: Median absolute deviation of a normal distribution, in standard deviations.
_MEDIAN_DEVIATION = 0.6745


@dataclass(frozen=True, eq=False)
class Margins:
    """Contribution margins of accounts, and how unsure they are.

    Parameters
    ----------
    expected : Series of shape (n_accounts,)
        Share of net revenue that is left; missing where it is not known.
    spread : Series of shape (n_accounts,)
        Standard deviation of the margin to come around it; 0 where nothing tells.

    Examples
    --------
    >>> one = pd.Series({"A": 0.3})
    >>> Margins(one, one - 0.2).of(["A"]).spread.round(1).to_dict()
    {'A': 0.1}
    """

    expected: pd.Series
    spread: pd.Series

    def of(self, accounts: pd.Index) -> "Margins":
        """Return the margins of some accounts.

        Parameters
        ----------
        accounts : Index
            Which ones, in which order.

        Returns
        -------
        Margins

        Examples
        --------
        >>> both = pd.Series({"A": 0.3, "B": 0.2})
        >>> Margins(both, 0 * both).of(["B"]).expected.to_dict()
        {'B': 0.2}
        """
        return Margins(self.expected.loc[accounts], self.spread.loc[accounts])

    def drawn(self, futures: int, generator: np.random.Generator) -> np.ndarray:
        """Draw the margins of possible futures.

        Parameters
        ----------
        futures : int
            How many.
        generator : Generator
            Source of chance.

        Returns
        -------
        array of float, shape (n_futures, n_accounts)
            Normal around what is expected.

        Examples
        --------
        >>> one = pd.Series({"A": 0.3})
        >>> Margins(one, 0 * one).drawn(2, np.random.default_rng(0)).tolist()
        [[0.3], [0.3]]
        """
        noise = generator.standard_normal((futures, len(self.expected)))
        return self.expected.to_numpy() + self.spread.to_numpy() * noise


def margin_spread(
    before: pd.Series, last: pd.Series, revenue: pd.Series, accounts: pd.Index
) -> pd.Series:
    """Return how far the margin of each account may move within a year.

    Parameters
    ----------
    before, last : Series
        Contribution margin by account, of the year before last and of the last.
    revenue : Series
        Net revenue by account, which tells its size.
    accounts : Index
        Accounts to tell it of.

    Returns
    -------
    Series of shape (n_accounts,)
        Standard deviation, as a share of revenue; 0 if fewer than 10 accounts have both
        margins. An account without them counts among the smallest.

    Notes
    -----
    Accounts are ordered by revenue and cut into up to four classes of ten or more. The
    spread of a class is the median of the absolute changes ÷ 0.6745, which a few wild
    ones do not move.

    Examples
    --------
    >>> before = pd.Series(0.30, index=range(20))
    >>> last = before + [0.1, -0.1] * 10
    >>> margin_spread(before, last, before.cumsum(), before.index).round(2).unique()
    array([0.15])
    """
    changes = (last - before).abs().dropna()
    classes = min(len(changes) // FEWEST, _CLASSES)
    if not classes:
        return pd.Series(0.0, accounts)
    sizes = revenue.reindex(changes.index)
    edges = sizes.quantile(np.arange(1, classes) / classes).to_numpy()
    of_class = changes.groupby(np.searchsorted(edges, sizes)).median()
    mine = np.searchsorted(edges, revenue.reindex(accounts).fillna(-np.inf))
    # Equal sizes may leave a class empty; the next larger one stands in.
    spreads = of_class.reindex(range(classes)).bfill().ffill() / _MEDIAN_DEVIATION
    return pd.Series(spreads.to_numpy()[mine], accounts)
