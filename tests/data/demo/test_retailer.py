"""The retailer: 4, 11, 14 and 71 % of its customers bring 37, 27, 16 and 20 %."""

import numpy as np
import pytest

import kamlab
from kamlab.data.demo import generate, write_demo
from kamlab.errors import UsageError


@pytest.fixture(params=[101, 202, 303])
def retailer(request):
    return generate("retailer", seed=request.param)


def profit_of(retailer):
    orders = retailer.tables["orders"]
    cents = orders.groupby("account_id")[["net_amount", "cogs"]].sum().mul(100).round()
    return (cents["net_amount"] - cents["cogs"]).astype(int)


def test_groups_have_exactly_their_shares_of_customers_and_profit(retailer):
    kind = retailer.tables["accounts"].set_index("account_id")["kind"]
    sums = profit_of(retailer).groupby(kind).sum()
    shares = {"first": 37, "second": 27, "third": 16, "rest": 20}
    assert (100 * sums).to_dict() == {k: v * sums.sum() for k, v in shares.items()}
    counts = kind.value_counts(normalize=True).to_dict()
    assert counts == {"first": 0.04, "second": 0.11, "third": 0.14, "rest": 0.71}


def test_29_percent_of_the_customers_bring_80_percent_of_the_profit(retailer):
    kind = retailer.tables["accounts"].set_index("account_id")["kind"]
    profit = profit_of(retailer)
    assert profit[kind[profit.index] != "rest"].sum() / profit.sum() == 0.8


def gini(values):
    values = np.sort(values)
    n = len(values)
    return 2 * (np.arange(1, n + 1) * values).sum() / (n * values.sum()) - (n + 1) / n


def test_gini_of_the_customers_is_above_that_of_the_groups(retailer):
    assert 0.6055 <= gini(profit_of(retailer)) < 0.75


def test_every_customer_buys_and_earns_something(retailer):
    assert (profit_of(retailer) > 0).all()
    assert len(profit_of(retailer)) == len(retailer.tables["accounts"])
    orders = retailer.tables["orders"]
    assert (orders["cogs"] > 0).all()
    assert orders["order_date"].dt.year.eq(2025).all()


def test_the_folder_opens_as_a_portfolio(tmp_path):
    folder = write_demo(tmp_path / "retailer", "retailer", seed=101, accounts=100)
    with kamlab.open_portfolio(folder) as portfolio:
        assert len(portfolio.accounts) == 100
        assert portfolio.currency == "USD"


def test_customers_must_be_a_multiple_of_100():
    with pytest.raises(UsageError, match=r"accounts = 150: .*multiple of 100"):
        generate("retailer", accounts=150)
