"""Which forecast stands in a dossier: the one that missed by less in earlier quarters.

The rhythm of orders has to beat last year's same quarter on the book's own past, beyond
chance; else, and for the customer, who is not to read what we make of silence, the
simpler one stands there.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from kamlab.fiscal import Period
from kamlab.language import _
from kamlab.portfolio import Portfolio
from kamlab.report.memory.forecast import SOURCE as LAST_YEAR
from kamlab.report.memory.forecast import naive_forecast
from kamlab.report.memory.order_forecast import ORIGINS, order_forecast
from kamlab.report.memory.order_forecast import SOURCE as BY_ORDERS
from kamlab.report.shared import shared
from kamlab.style.formats import format_money


@dataclass(frozen=True)
class Tried:
    """How far two forecasts missed an account in earlier quarters, on average.

    Examples
    --------
    >>> Tried(17_100.0, 23_900.0, beats=True).beats
    True
    """

    by_orders: float
    last_year: float
    beats: bool


@dataclass(frozen=True, eq=False)
class Outlook:
    """What the quarters ahead may bring, by account.

    Parameters
    ----------
    tables : dict of Period to DataFrame
        For each quarter: ``account``, ``value``, ``low``, ``high``, ``n``, ``source``.
    tried : dict of Period to Tried
        How both forecasts did before, where the better one was looked for.

    Examples
    --------
    >>> Outlook({}, {}).of("A10063")
    {}
    """

    tables: dict[Period, pd.DataFrame]
    tried: dict[Period, Tried]

    def of(self, account: str) -> dict[Period, dict]:
        """Return the forecast of each quarter for an account, where there is one.

        Parameters
        ----------
        account : str
            Account, or parent.

        Examples
        --------
        See `outlook`.
        """
        found = {}
        for quarter, table in self.tables.items():
            for row in table[table["account"] == account].to_dict("records"):
                found[quarter] = row
        return found


def outlook(
    portfolio: Portfolio,
    quarters: Sequence[Period],
    by: str,
    level: float,
    by_orders: bool = True,
) -> Outlook:
    """Expect of each quarter what the better of two forecasts expects.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    quarters : sequence of Period
        Fiscal quarters that are not over.
    by : {"account", "parent"}
        Accounts, or groups under their parents.
    level : float
        Level of the intervals, as a share.
    by_orders : bool
        Whether the rhythm of orders may be asked.

    Returns
    -------
    Outlook

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     found = outlook(portfolio, [portfolio.period("2026Q1")], "account", 0.9)
    ...     [row["source"] for row in found.of("A10063").values()]
    ['repeat orders']
    """
    told: dict[str, Any] = {"tables": {}, "tried": {}}
    if by_orders:
        labels = " ".join(each.label for each in quarters)
        told = shared(
            portfolio,
            f"orders expected in {labels} by {by} at {level}",
            lambda: _expected_orders(portfolio, quarters, by, level),
        )
    tried = {
        each: Tried(**told["tried"][each.label])
        for each in quarters
        if each.label in told["tried"]
    }
    tables = {}
    for quarter in quarters:
        if quarter in tried and tried[quarter].beats:
            rows = pd.DataFrame(told["tables"][quarter.label])
            tables[quarter] = rows.assign(source=BY_ORDERS)
        else:
            rows = naive_forecast(portfolio, quarter, by, level)
            tables[quarter] = rows.assign(source=LAST_YEAR)
    return Outlook(tables, tried)


def why_expected(found: Outlook, currency: str) -> str:
    """Say in a sentence which forecast stands on the page, and why.

    Parameters
    ----------
    found : Outlook
        From `outlook`.
    currency : str
        The reporting currency.

    Examples
    --------
    >>> print(why_expected(Outlook({}, {}), "EUR"))
    Expected: the same quarter of last year, with the range of its own past errors.
    """
    last_year = _(
        "Expected: the same quarter of last year, with the range of its own past "
        "errors."
    )
    if not found.tried:
        return last_year
    tried = next(iter(found.tried.values()))
    errors = {
        "orders": format_money(tried.by_orders, currency),
        "last_year": format_money(tried.last_year, currency),
        "n": ORIGINS,
    }
    if tried.beats:
        return _(
            "Expected: rhythm of orders × own order value, with the range of its own "
            "errors in {n} earlier quarters; it missed an account by {orders} on "
            "average, last year's same quarter by {last_year}."
        ).format(**errors)
    lost = _(
        "The rhythm of orders did no better in {n} earlier quarters: it missed an "
        "account by {orders} on average, last year's same quarter by {last_year}."
    )
    return f"{last_year} {lost.format(**errors)}"


def _expected_orders(
    portfolio: Portfolio, quarters: Sequence[Period], by: str, level: float
) -> dict[str, Any]:
    found = order_forecast(portfolio, quarters, by, level)
    tables = {
        label: rows.drop(columns="period").to_dict("list")
        for label, rows in found.table.groupby("period")
    }
    tried = {
        label: asdict(
            Tried(past.mean_error, past.mean_error_last_year, past.beats_last_year)
        )
        for label, past in found.held_out.items()
    }
    return {"tables": tables, "tried": tried}
