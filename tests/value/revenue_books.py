"""Small books for the numbers of the review: two years of lines, given by hand."""

from functools import cache

import pandas as pd

import kamlab
from kamlab.data.demo import generate
from kamlab.fiscal import FiscalCalendar, Period

NOW, THEN = (FiscalCalendar().period(label) for label in ("2025", "2024"))


def line(
    account: str,
    year: int,
    amount: float,
    product: str | None = "P",
    units: float | None = 1.0,
    kind: str | None = "sale",
    day: str = "06-30",
    **further: object,
) -> dict:
    """Return one order line."""
    return {
        "account_id": account,
        "order_date": pd.Timestamp(f"{year}-{day}"),
        "product_id": product,
        "quantity": units,
        "net_amount": float(amount),
        "line_type": kind,
        **further,
    }


def company(*lines: dict, **tables: pd.DataFrame) -> kamlab.Portfolio:
    """Return a book of two years whose first and last day have an order of 10."""
    ends = [line("Ends", 2024, 10, day="01-01"), line("Ends", 2025, 10, day="12-31")]
    frame = pd.DataFrame([*lines, *ends])
    frame = frame.assign(order_id=frame.index.astype(str))
    tables = {"orders": frame, **tables}
    return kamlab.portfolio_from_tables(tables, "EUR", as_of="2025-12-31")


def quarters_of(portfolio: kamlab.Portfolio) -> list[tuple[Period, Period]]:
    """Return the eight quarters to the end of 2025, each with the one a year before."""
    labels = [(year, q) for year in (2024, 2025) for q in (1, 2, 3, 4)]
    return [
        (portfolio.period(f"{year}Q{q}"), portfolio.period(f"{year - 1}Q{q}"))
        for year, q in labels
    ]


#: Three books of the story with other numbers, none of them the demo's own.
SEEDS = (101, 202, 303)


@cache
def talbruck(seed: int) -> tuple[kamlab.Portfolio, dict]:
    """Return a generated Talbruck and the truth behind it."""
    company = generate("talbruck", seed=seed)
    book = kamlab.portfolio_from_tables(
        company.tables, "EUR", as_of="2025-12-31", data_through="2025-12-31"
    )
    return book, company.truth


def group_of(book: kamlab.Portfolio, truth: dict, character: str) -> str:
    """Return the group that a character belongs to."""
    return book.parent_of[truth["characters"][character]["account_id"]]
