"""Customer equity on a review: what all accounts are worth from here on, and each."""

from dataclasses import replace

import pandas as pd

from kamlab.language import _, plural
from kamlab.report.review.numbers import Review
from kamlab.report.tables import Presented, present
from kamlab.report.worth import QUARTERS, basis_of_value
from kamlab.style.formats import format_count, format_money, format_share

#: Accounts shown below the page, those of most value first.
_MOST = 40


def equity_sentence(review: Review) -> str:
    """Say what all accounts together are worth from here on, with the interval.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    str
        "cannot tell" where there are too few orders; empty on a manager's own page,
        whose accounts have no interval of their own sum.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     equity_sentence(Review(portfolio)).partition(": ")[0]
    'Customer equity, 12 quarters'
    """
    if review.manager:
        return ""
    equity = review.worth.equity
    if equity.cannot_tell:
        told = _("Customer equity, {quarters} quarters: cannot tell.")
        return told.format(quarters=QUARTERS)
    if equity.interval is None:
        return _(
            "Customer equity, {quarters} quarters: {value} by scenarios of retention; "
            "no interval can be given (n = {n})."
        ).format(
            quarters=QUARTERS,
            value=format_money(equity.value, review.currency),
            n=_counted(equity.n, review.by),
        )
    return _(
        "Customer equity, {quarters} quarters: {value} ({level}: {low} to {high}, "
        "n = {n})."
    ).format(
        quarters=QUARTERS,
        value=format_money(equity.value, review.currency),
        level=format_share(equity.level, 0),
        low=format_money(equity.low, ""),
        high=format_money(equity.high, ""),
        n=_counted(equity.n, review.by),
    )


def equity_table(review: Review) -> Presented:
    """Show what the accounts of most value are worth, and how sure that is.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    Presented
        Without rows, and with the reason, where nobody can tell.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     equity_table(Review(portfolio)).rows[0][0]
    'Marwitz Packaging GmbH'
    """
    money = review.currency
    heads = {
        "account": _("Account"),
        "value": _("Value ({currency})").format(currency=money),
        "low": _("at least ({currency})").format(currency=money),
        "high": _("at most ({currency})").format(currency=money),
        "basis": _("By"),
        "alive": _("Still a customer"),
        "orders": _("Orders of 12 months ahead"),
    }
    found = review.worth.accounts
    rows = pd.DataFrame(columns=list(heads))
    if len(found):
        rows = found.assign(
            account=[review.name(key) for key in found.index],
            basis=found["basis"].map(basis_of_value),
            alive=_alive(review),
            orders=[_orders(row) for row in found.to_dict("records")],
        )[list(heads)].reset_index(drop=True)
    how = dict.fromkeys(("value", "low", "high"), "money") | {"alive": "share"}
    caption = _("Lifetime value over {n} quarters").format(n=QUARTERS)
    table = present(rows, how, caption, limit=_MOST, labels=heads)
    reason = review.worth.equity.reason
    notes = [reason] if reason else [table.note, _without_alive(review)]
    return replace(table, note=" ".join(filter(None, notes)))


def _alive(review: Review) -> pd.Series:
    """Return how likely each account still is a customer, where the model leads.

    A contract says that it runs, and an event that it explains why nothing is ordered:
    the model of all accounts knows of neither.
    """
    found = review.worth.accounts
    excused = found.index.isin(_excused(review))
    return found["alive"].mask(found["basis"].eq("contract") | excused)


def _excused(review: Review) -> pd.Index:
    quiet = review.quiet
    if quiet is None:
        return pd.Index([])
    return quiet.index[quiet["verdict"] == "excused"]


def _without_alive(review: Review) -> str:
    """Say where no probability of being a customer is told."""
    if not _alive(review).head(_MOST).isna().any():
        return ""
    return _(
        "Still a customer: by the rhythm of all accounts; not told where a contract "
        "runs, or a known event explains why nothing is ordered."
    )


def _counted(n: int, by: str) -> str:
    if by == "parent":
        return plural("{n} group", "{n} groups", n)
    return plural("{n} account", "{n} accounts", n)


def _orders(row: dict) -> str:
    """Say how many orders are expected within a year, and between which numbers."""
    if row["orders_year"] != row["orders_year"]:
        return ""
    return _("{value} ({low} to {high})").format(
        value=format_count(round(row["orders_year"])),
        low=format_count(round(row["orders_low"])),
        high=format_count(round(row["orders_high"])),
    )
