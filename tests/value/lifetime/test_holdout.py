"""Counts up to a day and orders after it: no order is lost, none is seen too early."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.value.lifetime import (
    BetaGeoNBD,
    Holdout,
    calibration_and_holdout,
    holdout_by_frequency,
    order_counts,
)


def days_of(**orders: list[str]) -> pd.DataFrame:
    rows = [(account, day) for account, days in orders.items() for day in days]
    table = pd.DataFrame(rows, columns=["account_id", "order_date"])
    return table.assign(order_date=pd.to_datetime(table["order_date"]))


@pytest.fixture(scope="module")
def cdnow(cdnow_orders: pd.DataFrame) -> Holdout:
    return calibration_and_holdout(cdnow_orders, "1997-09-30", "1998-06-30")


def test_cdnow_splits_as_published(cdnow: Holdout) -> None:
    counts = cdnow.counts
    assert len(counts) == 2357
    assert counts["frequency"].sum() == 2457
    assert (counts["frequency"] == 0).sum() == 1411
    assert counts["holdout_orders"].sum() == 1882
    assert (cdnow.length, cdnow.new_accounts, cdnow.later) == (39, 0, 0)


def test_cdnow_is_the_summary_of_the_lifetimes_wheel(
    cdnow: Holdout, cdnow_summary: pd.DataFrame
) -> None:
    names = ["frequency", "recency", "T"]
    difference = cdnow.counts[names].to_numpy() - cdnow_summary[names].to_numpy()
    assert np.abs(difference).max() < 0.006


def test_bg_nbd_foretells_cdnow_as_in_btyds_table(cdnow: Holdout) -> None:
    counts = cdnow.counts
    three = [counts[name] for name in ("frequency", "recency", "T")]
    model = BetaGeoNBD().fit(*three)
    assert model.log_likelihood_ == pytest.approx(-9582.429, abs=0.001)
    foretold = model.expected_orders(cdnow.length, *three)
    assert foretold.sum() == pytest.approx(1653.4, abs=0.1)
    table = holdout_by_frequency(
        counts["frequency"], counts["holdout_orders"], foretold
    )
    assert table["accounts"].iloc[[0, *range(2, 8)]].tolist() == [
        *[1411, 214, 100, 62, 38, 29, 64],
    ]
    actual = [0.237, 0.697, 1.393, 1.560, 2.532, 2.947, 3.862, 6.359]
    btyd = [0.225, 0.523, 1.044, 1.520, 2.164, 2.654, 3.504, 6.157]
    assert table["actual"].tolist() == pytest.approx(actual, abs=0.001)
    assert table["expected"].tolist() == pytest.approx(btyd, abs=0.001)


def test_orders_of_one_day_count_once_whatever_the_hour() -> None:
    days = days_of(A=["2025-01-01 08:00", "2025-01-01 17:00", "2025-01-08 09:00"])
    counts = order_counts(days, "2025-01-15")
    assert counts.loc["A", ["frequency", "recency", "T"]].tolist() == [1, 1, 2]


@pytest.mark.parametrize(
    ("unit", "days"), [("D", 1), ("W", 7), ("M", 365.25 / 12), ("Q", 365.25 / 4)]
)
def test_times_are_in_the_unit(unit: str, days: float) -> None:
    table = days_of(A=["2025-01-01", "2025-03-02", "2025-07-01"])
    counts = order_counts(table, "2025-12-31", unit)
    assert counts.loc["A", "recency"] == pytest.approx(181 / days)
    assert counts.loc["A", "T"] == pytest.approx(364 / days)
    logs = np.log(60 / days) + np.log(121 / days)
    assert counts.loc["A", "log_gaps"] == pytest.approx(logs)


def test_the_first_order_starts_the_clock_or_counts() -> None:
    table = days_of(A=["2025-01-06", "2025-01-13"], B=["2024-05-01"])
    starts = order_counts(table, "2025-01-20", "D")
    assert starts.loc["A", ["frequency", "recency", "T"]].tolist() == [1, 7, 14]
    counts = order_counts(table, "2025-01-20", "D", "counts", start="2025-01-01")
    assert counts.loc["A", ["frequency", "recency", "T"]].tolist() == [2, 13, 20]
    assert counts.loc["B", ["frequency", "recency", "T"]].tolist() == [0, 0, 20]
    assert counts.loc["A", "log_gaps"] == pytest.approx(np.log(6) + np.log(7))


def test_each_account_may_have_its_own_start_and_no_order_at_all() -> None:
    table = days_of(A=["2025-01-06"])
    start = pd.Series({"A": "2025-01-06", "Z": "2025-01-16"})
    counts = order_counts(table, "2025-01-20", "D", "counts", start)
    assert counts.loc["A", ["frequency", "recency", "T"]].tolist() == [1, 1, 15]
    assert counts.loc["Z", ["frequency", "recency", "T"]].tolist() == [0, 0, 5]


def test_new_and_later_orders_are_counted_apart() -> None:
    table = days_of(
        A=["2025-01-01", "2025-08-01", "2026-02-01"], N=["2025-07-01", "2025-08-01"]
    )
    held = calibration_and_holdout(table, "2025-06-30", "2025-12-31")
    assert held.counts["holdout_orders"].to_dict() == {"A": 1}
    assert (held.new_accounts, held.orders_of_new, held.later) == (1, 2, 1)


day = st.dates(date(2024, 1, 1), date(2026, 6, 30))
orders = st.lists(st.tuples(st.sampled_from("ABCDE"), day), min_size=1, max_size=40)


@given(orders)
def test_every_order_day_is_in_exactly_one_place(rows: list[tuple]) -> None:
    table = pd.DataFrame(rows, columns=["account_id", "order_date"])
    table["order_date"] = pd.to_datetime(table["order_date"])
    held = calibration_and_holdout(table, "2025-06-30", "2025-12-31")
    seen = held.counts["frequency"].sum() + len(held.counts)
    after = held.counts["holdout_orders"].sum() + held.orders_of_new + held.later
    assert seen + after == len(set(rows))
    assert (held.counts["recency"] <= held.counts["T"]).all()


@given(orders)
def test_what_comes_later_changes_nothing_before(rows: list[tuple]) -> None:
    table = pd.DataFrame(rows, columns=["account_id", "order_date"])
    table["order_date"] = pd.to_datetime(table["order_date"])
    early = table[table["order_date"] <= "2025-06-30"]
    pd.testing.assert_frame_equal(
        order_counts(table, "2025-06-30"), order_counts(early, "2025-06-30")
    )


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"first": "stops the clock"}, "did you mean 'starts the clock'"),
        ({"first": "counts"}, "first = 'counts' without start: give the day"),
        ({"start": "2025-01-01"}, "leave start out, or take first='counts'"),
        ({"unit": "Y"}, "unit = 'Y'"),
        (
            {"first": "counts", "start": "2026-01-01"},
            "start of account 'A' is 2026-01-01 .*, the observation ends on 2025-06-30",
        ),
        (
            {"first": "counts", "start": pd.Series({"B": "2025-01-01"})},
            "start has no day for account 'A'",
        ),
    ],
)
def test_wrong_arguments_are_named(arguments: dict, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        order_counts(days_of(A=["2025-01-01"]), "2025-06-30", **arguments)


def test_wrong_tables_and_days_are_named() -> None:
    table = days_of(A=["2025-01-01", "2025-02-01"])
    with pytest.raises(UsageError, match=r"order_days has columns \['account_id'\]"):
        order_counts(table[["account_id"]], "2025-06-30")
    with pytest.raises(UsageError, match="order_days, row 1: account 'A', day NaT"):
        order_counts(table.assign(order_date=[pd.Timestamp(0), pd.NaT]), "2025-06-30")
    with pytest.raises(UsageError, match="holdout_end = 2025-06-30 is not after"):
        calibration_and_holdout(table, "2025-06-30", "2025-06-30")
    with pytest.raises(UsageError, match=r"have \(1, 1, 2\) rows, top = 7"):
        holdout_by_frequency(pd.Series([1]), pd.Series([1]), pd.Series([1, 2]))


@pytest.mark.parametrize("days", [[("A", "2025-01-01")], {"account_id": ["A"]}])
def test_order_days_are_a_frame_of_pandas(days: object) -> None:
    with pytest.raises(UsageError, match=r"order_days is a builtins\..*: give a"):
        order_counts(days, "2025-12-31")
