"""The bank: 10, 30 and 60 % of its customers bring 93, 17 and -10 % of its profit."""

import numpy as np
import pytest

import kamlab
from kamlab.data.demo import generate, write_demo
from kamlab.errors import UsageError
from kamlab.value.profitability import account_profit


@pytest.fixture(params=[101, 202, 303])
def bank(request):
    return generate("bank", seed=request.param)


def minutes_of(bank):
    contacts = bank.tables["interactions"]
    return contacts.groupby("account_id")["duration_minutes"].sum().astype(int)


def profit_of(bank):
    """Return profit in whole cents: income less direct cost less time at its rate."""
    orders, costs = bank.tables["orders"], bank.tables["costs"]
    cents = orders.groupby("account_id")[["net_amount", "cogs"]].sum().mul(100).round()
    rate = costs["cost"].sum() / costs["capacity_minutes"].sum()
    time = 100 * rate * minutes_of(bank)
    return (cents["net_amount"] - cents["cogs"] - time).astype(int)


def percents(bank, values):
    kind = bank.tables["accounts"].set_index("account_id")["kind"]
    sums = values.groupby(kind).sum()
    assert (100 * sums % sums.sum() == 0).all()
    return (100 * sums // sums.sum()).to_dict()


def test_groups_are_10_30_and_60_percent_of_the_customers(bank):
    counts = bank.tables["accounts"]["kind"].value_counts()
    assert counts.to_dict() == {"bottom": 600, "middle": 300, "top": 100}


def test_groups_take_exactly_18_28_and_54_percent_of_the_time(bank):
    assert percents(bank, minutes_of(bank)) == {"top": 18, "middle": 28, "bottom": 54}


def test_groups_bring_exactly_93_17_and_minus_10_percent_of_the_profit(bank):
    assert percents(bank, profit_of(bank)) == {"top": 93, "middle": 17, "bottom": -10}


def test_whale_curve_of_the_customers_peaks_above_110_percent(bank):
    profit = np.sort(profit_of(bank))[::-1]
    curve = profit.cumsum() / profit.sum()
    assert 1.10 < curve.max() < 1.20
    assert 0.4 < (curve.argmax() + 1) / len(curve) < 0.7


def test_customers_given_to_random_groups_bring_what_their_number_says(bank):
    kind = np.random.default_rng(0).permutation(bank.tables["accounts"]["kind"])
    profit = profit_of(bank)[bank.tables["accounts"]["account_id"]]
    share = profit.groupby(kind).sum() / profit.sum()
    assert share["top"] < 0.3


def test_future_stars_grow_and_earn_in_the_last_group(bank):
    stars = bank.truth["future_stars"]
    kind = bank.tables["accounts"].set_index("account_id")["kind"]
    assert 10 <= len(stars) <= 50
    assert (kind[stars] == "bottom").all()
    assert (profit_of(bank)[stars] > 0).all()
    orders = bank.tables["orders"]
    mine = orders[orders["account_id"].isin(stars)]
    quarters = mine.groupby(mine["order_date"].dt.quarter)["net_amount"].sum()
    assert quarters[4] > 3 * quarters[1]


def test_advisers_have_time_left(bank):
    capacity = bank.tables["costs"]["capacity_minutes"].sum()
    assert minutes_of(bank).sum() / capacity == pytest.approx(bank.truth["utilisation"])


def test_every_contact_carries_its_duration(bank):
    assert bank.tables["interactions"]["duration_minutes"].notna().all()
    assert (bank.tables["orders"]["net_amount"] > 0).all()


def test_the_module_finds_the_table_from_the_folder(tmp_path):
    folder = write_demo(tmp_path / "bank", "bank", seed=101, accounts=200)
    with kamlab.open_portfolio(folder) as portfolio:
        profit = account_profit(portfolio)
        groups = profit.table.groupby(portfolio.accounts["kind"]).sum()
    share = groups["contribution"] / groups["contribution"].sum()
    assert share.to_dict() == pytest.approx(
        {"top": 0.93, "middle": 0.17, "bottom": -0.1}
    )
    time = groups["minutes"] / groups["minutes"].sum()
    assert time.to_dict() == pytest.approx(
        {"top": 0.18, "middle": 0.28, "bottom": 0.54}
    )
    assert profit.pools["utilisation"].item() == pytest.approx(0.84)


@pytest.mark.parametrize("accounts", [55, 101])
def test_a_size_that_the_groups_do_not_divide_is_refused(accounts):
    with pytest.raises(UsageError, match=r"the bank's groups .* multiple of 10"):
        generate("bank", accounts=accounts)
