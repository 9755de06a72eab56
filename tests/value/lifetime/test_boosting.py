"""Gradient boosting learns from earlier windows only, and knows when it cannot."""

import numpy as np
import pandas as pd
import pytest

from kamlab.value.lifetime.boosting import boosted_orders
from kamlab.value.lifetime.counts import CannotTellError

START, END = pd.Timestamp("2023-01-01"), pd.Timestamp("2025-12-31")


def random_book(seed: int, accounts: int = 80) -> pd.DataFrame:
    """Return accounts that order by chance, some ten times as often as others."""
    rng = np.random.default_rng(seed)
    number = rng.poisson(rng.gamma(1.5, 20, accounts))
    after = rng.integers(0, (END - START).days + 1, number.sum())
    days = START + pd.to_timedelta(after, unit="D")
    names = np.repeat([f"A{place:02d}" for place in range(accounts)], number)
    book = pd.DataFrame({"account_id": names, "order_date": days})
    return book.drop_duplicates(ignore_index=True)


def test_who_orders_at_an_even_rate_goes_on_so() -> None:
    book = random_book(1)
    found = boosted_orders(book, END, 365)
    so_far = book.groupby("account_id").size() / 3
    assert found.sum() == pytest.approx(so_far.sum(), rel=0.12)
    assert np.corrcoef(found, so_far)[0, 1] > 0.95


def test_one_account_of_another_size_spoils_nobody_elses_forecast() -> None:
    book = random_book(2)
    daily = pd.DataFrame({"account_id": "Z", "order_date": pd.date_range(START, END)})
    found = boosted_orders(pd.concat([book, daily]), END, 365)
    so_far = book.groupby("account_id").size() / 3
    assert found["Z"] == pytest.approx(365, rel=0.15)
    assert found.drop("Z").sum() == pytest.approx(so_far.sum(), rel=0.15)


def test_who_fell_silent_long_ago_is_foretold_little() -> None:
    rng = np.random.default_rng(3)
    book = random_book(3, 120)
    stop = START + pd.to_timedelta(rng.integers(200, 1096, 120), unit="D")
    stops = dict(zip(sorted(book["account_id"].unique()), stop, strict=False))
    book = book[book["order_date"] <= book["account_id"].map(stops)]
    found = boosted_orders(book, END, 182)
    last = book.groupby("account_id")["order_date"].max()
    silent = last < END - pd.Timedelta(days=365)
    assert found[silent].mean() < 0.2 * found[~silent].mean()


def test_the_future_is_not_looked_at() -> None:
    book = random_book(4)
    known = book[book["order_date"] <= "2025-06-30"]
    cut = pd.Timestamp("2025-06-30")
    first = boosted_orders(known, cut, 184)
    again = boosted_orders(known.sample(frac=1, random_state=1), cut, 184)
    pd.testing.assert_series_equal(first, again)


def test_an_account_more_does_not_move_the_rest_by_much() -> None:
    book = random_book(5)
    one = pd.DataFrame({"account_id": ["new"], "order_date": [END]})
    before, after = (
        boosted_orders(each, END, 184) for each in (book, pd.concat([book, one]))
    )
    np.testing.assert_allclose(after[before.index], before, rtol=0.05)


def test_a_book_shorter_than_two_windows_is_asked_in_proportion() -> None:
    book = random_book(6)
    young = book[book["order_date"] > END - pd.Timedelta(days=200)]
    found = boosted_orders(young, END, 400)
    assert found.sum() == pytest.approx(len(young) * 2, rel=0.25)


@pytest.mark.parametrize("accounts", [2, 10])
def test_a_few_rows_teach_nothing(accounts: int) -> None:
    book = random_book(7, accounts)
    recent = book[book["order_date"] > END - pd.Timedelta(days=400)]
    with pytest.raises(CannotTellError, match="gradient boosting needs 40"):
        boosted_orders(recent, END, 365)


def test_a_book_of_one_day_cannot_tell() -> None:
    names = [f"A{place}" for place in range(60)]
    book = pd.DataFrame({"account_id": names, "order_date": END})
    with pytest.raises(CannotTellError, match="0 orders"):
        boosted_orders(book, END, 30)
