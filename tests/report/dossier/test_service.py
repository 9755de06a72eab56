"""Deliveries, complaints and promises, counted by hand."""

import pandas as pd
import pytest

from kamlab.report.dossier.service import (
    complaints,
    deliveries,
    lines_on_time,
    on_time_in_full,
    promises,
    promises_kept,
)
from tests.report.dossier.books import contact, dossier, monthly, sales


def _delivered(order: str, promised: str, delivered: str | None) -> pd.DataFrame:
    return sales("A", ["2025-03-01"]).assign(
        order_id=order,
        promised_date=pd.Timestamp(promised),
        delivered_date=pd.Timestamp(delivered) if delivered else pd.NaT,
    )


@pytest.fixture(scope="module")
def served():
    """Of three orders one came in full, one lacks a line, one never came."""
    return dossier(
        _delivered("1", "2025-04-01", "2025-04-01"),
        _delivered("1", "2025-04-01", "2025-03-28"),
        _delivered("2", "2025-05-01", "2025-05-01"),
        _delivered("2", "2025-05-01", "2025-05-02"),
        _delivered("3", "2025-06-01", None),
        _delivered("4", "2026-02-01", None),  # its day has not come
    )


def test_an_order_is_in_full_only_if_every_line_was_on_time(served):
    assert on_time_in_full(served, served.year) == (pytest.approx(1 / 3), 3)


def test_what_never_came_is_late_and_what_is_not_due_does_not_count(served):
    assert lines_on_time(served, served.year) == (pytest.approx(3 / 5), 5)


def test_lines_are_told_beside_orders_only_where_they_differ(served):
    assert [fact.what for fact in deliveries(served)] == [
        "Orders on time in full",
        "Order lines on time",
    ]
    alike = dossier(_delivered("1", "2025-04-01", "2025-04-01"))
    assert [fact.now for fact in deliveries(alike)] == ["100.0 % of 1 order"]


def test_without_promises_of_a_day_nothing_is_said_of_deliveries():
    assert deliveries(dossier(sales("A", monthly()))) == []


@pytest.fixture(scope="module")
def promised():
    rows = [
        contact("2025-02-01", topic="complaint"),
        contact("2024-02-01", topic="complaint"),
        contact("2025-03-01", topic="need", promised_action="send an offer"),
        contact("2025-04-01", topic="price", promised_action="a visit"),
    ]
    table = pd.DataFrame(rows)
    table["promised_due"] = pd.to_datetime([None, None, "2025-03-10", "2025-04-20"])
    table["promised_done"] = pd.to_datetime([None, None, "2025-03-12", None])
    return dossier(sales("A", monthly()), interactions=table)


def test_complaints_are_counted_this_year_and_last(promised):
    (fact,) = complaints(promised)
    assert (fact.now, fact.before) == ("1", "1")


def test_a_promise_that_is_not_done_by_its_day_is_late(promised):
    found = promises(promised)
    assert (found.kept, found.open) == (1, 0)
    assert found.late["promised_action"].tolist() == ["a visit"]
    assert promises_kept(promised)[0].now == "1 kept, 1 late"


def test_without_contacts_nothing_is_said_of_promises():
    assert promises_kept(dossier(sales("A", monthly()))) == []
