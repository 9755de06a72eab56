"""Profit by account in many windows at once, each line and contact read only once.

A page that shows sixteen quarters, or a year of its own for every account that fell
silent, would otherwise ask the same tables the same questions again and again.

Glossary
--------
window
    Some days, and the accounts whose business in these days counts.
pass
    Windows that share no line: together they are worked out by one query.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import narwhals as nw
import numpy as np
import pandas as pd

from kamlab.data.contract import table
from kamlab.data.view import midnight
from kamlab.portfolio import Portfolio
from kamlab.value.profit_assembly import (
    AccountProfit,
    ProfitParts,
    assembled_profit,
    first_contact,
    has_capacity,
)
from kamlab.value.serving import account_workload, direct_costs
from kamlab.value.waterfall import account_waterfall
from kamlab.value.windows import checked_window, key_name

#: Between the number of a window and that of an account.
_BAR = "|"


@dataclass(frozen=True)
class ProfitWindow:
    """Some days, what was booked by when, and whose business counts.

    Parameters
    ----------
    start, end : date
        First and last day.
    booked_by : date, optional
        Leave out what was booked after this day.
    keys : frozenset of str, optional
        Accounts (or parents); by default all.
    with_time : bool
        Whether the time of the pools counts, where its costs are known.

    Examples
    --------
    >>> year = ProfitWindow(date(2025, 1, 1), date(2025, 12, 31))
    >>> june = ProfitWindow(date(2025, 6, 1), date(2025, 6, 30), keys=frozenset("A"))
    >>> may = ProfitWindow(date(2025, 5, 1), date(2025, 5, 31))
    >>> year.meets(june), may.meets(june)
    (True, False)
    """

    start: date
    end: date
    booked_by: date | None = None
    keys: frozenset[str] | None = None
    with_time: bool = True

    def meets(self, other: "ProfitWindow") -> bool:
        """Say whether a line could count in both windows.

        Examples
        --------
        >>> day = date(2025, 5, 1)
        >>> ours = ProfitWindow(day, day, keys=frozenset({"A", "B"}))
        >>> ours.meets(ProfitWindow(day, day, keys=frozenset({"C"})))
        False
        """
        if self.start > other.end or other.start > self.end:
            return False
        if self.keys is None or other.keys is None:
            return True
        return bool(self.keys & other.keys)


def profits_in(
    portfolio: Portfolio, windows: Sequence[ProfitWindow], by: str = "account"
) -> list[AccountProfit]:
    """Show what every account really earned, in each of several windows.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, with the cost of goods on order lines.
    windows : sequence of ProfitWindow
        In any order; they may overlap.
    by : {"account", "parent"}
        Accounts, or groups under their parents.

    Returns
    -------
    list of AccountProfit
        One for each window, to the cent what
        `kamlab.value.profitability.account_profit` says of it. In a window of some
        accounts, contribution rates and the use of pools are those of these alone.

    Raises
    ------
    MissingDataError
        If order lines have no cost of goods.
    UsageError
        If days are not in order, the costs of the pools do not cover them, or `by` is
        something else.
    DataError
        If standard minutes take time of a pool that has no costs in a window, or if
        two periods of a pool overlap.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.profitability import account_profit
    >>> years = [(date(year, 1, 1), date(year, 12, 31)) for year in (2024, 2025)]
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     both = profits_in(portfolio, [ProfitWindow(*year) for year in years])
    ...     last = account_profit(portfolio, *years[1])
    >>> both[1].contribution.equals(last.contribution)
    True
    """
    portfolio.require("orders.cogs", purpose="Profit by account")
    key_name(by)
    for window in windows:
        checked_window(portfolio, window.start, window.end)
    begin = first_contact(portfolio)
    found: dict[ProfitWindow, AccountProfit] = {}
    for together in _passes(windows):
        view = _InWindows(portfolio, together, by)
        for window, parts in zip(together, _parts(view, by, begin), strict=True):
            days = window.start, window.end
            found[window] = assembled_profit(parts, portfolio, *days)
    return [found[window] for window in windows]


def _passes(windows: Sequence[ProfitWindow]) -> list[list[ProfitWindow]]:
    """Put windows that share no line together."""
    passes: list[list[ProfitWindow]] = []
    for window in dict.fromkeys(windows):
        for together in passes:
            if not any(window.meets(other) for other in together):
                together.append(window)
                break
        else:
            passes.append([window])
    return passes


class _InWindows(Portfolio):
    """A view in which every window has accounts of its own, "0|A" and "1|A".

    What reduces lines to accounts then reduces them to accounts and windows.
    """

    def __init__(self, whole: Portfolio, windows: list[ProfitWindow], by: str) -> None:
        super().__init__(whole._store, whole.as_of)
        self._whole = whole
        self.windows = windows
        self._by = by

    @cached_property
    def parent_of(self) -> pd.Series:
        """Every account's group, once for each window."""
        parents = self._whole.parent_of
        marks = [f"{number}{_BAR}" for number in range(len(self.windows))]
        each = [(mark + parents).set_axis(mark + parents.index) for mark in marks]
        return pd.concat(each)

    @property
    def _known(self) -> dict[str, pd.DataFrame]:
        return self._whole._known

    def _lazy_view(self, name: str) -> nw.LazyFrame:
        rows = self._whole.table(name)
        number = nw.lit(None, nw.String)
        for place, window in enumerate(self.windows):
            inside = self._inside(window, name)
            number = nw.when(inside).then(nw.lit(str(place))).otherwise(number)
        marked = rows.with_columns(_window=number)
        own = marked.filter(~nw.col("_window").is_null())
        account = nw.concat_str("_window", nw.lit(_BAR), "account_id")
        return own.with_columns(account_id=account).drop("_window")

    def _inside(self, window: ProfitWindow, name: str) -> nw.Expr:
        """Return the condition that a row counts in a window."""
        day = nw.col(table(name).known_from[0])
        inside = (day >= midnight(window.start)) & (day <= midnight(window.end))
        if window.booked_by is not None and self.has(f"{name}.posted_on"):
            posted = nw.col("posted_on")
            by_then = posted <= midnight(window.booked_by)
            inside = inside & (posted.is_null() | by_then)
        if window.keys is not None:
            inside = inside & nw.col("account_id").is_in(self._members(window.keys))
        return inside

    def _members(self, keys: frozenset[str]) -> list[str]:
        """Return the numbers of the accounts that a window is about."""
        if self._by == "account":
            return sorted(keys)
        parents = self._whole.parent_of
        return sorted(keys.union(parents.index[parents.isin(keys)]))


