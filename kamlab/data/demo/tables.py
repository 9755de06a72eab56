"""From the generator's lines to the tables of the data contract."""

import numpy as np
import pandas as pd

from kamlab.data.demo.places import SALES_ORG_OF_CURRENCY
from kamlab.data.demo.pricing import cost_factor
from kamlab.data.demo.story import N_DAYS, dates_of, year_of
from kamlab.data.demo.streams import stream


def number_orders(lines: pd.DataFrame) -> pd.DataFrame:
    """Give orders running numbers within each year, and lines numbers within orders.

    Examples
    --------
    >>> lines = pd.DataFrame({"order": [0, 0, 1], "day": [3, 3, 370]})
    >>> number_orders(lines)["order_id"].tolist()
    ['22000001', '22000001', '23000001']
    """
    first = lines.drop_duplicates("order")
    year = pd.Series(year_of(first["day"].to_numpy()), index=first.index)
    number = first.groupby(year).cumcount() + 1
    ids = (year % 100).astype("str") + number.astype("str").str.zfill(6)
    ids = pd.Series(ids.to_numpy(), index=first["order"].to_numpy())
    return lines.assign(
        order_id=lines["order"].map(ids).astype("str"),
        line_id=lines.groupby("order").cumcount() + 1,
        ref_order_id=None,
        posted_day=np.nan,
    )


def build_orders(
    lines: pd.DataFrame, roster: pd.DataFrame, products: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Return the table of order lines, sorted by date and number.

    Parameters
    ----------
    lines : pandas.DataFrame
        All lines of the extract, money in cents, days as numbers.
    roster, products : pandas.DataFrame
        What the lines point to.
    seed : int
        The portfolio's seed.

    Examples
    --------
    >>> from kamlab.data.demo import generate
    >>> orders = generate(seed=1, accounts=30).tables["orders"]
    >>> bool((orders.loc[orders["line_type"] == "sale", "net_amount"] > 0).all())
    True
    """
    lines = lines.sort_values(["day", "order_id", "line_id"], ignore_index=True)
    account = lines["account"].to_numpy()
    codes = np.append(products["product_id"].to_numpy(dtype=object), None)
    currency = roster["currency"].to_numpy()[account]
    orders = pd.DataFrame(
        {
            "order_id": lines["order_id"],
            "line_id": lines["line_id"].astype("str"),
            "account_id": roster["account_id"].to_numpy()[account],
            "product_id": codes[lines["product"]],
            "quantity": lines["quantity"].astype("Int64"),
            "unit_list_price": lines["list_cents"] / 100,
            "unit_net_price": lines["unit_cents"] / 100,
            "discount_pct": lines["discount_pct"],
            "net_amount": lines["net_cents"] / 100,
            "cogs": lines["cogs_cents"] / 100,
            "line_type": lines["line_type"],
            "ref_order_id": lines["ref_order_id"],
            "rush_flag": lines["rush"],
            "channel": _channels(roster, seed)[account],
            "currency": currency,
            "sales_org": pd.Series(currency).map(SALES_ORG_OF_CURRENCY),
        }
    )
    days = {"order_date": "day", "posted_on": "posted_day"}
    days |= {"promised_date": "promised_day", "delivered_date": "delivered_day"}
    for name, source in days.items():
        orders[name] = dates_of(lines[source].to_numpy(dtype=float))
    return orders


def _channels(roster: pd.DataFrame, seed: int) -> np.ndarray:
    """Return how each account buys: workshops often online, some through agents."""
    drawn = stream(seed, "channels").random(len(roster))
    online = (roster["kind"] == "workshop") & (drawn < 0.5)
    abroad = ~roster["region"].isin(["DACH", "North America"])
    agent = abroad & ~roster["is_key"] & (roster["character"] == "") & (drawn > 0.8)
    return np.select([online, agent], ["online", "agent"], "direct")


def build_product_table(products: pd.DataFrame) -> pd.DataFrame:
    """Return the table of products, with the unit cost of the extract.

    Examples
    --------
    >>> from kamlab.data.demo.assortment import build_products
    >>> build_product_table(build_products(1))["category"].iloc[0]
    'linear guides'
    """
    last_cost = cost_factor(np.array([N_DAYS - 1]))[0]
    kept = ["product_id", "product_name", "category", "service_flag", "codeveloped"]
    return products[kept].assign(
        launch_date=dates_of(products["launch_day"].to_numpy()),
        std_cost=(products["cost_2025"] * last_cost).round(2),
    )
