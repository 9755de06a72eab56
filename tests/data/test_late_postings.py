"""Closed quarters move by what was booked after they were reported."""

import pandas as pd
import pytest

import kamlab
from kamlab.data.late_postings import late_share, restated_quarters
from kamlab.errors import MissingDataError
from kamlab.fiscal import FiscalCalendar


def company(rows, calendar=None, **columns):
    heads = ["order_date", "posted_on", "net_amount"]
    orders = pd.DataFrame(rows, columns=heads)
    for day in heads[:2]:
        orders[day] = pd.to_datetime(orders[day])
    orders = orders.assign(
        order_id=[str(i) for i in range(len(rows))], account_id="A", **columns
    )
    return kamlab.portfolio_from_tables({"orders": orders}, "EUR", calendar=calendar)


YEAR = [
    ("2025-01-02", None, 100.0),
    ("2025-03-30", "2025-04-03", 10.0),
    ("2025-05-02", "2025-05-02", 200.0),
    ("2025-06-30", "2025-07-01", -50.0),
    ("2025-12-31", None, 300.0),
]


def test_by_heart():
    table = restated_quarters(company(YEAR))
    assert table.index.tolist() == ["2025Q1", "2025Q2", "2025Q3", "2025Q4"]
    assert table["as reported"].tolist() == [100.0, 200.0, 0.0, 300.0]
    assert table["as known now"].tolist() == [110.0, 150.0, 0.0, 300.0]
    assert table["change"].tolist() == [10.0, -50.0, 0.0, 0.0]
    assert table["change_share"].iloc[:2].tolist() == [0.1, -0.25]


def test_an_open_quarter_is_not_closed():
    table = restated_quarters(company(YEAR).at("2025-05-15"))
    assert table.index.tolist() == ["2025Q1"]


def test_a_view_before_the_posting_has_not_moved():
    table = restated_quarters(company(YEAR).at("2025-06-30"))
    assert table.loc["2025Q1", "change"] == 10.0
    assert table.loc["2025Q2", "change"] == 0.0


def test_quarters_follow_the_fiscal_calendar():
    october = FiscalCalendar(first_month=10, named_by="end")
    table = restated_quarters(company(YEAR, calendar=october))
    assert table.index.tolist() == ["2025Q2", "2025Q3", "2025Q4", "2026Q1"]


def test_own_companies_are_left_out():
    lines = company(YEAR, line_type=["sale"] * 4 + ["intercompany"])
    assert restated_quarters(lines).loc["2025Q4", "as known now"] == 0.0


def test_a_line_counts_as_late_when_it_was_booked_after_its_day():
    share, lines = late_share(company(YEAR))
    assert (share, lines) == (0.4, 5)


def test_without_days_of_booking_nothing_is_known_to_be_late():
    orders = pd.DataFrame(
        {
            "order_id": ["1"],
            "account_id": ["A"],
            "order_date": pd.to_datetime(["2025-01-02"]),
            "net_amount": [5.0],
        }
    )
    with pytest.raises(MissingDataError, match="booked late"):
        late_share(kamlab.portfolio_from_tables({"orders": orders}, "EUR"))


def test_talbruck_s_closed_quarters_move_and_the_last_has_not_yet(demo):
    table = restated_quarters(demo, 8)
    assert (table["change"].iloc[:-1].abs() > 0).all()
    assert table["change"].iloc[-1] == 0.0
    assert table["change_share"].abs().max() < 0.05


@pytest.mark.parametrize("quarters", [1, 3, 40])
def test_no_more_quarters_than_asked_for_or_there(demo, quarters):
    assert len(restated_quarters(demo, quarters)) == min(quarters, 16)
