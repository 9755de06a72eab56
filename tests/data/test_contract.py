"""The data contract is complete and says what it means."""

import pytest

from kamlab.data.columns import DTYPES, Table
from kamlab.data.contract import (
    DATED_ATTRIBUTES,
    DEDUCTIONS,
    LINE_TYPES,
    PURCHASES,
    TABLES,
    table,
)
from kamlab.errors import UsageError

EACH_TABLE = pytest.mark.parametrize(
    "declared", TABLES.values(), ids=lambda each: each.name
)


def test_an_order_needs_no_more_than_an_id_an_account_a_day_and_an_amount():
    needed = ["order_id", "account_id", "order_date", "net_amount"]
    assert table("orders").required == needed


def test_the_tables_of_the_workbook_are_there():
    named = {"orders", "accounts", "account_history", "products", "events", "targets"}
    assert named <= set(TABLES)


@EACH_TABLE
def test_keys_are_columns_and_no_column_stands_twice(declared: Table):
    assert set(declared.key) <= set(declared.column_names)
    assert len(set(declared.column_names)) == len(declared.column_names)


@EACH_TABLE
def test_every_column_has_a_type_and_a_description(declared: Table):
    for column in declared:
        assert column.dtype in DTYPES
        assert len(column.description) > 3
        if column.minimum is not None and column.maximum is not None:
            assert column.minimum < column.maximum


def test_the_day_of_delivery_tells_when_it_and_its_quality_are_known():
    orders = table("orders")
    for name in ("delivered_date", "quality_flag", "engineering_cost"):
        assert orders.column(name).known_from == "delivered_date"


def test_line_types_are_purchases_deductions_or_neither():
    assert set(PURCHASES) | set(DEDUCTIONS) < set(LINE_TYPES)
    assert not set(PURCHASES) & set(DEDUCTIONS)


def test_a_dated_attribute_is_a_column_of_accounts():
    assert set(DATED_ATTRIBUTES) <= set(table("accounts").column_names)


def test_names_of_accounts_are_personal_data():
    assert table("accounts").column("account_name").personal


def test_an_unknown_table_or_column_is_named_with_the_nearest_one():
    with pytest.raises(UsageError, match="no table 'order': did you mean 'orders'"):
        table("order")
    with pytest.raises(UsageError, match="did you mean 'order_id'"):
        table("orders").column("ordr_id")
