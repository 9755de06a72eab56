"""What order lines tell of how customers order."""

from datetime import date

import pandas as pd
import pytest

import kamlab
from kamlab.errors import UsageError
from kamlab.orientation.order_features import order_features, orders_of
from tests.orientation.conftest import lines


def portfolio(orders: pd.DataFrame) -> kamlab.Portfolio:
    return kamlab.portfolio_from_tables({"orders": orders}, "EUR")


def test_lines_of_one_order_are_one_order():
    orders = lines([("A", "2025-01-01", 30.0), ("A", "2025-01-01", 20.0)])
    orders["order_id"] = "7"
    found = orders_of(portfolio(orders.assign(line_id=["1", "2"])))
    assert found.loc["7", ["value", "lines"]].tolist() == [50.0, 2]
    assert "promised" not in found


def test_returns_and_rebates_are_no_orders():
    orders = lines(
        [
            ("A", "2025-01-01", 30.0),
            ("A", "2025-01-02", -9.0),
            ("A", "2025-01-03", 5.0),
        ],
        line_type=["sale", "return", "freight"],
    )
    assert orders_of(portfolio(orders))["value"].tolist() == [30.0]


def test_the_time_promised_is_that_of_the_last_line():
    orders = lines([("A", "2025-01-01", 30.0), ("A", "2025-01-01", 20.0)])
    days = pd.to_datetime(["2025-01-11", "2025-01-31"])
    orders = orders.assign(order_id="7", line_id=["1", "2"], promised_date=days)
    assert orders_of(portfolio(orders)).loc["7", "promised"] == 30.0


def test_a_window_leaves_earlier_orders_out():
    orders = lines([("A", "2024-12-31", 30.0), ("A", "2025-01-01", 20.0)])
    found = orders_of(portfolio(orders), date(2025, 1, 1))
    assert found["value"].tolist() == [20.0]


def test_talbruck_s_values_tie_to_its_purchases(demo):
    found = orders_of(demo)
    sold = demo.orders.collect("pandas").to_native()
    sold = sold[sold["line_type"].isin(["sale", "service"]) & (sold["net_amount"] > 0)]
    assert found["value"].sum() == pytest.approx(sold["net_amount"].sum())
    assert len(found) == sold["order_id"].nunique()


def test_a_few_large_orders_hold_much_of_the_money():
    orders = pd.DataFrame({"value": [10.0] * 18 + [410.0] * 2})
    told = order_features(orders, "EUR")
    assert told["share of the largest tenth"] == "82.0 %"
    assert told["value, median"] == "EUR 10"
    assert "time promised, median" not in told


def test_no_order_is_refused():
    with pytest.raises(UsageError, match="orders has no row"):
        order_features(pd.DataFrame({"value": []}))
