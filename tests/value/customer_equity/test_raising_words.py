"""Levers, plans and places in words."""

import numpy as np
import pandas as pd

from kamlab.value.customer_equity import value_scorecard
from kamlab.value.customer_equity.raising_words import (
    levers_sentence,
    plans_sentence,
    scorecard_sentence,
    scorecard_table,
)


def levers(**gains: float) -> pd.DataFrame:
    gain = pd.Series(gains)
    return pd.DataFrame({"gain": gain, "share": gain / 1000})


def test_levers_are_named_with_their_gains_and_those_without_are_not():
    told = levers_sentence(levers(price=30.0, volume=9.0, service=0.0), 0.01, "EUR")
    assert told.startswith("One per cent of price is worth EUR 30 (3.0 % of customer")
    assert told.endswith("of volume EUR 9.")


def test_another_improvement_is_said():
    assert levers_sentence(levers(price=30.0), 0.05).startswith("5.0 % of price")


def test_a_book_that_no_lever_raises_says_so():
    assert levers_sentence(levers(price=-1.0)) == "No lever raises the value."


def plans(**nets: float) -> pd.DataFrame:
    net = pd.Series(nets)
    frame = pd.DataFrame({"net": net, "accounts": 3, "cost": 40.0})
    return frame.assign(break_even=np.where(net > 0, 0.45, np.nan))


def test_the_best_plan_is_said_with_its_break_even_and_the_losers_by_name():
    told = plans_sentence(plans(Stock=50.0, Magazine=-11.0, Gifts=-20.0), "EUR")
    assert "“Stock” leaves most, EUR 50 after its cost of EUR 40" in told
    assert "pays if 45.0 % of its assumed effect" in told
    assert "“Magazine” does not pay (−EUR 11). “Gifts” does not pay" in told


def test_a_plan_without_break_even_has_none_in_words():
    assert "pays if" not in plans_sentence(plans(Gifts=-20.0))


def measures() -> pd.DataFrame:
    dice = np.random.default_rng(4)
    columns = ["spend_ability", "loyalty", "latent_profit"]
    index = [f"A{n:02d}" for n in range(50)]
    return pd.DataFrame(dice.random((50, 3)), index, columns)


def test_places_that_opinion_decides_are_counted():
    card = value_scorecard(measures())
    moves = card.accounts["worst_place"] - card.accounts["best_place"]
    told = scorecard_sentence(card, {card.accounts.index[0]: "Adler"})
    assert told.startswith("Of 50 accounts Adler stands first.")
    assert f"Of {(moves > 10).sum()} the place moves" in told


def test_the_table_rounds_marks_and_keeps_places():
    card = value_scorecard(measures())
    table = scorecard_table(card, 5)
    assert len(table) == 5
    assert table["score"].is_monotonic_decreasing
    assert (table["best_place"] <= table["worst_place"]).all()
    assert table[["spend_ability", "loyalty", "score"]].max(axis=None) <= 100
