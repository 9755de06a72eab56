"""Sentences about a change say what it brings, what stays, and where it turns."""

import pandas as pd
import pytest

from kamlab.value.profit_parts import summed
from kamlab.value.what_if import price_differently, serve_differently, stop_serving
from kamlab.value.what_if_words import break_even_sentence, change_sentence


def table(revenue=1000.0, goods=-650.0, direct=-50.0, served=-320.0) -> pd.DataFrame:
    """Return one account; as it stands, margin 300 and cost to serve 320."""
    columns = {"revenue": revenue, "cost_of_goods": goods, "direct_costs": direct}
    return summed(pd.DataFrame(columns | {"cost_to_serve": served}, index=["A"]))


def test_stopping_says_that_capacity_goes_on() -> None:
    told = change_sentence(stop_serving(table(), "A", 0.0), "EUR", "Wetterau")
    assert told == (
        "Without them (Wetterau) the contribution goes from −EUR 20 to −EUR 320: EUR "
        "300 less. EUR 320 of cost to serve goes on without work: unused capacity is "
        "saved only where it is cut or put to paid use."
    )


def test_what_is_really_saved_needs_no_warning() -> None:
    told = change_sentence(serve_differently(table(), "A", 0.5), "EUR")
    assert told == (
        "Served differently (1 account) the contribution goes from −EUR 20 to EUR 140: "
        "EUR 160 more."
    )


def test_less_than_a_cent_is_no_change() -> None:
    found = serve_differently(table(), "A", 1 - 1e-9)
    assert change_sentence(found, "EUR").endswith("from −EUR 20 to −EUR 20: no change.")
    assert break_even_sentence(found, "EUR").startswith("It saves nothing")


def test_a_price_is_told_as_a_price() -> None:
    told = change_sentence(price_differently(table(), "A", price=0.05), "EUR")
    assert told.startswith("Priced differently (1 account)")


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (stop_serving(table(), "A", 0.5), "only if more than 93.8 % of their cost"),
        (stop_serving(table(served=-200.0), "A", 0.5), "even if all of their cost"),
        (stop_serving(table(goods=-990.0), "A", 0.5), "wins in any case"),
        (stop_serving(table(served=0.0), "A", 0.5), "No work is booked on them"),
        (price_differently(table(), "A", price=0.03), "as long as less than 9.1 %"),
        (
            price_differently(table(served=-100.0), "A", price=-0.03),
            "only if the volume grows by more than",
        ),
        (
            price_differently(table(goods=-1100.0), "A", price=-0.03),
            "no volume makes up for it",
        ),
        (
            price_differently(table(goods=-949.0), "A", price=0.03, avoidable=0.09),
            "whatever part of the volume is lost",
        ),
        (serve_differently(table(), "A", 0.5), "costs less than EUR 160, provided"),
        (serve_differently(table(), "A", 1.0), "It saves nothing"),
    ],
)
def test_every_break_even_has_its_words(found, told: str) -> None:
    assert told in break_even_sentence(found, "EUR")
