"""Every character of the story is visible in the tables, from the tables alone."""

import numpy as np
import pytest

from kamlab.data.demo.characters import CHARACTERS, DECOYS, MERGED, branches, cast


def shares_of_marwitz(book):
    yearly = book.yearly
    return yearly.loc[book.number_of("marwitz")] / yearly.sum()


def test_marwitz_grows_from_11_to_17_percent_of_revenue(book):
    shares = shares_of_marwitz(book)
    assert shares[2022] == pytest.approx(0.11, abs=0.01)
    assert shares[2025] == pytest.approx(0.17, abs=0.01)


def test_marwitz_is_number_one_in_every_year(book):
    assert (book.yearly.idxmax() == book.number_of("marwitz")).all()


def test_scrambled_accounts_hide_marwitz(book):
    # Lines keep their amounts but lose their owner: a share of some 2.5 % remains.
    shares = shares_of_marwitz(book.scrambled())
    assert shares[2025] != pytest.approx(0.17, abs=0.05)


def test_net_prices_of_marwitz_fall_by_3_percent_a_year(book):
    sales = book.of("marwitz").query("line_type == 'sale'")
    prices = sales.pivot_table(
        index="product_id", columns="year", values="unit_net_price", aggfunc="median"
    )
    yearly = (prices[2025] / prices[2022]).median() ** (1 / 3) - 1
    assert yearly == pytest.approx(-0.03, abs=0.002)


def test_wetterau_is_among_the_15_largest_in_every_year(book):
    ranks = book.yearly.rank(ascending=False).loc[book.number_of("wetterau")]
    assert (ranks <= 15).all()


def test_wetterau_orders_some_1400_times_a_year_for_some_700_euro(book):
    sales = book.of("wetterau").query("line_type == 'sale'")
    orders = sales.groupby(["year", "order_id"])["net_amount"].sum()
    assert orders.groupby("year").size().to_numpy() == pytest.approx(1400, rel=0.06)
    assert orders.mean() == pytest.approx(700, rel=0.05)


def test_wetterau_brings_a_gross_margin_of_about_300_thousand(book):
    lines = book.of("wetterau").query("year == 2025")
    margin = lines["net_amount"].sum() - lines["cogs"].sum()
    assert margin == pytest.approx(300_000, rel=0.10)


def test_no_brackwell_branch_is_among_the_15_largest(book):
    ranks = book.yearly[2025].rank(ascending=False)
    numbers = [book.number_of(branch.key) for branch in branches()]
    assert (ranks[numbers] > 15).all()


def test_brackwell_as_a_group_is_number_4(book):
    own = book.accounts.index.to_series()
    top = book.accounts["parent_id"].where(book.accounts["parent_id"].notna(), own)
    groups = book.yearly[2025].groupby(top).sum().rank(ascending=False)
    assert groups[book.number_of("brackwell_1")] == 4


def test_haorui_is_small_with_four_times_the_wallet(book):
    assert book.yearly.loc[book.number_of("haorui"), 2025] < 100_000
    assert book.truth["characters"]["haorui"]["wallet_multiple"] == 4


def kovostav_by_quarter(book):
    lines = book.of("kovostav").query("line_type in ['sale', 'service']")
    lines = lines.assign(
        quarter=lines["order_date"].dt.to_period("Q"),
        category=lines["product_id"].map(book.products["category"]),
    )
    return lines.pivot_table(
        index="quarter", columns="category", values="net_amount", aggfunc="sum"
    ).fillna(0.0)


def test_gearboxes_of_kovostav_fade_in_2025(book):
    gears = kovostav_by_quarter(book)["gearboxes"]
    usual = gears["2022Q1":"2024Q4"].mean()
    assert gears["2024"].mean() > 0.7 * usual
    assert gears["2025Q4"] < 0.25 * usual


def test_the_total_of_kovostav_stays_flat(book):
    total = kovostav_by_quarter(book).sum(axis=1)
    assert total.to_numpy() == pytest.approx(total.mean(), rel=0.10)


def test_seilwerk_buys_1_9_million_in_2024_and_then_nothing(book):
    years = book.yearly.loc[book.number_of("seilwerk")]
    assert years[2024] == pytest.approx(1.9e6, rel=0.05)
    assert abs(years[[2022, 2023, 2025]]).max() < 0.02 * years[2024]


def test_nordkai_destocks_in_2025_and_returns(book):
    bought = book.of("nordkai").query("line_type == 'sale'").set_index("order_date")
    monthly = bought["net_amount"].resample("MS").sum()
    usual = monthly["2023":"2024"].mean()
    assert monthly["2025-03":"2025-08"].sum() / 6 < 0.35 * usual
    assert monthly["2025-09":"2025-12"].sum() / 4 > 0.6 * usual


def test_lianhan_more_than_triples(book):
    years = book.yearly.loc[book.number_of("lianhan")]
    assert years[2025] > 3 * years[2022]
    assert years.is_monotonic_increasing


def test_hallenbeck_is_an_ordinary_steady_customer(book):
    years = book.yearly.loc[book.number_of("hallenbeck")]
    assert years.to_numpy() == pytest.approx(years.mean(), rel=0.12)


@pytest.mark.parametrize("old", sorted(MERGED))
def test_a_replaced_number_stops_and_the_other_goes_on_with_both(book, old):
    new, since = MERGED[old]
    assert book.of(old).query("line_type == 'sale'")["order_date"].max().date() < since
    both = book.yearly.loc[[book.number_of(old), book.number_of(new)]].sum()
    assert both.to_numpy() == pytest.approx(both.mean(), rel=0.12)
    row = book.accounts.loc[book.number_of(old)]
    assert row["merged_into"] == book.number_of(new)


def test_the_shutdown_plant_orders_nothing_for_twelve_weeks(book):
    days = book.of("shutdown").query("line_type == 'sale'")["order_date"]
    assert not days.between("2024-01-15", "2024-03-24").any()
    assert (days > "2024-04-01").sum() > 20


def test_the_price_cut_customer_buys_as_many_units_as_before(book):
    sales = book.of("price_cut").query("line_type == 'sale'")
    prices = sales.pivot_table(
        index="product_id", columns="year", values="unit_net_price", aggfunc="median"
    )
    assert (prices[2025] / prices[2024]).median() == pytest.approx(0.94, abs=0.01)
    orders = sales.groupby("year")["order_id"].nunique()
    assert orders[2025] > 0.7 * orders[2024]


def test_decoys_are_never_losses(book):
    assert not set(book.truth["decoys"]) & set(book.truth["losses"])
    assert len(book.truth["decoys"]) == len(DECOYS)


def test_planned_accounts_meet_their_plans(book):
    for each in cast():
        planned = np.array(each.revenue)
        found = book.yearly.loc[book.number_of(each.key)].to_numpy()
        big = planned > 50_000
        assert found[big] == pytest.approx(planned[big], rel=0.13), each.key


def test_every_member_of_the_cast_has_a_key_of_its_own():
    keys = [each.key for each in cast()]
    assert len(set(keys)) == len(keys) == len(CHARACTERS) + 6
