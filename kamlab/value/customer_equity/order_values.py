"""What an order of each account will be worth: own past, drawn to all accounts'.

An account with two orders says less of its next than one with two hundred. The
Gamma-Gamma model weighs the two; where it cannot be fitted, the own mean is taken.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kamlab.value.customer_equity.fit_notes import spending_notes
from kamlab.value.customer_equity.spending_model import SpendingModel, spending_model
from kamlab.value.lifetime.counts import CannotTellError

#: A mean of less than this part of the median is what returns and rounding have left.
_NOTHING = 1e-3


@dataclass(frozen=True, eq=False)
class OrderValues:
    """Net revenue of an order day to come, by account.

    Parameters
    ----------
    expected : Series of shape (n_accounts,)
        Money an order day.
    orders, mean : Series of shape (n_accounts,)
        Order days seen, and their mean.
    drawn_together : Series of bool, shape (n_accounts,)
        Whose mean the model has drawn to that of all accounts.
    model : SpendingModel or None
        What drew the means together; None where the own means stand as they are.
    notes : tuple of str
        What a reader should know of the fit.

    Examples
    --------
    >>> orders = pd.Series({"A": 2, "B": 3})
    >>> values = order_values(orders, 3.0 * orders, 0.1 * orders)
    >>> values.expected.to_dict(), len(values.notes)
    ({'A': 6.0, 'B': 9.0}, 1)
    """

    expected: pd.Series
    orders: pd.Series
    mean: pd.Series
    drawn_together: pd.Series
    model: SpendingModel | None
    notes: tuple[str, ...]

    def of(self, accounts: pd.Index) -> "OrderValues":
        """Return the values of some accounts.

        Parameters
        ----------
        accounts : Index
            Which ones, in which order.

        Returns
        -------
        OrderValues
            From the same model.

        Examples
        --------
        >>> orders = pd.Series({"A": 2, "B": 3})
        >>> values = order_values(orders, 3.0 * orders, 0.1 * orders)
        >>> values.of(["B"]).orders.to_dict()
        {'B': 3}
        """
        return replace(
            self,
            expected=self.expected.loc[accounts],
            orders=self.orders.loc[accounts],
            mean=self.mean.loc[accounts],
            drawn_together=self.drawn_together.loc[accounts],
        )

    def drawn(self, counts: np.ndarray, generator: np.random.Generator) -> np.ndarray:
        """Draw what given numbers of orders bring.

        Parameters
        ----------
        counts : array of int, shape (n_futures, n_accounts)
            Orders of each account in each future.
        generator : Generator
            Source of chance.

        Returns
        -------
        array of float, shape (n_futures, n_accounts)
            Net revenue. Without a model every order brings the account's own mean.

        Notes
        -----
        The rate ν of an account with x orders of mean z is gamma distributed with
        shape px + q and rate γ + xz; n orders bring a gamma draw of shape pn, rate ν.
        p, q and γ are drawn for each future as far as they are known.

        Examples
        --------
        >>> orders = pd.Series({"A": 2})
        >>> values = order_values(orders, 15.0 * orders, 0.1 * orders)
        >>> values.drawn(np.array([[0], [3]]), np.random.default_rng(0)).tolist()
        [[0.0], [90.0]]
        """
        if self.model is None:
            return counts * self.expected.to_numpy()
        p, q, gamma = self.model.drawn(len(counts), generator)
        usable = self.drawn_together.to_numpy()
        x, z = self.orders.to_numpy(float), self.mean.where(usable, 1.0).to_numpy()
        rate = generator.gamma(p * x + q) / (gamma + x * z)
        some = np.where(counts > 0, counts, 1)
        revenue = np.where(counts > 0, generator.gamma(p * some) / rate, 0.0)
        return np.where(usable, revenue, counts * self.expected.to_numpy())


def order_values(
    orders: pd.Series,
    mean: pd.Series,
    variation: pd.Series,
    own: pd.Series | None = None,
) -> OrderValues:
    """Return what an order day of each account is expected to bring.

    Parameters
    ----------
    orders : Series of int, shape (n_accounts,)
        Order days seen.
    mean : Series of float, shape (n_accounts,)
        Mean net revenue of these days; returns may have made it 0 or negative.
    variation : Series of float, shape (n_accounts,)
        Coefficient of variation of an account's order values; missing for one order.
    own : Series of bool, shape (n_accounts,), optional
        Accounts that keep their own mean, such as those that lose money with each
        order: drawn to a higher mean, they would lose more than was ever seen.

    Returns
    -------
    OrderValues
        An account whose mean is not positive, or less than a thousandth of the median,
        keeps it, too: its orders were returned.

    References
    ----------
    Fader, P. S., & Hardie, B. G. S. (2013). The Gamma-Gamma model of monetary value.
    Technical note, brucehardie.com/notes/025, equation 5.

    Examples
    --------
    >>> mean = pd.Series({"A": 30.0, "B": 9.0})
    >>> few = order_values(pd.Series({"A": 2, "B": 9}), mean, 0.01 * mean)
    >>> few.expected.to_dict(), few.model is None
    ({'A': 30.0, 'B': 9.0}, True)
    """
    # What is left of orders returned in full is no order value, and one such account
    # would make all accounts look farther apart than they are.
    positive = mean > _NOTHING * mean[mean > 0].median()
    try:
        model = spending_model(orders[positive], mean[positive], variation[positive])
    except CannotTellError as reason:
        nobody = pd.Series(False, mean.index)
        return OrderValues(mean, orders, mean, nobody, None, (str(reason),))
    shrunk = positive if own is None else positive & ~own
    found = model.model.expected_value(orders[shrunk], mean[shrunk])
    # A mean without end (p x + q ≤ 1) tells nothing: the own mean does.
    expected = found.reindex(mean.index).fillna(mean)
    return OrderValues(expected, orders, mean, shrunk, model, spending_notes(model))
