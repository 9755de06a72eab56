"""Lines that were booked after their day: what a figure was, and what it became.

Glossary
--------
late posting
    A line whose order day lies before the day it was booked. Until then nobody could
    see it, and the figures of its period were without it.
restated
    Said again of a closed period, with what has been booked since.
"""

from datetime import date
from typing import TYPE_CHECKING

import narwhals as nw
import pandas as pd

from kamlab.data.store import collect
from kamlab.data.view import midnight
from kamlab.fiscal import add_months

if TYPE_CHECKING:
    from kamlab.portfolio import Portfolio


def late_share(portfolio: "Portfolio") -> tuple[float, int]:
    """Return which share of the order lines was booked after its day.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.

    Returns
    -------
    share : float
        0–1 of all lines known on the day.
    lines : int
        Number of lines.

    Raises
    ------
    MissingDataError
        If the data do not say when lines were booked.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     share, lines = late_share(portfolio)
    >>> 0.03 < share < 0.15
    True
    """
    portfolio.require("orders.posted_on", purpose="The share of lines booked late")
    is_late = nw.col("posted_on") > nw.col("order_date")
    late = nw.when(is_late).then(1).otherwise(0).alias("late")
    counted = portfolio.orders.select(late).select(
        nw.col("late").sum(), nw.len().alias("lines")
    )
    told = collect(counted).iloc[0]
    lines = int(told["lines"])
    return float(told["late"]) / lines, lines


def restated_quarters(portfolio: "Portfolio", quarters: int = 4) -> pd.DataFrame:
    """Return the revenue of the last full quarters as reported then and as known now.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    quarters : int
        How many, fewer where the data do not reach back; the last one ended on or
        before the view's day.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``quarter``: ``as reported`` (on its last day), ``as known now``
        (reporting currency, net revenue), ``change`` (their difference) and
        ``change_share`` (of what was reported).

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     restated_quarters(portfolio).index.tolist()
    ['2025Q1', '2025Q2', '2025Q3', '2025Q4']
    """
    end = portfolio.calendar.last_quarter_end(portfolio.as_of)
    rows: dict[str, tuple[float, float]] = {}
    while len(rows) < quarters and end > portfolio.first_day:
        period = portfolio.calendar.quarter_of(end)
        views = portfolio.at(end), portfolio
        revenue = [_revenue(view, period.start, period.end) for view in views]
        rows[period.label] = (revenue[0], revenue[1])
        end = add_months(end, -3)
    table = pd.DataFrame.from_dict(
        dict(reversed(rows.items())),
        orient="index",
        columns=["as reported", "as known now"],
    ).rename_axis("quarter")
    table["change"] = table["as known now"] - table["as reported"]
    table["change_share"] = table["change"] / table["as reported"]
    return table


def _revenue(portfolio: "Portfolio", first: date, last: date) -> float:
    """Return net revenue between two days, to the cent, without own companies."""
    day = nw.col("order_date")
    lines = portfolio.orders.filter(day >= midnight(first), day <= midnight(last))
    if portfolio.has("orders.line_type"):
        kind = nw.col("line_type")
        lines = lines.filter((kind != "intercompany") | kind.is_null())
    total = collect(lines.select(nw.col("net_amount").sum()))["net_amount"].iloc[0]
    return round(float(total), 2) if pd.notna(total) else 0.0
