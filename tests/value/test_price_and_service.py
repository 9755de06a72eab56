"""Net price against cost to serve: four kinds of account, nobody lost on the way."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import DataError, MissingDataError, UsageError
from kamlab.value.price_and_service import (
    QUADRANTS,
    price_and_service,
    price_realisation,
    service_rate,
)


def book(**columns: list[float]) -> pd.DataFrame:
    """Return four accounts, one of each kind, or with other columns."""
    given_columns = {
        "list_revenue": [100.0, 100.0, 100.0, 100.0],
        "revenue": [90.0, 92.0, 70.0, 60.0],
        "cost_to_serve": [-20.0, -5.0, -3.0, -25.0],
        "contribution": [10.0, 30.0, 8.0, -15.0],
    } | columns
    return pd.DataFrame(given_columns, index=["A", "B", "C", "D"])


def test_the_four_kinds_of_account_are_told_apart() -> None:
    assert price_and_service(book()).accounts["quadrant"].to_dict() == {
        "A": "carriage trade",
        "B": "passive",
        "C": "economy",
        "D": "aggressive",
    }


def test_price_realisation_is_net_over_list_before_returns() -> None:
    profit = book(returns=[-10.0, 0.0, 0.0, 0.0], revenue=[80.0, 92.0, 70.0, 60.0])
    assert price_realisation(profit).tolist() == [0.90, 0.92, 0.70, 0.60]


def test_service_rate_takes_direct_costs_where_they_are_known() -> None:
    assert service_rate(book())["B"] == pytest.approx(5 / 92)
    with_freight = book(direct_costs=[0.0, -4.2, 0.0, 0.0])
    assert service_rate(with_freight)["B"] == pytest.approx(9.2 / 92)


def test_cuts_are_medians_unless_given() -> None:
    found = price_and_service(book())
    assert found.price_cut == pytest.approx((0.90 + 0.70) / 2)
    strict = price_and_service(book(), price_cut=0.91, service_cut=0.5)
    assert strict.accounts["quadrant"].tolist() == [
        "economy",
        "passive",
        "economy",
        "economy",
    ]


def test_an_account_on_the_cut_counts_as_high() -> None:
    found = price_and_service(book(), price_cut=0.70, service_cut=3 / 70)
    assert found.accounts.loc["C", "quadrant"] == "carriage trade"


def test_quadrants_add_up_to_the_book() -> None:
    found = price_and_service(book())
    assert found.quadrants["revenue"].sum() == book()["revenue"].sum()
    assert found.quadrants["contribution"].sum() == book()["contribution"].sum()
    assert found.quadrants["loss_makers"].tolist() == [0, 0, 0, 1]
    assert found.quadrants["share_of_revenue"].sum() == pytest.approx(1)


def test_an_empty_quadrant_stands_in_the_table_with_nothing() -> None:
    found = price_and_service(book(), price_cut=0.0)
    assert found.quadrants.index.tolist() == list(QUADRANTS.values())
    assert found.quadrants.loc["aggressive", "accounts"] == 0
    assert np.isnan(found.quadrants.loc["aggressive", "contribution_margin"])


def test_accounts_without_revenue_price_or_cost_are_left_out_by_name() -> None:
    found = price_and_service(
        book(
            revenue=[0.0, 92.0, 70.0, 60.0],
            list_revenue=[100.0, 0.0, 100.0, 100.0],
            contribution=[10.0, 30.0, np.nan, -15.0],
        )
    )
    assert found.left_out.tolist() == ["A", "B", "C"]
    assert found.accounts.index.tolist() == ["D"]


def test_another_measure_of_price_stands_in_for_list_prices() -> None:
    profit = book().drop(columns="list_revenue")
    with pytest.raises(MissingDataError, match="no list_revenue"):
        price_and_service(profit)
    margin = pd.Series({"A": 0.4, "B": 0.5, "C": 0.2, "D": 0.1})
    found = price_and_service(profit, price=margin)
    assert found.price_is == "given"
    assert found.accounts["price"].to_dict() == margin.to_dict()


@pytest.mark.parametrize("column", ["revenue", "cost_to_serve", "contribution"])
def test_a_missing_column_is_named(column: str) -> None:
    with pytest.raises(UsageError, match=f"no column '{column}'"):
        price_and_service(book().drop(columns=column))


def test_costs_with_the_wrong_sign_are_refused() -> None:
    with pytest.raises(UsageError, match="cost_to_serve of account 'D' is 25"):
        price_and_service(book(cost_to_serve=[20.0, 5.0, 3.0, 25.0]))


def test_a_book_without_any_rate_is_refused() -> None:
    with pytest.raises(DataError, match="none of 4 accounts"):
        price_and_service(book(revenue=[0.0] * 4))


@given(
    st.lists(
        st.tuples(st.floats(0.3, 1.0), st.floats(0.0, 0.6), st.floats(10, 1e6)),
        min_size=1,
        max_size=40,
    )
)
def test_medians_split_accounts_in_halves_each_way(rows: list[tuple]) -> None:
    price, rate, revenue = map(np.array, zip(*rows, strict=True))
    profit = pd.DataFrame(
        {
            "list_revenue": revenue / price,
            "revenue": revenue,
            "cost_to_serve": -rate * revenue,
            "contribution": revenue,
        }
    )
    found = price_and_service(profit)
    assert found.quadrants["accounts"].sum() == len(rows)
    high = found.accounts["price"] >= found.price_cut
    assert high.sum() >= len(rows) / 2


def test_freight_on_the_invoice_makes_nobody_pay_a_better_price() -> None:
    columns = {"list_revenue": [100.0, 100.0], "returns": [0.0, -10.0]}
    columns |= {"revenue": [90.0, 120.0], "charges": [0.0, 50.0]}
    paid = price_realisation(pd.DataFrame(columns, index=["A", "B"]))
    assert paid.to_dict() == {"A": 0.9, "B": 0.8}
