"""One state for each account on a page: who is lost, and who only pauses.

Three slots speak of accounts that bought a year ago and not now: the revenue bridge,
the steps of profit, and the watch list. An account is *lost* on the page if it is
silent for half as long again as its own limit; until then it *pauses*, as most do that
come back, and stands with those that buy less.
"""

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from kamlab.value.revenue_bridge import RevenueBridge

#: Steps of profit that know of two periods only; the status of an account that belongs
#: elsewhere, and the step that it goes to.
_FINER = {
    "lost_accounts": ("paused", "pausing_accounts"),
    "new_accounts": ("returned", "returning_accounts"),
}


def with_pausing(bridge: RevenueBridge, faint: Collection[object]) -> RevenueBridge:
    """Return the revenue bridge with accounts as paused that may well come back.

    Parameters
    ----------
    bridge : RevenueBridge
        Counts an account as lost as soon as it is silent for longer than its limit.
    faint : collection
        Accounts that are silent a little longer than usual, and no more.

    Returns
    -------
    RevenueBridge
        What these took stands under *shrunk* instead of *lost*; totals stay.

    Examples
    --------
    >>> columns = {"then": 9.0, "lost": -9.0, "shrunk": 0.0, "grown": 0.0, "now": 0.0}
    >>> table = pd.DataFrame(columns, ["A"])
    >>> lost = RevenueBridge(None, None, table, pd.Series({"A": "lost"}))
    >>> with_pausing(lost, ["A"]).steps.to_dict()
    {'then': 9.0, 'lost': 0.0, 'shrunk': -9.0, 'grown': 0.0, 'now': 0.0}
    """
    pauses = bridge.status.eq("lost") & bridge.status.index.isin(list(faint))
    table = bridge.by_account.copy()
    moved = table["lost"].where(pauses, 0.0)
    table["lost"] -= moved
    table["shrunk"] += moved.clip(upper=0)
    table["grown"] += moved.clip(lower=0)
    status = bridge.status.mask(pauses, "paused")
    return replace(bridge, by_account=table, status=status)


def with_states(steps: pd.DataFrame, status: pd.Series) -> pd.DataFrame:
    """Return the steps of profit with the states that the revenue bridge knows.

    Parameters
    ----------
    steps : DataFrame of shape (n_accounts, n_steps)
        From `kamlab.value.profit_bridge.profit_bridge`: all that bought before and not
        now stand under ``lost_accounts``, and the other way round ``new_accounts``.
    status : Series of str
        Of the revenue bridge, from `with_pausing`.

    Returns
    -------
    DataFrame
        With ``pausing_accounts`` and ``returning_accounts`` beside these; sums stay.

    Examples
    --------
    >>> steps = pd.DataFrame({"lost_accounts": [-5.0, -2.0]}, index=["A", "B"])
    >>> status = pd.Series({"A": "lost", "B": "paused"})
    >>> with_states(steps, status).sum().to_dict()
    {'lost_accounts': -5.0, 'pausing_accounts': -2.0}
    """
    told = steps.copy()
    for coarse, (state, finer) in _FINER.items():
        if coarse in steps:
            other = status.reindex(steps.index).eq(state)
            moved = steps[coarse].where(other, 0.0)
            told[coarse] -= moved
            told.insert(told.columns.get_loc(coarse) + 1, finer, moved)
    return told
