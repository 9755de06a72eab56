"""The last twelve months hold a full year, and names stand once."""

from datetime import date

import pandas as pd
import pytest

import kamlab
from kamlab.errors import UsageError
from kamlab.value.trailing import (
    account_names,
    counted_as,
    months_covered,
    named_periods,
    reporting_currency,
    trailing_revenue,
    trailing_revenues,
    trailing_window,
)


def book(days_and_amounts, accounts=None, as_of=None) -> kamlab.Portfolio:
    """Return a portfolio of (day, account, amount)."""
    days, ids, amounts = zip(*days_and_amounts, strict=True)
    orders = pd.DataFrame(
        {
            "order_id": [str(number) for number in range(len(ids))],
            "account_id": ids,
            "order_date": pd.to_datetime(list(days)),
            "net_amount": amounts,
        }
    )
    tables = {"orders": orders}
    if accounts is not None:
        tables["accounts"] = accounts
    return kamlab.portfolio_from_tables(tables, "EUR", as_of=as_of, name="Book")


def three_years() -> kamlab.Portfolio:
    return book(
        [
            ("2023-01-04", "A", 10.0),
            ("2023-12-31", "B", 1.0),
            ("2024-01-01", "A", 20.0),
            ("2024-12-31", "B", 2.0),
            ("2025-01-01", "A", 30.0),
            ("2025-12-31", "B", -3.0),
        ]
    )


def test_twelve_months_are_the_calendar_year_at_its_end():
    window = trailing_window(date(2025, 12, 31))
    assert window == (date(2025, 1, 1), date(2025, 12, 31))


def test_windows_follow_each_other_without_gap_or_overlap():
    later, before = (trailing_window(date(2025, 2, 28), 12, back) for back in (0, 1))
    assert later == (date(2024, 3, 1), date(2025, 2, 28))
    assert before == (date(2023, 3, 1), date(2024, 2, 29))


@pytest.mark.parametrize(("months", "back"), [(0, 0), (1.5, 0), (True, 0), (12, -1)])
def test_an_impossible_window_is_refused_with_its_value(months, back):
    with pytest.raises(UsageError, match=r"= (0|1\.5|True|-1): give"):
        trailing_window(date(2025, 12, 31), months, back)


def test_only_lines_of_the_window_count_and_returns_are_taken_off():
    assert trailing_revenue(three_years()).to_dict() == {"A": 30.0, "B": -3.0}


def test_gross_revenue_keeps_what_was_returned():
    gross = trailing_revenue(three_years(), kind="gross")
    assert gross.to_dict() == {"A": 30.0, "B": 0.0}


def test_an_earlier_window_is_the_year_before():
    assert trailing_revenue(three_years(), back=1).to_dict() == {"A": 20.0, "B": 2.0}


def test_accounts_that_bought_nothing_stand_with_nothing(demo):
    revenue = trailing_revenue(demo)
    assert revenue.index.is_unique
    assert set(demo.accounts.index) <= set(revenue.index)
    assert (revenue == 0).sum() > 20
    groups = trailing_revenue(demo, by="parent")
    assert set(demo.parent_of) <= set(groups.index)


def test_windows_are_called_by_their_year_or_by_length_and_day():
    years = trailing_revenues(three_years())
    assert list(named_periods(years)) == ["2023", "2024", "2025"]
    assert list(named_periods(years, 24))[-1] == "the 24 months to 31 Dec 2025"
    half = trailing_revenues(three_years().at("2025-06-30"))
    assert list(named_periods(half))[-1] == "the 12 months to 30 Jun 2025"
    assert list(named_periods(half, 1))[-1] == "the month to 30 Jun 2025"


def test_rows_are_accounts_or_groups():
    assert [counted_as(by) for by in ("account", "parent")] == ["accounts", "groups"]
    with pytest.raises(UsageError, match="by = 'kin'"):
        counted_as("kin")


def test_all_full_windows_come_the_earliest_first():
    years = trailing_revenues(three_years())
    assert [end.year for end in years] == [2023, 2024, 2025]
    assert [revenue["A"] for revenue in years.values()] == [10.0, 20.0, 30.0]


def test_a_window_that_is_not_full_is_left_out():
    years = trailing_revenues(three_years().at("2025-06-30"))
    assert [str(end) for end in years] == ["2024-06-30", "2025-06-30"]


def test_a_window_before_the_data_is_refused():
    with pytest.raises(UsageError, match=r"begin on 2022-01-01, but the data begin on"):
        trailing_revenue(three_years(), months=48)


def test_windows_of_all_years_sum_to_all_revenue(demo):
    from kamlab.value.activity import account_revenue

    years = trailing_revenues(demo)
    total = sum(revenue.sum() for revenue in years.values())
    assert total == pytest.approx(account_revenue(demo).sum())


def test_groups_sum_to_the_same_as_their_accounts(demo):
    by_account = trailing_revenue(demo).sum()
    assert trailing_revenue(demo, by="parent").sum() == pytest.approx(by_account)


def accounts_called(*names) -> pd.DataFrame:
    return pd.DataFrame({"account_id": ["A", "B", "C"], "account_name": names})


def named(*names) -> list[str]:
    lines = [("2025-01-01", each, 1.0) for each in "ABC"]
    return account_names(book(lines, accounts_called(*names))).tolist()


def test_accounts_are_called_by_their_names():
    assert named("Adler", "苏州昊锐", "Brandt") == ["Adler", "苏州昊锐", "Brandt"]


def test_two_accounts_of_one_name_are_told_apart_by_their_numbers():
    assert named("Adler", "Adler", "Brandt") == ["Adler (A)", "Adler (B)", "Brandt"]


def test_accounts_without_a_name_are_called_by_their_numbers():
    assert named(None, "Adler", None) == ["A", "Adler", "C"]
    assert account_names(three_years()).to_dict() == {"A": "A", "B": "B"}


def test_the_currency_is_the_portfolios_own():
    assert reporting_currency(three_years()) == "EUR"
    assert reporting_currency(three_years(), "EUR") == "EUR"


def test_another_currency_would_be_a_lie_and_is_refused():
    with pytest.raises(UsageError, match="'CNY': the money of Book is in EUR"):
        reporting_currency(three_years(), "CNY")


@pytest.mark.parametrize(
    ("as_of", "wanted", "covered"),
    [("2025-12-31", 12, 12), ("2025-12-31", 60, 36), ("2023-06-30", 12, 6)],
)
def test_a_window_longer_than_the_data_is_cut_to_whole_months(as_of, wanted, covered):
    book_then = three_years().at(as_of)
    assert months_covered(book_then, wanted) == covered
    assert not trailing_revenue(book_then, covered).empty


def test_data_of_some_days_count_as_a_month():
    days = book([("2025-12-20", "A", 5.0), ("2025-12-24", "B", 7.0)])
    assert months_covered(days, 12) == 1
    assert trailing_revenue(days, 1).sum() == 12.0
