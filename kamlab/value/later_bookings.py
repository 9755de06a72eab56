"""What was booked after a window's last day: year-end rebates and late invoices.

Windows compare only as they were known on their own last day. So the rebates of a year
that are granted in January stand in no window's profit, and a reader must be told.
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from kamlab.portfolio import Portfolio
from kamlab.style.formats import format_money
from kamlab.value.profitability import AccountProfit
from kamlab.value.waterfall import account_waterfall

_CENT = 0.005


def later_bookings(
    portfolio: Portfolio, profits: Mapping[object, AccountProfit], by: str = "account"
) -> pd.DataFrame:
    """Work out what was booked for each window after its last day, up to now.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    profits : mapping of object to AccountProfit
        From `kamlab.value.profitability.trailing_profits`, the earliest first.
    by : {"account", "parent"}
        What a row of the profits is.

    Returns
    -------
    DataFrame of shape (n_windows, 3)
        Money by the window's label, negative where it lowers revenue: ``revenue``
        (net), of which ``rebates`` and ``others`` (late invoices, returns, credits).
        A window that ends on the view's day is left out: nothing later is known.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.profitability import trailing_profits
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     later = later_bookings(portfolio, trailing_profits(portfolio, most=2))
    >>> later.index.tolist(), bool(later.loc["2024", "rebates"] < 0)
    (['2024'], True)
    """
    rows = {}
    for profit in profits.values():
        if profit.end < portfolio.as_of:
            known = account_waterfall(portfolio, profit.start, profit.end, by)
            steps = ["revenue", "rebates"]
            rows[profit.label] = known[steps].sum() - profit.table[steps].sum()
    table = pd.DataFrame(rows, index=["revenue", "rebates"]).T
    return table.assign(others=table["revenue"] - table["rebates"])


def later_sentence(later: pd.DataFrame, end: date, currency: str = "") -> str:
    """Say what is still to come off a window, by what came off those before it.

    Parameters
    ----------
    later : DataFrame
        From `later_bookings`.
    end : date
        Last day of the latest window.
    currency : str
        Code of the currency.

    Returns
    -------
    str
        Empty if nothing was ever booked late.

    Examples
    --------
    >>> later = pd.DataFrame({"revenue": [-280.0, -150.0], "rebates": [-320.0, -310.0]},
    ...     index=["2023", "2024"])
    >>> print(later_sentence(later, date(2025, 12, 31), "EUR"))
    Every year as it was booked by its own last day, the last by 31 December 2025. Of
    the years before, EUR 150 to EUR 280 of net revenue came off afterwards, rebates of
    EUR 310 to EUR 320 among it; what comes off the last one is not in yet. Later
    bookings took EUR 150 off 2024.
    """
    if later.empty or (later.abs() < _CENT).all(axis=None):
        return ""
    booked = (
        "Every year as it was booked by its own last day, the last by "
        f"{end.day} {end:%B %Y}."
    )
    last = float(later["revenue"].iloc[-1])
    verb = "took" if last < 0 else "added"
    went = "off" if last < 0 else "to"
    amount = format_money(abs(last), currency)
    latest = f"Later bookings {verb} {amount} {went} {later.index[-1]}."
    return f"{booked} {_usual(later, currency)} {latest}"


def _usual(later: pd.DataFrame, currency: str) -> str:
    """Say which amounts came off the windows before, and how much of it in rebates."""
    if not (later["revenue"] < 0).all():
        return "What is booked for the last one afterwards is not in yet."
    rebates = ""
    if (later["rebates"] < -_CENT).all():
        rebates = f", rebates of {_range(-later['rebates'], currency)} among it"
    return (
        f"Of the years before, {_range(-later['revenue'], currency)} of net revenue "
        f"came off afterwards{rebates}; what comes off the last one is not in yet."
    )


def _range(amounts: pd.Series, currency: str) -> str:
    least, most = (
        format_money(each, currency) for each in (amounts.min(), amounts.max())
    )
    return least if least == most else f"{least} to {most}"
