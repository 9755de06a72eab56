"""The order book: lines made to order, from the day they are entered until they go.

What leaves within two weeks comes from stock and is not in it. The order book is kept
since January 2024; what was open then was entered on its first day.
"""

from datetime import date

import numpy as np
import pandas as pd

from kamlab.data.demo.story import dates_of, day_number

KEPT_FROM = date(2024, 1, 1)
#: Lines promised sooner than this many days after the order leave from stock.
SHORTEST_LEAD = 14


def build_open_orders(lines: pd.DataFrame, roster: pd.DataFrame) -> pd.DataFrame:
    """Return every line of the order book, with the day it was delivered or cancelled.

    Parameters
    ----------
    lines : pandas.DataFrame
        All lines of the extract, money in cents, days as numbers.
    roster : pandas.DataFrame
        The registered accounts.

    Examples
    --------
    >>> from kamlab.data.demo import generate
    >>> book = generate(seed=1, accounts=30).tables["open_orders"]
    >>> bool((book["promised_date"] > book["ordered_on"]).all())
    True
    """
    ordered = lines[lines["line_type"].isin(["sale", "service"])]
    ordered = ordered[ordered["promised_day"] - ordered["day"] >= SHORTEST_LEAD]
    closed = ordered["delivered_day"].fillna(_cancelled_on(ordered, lines))
    posted = np.fmax(ordered["posted_day"].to_numpy(dtype=float), -1)
    entered = np.maximum(np.maximum(ordered["day"], posted), day_number(KEPT_FROM))
    later = entered > ordered["day"]
    book = ordered.assign(closed_day=closed, posted_day=entered.where(later))
    # Delivered before it was entered, a line was never open.
    book = book[~(closed <= entered)]
    book = book.sort_values(["day", "order_id", "line_id"], ignore_index=True)
    days = {"ordered_on": "day", "posted_on": "posted_day"}
    days |= {"promised_date": "promised_day", "closed_on": "closed_day"}
    return pd.DataFrame(
        {
            "order_id": book["order_id"],
            "line_id": book["line_id"].astype("str"),
            "account_id": roster["account_id"].to_numpy()[book["account"]],
            "amount": book["net_cents"] / 100,
            **{name: dates_of(book[day].to_numpy()) for name, day in days.items()},
        }
    )


def _cancelled_on(ordered: pd.DataFrame, lines: pd.DataFrame) -> pd.Series:
    """Return the day on which each line was cancelled, NaN where it was not.

    A cancellation names the order; product and amount tell which of its lines.
    """
    against = lines[lines["line_type"] == "cancellation"]
    keys = ["order_id", "product", "net_cents"]
    told = against.assign(
        order_id=against["ref_order_id"], net_cents=-against["net_cents"]
    )
    day = told.drop_duplicates(keys).set_index(keys)["day"]
    which = pd.MultiIndex.from_frame(ordered[keys])
    return pd.Series(day.reindex(which).to_numpy(dtype=float), index=ordered.index)
