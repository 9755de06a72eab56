"""Head and foot of a review: whose figures, how sure they are, and what they mean."""

import narwhals as nw

from kamlab.data.store import collect
from kamlab.language import _
from kamlab.report.left_out import read_left_out
from kamlab.report.review.figures import basis_words
from kamlab.report.review.numbers import Review
from kamlab.report.review.registry import missing
from kamlab.report.slots import Filler
from kamlab.report.ties import ties_line
from kamlab.style.formats import format_day, format_money
from kamlab.value.restatement import restatement, restatement_words
from kamlab.value.windows import rows_between


def head(review: Review) -> str:
    """Return the head line: period, last day, currency, ties, and what was restated.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    str
        In the current language.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(head(Review(portfolio)))
    Talbruck Motion GmbH · 2025Q4 · data to 31 Dec 2025 · EUR · not reconciled with
    finance: no totals were given · 35 late lines restate 2025Q3 by +1.2 % (EUR 179 k)
    """
    parts = [review.portfolio.name, day_words(review), _ties(review)]
    parts += [_manager(review), _intercompany(review), _restated(review)]
    return " · ".join(
        part.removesuffix(".").removesuffix("。") for part in parts if part
    )


def day_words(review: Review) -> str:
    """Return the head's words on period, last day and money.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(day_words(Review(portfolio)))
    2025Q4 · data to 31 Dec 2025 · EUR
    """
    through = _("data to {day}").format(day=format_day(review.portfolio.as_of))
    return f"{review.now.label} · {through} · {review.currency}"


def foot(review: Review) -> list[str]:
    """Return the foot: what the figures mean, their n, and what is not available.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    list of str
        Paragraphs in the current language.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     paragraphs = foot(Review(portfolio))
    >>> paragraphs[0].startswith("Net revenue: invoiced, without VAT")
    True
    """
    revenue = review.history.revenue[review.now.label]
    n = int((revenue > 0).sum())
    counted = (
        _("n = {n} groups with revenue in the period.")
        if review.by == "parent"
        else _("n = {n} accounts with revenue in the period.")
    )
    absent = [_absent(review, each) for each in missing(review)]
    if review.portfolio.grain == "month":
        what = _("Watch list")
        absent.append(_("{what} (the data are sums of months)").format(what=what))
    lacks = _("Not available: {what}.").format(what=_(", ").join(absent))
    return [_definitions(review), counted.format(n=n), *([lacks] if absent else [])]


def _definitions(review: Review) -> str:
    """Say what the figures of the tiles mean."""
    if review.history.earned is None:
        return _(
            "Net revenue: invoiced, without VAT, after returns, credits and rebates. "
            "GRR / NRR: what the accounts of the twelve months before bring now, "
            "without and with their growth. At stake: what watched accounts brought in "
            "the 12 months to their last order, or a category before it faded; not "
            "times a probability. Lost: silent for 1.5 times its limit. Usual range: "
            "control chart (mean ± 2.66 × mean moving range)."
        )
    return _(
        "Net revenue: invoiced, without VAT, after returns, credits and rebates. "
        "{contribution}: of the same revenue. GRR / NRR: what the accounts of the "
        "twelve months before bring now, without and with their growth. At stake: what "
        "watched accounts left in the 12 months to their last order, or a category "
        "before it faded; not times a probability. Lost: silent for 1.5 times its "
        "limit, known shutdowns not counted. Usual range: control chart (mean ± 2.66 × "
        "mean moving range)."
    ).format(contribution=basis_words(review.history.basis))


def _absent(review: Review, filler: Filler) -> str:
    """Say what is not on the page, and for want of which table or column."""
    need = next(each for each in filler.needs if not review.portfolio.has(each))
    table, _dot, column = need.partition(".")
    what = _(filler.what)
    if not column:
        return _("{what} (no table {table})").format(what=what, table=table)
    return _("{what} (no column {column} in {table})").format(
        what=what, column=column, table=table
    )


def _ties(review: Review) -> str:
    folder = review.portfolio.folder
    ties = read_left_out(folder).ties if folder else ()
    line = ties_line(ties, review.currency)
    return line or _("not reconciled with finance: no totals were given")


def _manager(review: Review) -> str:
    if not review.manager:
        return ""
    manager = review.people.get(review.manager, review.manager)
    return _("accounts of {manager} only").format(manager=manager)


def _intercompany(review: Review) -> str:
    """Say how much business within the own group is left out of the period."""
    portfolio = review.portfolio
    if not portfolio.has("orders.line_type"):
        return ""
    lines = rows_between(portfolio, "orders", review.now.start, review.now.end)
    inside = lines.filter(nw.col("line_type") == "intercompany")
    amount = collect(inside.select(nw.col("net_amount").sum()))["net_amount"].iloc[0]
    if not amount or amount != amount:
        return ""
    return _("without intercompany {money}").format(
        money=format_money(float(amount), review.currency)
    )


def _restated(review: Review) -> str:
    """Say what late lines made of the period before this one."""
    if not review.portfolio.has("orders.posted_on") or len(review.periods) < 2:
        return ""
    delay = (review.portfolio.as_of - review.now.end).days
    found = restatement(review.portfolio, review.periods[-2], delay)
    return restatement_words(found, review.currency)
