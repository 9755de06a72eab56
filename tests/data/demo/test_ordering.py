"""Regular re-ordering: the planted shape and gap come back from the order days."""

import numpy as np
import pandas as pd
import pytest

from kamlab.data.demo import generate


def gaps_of(book):
    """Return every gap between two order days of an account, with the planted ones."""
    days = book.sales.drop_duplicates(["account_id", "order_id"])
    days = days.sort_values(["account_id", "order_date"])
    gap = days.groupby("account_id")["order_date"].diff().dt.days
    planted = pd.DataFrame(
        book.truth["reordering"], index=["k", "mean_gap", "growth"]
    ).T
    table = days.assign(gap=gap).dropna(subset="gap").join(planted, on="account_id")
    told = [each["account_id"] for each in book.truth["characters"].values()]
    return table[~table["account_id"].isin([*told, *book.truth["losses"]])]


def test_accounts_come_back_after_their_planted_gap(book):
    gaps = gaps_of(book)
    ratio = gaps["gap"].mean() / gaps["mean_gap"].mean()
    assert ratio == pytest.approx(1.0, abs=0.08)


def test_each_account_is_near_its_own_planted_gap(book):
    gaps = gaps_of(book)
    by_account = gaps.groupby("account_id")[["gap", "mean_gap"]].mean()
    assert by_account.corr().iloc[0, 1] > 0.8


def test_scrambled_accounts_lose_their_gaps(book):
    gaps = gaps_of(book.scrambled())
    by_account = gaps.groupby("account_id")[["gap", "mean_gap"]].mean()
    assert abs(by_account["gap"].mean() / by_account["mean_gap"].mean() - 1) > 0.3


def test_higher_shapes_order_more_regularly(books):
    gaps = pd.concat([gaps_of(book) for book in books])
    scaled = (gaps["gap"] / gaps["mean_gap"]).groupby(gaps["k"]).var()
    assert scaled[2] > scaled[3] > scaled[4]


@pytest.mark.parametrize("seed", [101, 202, 303])
def test_clean_portfolio_gives_back_the_shape_of_its_gaps(seed):
    company = generate("clean_b2b", seed=seed, accounts=400)
    orders = company.tables["orders"].sort_values(["account_id", "order_date"])
    gap = orders.groupby("account_id")["order_date"].diff().dt.days
    scaled = gap / orders["account_id"].map(company.truth["mean_gap"])
    assert scaled.mean() == pytest.approx(1.0, abs=0.03)
    assert 1 / scaled.var() == pytest.approx(company.truth["erlang_k"], rel=0.08)


def test_nobody_orders_at_a_weekend(book):
    assert book.sales["order_date"].dt.day_of_week.max() <= 4


def test_orders_lie_within_the_data(book):
    assert book.orders["order_date"].between("2022-01-01", "2025-12-31").all()


def test_order_days_are_sorted(book):
    days = book.orders["order_date"].to_numpy()
    assert (np.diff(days) >= np.timedelta64(0, "D")).all()
