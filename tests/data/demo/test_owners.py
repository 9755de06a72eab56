"""Who could meet an account on a day."""

import numpy as np
import pandas as pd

from kamlab.data.demo.owners import (
    engineers_on,
    inside_sales_of,
    managers_on,
    owner_on,
)
from kamlab.data.demo.story import day_number


def history():
    return pd.DataFrame(
        {
            "account_id": ["A1", "A1", "A2"],
            "attribute": "kam_id",
            "value": ["K04", "K10", "I01"],
            "valid_from": pd.to_datetime(["2010-01-01", "2025-05-10", "2012-01-01"]),
            "valid_to": pd.to_datetime(["2025-03-14", None, None]),
        }
    )


def test_an_account_belongs_to_its_owner_of_the_day():
    days = ["2024-01-01", "2025-04-01", "2025-05-10", "2025-05-10", "2009-01-01"]
    ids = np.array(["A1", "A1", "A1", "A2", "A1"])
    found = owner_on(history(), ids, np.array(days, dtype="datetime64[D]"))
    assert found.tolist() == ["K04", "", "K10", "I01", ""]


def test_the_order_of_the_questions_does_not_matter():
    days = np.array(["2025-06-01", "2024-01-01"], dtype="datetime64[D]")
    found = owner_on(history(), np.array(["A1", "A1"]), days)
    assert found.tolist() == ["K10", "K04"]


def test_managers_who_left_visit_nobody():
    gone = np.full(300, day_number(pd.Timestamp("2025-04-01").date()))
    found = managers_on(np.full(300, "CNY"), gone, np.random.default_rng(3))
    assert set(found) == {"K05", "K06"}


def test_everybody_works_in_one_area():
    rng = np.random.default_rng(4)
    area = np.array(["USD"] * 100)
    assert set(engineers_on(area, np.full(100, 800), rng)) == {"E04"}
    assert set(inside_sales_of(area, rng)) == {"I04"}
    assert set(managers_on(area, np.full(100, 800), rng)) == {"K08", "K09"}
