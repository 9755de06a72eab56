"""Accounts under contract: the pace of the last year, as long as they renew."""

import numpy as np
import pandas as pd
import pytest

from kamlab.value.customer_equity.contract_values import contract_values
from kamlab.value.customer_equity.margins import Margins
from kamlab.value.customer_equity.order_values import order_values
from kamlab.value.customer_equity.ordering_rates import OrderingRates
from kamlab.value.customer_equity.quarters import quarters_ahead
from tests.value.customer_equity.made_up_books import DAY, bound_until

ACCOUNTS = pd.Index(["A", "B", "C"])
AHEAD = quarters_ahead(DAY, 0.1, 12)


def series(*values: float) -> pd.Series:
    return pd.Series(values, ACCOUNTS, dtype=float)


def valued(
    ends: dict[str, str],
    margin: pd.Series | None = None,
    spread: float = 0.0,
    quarters=AHEAD,
    futures: int = 4000,
    **columns: object,
):
    worth = series(100, 200, 50)
    return contract_values(
        bound_until(ends, **columns),
        # 24 orders a year, as good as certain.
        OrderingRates(series(24e4, 24e4, 24e4), series(1e4, 1e4, 1e4), 1),
        Margins(series(0.3, 0.3, -0.1) if margin is None else margin, worth * spread),
        order_values(series(20, 20, 20), worth, 0 * worth),
        quarters,
        futures,
        0.95,
        np.random.default_rng(4),
    )


def test_while_the_contract_binds_orders_go_on_at_their_pace():
    frame = valued({"A": "2035-12-31"}).accounts.loc["A"]
    years = AHEAD.lengths @ AHEAD.discount
    assert frame["value"] == pytest.approx(100 * 0.3 * 24 * years)
    assert frame["orders_year"] == pytest.approx(24, rel=0.001)
    assert frame["alive"] == 1


def test_after_the_term_value_falls_by_the_chance_to_renew():
    frame = valued({"A": "2026-12-31"}).accounts.loc["A"]
    survival = np.repeat([1, 3 / 4, 3 / 5], 4)
    years = (survival * AHEAD.lengths) @ AHEAD.discount
    assert frame["value"] == pytest.approx(100 * 0.3 * 24 * years)


def test_futures_have_the_expected_mean():
    found = valued({"A": "2026-03-31", "B": "2027-03-31"})
    assert found.futures.mean(axis=0) == pytest.approx(
        found.accounts["value"].to_numpy(), rel=0.04
    )


def test_accounts_without_a_contract_are_left_out():
    assert valued({"B": "2026-12-31"}).accounts.index.tolist() == ["B"]
    assert valued({"B": "2026-12-31", "Z": "2026-12-31"}).futures.shape == (4000, 1)


def test_an_unknown_margin_leaves_an_account_out():
    margin = series(0.3, np.nan, 0.2)
    ends = {"A": "2026-12-31", "B": "2026-12-31"}
    assert valued(ends, margin).accounts.index.tolist() == ["A"]


def test_an_account_that_costs_is_worth_less_than_nothing():
    found = valued({"C": "2027-12-31"})
    assert found.accounts.loc["C", "value"] < 0
    assert (found.futures <= 0).all()


def test_who_leaves_at_the_end_of_the_term_orders_until_then():
    frame = valued({"A": "2026-06-30"}, leaves=True).accounts.loc["A"]
    half = AHEAD.lengths[:2] @ AHEAD.discount[:2]
    assert frame["value"] == pytest.approx(100 * 0.3 * 24 * half)
    assert frame["orders_year"] == pytest.approx(12, rel=0.02)


def test_orders_of_the_year_ahead_are_twelve_months_whatever_the_quarters():
    ends = {"A": "2035-12-31"}
    two = valued(ends, quarters=quarters_ahead(DAY, 0.1, 2)).accounts.loc["A"]
    twelve = valued(ends).accounts.loc["A"]
    assert two["orders_year"] == twelve["orders_year"]
    assert two["orders_low"] <= 24 <= two["orders_high"]


def test_unsure_margins_widen_the_futures():
    sure, unsure = (valued({"A": "2035-12-31"}, spread=s).futures for s in (0, 1e-3))
    assert unsure.std() > 1.5 * sure.std()


def test_nobody_under_contract_is_no_value():
    found = valued({})
    assert found.accounts.empty
    assert found.futures.shape == (4000, 0)
