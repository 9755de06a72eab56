"""The last twelve months, the twelve before them, and what accounts are called.

Glossary
--------
trailing window
    The twelve (or other) months that end with the view's day: a full year of seasons
    at any time of the year.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import pandas as pd

from kamlab.errors import UsageError
from kamlab.fiscal import add_months
from kamlab.portfolio import Portfolio
from kamlab.value.activity import account_revenue

#: A book that begins on 1 January has its first order some days later.
_GRACE_DAYS = 10
_DECIMALS = 4


def trailing_window(as_of: date, months: int = 12, back: int = 0) -> tuple[date, date]:
    """Return first and last day of the months that end with a day.

    Parameters
    ----------
    as_of : date
        Last day of the latest window.
    months : int
        Length of a window, at least 1.
    back : int
        How many windows earlier: 0 is the latest, 1 the one before it.

    Returns
    -------
    start, end : date
        Both belong to the window.

    Raises
    ------
    UsageError
        If `months` or `back` is no such number.

    Examples
    --------
    >>> [str(day) for day in trailing_window(date(2025, 12, 31))]
    ['2025-01-01', '2025-12-31']
    >>> [str(day) for day in trailing_window(date(2025, 6, 30), months=12, back=1)]
    ['2023-07-01', '2024-06-30']
    """
    if isinstance(months, bool) or not isinstance(months, int) or months < 1:
        raise UsageError(f"months = {months!r}: give a whole number from 1 on")
    if isinstance(back, bool) or not isinstance(back, int) or back < 0:
        raise UsageError(f"back = {back!r}: give 0 for the latest window, 1 for before")
    end = add_months(as_of, -months * back)
    return add_months(as_of, -months * (back + 1)) + timedelta(days=1), end


def months_covered(portfolio: Portfolio, months: int) -> int:
    """Return how many of the wanted months the data hold in full.

    A company that has just begun to keep its orders still gets a report, over what
    there is.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    months : int
        Length of the window that is wanted.

    Returns
    -------
    int
        `months`, or fewer if the data begin later; at least 1.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo", as_of="2022-09-30") as portfolio:
    ...     months_covered(portfolio, 12)
    9
    """
    trailing_window(portfolio.as_of, months)
    fewer = range(months, 1, -1)
    starts = (trailing_window(portfolio.as_of, each)[0] for each in fewer)
    covered = (_is_covered(portfolio, start) for start in starts)
    return next((m for m, full in zip(fewer, covered, strict=True) if full), 1)


def trailing_revenue(
    portfolio: Portfolio,
    months: int = 12,
    by: str = "account",
    back: int = 0,
    kind: str = "net",
) -> pd.Series:
    """Return what every account brought in the months up to the view's day.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    months : int
        Length of the window.
    by : {"account", "parent"}
        Accounts, or groups under their parents.
    back : int
        How many windows earlier.
    kind : {"net", "gross"}
        After returns, credits and rebates, or before them.

    Returns
    -------
    pandas.Series
        Reporting currency, indexed by account_id (or parent_id): all accounts known
        on the view's day, with 0 for those without a line in the window.

    Raises
    ------
    UsageError
        If the window begins before the first order: it would not be full.

    Examples
    --------
    >>> orders = pd.DataFrame({
    ...     "order_id": ["1", "2", "3"], "account_id": ["A", "A", "B"],
    ...     "order_date": pd.to_datetime(["2024-01-01", "2025-06-01", "2025-12-31"]),
    ...     "net_amount": [500.0, 100.0, 250.0]})
    >>> import kamlab
    >>> book = kamlab.portfolio_from_tables({"orders": orders}, "EUR")
    >>> trailing_revenue(book).to_dict()
    {'A': 100.0, 'B': 250.0}
    """
    start, end = trailing_window(portfolio.as_of, months, back)
    # The latest month is taken as it is: nothing shorter could be asked for.
    if (months, back) != (1, 0) and not _is_covered(portfolio, start):
        raise UsageError(
            f"months = {months} and back = {back}: the window would begin on {start}, "
            f"but the data begin on {portfolio.first_day}; take a shorter or later one"
        )
    revenue = account_revenue(portfolio, start, end, by=by, kind=kind)
    known = portfolio.parent_of if by == "parent" else portfolio.accounts.index
    everybody = revenue.index.union(pd.Index(known.unique())).rename(revenue.index.name)
    # Sums of a parallel query differ in their last bits from one run to the next.
    return revenue.round(_DECIMALS).reindex(everybody, fill_value=0.0)


def trailing_revenues(
    portfolio: Portfolio, months: int = 12, by: str = "account"
) -> dict[date, pd.Series]:
    """Return what every account brought in each full window, the earliest first.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    months : int
        Length of a window.
    by : {"account", "parent"}
        Accounts, or groups under their parents.

    Returns
    -------
    dict of date to pandas.Series
        By the window's last day. Windows do not overlap; groups are those of the
        view's day in all of them, so that only revenue changes.

    Raises
    ------
    UsageError
        If not even one window is full.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     [end.year for end in trailing_revenues(portfolio)]
    [2022, 2023, 2024, 2025]
    """
    latest = trailing_revenue(portfolio, months, by)
    windows, back = {portfolio.as_of: latest}, 1
    while _is_covered(portfolio, trailing_window(portfolio.as_of, months, back)[0]):
        end = trailing_window(portfolio.as_of, months, back)[1]
        windows[end] = trailing_revenue(portfolio, months, by, back)
        back += 1
    return dict(reversed(windows.items()))


def named_periods(
    windows: Mapping[date, pd.Series], months: int = 12
) -> dict[str, pd.Series]:
    """Call each window by its year, or by its length and last day.

    Parameters
    ----------
    windows : mapping of date to Series
        From `trailing_revenues`.
    months : int
        Length of a window.

    Returns
    -------
    dict of str to pandas.Series
        In the same order.

    Examples
    --------
    >>> list(named_periods({date(2025, 12, 31): pd.Series([1.0])}))
    ['2025']
    >>> list(named_periods({date(2025, 12, 31): pd.Series([1.0])}, months=24))
    ['the 24 months to 31 Dec 2025']
    """
    return {_period_name(end, months): each for end, each in windows.items()}


def _period_name(end: date, months: int) -> str:
    if months == 12 and (end.month, end.day) == (12, 31):
        return str(end.year)
    span = "month" if months == 1 else f"{months} months"
    return f"the {span} to {end:%d %b %Y}"


def account_names(portfolio: Portfolio) -> pd.Series:
    """Return what people call every account: its name, or its number without one.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.

    Returns
    -------
    pandas.Series of str
        Indexed by account_id. A name that two accounts share is followed by the
        number, so that each label stands once.

    Examples
    --------
    >>> orders = pd.DataFrame({
    ...     "order_id": ["1"], "account_id": ["A7"], "net_amount": [5.0],
    ...     "order_date": pd.to_datetime(["2025-12-31"])})
    >>> import kamlab
    >>> account_names(kamlab.portfolio_from_tables({"orders": orders}, "EUR")).to_dict()
    {'A7': 'A7'}
    """
    accounts = portfolio.accounts
    numbers = pd.Series(
        accounts.index, index=accounts.index, dtype="str", name="account"
    )
    if "account_name" not in accounts:
        return numbers
    names = accounts["account_name"].fillna(numbers).rename("account")
    is_shared = names.duplicated(keep=False) & (names != numbers)
    return names.where(~is_shared, names + " (" + numbers + ")")


def counted_as(by: str) -> str:
    """Return what the rows of revenue by account or by parent are called.

    Parameters
    ----------
    by : {"account", "parent"}
        As `trailing_revenue` takes it.

    Returns
    -------
    str

    Raises
    ------
    UsageError
        If `by` is something else.

    Examples
    --------
    >>> counted_as("account"), counted_as("parent")
    ('accounts', 'groups')
    """
    words = {"account": "accounts", "parent": "groups"}
    if by not in words:
        raise UsageError(f"by = {by!r}; choose 'account' or 'parent'")
    return words[by]


def reporting_currency(portfolio: Portfolio, currency: str = "") -> str:
    """Return the currency of a portfolio's money, or refuse to print another.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    currency : str
        The code somebody expects; empty expects none.

    Returns
    -------
    str

    Raises
    ------
    UsageError
        If the money is in another currency than expected.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     reporting_currency(portfolio)
    'EUR'
    """
    if currency not in ("", portfolio.currency):
        raise UsageError(
            f"currency = {currency!r}: the money of {portfolio.name} is in "
            f"{portfolio.currency}, and printing another code would not convert it; "
            "leave it empty"
        )
    return portfolio.currency


def _is_covered(portfolio: Portfolio, start: date) -> bool:
    """Whether the data reach back to a day, but for the first idle days of a book."""
    return portfolio.first_day <= start + timedelta(days=_GRACE_DAYS)
