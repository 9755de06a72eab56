"""Ways to foretell each account's orders, the simplest first.

Every way learns from order days up to one day, and says how many order days each
account will have in a window after it. What nobody would need a model for stands first:
a model has to be better than that.

Glossary
--------
same as last year
    As many orders as in the same days a year before (去年同期).
sheet
    Last twelve months' orders times a guessed retention, as
    `kamlab.value.retention_scenarios` does with contribution.
past rate
    Orders go on as they came since the first, for ever.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from types import MappingProxyType

import numpy as np
import pandas as pd

from kamlab.value.lifetime.boosting import boosted_orders
from kamlab.value.lifetime.holdout import order_counts
from kamlab.value.lifetime.named_models import PURCHASE_MODELS, fitted_model
from kamlab.value.lifetime.units import DAYS_A_YEAR, days_to_units
from kamlab.value.retention_scenarios import SCENARIOS

#: What every other way is compared with.
LAST_YEAR = "same as last year"


@dataclass(frozen=True, eq=False)
class Calibration:
    """What may be known on the last day of the calibration, and what is asked.

    Parameters
    ----------
    days : DataFrame of shape (n_order_days, 2)
        Account and ``order_date``, each once, up to `end`.
    end : Timestamp
        Last day seen.
    horizon : int
        Days to foretell.
    unit : {"D", "W", "M", "Q"}
        Unit of time of purchase models.
    random_state : int
        Seed of what learns by chance.

    Examples
    --------
    >>> days = pd.DataFrame({
    ...     "account_id": ["A", "A", "A"],
    ...     "order_date": pd.to_datetime(["2024-06-15", "2024-08-01", "2025-02-01"]),
    ... })
    >>> seen = Calibration(days, pd.Timestamp("2025-06-30"), 184)
    >>> seen.between("2024-07-01", "2024-12-31").to_dict()
    {'A': 1}
    >>> last_year(seen).to_dict(), sheet(seen).round(2).to_dict()
    ({'A': 1.0}, {'A': 0.81})
    """

    days: pd.DataFrame
    end: pd.Timestamp
    horizon: int
    unit: str = "W"
    random_state: int = 0

    @cached_property
    def counts(self) -> pd.DataFrame:
        """Frequency, recency, T and log gaps of every account.

        Examples
        --------
        See `kamlab.value.lifetime.holdout.order_counts`.
        """
        return order_counts(self.days, self.end.date(), self.unit)

    @property
    def observed(self) -> int:
        """Days from the first order of all accounts to the end.

        Examples
        --------
        >>> days = pd.DataFrame({"account_id": ["A"],
        ...     "order_date": pd.to_datetime(["2025-06-01"])})
        >>> Calibration(days, pd.Timestamp("2025-06-30"), 30).observed
        30
        """
        return (self.end - self.days["order_date"].min()).days + 1

    def between(self, first: object, last: object) -> pd.Series:
        """Count the order days of every account from one day to another.

        Parameters
        ----------
        first, last : date-like
            Both count.

        Returns
        -------
        Series of shape (n_accounts,)

        Examples
        --------
        See `Calibration`.
        """
        day, key = self.days["order_date"], self.days.columns[0]
        inside = self.days[(day >= pd.Timestamp(first)) & (day <= pd.Timestamp(last))]
        found = inside.groupby(key).size()
        return found.reindex(self.counts.index, fill_value=0)


#: A way: what it may know in, orders of every account out.
Forecaster = Callable[[Calibration], pd.Series]


def last_year(seen: Calibration) -> pd.Series:
    """Foretell the orders of the same days a year before.

    Parameters
    ----------
    seen : Calibration
        What may be known.

    Returns
    -------
    Series of shape (n_accounts,)
        Where the book does not reach back so far, or more than a year is asked: orders
        of the last twelve months, or of all there is, in proportion.

    Examples
    --------
    See `Calibration`.
    """
    first = seen.end + pd.Timedelta(days=1) - pd.DateOffset(years=1)
    last = seen.end + pd.Timedelta(days=seen.horizon) - pd.DateOffset(years=1)
    if last <= seen.end and first >= seen.days["order_date"].min():
        return seen.between(first, last).astype(float)
    return _trailing_year(seen) * seen.horizon / DAYS_A_YEAR


def sheet(seen: Calibration) -> pd.Series:
    """Foretell the orders of the last twelve months, less those who will have left.

    Parameters
    ----------
    seen : Calibration
        What may be known.

    Returns
    -------
    Series of shape (n_accounts,)
        Orders a year, times r in the first year, r² in the second and so on, with the
        retention r of the scenario "expected".

    Examples
    --------
    See `Calibration`.
    """
    years = seen.horizon / DAYS_A_YEAR
    each = np.arange(int(np.ceil(years)))
    retained = SCENARIOS["expected"] ** (each + 1) * np.minimum(1, years - each)
    return _trailing_year(seen) * retained.sum()


def past_rate(seen: Calibration) -> pd.Series:
    """Foretell that orders go on as they came since each account's first.

    Parameters
    ----------
    seen : Calibration
        What may be known.

    Returns
    -------
    Series of shape (n_accounts,)
        frequency ÷ T × horizon.

    References
    ----------
    Wübben, M. and Wangenheim, F. von (2008). Instant customer base analysis: managerial
    heuristics often "get it right". Journal of Marketing 72(3), 82–93.

    Examples
    --------
    >>> days = pd.DataFrame({"account_id": ["A", "A"],
    ...     "order_date": pd.to_datetime(["2025-06-01", "2025-06-08"])})
    >>> past_rate(Calibration(days, pd.Timestamp("2025-06-22"), 42)).to_dict()
    {'A': 2.0}
    """
    counts, ahead = seen.counts, days_to_units(float(seen.horizon), seen.unit)
    rate = counts["frequency"] / counts["T"].where(counts["T"] > 0)
    return rate.fillna(0.0) * ahead


def by_model(model: str, seen: Calibration) -> pd.Series:
    """Foretell the orders that a purchase model expects.

    Parameters
    ----------
    model : {"BG/NBD", "MBG/NBD", "Pareto/NBD", "MBG/CNBD-k"}
        Its name in print.
    seen : Calibration
        What may be known.

    Returns
    -------
    Series of shape (n_accounts,)

    Raises
    ------
    CannotTellError
        If there is too little to learn from.

    Examples
    --------
    >>> days = pd.DataFrame({"account_id": ["A", "A"],
    ...     "order_date": pd.to_datetime(["2025-06-01", "2025-06-08"])})
    >>> by_model("BG/NBD", Calibration(days, pd.Timestamp("2025-06-22"), 42))
    Traceback (most recent call last):
    kamlab.value.lifetime.counts.CannotTellError: cannot tell from these data: 1
    account; a purchase model needs 10: ...
    """
    counts = seen.counts
    fitted = fitted_model(counts, seen.unit, model)
    triple = counts["frequency"], counts["recency"], counts["T"]
    ahead = days_to_units(float(seen.horizon), seen.unit)
    return fitted.expected_orders(ahead, *triple)


def boosted(seen: Calibration) -> pd.Series:
    """Foretell orders by gradient boosting, learnt from earlier windows of the book.

    Parameters
    ----------
    seen : Calibration
        What may be known.

    Returns
    -------
    Series of shape (n_accounts,)

    Raises
    ------
    CannotTellError
        If there is too little to learn from.

    Examples
    --------
    See `kamlab.value.lifetime.boosting.boosted_orders`.
    """
    found = boosted_orders(seen.days, seen.end, seen.horizon, seen.random_state)
    return found.reindex(seen.counts.index)


#: All ways by name, the simplest first: the order in which they have to be beaten.
METHODS: Mapping[str, Forecaster] = MappingProxyType(
    {
        LAST_YEAR: last_year,
        "sheet": sheet,
        "past rate": past_rate,
        **{name: partial(by_model, name) for name in PURCHASE_MODELS},
        "gradient boosting": boosted,
    }
)


def _trailing_year(seen: Calibration) -> pd.Series:
    """Return the orders of the last twelve months, or what a shorter book makes."""
    if seen.observed < DAYS_A_YEAR:
        return seen.between(seen.days["order_date"].min(), seen.end) * (
            DAYS_A_YEAR / seen.observed
        )
    first = seen.end - pd.DateOffset(years=1) + pd.Timedelta(days=1)
    return seen.between(first, seen.end).astype(float)
