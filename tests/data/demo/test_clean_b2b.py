"""The plain portfolio for tests of estimators."""

import numpy as np
import pandas as pd
import pytest

from kamlab.data.demo import generate


@pytest.fixture(params=[11, 12, 13])
def company(request):
    return generate("clean_b2b", seed=request.param, accounts=400)


def test_it_holds_orders_and_accounts_only(company):
    assert set(company.tables) == {"orders", "accounts"}


def test_every_account_orders(company):
    orders, accounts = company.tables["orders"], company.tables["accounts"]
    assert set(orders["account_id"]) == set(accounts["account_id"])


def test_accounts_are_lost_at_the_planted_rate(company):
    accounts = company.tables["accounts"].set_index("account_id")
    end = pd.Timestamp("2025-12-31")
    left = pd.to_datetime(pd.Series(company.truth["losses"]))
    years = (left.reindex(accounts.index).fillna(end) - accounts["created_on"]).dt.days
    rate = len(left) / (years.sum() / 365.25)
    error = np.sqrt(len(left)) / (years.sum() / 365.25)
    assert abs(rate - company.truth["loss_rate_a_year"]) < 3 * error


def test_nobody_orders_after_being_lost(company):
    last = company.tables["orders"].groupby("account_id")["order_date"].max()
    left = pd.to_datetime(pd.Series(company.truth["losses"]))
    assert (last[left.index] <= left).all()


def test_values_within_an_account_are_gamma_of_the_planted_shape(company):
    orders = company.tables["orders"]
    by_account = orders.groupby("account_id")["net_amount"]
    cv2 = (by_account.var() / by_account.mean() ** 2)[by_account.size() >= 20]
    assert 1 / cv2.mean() == pytest.approx(company.truth["value_shape"], rel=0.12)


def test_there_is_no_season(company):
    months = company.tables["orders"]["order_date"]
    months = months[months >= "2024-01-01"].dt.month.value_counts(normalize=True)
    assert months.between(0.06, 0.11).all()


def test_scrambled_accounts_lose_the_planted_gaps(company):
    orders = company.tables["orders"]
    mixed = np.random.default_rng(0).permutation(orders["account_id"].to_numpy())
    orders = orders.assign(account_id=mixed).sort_values(["account_id", "order_date"])
    gap = orders.groupby("account_id")["order_date"].diff().dt.days
    scaled = gap / orders["account_id"].map(company.truth["mean_gap"])
    assert 1 / scaled.var() != pytest.approx(company.truth["erlang_k"], rel=0.3)
