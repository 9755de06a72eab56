"""Exercises of the course: right answers pass, stubs wait, usual mistakes get a hint.

Three companies of the same story, none of them the book's own, show that the right
answer is worked out from the data at hand.
"""

import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.course.check import check
from kamlab.course.exercises import EXERCISES
from kamlab.data.demo import DEFAULT_SEED, generate
from kamlab.errors import UsageError
from kamlab.value.activity import account_revenue
from kamlab.value.concentration import effective_number, top_n_share, top_share
from kamlab.value.trailing import trailing_revenue
from tests.conftest import slow

#: All three with make test-all; a daily run takes the first.
SEEDS = [101, slow(202), slow(303)]
AS_OF = "2025-12-31"


@pytest.fixture(scope="module", params=SEEDS)
def company(request):
    """Return a company of the story with other numbers than the book's."""
    assert request.param != DEFAULT_SEED
    made = generate(seed=request.param)
    return kamlab.portfolio_from_tables(made.tables, "EUR", as_of=AS_OF)


@pytest.fixture(scope="module")
def net(company):
    """Return revenue by account, the twelve months to the end."""
    return trailing_revenue(company)


@pytest.fixture(scope="module")
def groups(company):
    """Return shares of revenue by group, the largest first."""
    revenue = trailing_revenue(company, by="parent")
    positive = revenue[revenue > 0].sort_values(ascending=False)
    return positive / positive.sum()


def hint(exercise, answer, portfolio) -> str:
    verdict = check(exercise, answer, portfolio)
    assert not verdict.right
    return verdict.message


def small_book() -> kamlab.Portfolio:
    """Return five accounts whose figures one knows by heart."""
    orders = pd.DataFrame(
        {
            "order_id": list("12345"),
            "account_id": list("ABCDE"),
            "order_date": pd.to_datetime(["2025-01-02"] + ["2025-12-31"] * 4),
            "net_amount": [70.0, 10.0, 10.0, 5.0, 5.0],
        }
    )
    return kamlab.portfolio_from_tables({"orders": orders}, "EUR")


@pytest.fixture(scope="module")
def five() -> kamlab.Portfolio:
    return small_book()


@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize("stub", [None, ...])
def test_an_unanswered_exercise_waits(exercise, stub, five):
    verdict = check(exercise, stub, five)
    assert not verdict.right
    assert repr(verdict) == f"{exercise} not answered yet"


@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize("answer", [object(), {"a": 1}, "?", 3 + 4j, [[1]], [None]])
def test_nonsense_is_refused_in_words(exercise, answer, five):
    verdict = check(exercise, answer, five)
    assert not verdict.right
    assert len(repr(verdict)) < 250


def test_an_unknown_exercise_is_refused_with_the_nearest_number():
    with pytest.raises(UsageError, match=r"'11\.11' is unknown: did you mean '11\.1'"):
        check("11.11", 1, small_book())


# -- 11.1 share of the top groups ------------------------------------------------------


@pytest.fixture(scope="module")
def parents(company):
    """Return revenue by group, the twelve months to the end."""
    return trailing_revenue(company, by="parent")


def test_11_1_right_is_the_interpolated_share(company, parents):
    verdict = check("11.1", top_share(parents, 0.05), company)
    assert verdict.right
    assert verdict.exercise == "11.1"


def test_11_1_by_heart():
    # A quarter of the largest of five accounts, which brings 70 of 100.
    assert check("11.1", 0.175, small_book()).right


def test_11_1_per_cent_is_told_apart(company, parents):
    assert "per cent" in hint("11.1", 100 * top_share(parents, 0.05), company)


def test_11_1_gross_revenue_is_told_apart(company):
    gross = trailing_revenue(company, by="parent", kind="gross")
    assert "gross" in hint("11.1", top_share(gross, 0.05), company)


def test_11_1_accounts_are_told_apart(company, net):
    assert "by account" in hint("11.1", top_share(net, 0.05), company)


def test_11_1_rounding_instead_of_interpolating_is_told_apart(company, parents):
    whole = int(0.05 * (parents > 0).sum())
    assert "interpolate" in hint("11.1", top_n_share(parents, whole), company)
    assert "rounds up" in hint("11.1", top_n_share(parents, whole + 1), company)


def test_11_1_groups_without_revenue_are_told_apart(company, parents):
    ranked = parents.sort_values(ascending=False)
    many = 0.05 * len(ranked)
    whole = int(many)
    first = ranked.iloc[:whole].sum() + (many - whole) * ranked.iloc[whole]
    share = first / ranked[ranked > 0].sum()
    assert "without revenue" in hint("11.1", share, company)


def test_11_1_the_wrong_share_or_window_is_told_apart(company, parents):
    assert "top 20 %" in hint("11.1", top_share(parents, 0.2), company)
    assert "top 10 %" in hint("11.1", top_share(parents, 0.1), company)
    all_years = account_revenue(company, by="parent")
    assert "all years" in hint("11.1", top_share(all_years, 0.05), company)


