"""What fills the slots of a dossier: a later chapter adds its line here alone.

`OPEN` is for everybody, `INTERNAL` never for the customer: profit, risk, tier, peers
and the share of wallet. A short dossier has few slots, and nothing in them that judges.
"""

from collections.abc import Iterable

from kamlab.report.dossier.facts import Matter
from kamlab.report.dossier.numbers import Dossier
from kamlab.report.slots import Filled, Filler, fill

_HERE = "kamlab.report.dossier"
_DELIVERED = ("orders.promised_date", "orders.delivered_date")
_CATEGORIES = ("orders.product_id", "products.category")
_PEOPLE = ("interactions", "interactions.contact_id")
_PROMISED = ("interactions", "interactions.promised_due")

OPEN: tuple[Filler, ...] = (
    Filler("tiles", 10, f"{_HERE}.figures:revenue", "Revenue"),
    Filler("tiles", 50, f"{_HERE}.figures:overdue", "Overdue", ("receivables",)),
    Filler("buys", 10, f"{_HERE}.buys:bought", "Categories", _CATEGORIES),
    Filler("service", 10, f"{_HERE}.service:deliveries", "On time", _DELIVERED),
    Filler(
        "service",
        20,
        f"{_HERE}.service:complaints",
        "Complaints",
        ("interactions", "interactions.topic"),
    ),
    Filler("service", 30, f"{_HERE}.service:promises_kept", "Promises", _PROMISED),
    Filler(
        "people", 10, f"{_HERE}.people:contacts_made", "Contacts", ("interactions",)
    ),
    Filler("people", 20, f"{_HERE}.people:meetings", "Meetings", ("interactions",)),
    Filler("ahead", 10, f"{_HERE}.ahead:expected", "Next quarters"),
    Filler(
        "ahead",
        30,
        f"{_HERE}.agreements:offers",
        "Open offers",
        ("opportunities", "opportunities.quotation_on"),
    ),
    Filler("ahead", 40, f"{_HERE}.agreements:order_book", "On order", ("open_orders",)),
    Filler(
        "ahead", 50, f"{_HERE}.agreements:contract_terms", "Contract", ("contracts",)
    ),
    Filler("matters", 20, f"{_HERE}.matters:overdue", "Overdue", ("receivables",)),
    Filler("matters", 40, f"{_HERE}.matters:contract_end", "Contract", ("contracts",)),
    Filler("matters", 50, f"{_HERE}.matters:late_promise", "Promises", _PROMISED),
    Filler("plan", 10, f"{_HERE}.plan:aims", "Aims"),
)

INTERNAL: tuple[Filler, ...] = (
    Filler(
        "tiles", 20, f"{_HERE}.figures:contribution", "Contribution", ("orders.cogs",)
    ),
    Filler("tiles", 30, f"{_HERE}.figures:last_order", "Last order"),
    Filler("tiles", 40, f"{_HERE}.figures:wallet", "Share of wallet"),
    Filler("earns", 10, f"{_HERE}.earns:steps", "What is earned", ("orders.cogs",)),
    Filler(
        "people",
        25,
        f"{_HERE}.people:served_alike",
        "Service level",
        ("interactions", "accounts.service_level"),
    ),
    Filler("people", 30, f"{_HERE}.people:thread", "Single thread", _PEOPLE),
    Filler(
        "people",
        40,
        f"{_HERE}.people:topics",
        "Topics",
        ("interactions", "interactions.topic"),
    ),
    Filler("ahead", 20, f"{_HERE}.risk:risk", "Risk"),
    Filler("ahead", 25, f"{_HERE}.ahead:value_ahead", "Lifetime value"),
    Filler("matters", 10, f"{_HERE}.matters:watched", "Watch list"),
    Filler("matters", 30, f"{_HERE}.matters:loss", "Loss", ("orders.cogs",)),
    Filler("matters", 60, f"{_HERE}.matters:lost_category", "Lost", _CATEGORIES),
    Filler("matters", 70, f"{_HERE}.matters:single_thread", "Single thread", _PEOPLE),
    Filler("plan", 20, f"{_HERE}.plan:actions", "Actions"),
)

#: Only where a customer reads: for ourselves contribution and rhythm take the room.
FOR_CUSTOMERS: tuple[Filler, ...] = (
    Filler("tiles", 20, f"{_HERE}.figures:punctuality", "On time in full", _DELIVERED),
)

#: Slots of an account of which too little is known to judge it.
SHORT_SLOTS = ("tiles", "service", "plan", "matters")

#: Of those slots, what judges nothing.
_SHORT_CALLS = ("figures:revenue", "matters:overdue", "matters:contract_end")

_LIMITS = {"plan": 6, "people": 6}

_URGENCY = ("red", "amber", "")


def fillers(dossier: Dossier) -> tuple[Filler, ...]:
    """Return what may stand on the page: for this reader, and of this account.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     shown = fillers(Dossier(portfolio, audience="customer"))
    >>> any(each.slot == "earns" for each in shown)
    False
    """
    more = INTERNAL if dossier.is_internal else FOR_CUSTOMERS
    if not dossier.is_short:
        return OPEN + more
    return tuple(each for each in OPEN + more if _judges_nothing(each))


def slot(dossier: Dossier, name: str) -> Filled:
    """Return the lines of one slot of the page.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.
    name : str
        Such as "people".

    Returns
    -------
    Filled
        Without lines where the slot is not for this reader, or not of this account.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     len(slot(Dossier(portfolio, "Kovostav"), "tiles").lines)
    5
    """
    if name not in dossier.filled:
        shown = fillers(dossier)
        found = Filled((), 0, ())
        if any(each.slot == name for each in shown):
            limit = _LIMITS.get(name)
            found = fill(name, dossier, dossier.portfolio, shown, limit)
        dossier.filled[name] = found
    return dossier.filled[name]


def matters(dossier: Dossier) -> list[Matter]:
    """List what has to be talked about, the urgent first.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     [matter.short for matter in matters(Dossier(portfolio, "Lianhan"))][:1]
    ['EUR 259 k overdue > 30 days']
    """
    return urgent_first(slot(dossier, "matters").lines)


def urgent_first(matters: Iterable[Matter]) -> list[Matter]:
    """Put what is red first, then what is amber; of the same colour as they come.

    Parameters
    ----------
    matters : iterable of Matter
        From `kamlab.report.dossier.matters`.

    Examples
    --------
    >>> calm = Matter("contract", "", "contract", "It ends.", "Settle it.")
    >>> red = Matter("overdue", "red", "overdue", "It owes.", "Ask for it.")
    >>> [matter.rule for matter in urgent_first([calm, red])]
    ['overdue', 'contract']
    """
    return sorted(matters, key=lambda matter: _URGENCY.index(matter.colour))


def missing(dossier: Dossier) -> tuple[Filler, ...]:
    """Return the fillers whose tables or columns the data do not have.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     missing(Dossier(portfolio))
    ()
    """
    has = dossier.portfolio.has
    return tuple(each for each in fillers(dossier) if not all(map(has, each.needs)))


def _judges_nothing(filler: Filler) -> bool:
    if filler.slot not in SHORT_SLOTS:
        return False
    in_full = filler.slot in ("service", "plan")
    return in_full or filler.call.removeprefix(f"{_HERE}.") in _SHORT_CALLS
