"""Whether accounts that lose money go on losing it: the question before any action."""

from dataclasses import dataclass

import pandas as pd
from numpy.typing import ArrayLike

from kamlab.errors import UsageError
from kamlab.estimates import Estimate
from kamlab.value.profit_parts import known_amounts
from kamlab.value.proportions import wilson_share


@dataclass(frozen=True, eq=False)
class LossPersistence:
    """How many loss makers lose money again, beside those that begin to.

    Parameters
    ----------
    again : Estimate
        Share of the loss makers of the first year that lose in the second as well.
    begin : Estimate
        Share of the other accounts that lose in the second year.
    left : Index
        Loss makers of the first year that the second no longer has.
    both : Index
        Accounts that lose in both years.
    loss_before, loss_after : float
        What the first year's loss makers lost then, and what the same accounts brought
        in the second year; both signed.

    Examples
    --------
    >>> years = {i: -1.0 for i in range(10)}, {i: -1.0 for i in range(5)}
    >>> found = loss_persistence(pd.Series(years[0]), pd.Series(years[1]))
    >>> found.left.tolist(), found.loss_before, found.loss_after
    ([5, 6, 7, 8, 9], -5.0, -5.0)
    """

    again: Estimate
    begin: Estimate
    left: pd.Index
    both: pd.Index
    loss_before: float
    loss_after: float


def loss_persistence(
    before: ArrayLike, after: ArrayLike, level: float = 0.95
) -> LossPersistence:
    """Say how likely an account that lost money this year loses it again next year.

    Parameters
    ----------
    before, after : Series of shape (n_accounts,)
        Profit by account in two years; accounts not listed in `after` have left, and
        those whose profit is not known in either year count nowhere.
    level : float
        Level of the intervals, as a share.

    Returns
    -------
    LossPersistence
        Both shares are estimates, and "cannot tell" below ten accounts. Accounts that
        are new in `after` count nowhere.

    Raises
    ------
    UsageError
        If the amounts are not numbers, or the two years have no account in common.

    Notes
    -----
    Some of the loss makers of any year are there by chance and would recover if
    nobody did anything (regression to the mean). That fewer lose money in the year
    after a measure is therefore no proof that the measure worked.

    Examples
    --------
    >>> before = pd.Series({i: -5.0 if i < 12 else 20.0 for i in range(40)})
    >>> after = pd.Series({i: -4.0 if i < 9 else 20.0 for i in range(40)})
    >>> print(loss_persistence(before, after).again)
    75.0 % (95 % interval 46.8 % to 91.1 %, n = 12)
    """
    first, _ = known_amounts(before, "before")
    second, unknown = known_amounts(after, "after")
    known = first.index.intersection(second.index)
    if known.empty:
        raise UsageError(
            f"no account stands in both years (before begins with {first.index[0]!r}, "
            f"after with {second.index[0]!r}): index both by the same account numbers"
        )
    lost_then, lost_now = first[known] < 0, second[known] < 0
    both = known[lost_then & lost_now]
    others = int((~lost_then).sum())
    began = int((~lost_then & lost_now).sum())
    all_losers = first.index[first < 0]
    stayed = known[lost_then]
    return LossPersistence(
        again=wilson_share(len(both), len(stayed), level, of="loss makers"),
        begin=wilson_share(began, others, level, of="other accounts"),
        left=all_losers.difference(known.union(unknown), sort=False),
        both=both,
        loss_before=float(first[stayed].sum()),
        loss_after=float(second[stayed].sum()),
    )
