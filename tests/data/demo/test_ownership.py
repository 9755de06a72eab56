"""Who looks after an account, and how that changed."""

import pandas as pd
import pytest

from kamlab.data.contract import DATED_ATTRIBUTES


def spells(book, attribute):
    return book.history[book.history["attribute"] == attribute]


def on(book, attribute, day):
    """Return the value of an attribute on a day, by account."""
    rows, day = spells(book, attribute), pd.Timestamp(day)
    holds = (rows["valid_from"] <= day) & ~(rows["valid_to"] < day)
    return rows[holds].set_index("account_id")["value"]


def test_nine_managers_and_four_inside_sales_own_all_accounts(book):
    owners = on(book, "kam_id", "2024-12-31").value_counts()
    assert sum(name.startswith("K") for name in owners.index) == 9
    assert sum(name.startswith("I") for name in owners.index) == 4


def test_two_managers_leave_in_march_2025(book):
    before, after = (
        set(on(book, "kam_id", day)) for day in ("2025-03-01", "2025-04-15")
    )
    assert before - after == {"K04", "K07"}


@pytest.mark.parametrize(("manager", "successor"), [("K04", "K10"), ("K07", "K11")])
def test_their_accounts_are_orphaned_for_eight_weeks(book, manager, successor):
    owned = spells(book, "kam_id")
    left = owned[owned["value"] == manager].set_index("account_id")["valid_to"]
    left = left.dropna()
    came = owned[owned["value"] == successor].set_index("account_id")["valid_from"]
    assert len(left) >= 8
    assert ((came[left.index] - left).dt.days == 8 * 7 + 1).all()


def test_key_accounts_are_managed_by_account_managers(book):
    owners = on(book, "kam_id", "2022-01-31")
    keys = book.truth["programme"]["key_accounts_2022"]
    assert owners[keys].str.startswith("K").all()


@pytest.mark.parametrize("year", [2022, 2023, 2024, 2025])
def test_after_every_review_there_are_28_key_accounts(book, year):
    flags = on(book, "key_account_flag", f"{year}-01-31")
    assert (flags == "true").sum() == 28


def test_a_lost_key_account_is_none_after_the_next_review(book):
    keys = on(book, "key_account_flag", "2025-12-31")
    for number, loss in book.truth["losses"].items():
        if loss["key_account"] and loss["left"] < "2025-01-01":
            assert keys[number] == "false"


def test_tiers_move_with_revenue(book):
    tier = on(book, "tier", "2025-12-31")
    revenue = book.yearly[2024].groupby(tier).median()
    assert revenue["strategic"] > revenue["core"] > revenue["general"]
    assert len(spells(book, "tier")) > 320


def test_no_two_values_of_one_attribute_hold_at_once(book):
    rows = book.history.sort_values(["account_id", "attribute", "valid_from"])
    following = rows.groupby(["account_id", "attribute"])["valid_from"].shift(-1)
    ends = rows["valid_to"].fillna(pd.Timestamp("2262-01-01"))
    assert (ends[following.notna()] < following.dropna()).all()
    assert (ends >= rows["valid_from"]).all()


@pytest.mark.parametrize(
    "attribute",
    ["kam_id", "tier", "key_account_flag", "service_level", "kind", "region"],
)
def test_dated_attributes_begin_with_the_account(book, attribute):
    assert attribute in DATED_ATTRIBUTES
    first = spells(book, attribute).groupby("account_id")["valid_from"].min()
    assert (first == book.accounts["created_on"][first.index]).all()
    assert len(first) == len(book.accounts)


@pytest.mark.parametrize("attribute", ["tier", "service_level", "kam_id"])
def test_the_master_carries_the_values_of_the_extract(book, attribute):
    current = on(book, attribute, "2025-12-31")
    assert (book.accounts[attribute] == current[book.accounts.index]).all()


def test_mergers_are_dated(book):
    merged = spells(book, "merged_into").set_index("account_id")
    dates = merged["valid_from"].dt.strftime("%Y-%m-%d").to_dict()
    old = book.number_of("eisenhain_old"), book.number_of("changed_number_old")
    assert dates == {old[0]: "2024-07-01", old[1]: "2023-10-01"}
