"""How well a fitted purchase model tells what happened, before it is believed.

Four tables that `diagnostic_plots.py` draws. What a model learnt from proves little;
what came afterwards does.

Glossary
--------
tracking
    Orders of all accounts week by week, seen and foretold, through the hold-out
    (追踪图).
calibration of intervals
    Whether intervals hold what came as often as they say (区间校准).
"""

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

from kamlab.errors import UsageError
from kamlab.estimates import checked_level
from kamlab.fiscal import as_date
from kamlab.value.lifetime.counts import checked_counts
from kamlab.value.lifetime.holdout import distinct_days
from kamlab.value.lifetime.model import PurchaseModel
from kamlab.value.lifetime.units import DAYS_IN, days_to_units
from kamlab.value.proportions import wilson_share

#: Levels of the intervals that are checked.
LEVELS = (0.5, 0.8, 0.9, 0.95)
#: Accounts that ordered at least so often share the last row.
TOP = 7


def frequency_fit(
    model: PurchaseModel, frequency: ArrayLike, T: ArrayLike, top: int = TOP
) -> pd.DataFrame:
    """Return how many accounts re-ordered how often, and how many the model expects.

    Parameters
    ----------
    model : PurchaseModel
        Fitted to these accounts.
    frequency : Series or array-like of shape (n_accounts,)
        Orders after the first.
    T : Series or array-like of shape (n_accounts,)
        Time from the first order to the end of the observation, in the model's unit.
    top : int
        Accounts with at least this frequency share one row.

    Returns
    -------
    DataFrame of shape (top + 1, 2)
        By ``frequency``: ``accounts`` seen, and how many are ``expected``.

    Raises
    ------
    UsageError
        If the two are not of one length, or `top` is below 1.
    DataError
        If a frequency or a time cannot be.

    Notes
    -----
    Expected accounts with n orders = Σ P(X(T_i) = n) over the accounts i.

    Examples
    --------
    >>> from kamlab.value.lifetime import BetaGeoNBD
    >>> model = BetaGeoNBD().with_parameters(r=0.243, alpha=4.414, a=0.793, b=2.426)
    >>> frequency_fit(model, [0, 0, 0, 3], [39, 39, 30, 30], top=2).round(2)
               accounts  expected
    frequency
    0                 3      2.36
    1                 0      0.79
    2                 1      0.85
    """
    seen, spans = np.asarray(frequency, dtype=float), np.asarray(T, dtype=float)
    if len(seen) != len(spans) or top < 1:
        raise UsageError(
            f"frequency, T have {(len(seen), len(spans))} rows, top = {top}: give one "
            "row for each account, and a top from 1 on"
        )
    # When the last order was does not matter here: as late as can be.
    checked_counts(frequency, np.where(seen > 0, spans, 0.0), T)
    distinct, times = np.unique(spans, return_counts=True)
    below = np.arange(top)
    expected = sum(
        count * np.asarray(model.order_probability(below, span))
        for span, count in zip(distinct.tolist(), times, strict=True)
    )
    rows = np.minimum(seen, top).astype(int)
    return pd.DataFrame(
        {
            "accounts": np.bincount(rows, minlength=top + 1),
            "expected": np.append(expected, len(spans) - np.sum(expected)),
        },
        index=pd.RangeIndex(top + 1, name="frequency"),
    )


def tracking(
    model: PurchaseModel,
    order_days: pd.DataFrame,
    calibration_end: str | date,
    holdout_end: str | date,
) -> pd.DataFrame:
    """Follow the repeat orders of all accounts, seen and foretold, period by period.

    Parameters
    ----------
    model : PurchaseModel
        Fitted to the orders up to `calibration_end`; its unit is the period.
    order_days : DataFrame
        A row for each order or order day: the account in the first column, and
        ``order_date``; several on one day count once.
    calibration_end : str or date
        Last day the model has seen.
    holdout_end : str or date
        Last day followed.

    Returns
    -------
    DataFrame
        By last day of the period: ``actual`` and ``expected`` orders of it,
        ``actual_so_far`` and ``expected_so_far``, and ``held_out``. Periods are counted
        from the end of the calibration, back and ahead; what is left of one at the
        beginning stands in "so far" only, what is left at the end is not followed.

    Raises
    ------
    UsageError
        If the days are not in order, nobody ordered before them, or an account or a
        day is missing.

    Notes
    -----
    Expected up to day t = Σ E[X(t − first order of i)] over the accounts that ordered
    in the calibration; accounts that came later are in neither.

    References
    ----------
    Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005). "Counting your customers" the
    easy way: an alternative to the Pareto/NBD model. Marketing Science 24(2), 275–284,
    figures 2 and 3.

    Examples
    --------
    >>> from kamlab.value.lifetime import BetaGeoNBD
    >>> model = BetaGeoNBD("Q").with_parameters(r=0.9, alpha=1, a=0.1, b=2)
    >>> days = pd.DataFrame({
    ...     "account_id": ["A", "A", "B"],
    ...     "order_date": pd.to_datetime(["2025-01-01", "2025-05-05", "2025-02-01"]),
    ... })
    >>> followed = tracking(model, days, "2025-07-03", "2026-01-02")
    >>> followed[["actual", "held_out"]].values.tolist()
    [[0, False], [1, False], [0, True], [0, True]]
    """
    cut = pd.Timestamp(as_date(calibration_end, "calibration_end"))
    last = pd.Timestamp(as_date(holdout_end, "holdout_end"))
    births, repeats = _births_and_repeats(order_days, cut, last)
    ends = _period_ends(births.min(), cut, last, DAYS_IN[model.unit])
    so_far = np.searchsorted(np.sort(repeats.to_numpy()), ends.to_numpy(), "right")
    expected = _expected_by(model, births, ends)
    frame = pd.DataFrame(
        {
            "actual": np.diff(so_far),
            "expected": np.diff(expected),
            "actual_so_far": so_far[1:],
            "expected_so_far": expected[1:],
        },
        index=pd.Index(ends[1:], name="period_end"),
    )
    return frame.assign(held_out=frame.index > cut)


