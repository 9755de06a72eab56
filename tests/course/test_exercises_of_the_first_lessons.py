"""The exercises of notebooks 00 and 01: what is right, and which mistakes are told."""

import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.course.check import check
from kamlab.data.demo import DEFAULT_SEED, generate
from kamlab.data.late_postings import restated_quarters
from kamlab.data.privacy import choices_of_columns
from kamlab.orientation.key_accounts import key_accounts
from kamlab.value.activity import account_activity
from kamlab.value.trailing import trailing_revenue, trailing_window

SEED = 202
AS_OF = "2025-12-31"


@pytest.fixture(scope="module")
def company():
    """Return a company of the story with other numbers than the book's."""
    assert SEED != DEFAULT_SEED
    return kamlab.portfolio_from_tables(generate(seed=SEED).tables, "EUR", as_of=AS_OF)


@pytest.fixture(scope="module")
def is_key(company):
    return key_accounts(company).is_key


@pytest.fixture(scope="module")
def revenue(company):
    return trailing_revenue(company)


@pytest.fixture(scope="module")
def orders_only():
    days = pd.date_range("2024-01-02", "2025-12-31", periods=60)
    orders = pd.DataFrame(
        {
            "order_id": [str(i) for i in range(60)],
            "account_id": [f"A{i % 12:02d}" for i in range(60)],
            "order_date": days.normalize(),
            "net_amount": np.arange(60, dtype=float) + 1,
        }
    )
    return kamlab.portfolio_from_tables({"orders": orders}, "EUR", as_of=AS_OF)


def hint(exercise, answer, portfolio) -> str:
    verdict = check(exercise, answer, portfolio)
    assert not verdict.right
    return verdict.message


# -- 00.1 share of the key accounts ----------------------------------------------------


def test_00_1_right_is_the_list_of_before_the_year(company, is_key, revenue):
    share = revenue[is_key].sum() / revenue.sum()
    assert check("00.1", share, company).right
    assert "per cent" in hint("00.1", 100 * share, company)
    assert "all others" in hint("00.1", 1 - share, company)


def test_00_1_gross_revenue_and_heads_are_told_apart(company, is_key, revenue):
    gross = trailing_revenue(company, kind="gross")
    assert "gross" in hint("00.1", gross[is_key].sum() / gross.sum(), company)
    heads = is_key[revenue > 0].mean()
    assert "share of accounts" in hint("00.1", heads, company)


def test_00_1_today_s_list_is_told_apart(company, revenue):
    today = company.accounts["key_account_flag"].fillna(False).astype(bool)
    before = key_accounts(company).is_key
    share = revenue[today].sum() / revenue.sum()
    if not today.equals(before):
        assert "today's list" in hint("00.1", share, company)


def test_00_1_works_where_nobody_is_named(orders_only):
    is_key = key_accounts(orders_only).is_key
    year = trailing_revenue(orders_only)
    assert check("00.1", year[is_key].sum() / year.sum(), orders_only).right


# -- 00.2 what the table of claims says ------------------------------------------------


@pytest.mark.parametrize("letter", ["C", "E"])
def test_00_2_what_never_follows_is_refused_with_its_reason(company, letter):
    assert check("00.2", "AD", company).right
    assert f"{letter} does not follow" in hint("00.2", "AD" + letter, company)


def test_00_2_a_missing_letter_says_where_to_look(company):
    assert "margin" in hint("00.2", "A", company)


def test_00_2_is_another_one_for_another_company(orders_only):
    assert not check("00.2", "AD", orders_only).right


# -- 00.3 whom to visit ----------------------------------------------------------------


@pytest.fixture(scope="module")
def lost(company):
    """Return the margin lost with every key account, at the rate of the year before."""
    return margin_lost(company)


def margin_lost(company) -> pd.Series:
    now, before = (
        account_activity(company, *trailing_window(company.as_of, 12, back))
        for back in (0, 1)
    )
    rate = before["margin"] / before["revenue"] - now["margin"] / now["revenue"]
    return (rate * now["revenue"])[key_accounts(company).accounts]


def test_00_3_right_are_those_who_lost_more_than_a_visit_costs(company, lost):
    worth = lost[lost > 5000]
    assert check("00.3", list(worth.index), company).right
    assert check("00.3", ", ".join(worth.index), company).right


def test_00_3_marwitz_is_among_those_to_visit(company, lost):
    names = company.accounts["account_name"]
    marwitz = names.index[names.str.startswith("Marwitz")][0]
    others = lost[lost > 5000].index.drop(marwitz)
    assert "1 of those you left out" in hint("00.3", list(others), company)


