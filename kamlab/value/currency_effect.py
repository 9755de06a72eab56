"""Growth in several currencies: what customers bought more, and what rates did.

Glossary
--------
at constant rates 按不变汇率
    Revenue of the later period at the rates of the earlier one.
currency effect 汇率影响
    Revenue as reported less revenue at constant rates: no customer bought more for it.
"""

import narwhals as nw
import pandas as pd

from kamlab.data.store import collect
from kamlab.data.view import midnight
from kamlab.errors import MissingDataError
from kamlab.portfolio import Portfolio
from kamlab.value.trailing import months_covered, trailing_window

_NEEDED = ("orders.currency", "orders.net_amount_original")


def currency_effect(portfolio: Portfolio, months: int = 12) -> pd.DataFrame:
    """Return for each currency the growth of revenue, and how much of it is rates.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, imported with conversion.
    months : int
        Length of each of the two windows; the later one ends on the view's day.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``currency``: ``before``, ``reported`` (net revenue of the two
        windows), ``at_constant_rates``, ``growth`` (at constant rates, less before) and
        ``currency_effect``, all in the reporting currency. Lines without a currency
        stand under the reporting currency.

    Raises
    ------
    MissingDataError
        If the lines do not keep the amount before conversion, or the data do not cover
        both windows.

    Notes
    -----
    The rate of a window is Σ|reported| / Σ|original| over its lines, so that returns do
    not upset it. A currency without a line in the earlier window has no rate there: its
    revenue is growth. For every currency, and so in total,
    ``before + growth + currency_effect = reported``.

    References
    ----------
    International Accounting Standards Board. IAS 21: The Effects of Changes in Foreign
    Exchange Rates, on average rates of a period.

    Examples
    --------
    >>> import kamlab
    >>> days = pd.to_datetime(["2023-06-01", "2024-06-01", "2025-06-01"])
    >>> orders = pd.DataFrame({
    ...     "order_id": ["1", "2", "3"], "account_id": "A", "order_date": days,
    ...     "net_amount": [80.0, 90.0, 88.0], "currency": "USD",
    ...     "net_amount_original": [100.0, 100.0, 110.0]})
    >>> book = kamlab.portfolio_from_tables({"orders": orders}, "EUR")
    >>> currency_effect(book)[["growth", "currency_effect"]].round(2).values.tolist()
    [[9.0, -11.0]]
    """
    portfolio.require(*_NEEDED, purpose="The effect of rates of exchange")
    if months_covered(portfolio, 2 * months) < 2 * months:
        raise MissingDataError(
            f"The effect of rates of exchange needs {2 * months} months of data up to "
            f"{portfolio.as_of}. Choose a later day or fewer months"
        )
    before, now = (_sums(portfolio, months, back) for back in (1, 0))
    currencies = before.index.union(now.index).rename("currency")
    before, now = (each.reindex(currencies, fill_value=0.0) for each in (before, now))
    rate = before["weight"] / before["original_weight"].where(
        before["original_weight"] > 0
    )
    constant = (now["original"] * rate).where(rate.notna(), now["reported"])
    return pd.DataFrame(
        {
            "before": before["reported"],
            "reported": now["reported"],
            "at_constant_rates": constant,
            "growth": constant - before["reported"],
            "currency_effect": now["reported"] - constant,
        }
    )


def _sums(portfolio: Portfolio, months: int, back: int) -> pd.DataFrame:
    """Add up both amounts of a window by currency, with and without their signs."""
    first, last = trailing_window(portfolio.as_of, months, back)
    day, amount = nw.col("order_date"), nw.col("net_amount")
    lines = portfolio.orders.filter(day >= midnight(first), day <= midnight(last))
    if portfolio.has("orders.line_type"):
        kind = nw.col("line_type")
        lines = lines.filter((kind != "intercompany") | kind.is_null())
    original = nw.col("net_amount_original")
    has_none = original.is_null()  # nothing was converted
    original = nw.when(has_none).then(amount).otherwise(original)
    code = nw.when(nw.col("currency").is_null()).then(nw.lit(portfolio.currency))
    plain = lines.select(
        code.otherwise(nw.col("currency").str.to_uppercase()).alias("currency"),
        amount.alias("reported"),
        original.alias("original"),
        amount.abs().alias("weight"),
        original.abs().alias("original_weight"),
    )
    sums = plain.group_by("currency").agg(
        *[
            nw.col(name).sum()
            for name in ("reported", "original", "weight", "original_weight")
        ]
    )
    return collect(sums).set_index("currency").astype("float64")
