"""Sentences about net price and cost to serve follow the numbers."""

import pandas as pd
import pytest

from kamlab.value.price_and_service import QUADRANTS, price_and_service
from kamlab.value.price_and_service_words import (
    aggressive_sentence,
    cuts_sentence,
    quadrant_sentence,
)


@pytest.fixture
def profit() -> pd.DataFrame:
    """Six accounts, of which the last two are cheap, dear to serve and at a loss."""
    return pd.DataFrame(
        {
            "list_revenue": [100.0] * 6,
            "revenue": [90.0, 92.0, 88.0, 70.0, 60.0, 55.0],
            "cost_to_serve": [-20.0, -5.0, -4.0, -3.0, -25.0, -30.0],
            "contribution": [10.0, 30.0, 25.0, 8.0, -15.0, -9.0],
        },
        index=list("ABCDEF"),
    )


def test_every_quadrant_has_its_sentence(profit: pd.DataFrame) -> None:
    found = price_and_service(profit)
    for quadrant in QUADRANTS.values():
        assert quadrant_sentence(found, quadrant).startswith(quadrant.capitalize())


def test_a_quadrant_of_several_is_told_in_the_plural(profit: pd.DataFrame) -> None:
    told = quadrant_sentence(price_and_service(profit), "aggressive", "EUR")
    assert told == (
        "Aggressive (low price, high cost to serve): 2 accounts with 25.3 % of revenue "
        "and a contribution of −EUR 24, −20.9 % of their revenue; 2 lose money."
    )


def test_an_empty_quadrant_is_said_to_be_empty(profit: pd.DataFrame) -> None:
    found = price_and_service(profit, price_cut=0.0)
    assert quadrant_sentence(found, "aggressive", of="groups").endswith("no group.")


def test_the_worst_aggressive_accounts_are_named_first(profit: pd.DataFrame) -> None:
    told = aggressive_sentence(price_and_service(profit), {"E": "Wetterau"}, "EUR", n=1)
    assert told == (
        "Low price, high direct costs and cost to serve, and a loss: Wetterau (pays "
        "60.0 %, takes 41.7 % of its revenue, −EUR 15); and 1 more."
    )


def test_aggressive_accounts_that_earn_money_are_not_blamed(
    profit: pd.DataFrame,
) -> None:
    found = price_and_service(profit.assign(contribution=5.0))
    assert aggressive_sentence(found) == (
        "No account that pays little and takes much loses money."
    )


def test_cuts_say_who_stands_outside(profit: pd.DataFrame) -> None:
    profit.loc[["A", "B"], "revenue"] = 0.0
    told = cuts_sentence(price_and_service(profit), of="groups")
    assert told.endswith("2 groups without revenue, price or known cost stand outside.")


def test_a_given_price_is_no_share_of_the_list(profit: pd.DataFrame) -> None:
    found = price_and_service(profit, price=profit["revenue"] / 200)
    assert "of the list price" not in cuts_sentence(found)
