"""What a contract's next prices cost, from the clause and the book alone."""

import pytest

from kamlab.report.review.decide import choices
from kamlab.report.review.numbers import Review
from kamlab.report.review.price_options import price_options, price_step
from kamlab.value.activity import account_revenue


@pytest.mark.parametrize(
    ("clause", "share"),
    [
        ("3 % lower every year", 0.03),
        ("Prices are reduced by 2,5% each January", 0.025),
        ("每年降价3%", 0.03),
        ("steel index, adjusted every half year", None),
        ("3 % higher every year", None),
        ("2 % lower, then 3 % lower", None),
        ("120 % lower", None),
        ("0 % lower", None),
        (None, None),
        (float("nan"), None),
    ],
)
def test_a_step_is_read_where_the_clause_says_one_fall(clause, share) -> None:
    assert price_step(clause) == share


def test_without_a_step_one_per_cent_is_the_measure() -> None:
    told = price_options("index", 2e6, 4e5, "EUR")
    assert told == "Each 1 % of price is EUR 20.0 k a year (5 % of what it leaves)."


def test_an_account_that_leaves_nothing_has_no_share() -> None:
    assert "of what it leaves" not in price_options("3 % lower", 1e6, -5.0, "EUR")
    assert "of what it leaves" not in price_options("3 % lower", 1e6, float("nan"))
    assert price_options("3 % lower", 0.0, 5.0) == ""


def test_half_a_per_cent_keeps_its_digit() -> None:
    assert price_options("2.5 % lower", 1e6, 1e5).startswith(
        "2.5 % lower again: 25.0 k"
    )


def test_marwitz_is_a_choice_between_prices_in_euros_of_the_book(demo) -> None:
    [choice] = [each for each in choices(Review(demo)) if each.rule == "contract"]
    revenue = account_revenue(demo, "2025-01-01", "2025-12-31")["A10063"]
    step = 0.03 * revenue
    assert f"EUR {step / 1000:.0f} k a year less" in choice.why
    assert f"half: EUR {step / 2000:.0f} k" in choice.why
    assert f"({step / choice.money:.0%} of what it leaves)".replace("%", " %") in (
        choice.why
    )
