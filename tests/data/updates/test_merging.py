"""Rows of both sides become one table, and none is lost."""

import pandas as pd
import pytest

from kamlab.data.contract import table
from kamlab.data.updates.merging import open_sides, plan_merge, write_merged
from kamlab.errors import DataError
from tests.data.sides import COLUMNS, OLD


def test_the_rows_of_both_sides_add_up(sides):
    each = sides(OLD, [*OLD[1:], ("4", "1", "C", "2025-06-01", 1.0)])
    rows = write_merged(each.connection, each.merge, each.file)
    assert (rows.before, rows.extract, rows.replaced, rows.after) == (3, 3, 2, 4)
    assert (rows.new, rows.same, rows.changed) == (1, 2, 0)
    assert (rows.net_amount, rows.accounts) == (701.0, 3)


def test_a_column_that_only_the_portfolio_has_is_not_lost(sides, tmp_path):
    old = pd.DataFrame(OLD, columns=COLUMNS).assign(product_id="P")
    old["order_date"] = pd.to_datetime(old["order_date"]).dt.date
    each = sides(OLD, OLD[:1])
    old.to_parquet(tmp_path / "old.parquet")
    open_sides(each.connection, tmp_path / "old.parquet", each.file)
    merge = plan_merge(each.connection, table("orders"), (set(), set()))
    write_merged(each.connection, merge, each.file)
    assert pd.read_parquet(each.file)["product_id"].tolist() == ["P"] * 3


def test_a_part_of_a_file_never_stands_for_the_whole(sides, tmp_path):
    each = sides(OLD, OLD)
    write_merged(each.connection, each.merge, each.file)
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "new.parquet",
        "old.parquet",
    ]


def test_a_row_that_is_lost_fails_the_update(sides, monkeypatch):
    each = sides(OLD, OLD)
    held = (2, None, None)
    monkeypatch.setattr("kamlab.data.updates.merging._held", lambda *_: held)
    with pytest.raises(DataError, match=r"3 rows less 3 and 3 more came to 2"):
        write_merged(each.connection, each.merge, each.file)


def test_numbers_of_the_export_and_of_kamlab_are_never_mixed(sides):
    each = sides(OLD, OLD)
    costs = table("account_costs")
    for derived in (({"cost_id"}, set()), (set(), {"cost_id"})):
        with pytest.raises(DataError, match="'cost_id' came from the export in one"):
            plan_merge(each.connection, costs, derived)
