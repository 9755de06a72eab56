"""Which days a figure covers, what was booked by then, and whose account it is.

Every function that takes a portfolio asks these questions first.

Glossary
--------
booked by
    A day after which late bookings are left out. Two years compare only if the same
    bookings are still open in both: year-end rebates of the last one often are.
"""

from datetime import date

import narwhals as nw
import pandas as pd

from kamlab.data.contract import table
from kamlab.data.view import midnight
from kamlab.errors import UsageError
from kamlab.fiscal import as_date
from kamlab.portfolio import Portfolio

_KEYS = {"account": "account_id", "parent": "parent_id"}


def checked_window(
    portfolio: Portfolio,
    start: str | date | None = None,
    end: str | date | None = None,
) -> tuple[date, date]:
    """Return first and last day of a window, refusing days after the view's own.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    start, end : str or date, optional
        By default the day of the first order, and the view's day.

    Returns
    -------
    first, last : date
        Both belong to the window.

    Raises
    ------
    UsageError
        If the days are not in order, or the last one is not yet known.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     [str(day) for day in checked_window(portfolio, "2025-01-01")]
    ['2025-01-01', '2025-12-31']
    """
    first = portfolio.first_day if start is None else as_date(start, "start")
    last = portfolio.as_of if end is None else as_date(end, "end")
    if last > portfolio.as_of:
        raise UsageError(
            f"end = {last} lies after the view's day, {portfolio.as_of}; move the "
            "portfolio with portfolio.at(...)"
        )
    if start is not None and first > last:
        raise UsageError(f"start = {first} lies after end = {last}; swap them")
    return first, last


def rows_between(
    portfolio: Portfolio,
    name: str,
    start: str | date | None = None,
    end: str | date | None = None,
    booked_by: str | date | None = None,
) -> nw.LazyFrame:
    """Return the rows of a large table that belong to a window.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    name : {"orders", "interactions", "account_costs"}
        A table that the contract keeps lazy.
    start, end : str or date, optional
        First and last day; by default that of the first order, and the view's day.
    booked_by : str or date, optional
        Leave out rows that were booked after this day.

    Returns
    -------
    narwhals.LazyFrame

    Raises
    ------
    UsageError
        If the days are not in order.

    Examples
    --------
    >>> import kamlab
    >>> year = ("orders", "2024-01-01", "2024-12-31")
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     by_then = rows_between(portfolio, *year, booked_by="2024-12-31").collect()
    ...     by_now = rows_between(portfolio, *year).collect()
    >>> len(by_then) < len(by_now)
    True
    """
    first, last = checked_window(portfolio, start, end)
    day = nw.col(table(name).known_from[0])
    rows = portfolio.table(name).filter(
        (day >= midnight(first)) & (day <= midnight(last))
    )
    if booked_by is None or not portfolio.has(f"{name}.posted_on"):
        return rows
    posted, by_then = nw.col("posted_on"), midnight(as_date(booked_by, "booked_by"))
    return rows.filter(posted.is_null() | (posted <= by_then))


def key_name(by: str) -> str:
    """Return what the index of a table by account or by parent is called.

    Parameters
    ----------
    by : {"account", "parent"}
        Accounts, or groups under their parents.

    Returns
    -------
    str

    Raises
    ------
    UsageError
        If `by` is something else.

    Examples
    --------
    >>> key_name("account"), key_name("parent")
    ('account_id', 'parent_id')
    """
    if by not in _KEYS:
        raise UsageError(f"by = {by!r}; choose 'account' or 'parent'")
    return _KEYS[by]


def owners(portfolio: Portfolio, accounts: pd.Series, by: str) -> pd.Series:
    """Return whose each row is: the account itself, or the top of its group.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    accounts : Series of str
        Numbers of accounts; those that nobody has set up stay by themselves.
    by : {"account", "parent"}
        Accounts, or groups under their parents.

    Returns
    -------
    Series of str
        Named as `key_name` says, with the index of `accounts`.

    Raises
    ------
    UsageError
        If `by` is something else.

    Examples
    --------
    >>> orders = pd.DataFrame({
    ...     "order_id": ["1"], "account_id": ["B1"], "net_amount": [5.0],
    ...     "order_date": pd.to_datetime(["2025-12-31"])})
    >>> accounts = pd.DataFrame({"account_id": ["B1"], "parent_id": ["H"]})
    >>> import kamlab
    >>> tables = {"orders": orders, "accounts": accounts}
    >>> book = kamlab.portfolio_from_tables(tables, "EUR")
    >>> owners(book, pd.Series(["B1", "X"]), "parent").tolist()
    ['H', 'X']
    """
    name = key_name(by)
    if by == "account":
        return accounts.rename(name)
    return accounts.map(portfolio.parent_of).fillna(accounts).rename(name)
