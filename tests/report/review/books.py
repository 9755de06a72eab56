"""Small books whose page can be worked out by hand, and the whole page of one."""

from collections.abc import Iterable

import pandas as pd

import kamlab
from kamlab.portfolio import Portfolio
from kamlab.report.review import evidence, opening, tables
from kamlab.report.review.frame import foot, head
from kamlab.report.review.numbers import Review
from kamlab.report.tables import Presented

END = "2025-12-31"
TABLES = (
    tables.movers_table,
    tables.watch_table,
    tables.chances_table,
    tables.dependence_table,
    tables.kept_table,
    tables.decide_table,
    evidence.bridge_table,
    evidence.alerts_table,
    evidence.owed_table,
)


def monthly(
    account: str, amount: float, years: Iterable[int], months: Iterable[int], day: int
) -> list[tuple[str, str, float]]:
    """Return one order a month."""
    months = list(months)
    return [
        (account, f"{year}-{month:02d}-{day:02d}", amount)
        for year in years
        for month in months
    ]


def orders(rows: Iterable[tuple[str, str, float]], **columns: object) -> pd.DataFrame:
    """Return order lines of (account, day, amount)."""
    frame = pd.DataFrame(list(rows), columns=["account_id", "order_date", "net_amount"])
    days = pd.to_datetime(frame["order_date"])
    numbers = frame.index.astype("str")
    return frame.assign(order_date=days, order_id=numbers, **columns)


def book(rows: Iterable[tuple[str, str, float]], **tables_: object) -> Portfolio:
    """Return a book of these orders; `columns` are further ones of every line."""
    columns = tables_.pop("columns", {})
    given = {"orders": orders(rows, **columns), **tables_}
    return kamlab.portfolio_from_tables(given, "EUR", as_of=END, data_through=END)


#: Adler orders every month, Bader as well, and Adler once more at the end of 2025.
STEADY = [
    *monthly("Adler", 100, (2023, 2024, 2025), range(1, 13), 1),
    *monthly("Bader", 50, (2023, 2024, 2025), range(1, 13), 15),
    ("Adler", END, 100),
]


def texts(review: Review) -> list[str]:
    """Return every word of the page, slot after slot."""
    sentences = [
        opening.what_happened(review),
        opening.why(review),
        opening.what_to_decide(review),
    ]
    shown: list[Presented] = [table(review) for table in TABLES]
    return [head(review), *sentences, *map(str, shown), *foot(review)]
