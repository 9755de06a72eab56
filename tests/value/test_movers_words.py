"""Causes in the few words that fit a line."""

import pandas as pd
import pytest

from kamlab.language import in_language
from kamlab.value.movers_words import mover_words


def words(cause: str, part: float, what: str = "", figure: float = float("nan")) -> str:
    return mover_words(
        pd.Series({"cause": cause, "part": part, "what": what, "figure": figure})
    )


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (("volume", -1, "gearboxes"), "fewer gearboxes"),
        (("volume", 1, "gearboxes"), "more gearboxes"),
        (("volume", -1, "service"), "less service"),
        (("volume", 1), "buys more"),
        (("volume", -1), "buys less"),
        (("price", -1, "", -0.031), "price −3.1 %"),
        (("price", 1, "", 0.02), "price +2.0 %"),
        (("price", -1), "lower prices"),
        (("price", 1, "", -0.02), "higher prices"),
        (("service", -1, "rush_orders", 18.0), "18 more rush orders"),
        (("service", -1, "rush_orders", 1.0), "1 more rush order"),
        (("service", 1, "rush_orders", -1.0), "1 rush order less"),
        (("service", 1, "visits_and_meetings", -2), "2 fewer visits and meetings"),
        (("service", -1, "calls_and_messages", 4), "4 more calls and messages"),
        (("service", -1, "returns_and_credits", 4), "4 more returns and credits"),
        (("service", -1, "orders", 1200), "1,200 more orders"),
        (("service", -1, "orders", -3), "more work to serve it"),
        (("service", 1, "orders", 0.0), "less work to serve it"),
        (("service", -1, "", float("nan")), "more work to serve it"),
        (("service", -1, "engineering", 3), "more work to serve it"),
        (("lost", -1), "lost"),
        (("project", -1), "project finished"),
        (("new", 1), "new customer"),
        (("paused", -1), "pauses, as usual"),
        (("returned", 1), "buys again"),
        (("cost_of_goods", -1), "dearer goods"),
        (("returns", 1), "fewer returns"),
        (("credits", -1), "more credits and rebates"),
        (("transport", -1), "dearer transport"),
        (("other_costs", 1), "fewer direct costs"),
        (("charges", 1), "more charged for extras"),
        (("currency", -1), "lower rate of exchange"),
        (("other", -1), "several causes"),
    ],
)
def test_every_cause_has_its_words(arguments, expected):
    assert words(*arguments) == expected


def test_a_row_without_details_has_words_too():
    assert mover_words(pd.Series({"cause": "service", "part": 2.0})).startswith("less")


def test_categories_are_names_in_every_language():
    with in_language("zh"):
        assert "{gear}" in words("volume", -1, "{gear}")
