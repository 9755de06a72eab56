"""The lines of each order: category, value, product, quantity, price and cost."""

import numpy as np
import pandas as pd

from kamlab.data.demo.assortment import choose_categories, choose_products
from kamlab.data.demo.competitor import competitor_factor
from kamlab.data.demo.gearboxes import fade_kovostav, lose_gearboxes
from kamlab.data.demo.growth import meet_plans, meet_totals, trend
from kamlab.data.demo.pricing import cost_factor, price_lines
from kamlab.data.demo.programme import programme_factor
from kamlab.data.demo.streams import stream

#: Standard deviation of the log value of a line within one account.
VALUE_SPREAD = 0.7


def draw_lines(
    orders: pd.DataFrame, roster: pd.DataFrame, mix: np.ndarray, seed: int
) -> pd.DataFrame:
    """Return the lines of all orders, with the category of each.

    Returns
    -------
    pandas.DataFrame
        ``order`` (row of `orders`), ``account``, ``day`` and ``category``.

    Examples
    --------
    >>> from kamlab.data.demo.talbruck import assemble_roster
    >>> roster, mix = assemble_roster(1, 30)
    >>> orders = pd.DataFrame({"account": [0], "day": [10]})
    >>> list(draw_lines(orders, roster, mix, seed=1))
    ['account', 'day', 'order', 'category']
    """
    rng = stream(seed, "lines")
    more = roster["lines_per_order"].to_numpy()[orders["account"]] - 1
    count = 1 + rng.poisson(more)
    lines = orders.loc[orders.index.repeat(count)]
    lines = lines.assign(order=lines.index).reset_index(drop=True)
    category = choose_categories(lines["account"].to_numpy(), mix, rng)
    lines = lines.assign(category=category)
    lines = lose_gearboxes(lines, roster, seed)
    return fade_kovostav(lines, roster, mix, seed)


def value_lines(lines: pd.DataFrame, roster: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Add what each line is to be worth, EUR, before prices make it whole units.

    Large accounts meet their plans before competitor and programme change them, the
    characters after that; the ordinary accounts then fill up kinds and years.
    """
    rng = stream(seed, "line values")
    account, day = lines["account"].to_numpy(), lines["day"].to_numpy()
    usual = roster["size"] / roster["orders_per_year"] / roster["lines_per_order"]
    noise = np.exp(rng.normal(-(VALUE_SPREAD**2) / 2, VALUE_SPREAD, len(lines)))
    value = usual.to_numpy()[account] * noise * trend(roster, account, day)
    lines = lines.assign(value=value)
    lines = meet_plans(lines, roster, roster["large"])
    effects = competitor_factor(roster, account, day)
    effects *= programme_factor(roster, account, day)
    lines = lines.assign(value=lines["value"] * effects)
    lines = meet_plans(lines, roster, (roster["character"] != "") & ~roster["large"])
    return meet_totals(lines, roster)


def fill_lines(
    lines: pd.DataFrame, roster: pd.DataFrame, products: pd.DataFrame, seed: int
) -> pd.DataFrame:
    """Add product, quantity, prices, amount and cost; money in whole cents.

    Returns
    -------
    pandas.DataFrame
        With ``product`` (row of `products`), ``quantity``, ``list_cents``,
        ``unit_cents``, ``discount_pct``, ``net_cents`` and ``cogs_cents``.
    """
    rng = stream(seed, "quantities")
    value = lines["value"].to_numpy()
    chosen = choose_products(
        lines["category"].to_numpy(), lines["day"].to_numpy(), value, products, rng
    )
    lines = price_lines(lines.assign(product=chosen), roster, products, seed)
    units = 100 * value / lines["unit_cents"].to_numpy()
    quantity = np.maximum(np.floor(units + rng.random(len(lines))), 1).astype(np.int64)
    cost = products["cost_2025"].to_numpy()[chosen]
    cost = cost * cost_factor(lines["day"].to_numpy())
    cost = cost * rng.normal(1.0, 0.02, len(lines))
    return lines.assign(
        quantity=quantity,
        net_cents=quantity * lines["unit_cents"],
        cogs_cents=np.round(100 * cost * quantity).astype(np.int64),
    )
