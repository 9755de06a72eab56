"""The slots of a review as tables for people: heads, formats, what is left over."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import pandas as pd

from kamlab.language import _, plural
from kamlab.report.review.chances import all_chances
from kamlab.report.review.decide import choices
from kamlab.report.review.figures import basis_words
from kamlab.report.review.numbers import Review
from kamlab.report.review.registry import slot
from kamlab.report.review.watch import Watched, alerts
from kamlab.report.slots import Filled
from kamlab.report.tables import Presented, present
from kamlab.style.formats import format_money


def movers_table(review: Review) -> Presented:
    """Show who rose and who fell most, and why.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    Presented

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     movers_table(Review(portfolio)).columns
    ('Account', 'Change (EUR)', 'Cause', 'Owner')
    """
    filled = slot(review, "movers")
    basis = filled.lines[0].basis if filled.lines else "revenue"
    heads = {
        "account": _("Account"),
        "change": _("Change ({currency})").format(currency=review.currency),
        "cause": _("Cause"),
        "owner": _("Owner"),
    }
    caption = _("Largest changes of {what}").format(what=basis_words(basis).lower())
    return _table(filled, heads, {"change": "money"}, caption)


def watch_table(review: Review) -> Presented:
    """Show who may be leaving, what is at stake, why, since when, and whose it is.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    Presented
        Its note says how many more there are, and that money is not multiplied by a
        probability.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     watch_table(Review(portfolio)).rows[0][0]
    'Kovostav Strojírny a.s.'
    """
    heads = {
        "account": _("Account"),
        "at_stake": _("At stake ({currency})").format(currency=review.currency),
        "why": _("Why"),
        "last_order": _("Last order"),
        "state": _("State"),
        "owner": _("Owner"),
        "action": _("Action"),
        "due": _("Due"),
    }
    how = {"at_stake": "money", "last_order": "date", "due": "date"}
    empty = _("order days are needed") if review.portfolio.grain == "month" else ""
    table = _table(slot(review, "watch"), heads, how, _("Watch"), empty)
    table = _with_rest(table, review, "watch", alerts(review))
    if not review.faint:
        return table
    faint = plural(
        "{n} account more ({money}) is silent a little longer than usual; most such "
        "come back.",
        "{n} accounts more ({money}) are silent a little longer than usual; most such "
        "come back.",
        review.faint,
    ).format(money=format_money(review.faint_money, review.currency))
    return replace(table, note=f"{table.note} {faint}".strip())


def chances_table(review: Review) -> Presented:
    """Show contracts that end soon and offers that are open.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    Presented

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     chances_table(Review(portfolio)).rows[0][0]
    'Marwitz Packaging GmbH'
    """
    heads = {
        "account": _("Account"),
        "what": _("What"),
        "money": _("Revenue or offer ({currency})").format(currency=review.currency),
        "due": _("By"),
        "owner": _("Owner"),
    }
    how = {"money": "money", "due": "date"}
    table = _table(slot(review, "chances"), heads, how, _("Chances"))
    return _with_rest(table, review, "chances", all_chances(review))


def dependence_table(review: Review) -> Presented:
    """Show how much hangs on the largest accounts, now and a year before.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    Presented

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     len(dependence_table(Review(portfolio)).rows)
    4
    """
    heads = {
        "measure": _("Share of 12 months' revenue"),
        "now": _("Now"),
        "before": _("Year before"),
    }
    return _table(slot(review, "dependence"), heads, {}, _("Dependence"))


def kept_table(review: Review) -> Presented:
    """Show what became of what the last report warned of and expected.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    Presented
        Without rows for a first report.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     kept_table(Review(portfolio)).note
    'First report: nothing has been promised yet.'
    """
    heads = {"said": _("Said"), "came": _("Came")}
    filled = slot(review, "kept")
    empty = _("First report: nothing has been promised yet.")
    if review.before is not None:
        empty = _("The last report warned of nobody and expected nothing.")
    return _table(filled, heads, {}, _("Kept word"), empty)


def decide_table(review: Review) -> Presented:
    """Show what is to be decided, with money and owner.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    Presented

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     decide_table(Review(portfolio)).rows[2][0]
    'Visit Kovostav Strojírny a.s.'
    """
    heads = {
        "what": _("Decide"),
        "why": _("Because"),
        "money": _("Money ({currency})").format(currency=review.currency),
        "due": _("By"),
        "owner": _("Owner"),
    }
    how = {"money": "money", "due": "date"}
    empty = _("Nothing has to be decided on these data.")
    table = _table(slot(review, "decide"), heads, how, _("Decide"), empty)
    return _with_rest(table, review, "decide", choices(review))


def _table(
    filled: Filled,
    heads: dict[str, str],
    formats: dict[str, str],
    caption: str,
    empty: str = "",
) -> Presented:
    """Set lines under their heads; columns that say nothing are left out."""
    frame = _frame(filled.lines, list(heads))
    said = [name for name in heads if frame[name].map(_says).any()] or list(heads)
    shown = frame[said]
    how = {name: each for name, each in formats.items() if name in said}
    labels = {name: heads[name] for name in said}
    table = present(shown, how, caption, labels=labels, limit=None)
    note = (
        plural("{n} more.", "{n} more.", filled.left_over) if filled.left_over else ""
    )
    return replace(table, note=note if len(shown) else (empty or _("None.")))


def _with_rest(
    table: Presented, review: Review, name: str, lines: Sequence[Any]
) -> Presented:
    """Say how much money the lines are about that found no room."""
    shown = slot(review, name).lines
    left = [line for line in lines if line not in shown]
    if not left:
        return table
    money = sum(_money_of(line) for line in left)
    told = (
        plural("{n} more ({money}): {what}", "{n} more ({money}): {what}", len(left))
        if name == "decide"
        else plural(
            "{n} more ({money}) in the whole list.",
            "{n} more ({money}) in the whole list.",
            len(left),
        )
    )
    note = told.format(
        money=format_money(money, review.currency),
        what=" ".join(line.what for line in left) if name == "decide" else "",
    )
    leads = ("", "") if name == "decide" else (note, name)
    return replace(table, note=note, leads=leads)


def _money_of(line: Any) -> float:
    money = line.at_stake if isinstance(line, Watched) else line.money
    return 0.0 if money != money else money


def _frame(lines: Sequence[Any], columns: list[str]) -> pd.DataFrame:
    rows = [asdict(line) for line in lines]
    return pd.DataFrame(rows, columns=columns)


def _says(value: object) -> bool:
    return value is not None and value == value and value != ""
