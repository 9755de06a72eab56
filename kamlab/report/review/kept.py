"""Kept word: what became of what the last report warned of and expected."""

from dataclasses import dataclass

import pandas as pd

from kamlab.churn.watch_words import rule_name
from kamlab.language import _, plural
from kamlab.report.memory.kept_word import KeptWord
from kamlab.report.memory.order_forecast import SOURCE as BY_ORDERS
from kamlab.report.memory.predictions_judged import beside_last_year, coverage
from kamlab.report.review.numbers import Review
from kamlab.style.formats import format_count, format_day, format_money, format_share

#: Single warnings that are named; the counts tell of all.
_MOST_NAMED = 2


@dataclass(frozen=True)
class Kept:
    """One line on a promise of the last report: what was said, and what came of it.

    Examples
    --------
    >>> Kept("9 warnings", "2 right").came
    '2 right'
    """

    said: str
    came: str


def lines(review: Review) -> list[Kept]:
    """Say whether the last report was right: its warnings, then what it expected.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    list of Kept
        Empty for a first report.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     lines(Review(portfolio))
    []
    """
    word = review.kept_word
    if word is None:
        return []
    return [*_warnings(review, word), *_predictions(review, word)]


def _warnings(review: Review, word: KeptWord) -> list[Kept]:
    table = review.own(word.warnings.set_index("account", drop=False))
    if table.empty:
        return []
    counts = table["verdict"].value_counts()
    told = {
        "right": plural("{n} right", "{n} right", int(counts.get("right", 0))),
        "wrong": plural("{n} wrong", "{n} wrong", int(counts.get("wrong", 0))),
        "saved": plural("{n} saved", "{n} saved", int(counts.get("saved", 0))),
        "open": plural("{n} open", "{n} open", int(counts.get("open", 0))),
    }
    said = plural("{n} warning of {day}", "{n} warnings of {day}", len(table))
    first = Kept(
        said.format(day=format_day(word.since)),
        ", ".join(text for verdict, text in told.items() if counts.get(verdict, 0)),
    )
    settled = table[table["verdict"].isin(["right", "wrong", "saved"])]
    ranked = settled.sort_values("at_stake", ascending=False).head(_MOST_NAMED)
    return [first, *(_warning(review, row) for row in ranked.to_dict("records"))]


def _warning(review: Review, row: dict) -> Kept:
    verdicts = {"right": _("right"), "wrong": _("wrong"), "saved": _("saved")}
    name = review.short(row["account"])
    since = format_money(row["revenue_since"], review.currency)
    came = _("{verdict}; {money} since").format(
        verdict=verdicts[row["verdict"]], money=since
    )
    said = _("{account}: {rule}").format(account=name, rule=_rule(row["rule"]))
    return Kept(said, came)


def _predictions(review: Review, word: KeptWord) -> list[Kept]:
    table = word.predictions
    if review.manager or table.empty:
        return []
    whole = table[(table["account"] == "") & (table["name"] == "net_revenue")]
    found = [_forecast(review, row) for row in whole.to_dict("records")]
    return [*found, *_accounts(review, table[table["source"] == BY_ORDERS])]


def _accounts(review: Review, table: pd.DataFrame) -> list[Kept]:
    """Say how far the forecasts of accounts missed, and how many intervals held."""
    single = table[table["account"] != ""]
    held = coverage(single)
    error, last_year, n = beside_last_year(single)
    if held.cannot_tell or not n:
        return []
    words = (
        _("{n} groups missed by {error} on average, by last year's period {last_year}")
        if review.by == "parent"
        else _(
            "{n} accounts missed by {error} on average, by last year's period "
            "{last_year}"
        )
    )
    said = words.format(
        n=format_count(held.n),
        error=format_money(error, review.currency),
        last_year=format_money(last_year, review.currency),
    )
    came = _("{share} inside ({low} to {high})").format(
        share=format_share(held.value, 0),
        low=format_share(held.low, 0),
        high=format_share(held.high, 0),
    )
    return [Kept(said, came)]


def _forecast(review: Review, row: dict) -> Kept:
    money = review.currency
    words = (
        _("By orders: {value} ({low} to {high})")
        if row["source"] == BY_ORDERS
        else _("Net revenue: {value} ({low} to {high})")
    )
    said = words.format(
        value=format_money(row["expected"], money),
        low=format_money(row["low"], ""),
        high=format_money(row["high"], ""),
    )
    if pd.isna(row["actual"]):
        return Kept(said, _("the period is not over"))
    came = _("{money}, inside") if row["inside"] else _("{money}, outside")
    return Kept(said, came.format(money=format_money(row["actual"], money)))


def _rule(rule: str) -> str:
    """Return a rule in a word or two, for a narrow column."""
    return _("silent") if rule == "silence" else rule_name(rule).lower()
