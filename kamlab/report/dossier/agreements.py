"""What is agreed with an account and what lies on its table: contract, offers, orders.

Glossary
--------
order book (在手订单)
    What was ordered and is not delivered yet.
last day for notice
    After it nobody can leave the contract, or ask for other terms, in time.
"""

from dataclasses import dataclass
from datetime import timedelta

import pandas as pd

from kamlab.language import _, plural
from kamlab.report.dossier.facts import Fact
from kamlab.report.dossier.numbers import Dossier
from kamlab.style.formats import format_day, format_money, format_share


@dataclass(frozen=True)
class Contract:
    """The contract that is in force: its last day, its last day for notice, its terms.

    `settled` says whether somebody knows by now if it is renewed.

    Examples
    --------
    >>> Contract(pd.Timestamp("2026-04-30"), None, "3 % lower every year").settled
    False
    """

    end: pd.Timestamp
    notice: pd.Timestamp | None
    price_clause: str = ""
    rebate: float | None = None
    settled: bool = False

    def deadline(self, day: pd.Timestamp) -> pd.Timestamp:
        """Return the last day to act: for notice, or the end where that has passed.

        Examples
        --------
        >>> end = pd.Timestamp("2026-04-30")
        >>> contract = Contract(end, pd.Timestamp("2026-01-30"))
        >>> str(contract.deadline(pd.Timestamp("2025-12-31")).date())
        '2026-01-30'
        """
        in_time = self.notice is not None and self.notice >= day
        return self.notice if in_time else self.end

    def words(self, day: pd.Timestamp) -> str:
        """Say until when the contract runs, in the current language.

        Examples
        --------
        >>> contract = Contract(pd.Timestamp("2026-04-30"), None)
        >>> contract.words(pd.Timestamp("2025-12-31"))
        'ends 30 Apr 2026'
        """
        end, deadline = format_day(self.end), self.deadline(day)
        if deadline == self.end:
            return _("ends {end}").format(end=end)
        notice = format_day(deadline)
        return _("ends {end}, notice by {notice}").format(end=end, notice=notice)


def contract(dossier: Dossier) -> Contract | None:
    """Return the contract in force that ends last; None without one.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its data hold `contracts`.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     contract(Dossier(portfolio, "Marwitz")).price_clause
    '3 % lower every year'
    """
    rows = dossier.rows("contracts")
    runs = (rows["start"] <= dossier.day) & (rows["end"] >= dossier.day)
    in_force = rows[runs.astype(bool)].sort_values("end")
    if in_force.empty:
        return None
    row = in_force.iloc[-1]
    days = row.get("notice_days")
    clause, rebate = row.get("price_clause"), row.get("rebate_pct")
    return Contract(
        end=row["end"],
        notice=None if pd.isna(days) else row["end"] - timedelta(days=int(days)),
        price_clause=clause if isinstance(clause, str) else "",
        rebate=None if rebate is None or pd.isna(rebate) else float(rebate),
        settled=row.get("renewed") in ("yes", "no"),
    )


def contract_terms(dossier: Dossier) -> list[Fact]:
    """Say until when the contract runs, and what it says of prices.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its data hold `contracts`.

    Returns
    -------
    list of Fact

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(contract_terms(Dossier(portfolio, "Marwitz"))[0].now)
    ends 30 Apr 2026, notice by 30 Jan 2026; prices: 3 % lower every year
    """
    found = contract(dossier)
    if found is None:
        return [Fact(_("Contract"), _("none in force"))]
    told = [found.words(dossier.day)]
    if found.price_clause:
        told.append(_("prices: {clause}").format(clause=found.price_clause))
    if found.rebate:
        told.append(_("rebate {share}").format(share=format_share(found.rebate)))
    return [Fact(_("Contract"), _("; ").join(told))]


def open_offers(dossier: Dossier) -> pd.DataFrame:
    """Return own offers that are neither won nor lost, the largest first.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its data hold `opportunities`.

    Returns
    -------
    DataFrame
        Columns ``category``, ``amount``, ``quotation_on`` and ``days`` (open for).

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     len(open_offers(Dossier(portfolio, "Marwitz"))) > 0
    True
    """
    names = ["category", "amount", "quotation_on", "closed_on", "won"]
    rows = dossier.rows("opportunities").reindex(columns=names)
    rows["quotation_on"] = pd.to_datetime(rows["quotation_on"])
    is_open = rows["closed_on"].isna() & rows["won"].isna()
    offers = rows[is_open & rows["quotation_on"].notna()]
    offers = offers.sort_values("amount", ascending=False, ignore_index=True)
    offers["days"] = (dossier.day - offers["quotation_on"]).dt.days
    return offers[["category", "amount", "quotation_on", "days"]]


def offers(dossier: Dossier) -> list[Fact]:
    """Say how many offers are open, for how much, and for how long.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its data hold `opportunities`.

    Returns
    -------
    list of Fact

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     offers(Dossier(portfolio, "Wetterau"))
    [Fact(what='Open offers', now='none', before='')]
    """
    found = open_offers(dossier)
    if found.empty:
        return [Fact(_("Open offers"), _("none"))]
    largest = found["category"].iloc[0]
    told = _("{offers}, {money}; open for up to {days}").format(
        offers=plural("{n} offer", "{n} offers", len(found)),
        money=format_money(float(found["amount"].sum()), dossier.currency),
        days=plural("{n} day", "{n} days", int(found["days"].max())),
    )
    if isinstance(largest, str):
        told = _("{offers}; largest: {category}").format(offers=told, category=largest)
    return [Fact(_("Open offers"), told)]


def order_book(dossier: Dossier) -> list[Fact]:
    """Say what is ordered and not delivered yet, and how much of it is late.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its data hold `open_orders`.

    Returns
    -------
    list of Fact

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     order_book(Dossier(portfolio, "A10284"))[0].what
    'On order'
    """
    rows = dossier.rows("open_orders")
    waits = rows[rows["closed_on"].isna()] if "closed_on" in rows else rows
    if waits.empty:
        return [Fact(_("On order"), _("nothing"))]
    told = format_money(float(waits["amount"].sum()), dossier.currency)
    promised = waits.reindex(columns=["promised_date"])["promised_date"]
    late = waits.loc[pd.to_datetime(promised) < dossier.day, "amount"].sum()
    if late > 0:
        money = format_money(float(late), dossier.currency)
        told = _("{money}, {late} of it late").format(money=told, late=money)
    return [Fact(_("On order"), told)]
