"""Opportunities as the future has them: who asks, for what, and who wins."""

import numpy as np
import pandas as pd
import pytest

from kamlab.data.demo.quotations import (
    A_YEAR,
    LIENZ_AMOUNT,
    draw_opportunities,
    lienz_project,
)
from kamlab.data.demo.talbruck import assemble_roster


@pytest.fixture(scope="module")
def roster() -> pd.DataFrame:
    return assemble_roster(101, 300)[0]


@pytest.fixture(scope="module")
def drawn(roster) -> pd.DataFrame:
    return draw_opportunities(roster, seed=101)


def test_stages_follow_on_each_other(drawn):
    days = ["created_day", "quoted_day", "closed_day", "ordered_day", "accepted_day"]
    assert (drawn[days].diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)


def test_nobody_asks_before_it_buys_or_after_it_is_gone(roster, drawn):
    begins = roster["start_day"].to_numpy()[drawn["account"]]
    ends = roster["end_day"].to_numpy()[drawn["account"]]
    assert (drawn["created_day"] > begins).all()
    assert (drawn["created_day"] < ends).all()


def test_they_are_as_many_every_year(drawn):
    year = pd.cut(drawn["created_day"], [365, 730, 1096, 1461], labels=False)
    assert year.value_counts().sub(A_YEAR).abs().max() < 50


def test_since_the_competitor_came_more_quote_in_east_china(roster, drawn):
    east = (roster["region"] == "East China").to_numpy()[drawn["account"]]
    late = (drawn["created_day"] > 800).to_numpy()
    rivals = drawn["rivals"].groupby([east, late]).mean()
    assert rivals[True, True] - rivals[True, False] > 0.5
    assert abs(rivals[False, True] - rivals[False, False]) < 0.25


def test_projects_and_machine_builders_ask_oftener_than_workshops(roster, drawn):
    asked = drawn["account"].map(roster["kind"]).value_counts()
    a_head = asked / roster["kind"].value_counts()
    assert a_head["project"] > 2 * a_head["workshop"]
    assert a_head["machine builder"] > 2 * a_head["workshop"]


def test_larger_ones_take_longer(drawn):
    large = drawn["amount"] > drawn["amount"].quantile(0.75)
    days = drawn["closed_day"] - drawn["created_day"]
    assert days[large].median() > days[~large].median() + 5


def test_nobody_asks_for_spare_parts(drawn):
    assert "spare parts" not in set(drawn["category"])


def test_lienz_has_its_project_and_no_other(roster, drawn):
    told = lienz_project(roster)
    assert told["amount"].item() == LIENZ_AMOUNT
    assert not (drawn["account"] == told["account"].item()).any()
    assert np.diff(told.filter(like="_day").iloc[0]).min() > 0


def test_a_smaller_book_has_fewer_opportunities():
    small = assemble_roster(1, 60)[0]
    found = draw_opportunities(small, seed=1)
    assert len(found) == pytest.approx(A_YEAR * 2.98 * 60 / 300, abs=2)
    assert lienz_project(small)["amount"].item() == LIENZ_AMOUNT * 60 / 300