def test_00_3_nobody_is_visited_for_less_than_a_visit_costs(company, lost):
    least = lost.idxmin()
    message = hint("00.3", [*lost[lost > 5000].index, least], company)
    assert message.startswith(f"with {least} ")
    assert "less than the EUR 5,000 of a visit" in message


@pytest.mark.parametrize("seed", [3, 11, 29])
def test_00_3_nobody_hits_upon_the_right_ones(seed):
    company = kamlab.portfolio_from_tables(
        generate(seed=seed).tables, "EUR", as_of=AS_OF
    )
    lost = margin_lost(company)
    many = int((lost > 5000).sum())
    year = account_activity(company, "2025-01-01").reindex(lost.index)
    naive = {
        "the three with most": lost.nlargest(3),
        "the largest": year["revenue"].nlargest(many),
        "the lowest rate": (year["margin"] / year["revenue"]).nsmallest(many),
        "the largest falls of the rate": (lost / year["revenue"]).nlargest(3),
        "all whose rate fell": lost[lost > 0],
        "all of them": lost,
    }
    for way, chosen in naive.items():
        assert not check("00.3", list(chosen.index), company).right, way


def test_00_3_the_plain_difference_of_margins_is_told_apart(company, lost):
    now, before = (
        account_activity(company, *trailing_window(company.as_of, 12, back))["margin"]
        .reindex(lost.index)
        .fillna(0.0)
        for back in (0, 1)
    )
    plain = before - now
    gone = lost.index[lost.isna()]
    for fallen in (plain, plain.drop(gone)):
        message = hint("00.3", list(fallen.index[fallen > 5000]), company)
        assert message.startswith("that is last year's margin − this year's")
        assert "at last year's rate" in message


def test_00_3_whoever_stopped_buying_has_no_rate_to_lose(company, lost):
    gone = lost.index[lost.isna()]
    assert len(gone)
    message = hint("00.3", [*lost.index[lost > 5000], gone[0]], company)
    assert message.startswith(f"with {gone[0]} EUR 0 of margin slipped away")


def test_00_3_only_key_accounts_count(company, is_key):
    other = is_key.index[~is_key][0]
    assert f"'{other}' is no account number of a key account" in hint(
        "00.3", [other] * 3, company
    )


def test_00_3_says_so_where_costs_are_missing(orders_only):
    assert "no cost of goods" in hint("00.3", ["A01"], orders_only)


# -- 01.1 a closed quarter -------------------------------------------------------------


def test_01_1_right_is_the_change_over_what_was_reported(company):
    row = restated_quarters(company, 2).iloc[0]
    assert check("01.1", row["change_share"], company).right
    assert "that is money" in hint("01.1", row["change"], company)
    assert "sign" in hint("01.1", -row["change_share"], company)
    assert "per cent" in hint("01.1", 100 * row["change_share"], company)
    assert "subtract 1" in hint("01.1", 1 + row["change_share"], company)


def test_01_1_another_quarter_is_told_apart(company):
    earlier = restated_quarters(company, 3)["change_share"].iloc[0]
    assert "another quarter" in hint("01.1", earlier, company)


def test_01_1_says_so_where_nothing_was_booked(orders_only):
    empty = orders_only.at("2024-03-31")
    assert "cannot be asked" in hint("01.1", 0.1, empty)


# -- 01.2 and 01.3 what may be shared --------------------------------------------------


@pytest.mark.parametrize("letter", ["C", "D"])
def test_01_2_codes_do_not_make_anonymous(company, letter):
    assert check("01.2", "ABE", company).right
    assert f"{letter} does not follow" in hint("01.2", "ABE" + letter, company)


@pytest.mark.parametrize("exercise", ["01.2", "01.3"])
def test_without_descriptions_nothing_can_be_shared(orders_only, exercise):
    answer = "A" if exercise == "01.2" else ["region"]
    assert "cannot be asked" in hint(exercise, answer, orders_only)


def test_01_3_every_largest_choice_is_right_and_no_smaller_one(company):
    offered = ["region", "kind", "industry", "tier"]
    tried = choices_of_columns(company.accounts, offered, 5)
    fine = tried[tried["rows shown"] >= 0.9]["columns"].str.split(", ")
    most = fine.map(len).max()
    for columns in fine:
        assert check("01.3", columns, company).right == (len(columns) == most)


def test_01_3_too_much_and_nothing_are_told_apart(company):
    everything = ["region", "kind", "industry", "tier"]
    assert "90 % must remain" in hint("01.3", everything, company)
    assert "at least one" in hint("01.3", [], company)
    assert "'size' is not on offer" in hint("01.3", ["size"], company)
