"""Order lines, contacts and other rows of one account, read once.

Everything that a dossier says of its own account comes from here, so that no figure
needs another look at the lines of all accounts.
"""

from collections.abc import Sequence

import narwhals as nw
import pandas as pd

from kamlab.data.contract import PURCHASES, table
from kamlab.portfolio import Portfolio

_DAYS = ("order_date", "promised_date", "delivered_date")
_NUMBERS = ("net_amount", "quantity", "unit_list_price")
_TEXTS = ("order_id", "product_id", "line_type")


def own_lines(portfolio: Portfolio, members: Sequence[str]) -> pd.DataFrame:
    """Return the order lines of an account, with the category of each.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    members : sequence of str
        Number of the account, or of all accounts of its group.

    Returns
    -------
    DataFrame
        One row a line, without business within the own group: the columns that a
        dossier reads, empty where the data have none, ``category`` and
        ``is_purchase`` (whether something was bought).

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     own_lines(portfolio, ["A10284"])["category"].nunique()
    6
    """
    wanted = [*_TEXTS, *_DAYS, *_NUMBERS]
    lines = own_rows(portfolio, "orders", members).reindex(columns=wanted)
    types = dict.fromkeys(_DAYS, "datetime64[us]") | dict.fromkeys(_NUMBERS, "float64")
    lines = lines.astype(types | dict.fromkeys(_TEXTS, "str"))
    lines = lines[lines["line_type"] != "intercompany"]
    kind, amount = lines["line_type"], lines["net_amount"]
    lines["is_purchase"] = (kind.isin(PURCHASES) | kind.isna()) & (amount >= 0)
    lines["category"] = lines["product_id"].map(categories(portfolio))
    return lines.sort_values(["order_date", "order_id"], ignore_index=True)


def own_rows(portfolio: Portfolio, name: str, members: Sequence[str]) -> pd.DataFrame:
    """Return the rows of a table that belong to an account.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    name : str
        A table whose rows name an account.
    members : sequence of str
        Number of the account, or of all accounts of its group.

    Returns
    -------
    DataFrame
        Without rows where the data have no such table.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     own_rows(portfolio, "contracts", ["A10063"])["contract_id"].tolist()
    ['V00004', 'V00066']
    """
    declared = table(name)
    if not portfolio.has(name):
        return pd.DataFrame(columns=declared.column_names)
    rows = portfolio.table(name)
    if not declared.lazy:
        own = rows["account_id"].isin(members)
        return rows[own].reset_index(drop=True)
    own = rows.filter(nw.col("account_id").is_in(list(members)))
    return own.collect("pandas").to_native()


def categories(portfolio: Portfolio) -> pd.Series:
    """Return the category of every product; empty where the data tell none.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     categories(portfolio)["LG-010"]
    'linear guides'
    """
    if not portfolio.has("products.category"):
        return pd.Series(dtype="str")
    products = portfolio.table("products").drop_duplicates("product_id")
    return products.set_index("product_id")["category"]
