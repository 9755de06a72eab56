"""Sentences of a revenue bridge: whole, with the account that matters most."""

import pandas as pd
import pytest

from kamlab.language import in_language
from kamlab.value.finished_projects import finished_projects
from kamlab.value.revenue_bridge import STEPS, RevenueBridge, revenue_bridge
from kamlab.value.revenue_bridge_words import (
    bridge_opening,
    bridge_words,
    missing_words,
    step_of_revenue,
    step_sentences,
)
from kamlab.value.trailing import account_names
from tests.value.revenue_books import NOW, THEN


def made(
    steps: dict[str, list[float]], then: float = 100.0, **further
) -> RevenueBridge:
    """Return a bridge with the given steps of accounts A, B, …"""
    table = pd.DataFrame(steps)
    table.index = list("ABCDE"[: len(table)])
    table.insert(0, "then", then)
    table["now"] = table.sum(axis=1)
    return RevenueBridge(
        NOW, THEN, table, pd.Series("continuing", table.index), **further
    )


def test_two_steps_that_took_and_two_that_gave_are_named():
    bridge = made(
        {
            "lost": [-20.0, 0],
            "shrunk": [0, -9.0],
            "price": [-1.0, -1.0],
            "volume_and_mix": [2.0, 1],
            "grown": [0, 12.0],
            "new": [3.5, 0],
        }
    )
    assert bridge_words(bridge, {"A": "Adler"}, "EUR") == (
        "Net revenue of 2025 is EUR 188, EUR 12.50 (6.2 %) less than in 2024. "
        "1 lost account took EUR 20: Adler. "
        "1 account that buys markedly less took EUR 9: B. "
        "1 account that buys markedly more brought EUR 12: B. "
        "1 new account brought EUR 3.50: Adler."
    )


def test_several_accounts_show_the_largest_with_its_part():
    sentences = step_sentences(made({"lost": [-20.0, -30], "new": [1.0, 2]}))
    assert sentences == {
        "lost": "2 lost accounts took 50; the largest is B (−30).",
        "new": "2 new accounts brought 3; the largest is B (2).",
    }


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ([-5.0, 1.0], "Prices took 4; the largest fall is at A (−5)."),
        ([-5.0, 9.0], "Prices brought 4; the largest rise is at B (9)."),
    ],
)
def test_prices_name_the_account_that_moved_them_most(parts, sentence):
    assert step_sentences(made({"price": parts})) == {"price": sentence}


@pytest.mark.parametrize(
    ("step", "amount", "sentence"),
    [
        ("currency", -4, "Rates of exchange took 4."),
        ("currency", 4, "Rates of exchange brought 4."),
        ("volume_and_mix", -4, "Volume and mix of all other accounts took 4."),
        ("volume_and_mix", 4, "Volume and mix of all other accounts brought 4."),
        ("lost", 4, "Lost accounts, with more returns than purchases, brought 4."),
        ("new", -4, "New accounts, with more returns than purchases, took 4."),
    ],
)
def test_steps_without_a_leading_account_say_what_they_did(step, amount, sentence):
    assert step_sentences(made({step: [float(amount)]})) == {step: sentence}


def test_steps_of_nothing_are_not_told():
    assert step_sentences(made({"lost": [0.0], "price": [0.004]})) == {}


@pytest.mark.parametrize(
    ("then", "change", "sentence"),
    [
        (
            80.0,
            10.0,
            "Net revenue of 2025 is EUR 90, EUR 10 (12.5 %) more than in 2024.",
        ),
        (80.0, 0.0, "Net revenue of 2025 is EUR 80, as much as in 2024."),
        (0.0, 5.0, "Net revenue of 2025 is EUR 5; 2024 had none."),
    ],
)
def test_the_opening_compares_the_two_totals(then, change, sentence):
    bridge = made({"grown": [change]}, then=then)
    assert bridge_opening(bridge, "EUR") == sentence


def test_a_lost_account_whose_project_ended_is_excused():
    bridge = made({"lost": [-20.0, -3.0]})
    ended = pd.Series(
        {"A": pd.Timestamp("2024-11-22"), "Z": pd.Timestamp("2024-01-01")}
    )
    text = bridge_words(bridge, {"A": "Alm"}, ended=ended)
    assert text.endswith("The project of Alm ended on 2024-11-22: no repeat was due.")
    assert "Z" not in text


@pytest.mark.parametrize(
    ("missing", "priced", "start"),
    [
        (("orders.quantity",), float("nan"), "Without products and quantities"),
        ((), 0.4, "Prices compare for 40.0 %"),
        (("orders.net_amount_original",), 0.9, "Without the amounts in their own"),
        ((), 0.9, ""),
        ((), float("nan"), ""),
    ],
)
def test_what_could_not_be_told_is_said(missing, priced, start):
    text = missing_words(made({"new": [1.0]}, missing=missing, priced=priced))
    assert text.startswith(start)
    assert bool(text) == bool(start)


@pytest.mark.parametrize("step", [*STEPS, "then", "now"])
def test_every_step_has_a_name(step: str):
    name = step_of_revenue(step, made({"new": [1.0]}))
    assert name == {"then": "2024", "now": "2025"}.get(step, name)
    assert name[0].isupper() or name.isdigit()


def test_names_with_braces_are_names():
    sentences = step_sentences(made({"new": [1.0]}), {"A": "{part} & {n}"})
    assert sentences["new"] == "1 new account brought 1: {part} & {n}."


def test_the_words_of_talbruck_name_its_project_and_what_is_not_known(demo):
    bridge = revenue_bridge(demo, demo.period("2025"), demo.period("2024"))
    ended = finished_projects(demo, "parent")
    text = bridge_words(bridge, account_names(demo), "EUR", ended)
    assert "Seilwerk Lienz AG ended on 2024-11-22" in text
    assert "Marwitz Packaging GmbH" in text
    assert text.endswith("the effect of rates of exchange is not told apart.")


def test_another_language_keeps_the_numbers():
    with in_language("zh"):
        text = bridge_words(made({"new": [3.0]}), currency="EUR")
    assert "EUR 103" in text
