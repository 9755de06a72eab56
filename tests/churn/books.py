"""Small books whose silences and fades are known by construction."""

import pandas as pd

import kamlab

END = "2025-06-30"


def orders(account: str, days, **columns) -> pd.DataFrame:
    """Return one line for each day, worth 100."""
    days = pd.to_datetime(list(days))
    frame = pd.DataFrame({"account_id": account, "order_date": days})
    numbers = [f"{account}-{n}" for n in range(len(days))]
    frame["order_id"] = pd.Series(numbers, dtype="str")
    return frame.assign(net_amount=100.0).assign(**columns)


def every(gap: int, last: str, n: int) -> pd.DatetimeIndex:
    """Return n order days, each so many days after the one before."""
    return pd.date_range(end=last, periods=n, freq=f"{gap}D")


def event(scope_value, kind, begin, end=None, scope="account", number="E1") -> dict:
    return {
        "event_id": number,
        "date": pd.Timestamp(begin),
        "end_date": pd.Timestamp(end) if end else pd.NaT,
        "scope": scope,
        "scope_value": scope_value,
        "kind": kind,
        "text": "It happened.",
    }


def book(*parts: pd.DataFrame, events=(), as_of=END, **tables) -> kamlab.Portfolio:
    """Return a portfolio of these orders; somebody else orders on the last day."""
    somebody = orders("Z", [as_of])
    lines = pd.concat([*parts, somebody], ignore_index=True)
    given = {"orders": lines, **tables}
    if events:
        given["events"] = pd.DataFrame(list(events))
    return kamlab.portfolio_from_tables(given, "EUR", as_of=as_of)