def _parts(view: _InWindows, by: str, begin: date | None) -> list[ProfitParts]:
    """Return what the tables say of each window of a pass."""
    windows = view.windows
    days = min(each.start for each in windows), max(each.end for each in windows)
    none = [None] * len(windows)
    steps = _by_window(account_waterfall(view, *days, by), len(windows))
    direct, work = none, none
    if view.has("account_costs"):
        costs = _by_window(direct_costs(view, *days, by), len(windows))
        direct = [each.loc[:, (each != 0).any()] for each in costs]
    if has_capacity(view) and any(each.with_time for each in windows):
        spent = account_workload(view, *days, by).set_index(key_name(by))
        own = _by_window(spent, len(windows))
        work = [
            each.reset_index() if window.with_time else None
            for each, window in zip(own, windows, strict=True)
        ]
    return [
        ProfitParts(*parts, contacts_from=begin)
        for parts in zip(steps, direct, work, strict=True)
    ]


def _by_window(frame: pd.DataFrame, many: int) -> list[pd.DataFrame]:
    """Return the rows of each window, under the numbers that accounts really have."""
    parts = [str(each).partition(_BAR) for each in frame.index]
    number = np.array([part[0] for part in parts], dtype="str")
    accounts = pd.Index([part[2] for part in parts], "str", name=frame.index.name)
    named = frame.set_axis(accounts, axis=0)
    return [named[number == str(place)] for place in range(many)]
