"""What has to be talked about with an account, and how urgent it is.

Glossary
--------
light
    Red, amber or green, always with its reason in words: the worst of the matters.
"""

from dataclasses import replace

from kamlab.churn.watch_words import rule_name, watch_reason
from kamlab.language import _, plural
from kamlab.report.dossier.agreements import contract
from kamlab.report.dossier.debt import debt
from kamlab.report.dossier.facts import Matter
from kamlab.report.dossier.numbers import Dossier, as_day
from kamlab.report.dossier.people import busiest
from kamlab.report.dossier.prices import price_change
from kamlab.report.dossier.registry import slot
from kamlab.report.dossier.service import promises
from kamlab.report.review.decide import cause_words
from kamlab.style.formats import (
    format_count,
    format_day,
    format_money,
    format_share,
)
from kamlab.value.loss_causes import loss_causes

#: Share of the open items that, overdue for more than 30 days, is an alarm.
_MUCH_OVERDUE = 0.25

#: … provided that it is this share of a year's revenue as well.
_OF_A_YEAR = 0.05

#: Below this share of the open items overdue money is no matter.
_LITTLE_OVERDUE = 0.05

#: A deadline of the contract within so many days is amber; within twice as many it is
#: a matter.
_SOON = 90

#: A fall of the price of the same goods from this share on is a matter.
_FALL = 0.01

#: A category that brought less than this share of last year's revenue is not missed.
_SMALL = 0.03


def watched(dossier: Dossier) -> list[Matter]:
    """List what the watch list says of the account.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    list of Matter
        Clear evidence is red, faint evidence amber.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     [each.short for each in watched(Dossier(portfolio, "Kovostav"))]
    ['buys fewer gearboxes']
    """
    return [
        Matter(
            rule=row["rule"],
            colour="red" if row["evidence"] == "clear" else "amber",
            short=_lower_first(rule_name(row["rule"])),
            what=f"{watch_reason(row)} {_stake(dossier, row)}".strip(),
            step=_step(row),
            money=float(row["at_stake"]),
        )
        for row in dossier.alerts
    ]


def overdue(dossier: Dossier) -> list[Matter]:
    """List money that the account owes for longer than thirty days past due.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its data hold `receivables`.

    Returns
    -------
    list of Matter

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     overdue(Dossier(portfolio, "Lianhan"))[0].colour
    'red'
    """
    owed = debt(dossier)
    if owed.late <= 0 or owed.late < _LITTLE_OVERDUE * owed.open:
        return []
    money = format_money(owed.late, dossier.currency)
    sentence = (
        _(
            "Pays late: {late} of {open} is overdue for more than 30 days, {days} on "
            "average."
        )
        if dossier.is_internal
        else _(
            "Of our open invoices of {open}, {late} is past due for more than 30 days, "
            "{days} on average."
        )
    )
    what = sentence.format(
        late=money,
        open=format_money(owed.open, dossier.currency),
        days=plural("{n} day", "{n} days", round(owed.days)),
    )
    much = max(_MUCH_OVERDUE * owed.open, _OF_A_YEAR * dossier.revenue(dossier.year))
    return [
        Matter(
            rule="overdue",
            colour="red" if owed.late >= much else "amber",
            short=_("{money} overdue > 30 days").format(money=money),
            what=what,
            step=_("Agree on days of payment before more is delivered.")
            if dossier.is_internal
            else _("Agree on days of payment."),
            money=owed.late,
        )
    ]


def loss(dossier: Dossier) -> list[Matter]:
    """List the account itself if it costs more than it brings, and by what.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its order lines have the cost of goods.

    Returns
    -------
    list of Matter

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     loss(Dossier(portfolio, "Wetterau"))[0].short
    'costs more than it brings'
    """
    profit = dossier.profit
    if profit is None or profit.table.loc[dossier.key, "revenue"] <= 0:
        return []
    causes = loss_causes(replace(profit, table=profit.table.loc[[dossier.key]]))
    if causes.empty:
        return []
    row = causes.iloc[0]
    what = _("Costs {money} more than it brings; dearest: {cause} ({cost}).").format(
        money=format_money(float(row["loss"]), dossier.currency),
        cause=cause_words(str(row["cause"])),
        cost=format_money(float(row["cost"]), dossier.currency),
    )
    return [
        Matter(
            rule="loss",
            colour="amber",
            short=_("costs more than it brings"),
            what=f"{what} {_small_orders(dossier)}".strip(),
            step=_("Agree on fewer, larger orders, or on a charge for small ones.")
            if row["cause"] == "orders"
            else _("Serve it or price it differently."),
            money=float(row["loss"]),
        )
    ]


