"""On which days customers bought: what every rule about silence is counted from."""

from datetime import date

import narwhals as nw
import pandas as pd

from kamlab.grain import require_days
from kamlab.portfolio import Portfolio
from kamlab.value.line_amounts import line_amounts
from kamlab.value.windows import key_name, owners


def purchase_days(
    portfolio: Portfolio,
    by: str = "account",
    start: str | date | None = None,
    end: str | date | None = None,
) -> pd.DataFrame:
    """Return the days on which each account bought, each day once.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date; merged accounts carry one number.
    by : {"account", "parent"}
        Accounts, or groups under their parents.
    start, end : str or date, optional
        First and last day counted; by default all up to the view's day.

    Returns
    -------
    DataFrame of shape (n_days, 2)
        Columns ``account_id`` (or ``parent_id``), ``order_date``, sorted by
        them. A day counts if the account bought; returns do not.

    Raises
    ------
    MissingDataError
        If the order lines are sums of months.
    UsageError
        If `by` is something else, or the days are not in order.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo", as_of="2022-01-31") as portfolio:
    ...     days = purchase_days(portfolio)
    >>> days.columns.tolist(), bool(days.duplicated().any())
    (['account_id', 'order_date'], False)
    """
    key = key_name(by)
    require_days(portfolio, purpose="How long customers have been silent")
    lines = line_amounts(portfolio, start, end).filter(nw.col("is_purchase"))
    days = lines.select("account_id", "order_date").unique()
    frame = days.collect("pandas").to_native().dropna(subset=["account_id"])
    whose = owners(portfolio, frame["account_id"].astype("str"), by)
    frame = frame.drop(columns="account_id")
    frame.insert(0, key, whose)
    names = [key, "order_date"]
    return frame.drop_duplicates().sort_values(names, ignore_index=True)
