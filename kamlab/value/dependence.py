"""What if we lose an account: revenue, profit and concentration without it.

The arithmetic of a loss, not its probability: everything else stays as booked.
"""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kamlab.errors import UsageError
from kamlab.value.concentration_kernels import Floats
from kamlab.value.revenue import (
    checked_amounts,
    checked_share,
    positive_amounts,
)


def loss_of_each(
    revenue: ArrayLike, margin: ArrayLike | None = None, top: float = 0.2
) -> pd.DataFrame:
    """Show for every account what would be lost with it, and what would be left.

    Parameters
    ----------
    revenue : Series of shape (n_accounts,)
        Money by account; only positive revenue counts.
    margin : Series of shape (n_accounts,), optional
        Profit by account, which may be negative; adds the two profit columns.
    top : float
        Share of accounts whose share of revenue is followed.

    Returns
    -------
    DataFrame of shape (n_positive, 7 or 9)
        By account, the largest first: `rank`, `revenue`, `share_of_revenue`,
        `profit`, `share_of_profit` (of the profit of all accounts; NaN if that is not
        positive), `revenue_left`, and without the account `top_share`, `gini` and
        `effective_number`.

    Raises
    ------
    UsageError, DataError
        If the amounts are not one finite number per account, none is positive, an
        account has revenue but no margin, or `top` is no share.

    Examples
    --------
    >>> lost = loss_of_each(pd.Series({"A": 60, "B": 30, "C": 10}))
    >>> lost.loc["A", ["rank", "share_of_revenue", "revenue_left"]].tolist()
    [1.0, 0.6, 40.0]
    >>> lost["effective_number"].round(2).tolist()
    [1.6, 1.32, 1.8]
    """
    checked_share(top, "top")
    amounts = positive_amounts(revenue)
    ranked = amounts.to_numpy()
    columns = {
        "rank": np.arange(1, len(ranked) + 1),
        "revenue": amounts,
        "share_of_revenue": amounts / amounts.sum(),
        **({} if margin is None else _profit_lost(amounts, margin)),
        "revenue_left": _others(ranked),
        "top_share": _top_share_without_each(ranked, top),
        "gini": _gini_without_each(ranked),
        "effective_number": _effective_number_without_each(ranked),
    }
    return pd.DataFrame(columns, index=amounts.index)


def _profit_lost(amounts: pd.Series, margin: ArrayLike) -> dict[str, pd.Series]:
    margins = checked_amounts(margin, "margin")
    lacking = amounts.index.difference(margins.index, sort=False)
    if len(lacking):
        raise UsageError(
            f"account {lacking[0]!r} has revenue {amounts[lacking[0]]:g} but no margin "
            f"({len(lacking)} such accounts): give a margin for every account"
        )
    profit, total = margins.reindex(amounts.index), margins.sum()
    share = profit / total if total > 0 else profit * np.nan
    return {"profit": profit, "share_of_profit": share}


def _before(values: Floats) -> Floats:
    """Sum of all values before each one, and at last of all."""
    return np.concatenate([[0.0], np.cumsum(values)])


def _from(values: Floats) -> Floats:
    """Sum of all values from each one on, and at last of none."""
    return _before(values[::-1])[::-1]


def _others(values: Floats) -> Floats:
    """Sum of all values but each one.

    Added up from both sides: taking a giant off the total would leave its rounding.
    """
    return _before(values)[:-1] + _from(values)[1:]


def _top_share_without_each(ranked: Floats, top: float) -> Floats:
    n = len(ranked)
    if n == 1:
        return np.array([np.nan])
    before, after = _before(ranked), _from(ranked)

    def first(count: int) -> Floats:
        """Sum of the first few accounts other than each one."""
        among_them = before[:-1] + after[1:] - after[min(count + 1, n)]
        return np.where(np.arange(n) < count, among_them, before[count])

    whole, part = divmod(top * (n - 1), 1)
    reached = (1 - part) * first(int(whole)) + part * first(int(whole) + 1)
    return reached / _others(ranked)


def _gini_without_each(ranked: Floats) -> Floats:
    """Gini coefficient of the others: those below the lost account move up a rank."""
    n = len(ranked)
    if n == 1:
        return np.array([np.nan])
    rank = np.arange(1, n + 1)
    weighted = _before(rank * ranked)[:-1] + _from((rank - 1) * ranked)[1:]
    raw = n / (n - 1) - 2 * weighted / ((n - 1) * _others(ranked))
    return np.maximum(raw, 0.0)


def _effective_number_without_each(ranked: Floats) -> Floats:
    if len(ranked) == 1:
        return np.array([np.nan])
    return _others(ranked) ** 2 / _others(ranked**2)
