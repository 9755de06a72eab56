"""What a review asks its readers to decide: few choices, each with money and owner.

The slot stands last on the page, as the layout of the page lays down: whoever reads
on from top to bottom knows movers, alerts and chances before being asked, and what is
decided goes from there into the list of actions. Whoever reads the first lines alone
finds the choices there as well: the third sentence names them all.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from kamlab.language import _, plural
from kamlab.report.review.chances import Chance, contract_ends
from kamlab.report.review.numbers import Review
from kamlab.report.review.price_options import price_options
from kamlab.report.review.watch import alerts
from kamlab.style.formats import format_days, format_money
from kamlab.value.loss_causes import loss_causes
from kamlab.value.receivables import receivables_position

#: A loss below this share of the book's profit is no matter for a director.
_SMALL = 0.001
#: Overdue money from this part of all open items on is a matter for a director.
_MUCH = 0.01

#: Rules of choices that are no alerts of the watch list.
RULES = ("contract", "overdue", "loss")

_MOST_NAMED = 2


@dataclass(frozen=True)
class Choice:
    """Something to be decided: what to do, why, how much money, and who does it.

    `key` and `rule` name it from one report to the next, as in actions.xlsx.

    Examples
    --------
    >>> Choice("A1", "loss", "Charge rush orders.", "It costs more.", 2e4, "K01").money
    20000.0
    """

    key: str
    rule: str
    what: str
    why: str
    money: float
    owner: str
    due: date | None = None


def choices(review: Review) -> list[Choice]:
    """List what there is to decide, most money first.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    list of Choice
        The contract that ends with the largest account, the clearest alert, the largest
        overdue amount, and accounts that cost more than they bring; those there are.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     for choice in choices(Review(portfolio)):
    ...         print(choice.what)
    Settle the next contract with Marwitz Packaging GmbH.
    Agree with 广州联瀚传动 Lianhan when it pays.
    Visit Kovostav Strojírny a.s.
    Serve or price differently: Wetterau Tools GmbH.
    """
    found = [*_contract(review), *_alert(review), *_overdue(review), *_loss(review)]
    return sorted(found, key=lambda choice: -choice.money)


def _contract(review: Review) -> list[Choice]:
    if not review.portfolio.has("contracts"):
        return []
    return [_ending(review, each) for each in contract_ends(review)[:1]]


def _ending(review: Review, chance: Chance) -> Choice:
    """Return the choice that a contract's end leaves: which prices to agree to."""
    earned = earned_by(review, chance.key, float("nan"))
    options = price_options(chance.clause, chance.money, earned, review.currency)
    what = _("Settle the next contract with {account}.")
    return Choice(
        key=chance.key,
        rule="contract",
        what=_one_stop(what, account=review.name(chance.key)),
        why=options or chance.what,
        money=earned if earned == earned else chance.money,
        owner=chance.owner,
        due=chance.due,
    )


def _alert(review: Review) -> list[Choice]:
    return [
        Choice(
            key=each.key,
            rule=each.rule,
            what=_one_stop(_("Visit {account}."), account=review.name(each.key)),
            why=each.brief,
            money=each.at_stake,
            owner=each.owner,
        )
        for each in alerts(review)[:1]
    ]


def _overdue(review: Review) -> list[Choice]:
    """Return the account that owes most for long, if that is much."""
    if not review.portfolio.has("receivables"):
        return []
    position = review.own(receivables_position(review.portfolio, review.by))
    late = position["overdue_30"]
    if late.empty or late.max() < _MUCH * position["open"].sum():
        return []
    key = late.idxmax()
    return [
        Choice(
            key=str(key),
            rule="overdue",
            what=_("Agree with {account} when it pays.").format(
                account=review.name(key)
            ),
            why=_(
                "{money} is past due for more than 30 days, {days} on average."
            ).format(
                money=format_money(float(late[key]), review.currency),
                days=format_days(float(position.loc[key, "days_late"])),
            ),
            money=float(late[key]),
            owner=review.owner(key),
        )
    ]


def _loss(review: Review) -> list[Choice]:
    """Return the accounts that cost more than they bring, by their dearest cause."""
    profit = review.year_profit
    if profit is None:
        return []
    causes = loss_causes(profit)
    if causes.empty or causes["loss"].sum() < _SMALL * profit.contribution.abs().sum():
        return []
    cause = causes.loc[causes["cost"].idxmax(), "cause"]
    losers = causes[causes["cause"] == cause].sort_values("cost", ascending=False)
    dearest = losers.index[0]
    named = [review.name(key) for key in losers.index[:_MOST_NAMED]]
    return [
        Choice(
            key=str(dearest),
            rule="loss",
            what=_one_stop(
                plural(
                    "Serve or price differently: {accounts}.",
                    "Serve or price {n} accounts differently, first of all {accounts}.",
                    len(losers),
                ),
                accounts=_(", ").join(named),
            ),
            why=_("They took {money} more than they brought; dearest: {cause}.").format(
                money=format_money(float(losers["loss"].sum()), review.currency),
                cause=cause_words(str(cause)),
            ),
            money=float(losers["loss"].sum()),
            owner=review.owner(dearest),
        )
    ]


def cause_words(cause: str) -> str:
    """Return what a cause of losses is called, in the current language.

    Parameters
    ----------
    cause : str
        From `kamlab.value.loss_causes.loss_causes`.

    Examples
    --------
    >>> cause_words("orders"), cause_words("painting")
    ('handling of orders', 'painting')
    """
    known = {
        "orders": _("handling of orders"),
        "returns": _("handling of returns"),
        "contacts": _("visits, calls and mails"),
        "goods": _("the goods themselves"),
        "freight": _("freight"),
        "rush": _("rush handling"),
        "engineering": _("engineering"),
    }
    return known.get(cause, cause.replace("_", " "))


def earned_by(review: Review, key: str, otherwise: float) -> float:
    """Return what an account left in twelve months, or something else if unknown.

    Parameters
    ----------
    review : Review
        The numbers behind the page.
    key : str
        Number of the account, also where the page is about groups.
    otherwise : float
        What to return where a cost is missing.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     earned_by(Review(portfolio), "A10063", 0.0) > 2e6
    True
    """
    amount = review.account_year.get(key, float("nan"))
    return otherwise if pd.isna(amount) else float(amount)


def _one_stop(sentence: str, **names: str) -> str:
    """Put names into a sentence; one that ends in a stop, such as "a.s.", gives it."""
    return sentence.format(**names).replace("..", ".")
