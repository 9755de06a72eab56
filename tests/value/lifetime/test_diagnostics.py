"""What shows whether a purchase model can be believed."""

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import DataError, UsageError
from kamlab.value.lifetime import (
    BetaGeoNBD,
    RegularReorderingNBD,
    calibration_and_holdout,
)
from kamlab.value.lifetime.diagnostics import (
    frequency_fit,
    interval_calibration,
    tracking,
)

CDNOW_FIT = {"r": 0.243, "alpha": 4.414, "a": 0.793, "b": 2.426}


@pytest.fixture(scope="module")
def model() -> BetaGeoNBD:
    return BetaGeoNBD().with_parameters(**CDNOW_FIT)


def followed_book(births: list[str], repeats: list[str]) -> pd.DataFrame:
    """Return accounts with a first order each; the first one re-orders."""
    names = [f"A{place}" for place in range(len(births))]
    days = pd.to_datetime([*births, *repeats])
    accounts = [*names, *["A0"] * len(repeats)]
    return pd.DataFrame({"account_id": accounts, "order_date": days})


@pytest.mark.parametrize("k", [1, 3])
def test_expected_accounts_are_all_accounts(k: int) -> None:
    regular = RegularReorderingNBD(k=k).with_parameters(r=2, alpha=3, a=0.5, b=4)
    frequency, spans = [0, 1, 5, 9], [10.0, 20.0, 20.0, 30.0]
    table = frequency_fit(regular, frequency, spans, top=4)
    assert table["accounts"].tolist() == [1, 1, 0, 0, 2]
    assert table["expected"].sum() == pytest.approx(4)
    assert table["expected"].gt(0).all()


def test_made_up_accounts_re_order_as_often_as_expected(model: BetaGeoNBD) -> None:
    book = model.simulate(np.repeat([20.0, 39.0], 3000), random_state=5)
    table = frequency_fit(model, book["frequency"], book["T"])
    errors = (table["accounts"] - table["expected"]) / np.sqrt(table["expected"])
    assert errors.abs().max() < 3.5


def test_frequencies_without_a_time_for_each_are_refused(model: BetaGeoNBD) -> None:
    with pytest.raises(UsageError, match=r"\(2, 1\) rows"):
        frequency_fit(model, [0, 1], [39.0])
    with pytest.raises(UsageError, match="top = 0"):
        frequency_fit(model, [0], [39.0], top=0)


@pytest.mark.parametrize("wrong", [-1, 0.5, np.nan])
def test_a_frequency_that_is_no_count_names_the_account(
    model: BetaGeoNBD, wrong: float
) -> None:
    frequency = pd.Series([2, wrong], ["Nordal", "Brenta"])
    with pytest.raises(DataError, match=f"account 'Brenta': frequency = {wrong}"):
        frequency_fit(model, frequency, [39.0, 39.0])


def test_the_fit_of_cdnow_finds_the_accounts_that_never_re_ordered(
    cdnow_summary: pd.DataFrame,
) -> None:
    three = [cdnow_summary[name] for name in ("frequency", "recency", "T")]
    table = frequency_fit(BetaGeoNBD().fit(*three), three[0], three[2])
    assert table.loc[0, "accounts"] == 1411
    assert table.loc[0, "expected"] == pytest.approx(1411, abs=6)
    assert table["accounts"].sum() == 2357


def test_every_repeat_order_is_followed_once(model: BetaGeoNBD) -> None:
    births = ["2025-01-01", "2025-01-08", "2025-03-01"]
    repeats = ["2025-01-20", "2025-01-20", "2025-02-10", "2025-06-01"]
    book = followed_book(births, repeats)
    table = tracking(model, book, "2025-02-12", "2025-04-09")
    assert table["actual"].sum() == 2
    assert table["actual_so_far"].iloc[-1] == 2
    assert table["held_out"].sum() == 8
    assert table.index[-1] == pd.Timestamp("2025-04-09")
    assert table["expected"].gt(0).all()


def test_several_orders_on_one_day_count_once(model: BetaGeoNBD) -> None:
    times = ["2025-01-20 09:00", "2025-01-20 15:00", "2025-01-08 16:30"]
    book = followed_book(["2025-01-08 08:00"], times)
    table = tracking(model, book, "2025-02-12", "2025-04-09")
    assert table["actual"].sum() == 1
    as_text = book.assign(order_date=book["order_date"].astype(str))
    told = tracking(model, as_text, "2025-02-12", "2025-04-09")
    pd.testing.assert_frame_equal(told, table)


def test_an_order_without_a_day_is_named(model: BetaGeoNBD) -> None:
    book = followed_book(["2025-01-01"], ["2025-01-20"])
    book.loc[1, "order_date"] = pd.NaT
    with pytest.raises(UsageError, match="row 1: account 'A0', day NaT"):
        tracking(model, book, "2025-02-12", "2025-04-09")


