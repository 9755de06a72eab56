"""Accounts with their values and possible futures, whatever the values rest on."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamlab.estimates import Estimate
from kamlab.value.lifetime.futures import FUTURES_EACH, effective_draws, tails

#: What `Valued.accounts` tells of each account.
COLUMNS = ("value", "alive", "orders_year", "orders_low", "orders_high")


@dataclass(frozen=True, eq=False)
class Valued:
    """Some accounts, what each is worth, and what it might turn out to be worth.

    Parameters
    ----------
    accounts : DataFrame of shape (n_accounts, 5)
        ``value`` (money of today), ``alive``, ``orders_year``, ``orders_low`` and
        ``orders_high``.
    futures : array of shape (n_futures, n_accounts)
        Value of each account in each future.
    basis : str
        What the values rest on.

    Examples
    --------
    >>> frame = pd.DataFrame({"value": [10.0]}, index=["A"])
    >>> valued = Valued(frame, np.array([[8.0], [9.0], [12.0]]), "contract")
    >>> valued.without(pd.Index(["A"])).futures.shape
    (3, 0)
    """

    accounts: pd.DataFrame
    futures: np.ndarray
    basis: str

    def without(self, others: pd.Index) -> "Valued":
        """Leave accounts out.

        Parameters
        ----------
        others : Index
            Accounts that are valued otherwise.

        Returns
        -------
        Valued

        Examples
        --------
        >>> frame = pd.DataFrame({"value": [1.0, 2.0]}, index=["A", "B"])
        >>> Valued(frame, np.ones((2, 2)), "sheet").without(["A"]).accounts.index[0]
        'B'
        """
        stays = ~self.accounts.index.isin(others)
        return Valued(self.accounts[stays], self.futures[:, stays], self.basis)

    def with_intervals(self, level: float) -> pd.DataFrame:
        """Return the accounts with the ends of their values' intervals, and the basis.

        Parameters
        ----------
        level : float
            Level of the intervals, as a share.

        Returns
        -------
        DataFrame of shape (n_accounts, 8)
            An interval always holds its value: where chance is lopsided (a small chance
            of large orders), the mean may lie beyond the quantiles.

        Examples
        --------
        >>> frame = pd.DataFrame({"value": [10.0]}, index=["A"])
        >>> valued = Valued(frame, np.array([[8.0], [9.0], [12.0]]), "contract")
        >>> valued.with_intervals(0.95)[["low", "high"]].round(1).values.tolist()
        [[8.0, 11.8]]
        """
        low, high = np.quantile(self.futures, tails(level), axis=0)
        # Who costs with each order, and orders nothing, costs 0, and not -0.
        value = self.accounts["value"] + 0.0
        return self.accounts.assign(
            value=value,
            low=np.fmin(low, value) + 0.0,
            high=np.fmax(high, value) + 0.0,
            basis=self.basis,
        )

    def total(self, level: float) -> Estimate:
        """Return the sum of the values with its interval.

        Parameters
        ----------
        level : float
            Level of the interval, as a share.

        Returns
        -------
        Estimate
            Money of today; n counts the accounts.

        Notes
        -----
        Futures of one refit are alike; the interval leaves out as many of them at its
        ends as that many independent ones would have to, as `Bootstrap.total` does.

        Examples
        --------
        >>> frame = pd.DataFrame({"value": [10.0]}, index=["A"])
        >>> print(Valued(frame, np.array([[8.0], [12.0]]), "contract").total(0.95))
        10 (95 % interval 8 to 12, n = 1)
        """
        value, n = float(self.accounts["value"].sum()), len(self.accounts)
        if not n:
            return Estimate.unknown("no account has a value", 0, "money")
        sums = self.futures.sum(axis=1)
        low, high = np.quantile(sums, tails(level, _independent(sums)))
        ends = min(float(low), value), max(float(high), value)
        return Estimate(value, *ends, n, level, "money", method="simulated futures")


def _independent(sums: np.ndarray) -> float:
    """Say how many futures there are, where several were drawn of each refit."""
    each = 1 if len(sums) % FUTURES_EACH else FUTURES_EACH
    return effective_draws(sums.reshape(-1, each))


def together(parts: list[Valued]) -> Valued:
    """Put accounts of several bases side by side.

    Parameters
    ----------
    parts : list of Valued
        With the same number of futures, and no account twice.

    Returns
    -------
    Valued
        Its basis is "all".

    Raises
    ------
    ValueError
        If an account is in two parts.

    Examples
    --------
    >>> one = Valued(pd.DataFrame({"value": [1.0]}, index=["A"]), np.ones((2, 1)), "x")
    >>> two = Valued(pd.DataFrame({"value": [2.0]}, index=["B"]), np.ones((2, 1)), "y")
    >>> together([one, two]).accounts["value"].sum()
    np.float64(3.0)
    """
    accounts = pd.concat([part.accounts for part in parts], verify_integrity=True)
    return Valued(accounts, np.hstack([part.futures for part in parts]), "all")
