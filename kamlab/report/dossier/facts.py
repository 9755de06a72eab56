"""What the lines of a dossier's small tables are made of."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Fact:
    """One thing to know, now and before, in words.

    Examples
    --------
    >>> Fact("On time in full", "92.1 % of 310 orders", "88.0 %").now
    '92.1 % of 310 orders'
    """

    what: str
    now: str
    before: str = ""


@dataclass(frozen=True)
class Matter:
    """Something that asks for a step: how urgent, what it is, and what to do.

    `rule` names it from one report to the next, as in actions.xlsx; `colour` is "red",
    "amber", or "" for a matter that is no alarm; `short` says in few words what it is.

    Examples
    --------
    >>> Matter("contract", "amber", "contract", "It ends soon.", "Settle it.").colour
    'amber'
    """

    rule: str
    colour: str
    short: str
    what: str
    step: str
    money: float = 0.0
    due: date | None = None


@dataclass(frozen=True)
class Bought:
    """What an account buys of one category, beside a year ago and beside its peers.

    Examples
    --------
    >>> Bought("gearboxes", 2e4, 3.1e5, 0.02, 0.21, "fading").verdict
    'fading'
    """

    category: str
    now: float
    before: float | None = None
    share: float | None = None
    peers: float | None = None
    verdict: str = ""


@dataclass(frozen=True)
class Step:
    """One step from the list price to what is left, with its share of net revenue.

    Examples
    --------
    >>> Step("Discounts", -4.2e5, -0.33).amount
    -420000.0
    """

    step: str
    amount: float
    share: float | None = None


@dataclass(frozen=True)
class Planned:
    """An aim or an action: what, why, whose, until when, and how far it is.

    Examples
    --------
    >>> Planned("Visit the account.", "It buys fewer gearboxes.").status
    ''
    """

    what: str
    why: str = ""
    owner: str = ""
    due: date | None = None
    status: str = ""
