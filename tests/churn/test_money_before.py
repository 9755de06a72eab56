"""What is at stake, added up by hand from the lines of small books."""

from datetime import date

import pandas as pd
import pytest

from kamlab.churn.category_parts import category_parts
from kamlab.churn.money_before import money_before
from kamlab.churn.watch import watch_list
from tests.churn.books import book, every, orders
from tests.churn.test_fading import LATELY, PRODUCTS, WEEKLY, bought

NONE = pd.NaT


def alert(account: str, category: str = "", last_order=NONE, since=NONE):
    row = {"account_id": account, "category": category}
    days = {"last_order": pd.Timestamp(last_order), "since": pd.Timestamp(since)}
    return pd.DataFrame([row | days])


def lines(product: str, days, amount: float, cost: float) -> pd.DataFrame:
    return bought(product, days).assign(net_amount=amount, cogs=cost)


def test_a_category_puts_its_share_of_the_margin_at_stake_and_not_the_account() -> None:
    couplings = lines("C", WEEKLY, 100.0, 80.0)
    gearboxes = lines("G", WEEKLY[~LATELY], 300.0, 240.0)
    portfolio = book(couplings, gearboxes, products=PRODUCTS)
    row = watch_list(portfolio).iloc[0]
    assert row["rule"] == "fading: gearboxes"
    year = (row["since"] - pd.DateOffset(years=1), row["since"])
    weeks = ((year[0] <= WEEKLY) & (year[1] > WEEKLY)).sum()
    boxes = ((year[0] <= WEEKLY[~LATELY]) & (year[1] > WEEKLY[~LATELY])).sum()
    assert row["account_stake"] == pytest.approx(20.0 * weeks + 60.0 * boxes)
    assert row["at_stake"] == pytest.approx(60.0 * boxes)


def test_freight_is_borne_by_the_categories_in_proportion_to_their_margin() -> None:
    charges = bought("C", WEEKLY[:1]).assign(net_amount=-50.0, line_type="price_credit")
    parts = [
        lines("C", WEEKLY, 100.0, 80.0).assign(line_type="sale"),
        lines("G", WEEKLY, 300.0, 240.0).assign(line_type="sale"),
        charges.assign(cogs=0.0, order_id="credit"),
    ]
    first, last = WEEKLY[0].date(), WEEKLY[-1].date()
    shares = category_parts(book(*parts, products=PRODUCTS), first, last)
    assert shares["A"].round(9).to_dict() == {"couplings": 0.25, "gearboxes": 0.75}


def test_without_costs_or_without_margin_goods_are_shared_out() -> None:
    days = (WEEKLY[0].date(), WEEKLY[-1].date())
    plain = [bought("C", WEEKLY), bought("G", WEEKLY)]
    by_goods = category_parts(book(*plain, products=PRODUCTS), *days)
    at_a_loss = [lines("C", WEEKLY, 100.0, 140.0), lines("G", WEEKLY, 100.0, 90.0)]
    dear = category_parts(book(*at_a_loss, products=PRODUCTS), *days)
    assert by_goods["A"].to_dict() == dear["A"].to_dict()
    assert by_goods["A"].sum() == 1.0


def test_the_year_ends_with_the_month_of_the_last_order() -> None:
    portfolio = book(orders("A", every(30, "2025-03-10", 40)))
    found = money_before(portfolio, alert("A", last_order="2025-03-10"))
    days = every(30, "2025-03-10", 40)
    inside = (days >= "2024-04-01") & (days <= "2025-03-31")
    assert found["at_stake"].tolist() == [100.0 * inside.sum()]


def test_a_book_that_begins_later_counts_from_its_first_day() -> None:
    portfolio = book(orders("A", every(10, "2025-05-31", 10)))
    silent = money_before(portfolio, alert("A", last_order="2025-05-31"))
    assert silent["at_stake"].tolist() == [1000.0]
    fresh = money_before(
        book(bought("G", WEEKLY), products=PRODUCTS),
        alert("A", "gearboxes", since=WEEKLY[0]),
    )
    assert fresh["at_stake"].tolist() == [0.0]


def test_of_an_account_with_unknown_costs_nobody_knows_what_is_at_stake() -> None:
    days = every(10, "2025-05-31", 50)
    unknown = orders("A", days, cogs=60.0)
    unknown.loc[49, "cogs"] = None
    found = money_before(book(unknown), alert("A", last_order="2025-05-31"))
    assert found["at_stake"].isna().all()


def test_no_alerts_have_no_money() -> None:
    none = alert("A", last_order="2025-05-31").iloc[:0]
    assert money_before(book(orders("A", ["2025-05-31"])), none).empty


def test_kovostavs_gearboxes_are_part_of_what_it_left_before_they_faded(demo) -> None:
    watch = watch_list(demo, "parent", stake=["A10284"]).set_index("parent_id")
    row = watch.loc["A10284"]
    assert row["since"] == pd.Timestamp("2025-05-01")
    parts = category_parts(demo, date(2024, 5, 1), date(2025, 4, 30), "parent")
    part = parts[("A10284", "gearboxes")]
    assert 0.2 < part < 0.5
    assert row["at_stake"] == pytest.approx(part * row["account_stake"])
    assert parts["A10284"].sum() == pytest.approx(1.0)
