"""Who the accounts are."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.data.demo.characters import cast
from kamlab.data.demo.kinds import KINDS
from kamlab.data.demo.roster import (
    ANCHORS,
    LARGEST_ORDINARY,
    build_roster,
    counts_of_kinds,
)


@given(st.integers(30, 20_000))
def test_kinds_add_up_to_the_accounts_asked_for(accounts):
    assert sum(counts_of_kinds(accounts).values()) == accounts


@given(st.integers(30, 20_000))
def test_there_is_room_for_every_character(accounts):
    counts = counts_of_kinds(accounts)
    for kind in KINDS:
        assert counts[kind] >= sum(each.kind == kind for each in cast())


def test_the_whole_cast_is_on_the_roster_of_the_smallest_portfolio():
    roster, _ = build_roster(1, 30)
    assert {each.key for each in cast()} <= set(roster["character"])


def test_every_account_buys_some_mix_of_categories():
    _, mix = build_roster(1, 300)
    assert mix.sum(axis=1) == pytest.approx(np.ones(300))
    assert (mix >= 0).all()


def test_accounts_order_3_to_30_times_a_year_except_wetterau():
    roster, _ = build_roster(1, 300)
    others = roster[roster["character"] != "wetterau"]
    assert others["orders_per_year"].between(3, 30).all()


def test_reordering_is_erlang_of_shape_2_to_4():
    roster, _ = build_roster(1, 300)
    assert set(roster["erlang_k"]) == {2, 3, 4}


def test_no_ordinary_account_comes_near_the_largest():
    roster, _ = build_roster(1, 300)
    ordinary = roster.loc[roster["character"] == "", "size"]
    assert (
        ordinary.max() <= LARGEST_ORDINARY < min(min(each) for each in ANCHORS.values())
    )


def test_twice_the_accounts_bring_twice_the_planned_revenue():
    small, large = build_roster(1, 300)[0], build_roster(1, 600)[0]
    marwitz = [each.set_index("character").loc["marwitz"] for each in (small, large)]
    assert marwitz[1]["plan_2025"] == pytest.approx(2 * marwitz[0]["plan_2025"])
