"""What the rhythm of orders lets expect of the periods ahead, beside last year's same.

A purchase model (MBG/CNBD-k) says how many orders to expect, and the account's own year
what an order brings. The forecast is made again for earlier periods of the same book:
its errors there give the intervals, and say whether it beats the naive forecast.

Glossary
--------
held-out period
    A period of the past, forecast from what was ordered before it.
origin
    The day from which a held-out period is looked ahead to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from kamlab.errors import MissingDataError
from kamlab.estimates import checked_level
from kamlab.fiscal import FiscalCalendar, Period
from kamlab.grain import require_days
from kamlab.periods import period_back, year_before
from kamlab.portfolio import Portfolio
from kamlab.report.memory.held_out import HeldOut, held_out, interval_ends
from kamlab.value.customer_equity.purchases import day_sums, own_year
from kamlab.value.lifetime.counts import CannotTellError
from kamlab.value.lifetime.holdout import order_counts
from kamlab.value.lifetime.named_models import fitted_model
from kamlab.value.lifetime.units import days_to_units
from kamlab.value.windows import key_name

#: How the forecast is called where it is recorded.
SOURCE = "repeat orders"

#: Periods of the past that the forecast is tried on: of quarters, a year.
ORIGINS = 4

_MODEL, _UNIT = "MBG/CNBD-k", "W"
_A_YEAR = timedelta(days=365)


@dataclass(frozen=True, eq=False)
class OrderForecast:
    """What each account and the whole book may bring in the periods ahead.

    Parameters
    ----------
    table : DataFrame
        Columns ``period`` (label), ``account`` ("" for the whole book), ``value``,
        ``low``, ``high`` (net revenue) and ``n`` (errors behind the interval).
    held_out : dict of str to HeldOut
        By label of the period ahead: how the same forecast did before.
    reason : str
        Why nothing can be told; empty where something can.

    Examples
    --------
    >>> nothing = pd.DataFrame(columns=["period", "account", "value"])
    >>> OrderForecast(nothing, {}, "no order yet").of("2026Q1", "A") is None
    True
    """

    table: pd.DataFrame
    held_out: dict[str, HeldOut]
    reason: str = ""

    def of(self, period: str, account: str) -> dict | None:
        """Return the forecast of an account and a period; None where there is none.

        Parameters
        ----------
        period : str
            Its label.
        account : str
            Account, or parent; "" for the whole book.

        Examples
        --------
        See `order_forecast`.
        """
        table = self.table
        rows = table[(table["period"] == period) & (table["account"] == account)]
        return None if rows.empty else rows.iloc[0].to_dict()


def order_forecast(
    portfolio: Portfolio,
    ahead: Sequence[Period],
    by: str = "parent",
    level: float = 0.9,
) -> OrderForecast:
    """Expect of periods ahead what the rhythm of orders lets expect.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    ahead : sequence of Period
        Periods of one length that are not over; one may be running.
    by : {"account", "parent"}
        Accounts, or groups under their parents.
    level : float
        Level of the intervals, as a share.

    Returns
    -------
    OrderForecast
        Who has not bought yet is left out. Without two held-out periods, or without
        order days, nothing is expected, and `reason` says why.

    Raises
    ------
    UsageError
        If `by` is something else, or the level is none.

    Notes
    -----
    Revenue of a period = what is booked of it + E[orders of the rest] × net revenue an
    order day of the account's own year. Season is not modelled. The intervals are as
    wide as past errors were: those of the held-out periods, each divided by
    w √(m + 1/4) with m expected orders of w each, have quantiles, and these times the
    same scale are the ends. No share of periods inside is promised by that: an account
    has several errors among them, and few errors have vague quantiles. Held-out periods
    are cut by order date from what is known today, so that late bookings look known.
    The whole book has as many errors as periods: ends = value ± t · √(mean squared
    error).

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo", as_of="2025-09-30") as portfolio:
    ...     expected = order_forecast(portfolio, [portfolio.period("2025Q4")])
    >>> expected.held_out["2025Q4"].beats_last_year
    True
    """
    checked_level(level)
    try:
        require_days(portfolio, purpose="A forecast by repeat orders")
        days = day_sums(portfolio, by)
        now = _looked_ahead(days, key_name(by), portfolio.as_of, ahead)
    except (CannotTellError, MissingDataError) as error:
        return OrderForecast(_NOTHING, {}, str(error))
    tried = _tried(portfolio, days, key_name(by), ahead)
    rows, known = [_NOTHING], {}
    for period in ahead:
        past = held_out(tried[period.label])
        if past is None:
            continue
        known[period.label] = past
        ends = interval_ends(now[period.label], past, level)
        rows.append(ends.assign(period=period.label))
    reason = "" if known else "fewer than 2 earlier periods to try the forecast on"
    return OrderForecast(pd.concat(rows, ignore_index=True), known, reason)


_NOTHING = pd.DataFrame(columns=["period", "account", "value", "low", "high", "n"])


def _looked_ahead(
    days: pd.DataFrame, key: str, origin: date, ahead: Sequence[Period]
) -> dict[str, pd.DataFrame]:
    """Return what a day lets expect of each period: value and scale by account."""
    seen = days[days["order_date"] <= pd.Timestamp(origin)]
    bought = seen[seen["is_purchase"]]
    counts = order_counts(bought[[key, "order_date"]], origin, _UNIT)
    worth = own_year(seen, bought, key)["order_value"].reindex(counts.index)
    model = fitted_model(counts, _UNIT, _MODEL)
    triple = counts["frequency"], counts["recency"], counts["T"]

    def orders_until(day: date) -> pd.Series:
        span = max((day - origin).days, 0)
        if not span:
            return pd.Series(0.0, counts.index)
        return model.expected_orders(days_to_units(float(span), _UNIT), *triple)

    found = {}
    for period in ahead:
        day_before = period.start - timedelta(days=1)
        orders = orders_until(period.end) - orders_until(day_before)
        booked = _revenue(seen, key, period).reindex(counts.index, fill_value=0.0)
        scale = worth.abs() * np.sqrt(orders + 0.25)
        found[period.label] = pd.DataFrame(
            {"value": booked + orders * worth, "scale": scale}
        )
    return found


def _tried(
    portfolio: Portfolio, days: pd.DataFrame, key: str, ahead: Sequence[Period]
) -> dict[str, list[pd.DataFrame]]:
    """Forecast earlier periods in the same way, beside what came and last year's."""
    found: dict[str, list[pd.DataFrame]] = {each.label: [] for each in ahead}
    calendar, as_of = portfolio.calendar, portfolio.as_of
    for step in range(1, ORIGINS + len(ahead)):
        earlier = {each.label: period_back(calendar, each, step) for each in ahead}
        origin = _origin(calendar, ahead[0], as_of, step)
        over = {name: each for name, each in earlier.items() if each.end <= as_of}
        if not over or origin - portfolio.first_day < _A_YEAR:
            continue
        try:
            guesses = _looked_ahead(days, key, origin, list(over.values()))
        except CannotTellError:
            continue  # too few accounts by then; the other periods tell
        for name, period in over.items():
            before = _revenue(days, key, year_before(calendar, period))
            came = _revenue(days, key, period)
            found[name].append(
                guesses[period.label].join(
                    pd.DataFrame({"came": came, "last_year": before}), how="outer"
                )
            )
    return {name: each[:ORIGINS] for name, each in found.items()}


def _origin(calendar: FiscalCalendar, ahead: Period, as_of: date, step: int) -> date:
    """Return the day that lay to an earlier period as the view's day to this one."""
    return period_back(calendar, ahead, step).start - (ahead.start - as_of)


def _revenue(days: pd.DataFrame, key: str, period: Period) -> pd.Series:
    first, last = pd.Timestamp(period.start), pd.Timestamp(period.end)
    inside = days[days["order_date"].between(first, last)]
    return inside.groupby(key)["revenue"].sum()
