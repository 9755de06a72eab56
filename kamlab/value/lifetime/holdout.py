"""Frequency, recency and T from the days of orders, and what came afterwards.

Glossary
--------
calibration
    The time a model learns from (校准期).
hold-out
    The time after it, kept back to see how well the model had foretold it (留出期).
first order
    It either starts the clock (the usual convention: time runs from it, and only
    repeat orders count), or it counts like any other (time runs from a day on which
    the account was a customer already).
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from kamlab.errors import UsageError, did_you_mean
from kamlab.fiscal import as_date
from kamlab.value.lifetime.units import checked_unit, days_to_units

#: What the first order is taken for.
FIRST_ORDER = ("starts the clock", "counts")

_DAY = "order_date"


@dataclass(frozen=True)
class Holdout:
    """What a model may learn from, and what happened after that.

    Parameters
    ----------
    counts : DataFrame
        A row for each account of the calibration: as `order_counts`, and
        ``holdout_orders``, its order days in the hold-out.
    length : float
        Length of the hold-out, in the unit.
    unit : str
        Unit of time.
    new_accounts, orders_of_new : int
        Accounts that first ordered in the hold-out, and all their order days: no model
        of the calibration's accounts can know them.
    later : int
        Order days after the hold-out, left out.

    Examples
    --------
    >>> days = pd.DataFrame({
    ...     "account_id": ["A", "A", "B"],
    ...     "order_date": pd.to_datetime(["2025-01-01", "2025-07-05", "2025-08-01"]),
    ... })
    >>> held = calibration_and_holdout(days, "2025-06-30", "2025-12-31")
    >>> held.counts["holdout_orders"].to_dict(), held.new_accounts
    ({'A': 1}, 1)
    """

    counts: pd.DataFrame
    length: float
    unit: str
    new_accounts: int
    orders_of_new: int
    later: int


def order_counts(
    order_days: pd.DataFrame,
    end: str | date,
    unit: str = "W",
    first: str = "starts the clock",
    start: str | date | pd.Series | None = None,
) -> pd.DataFrame:
    """Return how often and how recently each account ordered, up to a day.

    Parameters
    ----------
    order_days : DataFrame
        A row for each order or order day: the account in the first column, and
        ``order_date``; several on one day count once.
    end : str or date
        Last day of the observation; later orders are not seen.
    unit : {"D", "W", "M", "Q"}
        What recency and T are measured in.
    first : {"starts the clock", "counts"}
        Whether time runs from the first order, which does not count, or from the
        morning of `start`, and every order from then on counts.
    start : str, date or Series of days by account, optional
        Needed with ``"counts"``, and allowed only there. A Series may name accounts
        without any order.

    Returns
    -------
    DataFrame
        Indexed by account and sorted: ``frequency``, ``recency``, ``T`` (unit of time)
        and ``log_gaps`` (sum of the logarithms of the gaps, for
        `RegularReorderingNBD`).

    Raises
    ------
    UsageError
        If `order_days` lacks its columns or days, the unit or `first` is unknown, or
        `start` is missing, superfluous, or after the end.

    Examples
    --------
    >>> days = pd.DataFrame({
    ...     "account_id": ["A", "A", "A", "B"],
    ...     "order_date": pd.to_datetime(
    ...         ["2025-01-01", "2025-01-01", "2025-01-15", "2025-01-08"]
    ...     ),
    ... })
    >>> order_counts(days, "2025-02-05")[["frequency", "recency", "T"]]
                frequency  recency    T
    account_id
    A                   1      2.0  5.0
    B                   0      0.0  4.0
    >>> order_counts(
    ...     days, "2025-02-04", unit="D", first="counts", start="2025-01-01"
    ... )[["frequency", "recency", "T"]]
                frequency  recency     T
    account_id
    A                   2     15.0  35.0
    B                   1      8.0  35.0
    """
    checked_unit(unit)
    _check_first(first, start)
    days, key = distinct_days(order_days)
    last = pd.Timestamp(as_date(end, "end"))
    days = days[days[_DAY] <= last]
    if first == "counts":
        clock = _clock_starts(start, days[key], last)
        days = days[_since(days, clock) >= 0]
        # Time runs from the morning, so an order on the first day has a gap before it.
        clock -= pd.Timedelta(days=1)
    else:
        clock = days.groupby(key)[_DAY].min()
        days = days[_since(days, clock) > 0]
    return _counted(days, clock.sort_index().rename_axis(key), last, unit)


def calibration_and_holdout(
    order_days: pd.DataFrame,
    calibration_end: str | date,
    holdout_end: str | date,
    unit: str = "W",
    first: str = "starts the clock",
    start: str | date | pd.Series | None = None,
) -> Holdout:
    """Split each account's orders at a day: what a model learns, what it must foretell.

    Parameters
    ----------
    order_days : DataFrame
        A row for each order or order day: the account in the first column, and
        ``order_date``; several on one day count once.
    calibration_end : str or date
        Last day a model may see.
    holdout_end : str or date
        Last day it has to foretell.
    unit : {"D", "W", "M", "Q"}
        Unit of time.
    first : {"starts the clock", "counts"}
        What the first order is taken for; see `order_counts`.
    start : str, date or Series of days by account, optional
        Needed with ``"counts"``.

    Returns
    -------
    Holdout
        Every order day is in the calibration, in the hold-out, of a new account, or
        later.

    Raises
    ------
    UsageError
        If the days are not in order, or as in `order_counts`.

    Examples
    --------
    >>> days = pd.DataFrame({
    ...     "account_id": ["A", "A", "A"],
    ...     "order_date": pd.to_datetime(["2025-01-01", "2025-07-01", "2025-09-01"]),
    ... })
    >>> held = calibration_and_holdout(days, "2025-06-30", "2025-12-29")
    >>> held.length, held.counts.loc["A", "holdout_orders"].item()
    (26.0, 2)
    """
    cut = pd.Timestamp(as_date(calibration_end, "calibration_end"))
    last = pd.Timestamp(as_date(holdout_end, "holdout_end"))
    if last <= cut:
        raise UsageError(
            f"holdout_end = {last.date()} is not after calibration_end = "
            f"{cut.date()}: give a later day"
        )
    counts = order_counts(order_days, cut, unit, first, start)
    days, key = distinct_days(order_days)
    after = days[(days[_DAY] > cut) & (days[_DAY] <= last)]
    by_account = after.groupby(key).size()
    new = ~by_account.index.isin(counts.index)
    known = by_account.reindex(counts.index, fill_value=0)
    return Holdout(
        counts=counts.assign(holdout_orders=known),
        length=float(days_to_units((last - cut).days, unit)),
        unit=unit,
        new_accounts=int(new.sum()),
        orders_of_new=int(by_account[new].sum()),
        later=int((days[_DAY] > last).sum()),
    )


def holdout_by_frequency(
    frequency: pd.Series, actual: pd.Series, expected: pd.Series, top: int = 7
) -> pd.DataFrame:
    """Return the mean orders in the hold-out, seen and foretold, by past frequency.

    Parameters
    ----------
    frequency : Series of shape (n_accounts,)
        Repeat orders in the calibration.
    actual, expected : Series of shape (n_accounts,)
        Orders in the hold-out, and what a model foretold.
    top : int
        Accounts with at least this frequency share one row.

    Returns
    -------
    DataFrame
        Indexed by ``frequency`` (the last row is `top` and more): ``accounts``, mean
        ``actual`` and ``expected`` orders of an account.

    Raises
    ------
    UsageError
        If the three are not of one length, or `top` is below 1.

    Examples
    --------
    >>> seen, foretold = pd.Series([0, 2, 4]), pd.Series([0.5, 1.0, 3.0])
    >>> holdout_by_frequency(pd.Series([0, 0, 9]), seen, foretold)
               accounts  actual  expected
    frequency
    0                 2     1.0      0.75
    7                 1     4.0      3.00
    """
    sizes = (len(frequency), len(actual), len(expected))
    if len(set(sizes)) > 1 or top < 1:
        raise UsageError(
            f"frequency, actual, expected have {sizes} rows, top = {top}: give one "
            "row for each account, and a top from 1 on"
        )
    table = pd.DataFrame(
        {"actual": np.asarray(actual), "expected": np.asarray(expected)}
    )
    group = pd.Series(np.minimum(np.asarray(frequency), top), name="frequency")
    by_frequency = table.groupby(group.astype("int64"))
    means = by_frequency.mean()
    means.insert(0, "accounts", by_frequency.size())
    return means


def _check_first(first: str, start: object) -> None:
    if first not in FIRST_ORDER:
        raise UsageError(f"first = {first!r}: {did_you_mean(str(first), FIRST_ORDER)}")
    if first == "counts" and start is None:
        raise UsageError(
            "first = 'counts' without start: give the day from which the accounts "
            "were customers (one day, or a Series of days by account)"
        )
    if first != "counts" and start is not None:
        raise UsageError(
            f"start = {start!r} with first = {first!r}: the first order itself starts "
            "the clock; leave start out, or take first='counts'"
        )


def distinct_days(order_days: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return each account's order days once, sorted, and the accounts' column.

    Parameters
    ----------
    order_days : DataFrame
        A row for each order or order day: the account in the first column, and
        ``order_date``, a day or a moment of it.

    Returns
    -------
    days : DataFrame
        The two columns; no account has a day twice.
    key : str
        Name of the accounts' column.

    Raises
    ------
    UsageError
        If it is no such frame, or an account or a day is missing.

    Examples
    --------
    >>> twice = pd.DataFrame({
    ...     "account_id": ["A", "A"],
    ...     "order_date": pd.to_datetime(["2025-05-02 09:00", "2025-05-02 15:00"]),
    ... })
    >>> len(distinct_days(twice)[0])
    1
    """
    if not isinstance(order_days, pd.DataFrame):
        raise UsageError(
            f"order_days is a {type(order_days).__module__}.{type(order_days).__name__}"
            ": give a pandas DataFrame"
        )
    if _DAY not in order_days or order_days.columns[0] == _DAY:
        raise UsageError(
            f"order_days has columns {list(order_days.columns)}: give the account "
            f"first, and {_DAY}"
        )
    key = order_days.columns[0]
    days = order_days[[key, _DAY]]
    days = days.assign(**{_DAY: pd.to_datetime(days[_DAY]).dt.normalize()})
    if (missing := days.isna().any(axis=1)).any():
        row = int(np.argmax(missing))
        account, day = days.iloc[row]
        raise UsageError(
            f"order_days, row {days.index[row]!r}: account {account!r}, day {day}: "
            "give both, or leave the row out"
        )
    return days.drop_duplicates().sort_values([key, _DAY], ignore_index=True), key


