"""Whether we keep what we promise, and how long a customer has not heard from us.

Glossary
--------
promise
    A contact of which somebody noted what we would do, and by when.
silence
    Days since the last contact of either side.
"""

import narwhals as nw
import pandas as pd

from kamlab.data.view import midnight
from kamlab.errors import UsageError
from kamlab.estimates import Estimate
from kamlab.portfolio import Portfolio


def promises_of(portfolio: Portfolio) -> pd.DataFrame:
    """Return every promise that was due by the view's day.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, with ``interactions.promised_due``.

    Returns
    -------
    pandas.DataFrame
        Columns ``account_id``, ``due`` (day), ``done`` (day, missing while it is not),
        ordered by due day and account.

    Raises
    ------
    MissingDataError
        If the data hold no promises.

    Examples
    --------
    >>> import kamlab
    >>> days = pd.to_datetime(["2025-03-01", "2025-03-02"])
    >>> orders = pd.DataFrame({"order_id": ["1"], "account_id": ["A"],
    ...                        "order_date": days[:1], "net_amount": [5.0]})
    >>> visits = pd.DataFrame({"interaction_id": ["1"], "account_id": ["A"],
    ...     "date": days[:1], "type": ["visit"], "promised_due": days[1:],
    ...     "promised_done": days[1:]})
    >>> tables = {"orders": orders, "interactions": visits}
    >>> book = kamlab.portfolio_from_tables(tables, "EUR", as_of="2025-03-01")
    >>> len(promises_of(book))
    0
    """
    portfolio.require(
        "interactions.promised_due",
        "interactions.promised_done",
        purpose="Whether promises are kept",
    )
    due = nw.col("promised_due")
    rows = portfolio.table("interactions").filter(due <= midnight(portfolio.as_of))
    chosen = rows.select("account_id", due.alias("due"), nw.col("promised_done"))
    frame = chosen.collect("pandas").to_native()
    frame = frame.rename(columns={"promised_done": "done"})
    return frame.sort_values(["due", "account_id", "done"], ignore_index=True)


def promises_kept(promises: pd.DataFrame) -> Estimate:
    """Say which share of promises was kept by the day they were due.

    Parameters
    ----------
    promises : DataFrame of shape (n_promises, …)
        From `promises_of`: columns ``account_id``, ``due``, ``done``.

    Returns
    -------
    Estimate
        A share with an interval that treats the promises to one account as one
        observation; "cannot tell" below ten accounts.

    Raises
    ------
    UsageError
        If a column is missing.

    Notes
    -----
    Ratio estimator Σkept / Σpromised over accounts with its cluster-robust standard
    error, times 1.96, cut at 0 and 1: promises to one customer succeed or fail
    together.

    References
    ----------
    Cochran, W. G. (1977). Sampling Techniques, 3rd ed., section 3.12. Wiley.

    Examples
    --------
    >>> day = pd.Timestamp("2025-03-01")
    >>> promises = pd.DataFrame({"account_id": list("ABCDEFGHIJ"), "due": day,
    ...     "done": [day] * 9 + [day + pd.Timedelta(days=3)]})
    >>> print(promises_kept(promises))
    90.0 % (95 % interval 70.4 % to 100.0 %, n = 10)
    """
    for name in ("account_id", "due", "done"):
        if name not in promises:
            raise UsageError(f"promises has no column {name!r}: take promises_of(...)")
    kept = (promises["done"] <= promises["due"]).astype(float)
    by_account = kept.groupby(promises["account_id"]).agg(["sum", "count"])
    n, many = len(kept), len(by_account)
    if many < 10:
        reason = f"promises to {many} accounts; 10 are needed"
        return Estimate.unknown(reason, n, "share")
    share = float(kept.mean())
    residual = by_account["sum"] - share * by_account["count"]
    error = float((many / (many - 1) * (residual**2).sum()) ** 0.5 / n)
    low, high = max(share - 1.96 * error, 0.0), min(share + 1.96 * error, 1.0)
    return Estimate(share, low, high, n, unit="share", method="by account")


def days_of_silence(portfolio: Portfolio) -> pd.Series:
    """Return for how many days each account has had no contact with us.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, with ``interactions``.

    Returns
    -------
    pandas.Series
        Days, indexed by account_id: all accounts known on the day; missing for those
        without any contact.

    Raises
    ------
    MissingDataError
        If the data hold no contacts.

    Examples
    --------
    >>> import kamlab
    >>> day = pd.to_datetime(["2025-03-01"])
    >>> orders = pd.DataFrame({"order_id": ["1"], "account_id": ["A"],
    ...                        "order_date": day, "net_amount": [5.0]})
    >>> visits = pd.DataFrame({"interaction_id": ["1"], "account_id": ["A"],
    ...                        "date": day, "type": ["visit"]})
    >>> tables = {"orders": orders, "interactions": visits}
    >>> days_of_silence(kamlab.portfolio_from_tables(tables, "EUR")).tolist()
    [0.0]
    """
    portfolio.require("interactions", purpose="How long customers have been silent")
    rows = portfolio.table("interactions").group_by("account_id")
    last = rows.agg(nw.col("date").max()).collect("pandas").to_native()
    days = midnight(portfolio.as_of) - last.set_index("account_id")["date"]
    silence = (days / pd.Timedelta(days=1)).reindex(portfolio.accounts.index)
    return silence.rename("silence")
