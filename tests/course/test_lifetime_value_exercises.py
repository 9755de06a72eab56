"""Exercises on lifetime value: usual mistakes are told apart, on one's own company."""

import gc

import pandas as pd
import pytest

import kamlab
from kamlab.course.check import check
from kamlab.course.exercises import lifetime_value
from kamlab.course.exercises.lifetime_value import read_accounts
from kamlab.data.demo import write_demo
from kamlab.value.contracts import (
    best_retention_spending,
    margin_multiple,
    retention_curve,
)
from kamlab.value.customer_equity import portfolio_lifetime_value
from kamlab.value.lifetime import ModifiedBetaGeoNBD


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """Return a small company of the story, with other numbers than the book's."""
    folder = tmp_path_factory.mktemp("lifetime") / "company"
    with kamlab.open_portfolio(write_demo(folder, seed=4711, accounts=60)) as opened:
        yield opened


@pytest.fixture(scope="module")
def accounts(company) -> pd.DataFrame:
    """Return what the order book tells of each account."""
    return read_accounts(company)


@pytest.fixture(scope="module")
def counts(accounts):
    """Return frequency, recency and T."""
    return accounts["frequency"], accounts["recency"], accounts["T"]


@pytest.fixture(scope="module")
def fitted(counts) -> ModifiedBetaGeoNBD:
    """Return the model that the exercises ask for."""
    return ModifiedBetaGeoNBD().fit(*counts)


def hint(exercise, answer, portfolio) -> str:
    verdict = check(exercise, answer, portfolio)
    assert not verdict.right
    return verdict.message


def orders_of_two() -> kamlab.Portfolio:
    """Return a book that is too poor for any model."""
    orders = pd.DataFrame(
        {
            "order_id": ["1", "2"],
            "account_id": ["A", "B"],
            "order_date": pd.to_datetime(["2024-01-02", "2025-12-31"]),
            "net_amount": [70.0, 30.0],
        }
    )
    return kamlab.portfolio_from_tables({"orders": orders}, "EUR")


def test_an_order_book_is_read_once_and_forgotten_with_its_portfolio():
    book, other = orders_of_two(), orders_of_two()
    read = read_accounts(book)
    assert read_accounts(book) is read
    assert read_accounts(other) is not read
    kept = len(lifetime_value._READ)
    del book
    gc.collect()
    assert len(lifetime_value._READ) < kept


def test_an_earlier_view_of_a_book_is_read_anew():
    book = orders_of_two()
    assert len(read_accounts(book)) == 2
    assert len(read_accounts(book.at("2024-12-31"))) == 1


@pytest.mark.parametrize(("exercise", "answer"), [("12.2", "A"), ("12.3", 1.0)])
def test_a_book_too_poor_for_a_model_cannot_be_asked(exercise, answer):
    assert "cannot be asked" in hint(exercise, answer, orders_of_two())


# -- 12.1 the sheet by hand ------------------------------------------------------------


def test_12_1_right_is_contribution_times_multiple(company, accounts):
    most = accounts["contribution"].max()
    assert check("12.1", most * 2.5, company).right
    assert check("12.1", round(most) * 2.5, company).right


@pytest.mark.parametrize(
    ("factor", "said"),
    [
        (1 / 0.32, "come at once and for certain"),
        (4.0, "without discount"),
        (0.8 / 0.3, "at 10 %"),
        (1.0, "contribution of the year alone"),
        (1 / 0.12, "without leaving"),
        (0.2 / 0.92, "turns retention and leaving round"),
    ],
)
def test_12_1_usual_mistakes_are_told_apart(company, accounts, factor, said):
    assert said in hint("12.1", factor * accounts["contribution"].max(), company)


# -- 12.2 what follows from silence ----------------------------------------------------


@pytest.fixture(scope="module")
def letters(accounts, counts, fitted) -> str:
    """Return the letters that hold."""
    alive = fitted.probability_alive(*counts)
    silent = accounts["T"] - accounts["recency"] > 26
    holds = {
        "A": alive[accounts["frequency"].idxmax()] >= 0.8,
        "B": alive[silent].max() > 0.5,
        "D": alive.sum() < (accounts["orders"] > 0).sum(),
    }
    return "".join(letter for letter, is_true in holds.items() if is_true)


def test_12_2_right_are_the_statements_that_hold(company, letters):
    assert check("12.2", letters, company).right
    assert check("12.2", list(letters.lower()), company).right


def test_12_2_silence_gives_no_reason(company, letters):
    assert "a finished project looks the same" in hint("12.2", letters + "C", company)


def test_12_2_the_same_silence_is_no_equal_doubt(company, letters):
    assert "a pause for one who orders rarely" in hint("12.2", letters + "E", company)


# -- 12.3 orders of half a year --------------------------------------------------------


def test_12_3_right_is_the_sum_over_all_accounts(company, counts, fitted):
    total = fitted.expected_orders(26, *counts).sum()
    assert check("12.3", total, company).right
    assert check("12.3", round(total), company).right


def test_12_3_usual_mistakes_are_told_apart(company, accounts, counts, fitted):
    total = fitted.expected_orders(26, *counts).sum()
    year = fitted.expected_orders(52, *counts).sum()
    new = len(accounts) * fitted.expected_orders_of_new(26)
    assert "that is a year" in hint("12.3", year, company)
    assert "add up all of them" in hint("12.3", total / len(accounts), company)
    assert "every account as new" in hint("12.3", new, company)
    days = fitted.expected_orders(182, *counts).sum()
    assert "the unit is weeks already" in hint("12.3", days, company)


