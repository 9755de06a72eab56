"""What accounts owe, and for how long it has been due."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kamlab
from kamlab.errors import MissingDataError, UsageError
from kamlab.value.receivables import (
    overdue_share,
    receivables_position,
    receivables_words,
)
from kamlab.value.trailing import account_names
from tests.conftest import examples
from tests.value.revenue_books import company, line


def item(account: str, amount: float, due: str, as_of: str = "2025-11-30") -> dict:
    return {
        "as_of": pd.Timestamp(as_of),
        "account_id": account,
        "due": pd.Timestamp(due),
        "amount": float(amount),
    }


def owing(*items: dict, **tables: pd.DataFrame) -> kamlab.Portfolio:
    frame = pd.DataFrame(items)
    frame = frame.assign(invoice_id=[f"F{number}" for number in range(len(frame))])
    orders = line("A", 2024, 5), line("B", 2024, 5)
    return company(*orders, receivables=frame, **tables)


SNAPSHOT = [
    item("A", 100, "2025-12-15"),
    item("A", 60, "2025-11-20"),
    item("A", 20, "2025-08-22"),
    item("B", -30, "2025-06-01"),
    item("B", 30, "2025-10-31"),
]


def test_by_hand():
    position = receivables_position(owing(*SNAPSHOT))
    columns = ["open", "overdue", "overdue_30", "items"]
    assert position.loc["A", columns].tolist() == [180, 80, 20, 3]
    assert position.loc["A", "days_late"] == (60 * 10 + 20 * 100) / 80
    # Thirty days past due is not more than thirty.
    assert position.loc["B", columns].tolist() == [0, 30, 0, 2]
    assert position["as_of"].eq(pd.Timestamp("2025-11-30")).all()


def test_the_limit_is_the_readers_to_choose():
    position = receivables_position(owing(*SNAPSHOT), late_from=9)
    assert position.loc["A", "overdue_30"] == 80


def test_only_the_last_list_counts():
    older = item("A", 9999, "2025-01-01", as_of="2025-10-31")
    position = receivables_position(owing(older, *SNAPSHOT))
    assert position["open"].sum() == 180
    earlier = receivables_position(owing(older, *SNAPSHOT).at("2025-11-15"))
    assert earlier["open"].to_dict() == {"A": 9999}


def test_groups_owe_what_their_accounts_owe():
    family = pd.DataFrame({"account_id": ["A", "B"], "parent_id": "Group"})
    position = receivables_position(owing(*SNAPSHOT, accounts=family), by="parent")
    assert position.loc["Group", ["open", "overdue"]].tolist() == [180, 110]
    assert position.index.name == "parent_id"


def test_whoever_pays_in_time_is_not_late():
    position = receivables_position(owing(item("A", 5, "2025-11-30")))
    assert position.loc["A", ["overdue", "days_late"]].tolist() == [0, 0]


AMOUNTS = st.integers(-90_000, 90_000).map(lambda cents: cents / 100)
ITEMS = st.lists(
    st.builds(
        item,
        st.sampled_from("ABC"),
        AMOUNTS,
        st.sampled_from(["2025-05-01", "2025-10-31", "2025-11-29", "2026-01-31"]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=examples(30))
@given(ITEMS)
def test_accounts_add_up_to_the_list_and_late_is_part_of_overdue(items):
    position = receivables_position(owing(*items))
    total = sum(each["amount"] for each in items)
    assert position["open"].sum() == pytest.approx(total, abs=0.005)
    assert position["items"].sum() == len(items)
    assert (position["overdue_30"] <= position["overdue"]).all()
    assert position["days_late"].between(0, 400).all()


def test_the_share_is_of_all_that_is_open():
    position = receivables_position(owing(*SNAPSHOT))
    assert overdue_share(position) == pytest.approx(20 / 180)
    assert overdue_share(position.iloc[:0]) != overdue_share(position.iloc[:0])


def test_without_the_table_it_is_not_available():
    with pytest.raises(MissingDataError, match="no table 'receivables'"):
        receivables_position(company())


@pytest.mark.parametrize(
    "wrong", [{"by": "city"}, {"late_from": -1}, {"late_from": True}]
)
def test_what_cannot_be_right_is_refused(wrong):
    with pytest.raises(UsageError, match=next(iter(wrong))):
        receivables_position(owing(*SNAPSHOT), **wrong)


def test_the_words_name_who_owes_most():
    text = receivables_words(
        receivables_position(owing(*SNAPSHOT)), {"A": "Alm"}, "EUR"
    )
    assert text == (
        "Of EUR 180 that is open, EUR 20 (11.1 %) is past due for more than 30 days; "
        "most is owed by Alm (EUR 20, 32 days late)."
    )


def test_the_words_of_a_list_without_late_money():
    position = receivables_position(owing(item("A", 5, "2025-12-30")))
    text = receivables_words(position, currency="EUR")
    assert text == "Of EUR 5 that is open, nothing is past due for more than 30 days."
    assert receivables_words(position.iloc[:0]) == ""


def test_lianhan_owes_most_of_what_is_late(demo):
    position = receivables_position(demo)
    names = account_names(demo)
    worst = position["overdue_30"].idxmax()
    assert "Lianhan" in names[worst]
    assert position.loc[worst, "days_late"] > 60
    assert 0.02 < overdue_share(position) < 0.12
    items = demo.table("receivables")
    assert position["open"].sum() == pytest.approx(items["amount"].sum(), abs=0.005)
    by_parent = receivables_position(demo, by="parent")
    assert by_parent["open"].sum() == pytest.approx(position["open"].sum(), abs=0.005)


def test_eight_quarters_of_the_demonstration(demo):
    for end in pd.date_range("2024-03-31", "2025-12-31", freq="QE"):
        position = receivables_position(demo.at(end.date()))
        assert position["as_of"].eq(end).all()
        assert 0 < overdue_share(position) < 0.2