# -- 11.2 what follows from the figures ------------------------------------------------


def test_11_2_right_are_the_statements_that_hold(company):
    assert check("11.2", "BD", company).right
    assert check("11.2", "db", company).right


@pytest.mark.parametrize(
    "answer",
    ["B, D", "b d", "D;B", " B,D ", ["B", "D"], ("d", "b"), {"B", "D"}],
    ids=["comma", "blank", "semicolon", "blanks", "list", "tuple", "set"],
)
def test_11_2_letters_may_be_written_as_one_likes(company, answer):
    assert check("11.2", answer, company).right


def test_11_2_letters_may_stand_in_a_series_or_array(company):
    assert check("11.2", pd.Series(["B", "D"]), company).right
    assert check("11.2", np.array(["B", "D"]), company).right


@pytest.mark.parametrize(
    ("answer", "letter"),
    [("ABD", "A"), ("BCD", "C"), ("BDE", "E"), ("B", "D"), ("D", "B"), ("", "B")],
)
def test_11_2_the_first_wrong_letter_gets_its_reason(company, answer, letter):
    message = hint("11.2", answer, company)
    assert message.startswith((f"{letter} does not follow", f"{letter} is missing"))


def test_11_2_depends_on_the_data():
    # Five accounts without groups: 70 of 100 from the top 20 %, and no parents.
    assert check("11.2", "B", small_book()).right


# -- 11.3 groups to replace the five largest -------------------------------------------


def test_11_3_right_is_the_five_largest_by_the_median(company, parents):
    truth = parents.nlargest(5).sum() / parents[parents > 0].median()
    assert check("11.3", truth, company).right
    assert check("11.3", round(truth), company).right


def test_11_3_by_heart():
    # 100 in all, by a median of 10.
    assert check("11.3", 10, small_book()).right


def test_11_3_accounts_and_mixtures_are_told_apart(company, net, parents):
    accounts, groups = net[net > 0], parents[parents > 0]
    five, pair = groups.nlargest(5).sum(), accounts.nlargest(5).sum()
    assert "by account" in hint("11.3", pair / accounts.median(), company)
    assert "the median is one of accounts" in hint(
        "11.3", five / accounts.median(), company
    )
    assert "the median is one of groups" in hint(
        "11.3", pair / groups.median(), company
    )


def test_11_3_usual_mistakes_are_told_apart(company, parents):
    groups = parents[parents > 0]
    five = groups.nlargest(5).sum()
    assert "the mean" in hint("11.3", five / groups.mean(), company)
    assert "largest group only" in hint("11.3", groups.max() / groups.median(), company)
    assert "effective number" in hint("11.3", effective_number(parents), company)
    assert "divide it by the median" in hint("11.3", five, company)


def test_11_3_the_median_is_that_of_all_groups_with_revenue(company, parents):
    groups = parents[parents > 0].sort_values(ascending=False)
    five = groups.iloc[:5].sum()
    assert "leaves the five out" in hint(
        "11.3", five / groups.iloc[5:].median(), company
    )
    if parents.median() > 0:
        assert "without revenue" in hint("11.3", five / parents.median(), company)


def test_11_3_praises_no_plan_that_nobody_costed(company, parents):
    truth = parents.nlargest(5).sum() / parents[parents > 0].median()
    assert "cheap" not in check("11.3", truth, company).message


# -- 11.4 groups that need a sponsor ---------------------------------------------------


def test_11_4_right_is_the_shortest_list_that_leaves_no_large_group(company, groups):
    chosen = groups.index[groups > 0.03]
    assert check("11.4", list(chosen), company).right
    assert check("11.4", chosen, company).right
    assert check("11.4", set(chosen), company).right
    assert check("11.4", chosen.to_numpy(), company).right


def test_11_4_revenue_or_shares_by_parent_stand_for_their_index(company, groups):
    large = groups[groups > 0.03]
    assert check("11.4", large, company).right
    assert check("11.4", large.to_frame("share"), company).right
    assert check("11.4", large.index.to_series(), company).right


def test_11_4_a_list_by_account_misses_the_group_of_branches(company, net):
    shares = net / net[net > 0].sum()
    by_account = shares[shares > 0.03].index.tolist()
    assert "added up the accounts of each group" in hint("11.4", by_account, company)


def test_11_4_too_many_sponsors_are_not_right(company, groups):
    assert "scarce" in hint("11.4", list(groups.index[:12]), company)


def test_11_4_every_group_is_not_the_shortest_list(company, groups):
    assert "scarce" in hint("11.4", list(groups.index), company)


def test_11_4_a_name_in_place_of_a_number_is_shown(company):
    assert "'Marwitz' is no group" in hint("11.4", ["Marwitz"], company)


def test_11_4_one_text_is_no_list(company, groups):
    assert "is no list" in hint("11.4", groups.index[0], company)


def test_11_4_nobody_is_not_enough(company):
    assert "above 3 %" in hint("11.4", [], company)