# -- 12.4 one point of retention -------------------------------------------------------


@pytest.fixture(scope="module")
def earned(accounts) -> float:
    """Return the contribution of those who earn."""
    year = accounts["contribution"]
    return float(year[year > 0].sum())


def gain(before: float, after: float, rate: float = 0.10) -> float:
    return margin_multiple(after, rate) - margin_multiple(before, rate)


def test_12_4_right_is_the_difference_of_the_multiples(company, earned):
    verdict = check("12.4", earned * gain(0.80, 0.81), company)
    assert verdict.right
    assert "Ask what each costs" in verdict.message
    assert check("12.4", round(earned * gain(0.80, 0.81), -2), company).right


def test_12_4_usual_mistakes_are_told_apart(company, accounts, earned):
    every = accounts["contribution"].sum()
    mistakes = {
        "that is one per cent": earned * gain(0.80, 0.808),
        "of all accounts": every * gain(0.80, 0.81),
        "the whole value at 81 %": earned * margin_multiple(0.81, 0.10),
        "that is a point less": earned * gain(0.80, 0.79),
        "that is at 12 %": earned * gain(0.80, 0.81, rate=0.12),
        "two decimals": earned * (2.79 - 2.67),
        "the elasticity at 80 %": earned * 8 / 3 * 11 / 3 / 80,
    }
    for said, answer in mistakes.items():
        assert said in hint("12.4", answer, company)


# -- 12.5 whom to call -----------------------------------------------------------------


@pytest.fixture(scope="module")
def settled(accounts, counts, fitted) -> pd.Series:
    """Return what a call to each account settles."""
    p = fitted.probability_alive(*counts)
    left = accounts["own_orders"] * accounts["order_value"]
    return p * (1 - p) * left * accounts["contribution_margin"]


def test_12_5_right_are_the_three_that_settle_most(company, settled):
    best = settled.nlargest(3)
    for answer in (best, list(best.index), set(best.index), ", ".join(best.index)):
        assert check("12.5", answer, company).right


def test_12_5_neither_the_largest_nor_the_most_doubtful_will_do(
    company, accounts, counts, fitted, settled
):
    p = fitted.probability_alive(*counts)
    naive = {
        "the largest": accounts["contribution"].nlargest(3),
        "the least likely": p.nsmallest(3),
        "the longest silent": (accounts["T"] - accounts["recency"]).nlargest(3),
    }
    for way, chosen in naive.items():
        assert not check("12.5", list(chosen.index), company).right, way


def test_12_5_the_hint_names_the_model(company, accounts):
    first = list(accounts["contribution"].nlargest(3).index)
    assert "with p from ModifiedBetaGeoNBD()" in hint("12.5", first, company)


def test_12_5_there_is_time_for_three(company, settled):
    assert "you gave 4" in hint("12.5", settled.nlargest(4), company)
    assert "'Marwitz' is no account" in hint("12.5", ["Marwitz", "x", "y"], company)


# -- 12.6 what to spend on keeping -----------------------------------------------------


@pytest.fixture(scope="module")
def mean(accounts) -> float:
    """Return the mean contribution of those who earn."""
    year = accounts["contribution"]
    return float(year[year > 0].mean())


def test_12_6_right_is_where_the_value_is_highest(company, mean):
    best = best_retention_spending(retention_curve(0.05 * mean, 0.85, 0.95), mean, 0.1)
    assert check("12.6", best.spending, company).right
    assert "worth of an account" in hint("12.6", best.value, company)
    assert "share of accounts" in hint("12.6", best.retention, company)


@pytest.mark.parametrize(
    ("part", "said"), [(0.95, "takes the spending off"), (1.05, "adds the spending")]
)
def test_12_6_the_mean_is_before_the_spending(company, mean, part, said):
    curve = retention_curve(0.05 * mean, 0.85, 0.95)
    other = best_retention_spending(curve, part * mean, 0.1).spending
    assert said in hint("12.6", other, company)


def test_12_6_what_is_spent_now_is_not_the_best(company, mean):
    assert "what is spent now" in hint("12.6", 0.05 * mean, company)


# -- 12.7 the first twenty -------------------------------------------------------------


@pytest.fixture(scope="module")
def value(company) -> pd.Series:
    """Return the values."""
    return portfolio_lifetime_value(company, repetitions=20).accounts["value"]


def test_12_7_right_is_the_share_of_the_sum_of_all(company, value):
    share = value.nlargest(20).sum() / value.sum()
    verdict = check("12.7", share, company)
    assert verdict.right
    assert "so much hangs on 20 relationships" in verdict.message
    assert "give a share" in hint("12.7", 100 * share, company)


def test_12_7_usual_mistakes_are_told_apart(company, accounts, value):
    year = accounts["contribution"]
    first = value.nlargest(20).sum()
    assert "that is money" in hint("12.7", first, company)
    assert "sum of all" in hint("12.7", first / value[value > 0].sum(), company)
    assert "last year's" in hint("12.7", year.nlargest(20).sum() / year.sum(), company)
    assert "part of the accounts" in hint("12.7", 20 / len(value), company)
    assert "add up 20" in hint("12.7", value.max() / value.sum(), company)
    five = value.nlargest(5).sum() / value.sum()
    assert "the first five" in hint("12.7", five, company)
