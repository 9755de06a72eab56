"""Where the data on customers come from: which source, which system.

Glossary
--------
internal database 内部数据库
    What our own systems record anyway: orders, contacts, costs.
market research 市场调研
    What somebody has to ask for: surveys, interviews, estimates of the wallet.
third party 第三方
    What others know: market figures, registers, social media.
"""

from typing import TYPE_CHECKING

import pandas as pd

from kamlab.data.contract import TABLES

if TYPE_CHECKING:
    from kamlab.portfolio import Portfolio

INTERNAL, RESEARCH, OTHERS = "internal database", "market research", "third party"

#: By table: kind of source, how the rows are collected, and what they may lack.
ORIGINS: dict[str, tuple[str, str, str]] = {
    "orders": (INTERNAL, "sales records (ERP)", "late postings"),
    "accounts": (
        INTERNAL,
        "customer master (ERP, CRM)",
        "two numbers for one customer",
    ),
    "account_history": (INTERNAL, "change log of the master", "begins with its system"),
    "account_aliases": (INTERNAL, "customer master (ERP)", "numbers changed unnoticed"),
    "products": (INTERNAL, "product master (ERP)", "categories changed later"),
    "sales_monthly": (INTERNAL, "month sheets, BI", "the days within the month"),
    "fx_rates": (OTHERS, "central bank", "the rate really paid"),
    "events": (INTERNAL, "what people remember", "what nobody wrote down"),
    "targets": (INTERNAL, "sales planning", "targets moved afterwards"),
    "interactions": (INTERNAL, "CRM", "contacts nobody entered"),
    "costs": (INTERNAL, "cost accounting", "pools cut otherwise than the work"),
    "activity_minutes": (
        RESEARCH,
        "interviews, time studies",
        "estimates by those asked",
    ),
    "account_costs": (INTERNAL, "cost accounting", "costs booked on no account"),
    "kam_team": (INTERNAL, "personnel, CRM", "people who left"),
    "contracts": (INTERNAL, "contract file, CRM", "terms agreed by word of mouth"),
    "opportunities": (INTERNAL, "CRM", "those lost before anybody entered them"),
    "open_orders": (INTERNAL, "order book (ERP)", "orders delivered in part"),
    "receivables": (INTERNAL, "ledger of receivables", "the days between two lists"),
    "collections": (INTERNAL, "bank, ledger", "which invoice was meant"),
    "surveys": (RESEARCH, "questionnaire, interviews", "those who do not answer"),
    "tickets": (INTERNAL, "service desk", "complaints by telephone"),
    "payments": (INTERNAL, "ledger of receivables", "payments matched to no invoice"),
    "usage": (INTERNAL, "web visits, product logs", "visitors without a name"),
    "market": (OTHERS, "market studies, registers", "other definitions of the market"),
    "social media": (OTHERS, "platforms", "who writes is not who buys"),
}


def provenance_table(portfolio: "Portfolio") -> pd.DataFrame:
    """Say for every table which source it comes from, and whether it is there.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``table``: ``source``, ``collected by``, ``tends to lack`` (words),
        ``there`` (flag). Tables that later chapters bring are listed as not there.

    References
    ----------
    Kimball, R. and Ross, M. (2013). The Data Warehouse Toolkit, 3rd ed. Wiley.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     provenance_table(portfolio).loc["orders", "source"]
    'internal database'
    """
    rows = [
        (name, *origin, name in TABLES and portfolio.has(name))
        for name, origin in ORIGINS.items()
    ]
    heads = ["table", "source", "collected by", "tends to lack", "there"]
    return pd.DataFrame(rows, columns=heads).set_index("table")


def sources_matrix(portfolio: "Portfolio") -> pd.DataFrame:
    """Count the tables of each source: those there, of those the book uses.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``source``: ``tables there``, ``tables in the book`` (counts).

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     int(sources_matrix(portfolio).loc["third party", "tables there"])
    0
    """
    there = provenance_table(portfolio).groupby("source", sort=False)["there"]
    counts = there.agg(["sum", "count"]).astype("int64")
    return counts.set_axis(["tables there", "tables in the book"], axis=1)
