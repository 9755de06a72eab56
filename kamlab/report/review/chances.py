"""Chances of a review: contracts that end soon, and offers that are still open."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import pandas as pd

from kamlab.language import _, plural
from kamlab.report.review.numbers import Review
from kamlab.style.formats import format_day
from kamlab.value.trailing import months_covered, trailing_revenue

#: A contract that ends within so many days is talked about now.
AHEAD = 180


@dataclass(frozen=True)
class Chance:
    """Something to be won or kept: with whom, what, how much, until when, and whose.

    Examples
    --------
    >>> Chance("A1", "Adler", "Contract ends.", 9e6, date(2026, 1, 30), "K02").money
    9000000.0
    """

    key: str
    account: str
    what: str
    money: float
    due: date | None
    owner: str
    clause: str = ""


def contract_ends(review: Review) -> list[Chance]:
    """List own contracts that end soon and are not settled, the largest first.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    list of Chance
        Money is the account's net revenue of twelve months; due is the last day for
        notice, or the end where that has passed.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     first = contract_ends(Review(portfolio))[0]
    >>> print(first.what)
    Contract ends 30 Apr 2026: 3 % lower every year.
    """
    day = pd.Timestamp(review.portfolio.as_of)
    contracts = _owned(review, review.portfolio.table("contracts"))
    soon = (contracts["end"] > day) & (contracts["end"] <= day + timedelta(days=AHEAD))
    open_ = ~contracts.get("renewed", pd.Series("", contracts.index)).isin(
        ["yes", "no"]
    )
    ending = contracts[soon & open_]
    months = months_covered(review.portfolio, 12)
    revenue = trailing_revenue(review.portfolio, months)
    money = ending["account_id"].map(revenue).fillna(0.0)
    ranked = ending.assign(money=money).sort_values("money", ascending=False)
    return [_ending(review, row) for row in _rows(ranked)]


def open_quotes(review: Review) -> list[Chance]:
    """List own offers that are neither won nor lost, the largest first.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    list of Chance
        Money is what the offer is worth if won, *not* times a probability.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     first = open_quotes(Review(portfolio))[0]
    >>> print(first.what)
    Offer of linear guides, open for 117 days.
    """
    offers = _owned(review, review.portfolio.table("opportunities"))
    closed = offers["won"].notna() if "won" in offers else offers["closed_on"].notna()
    open_ = offers[~closed & offers["quotation_on"].notna()]
    ranked = open_.sort_values("amount", ascending=False)
    return [_offer(review, row) for row in _rows(ranked)]


def all_chances(review: Review) -> list[Chance]:
    """List contracts that end soon, then open offers, as far as the data have them.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     len(all_chances(Review(portfolio))) > 30
    True
    """
    has = review.portfolio.has
    found = contract_ends(review) if has("contracts") else []
    with_offers = has("opportunities") and has("opportunities.quotation_on")
    return [*found, *(open_quotes(review) if with_offers else [])]


def _owned(review: Review, table: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the manager's accounts."""
    return review.own(table.set_index("account_id", drop=False))


def _rows(table: pd.DataFrame) -> Iterator[dict]:
    return iter(table.to_dict("records"))


def _ending(review: Review, contract: dict) -> Chance:
    end, notice = contract["end"], _notice_day(contract)
    day = pd.Timestamp(review.portfolio.as_of)
    due = notice if notice is not None and notice >= day else end
    clause = contract.get("price_clause")
    text = (
        _("Contract ends {end}: {clause}.")
        if isinstance(clause, str) and clause
        else _("Contract ends {end}.")
    ).format(end=format_day(end), clause=clause)
    chance = _chance(review, contract["account_id"], text, contract["money"], due)
    return replace(chance, clause=clause if isinstance(clause, str) else "")


def _notice_day(contract: dict) -> pd.Timestamp | None:
    days = contract.get("notice_days")
    if days is None or pd.isna(days):
        return None
    return contract["end"] - timedelta(days=int(days))


def _offer(review: Review, offer: dict) -> Chance:
    days = (pd.Timestamp(review.portfolio.as_of) - offer["quotation_on"]).days
    open_for = plural("{n} day", "{n} days", days)
    category = offer.get("category")
    text = (
        _("Offer of {category}, open for {days}.").format(
            category=category, days=open_for
        )
        if isinstance(category, str)
        else _("Offer, open for {days}.").format(days=open_for)
    )
    return _chance(review, offer["account_id"], text, offer["amount"], None)


def _chance(
    review: Review, account: str, text: str, money: float, due: pd.Timestamp | None
) -> Chance:
    name = review.short(account)
    day = None if due is None else due.date()
    return Chance(account, name, text, float(money), day, review.owner(account))
