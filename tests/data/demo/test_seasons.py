"""August, the year's end and Chinese New Year, which moves."""

import pandas as pd
import pytest

from kamlab.data.demo.seasons import seasons
from kamlab.data.demo.story import CHINESE_NEW_YEAR


def orders_in(book, currency):
    first = book.sales[book.sales["account_id"] != book.number_of("wetterau")]
    first = first.drop_duplicates("order_id")
    return first.loc[first["currency"] == currency, "order_date"]


def test_europe_orders_less_in_august_and_at_the_years_end(books):
    days = pd.concat([orders_in(book, "EUR") for book in books])
    monthly = days.dt.month.value_counts().sort_index()
    usual = monthly[[3, 4, 5, 6, 9, 10, 11]].mean()
    assert monthly[8] < 0.75 * usual
    assert monthly[12] < 0.85 * usual


@pytest.mark.parametrize("holiday", CHINESE_NEW_YEAR, ids=str)
def test_china_orders_almost_nothing_around_new_year_wherever_it_falls(books, holiday):
    days = pd.concat([orders_in(book, "CNY") for book in books])
    start = pd.Timestamp(holiday)
    quiet = days.between(start, start + pd.Timedelta(days=9)).sum() / 10
    year = (days.dt.year == holiday.year).sum() / 365
    assert quiet < 0.4 * year


def test_europe_does_not_close_at_chinese_new_year(books):
    days = pd.concat([orders_in(book, "EUR") for book in books])
    february = (days.dt.month == 2).sum() / 28.25
    assert february > 0.85 * len(days) / 365.25


@pytest.mark.parametrize("area", ["EUR", "CNY", "USD"])
def test_a_season_moves_orders_and_takes_none_away(area):
    assert seasons()[area].mean() == pytest.approx(1)