def interval_calibration(
    actual: pd.Series,
    futures: pd.DataFrame,
    levels: Sequence[float] = LEVELS,
    level: float = 0.95,
) -> pd.DataFrame:
    """Count how often the intervals of accounts held what came.

    Parameters
    ----------
    actual : Series of shape (n_accounts,)
        Orders that came.
    futures : DataFrame of shape (n_futures, n_accounts)
        Orders that might have come, such as `Bootstrap.futures`.
    levels : sequence of float
        Levels of the intervals, as shares.
    level : float
        Level of the interval around the share that was found.

    Returns
    -------
    DataFrame
        By ``level``: the share of accounts ``inside``, its ``low`` and ``high``, the
        share ``expected`` inside, and ``n`` accounts.

    Raises
    ------
    UsageError
        If a level is none, or an account of `actual` has no futures.

    Notes
    -----
    Orders are whole numbers, so an interval cannot hold exactly 80 % of the futures; it
    holds more. ``expected`` is what it does hold, and what ``inside`` is to be compared
    with; fewer than 200 futures make it a little too large, since the ends are taken
    from the same futures. The interval around ``inside`` is Wilson's. It takes accounts
    for independent; a year that is good or bad for all of them moves them together.

    Examples
    --------
    >>> futures = pd.DataFrame({f"A{i}": range(11) for i in range(20)})
    >>> came = pd.Series([5] * 17 + [12] * 3, index=futures.columns)
    >>> interval_calibration(came, futures, levels=[0.8]).round(2)
           inside   low  high  expected   n
    level
    0.8      0.85  0.64  0.95      0.82  20
    """
    checked_level(level)
    if len(lacking := actual.index.difference(futures.columns)):
        raise UsageError(
            f"futures lacks account {lacking[0]!r} of actual: give a column for each"
        )
    drawn, came = futures[actual.index].to_numpy(), actual.to_numpy()
    rows = [_inside(came, drawn, checked_level(each), level) for each in levels]
    return pd.DataFrame(rows, index=pd.Index(levels, name="level"))


def _births_and_repeats(
    order_days: pd.DataFrame, cut: pd.Timestamp, last: pd.Timestamp
) -> tuple[pd.Series, pd.Series]:
    """Return first order days up to the cut, and later order days of these accounts."""
    days, key = distinct_days(order_days)
    days = days[days["order_date"] <= last]
    births = days.groupby(key)["order_date"].min()
    births = births[births <= cut]
    if births.empty or last <= cut:
        raise UsageError(
            f"calibration_end = {cut.date()}, holdout_end = {last.date()}: nobody "
            "ordered by then, or they are not in order; give later days"
        )
    born = days[key].map(births)
    return births, days.loc[days["order_date"] > born, "order_date"]


def _period_ends(
    first: pd.Timestamp, cut: pd.Timestamp, last: pd.Timestamp, length: float
) -> pd.DatetimeIndex:
    """Return the ends of whole periods between two days, the day before them first."""
    back = int(((cut - first).days + 1) // length)
    # Half a day, since a quarter of 91.3 days ends on a whole one.
    ahead = int(((last - cut).days + 0.5) // length)
    days = np.round(np.arange(-back, ahead + 1) * length)
    return pd.DatetimeIndex(cut + pd.to_timedelta(days, unit="D"))


def _expected_by(
    model: PurchaseModel, births: pd.Series, ends: pd.DatetimeIndex
) -> np.ndarray:
    """Return the repeat orders expected by each day, each age worked out once."""
    born, accounts = np.unique(births.to_numpy("datetime64[D]"), return_counts=True)
    ages = (ends.to_numpy("datetime64[D]")[:, None] - born).astype(int).clip(min=0)
    distinct, place = np.unique(ages, return_inverse=True)
    spans = days_to_units(distinct.astype(float), model.unit)
    by_age = np.asarray(model.expected_orders_of_new(spans))
    return by_age[place.reshape(ages.shape)] @ accounts


def _inside(
    came: np.ndarray, drawn: np.ndarray, share: float, level: float
) -> dict[str, float]:
    """Return how many accounts came within their interval, and how many should."""
    # Rounded, so that a tail of 0.1 is not 0.0999…: the next lower future.
    tail = round((1 - share) / 2, 12)
    low = np.quantile(drawn, tail, axis=0, method="lower")
    high = np.quantile(drawn, 1 - tail, axis=0, method="higher")
    found = wilson_share(
        int(((came >= low) & (came <= high)).sum()), len(came), level, of="accounts"
    )
    return {
        "inside": found.value,
        "low": found.low,
        "high": found.high,
        "expected": float(((drawn >= low) & (drawn <= high)).mean()),
        "n": len(came),
    }
