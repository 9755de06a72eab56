"""Kept word: what became of what the last report warned of and expected."""

from dataclasses import dataclass

import pandas as pd

from kamlab.churn.watch_words import rule_name
from kamlab.language import _, plural
from kamlab.report.memory.kept_word import KeptWord
from kamlab.report.review.numbers import Review
from kamlab.style.formats import format_day, format_money

#: Single warnings that are named; the counts tell of all.
_MOST_NAMED = 3


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
    if not word.coverage.cannot_tell:
        found.append(Kept(_("Intervals that held, of all"), str(word.coverage)))
    return found


def _forecast(review: Review, row: dict) -> Kept:
    money = review.currency
    said = _("Net revenue expected: {value} ({low} to {high})").format(
        value=format_money(row["expected"], money),
        low=format_money(row["low"], money),
        high=format_money(row["high"], money),
    )
    if pd.isna(row["actual"]):
        return Kept(said, _("the period is not over"))
    inside = _("inside the interval") if row["inside"] else _("outside the interval")
    return Kept(said, f"{format_money(row['actual'], money)}, {inside}")


def _rule(rule: str) -> str:
    """Return a rule in a word or two, for a narrow column."""
    return _("silent") if rule == "silence" else rule_name(rule).lower()
