"""What fills the slots of a review: a later chapter adds its line here alone.

Order: lines of a slot stand in the order of their fillers; `most` leaves room for the
others. A filler whose tables are missing is named in the foot of the page.
"""

from kamlab.report.review.numbers import Review
from kamlab.report.slots import Filled, Filler, fill

_HERE = "kamlab.report.review"

FILLERS: tuple[Filler, ...] = (
    Filler("tiles", 10, f"{_HERE}.figures:net_revenue", "Net revenue"),
    Filler("tiles", 20, f"{_HERE}.figures:organic", "Organic growth"),
    Filler(
        "tiles",
        30,
        f"{_HERE}.figures:contribution",
        "Contribution",
        ("orders.cogs",),
    ),
    Filler("tiles", 40, f"{_HERE}.figures:retention", "Revenue retention"),
    Filler("tiles", 50, f"{_HERE}.figures:at_stake", "Revenue at stake"),
    Filler(
        "tiles",
        60,
        f"{_HERE}.figures:overdue",
        "Overdue",
        ("receivables",),
    ),
    Filler("movers", 10, f"{_HERE}.movers:up_and_down", "Movers"),
    Filler("watch", 10, f"{_HERE}.watch:alerts", "Watch list"),
    Filler(
        "chances",
        10,
        f"{_HERE}.chances:contract_ends",
        "Contract ends",
        ("contracts",),
        most=3,
    ),
    Filler(
        "chances",
        20,
        f"{_HERE}.chances:open_quotes",
        "Open offers",
        ("opportunities", "opportunities.quotation_on"),
        most=3,
    ),
    Filler("dependence", 10, f"{_HERE}.dependence:shares", "Dependence"),
    Filler(
        "dependence",
        20,
        f"{_HERE}.dependence:profit_without",
        "Profit without the largest",
        ("orders.cogs",),
    ),
    Filler("kept", 10, f"{_HERE}.kept:lines", "Kept word"),
    Filler("decide", 10, f"{_HERE}.decide:choices", "Decide"),
)


def slot(review: Review, name: str) -> Filled:
    """Return the lines of one slot of the page.

    Parameters
    ----------
    review : Review
        The numbers behind the page.
    name : str
        Such as "watch".

    Returns
    -------
    Filled
        The lines, how many found no room, and what could not be asked.

    Raises
    ------
    UsageError
        If the page has no such slot.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     filled = slot(Review(portfolio), "watch")
    >>> len(filled.lines), filled.lines[0].account
    (8, 'Kovostav Strojírny a.s.')
    """
    return fill(name, review, review.portfolio, FILLERS)


def missing(review: Review) -> tuple[Filler, ...]:
    """Return the fillers whose tables or columns the data do not have.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     missing(Review(portfolio))
    ()
    """
    has = review.portfolio.has
    return tuple(each for each in FILLERS if not all(map(has, each.needs)))
