"""Frames are checked once, at the door, whatever they come from."""

from decimal import Decimal

import duckdb
import narwhals as nw
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kamlab
from kamlab.data.contract import table
from kamlab.data.door import admitted
from kamlab.errors import DataError
from kamlab.value.activity import account_revenue

FRAMES = {
    "pandas": lambda frame: frame,
    "polars": pl.from_pandas,
    "pyarrow": pa.Table.from_pandas,
    "duckdb": lambda frame: duckdb.connect().from_df(frame),
}


def orders(**columns: object) -> pd.DataFrame:
    """Return three order lines; named columns take the place of the usual ones."""
    usual = {
        "order_id": ["1", "2", "3"],
        "account_id": ["A", "B", "A"],
        "order_date": pd.to_datetime(["2024-01-05", "2024-02-01", "2024-03-01"]),
        "net_amount": [10.0, 20.0, 30.0],
    }
    return pd.DataFrame({**usual, **columns})


def refused(frame: object) -> str:
    with pytest.raises(DataError) as refusal:
        kamlab.portfolio_from_tables({"orders": frame}, "EUR")
    assert "table 'orders'" in str(refusal.value)
    return str(refusal.value)


@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
def test_a_time_of_day_loses_no_line(make):
    times = pd.to_datetime(["2024-01-05 10:00", "2024-02-01 12:10", "2024-03-01 23:30"])
    book = kamlab.portfolio_from_tables(
        {"orders": make(orders(order_date=times))}, "EUR"
    )
    assert account_revenue(book).sum() == 60.0
    assert account_revenue(book, end="2024-02-01").sum() == 30.0


@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
def test_ids_are_texts_whatever_they_came_as(make):
    frame = make(orders(account_id=[7, 8, 7]))
    book = kamlab.portfolio_from_tables({"orders": frame}, "EUR")
    assert account_revenue(book).to_dict() == {"7": 40.0, "8": 20.0}


def test_categories_are_texts():
    frame = orders(account_id=pd.Categorical(["A", "B", "A"]))
    book = kamlab.portfolio_from_tables({"orders": frame}, "EUR")
    assert account_revenue(book).to_dict() == {"A": 40.0, "B": 20.0}


@pytest.mark.parametrize(
    ("column", "values", "told"),
    [
        ("order_date", ["05.01.2024", "01.02.2024", "01.03.2024"], "days are wanted"),
        ("net_amount", ["10,00", "20,00", "30,00"], "numbers are wanted"),
        ("net_amount", [Decimal(1), Decimal(2), Decimal(3)], "numbers are wanted"),
        ("account_id", [10023.0, 10024.0, None], "10023 and 10023.0"),
    ],
)
def test_what_would_have_to_be_guessed_at_is_refused(column, values, told):
    message = refused(orders(**{column: values}))
    assert repr(column) in message
    assert told in message


@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
def test_a_time_zone_is_refused(make):
    days = pd.to_datetime(["2024-01-05", "2024-02-01", "2024-03-01"], utc=True)
    assert "time zone" in refused(make(orders(order_date=days)))


@pytest.mark.parametrize(
    ("column", "values", "told"),
    [
        ("account_id", ["A", None, ""], "2 rows with no value in 'account_id'"),
        ("net_amount", [1.0, np.nan, 3.0], "1 rows with no value in 'net_amount'"),
        ("net_amount", [1.0, np.inf, -np.inf], "2 rows with an infinite number"),
        ("line_type", ["sale", "gift", None], "1 rows with a value that the data"),
    ],
)
@pytest.mark.parametrize("make", FRAMES.values(), ids=FRAMES)
def test_values_that_cannot_be_used_are_counted(make, column, values, told):
    message = refused(make(orders(**{column: values})))
    assert told in message
    assert "Correct them at the source" in message


def test_a_column_without_any_value_is_left_out_whatever_its_type():
    book = kamlab.portfolio_from_tables({"orders": orders(posted_on=[None] * 3)}, "EUR")
    assert not book.has("orders.posted_on")
    assert account_revenue(book).sum() == 60.0


def test_two_rows_for_one_account_are_refused():
    master = pd.DataFrame({"account_id": ["A", "A"], "region": ["North", "South"]})
    tables = {"orders": orders(), "accounts": master}
    book = kamlab.portfolio_from_tables(tables, "EUR")
    with pytest.raises(
        DataError, match=r"1 rows repeat the account_id of another \(A\)"
    ):
        _ = book.accounts


def test_a_column_of_another_name_or_twice_or_missing_is_refused():
    assert "did you mean 'net_amount'" in refused(orders(net_amout=1.0))
    assert "lacks the column 'net_amount'" in refused(
        orders().drop(columns="net_amount")
    )


def test_the_form_is_the_same_from_every_frame():
    shaped = [
        admitted(nw.from_native(make(orders())).lazy(), table("orders"), "it")
        .collect("pandas")
        .to_native()
        for make in FRAMES.values()
    ]
    for each in shaped[1:]:
        pd.testing.assert_frame_equal(each, shaped[0])
