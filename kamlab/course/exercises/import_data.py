"""Exercises of notebook 01 on the way from an export to a portfolio."""

import pandas as pd

from kamlab.course.choices import judge_list
from kamlab.course.verdicts import Verdict, judge_number, right, wrong
from kamlab.data.demo.dirt_book import OrderBook
from kamlab.data.demo.dirt_export import TWICE
from kamlab.data.demo.dirt_lesson import book_to_practise, planted_money
from kamlab.portfolio import Portfolio
from kamlab.style import format_share

#: Faults between which exercise 01.5 lets choose, and how many of them.
OFFERED = ("copies", "intercompany", "cancelled pairs", "test orders")
CHOSEN = 2


def share_of_the_copies(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge which share of the year's revenue stands on copies (01.4).

    Parameters
    ----------
    answer : object
        A share of what finance reports; right within 0.0005.
    portfolio : Portfolio
        The data from which the lesson makes its export.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     share_of_the_copies(2.0, portfolio).right
    False
    """
    book = book_to_practise(portfolio)
    money = planted_money(book)["copies"]
    net = book.net_by_quarter[str(book.year)]
    return judge_number(
        answer,
        money / net,
        tolerance=0.0005,
        meaning=f"{format_share(money / net)} would have been counted twice, and no "
        "single line of it looks wrong.",
        near_misses=_mistaken_shares(book, money, net),
        otherwise="divide the money that the rule 'exact duplicates' took by the net "
        "amount that finance reports for the year.",
    )


def _mistaken_shares(book: OrderBook, money: float, net: float) -> dict[str, float]:
    """Return what usual mistakes make of the share of the copies."""
    june = book.orders[book.orders["order_date"].dt.month == TWICE]
    return {
        "that is per cent: give a share, such as 0.05": 100 * money / net,
        "that is money: divide it by what finance reports": money,
        "divide by what finance reports, not by that and the copies": money
        / (net + money),
        "that is the month alone: single lines are there twice as well": float(
            june["net_amount"].abs().sum() / net
        ),
    }


def faults_to_mend_first(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge which two faults IT should mend first (01.5).

    Parameters
    ----------
    answer : object
        Names of two among "copies", "intercompany", "cancelled pairs", "test orders".
    portfolio : Portfolio
        The data from which the lesson makes its export.

    Returns
    -------
    Verdict
        Right are the two that bring most money into revenue that is none.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     faults_to_mend_first(["copies"], portfolio).right
    False
    """
    return _judge_faults(answer, planted_money(book_to_practise(portfolio)))


def _judge_faults(answer: object, money: pd.Series) -> Verdict:
    def judge(chosen: set[str]) -> Verdict:
        if len(chosen) != CHOSEN:
            return wrong(f"IT can mend {CHOSEN}; you gave {len(chosen)}")
        if set(money.index[:CHOSEN]) <= chosen:
            share = money.iloc[:CHOSEN].sum() / money.sum()
            return right(
                f"they stand for {format_share(share)} of the money that is no "
                "revenue; the rules for the others stay in the mapping."
            )
        weaker = min(chosen, key=lambda each: money.get(each, 0.0))
        return wrong(
            f"{weaker!r} brings less money into revenue than another one: add up the "
            "money of its rules, not their rows; a cancelled pair counts with both"
        )

    return judge_list(
        answer,
        OFFERED,
        judge,
        things="two names",
        unknown=f"is not on offer: there are {', '.join(OFFERED)}",
    )
