"""A portfolio at a glance: what a notebook shows when its last line is a portfolio."""

from html import escape
from typing import TYPE_CHECKING

import narwhals as nw

from kamlab.data.contract import TABLES, table
from kamlab.data.store import collect

if TYPE_CHECKING:
    from kamlab.portfolio import Portfolio


def portfolio_html(portfolio: "Portfolio") -> str:
    """Return a small table that says whose data these are and what they hold.

    Every text that comes from data is escaped.
    """
    lines = collect(portfolio.orders.select(nw.len().alias("lines")))["lines"].iloc[0]
    rows = [
        ("Company", portfolio.name),
        ("Seen at the end of", f"{portfolio.as_of:%d %B %Y}"),
        ("Data", f"{portfolio.first_day} to {portfolio.data_through}"),
        ("Currency", portfolio.currency),
        ("Accounts", f"{len(portfolio.accounts):,}"),
        ("Order lines", f"{lines:,}"),
        *_tables_and_columns(portfolio),
    ]
    body = "".join(
        f"<tr><th style='text-align:left'>{escape(head)}</th>"
        f"<td style='text-align:left'>{escape(text)}</td></tr>"
        for head, text in rows
    )
    return f"<table>{body}</table>"


def _tables_and_columns(portfolio: "Portfolio") -> list[tuple[str, str]]:
    """Return which tables are there, and which optional columns orders lack."""
    there = [name for name in TABLES if portfolio.has(name)]
    lacking = [
        column.name
        for column in table("orders")
        if not portfolio.has(f"orders.{column.name}")
    ]
    told = [("Tables", ", ".join(there))]
    if lacking:
        told.append(("Orders lack", ", ".join(lacking)))
    return told
