"""Whom a dossier is about, which rows are its own, and when it judges nothing."""

import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.report.dossier.numbers import Dossier, as_day
from tests.report.dossier.books import book, dossier, monthly, sales


def test_only_own_lines_count():
    found = dossier(sales("A", monthly()))
    assert found.revenue(found.year) == 1200.0
    assert found.revenue(found.year_before) == 1200.0


def test_business_within_the_own_group_does_not_count():
    inside = sales("A", ["2025-06-02"], 900.0, line_type="intercompany")
    inside["order_id"] = "inside"
    found = dossier(sales("A", monthly(), line_type="sale"), inside)
    assert found.revenue(found.year) == 1200.0


def test_returns_are_taken_off_and_are_no_order_day():
    back = sales("A", ["2025-06-02"], -50.0, line_type="return").assign(order_id="back")
    found = dossier(sales("A", monthly(), line_type="sale"), back)
    assert found.revenue(found.year) == 1150.0
    assert pd.Timestamp("2025-06-02") not in set(found.order_days)


def test_a_group_holds_the_lines_of_its_accounts():
    accounts = pd.DataFrame({"account_id": ["A", "B"], "parent_id": [None, "A"]})
    parts = (sales("A", monthly()), sales("B", monthly()))
    portfolio = book(*parts, accounts=accounts)
    group = Dossier(portfolio, "B", level="parent")
    assert (group.key, group.members) == ("A", ["A", "B"])
    assert group.revenue(group.year) == 2400.0
    assert Dossier(portfolio, "B").revenue(group.year) == 1200.0


@pytest.mark.parametrize(
    ("days", "short"),
    [
        (["2024-01-05"] * 1 + ["2025-01-05", "2025-02-05", "2025-03-05"], True),
        (monthly("2025-03-15"), True),  # enough orders, but no year
        (monthly("2024-11-15"), False),
        (["2023-02-01", "2023-03-01", "2023-04-01", "2023-05-01", "2023-06-01"], True),
    ],
)
def test_few_orders_or_few_months_make_it_short(days, short):
    assert dossier(sales("A", days)).is_short is short


def test_a_second_line_of_a_day_is_no_second_order_day():
    assert dossier(sales("A", ["2024-01-05"] * 9)).is_short


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"audience": "costumer"}, "audience = 'costumer': did you mean 'customer'"),
        ({"level": "group"}, "by = 'group'"),
        ({"account": "Nobody & Co"}, "account = 'Nobody & Co'"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_value(talbruck, given, told):
    with pytest.raises(UsageError, match=told):
        Dossier(talbruck, **given)


def test_the_number_merged_in_brings_its_lines_and_its_event(talbrucks):
    eisenhain = talbrucks("A10731")
    assert eisenhain.key == "A10778"
    assert eisenhain.former["old number"].tolist() == ["A10731"]
    assert "merger" in set(eisenhain.events["kind"])


def test_what_people_wrote_is_not_read_for_the_customer(talbruck, tmp_path):
    absent = tmp_path / "actions.xlsx"
    assert Dossier(talbruck, "", audience="customer", actions=absent).actions.rows == ()
    with pytest.raises(UsageError, match="is not there"):
        _ = Dossier(talbruck, "", actions=absent).actions


def test_a_manager_without_a_name_is_called_by_the_code():
    accounts = pd.DataFrame({"account_id": ["A"], "kam_id": ["K07"]})
    assert dossier(sales("A", monthly()), accounts=accounts).owner == "K07"


def test_a_missing_day_is_none():
    assert as_day(pd.NaT) is None
