"""What a review promises: its warnings and forecasts, for the next one to score."""

from kamlab.churn.watch_words import watch_reason
from kamlab.periods import period_back
from kamlab.report.actions.records import record_action
from kamlab.report.memory.forecast import naive_forecast
from kamlab.report.memory.records import record_prediction, record_warning
from kamlab.report.review.decide import RULES
from kamlab.report.review.numbers import Review
from kamlab.report.review.registry import slot
from kamlab.report.review.watch import alerts

#: Level of the intervals of what is expected.
LEVEL = 0.9

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
    """Put what stands on the page onto the list of actions."""
    for each in alerts(review):
        record_action(
            each.key, review.name(each.key), each.rule, each.why, each.at_stake
        )
    for each in slot(review, "decide").lines:
        if each.rule in RULES:
            record_action(
                each.key, review.name(each.key), each.rule, each.what, each.money
            )


def _remember_forecast(review: Review) -> None:
    """Record last year's same period as what to expect, for the whole portfolio."""
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
            source="same period last year",
        )
