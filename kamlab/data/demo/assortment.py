"""What Talbruck sells: about 120 products in six categories, with price and cost."""

from datetime import date

import numpy as np
import pandas as pd

from kamlab.data.demo.kinds import CATEGORIES
from kamlab.data.demo.story import FIRST_DAY, day_number
from kamlab.data.demo.streams import stream

#: For each category: code, name, products, lowest and highest list price of 2022 in
#: EUR, and cost as a share of that price.
_RANGES = {
    "linear guides": ("LG", "Linear guide", 26, 140.0, 900.0, 0.515),
    "gearboxes": ("GB", "Gearbox", 24, 380.0, 4200.0, 0.535),
    "couplings": ("CP", "Coupling", 20, 28.0, 260.0, 0.452),
    "controllers": ("CT", "Controller", 16, 520.0, 3600.0, 0.562),
    "spare parts": ("SP", "Spare part set", 24, 14.0, 380.0, 0.416),
    "service": ("SV", "Service", 10, 95.0, 1200.0, 0.580),
}
_NEW_SHARE = 0.12
_FAMILIES = ("compact", "standard", "heavy duty", "precision", "corrosion resistant")


def build_products(seed: int) -> pd.DataFrame:
    """Return the assortment, each category sorted by price.

    Returns
    -------
    pandas.DataFrame
        ``product_id``, ``product_name``, ``category``, ``list_2022`` and ``cost_2025``
        in EUR a unit, ``launch_day``, ``popularity``, ``service_flag`` and
        ``codeveloped``.

    Examples
    --------
    >>> products = build_products(1)
    >>> len(products), products["category"].nunique()
    (120, 6)
    """
    rng = stream(seed, "products")
    parts = [_category(name, rng) for name in CATEGORIES]
    return pd.concat(parts, ignore_index=True)


def _category(name: str, rng: np.random.Generator) -> pd.DataFrame:
    """Return the products of one category, the cheapest first."""
    code, title, count, lowest, highest, cost_share = _RANGES[name]
    place = np.sort((np.arange(count) + rng.uniform(0.1, 0.9, count)) / count)
    price = np.round(lowest * (highest / lowest) ** place, 2)
    cost = np.round(price * cost_share * rng.normal(1.0, 0.04, count), 2)
    sizes = 10 * (1 + np.arange(count))
    families = rng.choice(_FAMILIES, count)
    return pd.DataFrame(
        {
            "product_id": [f"{code}-{size:03d}" for size in sizes],
            "product_name": [
                f"{title} {size}, {family}"
                for size, family in zip(sizes, families, strict=True)
            ],
            "category": name,
            "list_2022": price,
            "cost_2025": cost,
            "launch_day": _launch_days(count, rng),
            "popularity": rng.permutation(1.0 / (1 + np.arange(count)) ** 0.6),
            "service_flag": name == "service",
            "codeveloped": rng.random(count)
            < (0.08 if name == "controllers" else 0.02),
        }
    )


def _launch_days(count: int, rng: np.random.Generator) -> np.ndarray:
    """Return launch days; a few products come within the data, never the cheapest."""
    oldest = day_number(date(2006, 1, 1))
    newest = day_number(date(2021, 9, 30))
    days = rng.integers(oldest, newest, count)
    new = rng.random(count) < _NEW_SHARE
    new[0] = False
    spring = day_number(date(FIRST_DAY.year, 3, 1))
    days[new] = rng.integers(spring, day_number(date(2025, 6, 30)), int(new.sum()))
    return days


def choose_categories(
    account: np.ndarray, mix: np.ndarray, rng: np.random.Generator
) -> np.ndarray:
    """Draw each line's category, as a number, from what its account usually buys.

    Examples
    --------
    >>> mix = np.array([[1.0, 0, 0, 0, 0, 0], [0, 0, 0, 0, 0, 1.0]])
    >>> choose_categories(np.array([0, 1]), mix, stream(1, "example"))
    array([0, 5])
    """
    bounds = np.cumsum(mix, axis=1)[:, :-1]
    drawn = rng.random(len(account))
    return (drawn[:, None] >= bounds[account]).sum(axis=1)


def choose_products(
    category: np.ndarray,
    day: np.ndarray,
    value: np.ndarray,
    products: pd.DataFrame,
    rng: np.random.Generator,
) -> np.ndarray:
    """Draw each line's product: one that is on sale and that the value can pay for.

    Parameters
    ----------
    category : numpy.ndarray
        Number of the category.
    day : numpy.ndarray
        Day number of the order.
    value : numpy.ndarray
        What the line is to cost, EUR.
    products : pandas.DataFrame
        The assortment.
    rng : numpy.random.Generator
        Source of random numbers.

    Returns
    -------
    numpy.ndarray
        Row of `products` for each line.

    Examples
    --------
    >>> products = build_products(1)
    >>> one = np.array([0])
    >>> draws = stream(1, "example")
    >>> cheap = choose_products(one, one, np.array([1.0]), products, draws)
    >>> products["product_id"].iloc[cheap[0]]
    'LG-010'
    """
    chosen = np.zeros(len(category), dtype=np.int64)
    drawn = rng.random(len(category))
    for number, name in enumerate(CATEGORIES):
        lines = np.flatnonzero(category == number)
        shelf = products[products["category"] == name]
        bounds = shelf["popularity"].cumsum().to_numpy()
        prices = shelf["list_2022"].to_numpy()
        payable = np.maximum(np.searchsorted(prices, value[lines]), 1)
        pick = np.searchsorted(bounds, drawn[lines] * bounds[payable - 1])
        launched = shelf["launch_day"].to_numpy()[pick] <= day[lines]
        chosen[lines] = shelf.index.to_numpy()[np.where(launched, pick, 0)]
    return chosen
