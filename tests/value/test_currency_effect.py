"""Growth and the effect of rates add up to what is reported, in every currency."""

import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.errors import MissingDataError
from kamlab.value.currency_effect import currency_effect


def book(rates: dict[str, tuple[float, float]], seed: int = 1) -> kamlab.Portfolio:
    """Return two years of orders; each currency has a rate in each of them."""
    rng = np.random.default_rng(seed)
    days = pd.date_range("2024-01-01", "2025-12-31", freq="3D")
    codes = rng.choice(list(rates), len(days))
    original = rng.normal(100, 80, len(days)).round(2)
    rate = [rates[c][int(d.year == 2025)] for c, d in zip(codes, days, strict=True)]
    orders = pd.DataFrame(
        {
            "order_id": [str(number) for number in range(len(days))],
            "account_id": "A",
            "order_date": days,
            "net_amount": original * rate,
            "net_amount_original": original,
            "currency": codes,
        }
    )
    return kamlab.portfolio_from_tables(
        {"orders": orders}, "EUR", data_through="2025-12-31"
    )


RATES = {"EUR": (1.0, 1.0), "USD": (0.9, 0.8), "CNY": (0.13, 0.12)}


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_before_growth_and_effect_add_up_to_what_is_reported(seed):
    table = currency_effect(book(RATES, seed))
    total = table["before"] + table["growth"] + table["currency_effect"]
    assert total.tolist() == pytest.approx(table["reported"].tolist())


def test_the_effect_is_the_change_of_the_rate_on_what_was_bought():
    portfolio = book(RATES)
    table = currency_effect(portfolio)
    lines = portfolio.orders.collect("pandas").to_native()
    later = lines[lines["order_date"] >= "2025-01-01"]
    bought = later.groupby("currency")["net_amount_original"].sum()
    assert table.loc["USD", "currency_effect"] == pytest.approx(bought["USD"] * -0.1)
    assert table.loc["EUR", "currency_effect"] == pytest.approx(0)


def test_with_steady_rates_there_is_no_effect():
    steady = {code: (rate, rate) for code, (rate, _) in RATES.items()}
    effect = currency_effect(book(steady))["currency_effect"]
    assert effect.abs().max() == pytest.approx(0, abs=1e-9)


def test_a_currency_that_is_new_is_growth():
    portfolio = book(RATES)
    orders = portfolio.orders.collect("pandas").to_native()
    is_new = (orders["currency"] == "USD") & (orders["order_date"] < "2025-01-01")
    later = kamlab.portfolio_from_tables(
        {"orders": orders[~is_new]}, "EUR", data_through="2025-12-31"
    )
    table = currency_effect(later)
    assert table.loc["USD", "currency_effect"] == 0
    assert table.loc["USD", "growth"] == table.loc["USD", "reported"]


def test_lines_that_were_not_converted_stand_in_the_reporting_currency():
    orders = book(RATES).orders.collect("pandas").to_native()
    plain = orders["currency"] == "EUR"
    orders.loc[plain, ["currency", "net_amount_original"]] = None
    portfolio = kamlab.portfolio_from_tables(
        {"orders": orders}, "EUR", data_through="2025-12-31"
    )
    table = currency_effect(portfolio)
    assert set(table.index) == set(RATES)
    assert table.loc["EUR", "currency_effect"] == pytest.approx(0)


def test_without_the_amount_before_conversion_it_is_not_available():
    orders = book(RATES).orders.collect("pandas").to_native()
    bare = orders.drop(columns=["net_amount_original"])
    portfolio = kamlab.portfolio_from_tables({"orders": bare}, "EUR")
    with pytest.raises(MissingDataError, match="net_amount_original"):
        currency_effect(portfolio)


def test_both_windows_have_to_be_covered():
    with pytest.raises(MissingDataError, match="needs 48 months"):
        currency_effect(book(RATES), months=24)
