"""Every amount of a line stands in exactly one part."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kamlab
from kamlab.data.contract import LINE_TYPES
from kamlab.value.activity import account_revenue
from kamlab.value.line_amounts import NET_PARTS, has_list_prices, line_amounts
from tests.conftest import examples
from tests.value.serving_books import BACK_ENDS, book, orders


def amounts(view: kamlab.Portfolio) -> pd.DataFrame:
    frame = line_amounts(view).collect("pandas").to_native()
    return frame.set_index("order_id")


def one_line(**columns: object) -> kamlab.Portfolio:
    line = {
        "order_id": ["1"],
        "account_id": ["A"],
        "order_date": pd.to_datetime(["2025-03-31"]),
    }
    line |= {name: [value] for name, value in columns.items()}
    return kamlab.portfolio_from_tables({"orders": pd.DataFrame(line)}, "EUR")


@pytest.mark.parametrize(
    ("kind", "part"),
    [
        ("sale", "goods"),
        ("service", "goods"),
        ("sample", "goods"),
        ("freight", "charges"),
        ("surcharge", "charges"),
        ("debit", "charges"),
        ("return", "returns"),
        ("cancellation", "returns"),
        ("price_credit", "credits"),
        ("rebate", "rebates"),
    ],
)
def test_every_line_type_has_its_place(kind: str, part: str):
    line = amounts(one_line(line_type=kind, net_amount=7.0)).iloc[0]
    assert line[list(NET_PARTS)].to_dict() == {p: 7.0 * (p == part) for p in NET_PARTS}


def test_business_within_the_own_group_is_left_out():
    assert "I8" not in amounts(book()).index


@pytest.mark.parametrize("typed", [{}, {"line_type": None}])
@pytest.mark.parametrize(("amount", "part"), [(5.0, "goods"), (-5.0, "returns")])
def test_a_line_without_type_is_told_by_its_sign(typed, amount, part):
    line = amounts(one_line(net_amount=amount, **typed)).iloc[0]
    assert line[part] == amount


def test_goods_are_valued_at_list_price_for_the_units_it_refers_to():
    line = {"net_amount": 90.0, "quantity": 500.0, "unit_list_price": 20.0}
    assert amounts(one_line(**line))["list_value"].iloc[0] == 10_000.0
    per_hundred = one_line(**line, price_per=100.0)
    assert amounts(per_hundred)["list_value"].iloc[0] == 100.0


@pytest.mark.parametrize("lacking", ["quantity", "unit_list_price"])
def test_goods_without_list_price_are_taken_at_the_price_paid(lacking: str):
    line = {
        "net_amount": [90.0, 45.0],
        "quantity": [1, 1],
        "unit_list_price": [100, 50],
    }
    frame = pd.DataFrame(line).astype("float64")
    frame.loc[1, lacking] = None
    days = pd.to_datetime(["2025-01-01"] * 2)
    frame = frame.assign(order_id=["1", "2"], account_id="A", order_date=days)
    view = kamlab.portfolio_from_tables({"orders": frame}, "EUR")
    assert amounts(view)["list_value"].tolist() == [100.0, 45.0]


def test_no_list_value_without_list_prices():
    assert not has_list_prices(one_line(net_amount=5.0))
    assert "list_value" not in amounts(one_line(net_amount=5.0))


def test_a_sample_is_given_away_at_list_price():
    line = {"net_amount": 0.0, "quantity": 2.0, "unit_list_price": 30.0}
    sample = amounts(one_line(line_type="sample", **line)).iloc[0]
    assert (sample["goods"], sample["list_value"]) == (0.0, 60.0)
    assert not sample["is_purchase"]


@pytest.mark.parametrize("back_end", BACK_ENDS)
def test_parts_add_up_to_net_revenue_on_every_back_end(back_end: str):
    view = book(back_end)
    by_account = amounts(view).groupby("account_id")[list(NET_PARTS)].sum().sum(axis=1)
    assert by_account.to_dict() == account_revenue(view).to_dict()


@settings(max_examples=examples(50))
@given(
    st.lists(
        st.tuples(st.sampled_from([*LINE_TYPES, None]), st.integers(-999, 999)),
        min_size=1,
        max_size=12,
    )
)
def test_each_amount_stands_in_exactly_one_part(lines):
    kinds, cents = zip(*lines, strict=True)
    frame = pd.DataFrame(
        {
            "order_id": [str(n) for n in range(len(lines))],
            "account_id": "A",
            "order_date": pd.Timestamp("2025-03-31"),
            "line_type": pd.Series(kinds, dtype="str"),
            "net_amount": [float(each) for each in cents],
        }
    )
    found = amounts(kamlab.portfolio_from_tables({"orders": frame}, "EUR"))
    own = frame.set_index("order_id").query("line_type != 'intercompany'")
    assert found[list(NET_PARTS)].sum(axis=1).to_dict() == own["net_amount"].to_dict()
    assert (found[list(NET_PARTS)] != 0).sum(axis=1).le(1).all()


def test_the_window_and_the_day_of_booking_choose_the_lines():
    frame = line_amounts(book(), "2025-03-01", "2025-03-31", "2025-03-31")
    assert set(frame.collect("pandas").to_native()["order_id"]) == {"4", "R5", "G6"}
    assert len(orders()) == 10


@pytest.mark.parametrize("back_end", BACK_ENDS)
def test_lines_without_type_stay_among_lines_with_one(back_end: str):
    lines = orders()
    lines.loc[lines["order_id"] == "4", "line_type"] = None
    assert amounts(book(back_end, orders=lines)).loc["4", "goods"] == 100.0


def test_a_rebate_is_a_credit_note_as_well_as_a_price_credit():
    is_credit = amounts(book(orders=orders().drop(columns="posted_on")))["is_credit"]
    assert is_credit[["G6", "B7"]].tolist() == [True, True]
    assert is_credit.sum() == 2
