"""Gradient boosting of orders to come: what a model without a story achieves.

It learns from earlier windows of the same book: what each account looked like on a day,
and how often it ordered in the days after it.
"""

import numpy as np
import pandas as pd
from sklearn.ensemble import HistGradientBoostingRegressor

from kamlab.value.lifetime.counts import CannotTellError

#: Earlier windows to learn from, at most.
WINDOWS = 4
#: Windows to look back over, where the book is long enough.
SEEN = 2
#: Fewer rows than this teach nothing.
FEWEST_ROWS = 40


def boosted_orders(
    days: pd.DataFrame, end: pd.Timestamp, horizon: int, random_state: int = 0
) -> pd.Series:
    """Return how many order days each account will have, by gradient boosting.

    Parameters
    ----------
    days : DataFrame of shape (n_order_days, 2)
        Account in the first column and ``order_date``, each once, none after `end`.
    end : Timestamp
        Last day seen.
    horizon : int
        Days to foretell.
    random_state : int
        Seed.

    Returns
    -------
    Series of shape (n_accounts,)
        Expected order days.

    Raises
    ------
    CannotTellError
        If earlier windows hold fewer than 40 rows, or no order.

    Notes
    -----
    Up to four windows of the length asked, one before the other, teach it, so that at
    least two are left to look back over; where the book is shorter than two of them,
    one window of half the book, in proportion. It knows of an account how long it has
    ordered and been silent, its mean gap, and its order days in the last half, one and
    two windows and over all of the time looked back over; it learns came ÷ past rate,
    weighted with the past rate. Poisson loss, trees of at most eight leaves.

    References
    ----------
    Friedman, J. H. (2001). Greedy function approximation: a gradient boosting machine.
    Annals of Statistics 29(5), 1189–1232.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> accounts = np.repeat(np.arange(80), rng.poisson(12, 80))
    >>> after = pd.to_timedelta(rng.integers(0, 700, len(accounts)), unit="D")
    >>> day = pd.Timestamp("2024-01-01") + after
    >>> days = pd.DataFrame({"account_id": accounts, "order_date": day})
    >>> days = days.drop_duplicates()
    >>> found = boosted_orders(days, pd.Timestamp("2025-11-30"), 182)
    >>> bool(abs(found.mean() - 12 / 700 * 182) < 0.5)
    True
    """
    days = days.reset_index(drop=True)
    observed = (end - days["order_date"].min()).days + 1
    window = max(min(horizon, observed // 2), 1)
    number = int(np.clip(observed // window - SEEN, 1, WINDOWS))
    # Every window looks back as far as the earliest can: else a longer book alone
    # would look like better accounts.
    back = observed - number * window
    cuts = [end - pd.Timedelta(days=window * each) for each in range(1, number + 1)]
    rows = [_features(days, cut, window, back) for cut in cuts]
    came = [
        _came(days, cut, window, each.index)
        for cut, each in zip(cuts, rows, strict=True)
    ]
    _check_enough(rows, came)
    learner = HistGradientBoostingRegressor(
        loss="poisson",
        learning_rate=0.05,
        max_leaf_nodes=8,
        early_stopping=False,
        random_state=random_state,
    )
    learnt, now = pd.concat(rows), _features(days, end, window, back)
    rate = _past_rate(learnt)
    learner.fit(learnt, np.concatenate(came) / rate, sample_weight=rate)
    return learner.predict(now) * _past_rate(now) * horizon / window


def _features(
    days: pd.DataFrame, cut: pd.Timestamp, window: int, back: int
) -> pd.DataFrame:
    """Return what an account looks like on a day, in windows of time."""
    key, most = days.columns[0], back / window
    seen = days[days["order_date"] <= cut]
    whose, ago = seen[key], (cut - seen["order_date"]).dt.days / window
    age = ago.groupby(whose).max().clip(upper=most)
    silence = ago.groupby(whose).min().clip(upper=most)
    recent = ago[ago < most]
    of_recent = recent.groupby(whose[ago < most])
    gaps = (of_recent.size() - 1).where(lambda number: number > 0)
    gap = ((of_recent.max() - of_recent.min()) / gaps).reindex(age.index)
    frame = {"age": age, "silence": silence, "mean_gap": gap}
    frame["silence_in_gaps"] = silence / gap
    spans = {"orders": most, "orders_half": 0.5, "orders_1": 1, "orders_2": 2}
    for name, span in spans.items():
        frame[name] = (recent < span).groupby(whose).sum()
    return pd.DataFrame(frame).fillna(dict.fromkeys(spans, 0))


def _past_rate(features: pd.DataFrame) -> pd.Series:
    """Return each account's orders a window so far, with half an order too many.

    Trees learn how far an account departs from its own rate: a leaf that one account
    with ten times the orders of the next shares with it would foretell neither.
    """
    return (features["orders"] + 0.5) / (features["age"] + 0.5)


def _came(
    days: pd.DataFrame, cut: pd.Timestamp, window: int, accounts: pd.Index
) -> np.ndarray:
    """Return how often accounts ordered in the window after a day."""
    day, last = days["order_date"], cut + pd.Timedelta(days=window)
    after = days[(day > cut) & (day <= last)]
    found = after.groupby(days.columns[0]).size()
    return found.reindex(accounts, fill_value=0).to_numpy()


def _check_enough(rows: list[pd.DataFrame], came: list[np.ndarray]) -> None:
    number, orders = sum(map(len, rows)), sum(int(each.sum()) for each in came)
    if number < FEWEST_ROWS or not orders:
        raise CannotTellError(
            f"{number} accounts with {orders} orders in earlier windows; gradient "
            f"boosting needs {FEWEST_ROWS} and an order: take a longer observation"
        )
