"""The same improvement of every lever, and what each is worth."""

import pytest

from kamlab.errors import UsageError
from kamlab.value.customer_equity import lifetime_value, quarters_ahead, value_levers
from kamlab.value.customer_equity.levers import TREE
from kamlab.value.lifetime import CannotTellError
from tests.value.customer_equity.made_up_books import DAY, made_up


@pytest.fixture(scope="module")
def values():
    ahead = quarters_ahead(DAY, 0.1, 12)
    return lifetime_value(made_up(60), ahead, model="BG/NBD", repetitions=20)


def test_levers_of_a_book_of_one_margin_are_known(values):
    # A margin of 30 % after serving that takes 10 % of revenue.
    share = value_levers(values)["share"]
    assert share["volume"] == pytest.approx(0.01)
    assert share["price"] == pytest.approx(0.01 / 0.3)
    assert share["mix"] == pytest.approx(0.01 * 0.4 / 0.3)
    assert share["cost to serve"] == pytest.approx(0.01 * 0.1 / 0.3)


def test_retention_gains_more_the_later_the_money_comes(values):
    retention = value_levers(values).loc["retention", "share"]
    middle = values.streams.middle
    assert 0.01 * middle[0] < retention < 0.01 * middle[-1]


def test_gains_are_shares_of_the_equity(values):
    levers = value_levers(values)
    assert levers["gain"].to_numpy() == pytest.approx(
        levers["share"].to_numpy() * values.equity.value
    )


def test_every_lever_stands_under_its_factor_and_the_best_first(values):
    levers = value_levers(values)
    assert levers["factor"].to_dict() == TREE
    assert levers["gain"].is_monotonic_decreasing


def test_where_serving_costs_are_not_known_they_gain_nothing():
    book = made_up(60, service_share=0.0)
    ahead = quarters_ahead(DAY, 0.1, 4)
    levers = value_levers(lifetime_value(book, ahead, model="BG/NBD", repetitions=20))
    assert levers.loc["cost to serve", "gain"] == 0


def test_levers_of_some_accounts_are_parts_of_all(values):
    names = values.accounts.index
    parts = [value_levers(values, accounts=n)["gain"] for n in (names[:9], names[9:])]
    whole = value_levers(values)["gain"]
    for lever in ("price", "mix", "volume", "cost to serve"):
        assert parts[0][lever] + parts[1][lever] == pytest.approx(whole[lever])


def test_an_account_nobody_knows_is_refused(values):
    with pytest.raises(UsageError, match="account 'Z'"):
        value_levers(values, accounts=["Z"])


def test_of_nobody_no_lever_can_be_told(values):
    with pytest.raises(CannotTellError, match="none of 0 accounts has orders"):
        value_levers(values, accounts=[])


def test_where_orders_leave_nothing_no_gain_is_a_share_of_the_value():
    ahead = quarters_ahead(DAY, 0.1, 4)
    book = made_up(60, contribution_margin=0.0)
    levers = value_levers(lifetime_value(book, ahead, model="BG/NBD", repetitions=20))
    assert levers.loc["price", "gain"] > 0
    assert levers["share"].isna().all()


def test_a_change_has_to_be_an_improvement(values):
    with pytest.raises(UsageError, match=r"change = -0\.01"):
        value_levers(values, change=-0.01)
