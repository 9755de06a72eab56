"""The whale curve at round shares, and how tables of profit are printed."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kamlab.value.revenue import checked_share
from kamlab.value.whale_curve import WhaleCurve

_FORMATS = {
    "count": ["accounts", "loss_makers", "bought", "n"],
    "money": [
        *["contribution", "cumulative", "profit", "profit_per_hour", "revenue"],
        *["contribution_before", "contribution_after", "change", "unused"],
        *["total_after"],
    ],
    "share": [
        *["share_of_accounts", "share_of_customers", "share_of_time", "variation"],
        *["share_of_profit", "cumulative_share", "share_of_revenue", "stability"],
        *["contribution_margin", "price", "service_rate", "systematic_share"],
        *["low", "high"],
    ],
    "number": ["time_index", "profit_index", "profit_per_time", "hours", "beta"],
}
_HEADS = {
    "cumulative_share": "Added up, of total",
    "n": "Quarters",
    "price": "Net price",
    "service_rate": "Cost to serve",
    "profit_per_time": "Profit ÷ time",
    "time_index": "Time per head",
    "profit_index": "Profit per head",
}


def whale_steps(
    curve: WhaleCurve, shares: Sequence[float] = (0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
) -> pd.DataFrame:
    """Read the whale curve at round shares of accounts: what the best 10 % bring.

    Parameters
    ----------
    curve : WhaleCurve
        From `kamlab.value.whale_curve`.
    shares : sequence of float
        Shares of accounts, above 0 and at most 1.

    Returns
    -------
    DataFrame of shape (n_shares, 2)
        By `share_of_accounts`: `cumulative` and `cumulative_share`; between accounts
        the curve is a straight line.

    Raises
    ------
    UsageError
        If a share is none.

    Examples
    --------
    >>> from kamlab.value.whale_curve import grouped_whale_curve
    >>> bank = grouped_whale_curve([0.10, 0.30, 0.60], [0.93, 0.17, -0.10])
    >>> whale_steps(bank, [0.1, 0.4, 1.0])["cumulative_share"].round(2).tolist()
    [0.93, 1.1, 1.0]
    """
    at = [checked_share(share, "shares") for share in shares]
    points = curve.points
    reached = np.r_[0.0, points["share_of_accounts"]]
    columns = {
        name: np.interp(at, reached, np.r_[0.0, points[name]])
        for name in ("cumulative", "cumulative_share")
    }
    return pd.DataFrame(columns, index=pd.Index(at, name="share_of_accounts"))


def how_to_print(table: pd.DataFrame) -> dict[str, dict[str, str]]:
    """Return formats and heads for tables of profit, time, price and stability.

    Parameters
    ----------
    table : DataFrame
        A table of this module, or of time, quadrants, stability or what-if answers.

    Returns
    -------
    dict
        With `formats` and `labels`, as `kamlab.report.present` takes them.

    Examples
    --------
    >>> how_to_print(pd.DataFrame({"service_rate": [0.1], "accounts": [3]}))
    {'formats': {'accounts': 'count', 'service_rate': 'share'},
    'labels': {'service_rate': 'Cost to serve'}}
    """
    known = [*table, *table.index.names]
    formats = {
        name: unit
        for unit, names in _FORMATS.items()
        for name in names
        if name in known
    }
    labels = {name: head for name, head in _HEADS.items() if name in known}
    return {"formats": formats, "labels": labels}
