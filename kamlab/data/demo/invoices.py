"""Invoices: what was delivered and credited, gathered twice a month, and when paid.

Deliveries from the first to the fifteenth, and from then to the month's end, make one
invoice for each account; it stands in no table of its own, but the lists of receivables
and the collections follow from it. What was billed before the data begin was settled in
the books before.
"""

import numpy as np
import pandas as pd

from kamlab.data.demo.payment_habits import draw_days_late, payment_terms
from kamlab.data.demo.story import (
    FIRST_DAY,
    N_DAYS,
    as_days,
    weekday_after,
    year_of,
)

#: On which days of the month invoices are made.
INVOICE_DAYS = ("15", "last")
#: What the customer is billed for on delivery; cancelled lines are never delivered.
_BILLED = ("sale", "service")
_CREDITED = ("return", "price_credit", "rebate")
#: Days after which a credit is paid back when nothing else is due.
_PAID_BACK = 30


def invoice_run(day: np.ndarray) -> np.ndarray:
    """Return the day of the invoice for what was delivered on each day.

    Examples
    --------
    >>> invoice_run(np.array([0, 14, 15, 31])).tolist()  # 15 and 31 January, 15 Feb.
    [14, 14, 30, 45]
    """
    dates = np.datetime64(FIRST_DAY) + as_days(day)
    month = dates.astype("datetime64[M]")
    middle = month.astype("datetime64[D]") + 14
    end = (month + 1).astype("datetime64[D]") - 1
    run = np.where(dates <= middle, middle, end)
    return (run - np.datetime64(FIRST_DAY)).astype(np.int64)


def draw_invoices(lines: pd.DataFrame, roster: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Return every invoice and credit note with the days it was due and paid.

    Parameters
    ----------
    lines : pandas.DataFrame
        All lines of the extract, money in cents, days as numbers.
    roster : pandas.DataFrame
        The registered accounts.
    seed : int
        The portfolio's seed.

    Returns
    -------
    pandas.DataFrame
        ``invoice_id``, ``account`` (row of `roster`), ``cents``, ``invoice_day``,
        ``due_day`` and ``paid_day`` (NaN while open at the end of the data).

    Examples
    --------
    >>> from kamlab.data.demo.talbruck import assemble_lines, assemble_roster
    >>> from kamlab.data.demo.assortment import build_products
    >>> roster, mix = assemble_roster(1, 30)
    >>> lines = assemble_lines(roster, mix, build_products(1), seed=1)
    >>> bool((draw_invoices(lines, roster, 1)["due_day"] > 0).all())
    True
    """
    billed = _billed(lines)
    keys = ["invoice_day", "account"]
    sums = billed.groupby(keys)["net_cents"].sum().rename("cents").reset_index()
    invoices = sums[sums["cents"] != 0].reset_index(drop=True)
    terms = payment_terms(roster)[invoices["account"]]
    late = draw_days_late(invoices, roster, seed)
    due = invoices["invoice_day"].to_numpy() + terms
    invoices = invoices.assign(
        invoice_id=_numbers(invoices["invoice_day"].to_numpy()),
        due_day=due,
        paid_day=weekday_after(due + late).astype(float),
    )
    invoices = _offset_credits(invoices)
    still_open = invoices["paid_day"] >= N_DAYS
    return invoices.assign(paid_day=invoices["paid_day"].mask(still_open))


def _billed(lines: pd.DataFrame) -> pd.DataFrame:
    """Return the lines that are on an invoice, with its day."""
    goods = lines["line_type"].isin(_BILLED) & lines["delivered_day"].notna()
    billed = lines[goods | lines["line_type"].isin(_CREDITED)]
    happened = billed["delivered_day"].fillna(billed["day"])
    # Nothing is billed before it is booked.
    known = np.fmax(happened.to_numpy(), billed["posted_day"].to_numpy(dtype=float))
    return billed.assign(invoice_day=invoice_run(known))


def _numbers(day: np.ndarray) -> list[str]:
    """Number invoices within each year, in the order in which they stand."""
    year = pd.Series(year_of(day))
    number = year.groupby(year).cumcount() + 1
    return [f"F{y % 100}{n:06d}" for y, n in zip(year, number, strict=True)]


def _offset_credits(invoices: pd.DataFrame) -> pd.DataFrame:
    """Settle credit notes with the account's next payment, or pay them back."""
    credit = invoices["cents"] < 0
    payments = invoices.loc[~credit, ["account", "paid_day"]]
    payments = payments.assign(next_day=payments["paid_day"])
    notes = invoices.loc[credit, ["account", "invoice_day"]]
    notes = notes.astype({"invoice_day": float}).reset_index(names="row")
    met = pd.merge_asof(
        notes.sort_values("invoice_day"),
        payments.sort_values("paid_day"),
        left_on="invoice_day",
        right_on="paid_day",
        by="account",
        direction="forward",
    )
    settled = met["next_day"].fillna(weekday_after(met["invoice_day"] + _PAID_BACK))
    paid = invoices["paid_day"].copy()
    paid[met["row"]] = settled.to_numpy()
    return invoices.assign(
        paid_day=paid, due_day=invoices["due_day"].mask(credit, invoices["invoice_day"])
    )
