"""Ways to foretell orders: simple ones by hand, models as they say themselves."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.value.lifetime import BetaGeoNBD, RegularReorderingNBD
from kamlab.value.lifetime.counts import CannotTellError
from kamlab.value.lifetime.forecasters import (
    LAST_YEAR,
    METHODS,
    PURCHASE_MODELS,
    Calibration,
    last_year,
    past_rate,
    sheet,
)

END = pd.Timestamp("2025-06-30")


def seen(days: dict[str, list[str]], horizon: int = 184) -> Calibration:
    rows = [(name, day) for name, each in days.items() for day in each]
    frame = pd.DataFrame(rows, columns=["account_id", "order_date"])
    frame["order_date"] = pd.to_datetime(frame["order_date"])
    return Calibration(frame, END, horizon)


@pytest.fixture
def book() -> Calibration:
    """Three accounts of a book that reaches back two years."""
    return seen(
        {
            "Nordal": ["2023-07-01", "2024-06-30", "2024-07-01", "2024-12-31"],
            "Brenta": ["2023-09-01", "2025-01-01"],
            "Silent": ["2023-09-02"],
        }
    )


@pytest.fixture
def made_up() -> Calibration:
    """Sixty accounts that order every three weeks or so for two years."""
    rng = np.random.default_rng(3)
    gaps = rng.gamma(4, rng.gamma(6, 1, (60, 1)), (60, 40)).clip(1).round()
    after = rng.integers(0, 90, (60, 1)) + gaps.cumsum(axis=1)
    days = pd.Timestamp("2023-07-01") + pd.to_timedelta(after.ravel(), unit="D")
    frame = {"account_id": np.repeat(np.arange(60), 40), "order_date": days}
    table = pd.DataFrame(frame)
    return Calibration(table[table["order_date"] <= END], END, 184)


def test_last_year_counts_the_same_days_a_year_before(book: Calibration) -> None:
    # 1 July to 31 December 2024; the day before and the day after do not count.
    assert last_year(book).to_dict() == {"Brenta": 0.0, "Nordal": 2.0, "Silent": 0.0}


def test_more_than_a_year_is_asked_of_the_last_twelve_months() -> None:
    long = seen({"Nordal": ["2023-01-01", "2024-08-01", "2025-06-30"]}, 731)
    assert last_year(long)["Nordal"] == pytest.approx(2 * 731 / 365.25)


def test_a_short_book_is_continued_in_proportion() -> None:
    young = seen({"Nordal": ["2025-04-01", "2025-05-01"]}, 182)
    assert young.observed == 91
    assert last_year(young)["Nordal"] == pytest.approx(4)


def test_the_sheet_is_last_years_orders_times_retention(book: Calibration) -> None:
    # Twelve months from 1 July 2024 on: two orders of Nordal, one of Brenta.
    expected = {"Brenta": 1, "Nordal": 2, "Silent": 0}
    for name, orders in expected.items():
        assert sheet(book)[name] == pytest.approx(orders * 0.8 * 184 / 365.25)


def test_the_sheet_loses_a_fifth_every_further_year() -> None:
    book = seen({"Nordal": ["2023-01-01", "2025-06-01"]}, round(365.25 * 2.5))
    expected = 0.8 + 0.8**2 + 0.8**3 * 0.5
    assert sheet(book)["Nordal"] == pytest.approx(expected, abs=0.002)


def test_the_past_rate_goes_on_for_ever(book: Calibration) -> None:
    # Three repeat orders in the 730 days since the first of July 2023.
    assert past_rate(book)["Nordal"] == pytest.approx(3 / 730 * 184)
    assert past_rate(book)["Silent"] == 0


def test_who_ordered_on_the_last_day_only_has_no_rate() -> None:
    book = seen({"Nordal": ["2025-06-30"], "Brenta": ["2025-01-01"]})
    assert past_rate(book).to_dict() == {"Brenta": 0.0, "Nordal": 0.0}


@pytest.mark.parametrize("name", METHODS)
def test_every_way_foretells_every_account(name: str, made_up: Calibration) -> None:
    orders = METHODS[name](made_up)
    assert orders.index.tolist() == made_up.counts.index.tolist()
    assert np.isfinite(orders).all()
    assert (orders >= 0).all()


@pytest.mark.parametrize("name", METHODS)
def test_no_way_foretells_wildly(name: str, made_up: Calibration) -> None:
    # They went on as before: no way may double or halve their orders.
    year = last_year(made_up).sum()
    assert year / 2 < METHODS[name](made_up).sum() < year * 2


def test_models_foretell_what_they_say_themselves(made_up: Calibration) -> None:
    counts = made_up.counts
    triple = counts["frequency"], counts["recency"], counts["T"]
    by_hand = BetaGeoNBD().fit(*triple).expected_orders(184 / 7, *triple)
    assert METHODS["BG/NBD"](made_up).tolist() == by_hand.tolist()
    regular = RegularReorderingNBD().fit(*triple, log_gaps=counts["log_gaps"])
    assert regular.k_ > 1
    by_hand = regular.expected_orders(184 / 7, *triple)
    assert METHODS["MBG/CNBD-k"](made_up).tolist() == by_hand.tolist()


def test_the_unit_of_time_changes_no_forecast(made_up: Calibration) -> None:
    in_days = Calibration(made_up.days, END, 184, "D")
    for name in (LAST_YEAR, "sheet", "past rate", "BG/NBD"):
        weeks, days = METHODS[name](made_up), METHODS[name](in_days)
        np.testing.assert_allclose(days, weeks, rtol=1e-3)


@pytest.mark.parametrize("name", [*PURCHASE_MODELS, "gradient boosting"])
def test_what_learns_cannot_tell_from_three_accounts(
    name: str, book: Calibration
) -> None:
    with pytest.raises(CannotTellError):
        METHODS[name](book)


def test_the_simplest_comes_first_and_the_regular_model_last_of_models() -> None:
    names = list(METHODS)
    assert names[:2] == [LAST_YEAR, "sheet"]
    assert names[-2:] == ["MBG/CNBD-k", "gradient boosting"]


@given(
    offsets=st.lists(st.integers(0, 900), min_size=1, max_size=30, unique=True),
    horizon=st.integers(1, 365),
)
def test_simple_ways_never_foretell_less_than_nothing(
    offsets: list[int], horizon: int
) -> None:
    days = END - pd.to_timedelta(sorted(offsets), unit="D")
    frame = pd.DataFrame({"account_id": "Nordal", "order_date": days})
    known = Calibration(frame, END, horizon)
    for way in (last_year, sheet, past_rate):
        assert way(known)["Nordal"] >= 0
