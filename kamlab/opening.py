"""The two doors to a portfolio: a folder on disk, or frames that are there already."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kamlab.data.folder import Description
from kamlab.data.locate import find_portfolio
from kamlab.data.store import (
    Store,
    checked_as_of,
    order_days_span,
    store_from_folder,
    store_from_frames,
)
from kamlab.errors import UsageError
from kamlab.fiscal import FiscalCalendar, as_date
from kamlab.portfolio import Portfolio


def open_portfolio(folder: str | Path, as_of: str | date | None = None) -> Portfolio:
    """Open a portfolio folder and see it as it was known at the end of a day.

    Parameters
    ----------
    folder : str or Path
        A folder with portfolio.yml, made by ``kamlab import`` or ``kamlab demo``.
    as_of : str or date, optional
        Last day whose news may be seen; by default the last day of the data.

    Returns
    -------
    Portfolio

    Raises
    ------
    UsageError
        If the folder is no portfolio, or `as_of` lies outside the data.
    DataError
        If a file of the folder is damaged.

    Examples
    --------
    >>> import kamlab
    >>> portfolio = kamlab.open_portfolio("data/demo", as_of="2025-12-31")
    >>> portfolio.name, portfolio.currency
    ('Talbruck Motion GmbH', 'EUR')
    >>> portfolio.close()
    """
    store = store_from_folder(find_portfolio(folder))
    try:
        return Portfolio(store, checked_as_of(store, as_of))
    except BaseException:
        store.close()
        raise


def portfolio_from_tables(
    tables: Mapping[str, object],
    currency: str,
    as_of: str | date | None = None,
    name: str = "portfolio",
    calendar: FiscalCalendar | None = None,
    data_through: str | date | None = None,
) -> Portfolio:
    """Make a portfolio of frames that are already in memory, in DuckDB or in Spark.

    Parameters
    ----------
    tables : mapping of str to frame
        By the contract's table names; ``orders`` is needed. Any frame that narwhals
        understands; large ones stay lazy.
    currency : str
        The currency all money stands in.
    as_of : str or date, optional
        By default the last day of the data.
    name : str
        What to call the company.
    calendar : FiscalCalendar, optional
        By default the calendar year.
    data_through : str or date, optional
        Last day the tables cover, where nobody ordered on it; by default the last
        order date.

    Raises
    ------
    UsageError
        If a table is no frame, `as_of` lies outside the data, or `data_through` before
        their last order.
    DataError
        If a frame has columns that the contract does not know, or lacks needed ones.

    Examples
    --------
    >>> import pandas as pd
    >>> orders = pd.DataFrame({
    ...     "order_id": ["1", "2"],
    ...     "account_id": ["Adler", "Brandt"],
    ...     "order_date": pd.to_datetime(["2025-01-10", "2025-03-01"]),
    ...     "net_amount": [100.0, 250.0],
    ... })
    >>> portfolio_from_tables({"orders": orders}, "EUR").accounts.index.tolist()
    ['Adler', 'Brandt']
    """
    calendar = calendar or FiscalCalendar()
    unknown_end = Description(name, currency, date.max, calendar)
    store = store_from_frames(tables, unknown_end)
    _, through = order_days_span(store)
    if data_through is not None:
        last, through = through, as_date(data_through, "data_through")
        if through < last:
            raise UsageError(
                f"data_through = {through} lies before the last order, {last}; give "
                "that day or a later one"
            )
    known = Description(name, currency, through, calendar)
    store = Store(known, store.lazy)
    return Portfolio(store, checked_as_of(store, as_of))
