"""Sentences on the state of the data change with the data."""

import pandas as pd
import pytest

from kamlab.data import overview_words as words

NAMES = pd.Series({"A9": "Eisenhain", "G": "Brackwell"})


def test_a_full_house_has_no_gap():
    filled = pd.DataFrame(
        {"table": ["orders"], "filled": [1.0], "may be empty": [False]}
    )
    assert words.completeness_sentence(filled) == (
        "Of what is meant to be filled, 100.0 % is: no column has a gap."
    )


def test_several_gaps_name_the_worst():
    filled = pd.DataFrame(
        {
            "table": ["orders", "accounts"],
            "meaning": ["Cost of the goods", "Sales region"],
            "filled": [0.9, 0.2],
            "may be empty": False,
        }
    )
    told = words.completeness_sentence(filled)
    assert "2 columns are not full" in told
    assert told.endswith(
        "The emptiest is “Sales region” (table accounts), with 20.0 %."
    )


def quarters(changes: list[float]) -> pd.DataFrame:
    table = pd.DataFrame({"as reported": 100.0, "change": changes})
    table["change_share"] = table["change"] / table["as reported"]
    return table.set_axis([f"Q{i + 1}" for i in range(len(changes))])


def test_the_quarter_that_moved_most_is_named_even_downwards():
    told = words.restated_sentence(quarters([1.0, -4.0, 0.0]), "EUR")
    assert told.startswith("Late postings have moved Q2 by −EUR 4 (−4.0 %)")
    assert told.endswith("The last one, Q3, will move as well.")


def test_quarters_that_stood_still_are_no_news():
    assert words.restated_sentence(quarters([0.0, 0.0])) == (
        "No quarter has moved since it was reported."
    )


def test_one_quarter_alone_says_nothing():
    assert words.restated_sentence(quarters([0.0])) == ""


def test_several_mergers_name_the_last():
    mergers = pd.DataFrame(
        {
            "old number": ["A1", "A7"],
            "now": ["A2", "A9"],
            "since": pd.to_datetime(["2023-10-01", "2024-07-01"]),
        }
    )
    told = words.merged_sentence(mergers, NAMES)
    assert told.startswith(
        "2 customer numbers were merged into another, last A7 into A9"
    )
    assert "(Eisenhain) on 1 Jul 2024" in told
    assert words.merged_sentence(mergers.head(0), NAMES).startswith("No merger")


def test_groups_without_known_owners_are_told_without():
    groups = pd.DataFrame({"accounts": [6, 2]}, index=["G", "H"])
    assert words.groups_sentence(groups, NAMES).endswith("Brackwell, has 6 accounts.")
    assert words.groups_sentence(groups.head(0), NAMES).startswith("No group")


@pytest.mark.parametrize(
    ("sizes", "ending"),
    [
        ((5, 90, 90, 5), "holds k = 5."),
        ((4, 80, 90, 5), "described more coarsely."),
    ],
)
def test_an_extract_holds_k_or_loses_rows(sizes, ending):
    assert words.anonymity_sentence(*sizes).endswith(ending)


def test_the_last_year_of_repeated_contacts_is_told():
    table = pd.DataFrame(
        {"contacts": [10, 20], "repeated": [1, 4], "share": [0.1, 0.2]},
        index=["2024", "2025"],
    )
    told = words.repeated_sentence(table, days=14)
    assert told.startswith(
        "In 2025, 4 of the 20 contacts that we began (20.0 %) came within 14 days after"
    )
    assert "within 1 day after a colleague" in words.repeated_sentence(table, days=1)


def checklist(answers: list[str]) -> pd.DataFrame:
    questions = [f"Question {i}?" for i in range(len(answers))]
    return pd.DataFrame({"question": questions, "answer": answers})


def test_the_next_step_goes_from_no_to_gaps_to_truth():
    empty = pd.DataFrame(
        {"table": ["account_costs"], "meaning": ["Its order"], "filled": [0.4]}
    )
    told = words.next_step(checklist(["no"] * 5 + ["yes"]), empty)
    assert told.endswith("“Question 2?” and 2 more.")
    told = words.next_step(checklist(["yes"]), empty)
    assert told == (
        "Begin with “Its order” (table account_costs): only 40.0 % of the rows hold a "
        "value."
    )
    assert "whether it is true" in words.next_step(checklist(["yes"]), empty.head(0))


def test_late_lines_are_a_share_of_all():
    assert words.late_sentence(0.25, 4) == (
        "Of 4 order lines 25.0 % were booked after their day."
    )
