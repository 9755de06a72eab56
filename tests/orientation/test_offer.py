"""What was offered to a group of accounts, period by period."""

import pandas as pd
import pytest

import kamlab
from kamlab.errors import MissingDataError
from kamlab.orientation.key_accounts import key_accounts
from kamlab.orientation.offer import offer_by_period, offer_formats
from tests.orientation.conftest import book, lines

PRODUCTS = pd.DataFrame(
    {
        "product_id": ["P1", "P2", "S1"],
        "category": ["guides", "gears", "service"],
        "service_flag": [False, False, True],
    }
)


@pytest.fixture
def company():
    orders = lines(
        [
            ("A", "2024-01-01", 80.0),
            ("B", "2024-06-01", 50.0),
            ("A", "2025-02-01", 70.0),
            ("A", "2025-12-31", 30.0),
        ],
        product_id=["P1", "P1", "P2", "S1"],
        quantity=[1.0, 1.0, 1.0, 1.0],
        unit_list_price=[100.0, 100.0, 100.0, None],
    )
    tables = {"orders": orders, "products": PRODUCTS}
    return kamlab.portfolio_from_tables(tables, "EUR")


def test_by_heart(company):
    offer = offer_by_period(company)
    assert offer["buyers"].tolist() == [2, 1]
    assert offer["categories"].tolist() == [1, 2]
    assert offer["discount"].tolist() == pytest.approx([0.35, 0.30])
    assert offer["services"].tolist() == pytest.approx([0.0, 0.3])


def test_some_accounts_alone(company):
    offer = offer_by_period(company, ["A"])
    assert offer["discount"].tolist() == pytest.approx([0.2, 0.3])


def test_talbruck_s_key_accounts_get_more_discount_every_year(demo):
    discount = offer_by_period(demo, key_accounts(demo).accounts)["discount"]
    assert discount.is_monotonic_increasing


def test_without_products_it_says_what_is_missing():
    with pytest.raises(MissingDataError, match="The range that was sold"):
        offer_by_period(book([("A", "2025-01-01", 5.0)]))


def test_without_list_prices_there_is_no_discount():
    rows = [("A", "2025-01-01", 5.0), ("A", "2025-12-31", 5.0)]
    orders = lines(rows, product_id="P1")
    tables = {"orders": orders, "products": PRODUCTS[["product_id", "category"]]}
    offer = offer_by_period(kamlab.portfolio_from_tables(tables, "EUR"))
    assert offer.columns.tolist() == ["buyers", "categories"]
    assert offer_formats(offer) == {}