def test_expected_so_far_adds_up_every_account_since_its_first_order(
    model: BetaGeoNBD,
) -> None:
    book = followed_book(["2025-01-01", "2025-01-08", "2025-03-01"], [])
    table = tracking(model, book, "2025-02-12", "2025-04-09")
    # The third first ordered after the calibration: no model knows of it.
    ages = [(14 * 7) / 7, (13 * 7) / 7]
    due = model.expected_orders_of_new(ages).sum()
    assert table["expected_so_far"].iloc[-1] == pytest.approx(due)


def test_an_account_expects_nothing_before_its_first_order(model: BetaGeoNBD) -> None:
    alone = tracking(
        model, followed_book(["2025-01-01"], []), "2025-02-12", "2025-04-09"
    )
    later = followed_book(["2025-01-01", "2025-02-01"], [])
    both = tracking(model, later, "2025-02-12", "2025-04-09")
    before = both.index <= pd.Timestamp("2025-02-01")
    columns = ["expected", "expected_so_far"]
    pd.testing.assert_frame_equal(both.loc[before, columns], alone.loc[before, columns])


def test_periods_meet_at_the_end_of_the_calibration(model: BetaGeoNBD) -> None:
    book = followed_book(["2025-01-01"], ["2025-02-12", "2025-02-13", "2025-03-11"])
    table = tracking(model, book, "2025-02-12", "2025-03-11")
    assert table.index[~table["held_out"]][-1] == pd.Timestamp("2025-02-12")
    # Three weeks and six days: what is left at the end is not followed.
    assert table["held_out"].sum() == 3
    assert table["actual_so_far"].tolist()[-4:] == [1, 2, 2, 2]


def test_tracking_of_nothing_names_the_days(model: BetaGeoNBD) -> None:
    book = followed_book(["2025-03-01"], [])
    with pytest.raises(UsageError, match="2025-02-12, holdout_end"):
        tracking(model, book, "2025-02-12", "2025-04-09")
    with pytest.raises(UsageError, match="not in order"):
        tracking(model, book, "2025-04-09", "2025-04-01")


def test_cdnow_is_tracked_as_published(cdnow_orders: pd.DataFrame) -> None:
    held = calibration_and_holdout(cdnow_orders, "1997-09-30", "1998-06-30")
    three = [held.counts[name] for name in ("frequency", "recency", "T")]
    table = tracking(BetaGeoNBD().fit(*three), cdnow_orders, "1997-09-30", "1998-06-30")
    later = table[table["held_out"]]
    assert (len(later), later["actual"].sum()) == (39, 1882)
    assert later["expected"].sum() == pytest.approx(1667, abs=2)
    assert table["actual_so_far"].iloc[-1] == 2457 + 1882


def test_intervals_of_a_right_model_hold_what_is_due() -> None:
    model = BetaGeoNBD().with_parameters(r=2, alpha=9, a=0.2, b=8)
    book = model.simulate(pd.Series(104.0, index=range(250)), random_state=2)
    three = book["frequency"], book["recency"], book["T"]
    came = model.simulate_future(52, *three, random_state=3)
    rng = np.random.default_rng(4)
    drawn = [model.simulate_future(52, *three, random_state=rng) for _ in range(400)]
    futures = pd.DataFrame(np.array(drawn), columns=book.index)
    table = interval_calibration(came, futures, level=0.99)
    assert table["expected"].ge(table.index).all()
    assert (table["low"] <= table["expected"]).all()
    assert (table["expected"] <= table["high"]).all()


def test_intervals_that_are_too_narrow_are_found_out() -> None:
    rng = np.random.default_rng(6)
    futures = pd.DataFrame(rng.poisson(10, (200, 80)))
    came = pd.Series(rng.poisson(rng.gamma(2, 5, 80)))
    table = interval_calibration(came, futures, levels=[0.9])
    assert table.loc[0.9, "high"] < table.loc[0.9, "expected"]


def test_too_few_accounts_have_no_share_inside() -> None:
    futures = pd.DataFrame({name: [0, 1, 2] for name in "ABC"})
    table = interval_calibration(pd.Series(1, index=list("ABC")), futures, [0.8])
    assert np.isnan(table.loc[0.8, "inside"])
    assert table.loc[0.8, "n"] == 3


def test_an_account_without_futures_is_named() -> None:
    futures = pd.DataFrame({"Nordal": [1, 2]})
    with pytest.raises(UsageError, match="'Brenta'"):
        interval_calibration(pd.Series({"Nordal": 1, "Brenta": 2}), futures)
    with pytest.raises(UsageError, match="level = 80"):
        interval_calibration(pd.Series({"Nordal": 1}), futures, levels=[80])
