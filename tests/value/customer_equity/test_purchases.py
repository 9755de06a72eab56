"""What the order book tells of an account is its own, and nothing of the others'."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.data.folder import Description
from kamlab.data.store import store_from_frames
from kamlab.errors import MissingDataError, UsageError
from kamlab.value.customer_equity import purchase_history
from kamlab.value.customer_equity.order_values import order_values

COST, LAST = 0.6, date(2025, 12, 31)
OF_ORDERS = ("own_orders", "order_value", "order_variation")


def line(account: str, day: str, amount: float, kind: str = "sale") -> dict:
    return {
        "account_id": account,
        "order_date": pd.Timestamp(day),
        "net_amount": amount,
        "cogs": COST * amount if kind != "price_credit" else 0.0,
        "line_type": kind,
    }


BOOK = (
    line("A", "2023-01-02", 100),
    line("A", "2025-02-10", 300),
    line("A", "2025-02-10", 100),
    line("A", "2025-08-04", 200),
    line("A", "2025-09-01", -90, "return"),
    line("B", "2023-03-01", 50),
    line("B", "2023-12-01", 70),
    line("B", "2024-01-15", -20, "price_credit"),
    line("C", "2025-12-31", 1000),
)


def company(*lines: dict, **tables: pd.DataFrame) -> kamlab.Portfolio:
    frame = pd.DataFrame([*BOOK, *lines])
    frame = frame.assign(order_id=frame.index.astype(str))
    return kamlab.portfolio_from_tables(
        {"orders": frame, **tables}, "EUR", as_of="2025-12-31"
    )


def accounts(*lines: dict, **arguments: object) -> pd.DataFrame:
    return purchase_history(company(*lines), **arguments).accounts


def test_orders_of_a_day_are_one_and_the_first_starts_the_clock():
    row = accounts().loc["A"]
    assert row["frequency"] == 2
    assert row["recency"] == pytest.approx(945 / 7)
    assert row["T"] == pytest.approx(1094 / 7)
    assert str(row["last_order"].date()) == "2025-08-04"


def test_an_order_is_worth_what_is_left_of_it_after_returns():
    row = accounts().loc["A"]
    assert (row["orders"], row["own_orders"]) == (2, 2)
    assert row["order_value"] == (400 + 200 - 90) / 2
    assert row["order_variation"] == pytest.approx(np.std([400, 200], ddof=1) / 300)


def test_a_day_of_a_sale_and_its_return_tells_nothing_of_how_orders_vary():
    swaps = [
        line("S", day, amount, kind)
        for day in ("2025-03-01", "2025-05-01")
        for amount, kind in ((1000, "sale"), (-1010, "return"))
    ]
    row = accounts(*swaps, line("S", "2025-06-02", 300)).loc["S"]
    assert (row["own_orders"], row["order_value"]) == (3, (300 - 20) / 3)
    assert np.isnan(row["order_variation"])


def test_one_account_of_swaps_leaves_the_others_order_values_as_they_are():
    healthy = [
        line(f"H{i:02d}", f"2025-{month:02d}-1{i % 9}", 200 + 11 * i + 40 * month)
        for i in range(12)
        for month in range(2, 10)
    ]
    wild = [
        line("W", day, amount, kind)
        for day in ("2025-03-01", "2025-05-01")
        for amount, kind in ((1000, "sale"), (-999.99, "return"))
    ]
    without, with_swaps = (
        order_values(*(book[name] for name in OF_ORDERS))
        for book in (accounts(*healthy), accounts(*healthy, *wild))
    )
    before, after = (each.model.model.parameters_ for each in (without, with_swaps))
    assert after["p"] == pytest.approx(before["p"], rel=0.05)
    names = without.expected.index
    assert with_swaps.expected[names].to_numpy() == pytest.approx(
        without.expected.to_numpy(), rel=0.05
    )


def test_a_silent_account_keeps_the_order_value_of_its_own_year():
    row = accounts().loc["B"]
    assert (row["orders"], row["own_orders"]) == (0, 2)
    assert row["order_value"] == (50 + 70 - 20) / 2


def test_one_order_has_no_variation():
    row = accounts().loc["C"]
    assert (row["frequency"], row["own_orders"], row["order_value"]) == (0, 1, 1000)
    assert np.isnan(row["order_variation"])


def test_the_margin_is_the_accounts_own_where_it_had_revenue_of_late():
    table = accounts()
    assert table.loc["A", "contribution_margin"] == pytest.approx(1 - COST)
    assert table["margin_from"].to_dict() == {
        "A": "own",
        "B": "all accounts",
        "C": "own",
    }
    both = (510 + 1000 - 20) * (1 - COST) - 20 * COST
    of_all = both / (510 + 1000 - 20)
    assert table.loc["B", "contribution_margin"] == pytest.approx(of_all)


def test_contribution_is_that_of_the_last_twelve_months():
    portfolio = company()
    history = purchase_history(portfolio)
    assert history.basis == "gross margin"
    contribution = history.accounts["contribution"]
    assert contribution.to_dict() == pytest.approx({"A": 204, "B": 0, "C": 400})


def test_without_costs_of_goods_revenue_stands_in():
    frame = pd.DataFrame(BOOK).drop(columns="cogs")
    frame["order_id"] = frame.index.astype(str)
    book = kamlab.portfolio_from_tables({"orders": frame}, "EUR", as_of="2025-12-31")
    history = purchase_history(book)
    assert history.basis == "revenue"
    assert (history.accounts["contribution_margin"] == 1).all()
    assert (history.accounts["margin_spread"] == 0).all()
    assert history.accounts["contribution"].to_dict() == {"A": 510, "B": 0, "C": 1000}


def test_an_unknown_cost_of_goods_leaves_contribution_and_margin_unknown():
    unknown = line("C", "2025-12-30", 10) | {"cogs": np.nan}
    row = accounts(unknown).loc["C"]
    assert np.isnan(row["contribution"])
    assert np.isnan(row["contribution_margin"])
    assert row["frequency"] == 1


def test_another_account_changes_nothing_in_the_others_rows():
    own = [
        name
        for name in accounts().columns
        if name not in ("contribution_margin", "margin_from")
    ]
    before = accounts()[own]
    after = accounts(line("D", "2025-05-05", 9), line("D", "2025-07-05", 8))
    pd.testing.assert_frame_equal(after.loc[before.index, own], before)
    kept = ["A", "C"]
    assert (
        accounts()
        .loc[kept, "contribution_margin"]
        .equals(after.loc[kept, "contribution_margin"])
    )


def test_what_comes_later_is_not_seen():
    later = line("A", "2026-01-05", 999)
    pd.testing.assert_frame_equal(accounts(later), accounts())


def test_a_group_orders_as_one():
    history = pd.DataFrame(
        {
            "account_id": ["A", "B"],
            "attribute": "parent_id",
            "value": "Group",
            "valid_from": pd.to_datetime(["2022-01-01"] * 2),
            "valid_to": pd.NaT,
        }
    )
    book = company(account_history=history)
    table = purchase_history(book, by="parent").accounts
    assert table.index.tolist() == ["C", "Group"]
    assert table.loc["Group", "frequency"] == 4


@pytest.mark.parametrize(("unit", "days"), [("D", 1), ("W", 7)])
def test_time_is_told_in_the_unit(unit, days):
    assert accounts(unit=unit).loc["A", "T"] == pytest.approx(1094 / days)


def test_wrong_words_are_refused():
    with pytest.raises(UsageError, match="unit"):
        accounts(unit="Y")
    with pytest.raises(UsageError, match="by = "):
        accounts(by="region")


def test_nobody_has_bought_yet():
    frame = pd.DataFrame([line("A", "2025-03-01", -5, "return")])
    book = kamlab.portfolio_from_tables(
        {"orders": frame.assign(order_id="1")}, "EUR", as_of="2025-03-01"
    )
    with pytest.raises(MissingDataError, match="nobody has bought by 2025-03-01"):
        purchase_history(book)


def test_sums_of_months_have_no_order_days():
    frame = pd.DataFrame(BOOK).assign(order_id=[str(i) for i in range(len(BOOK))])
    told = Description("Probe", "EUR", LAST, grain="month")
    book = kamlab.Portfolio(store_from_frames({"orders": frame}, told), LAST)
    with pytest.raises(MissingDataError, match="Lifetime value"):
        purchase_history(book)


def test_the_margins_of_the_demo_move_less_for_large_accounts(demo):
    table = purchase_history(demo).accounts
    spread = table["margin_spread"].groupby(table["contribution"] > 100_000).median()
    assert 0 < spread[True] < spread[False]
