"""The steps of profit add up to what is left."""

import pandas as pd
import pytest

from kamlab.report.dossier.earns import margin, steps, usual_margin
from tests.report.dossier.books import dossier, monthly, sales


@pytest.mark.parametrize("account", ["Kovostav", "Wetterau", "Lianhan", "Seilwerk"])
def test_steps_add_up_to_what_is_left(talbrucks, account):
    amounts = {step.step: step.amount for step in steps(talbrucks(account))}
    left, net = amounts.pop("Contribution"), amounts.pop("Net revenue")
    down = ("Cost of goods", "Freight and other direct costs", "Cost to serve")
    costs = sum(amounts.pop(name, 0.0) for name in down)
    assert left == pytest.approx(net + costs)
    assert net == pytest.approx(sum(amounts.values()))


def test_wetterau_leaves_less_than_nothing(talbrucks):
    assert steps(talbrucks("Wetterau"))[-1].amount == pytest.approx(-37_459.19, abs=0.1)
    assert margin(talbrucks("Wetterau")) < 0


def test_without_costs_nothing_is_said():
    found = dossier(sales("A", monthly()))
    assert steps(found) == []
    assert margin(found) != margin(found)
    assert usual_margin(found)[1:] == (0, "")


def test_without_list_prices_the_steps_begin_with_what_was_charged():
    found = dossier(sales("A", monthly(), cogs=60.0, line_type="sale"))
    told = [(step.step, step.amount) for step in steps(found)]
    assert told == [
        ("Gross revenue", 1200.0),
        ("Net revenue", 1200.0),
        ("Cost of goods", -720.0),
        ("Gross margin", 480.0),
    ]


def test_the_tier_is_that_of_others(talbrucks):
    median, n, tier = usual_margin(talbrucks("Marwitz"))
    assert (tier, n) == ("strategic", 13)
    assert median > margin(talbrucks("Marwitz"))


def test_an_unknown_cost_is_no_profit():
    lines = sales("A", monthly(), cogs=60.0, line_type="sale")
    lines.loc[len(lines) - 1, "cogs"] = None
    assert steps(dossier(lines)) == []
    assert pd.isna(margin(dossier(lines)))
