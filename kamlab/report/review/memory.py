"""What a review promises: its warnings and forecasts, for the next one to score."""

from datetime import date, timedelta

from kamlab.churn.watch_words import watch_reason
from kamlab.fiscal import Period
from kamlab.periods import period_back
from kamlab.report.actions.records import record_action
from kamlab.report.actions.table import matter_of
from kamlab.report.memory.forecast import SOURCE, naive_forecast
from kamlab.report.memory.order_forecast import SOURCE as BY_ORDERS
from kamlab.report.memory.order_forecast import order_forecast
from kamlab.report.memory.records import (
    Prediction,
    record_prediction,
    record_predictions,
    record_warning,
)
from kamlab.report.review.decide import RULES
from kamlab.report.review.numbers import Review
from kamlab.report.review.registry import slot
from kamlab.report.review.standing import listed_matters
from kamlab.report.review.watch import all_alerts

#: Level of the intervals of what is expected.
LEVEL = 0.9

#: Days from the report's on by which something is proposed to be done, by matter.
DUE_WITHIN = {"silence": 14, "fading": 14, "overdue": 7, "contract": 30, "loss": 30}

_FIGURES = (
    "usual_gap",
    "limit",
    "days_silent",
    "share_before",
    "share_now",
    "expected",
)


def remember(review: Review) -> None:
    """Record whom the page warns of, and what it expects of the next period.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo", as_of="2023-06-30") as portfolio:
    ...     remember(Review(portfolio))
    A10...
    """
    _remember_warnings(review)
    _hand_out(review)
    if not review.manager:
        _remember_forecast(review)


def _remember_warnings(review: Review) -> None:
    for row in review.alerts.to_dict("records"):
        record_warning(
            account=str(row[review.alerts.columns[0]]),
            rule=row["rule"],
            at_stake=row["at_stake"],
            since=row["since"],
            why=watch_reason(row),
            figures={name: row[name] for name in _FIGURES if name in row},
        )


def _hand_out(review: Review) -> None:
    """Put what stands on the page onto the list of actions, and say what is over.

    A snoozed alert is on the list, too, though not on the page.
    """
    asked = {(each.key, matter_of(each.rule)) for each in all_alerts(review)}
    for each in all_alerts(review):
        _to_do(review, each.key, each.rule, each.why, each.at_stake)
    for each in slot(review, "decide").lines:
        if each.rule in RULES:
            what = f"{each.what} {each.why}"
            _to_do(review, each.key, each.rule, what, each.money, each.due)
            asked.add((each.key, each.rule))
    for each in listed_matters(review):
        if (each.key, each.matter) not in asked:
            name = review.name(each.key)
            how = {"closed": each.closed}
            record_action(each.key, name, each.matter, "", each.money, **how)


def _to_do(
    review: Review,
    key: str,
    rule: str,
    what: str,
    money: float,
    due: date | None = None,
) -> None:
    """Propose to the account's manager to do something within some days."""
    proposed = due or review.portfolio.as_of + timedelta(DUE_WITHIN[matter_of(rule)])
    owner = review.owner(key)
    record_action(key, review.name(key), rule, what, money, owner, proposed)


def _remember_forecast(review: Review) -> None:
    """Record what to expect of the next period, by two forecasts that compete.

    Last year's same period for the whole portfolio; the rhythm of orders for it and
    for every account that bought within the year.
    """
    ahead = period_back(review.portfolio.calendar, review.now, -1)
    expected = naive_forecast(review.portfolio, ahead, review.by, LEVEL)
    for row in expected[expected["account"] == ""].to_dict("records"):
        record_prediction(
            "net_revenue",
            None,
            row["value"],
            row["low"],
            row["high"],
            LEVEL,
            ahead.start,
            ahead.end,
            source=SOURCE,
        )
    record_predictions(_by_orders(review, ahead))


def _by_orders(review: Review, ahead: Period) -> list[Prediction]:
    table = order_forecast(review.portfolio, [ahead], review.by, LEVEL).table
    active = {"", *review.year_revenue.index[review.year_revenue > 0]}
    return [
        Prediction(
            "net_revenue",
            row["account"],
            round(row["value"], 2),
            round(row["low"], 2),
            round(row["high"], 2),
            LEVEL,
            ahead.start.isoformat(),
            ahead.end.isoformat(),
            "money",
            BY_ORDERS,
            review.by if row["account"] else "",
        )
        for row in table.to_dict("records")
        if row["account"] in active
    ]
