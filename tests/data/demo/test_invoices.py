"""Invoices gather what was delivered, twice a month, and all of it."""

import numpy as np
import pandas as pd
import pytest

from kamlab.data.demo.invoices import draw_invoices, invoice_run
from kamlab.data.demo.story import N_DAYS, dates_of

ROSTER = pd.DataFrame(
    {"character": [""] * 2, "region": "DACH", "is_key": False, "account_id": ["A", "B"]}
)


def lines_of(*rows: tuple) -> pd.DataFrame:
    """Return lines: account, type, day, delivered, posted, cents."""
    names = ["account", "line_type", "day", "delivered_day", "posted_day", "net_cents"]
    late = {"posted_day": float, "delivered_day": float}
    return pd.DataFrame(rows, columns=names).astype(late)


@pytest.mark.parametrize(
    ("day", "run"),
    [
        ("2022-01-01", "2022-01-15"),
        ("2022-01-15", "2022-01-15"),
        ("2022-01-16", "2022-01-31"),
        ("2022-01-31", "2022-01-31"),
        ("2024-02-20", "2024-02-29"),
    ],
)
def test_deliveries_of_half_a_month_go_on_one_invoice(day, run):
    number = (np.datetime64(day) - np.datetime64("2022-01-01")).astype(int)
    assert str(dates_of(invoice_run(np.array([number])))[0]) == run


def test_an_invoice_adds_up_what_an_account_got_in_half_a_month():
    lines = lines_of(
        (0, "sale", 1, 3, None, 500),
        (0, "service", 2, 14, None, 250),
        (0, "sale", 2, 15, None, 90),
        (1, "sale", 2, 4, None, 40),
    )
    invoices = draw_invoices(lines, ROSTER, seed=1)
    assert invoices["cents"].tolist() == [750, 40, 90]
    assert invoices["invoice_id"].tolist() == ["F22000001", "F22000002", "F22000003"]


def test_nothing_is_billed_before_it_is_delivered_and_booked():
    lines = lines_of(
        (0, "sale", 1, None, None, 500),
        (0, "sale", 1, 3, 20, 300),
        (0, "cancellation", 9, None, None, -500),
    )
    invoices = draw_invoices(lines, ROSTER, seed=1)
    assert invoices["cents"].tolist() == [300]
    assert invoices["invoice_day"].tolist() == [30]


def test_a_credit_note_is_settled_with_the_next_payment():
    lines = lines_of(
        (0, "sale", 1, 3, None, 500),
        (0, "return", 20, None, None, -100),
    )
    invoices = draw_invoices(lines, ROSTER, seed=1)
    assert invoices.loc[0, "paid_day"] == invoices.loc[1, "paid_day"]
    assert invoices.loc[1, "due_day"] == invoices.loc[1, "invoice_day"]


def test_a_credit_note_without_a_payment_to_come_is_paid_back():
    lines = lines_of((0, "rebate", 20, None, None, -100))
    invoice = draw_invoices(lines, ROSTER, seed=1).loc[0]
    assert 30 <= invoice["paid_day"] - invoice["invoice_day"] <= 32


def test_what_is_paid_after_the_data_end_is_open():
    late = N_DAYS - 5
    invoices = draw_invoices(lines_of((0, "sale", 9, late, None, 7)), ROSTER, seed=1)
    assert invoices["paid_day"].isna().all()


def test_banks_do_not_pay_at_weekends(book):
    assert book.collections["date"].dt.day_of_week.max() <= 4
