"""One customer base: numbers that were merged, and accounts that belong together.

Glossary
--------
master key 主键
    The one number under which every department knows a customer.
roll-up 汇总
    Adding up the accounts of a group under the one at its top.
"""

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from kamlab.portfolio import Portfolio


def merged_numbers(portfolio: "Portfolio") -> pd.DataFrame:
    """List the customer numbers that another one has replaced.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.

    Returns
    -------
    pandas.DataFrame
        Columns ``old number``, ``now``, ``since`` (day), in the order of days; without
        rows where no merger is dated.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     earlier = portfolio.at("2024-06-30")
    ...     len(merged_numbers(portfolio)), len(merged_numbers(earlier))
    (2, 1)
    """
    heads = ["old number", "now", "since"]
    if not portfolio.has("account_history"):
        return pd.DataFrame(columns=heads)
    history = portfolio.table("account_history")
    mergers = history[
        (history["attribute"] == "merged_into") & history["value"].notna()
    ].sort_values(["valid_from", "account_id"])
    chosen = mergers[["account_id", "value", "valid_from"]]
    return chosen.set_axis(heads, axis=1).reset_index(drop=True)


def groups_of_several(portfolio: "Portfolio") -> pd.DataFrame:
    """List the groups that buy under more than one number.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``parent_id``, the largest number of accounts first: ``accounts``,
        and ``owners`` (different account managers), ``regions`` where the data have
        them (counts).

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     groups_of_several(portfolio).columns.tolist()
    ['accounts', 'owners', 'regions']
    """
    parents = portfolio.parent_of
    accounts = portfolio.accounts.groupby(parents)
    table = accounts.size().rename("accounts").to_frame()
    for head, column in [("owners", "kam_id"), ("regions", "region")]:
        if column in portfolio.accounts:
            table[head] = accounts[column].nunique()
    several = table[table["accounts"] > 1].rename_axis("parent_id")
    return several.sort_values("accounts", ascending=False, kind="stable")


def shared_names(portfolio: "Portfolio") -> pd.DataFrame:
    """List accounts that carry the same name under several numbers.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.

    Returns
    -------
    pandas.DataFrame
        Indexed by account_id: ``account_name``, ordered by name; without rows where no
        name is shared or names are missing. Capitals, spaces and full stops do not
        count.

    References
    ----------
    Christen, P. (2012). Data Matching. Springer.

    Examples
    --------
    >>> import kamlab
    >>> orders = pd.DataFrame({
    ...     "order_id": ["1", "2"], "account_id": ["A", "B"], "net_amount": [1.0, 2.0],
    ...     "order_date": pd.to_datetime(["2025-03-01", "2025-03-02"])})
    >>> master = pd.DataFrame({"account_id": ["A", "B"],
    ...                        "account_name": ["Adler GmbH", "ADLER  GmbH."]})
    >>> tables = {"orders": orders, "accounts": master}
    >>> shared_names(kamlab.portfolio_from_tables(tables, "EUR")).index.tolist()
    ['A', 'B']
    """
    accounts = portfolio.accounts
    if "account_name" not in accounts:
        return pd.DataFrame({"account_name": []}, index=accounts.index[:0])
    names = accounts["account_name"].dropna()
    bare = names.str.casefold().str.replace(r"[\s.,]+", "", regex=True)
    shared = names[bare.duplicated(keep=False)]
    return shared.loc[bare[shared.index].sort_values(kind="stable").index].to_frame()
