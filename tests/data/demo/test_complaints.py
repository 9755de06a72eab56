"""Complaints follow late deliveries."""

import numpy as np
import pandas as pd
import pytest

from kamlab.data.demo.complaints import complaint_chance, draw_complaints


def complaints(book):
    told = book.contacts["topic"] == "complaint"
    return book.contacts[told & (book.contacts["direction"] == "in")]


def test_the_shortage_is_still_heard_when_the_crm_begins(book):
    days = complaints(book)["date"]
    first_weeks = (days < "2023-02-27").sum() / 7
    later = (days >= "2023-04-01").sum() / 143
    assert first_weeks > 1.4 * later


def test_complaints_follow_late_orders(book):
    late = book.sales["delivered_date"] > book.sales["promised_date"]
    due = book.sales.loc[late, ["account_id", "promised_date"]].sort_values(
        "promised_date"
    )
    rows = complaints(book)
    rows = rows[rows["account_id"] != book.number_of("hallenbeck")]
    near = pd.merge_asof(
        rows.sort_values("date"),
        due,
        left_on="date",
        right_on="promised_date",
        by="account_id",
    )
    assert (near["date"] - near["promised_date"]).dt.days.le(9).mean() > 0.95


def lines(late, count=5000):
    return pd.DataFrame(
        {
            "order_id": [f"{number:05d}" for number in range(count)],
            "account": 0,
            "line_type": "sale",
            "promised_day": 800.0,
            "delivered_day": 800.0 + late,
        }
    )


def test_a_planted_share_of_late_orders_is_complained_about():
    for late in (2, 5, 20):
        found = len(draw_complaints(lines(late), seed=1)) / 5000
        planted = complaint_chance(np.array([late])).item()
        error = np.sqrt(planted * (1 - planted) / 5000)
        assert found == pytest.approx(planted, abs=3 * error)


def test_nobody_complains_about_orders_on_time():
    assert draw_complaints(lines(late=0), seed=1).empty


def test_complaints_before_the_crm_are_lost():
    early = lines(late=5).assign(promised_day=100.0, delivered_day=120.0)
    assert draw_complaints(early, seed=1).empty
