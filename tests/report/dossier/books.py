"""Small books of one account, whose dossier is known by construction."""

from collections.abc import Iterable

import pandas as pd

import kamlab
from kamlab.report.dossier.numbers import Dossier

END = "2025-12-31"


def sales(
    account: str, days: Iterable[str], amount: float = 100.0, **columns: object
) -> pd.DataFrame:
    """Return one order of one line for each day."""
    days = pd.to_datetime(list(days))
    numbers = [f"{account}-{n}" for n in range(len(days))]
    frame = pd.DataFrame({"order_id": numbers, "account_id": account})
    return frame.assign(order_date=days, net_amount=amount).assign(**columns)


def monthly(first: str = "2023-01-15", last: str = END) -> pd.DatetimeIndex:
    """Return the fifteenth of every month."""
    return pd.date_range(first, last, freq="MS") + pd.Timedelta(days=14)


def book(*parts: pd.DataFrame, **tables: pd.DataFrame) -> kamlab.Portfolio:
    """Return a portfolio of these orders; somebody else orders all along."""
    somebody = sales("Z", ["2023-01-01", END], amount=5.0)
    lines = pd.concat([*parts, somebody], ignore_index=True)
    return kamlab.portfolio_from_tables({"orders": lines, **tables}, "EUR", as_of=END)


def dossier(*parts: pd.DataFrame, audience: str = "internal", **tables) -> Dossier:
    """Return the dossier of account A in such a book."""
    return Dossier(book(*parts, **tables), "A", audience=audience)


def contact(day: str, kind: str = "call", **more: object) -> dict[str, object]:
    """Return one contact with account A."""
    return {
        "interaction_id": f"C-{day}-{kind}-{more.get('contact_id', '')}",
        "account_id": "A",
        "date": pd.Timestamp(day),
        "type": kind,
        **more,
    }
