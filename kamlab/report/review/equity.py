"""Customer equity on a review: what all accounts are worth from here on, and each."""

from dataclasses import replace

import pandas as pd

from kamlab.language import _
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
    return _(
        "Customer equity, {quarters} quarters: {value} ({level}: {low} to {high}, "
        "n = {n})."
    ).format(
        quarters=QUARTERS,
        value=format_money(equity.value, review.currency),
        level=format_share(equity.level, 0),
        low=format_money(equity.low, ""),
        high=format_money(equity.high, ""),
        n=format_count(equity.n),
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
            # A contract says that it runs; the orders are not asked.
            alive=found["alive"].mask(found["basis"] == "contract"),
            orders=[_orders(row) for row in found.to_dict("records")],
        )[list(heads)].reset_index(drop=True)
    how = dict.fromkeys(("value", "low", "high"), "money") | {"alive": "share"}
    caption = _("Lifetime value over {n} quarters").format(n=QUARTERS)
    table = present(rows, how, caption, limit=_MOST, labels=heads)
    reason = review.worth.equity.reason
    return replace(table, note=reason) if reason else table


def _orders(row: dict) -> str:
    """Say how many orders are expected within a year, and between which numbers."""
    if row["orders_year"] != row["orders_year"]:
        return ""
    return _("{value} ({low} to {high})").format(
        value=format_count(round(row["orders_year"])),
        low=format_count(round(row["orders_low"])),
        high=format_count(round(row["orders_high"])),
    )