def contract_end(dossier: Dossier) -> list[Matter]:
    """List the contract if it ends soon and nobody has settled the next one.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its data hold `contracts`.

    Returns
    -------
    list of Matter
        Due is the last day for notice, or the end where that has passed.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     matter = contract_end(Dossier(portfolio, "Marwitz"))[0]
    >>> matter.colour, str(matter.due)
    ('amber', '2026-01-30')
    """
    found = contract(dossier)
    if found is None or found.settled:
        return []
    deadline = found.deadline(dossier.day)
    days = (deadline - dossier.day).days
    if days > 2 * _SOON:
        return []
    runs = found.words(dossier.day)
    told = [_("Contract {ends}").format(ends=runs)]
    if found.price_clause:
        told.append(_("prices: {clause}").format(clause=found.price_clause))
    told += [fall] if (fall := _fall(dossier)) else []
    return [
        Matter(
            rule="contract",
            colour="amber" if days <= _SOON else "",
            short=_("contract {ends}").format(ends=runs),
            what=_("{what}.").format(what=_("; ").join(told)),
            step=_("Settle the next contract by {day}.").format(
                day=format_day(deadline)
            ),
            money=dossier.revenue(dossier.year),
            due=as_day(deadline),
        )
    ]


def lost_category(dossier: Dossier) -> list[Matter]:
    """List the largest category that the account bought last year, and not any more.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its lines name products.

    Returns
    -------
    list of Matter
        Empty where the account bought nothing at all: then nothing else counts.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     lost_category(Dossier(portfolio, "Seilwerk"))  # its project is finished
    []
    """
    before = dossier.year_before
    if before is None or dossier.revenue(dossier.year) <= 0:
        return []
    floor = max(_SMALL * dossier.revenue(before), 0.0)
    categories = slot(dossier, "buys").lines
    gone = [b for b in categories if b.now <= 0 and (b.before or 0.0) > floor]
    return [
        Matter(
            rule=f"lost: {each.category}",
            colour="",
            short=_("no {category} any more").format(category=each.category),
            what=_("Bought {money} of {category} last year, none this year.").format(
                money=format_money(float(each.before or 0.0), dossier.currency),
                category=each.category,
            ),
            step=_("Ask who delivers {category} now.").format(category=each.category),
            money=float(each.before or 0.0),
        )
        for each in gone[:1]
    ]


def single_thread(dossier: Dossier) -> list[Matter]:
    """List the account if all contacts go through one person.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its contacts name people.

    Returns
    -------
    list of Matter

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     single_thread(Dossier(portfolio, "Marwitz"))[0].step
    'Get to know a second person who decides.'
    """
    share, people, n = busiest(dossier)
    if share != share or people > 1:
        return []
    what = _("All {n} contacts of twelve months went through one person.").format(
        n=format_count(n)
    )
    return [
        Matter(
            rule="single thread",
            colour="",
            short=_("one contact only"),
            what=what,
            step=_("Get to know a second person who decides."),
        )
    ]


def late_promise(dossier: Dossier) -> list[Matter]:
    """List the promise to the account that is late for longest.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its contacts tell promises.

    Returns
    -------
    list of Matter

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     len(late_promise(Dossier(portfolio, "Kovostav"))) <= 1
    True
    """
    late = promises(dossier).late
    if late.empty:
        return []
    first = late.iloc[0]
    action, due = str(first["promised_action"]), format_day(first["promised_due"])
    return [
        Matter(
            rule="promise",
            colour="",
            short=_("a promise is late"),
            what=_("Promised for {day} and not done: {action}.").format(
                day=due, action=action
            ),
            step=_("Keep the promise of {day}: {action}.").format(
                day=due, action=action
            ),
            due=as_day(first["promised_due"]),
        )
    ]


def _stake(dossier: Dossier, row: dict) -> str:
    """Say what a fading category left in a year, and the whole account beside it."""
    if not row["category"] or not dossier.is_internal or row["at_stake"] <= 0:
        return ""
    return _("In the year before, {category} left {money} of {whole}.").format(
        category=row["category"],
        money=format_money(float(row["at_stake"]), dossier.currency),
        whole=format_money(float(row["account_stake"]), dossier.currency),
    )


def _step(row: dict) -> str:
    if row["rule"] == "silence":
        return _("Visit them and ask what has changed.")
    return _("Visit them and ask who delivers {category} now.").format(
        category=row["category"]
    )


def _small_orders(dossier: Dossier) -> str:
    """Say how many orders there were, and how large they are on average."""
    rows = dossier.lines[dossier.lines["is_purchase"]]
    year = dossier.between(rows, "order_date", dossier.year)
    orders = year["order_id"].nunique()
    if not orders:
        return ""
    mean = float(year["net_amount"].sum()) / orders
    return _("{n} orders of {money} on average.").format(
        n=format_count(orders), money=format_money(mean, dossier.currency)
    )


def _fall(dossier: Dossier) -> str:
    """Say by how much prices fell; for the customer that is no matter."""
    if not dossier.is_internal:
        return ""
    change, money = price_change(dossier)
    if not change <= -_FALL:
        return ""
    return _("the same goods cost {share} less than a year ago ({money})").format(
        share=format_share(-change), money=format_money(-money, dossier.currency)
    )


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
