"""A book of months tells revenue, and says of order days that it has none."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from kamlab.data.folder import Description, read_description, write_description
from kamlab.data.store import store_from_frames
from kamlab.errors import MissingDataError, UsageError
from kamlab.grain import DAY_FIGURES, require_days, without_days
from kamlab.orientation.consumers import buying_profile, profiles_table
from kamlab.orientation.measures import account_measures
from kamlab.portfolio import Portfolio
from kamlab.value.activity import account_activity
from kamlab.value.trailing import trailing_revenue

LAST = date(2025, 12, 31)


def book(grain: str) -> Portfolio:
    """Return two years of months of twelve accounts, said to be of this grain."""
    rng = np.random.default_rng(7)
    months = pd.date_range("2024-01-31", "2025-12-31", freq="ME")
    accounts = [f"A{number:02d}" for number in range(12)]
    index = pd.MultiIndex.from_product([accounts, months])
    orders = index.to_frame(index=False, name=["account_id", "order_date"])
    orders["order_id"] = orders["account_id"] + orders["order_date"].astype("str")
    orders["net_amount"] = rng.lognormal(5, 1, len(orders)).round(2)
    told = Description("Probe", "EUR", LAST, grain=grain)
    return Portfolio(store_from_frames({"orders": orders}, told), LAST)


@pytest.fixture
def months() -> Portfolio:
    return book("month")


def test_figures_of_days_are_missing_in_a_book_of_months(months):
    activity = account_activity(months)
    assert activity[list(DAY_FIGURES)].isna().all(axis=None)


def test_figures_of_money_are_those_of_the_same_book_by_days(months):
    money = ["revenue", "gross_revenue"]
    by_days = account_activity(book("day"))
    pd.testing.assert_frame_equal(account_activity(months)[money], by_days[money])
    assert by_days["order_days"].eq(24).all()
    assert trailing_revenue(months).equals(trailing_revenue(book("day")))


def test_the_view_of_another_day_has_the_same_grain(months):
    assert months.at("2025-06-30").grain == "month"


def test_a_book_of_months_begins_with_its_first_month(months):
    assert months.first_day == date(2024, 1, 1)
    assert book("day").first_day == date(2024, 1, 31)


def test_what_needs_days_is_refused_with_its_purpose(months):
    with pytest.raises(MissingDataError, match=r"^Recency needs order days"):
        require_days(months, purpose="Recency")
    require_days(book("day"), purpose="Recency")


def test_a_buying_profile_leaves_out_what_is_not_known(months):
    table = profiles_table({"months": buying_profile(months)})["months"]
    assert table["customers who bought"] == "12"
    assert table["order days of a customer, mean"] == "n/a"
    assert table["value of an order day, median customer"] == "n/a"
    assert table["earlier customers who came back"] == "100.0 %"


def test_accounts_are_not_measured_by_their_order_days(months):
    lacking = {"order_days", "order_value"}
    assert not lacking & set(account_measures(months))
    assert lacking <= set(account_measures(book("day")))


def test_figures_that_are_no_days_stay_as_they_are():
    figures = pd.DataFrame({"revenue": [1.0], "margin": [0.5]})
    assert without_days(figures, "month").equals(figures)


@pytest.mark.parametrize("grain", ["day", "month"])
def test_the_grain_is_written_and_read(tmp_path, grain):
    told = Description("Probe", "EUR", LAST, tables={"orders": "o.csv"}, grain=grain)
    write_description(tmp_path, told)
    assert read_description(tmp_path).grain == grain


def test_another_grain_is_refused():
    with pytest.raises(UsageError, match="grain = 'week'; choose one of: day, month"):
        Description("Probe", "EUR", LAST, grain="week")
