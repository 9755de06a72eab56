"""The slots of a review as tables for people: heads, formats, what is left over."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from kamlab.churn.watch_words import rule_name
from kamlab.language import _, plural
from kamlab.report.review.figures import basis_words
from kamlab.report.review.numbers import Review
from kamlab.report.review.registry import slot
from kamlab.report.review.watch import state_words
from kamlab.report.slots import Filled
from kamlab.report.tables import Presented, present
from kamlab.style.formats import format_day
from kamlab.value.receivables import receivables_position
from kamlab.value.revenue_bridge_plots import plot_revenue_bridge
from kamlab.value.revenue_bridge_words import step_of_revenue


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
        "since": _("Since"),
        "state": _("State"),
        "owner": _("Owner"),
        "action": _("Action"),
        "due": _("Due"),
    }
    how = {"at_stake": "money", "since": "date", "due": "date"}
    table = _table(slot(review, "watch"), heads, how, _("Watch"))
    if not review.faint:
        return table
    faint = plural(
        "{n} account more is silent a little longer than usual; most such come back.",
        "{n} accounts more are silent a little longer than usual; most such come back.",
        review.faint,
    )
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
        "money": _("Worth ({currency})").format(currency=review.currency),
        "due": _("By"),
        "owner": _("Owner"),
    }
    how = {"money": "money", "due": "date"}
    return _table(slot(review, "chances"), heads, how, _("Chances"))


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
    heads = {"measure": _("12 months"), "now": _("Now"), "before": _("Year before")}
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
    ...     decide_table(Review(portfolio)).rows[1][0]
    'Visit Kovostav Strojírny a.s.'
    """
    heads = {
        "what": _("Decide"),
        "why": _("Because"),
        "money": _("Per year ({currency})").format(currency=review.currency),
        "due": _("By"),
        "owner": _("Owner"),
    }
    how = {"money": "money", "due": "date"}
    empty = _("Nothing has to be decided on these data.")
    return _table(slot(review, "decide"), heads, how, _("Decide"), empty)


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


def _frame(lines: Sequence[Any], columns: list[str]) -> pd.DataFrame:
    rows = [asdict(line) for line in lines]
    return pd.DataFrame(rows, columns=columns)


def _says(value: object) -> bool:
    return value is not None and value == value and value != ""


def bridge_table(review: Review) -> Presented:
    """Show every step of the revenue bridge, with the accounts it stands for.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    Presented
        Without rows where there is no year before.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     bridge_table(Review(portfolio)).rows[0]
    ('2024Q4', '15,437,389', '173')
    """
    heads = {
        "step": _("Step"),
        "amount": _("Amount ({currency})").format(currency=review.currency),
        "accounts": _("Accounts"),
    }
    rows = pd.DataFrame(columns=list(heads))
    if review.has_year_before:
        bridge = review.bridge
        words = [step_of_revenue(step, bridge) for step in bridge.steps.index]
        amounts, counts = bridge.steps.to_numpy(), bridge.counts.to_numpy()
        rows = pd.DataFrame({"step": words, "amount": amounts, "accounts": counts})
    how = {"amount": "money", "accounts": "count"}
    return present(rows, how, _("Revenue bridge"), labels=heads)


def alerts_table(review: Review) -> Presented:
    """Show every alert, also those that an event explains, and those that are gone.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    Presented
        Without the column of states for a first report.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     len(alerts_table(Review(portfolio)).rows) > 8
    True
    """
    heads = {
        "account": _("Account"),
        "rule": _("Rule"),
        "at_stake": _("At stake ({currency})").format(currency=review.currency),
        "since": _("Since"),
        "state": _("State"),
        "evidence": _("Evidence"),
        "muted_by": _("Explained by"),
    }
    if review.before is None:
        del heads["state"]
    evidence = {"clear": _("clear"), "faint": _("faint"), "": ""}
    whole = _with_states(review)
    frame = whole.assign(
        account=whole["account"].map(review.name),
        rule=whole["rule"].map(rule_name),
        state=whole["state"].map(state_words),
        evidence=whole["evidence"].map(evidence),
    )
    how = {"at_stake": "money", "since": "date"}
    caption = _("Watch, whole")
    return present(frame[list(heads)], how, caption, limit=None, labels=heads)


def _with_states(review: Review) -> pd.DataFrame:
    """Return the watch list with the state of each alert, those closed at its end."""
    watch = review.watch.set_axis(["account", *review.watch.columns[1:]], axis=1)
    states = review.alert_states
    whole = watch.assign(state="") if states.empty else states.merge(watch, how="left")
    whole = whole.fillna({"evidence": "", "muted_by": ""})
    # Only clear alerts are warnings, so a faint one has not been "new" either.
    quiet = (whole["evidence"] == "faint") | (whole["muted_by"] != "")
    return whole.assign(
        state=whole["state"].mask(quiet & (whole["state"] == "new"), "")
    )


def owed_table(review: Review) -> Presented:
    """Show who owes most for longer than thirty days.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    Presented
        Ten rows at most; none without receivables.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     "Lianhan" in owed_table(Review(portfolio)).rows[0][0]
    True
    """
    heads = {
        "account": _("Account"),
        "open": _("Open ({currency})").format(currency=review.currency),
        "overdue_30": _("Overdue > 30 days ({currency})").format(
            currency=review.currency
        ),
        "days_late": _("Days late"),
    }
    frame = pd.DataFrame(columns=list(heads))
    if review.portfolio.has("receivables"):
        position = review.own(receivables_position(review.portfolio, review.by))
        late = position[position["overdue_30"] > 0]
        ranked = late.sort_values("overdue_30", ascending=False)
        names = [review.name(key) for key in ranked.index]
        frame = ranked.assign(account=names)[list(heads)].reset_index(drop=True)
    how = {"open": "money", "overdue_30": "money", "days_late": "count"}
    return present(frame, how, _("What is owed"), limit=10, labels=heads)


def bridge_picture(review: Review) -> Axes:
    """Draw the revenue bridge of the period.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.style import alternative_text
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     "2024Q4" in alternative_text(bridge_picture(Review(portfolio)))
    True
    """
    through = format_day(review.portfolio.as_of)
    source = f"{review.portfolio.name}, {through}"
    return plot_revenue_bridge(review.bridge, review.currency, review.names, source)
