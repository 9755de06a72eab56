"""Which part of the list price accounts pay, and whose part falls."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from kamlab.errors import MissingDataError, UsageError
from kamlab.value.price_paths import falling_price_sentence, largest_paths, price_paths
from kamlab.value.profitability import AccountProfit


def year(number: int, listed: dict, sold: dict, returned: dict | None = None):
    """Return a year of profit with list value, net revenue and returns by account."""
    columns = {"list_revenue": listed, "revenue": sold, "returns": returned or {}}
    table = pd.DataFrame({name: pd.Series(each) for name, each in columns.items()})
    ends = date(number, 1, 1), date(number, 12, 31)
    return AccountProfit(table.astype(float).fillna(0.0), *ends, "contribution")


@pytest.fixture
def years():
    """Return two years in which one account's price falls and another's rises."""
    return {
        2024: year(2024, {"A": 100, "B": 50}, {"A": 80, "B": 45}),
        2025: year(2025, {"A": 1000, "B": 40}, {"A": 700, "B": 38}),
    }


def test_a_price_is_net_revenue_as_a_share_of_the_list_price(years):
    price = price_paths(years).price
    assert price.loc["A"].round(3).tolist() == [0.8, 0.7]
    assert price.columns.tolist() == ["2024", "2025"]


def test_what_is_given_is_the_fall_times_what_is_bought_now(years):
    given = price_paths(years).given
    assert given["A"] == pytest.approx(0.1 * 1000)
    assert given["B"] == pytest.approx(-0.05 * 40)


def test_goods_sent_back_are_no_discount():
    then = year(2024, {"A": 100}, {"A": 80})
    now = year(2025, {"A": 100}, {"A": 60}, {"A": -20})
    assert price_paths({1: then, 2: now}).change["A"] == pytest.approx(0)


def test_the_price_of_all_others_leaves_the_account_out(years):
    others = price_paths(years).of_others
    assert others["A"] == pytest.approx(38 / 40 - 45 / 50)
    assert others["B"] == pytest.approx(0.7 - 0.8)


def test_who_bought_nothing_in_one_year_has_no_fall():
    then = year(2024, {"A": 100}, {"A": 80})
    now = year(2025, {"A": 100, "B": 100}, {"A": 80, "B": 10})
    paths = price_paths({1: then, 2: now})
    assert pd.isna(paths.given["B"])
    assert "B" not in largest_paths(paths).index


def test_the_list_is_ranked_by_money_and_not_by_points(years):
    years[2025].table.loc["B", "revenue"] = 20.0
    table = largest_paths(price_paths(years), 2, {"A": "Adler"})
    assert table.index.tolist() == ["Adler", "B"]
    assert table["given"].tolist() == pytest.approx([100, 16])


def test_the_sentence_names_the_account_and_both_prices(years):
    said = falling_price_sentence(price_paths(years), {"A": "Adler"}, "EUR")
    assert said.startswith(
        "Adler paid 80.0 % of the list price in 2024 and pays 70.0 %"
    )
    assert "EUR 100 a year less" in said
    assert "+5.0 points" in said


def test_rising_prices_need_no_sentence(years):
    turned = {1: years[2025], 2: years[2024]}
    turned[2].table.loc["B", "revenue"] = 50.0
    assert falling_price_sentence(price_paths(turned)) == ""


def test_one_year_shows_no_path(years):
    with pytest.raises(UsageError, match="profits has 1 window: give two"):
        price_paths({2025: years[2025]})


def test_without_list_prices_it_says_what_to_import(years):
    years = {
        name: replace(each, table=each.table.drop(columns="list_revenue"))
        for name, each in years.items()
    }
    with pytest.raises(MissingDataError, match="no list_revenue"):
        price_paths(years)
