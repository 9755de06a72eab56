import numpy as np
import pandas as pd
import pytest

from kamlab.churn.category_lines import category_lines
from kamlab.churn.fading import fading_categories
from kamlab.data.demo import generate
from kamlab.errors import MissingDataError, UsageError
from kamlab.opening import portfolio_from_tables
from tests.churn.books import book, every, orders
from tests.conftest import slow

PRODUCTS = pd.DataFrame(
    {"product_id": ["G", "C"], "category": ["gearboxes", "couplings"]}
)
WEEKLY = every(7, "2025-06-27", 120)
LATELY = WEEKLY >= "2025-01-01"


def bought(product: str, days, account: str = "A") -> pd.DataFrame:
    frame = orders(account, days, product_id=product)
    return frame.assign(order_id=frame["order_id"] + product)


def fading(*parts: pd.DataFrame, **more) -> pd.DataFrame:
    return fading_categories(book(*parts, products=PRODUCTS), **more)


def test_a_category_that_goes_while_the_account_stays_is_found() -> None:
    table = fading(bought("C", WEEKLY), bought("G", WEEKLY[~LATELY]))
    assert table["category"].tolist() == ["gearboxes"]
    row = table.loc[0]
    assert row["account_id"] == "A"
    assert (row["share_before"], row["share_now"], row["lines_now"]) == (0.5, 0.0, 0)
    assert row["expected"] == pytest.approx(LATELY.sum() / 2)
    assert row["days_now"] == LATELY.sum()
    assert row["since"] == pd.Timestamp("2025-01-01")
    assert row["p"] <= row["p_adjusted"] < 0.001


def test_an_account_that_buys_less_of_everything_raises_no_alarm() -> None:
    few = WEEKLY[LATELY][::4]
    days = WEEKLY[~LATELY].append(few)
    assert fading(bought("C", days), bought("G", days)).empty


def test_a_category_that_grows_raises_no_alarm_for_itself() -> None:
    table = fading(bought("C", WEEKLY), bought("G", WEEKLY[LATELY]))
    assert "gearboxes" not in set(table["category"])


def test_a_fifth_less_is_no_fade() -> None:
    less = WEEKLY[~LATELY].append(WEEKLY[LATELY][np.arange(LATELY.sum()) % 5 > 0])
    assert fading(bought("C", WEEKLY), bought("G", less)).empty


def test_three_order_days_before_bear_no_test() -> None:
    assert fading(bought("C", WEEKLY), bought("G", WEEKLY[~LATELY][-3:])).empty


def test_the_fade_is_found_for_the_group_as_for_the_account() -> None:
    accounts = pd.DataFrame({"account_id": ["A", "B"], "parent_id": ["H", "H"]})
    parts = [bought("C", WEEKLY), bought("G", WEEKLY[~LATELY], account="B")]
    group = book(*parts, products=PRODUCTS, accounts=accounts)
    table = fading_categories(group, by="parent")
    assert table[["parent_id", "category"]].to_numpy().tolist() == [["H", "gearboxes"]]


def test_products_without_category_count_as_lines_but_fade_under_no_name() -> None:
    unknown = bought("X", WEEKLY[~LATELY])
    table = fading(bought("C", WEEKLY), unknown)
    assert table.empty


def test_lines_are_counted_by_day_and_category() -> None:
    day = ["2025-06-02"]
    twice = bought("G", day).assign(order_id="again")
    counts = category_lines(book(bought("G", day), twice, products=PRODUCTS))
    assert counts["lines"].max() == 2


def test_without_categories_it_says_what_is_missing() -> None:
    with pytest.raises(MissingDataError, match="Which categories customers buy less"):
        fading_categories(book(orders("A", WEEKLY)))


@pytest.mark.parametrize("share", [0, 1, 10])
def test_false_discoveries_are_a_share(share) -> None:
    with pytest.raises(UsageError, match=f"false_discoveries = {share}"):
        fading(bought("C", WEEKLY), false_discoveries=share)


@pytest.mark.parametrize("day", ["2024-12-31", "2025-03-31"])
def test_nothing_fades_at_kovostav_before_it_does(demo, day: str) -> None:
    assert "A10284" not in set(fading_categories(demo.at(day))["account_id"])


@pytest.mark.parametrize("day", ["2025-09-30", "2025-12-31"])
def test_kovostavs_gearboxes_alarm_from_the_third_quarter_on(demo, day: str) -> None:
    table = fading_categories(demo.at(day))
    assert table["account_id"].tolist() == ["A10284"]
    assert table["category"].tolist() == ["gearboxes"]
    assert pd.Timestamp("2025-01-01") <= table["since"][0] <= pd.Timestamp("2025-08-01")


@pytest.mark.parametrize("seed", [21, slow(22), slow(23)])
def test_kovostav_is_found_on_other_seeds_and_scrambled_it_is_not(seed: int) -> None:
    company = generate("talbruck", seed)
    kovostav = company.truth["characters"]["kovostav"]["account_id"]
    portfolio = portfolio_from_tables(company.tables, "EUR", as_of="2025-12-31")
    found = fading_categories(portfolio)
    pairs = set(zip(found["account_id"], found["category"], strict=True))
    assert (kovostav, "gearboxes") in pairs
    assert len(found) <= 3
    scrambled = fading_categories(_with_products_shuffled(company.tables, seed))
    assert len(scrambled) <= 1


def _with_products_shuffled(tables, seed: int):
    """Give every line of an account another of its own lines' products."""
    rng = np.random.default_rng(seed)
    orders = tables["orders"].sample(frac=1, random_state=rng)
    mixed = orders.groupby("account_id")["product_id"].transform(
        lambda own: rng.permutation(own.to_numpy())
    )
    return portfolio_from_tables(
        {**tables, "orders": orders.assign(product_id=mixed)}, "EUR", as_of="2025-12-31"
    )
