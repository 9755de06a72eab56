"""The values behind a table: typed, complete, light in a stored lesson."""

import json
import math

import numpy as np
import pandas as pd
import pytest

from kamlab.report import present
from kamlab.report.table_values import MOST_ROWS, Values, read_values, values_of
from kamlab.report.tables import MIME_TYPE
from kamlab.style.pictures import FIGURES


@pytest.fixture
def accounts() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "account": ["=Marwitz", "苏州昊锐", None],
            "net_revenue": [10_540_000.45, -12_000.0, math.nan],
            "share": [0.169, np.float64(-0.0004), math.inf],
            "orders": [412, 1400, 0],
            "last_order": pd.to_datetime(["2025-12-20", None, "1899-01-02"]),
            "key_account": [True, False, False],
        }
    )


def _stored(table) -> dict:
    _data, about = table._repr_mimebundle_()
    return json.loads(json.dumps(about, allow_nan=False))


def test_values_come_back_from_the_notebook_as_they_were(accounts):
    table = present(accounts, {"net_revenue": "money", "share": "share"})
    again = read_values(_stored(table)[MIME_TYPE])
    assert again == table.data
    frame = again.frame()
    assert frame["net_revenue"].tolist()[:2] == [10_540_000.45, -12_000.0]
    assert frame["last_order"].tolist()[0] == pd.Timestamp("2025-12-20")
    assert frame["key_account"].tolist() == [True, False, False]
    assert frame.isna().sum().to_dict() == {
        "account": 1,
        "net_revenue": 1,
        "share": 1,  # no file of figures holds an infinite share
        "orders": 0,
        "last_order": 1,
        "key_account": 0,
    }


def test_rows_that_the_page_leaves_out_are_kept():
    table = present(pd.DataFrame({"x": range(180)}), limit=10)
    assert len(table.rows) == 10
    assert len(table.data.frame()) == table.data.rows == 180


def test_of_a_very_long_table_the_first_rows_are_kept_and_all_are_counted():
    values = values_of(pd.DataFrame({"x": range(MOST_ROWS + 7)}), ["count"])
    assert len(values.frame()) == MOST_ROWS
    assert values.rows == MOST_ROWS + 7


def test_a_stored_lesson_stays_light(accounts, monkeypatch):
    monkeypatch.setenv(FIGURES, "small")
    assert _stored(present(accounts)) == {}


def test_two_columns_of_one_name_are_told_apart():
    values = Values(("a", "a", "a_2"), ("count",) * 3, ((1.0,), (2.0,), (3.0,)), 1)
    assert list(values.frame()) == ["a", "a_2", "a_2_2"]


def test_the_index_that_a_table_shows_is_among_its_values():
    revenue = pd.Series([5.0], index=pd.Index(["A"], name="account_id"), name="revenue")
    assert list(present(revenue).data.frame()) == ["account_id", "revenue"]


def test_an_empty_table_keeps_its_columns():
    values = present(pd.DataFrame({"account": [], "orders": []})).data
    assert list(values.frame()) == ["account", "orders"]
    assert len(values.frame()) == 0