def _clock_starts(
    start: str | date | pd.Series, accounts: pd.Series, last: pd.Timestamp
) -> pd.Series:
    """Return from which morning on each account's time runs."""
    if isinstance(start, pd.Series):
        starts = pd.to_datetime(start).dt.normalize()
        lacking = accounts[~accounts.isin(starts.index)]
        if len(lacking):
            raise UsageError(
                f"start has no day for account {lacking.iloc[0]!r}: give one for each"
            )
    else:
        day = pd.Timestamp(as_date(start, "start"))
        starts = pd.Series(day, index=pd.Index(accounts.unique()))
    if (late := ~(starts <= last)).any():
        account = starts.index[int(np.argmax(late))]
        raise UsageError(
            f"start of account {account!r} is {starts[account]}, the observation ends "
            f"on {last.date()}: give a day up to the end"
        )
    return starts


def _since(days: pd.DataFrame, clock: pd.Series) -> np.ndarray:
    """Return the days from the start of each account's clock to each order."""
    starts = clock.reindex(days.iloc[:, 0]).to_numpy(dtype="datetime64[D]")
    return (days[_DAY].to_numpy(dtype="datetime64[D]") - starts).astype(float)


def _counted(
    days: pd.DataFrame, clock: pd.Series, last: pd.Timestamp, unit: str
) -> pd.DataFrame:
    """Count each account's orders since its clock started."""
    key = clock.index.name
    by_account = days.groupby(key)[_DAY]
    since = pd.Series(_since(days, clock), index=days.index)
    gaps = since.groupby(days[key]).diff().fillna(since)
    logs = np.log(days_to_units(gaps.to_numpy(dtype=float), unit))
    recency = (by_account.max().reindex(clock.index) - clock).dt.days.fillna(0)
    return pd.DataFrame(
        {
            "frequency": by_account.size().reindex(clock.index, fill_value=0),
            "recency": days_to_units(recency.astype(float), unit),
            "T": days_to_units((last - clock).dt.days.astype(float), unit),
            "log_gaps": pd.Series(logs, index=days.index)
            .groupby(days[key])
            .sum()
            .reindex(clock.index, fill_value=0.0),
        }
    )
