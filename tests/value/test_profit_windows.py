"""Many windows at once say to the cent what each says by itself."""

from datetime import date, timedelta

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kamlab
from kamlab.errors import MissingDataError, UsageError
from kamlab.value.profit_windows import ProfitWindow, _passes, profits_in
from kamlab.value.profitability import account_profit

FIRST, LAST = date(2022, 1, 1), date(2025, 12, 31)
HALF_A_CENT = 0.005
MONEY = ["revenue", "margin", "direct_costs", "cost_to_serve", "contribution"]
ACCOUNTS = ["A10063", "A10284", "A10406", "A10629", "A10970"]


@st.composite
def windows(draw) -> ProfitWindow:
    start = draw(st.dates(FIRST, LAST - timedelta(days=1)))
    end = draw(st.dates(start, LAST))
    booked_by = draw(st.none() | st.dates(end, LAST))
    keys = draw(st.none() | st.frozensets(st.sampled_from(ACCOUNTS), min_size=1))
    return ProfitWindow(start, end, booked_by, keys, draw(st.booleans()))


def alone(portfolio, window: ProfitWindow, by: str):
    days = window.start, window.end
    return account_profit(portfolio, *days, by, window.booked_by, window.with_time)


@settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    asked=st.lists(windows(), min_size=1, max_size=4),
    by=st.sampled_from(["account", "parent"]),
)
def test_any_windows_together_say_what_each_says_alone(demo, asked, by) -> None:
    for window, found in zip(asked, profits_in(demo, asked, by), strict=True):
        single = alone(demo, window, by)
        table = single.table
        if window.keys is not None:
            table = table[table.index.isin(window.keys)]
        assert found.basis == single.basis
        assert found.contacts_from == single.contacts_from
        known = found.table.reindex(table.index)[MONEY]
        assert known.isna().equals(table[MONEY].isna())
        gap = (known - table[MONEY]).abs().max().max()
        assert table.empty or gap < HALF_A_CENT
        assert window.keys is not None or len(found.table) == len(table)


def test_quarters_side_by_side_are_those_of_account_profit(demo) -> None:
    quarters = [demo.period(f"2024Q{n}") for n in (1, 2, 3, 4)]
    asked = [ProfitWindow(each.start, each.end, each.end) for each in quarters]
    assert len(_passes(asked)) == 1
    for window, found in zip(asked, profits_in(demo, asked, "parent"), strict=True):
        single = alone(demo, window, "parent")
        pd.testing.assert_frame_equal(found.table, single.table)
        pd.testing.assert_frame_equal(found.pools, single.pools)
        pd.testing.assert_frame_equal(found.direct, single.direct)


def test_a_document_counts_once_in_each_window_that_has_a_line_of_it() -> None:
    days = pd.to_datetime(["2025-01-31", "2025-02-01", "2025-02-01"])
    orders = pd.DataFrame(
        {
            "order_id": ["1", "1", "2"],
            "account_id": ["A", "A", "A|1"],
            "order_date": days,
            "net_amount": [90.0, 60.0, 30.0],
            "cogs": [50.0, 30.0, 10.0],
        }
    )
    standards = pd.DataFrame(
        {"activity": ["order"], "pool": ["desk"], "minutes": [8.0]}
    ).assign(valid_from=pd.Timestamp("2025-01-01"))
    costs = pd.DataFrame(
        {"pool": ["desk"], "cost": [100.0], "capacity_minutes": [100.0]}
    ).assign(period_start=pd.Timestamp("2025-01-01"), period_end=days[1])
    tables = {"orders": orders, "activity_minutes": standards, "costs": costs}
    book = kamlab.portfolio_from_tables(tables, "EUR")
    months = [
        ProfitWindow(date(2025, 1, 1), date(2025, 1, 31)),
        ProfitWindow(date(2025, 2, 1), date(2025, 2, 1)),
        ProfitWindow(date(2025, 1, 1), date(2025, 2, 1)),
    ]
    january, february, both = profits_in(book, months)
    assert january.contribution.to_dict() == {"A": 32.0}
    assert february.contribution.to_dict() == {"A": 22.0, "A|1": 12.0}
    assert both.contribution.to_dict() == {"A": 62.0, "A|1": 12.0}


def test_a_window_without_a_line_has_no_accounts(demo) -> None:
    nobody = ProfitWindow(date(2025, 1, 1), date(2025, 3, 31), keys=frozenset({"X"}))
    assert profits_in(demo, [nobody])[0].table.empty
    assert profits_in(demo, []) == []


def test_windows_that_share_lines_are_worked_out_one_after_the_other() -> None:
    def window(first: int, last: int, *keys: str) -> ProfitWindow:
        days = date(2025, 1, first), date(2025, 1, last)
        return ProfitWindow(*days, keys=frozenset(keys) if keys else None)

    early, late, whole = window(1, 9), window(10, 20), window(1, 20)
    assert _passes([early, whole, late]) == [[early, late], [whole]]
    ours, theirs = window(1, 20, "A"), window(5, 25, "B")
    assert _passes([ours, theirs, ours]) == [[ours, theirs]]
    assert _passes([ours, early]) == [[ours], [early]]


def test_what_cannot_be_answered_is_refused(demo) -> None:
    with pytest.raises(UsageError, match="2026-01-31"):
        profits_in(demo, [ProfitWindow(date(2025, 1, 1), date(2026, 1, 31))])
    with pytest.raises(UsageError, match="by = 'region'"):
        profits_in(demo, [ProfitWindow(FIRST, LAST)], by="region")
    orders = pd.DataFrame(
        {
            "order_id": ["1"],
            "account_id": ["A"],
            "order_date": pd.to_datetime(["2025-01-31"]),
            "net_amount": [9.0],
        }
    )
    with pytest.raises(MissingDataError, match="Profit by account"):
        profits_in(kamlab.portfolio_from_tables({"orders": orders}, "EUR"), [])
