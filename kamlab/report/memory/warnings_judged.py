"""Whether what the last report warned of has come about.

Glossary
--------
right
    The account has stayed away, or buys far less, as was warned.
wrong
    It buys as usual, and nobody did anything for it.
saved 挽回
    It buys as usual, and an action for it was done.
open
    Too early to say.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta

import pandas as pd

from kamlab.churn.category_lines import category_lines
from kamlab.churn.fading import MOST_LEFT
from kamlab.churn.purchase_days import purchase_days
from kamlab.fiscal import add_months
from kamlab.portfolio import Portfolio
from kamlab.report.actions.table import matter_of
from kamlab.report.memory.records import Warned
from kamlab.report.memory.renumbering import current_numbers
from kamlab.value.activity import account_revenue
from kamlab.value.windows import key_name

#: A warning is judged from so many days after its report on.
HORIZON_DAYS = 90

#: Who bought no more than this share of the same days a year before fell as warned.
FELL_TO = 0.5

#: With fewer lines to be expected since, a fading category cannot be judged.
_FEWEST_EXPECTED = 3

VERDICTS = ("right", "wrong", "saved", "open")

_COLUMNS = ["account", "rule", "at_stake", "since", "why", "verdict", "revenue_since"]


def judged_warnings(
    warnings: Sequence[Warned],
    warned_on: date,
    portfolio: Portfolio,
    by: str = "parent",
    done: Collection[tuple[str, str]] = (),
) -> pd.DataFrame:
    """Say of every warning whether it was right, wrong, saved, or is still open.

    Parameters
    ----------
    warnings : sequence of Warned
        What the earlier report said.
    warned_on : date
        Last day that the earlier report saw.
    portfolio : Portfolio
        The tables at a later date.
    by : {"account", "parent"}
        Whether the warnings are about accounts or about groups.
    done : collection of (account, rule)
        For whom somebody did something about a rule, or about the matter it belongs
        to; from `kamlab.report.actions.done_alerts`.

    Returns
    -------
    DataFrame
        One row a warning, in their order: ``account`` (today's number), ``rule``,
        ``at_stake``, ``since``, ``why``, ``verdict`` (one of `VERDICTS`) and
        ``revenue_since`` (net revenue since the report, reporting currency).

    Raises
    ------
    UsageError
        If `by` is something else.
    MissingDataError
        If there are warnings and the order lines are sums of months.

    Notes
    -----
    Nothing is judged before 90 days have passed, or the account's usual gap if that is
    longer; only a return to the usual can be told sooner. Silence: *right* if the
    account has not ordered since, or brought no more than half of what it brought in
    the same days a year before; else it is back. Fading: *right* if its category has
    no more than two thirds of the lines to be expected since at the earlier share; with
    fewer than three to be expected the warning stays open.

    Examples
    --------
    >>> import kamlab
    >>> warned = Warned("A10796", "silence", 52_000.0, "2025-06-04", "", {})
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     table = judged_warnings([warned], date(2025, 9, 30), portfolio)
    >>> table["verdict"].item()
    'right'
    """
    key = key_name(by)
    if not warnings:
        return pd.DataFrame(columns=_COLUMNS)
    now = current_numbers(portfolio, [each.account for each in warnings], by)
    start = warned_on + timedelta(days=1)
    since = _Since(portfolio, start, by, key)
    rows = [
        (
            now[each.account],
            each.rule,
            each.at_stake,
            each.since,
            each.why,
            since.verdict(each, now[each.account], _acted_on(each, done)),
            since.revenue.get(now[each.account], 0.0),
        )
        for each in warnings
    ]
    return pd.DataFrame(rows, columns=_COLUMNS)


def _acted_on(warned: Warned, done: Collection[tuple[str, str]]) -> bool:
    """Say whether somebody did something about a warning, or all of its matter."""
    rules = (warned.rule, matter_of(warned.rule))
    return any((warned.account, rule) in done for rule in rules)


class _Since:
    """What accounts did since the earlier report, and in the same days a year ago."""

    def __init__(self, portfolio: Portfolio, start: date, by: str, key: str) -> None:
        self.days = (portfolio.as_of - start).days + 1
        days = purchase_days(portfolio, by)
        days = days[days["order_date"] >= pd.Timestamp(start)]
        self.ordered = frozenset(days[key])
        self.revenue = pd.Series(dtype=float)
        if self.days > 0:
            self.revenue = account_revenue(portfolio, start, by=by)
        self.before = account_revenue(
            portfolio, add_months(start, -12), add_months(portfolio.as_of, -12), by
        )
        self.lines = None
        if portfolio.has("orders.product_id") and portfolio.has("products.category"):
            lines = category_lines(portfolio, by=by)
            lines = lines[lines["order_date"] >= pd.Timestamp(start)]
            self.lines = lines.assign(account=lines[key])

    def verdict(self, warned: Warned, account: str, is_done: bool) -> str:
        """Return what has become of one warning."""
        usual = warned.figures.get("usual_gap", 0.0)
        is_over = self.days >= max(HORIZON_DAYS, usual)
        if warned.rule.startswith("fading: "):
            is_back = self._buys_category(warned, account)
        else:
            is_back = self._buys_as_usual(account)
        if is_back:
            return "saved" if is_done else "wrong"
        if is_back is None or not is_over:
            return "open"
        return "right"

    def _buys_as_usual(self, account: str) -> bool:
        """Say whether an account ordered again, and not far less than a year ago."""
        if account not in self.ordered:
            return False
        before = max(self.before.get(account, 0.0), 0.0)
        return self.revenue.get(account, 0.0) > FELL_TO * before

    def _buys_category(self, warned: Warned, account: str) -> bool | None:
        """Say whether a category is bought as before; None where one cannot tell."""
        if account not in self.ordered:
            return False
        if self.lines is None or "share_before" not in warned.figures:
            return None
        own = self.lines[self.lines["account"] == account]
        expected = warned.figures["share_before"] * own["lines"].sum()
        if expected < _FEWEST_EXPECTED:
            return None
        category = warned.rule.removeprefix("fading: ")
        bought = own.loc[own["category"] == category, "lines"].sum()
        return bool(bought > MOST_LEFT * expected)
