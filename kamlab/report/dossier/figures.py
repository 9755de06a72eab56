"""The tiles of a dossier: few figures, each beside what it is compared with."""

from collections.abc import Sequence

from kamlab.fiscal import Period, add_months
from kamlab.language import _, plural
from kamlab.report.dossier.ahead import target_of
from kamlab.report.dossier.debt import debt
from kamlab.report.dossier.earns import margin, usual_margin
from kamlab.report.dossier.numbers import Dossier
from kamlab.report.dossier.service import on_time_in_full
from kamlab.report.tiles import Tile
from kamlab.report.vocabulary import word
from kamlab.style.formats import format_day, format_money, format_share
from kamlab.value.profit_assembly import BASES
from kamlab.value.trailing import trailing_window

#: Quarter ends that the line of a tile shows.
_SHOWN = 12

#: A book that begins on 1 January has its first order some days later.
_GRACE = 10


def revenue(dossier: Dossier) -> list[Tile]:
    """Show net revenue of twelve months; our target only on our own page.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    list of Tile

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(revenue(Dossier(portfolio, "A10284"))[0].value)
    EUR 1.27 M
    """
    now = dossier.revenue(dossier.year)
    label = _("Revenue, 12 months") if dossier.is_internal else _("Bought, 12 months")
    return [
        Tile(
            label=label,
            value=format_money(now, dossier.currency),
            compared=_before(dossier, now),
            target=_target(dossier, now),
            history=_rolling(dossier),
            unit="money",
            currency=dossier.currency,
        )
    ]


def contribution(dossier: Dossier) -> list[Tile]:
    """Show what is left of net revenue, beside the median of the tier.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its order lines have the cost of goods.

    Returns
    -------
    list of Tile
        Named by what it is.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(contribution(Dossier(portfolio, "A10284"))[0].label)
    Contribution margin
    """
    profit = dossier.profit
    names = {BASES[1]: _("Margin after direct costs"), BASES[2]: _("Gross margin")}
    label = names.get(profit.basis if profit else "", _("Contribution margin"))
    share = margin(dossier)
    if share != share:
        return [Tile(label, "", note=_("nothing bought, or costs not known"))]
    usual, n, tier = usual_margin(dossier)
    compared = ""
    if usual == usual:
        compared = _("median of tier “{tier}”: {share} ({n} others)").format(
            tier=word(tier), share=format_share(usual), n=n
        )
    return [Tile(label, format_share(share), compared=compared, unit="share")]


def last_order(dossier: Dossier) -> list[Tile]:
    """Show how long ago the last order was, beside the account's own rhythm.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    list of Tile
        Empty in a book of months.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(last_order(Dossier(portfolio, "Kovostav"))[0].label)
    Days since the last order
    """
    rhythm = dossier.rhythm
    if rhythm is None:
        return []
    days = (dossier.day - rhythm["last_order"]).days
    usual = _("usually every {usual}, 9 in 10 within {limit}").format(
        usual=plural("{n} day", "{n} days", round(rhythm["usual_gap"])),
        limit=plural("{n} day", "{n} days", round(rhythm["limit"])),
    )
    excused = {
        "finished_project": _("its project is finished"),
        "merged": _("it was merged"),
        "shutdown": _("a known shutdown"),
        "event": _("a known event"),
    }
    return [
        Tile(
            label=_("Days since the last order"),
            value=str(days),
            compared=usual,
            note=excused.get(rhythm["reason"], ""),
            unit="count",
        )
    ]


def wallet(dossier: Dossier) -> list[Tile]:
    """Say that nobody knows yet which share of its needs the account buys from us.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    list of Tile

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(wallet(Dossier(portfolio))[0])
    Share of wallet: cannot tell · estimate · not known what it buys elsewhere
    """
    reason = _("not known what it buys elsewhere")
    return [Tile(_("Share of wallet"), "", kind="estimate", note=reason)]


def overdue(dossier: Dossier) -> list[Tile]:
    """Show what is overdue, and for how long.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its data hold `receivables`.

    Returns
    -------
    list of Tile

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(overdue(Dossier(portfolio, "Lianhan"))[0].label)
    Overdue > 30 days
    """
    owed, label = debt(dossier), _("Overdue > 30 days")
    of_all = _("of {money} open").format(
        money=format_money(owed.open, dossier.currency)
    )
    if owed.late <= 0:
        return [Tile(label, _("nothing"), compared=of_all)]
    days = plural("{n} day late", "{n} days late", round(owed.days))
    value = format_money(owed.late, dossier.currency)
    return [Tile(label, value, compared=of_all, note=days, unit="money")]


def punctuality(dossier: Dossier) -> list[Tile]:
    """Show how many orders came on time in full, for the customer's page.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its order lines have promised and delivered days.

    Returns
    -------
    list of Tile

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(punctuality(Dossier(portfolio, "A10284"))[0].label)
    On time in full
    """
    label = _("On time in full")
    share, n = on_time_in_full(dossier, dossier.year)
    if not n:
        return [Tile(label, "", note=_("nothing was promised for these months"))]
    orders = plural("{n} order", "{n} orders", n)
    return [Tile(label, format_share(share), compared=orders, unit="share")]


def _before(dossier: Dossier, now: float) -> str:
    if dossier.year_before is None:
        return _("no year before to compare")
    then = dossier.revenue(dossier.year_before)
    change = format_share(now / then - 1) if then > 0 else "–"
    sign = "+" if then > 0 and now > then else ""
    return _("year before: {money} ({change})").format(
        money=format_money(then, dossier.currency), change=f"{sign}{change}"
    )


def _target(dossier: Dossier, now: float) -> str:
    if not dossier.is_internal:
        return ""
    target = target_of(dossier, dossier.year)
    if not target:
        return ""
    gap = now / target - 1
    return _("target {money} ({gap})").format(
        money=format_money(target, dossier.currency),
        gap=f"{'+' if gap > 0 else ''}{format_share(gap)}",
    )


def _rolling(dossier: Dossier) -> Sequence[float]:
    """Return revenue of twelve months at the last quarter ends, the latest last."""
    first = dossier.portfolio.first_day
    found = []
    for back in range(_SHOWN):
        start, end = trailing_window(add_months(dossier.portfolio.as_of, -3 * back), 12)
        if (first - start).days > _GRACE:
            break
        found.append(dossier.revenue(Period(format_day(end), start, end)))
    return found[::-1]
