"""What stands behind a review: every step, every alert, and what is owed."""

import pandas as pd

from kamlab.churn.watch_words import rule_name
from kamlab.language import _
from kamlab.report.review.numbers import Review
from kamlab.report.review.watch import state_words
from kamlab.report.tables import Presented, present
from kamlab.value.receivables import receivables_position
from kamlab.value.revenue_bridge_words import step_of_revenue


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
