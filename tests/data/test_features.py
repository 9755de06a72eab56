"""Models learn from dated columns only."""

from datetime import date

import pandas as pd
import pytest

from kamlab.data.contract import table
from kamlab.data.features import checked_features, undated_columns
from kamlab.errors import UsageError

ACCOUNTS = table("accounts")
DAYS = (date(2025, 12, 31), date(2024, 6, 30))


@pytest.fixture
def frame() -> pd.DataFrame:
    return pd.DataFrame({"created_on": [1], "tier": ["core"], "region": ["DACH"]})


def test_an_attribute_of_the_extract_is_undated_until_the_history_dates_it() -> None:
    present = ["account_id", "account_type", "created_on", "tier", "region"]
    assert undated_columns(ACCOUNTS, present) == ["tier", "region"]
    assert undated_columns(ACCOUNTS, present, {"tier"}) == ["region"]


def test_order_lines_have_no_undated_column() -> None:
    orders = table("orders")
    assert undated_columns(orders, orders.column_names) == []


def test_dated_columns_come_in_the_order_asked_for(frame) -> None:
    asked = ["tier", "created_on"]
    found = checked_features(frame, asked, ACCOUNTS, ["region"], DAYS)
    assert found.columns.tolist() == asked


def test_an_undated_column_is_refused_with_both_days(frame) -> None:
    with pytest.raises(UsageError) as error:
        checked_features(frame, ["tier", "region"], ACCOUNTS, ["region"], DAYS)
    told = str(error.value)
    assert "accounts.region" in told
    assert "2025-12-31" in told
    assert "2024-06-30" in told
    assert "account_history" in told


def test_an_unknown_column_is_refused_with_the_nearest_name(frame) -> None:
    with pytest.raises(UsageError, match=r"no column 'teir': did you mean 'tier'"):
        checked_features(frame, ["teir"], ACCOUNTS, [], DAYS)
