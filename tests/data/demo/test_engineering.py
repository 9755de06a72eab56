"""Engineering to measure, and claims: few accounts take much of it."""

import pytest

from kamlab.data.demo.engineering import ENGINEERING_TOTALS


def costs_of(book, kind):
    costs = book.account_costs[book.account_costs["kind"] == kind]
    return costs.assign(year=costs["date"].dt.year)


def test_engineering_meets_its_totals(book):
    # Bills that came after the extract are missing from the last year.
    found = costs_of(book, "engineering").groupby("year")["amount"].sum()
    for year, total in ENGINEERING_TOTALS.items():
        assert found[year] == pytest.approx(total, rel=0.03), year


def test_only_projects_and_machine_builders_are_engineered_for(book):
    kinds = costs_of(book, "engineering")["account_id"].map(book.accounts["kind"])
    assert set(kinds) == {"project", "machine builder"}


def test_engineering_belongs_to_an_order_of_the_account(book):
    costs = costs_of(book, "engineering")
    owner = book.sales.drop_duplicates("order_id").set_index("order_id")["account_id"]
    assert (owner[costs["order_id"]].to_numpy() == costs["account_id"]).all()


def test_eight_accounts_made_to_measure_eat_up_their_margin(book):
    numbers = book.truth["serving"]["made_to_measure"]
    assert len(numbers) == 8
    costs = book.account_costs.groupby("account_id")["amount"].sum()[numbers]
    lines = book.orders[book.orders["account_id"].isin(numbers)]
    sums = lines.groupby("account_id")[["net_amount", "cogs"]].sum()
    left = sums["net_amount"] - sums["cogs"] - costs
    assert (left / sums["net_amount"]).median() < 0.05


def test_other_accounts_of_these_kinds_keep_theirs(book):
    others = book.accounts["kind"].isin(["project", "machine builder"])
    others &= ~book.accounts.index.isin(book.truth["serving"]["made_to_measure"])
    numbers = book.accounts.index[others]
    costs = book.account_costs.groupby("account_id")["amount"].sum().reindex(numbers)
    lines = book.orders[book.orders["account_id"].isin(numbers)]
    sums = lines.groupby("account_id")[["net_amount", "cogs"]].sum()
    left = sums["net_amount"] - sums["cogs"] - costs.fillna(0)
    assert (left / sums["net_amount"]).median() > 0.2


def test_claims_cost_about_half_a_percent_of_revenue(book):
    claims = costs_of(book, "warranty")["amount"].sum()
    assert 0.003 < claims / book.orders["net_amount"].sum() < 0.009


def test_claims_come_after_the_delivery(book):
    claims = costs_of(book, "warranty").dropna(subset="order_id")
    first = book.sales.groupby("order_id")["delivered_date"].min()
    assert (claims["date"] > first[claims["order_id"]].to_numpy()).all()
