"""The watch list of a review: who may be leaving, since when, and whose they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from kamlab.churn.watch_words import watch_brief, watch_reason
from kamlab.language import _
from kamlab.report.actions import snoozed_alerts
from kamlab.report.actions.marks import taken_up
from kamlab.report.actions.table import Row, actions_by_alert, matter_of
from kamlab.report.actions.values import day_of
from kamlab.report.review.numbers import Review

#: Account and rule.
Alert: TypeAlias = tuple[str, str]


@dataclass(frozen=True)
class Watched:
    """One alert: whose, what is at stake, why, and what is done about it.

    `state` says whether the last report warned of it already.

    Examples
    --------
    >>> Watched("A1", "silence", "Adler", 4e5, "No order.", date(2025, 5, 1)).state
    ''
    """

    key: str
    rule: str
    account: str
    at_stake: float
    why: str
    last_order: date | None
    state: str = ""
    owner: str = ""
    action: str = ""
    due: date | None = None
    brief: str = ""


def alerts(review: Review) -> list[Watched]:
    """List the own accounts that are watched on clear evidence, most money first.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    list of Watched
        Without those that an event explains, that somebody snoozed, or that are silent
        a little longer than usual: four in five of these come back by themselves.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(alerts(Review(portfolio))[0].account)
    Kovostav Strojírny a.s.
    """
    snoozed = snoozed_alerts(review.actions, review.portfolio.as_of)
    return [
        line
        for line in all_alerts(review)
        if (line.key, matter_of(line.rule)) not in snoozed
    ]


def all_alerts(review: Review) -> list[Watched]:
    """List the same alerts with those that somebody snoozed.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     review = Review(portfolio)
    ...     all_alerts(review) == alerts(review)  # nobody snoozed any
    True
    """
    shown = review.alerts.to_dict("records")
    states = review.alert_states.set_index(["account", "rule"])["state"].to_dict()
    written = actions_by_alert(review.actions)
    return [_watched(review, row, written, states) for row in shown]


def state_words(state: str) -> str:
    """Return what the state of an alert is called, in the current language.

    Parameters
    ----------
    state : {"new", "open", "closed", ""}
        From `kamlab.report.memory.alert_states.alert_states`; empty for a first report.

    Examples
    --------
    >>> state_words("closed")
    'closed'
    """
    return {"new": _("new"), "open": _("open"), "closed": _("closed")}.get(state, "")


def _watched(
    review: Review,
    row: dict,
    written: Mapping[Alert, Row],
    states: Mapping[Alert, str],
) -> Watched:
    """Put beside an alert what people wrote into the list of actions."""
    key = row["parent_id" if review.by == "parent" else "account_id"]
    alert = (str(key), row["rule"])
    action = taken_up(written.get((str(key), matter_of(row["rule"])), {}))
    owner = str(action.get("owner", "")).strip()
    return Watched(
        key=str(key),
        rule=row["rule"],
        account=review.short(key),
        at_stake=float(row["at_stake"]),
        why=watch_reason(row),
        last_order=day_of(row["last_order"]),
        state=state_words(states.get(alert, "")),
        owner=owner or review.owner(key),
        action=str(action.get("comment", "")).strip(),
        due=day_of(action.get("due")),
        brief=watch_brief(row),
    )
