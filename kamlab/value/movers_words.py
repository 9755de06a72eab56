"""Why an account moved, in the few words that fit a line of the review."""

from numbers import Real

import pandas as pd

from kamlab.language import _, plural
from kamlab.style.formats import format_share


def mover_words(row: pd.Series) -> str:
    """Say in a few words why an account rose or fell.

    Parameters
    ----------
    row : Series
        A row of `kamlab.value.movers.movers`: ``cause``, ``part``, ``what`` and
        ``figure``.

    Returns
    -------
    str
        In the current language.

    Examples
    --------
    >>> row = pd.Series({"cause": "volume", "part": -9.0, "what": "gearboxes",
    ...     "figure": -30.0})
    >>> mover_words(row)
    'fewer gearboxes'
    >>> mover_words(pd.Series({"cause": "price", "part": -9.0, "figure": -0.031}))
    'price −3.1 %'
    >>> mover_words(pd.Series({"cause": "service", "part": -9.0, "what": "rush_orders",
    ...     "figure": 18.0}))
    '18 more rush orders'
    """
    cause, better = str(row["cause"]), float(row["part"]) > 0
    if cause == "volume":
        return _volume(str(row.get("what", "") or ""), better)
    if cause == "price":
        return _price(row.get("figure"), better)
    if cause == "service":
        return _service(str(row.get("what", "") or ""), row.get("figure"), better)
    return _status(cause) or _other(cause, better)


def _volume(category: str, more: bool) -> str:
    if not category:
        return _("buys more") if more else _("buys less")
    if more:
        text = _("more {category}")
    else:  # gearboxes are counted, service is not
        text = _("fewer {category}") if category.endswith("s") else _("less {category}")
    return text.format(category=category)


def _price(share: object, higher: bool) -> str:
    """Return the price's change with its sign, unless it contradicts the cause."""
    if not isinstance(share, Real) or share != share or (share > 0) != higher:
        return _("higher prices") if higher else _("lower prices")
    signed = f"+{format_share(share)}" if share > 0 else format_share(share)
    return _("price {share}").format(share=signed)


def _service(what: str, figure: object, cheaper: bool) -> str:
    """Return how many activities more or fewer there were, if that is the reason."""
    is_number = isinstance(figure, Real) and figure == figure
    if not is_number or round(figure) == 0 or (figure < 0) != cheaper:
        return _("less work to serve it") if cheaper else _("more work to serve it")
    n = abs(round(figure))
    text = _more_of(what, n) if figure > 0 else _fewer_of(what, n)
    if text:
        return text
    return _("less work to serve it") if cheaper else _("more work to serve it")


def _more_of(what: str, n: int) -> str:
    if what == "rush_orders":
        return plural("{n} more rush order", "{n} more rush orders", n)
    if what == "orders":
        return plural("{n} more order", "{n} more orders", n)
    if what == "returns_and_credits":
        return plural("{n} more return or credit", "{n} more returns and credits", n)
    if what == "visits_and_meetings":
        return plural("{n} more visit or meeting", "{n} more visits and meetings", n)
    if what == "calls_and_messages":
        return plural("{n} more call or message", "{n} more calls and messages", n)
    return ""


def _fewer_of(what: str, n: int) -> str:
    if what == "rush_orders":
        return plural("{n} rush order less", "{n} fewer rush orders", n)
    if what == "orders":
        return plural("{n} order less", "{n} fewer orders", n)
    if what == "returns_and_credits":
        return plural("{n} return or credit less", "{n} fewer returns and credits", n)
    if what == "visits_and_meetings":
        return plural("{n} visit or meeting less", "{n} fewer visits and meetings", n)
    if what == "calls_and_messages":
        return plural("{n} call or message less", "{n} fewer calls and messages", n)
    return ""


def _status(cause: str) -> str:
    """Return what is said of accounts that came or went; empty for all others."""
    words = {
        "lost": _("lost"),
        "project": _("project finished"),
        "new": _("new customer"),
        "paused": _("pauses, as usual"),
        "returned": _("buys again"),
    }
    return words.get(cause, "")


def _other(cause: str, better: bool) -> str:
    """Return the words of all further causes, first where they took, then gave."""
    words = {
        "cost_of_goods": (_("dearer goods"), _("cheaper goods")),
        "charges": (_("less charged for extras"), _("more charged for extras")),
        "returns": (_("more returns"), _("fewer returns")),
        "credits": (_("more credits and rebates"), _("fewer credits and rebates")),
        "transport": (_("dearer transport"), _("cheaper transport")),
        "other_costs": (_("more direct costs"), _("fewer direct costs")),
        "currency": (_("lower rate of exchange"), _("higher rate of exchange")),
    }
    return words[cause][better] if cause in words else _("several causes")
