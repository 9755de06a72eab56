"""Transport that grew with the goods is told from transport that grew beyond them."""

from datetime import date

import pandas as pd
import pytest

from kamlab.value.profit_bridge import ProfitBridge
from kamlab.value.profitability import AccountProfit
from kamlab.value.transport_growth import (
    TransportGrowth,
    transport_growth,
    transport_sentence,
)


def bridge(transport: dict, lost: dict, growth: float, **direct: list) -> ProfitBridge:
    """Return a bridge over two accounts with these costs of the year before."""
    day = date(2024, 12, 31)
    table = pd.DataFrame(direct, index=["A", "B"], dtype=float)
    profit = AccountProfit(table, day, day, "contribution", table)
    steps = pd.DataFrame({"transport": transport, "lost_accounts": lost}, dtype=float)
    return ProfitBridge(profit, profit, steps, growth=growth)


STAYED = {"A": 0, "B": 0}


def test_what_grew_with_the_goods_and_what_grew_beyond_them():
    one = bridge({"A": -20, "B": -10}, STAYED, 0.1, freight=[100, 40], customs=[10, 0])
    found = transport_growth([one])
    assert found.change == 30
    assert found.with_goods == pytest.approx(15)  # a tenth of 150
    assert found.beyond_goods == pytest.approx(15)


def test_bridges_add_up_and_growth_is_compounded():
    one = bridge({"A": -5, "B": 0}, STAYED, 0.1, freight=[100, 0])
    two = bridge({"A": -9, "B": 0}, STAYED, 0.2, freight=[105, 0])
    found = transport_growth([one, two])
    assert (found.change, found.with_goods) == pytest.approx((14, 31))
    assert found.growth == pytest.approx(0.32)


def test_transport_of_accounts_that_left_is_no_base_of_growth():
    left = bridge({"A": -20, "B": 0}, {"A": 0, "B": -7}, 0.1, freight=[100, 40])
    assert transport_growth([left]).with_goods == pytest.approx(10)


def test_costs_that_are_no_transport_do_not_count():
    mixed = bridge({"A": -1, "B": 0}, STAYED, 0.1, freight=[10, 0], engineering=[90, 0])
    assert transport_growth([mixed]).with_goods == pytest.approx(1)


def test_without_booked_transport_nothing_is_said():
    steps = pd.DataFrame({"volume": [1.0]}, index=["A"])
    assert transport_growth([ProfitBridge(None, None, steps)]) is None
    assert transport_sentence(None) == ""


def test_transport_that_cost_less_needs_no_explanation():
    assert transport_sentence(TransportGrowth(-3.0, 5.0, 0.1)) == ""
    assert transport_sentence(TransportGrowth(3.0, 5.0, float("nan"))) == ""


def test_what_the_goods_explain_wholly_is_not_called_dearer():
    told = transport_sentence(TransportGrowth(20.0, 25.0, 0.1), "EUR")
    assert told == (
        "Transport took EUR 20 more, no more than goes with the larger quantity of "
        "goods."
    )


def test_price_and_quantity_of_transport_are_not_told_apart():
    told = transport_sentence(TransportGrowth(20.0, 5.0, 0.1), "EUR")
    assert told.endswith("The bills do not say which.")
    fewer = transport_sentence(TransportGrowth(20.0, -5.0, -0.1), "EUR")
    assert "EUR 20 more for no larger quantity of goods" in fewer
