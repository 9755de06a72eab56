"""What the list of actions still has reason to ask for, and what is over, and why.

A row of the list does not vanish when its matter does: it says that it is over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from kamlab.churn.silence import silence
from kamlab.language import _
from kamlab.report.actions.table import alert_of, matter_of
from kamlab.report.memory.renumbering import current_numbers
from kamlab.report.review.chances import contract_ends
from kamlab.report.review.decide import earned_by
from kamlab.report.review.numbers import Review
from kamlab.style.formats import format_day
from kamlab.value.receivables import receivables_position

#: Account and matter.
Matter = tuple[str, str]

#: Matters that a review knows of; of all others it cannot say whether they are over.
MATTERS = ("silence", "fading", "contract", "overdue", "loss")


@dataclass(frozen=True)
class Listed:
    """A matter of the list: whose, what it is worth today, and why it is over if so.

    Examples
    --------
    >>> Listed("A1", "silence", None, "ordered again on 3 Mar 2026").closed
    'ordered again on 3 Mar 2026'
    """

    key: str
    matter: str
    money: float | None = None
    closed: str = ""


def listed_matters(review: Review) -> list[Listed]:
    """Say of every matter in the list of actions whether it stands or is over.

    Parameters
    ----------
    review : Review
        The numbers behind the page, with the list that people filled in.

    Returns
    -------
    list of Listed
        Of the accounts that the page is about, each account and matter once; rows of
        people's own, and matters of other pages, are passed over.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     listed_matters(Review(portfolio))  # nobody wrote anything yet
    []
    """
    asked = list(_asked(review))
    if not asked:
        return []
    today = _Today(review)
    return [
        Listed(key, matter, today.money[key, matter])
        if (key, matter) in today.money
        else Listed(key, matter, closed=today.reason(key, matter))
        for key, matter in asked
    ]


def _asked(review: Review) -> Iterator[Matter]:
    """Return the account, under today's number, and matter of every row, each once."""
    alerts = [alert for row in review.actions.rows if (alert := alert_of(row))]
    known = [(key, matter) for key, matter in alerts if matter in MATTERS]
    numbers = current_numbers(review.portfolio, [key for key, _ in known])
    parents = review.portfolio.parent_of
    for key, matter in dict.fromkeys((numbers[k], m) for k, m in known):
        # A branch is no matter of a page about groups; contracts are its own.
        of_page = review.by == "account" or matter == "contract"
        is_shown = key in parents.index and (of_page or parents[key] == key)
        if is_shown and (not review.manager or review.owners[key] == review.manager):
            yield str(key), matter


class _Today:
    """What asks for something to be done today, and why something else does not."""

    def __init__(self, review: Review) -> None:
        self.review = review
        self.money: dict[Matter, float | None] = {}
        self._watched()
        self._settle()
        self._owed()
        self._losses()

    def reason(self, key: str, matter: str) -> str:
        """Say why a matter is over."""
        if matter in ("silence", "fading"):
            return self._came_back(key, matter)
        if matter == "contract":
            return self._settled(key)
        return _("paid") if matter == "overdue" else _("brings more than it costs")

    def _watched(self) -> None:
        watch = self.review.watch
        shown = watch[watch["muted_by"] == ""]
        pairs = zip(shown.iloc[:, 0], shown["rule"].map(matter_of), strict=True)
        for pair, money in zip(pairs, shown["at_stake"], strict=True):
            self.money[pair] = money + (self.money.get(pair) or 0.0)

    def _settle(self) -> None:
        if self.review.portfolio.has("contracts"):
            for chance in contract_ends(self.review):
                earned = earned_by(self.review, chance.key, chance.money)
                self.money.setdefault((chance.key, "contract"), earned)

    def _owed(self) -> None:
        if self.review.portfolio.has("receivables"):
            late = receivables_position(self.review.portfolio, self.review.by)
            owed = self.review.own(late)["overdue_30"]
            for key, money in owed[owed > 0].items():
                self.money[str(key), "overdue"] = float(money)

    def _losses(self) -> None:
        profit = self.review.year_profit
        if profit is not None:
            losers = profit.contribution[profit.contribution < 0]
            for key, money in losers.items():
                self.money[str(key), "loss"] = -float(money)

    @cached_property
    def _rhythm(self) -> pd.DataFrame:
        return silence(self.review.portfolio, by=self.review.by)

    def _came_back(self, key: str, matter: str) -> str:
        """Say why an account is not watched any more, or not for this."""
        watch = self.review.watch
        own = watch[(watch.iloc[:, 0] == key) & (watch["muted_by"] != "")]
        events = own.loc[own["rule"].map(matter_of) == matter, "muted_by"]
        if len(events):
            return _("explained by event {number}").format(number=events.iloc[0])
        if matter == "fading" and (key, "silence") in self.money:
            return _("silent altogether by now")
        rhythm = self._rhythm
        if key not in rhythm.index or rhythm.loc[key, "verdict"] == "silent":
            return _("no revenue for twelve months: gone")
        if matter == "fading":
            return _("bought as before")
        day = format_day(rhythm.loc[key, "last_order"])
        return _("ordered again, last on {day}").format(day=day)

    def _settled(self, key: str) -> str:
        """Say what became of the contract that was to be settled."""
        contracts = self.review.portfolio.table("contracts")
        own = contracts[contracts["account_id"] == key].sort_values("end")
        day = pd.Timestamp(self.review.portfolio.as_of)
        if own.empty or own["end"].iloc[-1] < day:
            return _("contract has ended")
        return _("renewed until {day}").format(day=format_day(own["end"].iloc[-1]))
