"""Rush orders: nearly all of Wetterau's, few of the others', more every year."""

import numpy as np
import pandas as pd
import pytest

from kamlab.data.demo.rush import (
    RUSH_INDEX,
    RUSH_SHARES,
    WETTERAU_RUSH_SHARE,
    mark_rush,
)


def orders_of(book):
    lines = book.sales.assign(kind=book.sales["account_id"].map(book.accounts["kind"]))
    keys = ["order_id", "account_id", "kind", "year"]
    return lines.groupby(keys, as_index=False)["rush_flag"].max()


def test_nearly_all_orders_of_wetterau_are_rush_orders(book):
    orders = orders_of(book)
    flags = orders.loc[orders["account_id"] == book.number_of("wetterau"), "rush_flag"]
    assert flags.mean() == pytest.approx(WETTERAU_RUSH_SHARE, abs=0.015)


def test_plant_operators_are_in_a_rush_more_often_than_machine_builders(book):
    orders = orders_of(book)
    others = orders[orders["account_id"] != book.number_of("wetterau")]
    share = others.groupby("kind")["rush_flag"].mean()
    index = others["year"].map(RUSH_INDEX).groupby(others["kind"]).mean()
    for kind in ("machine builder", "plant operator", "distributor"):
        n = (others["kind"] == kind).sum()
        planted = RUSH_SHARES[kind] * index[kind]
        error = np.sqrt(planted * (1 - planted) / n)
        assert abs(share[kind] - planted) < 3.5 * error, kind
    assert share["plant operator"] > 2 * share["machine builder"]


def test_scrambled_flags_show_no_hurry_at_wetterau(book):
    orders = orders_of(book)
    mixed = np.random.default_rng(0).permutation(orders["rush_flag"])
    wetterau = (orders["account_id"] == book.number_of("wetterau")).to_numpy()
    assert pd.Series(mixed[wetterau]).mean() < 0.5


def test_an_order_is_in_a_rush_as_a_whole(book):
    flags = book.sales.groupby("order_id")["rush_flag"]
    assert (flags.min() == flags.max()).all()


def test_what_takes_revenue_back_has_no_flag(book):
    bought = book.orders["line_type"].isin(["sale", "service"])
    assert book.orders.loc[bought, "rush_flag"].notna().all()
    assert book.orders.loc[~bought, "rush_flag"].isna().all()


def test_orders_added_later_do_not_change_the_flags_of_the_kind():
    roster = pd.DataFrame({"kind": ["project"], "character": [""]})
    lines = pd.DataFrame(
        {"order_id": ["1"], "account": 0, "day": 9, "line_type": "sale"}
    )
    assert mark_rush(lines, roster, seed=5)["rush"].tolist() == [False]
