"""Punctuality: 93 %, and 81 % in the gearbox shortage of late 2022."""

import numpy as np
import pandas as pd
import pytest

from kamlab.data.demo.delivery import on_time_chance
from kamlab.data.demo.gearboxes import GEARBOXES


def delivered(book):
    lines = book.sales.dropna(subset="delivered_date")
    return lines.assign(
        short=lines["order_date"].between("2022-07-01", "2022-12-31"),
        on_time=lines["delivered_date"] <= lines["promised_date"],
        gearbox=lines["product_id"].map(book.products["category"]) == "gearboxes",
    )


def test_93_percent_are_on_time_as_a_rule_and_81_percent_in_the_shortage(book):
    found = delivered(book).groupby("short")["on_time"].mean()
    assert found[False] == pytest.approx(0.93, abs=0.01)
    assert found[True] == pytest.approx(0.81, abs=0.015)


def test_gearboxes_carry_the_shortage(book):
    lines = delivered(book).query("short")
    found = lines.groupby("gearbox")["on_time"].mean()
    assert found[True] < 0.7
    assert found[False] > 0.88


def test_scrambled_order_days_show_no_shortage(book):
    lines = delivered(book)
    mixed = np.random.default_rng(0).permutation(lines["short"].to_numpy())
    found = lines.groupby(mixed)["on_time"].mean()
    assert found[True] != pytest.approx(0.81, abs=0.05)


def test_goods_do_not_come_before_they_are_ordered(book):
    lines = delivered(book)
    assert (lines["delivered_date"] >= lines["order_date"]).all()
    assert (book.sales["promised_date"] > book.sales["order_date"]).all()


def test_what_was_open_at_the_extract_has_no_day_of_delivery(book):
    assert book.sales["delivered_date"].max() <= pd.Timestamp("2025-12-31")
    late = book.sales[book.sales["promised_date"] > "2026-01-10"]
    assert late["delivered_date"].isna().all()


def test_nothing_old_is_still_open_unless_it_was_cancelled(book):
    old = book.sales[book.sales["order_date"] < "2025-06-30"]
    still_open = set(old.loc[old["delivered_date"].isna(), "order_id"])
    cancelled = book.orders.query("line_type == 'cancellation'")["ref_order_id"]
    assert still_open <= set(cancelled)


def test_usual_chance_holds_outside_the_shortage():
    chance = on_time_chance(np.array([GEARBOXES, 0]), np.array([1000, 1000]))
    assert chance == pytest.approx([0.93, 0.93])
