"""Two of us at one customer's door within a week."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kamlab
from kamlab.data.repeated_contacts import (
    outgoing_contacts,
    repeated_by_year,
    repeated_contacts,
)
from kamlab.errors import MissingDataError, UsageError

THREE = [
    ("A", "2025-03-03", "K1"),
    ("A", "2025-03-04", "I2"),
    ("A", "2025-03-05", "I2"),
]


def contacts(rows: list[tuple[str, str, str]], **columns) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=["account_id", "date", "kam_id"])
    return table.assign(date=pd.to_datetime(table["date"]), **columns)


@pytest.mark.parametrize(
    ("second", "is_repeated"),
    [
        (("A", "2025-03-10", "I2"), True),
        (("A", "2025-03-11", "I2"), False),
        (("A", "2025-03-10", "K1"), False),
        (("B", "2025-03-04", "I2"), False),
        (("A", "2025-03-03", "I2"), False),
    ],
    ids=["day 7", "day 8", "the same person", "another account", "together"],
)
def test_a_second_contact_within_seven_days(second, is_repeated):
    table = contacts([("A", "2025-03-03", "K1"), second])
    assert repeated_contacts(table).tolist() == [False, is_repeated]


def test_the_order_of_rows_does_not_matter():
    table = contacts(
        [
            ("A", "2025-03-05", "I2"),
            ("A", "2025-03-03", "K1"),
            ("A", "2025-03-04", "E1"),
        ]
    )
    assert repeated_contacts(table).tolist() == [True, False, True]


def test_an_own_contact_in_between_does_not_hide_the_other():
    assert repeated_contacts(contacts(THREE)).tolist() == [False, True, True]


def test_on_the_same_topic_only():
    table = contacts(THREE, topic=["price", "service", "price"])
    assert repeated_contacts(table, same_topic=True).tolist() == [False, False, True]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("AB"),
            st.integers(0, 40),
            st.sampled_from(["K1", "I2", "E3"]),
        ),
        max_size=12,
    ),
    st.integers(1, 9),
)
def test_every_flag_agrees_with_looking_at_all_pairs(rows, days):
    start = pd.Timestamp("2025-01-01")
    table = pd.DataFrame(rows, columns=["account_id", "date", "kam_id"])
    table["date"] = [start + pd.Timedelta(days=int(d)) for d in table["date"]]
    table["date"] = pd.to_datetime(table["date"])
    expected = [
        any(
            other == account and who != person and 0 < day - before <= days
            for other, before, who in rows
        )
        for account, day, person in rows
    ]
    assert repeated_contacts(table, days).tolist() == expected


def test_years_add_up():
    table = contacts(
        [
            ("A", "2024-12-30", "K1"),
            ("A", "2025-01-02", "I2"),
            ("A", "2025-06-01", "K1"),
        ]
    )
    by_year = repeated_by_year(table)
    assert by_year["contacts"].to_dict() == {"2024": 1, "2025": 2}
    assert by_year["share"].to_dict() == {"2024": 0.0, "2025": 0.5}


def company(calls: pd.DataFrame) -> kamlab.Portfolio:
    orders = pd.DataFrame(
        {
            "order_id": ["1"],
            "account_id": ["A"],
            "order_date": pd.to_datetime(["2025-12-31"]),
            "net_amount": [5.0],
        }
    )
    calls = calls.assign(
        interaction_id=[str(i) for i in range(len(calls))], type="call"
    )
    tables = {"orders": orders, "interactions": calls}
    return kamlab.portfolio_from_tables(tables, "EUR")


def test_only_contacts_that_we_began_are_ours():
    calls = contacts(
        [
            ("A", "2025-03-03", "K1"),
            ("A", "2025-03-04", "I2"),
            ("A", "2025-03-05", None),
        ],
        direction=["out", "in", "out"],
    )
    assert outgoing_contacts(company(calls))["kam_id"].tolist() == ["K1"]


def test_without_a_direction_all_contacts_are_taken():
    calls = contacts([("A", "2025-03-03", "K1"), ("A", "2025-03-04", "I2")])
    assert len(outgoing_contacts(company(calls))) == 2


def test_without_persons_it_says_what_is_missing():
    calls = contacts([("A", "2025-03-03", "K1")]).drop(columns="kam_id")
    with pytest.raises(MissingDataError, match="done twice"):
        outgoing_contacts(company(calls))


def test_a_missing_column_is_named():
    table = contacts([("A", "2025-03-03", "K1")])
    with pytest.raises(UsageError, match="no column 'topic'"):
        repeated_contacts(table, same_topic=True)


@pytest.mark.parametrize("days", [0, -1, 2.5, True, "7"])
def test_days_are_a_whole_number_from_one_on(days):
    with pytest.raises(UsageError, match="days = "):
        repeated_contacts(contacts([("A", "2025-03-03", "K1")]), days)


def test_at_talbruck_some_but_few_contacts_are_repeated(demo):
    by_year = repeated_by_year(outgoing_contacts(demo))
    assert by_year["share"].between(0.01, 0.3).all()
