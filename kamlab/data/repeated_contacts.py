"""Work done twice: one customer, met by several of us within a few days.

Glossary
--------
repeated contact 重复联系
    A contact that we began, a few days after another one of us, from another
    department or not, had begun one with the same account.
"""

from collections import deque
from typing import TYPE_CHECKING

import narwhals as nw
import pandas as pd

from kamlab.errors import UsageError

if TYPE_CHECKING:
    from kamlab.portfolio import Portfolio

_COLUMNS = ("account_id", "date", "kam_id")


def outgoing_contacts(portfolio: "Portfolio") -> pd.DataFrame:
    """Return the contacts that we began, with who of us did.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, with ``interactions.kam_id``.

    Returns
    -------
    pandas.DataFrame
        Columns ``account_id``, ``date``, ``kam_id`` and, where they are there, ``type``
        and ``topic``, in the order of days. Without a direction all contacts are taken.

    Raises
    ------
    MissingDataError
        If the data hold no contacts, or do not say who of us had them.

    Examples
    --------
    >>> import kamlab
    >>> day = pd.to_datetime(["2025-03-01"])
    >>> orders = pd.DataFrame({"order_id": ["1"], "account_id": ["A"],
    ...                        "order_date": day, "net_amount": [5.0]})
    >>> calls = pd.DataFrame({"interaction_id": ["1"], "account_id": ["A"],
    ...                       "date": day, "type": ["call"], "kam_id": ["K1"]})
    >>> tables = {"orders": orders, "interactions": calls}
    >>> outgoing_contacts(kamlab.portfolio_from_tables(tables, "EUR"))["kam_id"][0]
    'K1'
    """
    portfolio.require("interactions.kam_id", purpose="Whether work is done twice")
    rows = portfolio.table("interactions").filter(~nw.col("kam_id").is_null())
    if portfolio.has("interactions.direction"):
        rows = rows.filter(nw.col("direction") == "out")
    further = [c for c in ("type", "topic") if portfolio.has(f"interactions.{c}")]
    frame = rows.select(*_COLUMNS, *further).collect("pandas").to_native()
    order = ["date", "account_id", "kam_id", *further]
    return frame.sort_values(order, ignore_index=True)


def repeated_contacts(
    contacts: pd.DataFrame, days: int = 7, same_topic: bool = False
) -> pd.Series:
    """Flag contacts with an account that somebody else of us had met shortly before.

    Parameters
    ----------
    contacts : DataFrame of shape (n_contacts, …)
        Columns ``account_id``, ``date``, ``kam_id``, and ``topic`` where it is asked
        for.
    days : int
        How long ago the other contact may lie, at least 1.
    same_topic : bool
        Count only contacts about the same thing.

    Returns
    -------
    pandas.Series of bool
        On the index of `contacts`.

    Raises
    ------
    UsageError
        If a column is missing, or `days` is no whole number from 1 on.

    Notes
    -----
    A contact is compared with the earlier ones of the same account (and topic) by other
    persons. Two of us who go together on one day are one visit, not two.

    Examples
    --------
    >>> contacts = pd.DataFrame({
    ...     "account_id": ["A", "A", "A"], "kam_id": ["K1", "I2", "I2"],
    ...     "date": pd.to_datetime(["2025-03-03", "2025-03-05", "2025-03-20"])})
    >>> repeated_contacts(contacts).tolist()
    [False, True, False]
    """
    matter = ["account_id", *(["topic"] if same_topic else [])]
    for name in {*_COLUMNS, *matter}:
        if name not in contacts:
            raise UsageError(f"contacts has no column {name!r}: it is needed")
    if isinstance(days, bool) or not isinstance(days, int) or days < 1:
        raise UsageError(f"days = {days!r}: give a whole number from 1 on")
    ordered = contacts.sort_values("date", kind="stable")
    same = ordered.groupby(matter, dropna=False)
    flags = pd.Series(False, index=contacts.index)
    for _, rows in same:
        flags.loc[rows.index] = _after_another(rows, days)
    return flags.rename("repeated")


def repeated_by_year(
    contacts: pd.DataFrame, days: int = 7, same_topic: bool = False
) -> pd.DataFrame:
    """Return the share of repeated contacts, year by year.

    Parameters
    ----------
    contacts : DataFrame of shape (n_contacts, …)
        As for `repeated_contacts`.
    days, same_topic
        As for `repeated_contacts`.

    Returns
    -------
    pandas.DataFrame
        Indexed by calendar ``year``: ``contacts``, ``repeated`` (counts), ``share``
        (0–1).

    Examples
    --------
    >>> contacts = pd.DataFrame({
    ...     "account_id": ["A", "A"], "kam_id": ["K1", "I2"],
    ...     "date": pd.to_datetime(["2025-03-03", "2025-03-05"])})
    >>> repeated_by_year(contacts).loc["2025", "share"].item()
    0.5
    """
    flags = repeated_contacts(contacts, days, same_topic)
    year = contacts["date"].dt.year.astype("str").rename("year")
    table = flags.groupby(year).agg(["count", "sum"]).astype("int64")
    table = table.set_axis(["contacts", "repeated"], axis=1)
    return table.assign(share=table["repeated"] / table["contacts"])


def _after_another(rows: pd.DataFrame, days: int) -> list[bool]:
    """Say of each contact whether another of us met the account shortly before."""
    recent: deque[tuple[pd.Timestamp, str]] = deque()
    flags = []
    for day, person in zip(rows["date"], rows["kam_id"], strict=True):
        while recent and (day - recent[0][0]).days > days:
            recent.popleft()
        flags.append(any(day > then and who != person for then, who in recent))
        recent.append((day, person))
    return flags
