"""What stands behind a review: every step, every alert, and what is owed."""

from dataclasses import asdict, replace

import pandas as pd

from kamlab.churn.watch_words import rule_name
from kamlab.language import _
from kamlab.report.review.causes import step_words
from kamlab.report.review.chances import all_chances
from kamlab.report.review.figures import basis_words
from kamlab.report.review.numbers import Review
from kamlab.report.review.watch import state_words
from kamlab.report.tables import Presented, present
from kamlab.value.receivables import receivables_position
from kamlab.value.revenue_bridge_words import step_of_revenue

_HALF_A_CENT = 0.005


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


def profit_table(review: Review) -> Presented:
    """Show every step from what the period a year ago left to what this one did.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    Presented
        Adds up to the cent. Without rows where the year before, or costs, products
        and quantities, are not known.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     profit_table(Review(portfolio)).rows[1]
    ('New accounts', '2,754', '4')
    """
    heads = {
        "step": _("Step"),
        "amount": _("Amount ({currency})").format(currency=review.currency),
        "accounts": _("Accounts"),
    }
    rows = pd.DataFrame(columns=list(heads))
    what = basis_words(review.history.basis)
    if review.profit_steps is not None:
        steps = review.profit_steps
        told = steps.columns[(steps.abs() > _HALF_A_CENT).any()]
        whole = _with_ends(review, steps[told])
        words = [_step(review, step) for step in whole]
        counts = (whole.abs() > _HALF_A_CENT).sum().to_numpy()
        amounts = whole.sum().to_numpy()
        rows = pd.DataFrame({"step": words, "amount": amounts, "accounts": counts})
    how = {"amount": "money", "accounts": "count"}
    return present(rows, how, what, labels=heads, limit=None)


def _with_ends(review: Review, steps: pd.DataFrame) -> pd.DataFrame:
    """Return the steps between what the two periods left, by account."""
    then, now = (
        side.earned.reindex(steps.index).fillna(0.0) for side in review.two_periods
    )
    return pd.concat([then.rename("then"), steps, now.rename("now")], axis=1)


def _step(review: Review, step: str) -> str:
    ends = {"then": review.then.label, "now": review.now.label}
    words = ends.get(step) or step_words(step)
    return words[:1].upper() + words[1:]


def chances_table(review: Review) -> Presented:
    """Show every contract that ends soon, and every offer that is open.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    Presented
        Without rows where the data have neither.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     len(chances_table(Review(portfolio)).rows) > 30
    True
    """
    heads = {
        "account": _("Account"),
        "what": _("What"),
        "money": _("Revenue or offer ({currency})").format(currency=review.currency),
        "due": _("By"),
        "owner": _("Owner"),
    }
    rows = [
        {**asdict(each), "account": review.name(each.key)}
        for each in all_chances(review)
    ]
    frame = pd.DataFrame(rows, columns=list(heads))
    how = {"money": "money", "due": "date"}
    table = present(frame, how, _("All chances"), labels=heads, limit=None)
    return replace(table, place="chances")


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
    table = present(frame[list(heads)], how, caption, limit=None, labels=heads)
    return replace(table, place="watch")


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
