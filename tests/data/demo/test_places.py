"""Regions, countries and currencies."""

import pytest

from kamlab.data.demo.places import COUNTRIES_OF_REGION, CURRENCY_OF_REGION
from kamlab.data.demo.story import CURRENCY_SHARES


def test_revenue_of_2025_is_65_22_13_in_euro_yuan_and_dollar(book):
    revenue = book.yearly[2025].groupby(book.accounts["currency"]).sum()
    found = revenue / revenue.sum()
    for currency, share in CURRENCY_SHARES.items():
        assert found[currency] == pytest.approx(share, abs=0.025)


def test_every_region_of_the_story_has_accounts(book):
    assert set(book.accounts["region"]) == set(CURRENCY_OF_REGION)
    assert book.accounts["region"].value_counts().min() >= 8


def test_an_account_is_invoiced_in_the_currency_of_its_region(book):
    expected = book.accounts["region"].map(CURRENCY_OF_REGION)
    assert (book.accounts["currency"] == expected).all()


def test_order_lines_carry_the_currency_of_their_account(book):
    expected = book.orders["account_id"].map(book.accounts["currency"])
    assert (book.orders["currency"] == expected).all()


def test_chinese_accounts_are_sold_to_from_suzhou(book):
    chinese = book.orders["account_id"].map(book.accounts["country"]) == "CN"
    assert set(book.orders.loc[chinese, "sales_org"]) == {"CN01"}


def test_countries_lie_in_their_region(book):
    ordinary = book.accounts[~book.accounts["country"].isin(["GB", "BE", "IE", "NO"])]
    for region, rows in ordinary.groupby("region"):
        assert set(rows["country"]) <= set(COUNTRIES_OF_REGION[region])
