"""Receivables: what every account owes, how much of it is overdue, and for how long.

Glossary
--------
open item (未清项)
    An invoice that was not paid on the day of the list, or a credit note not used.
overdue (逾期)
    Open beyond its due day. Money past due for more than 30 days is what the review
    shows: a few days are the post's fault.
days late
    Days from the due day to the day of the list, weighted with the money.
"""

from collections.abc import Mapping

import pandas as pd

from kamlab.errors import UsageError
from kamlab.language import _
from kamlab.portfolio import Portfolio
from kamlab.style.formats import format_days, format_money, format_share
from kamlab.style.names import display_name
from kamlab.value.windows import key_name, owners

#: Days past due from which overdue money is shown in the review.
LATE_FROM = 30

_COLUMNS = ("open", "overdue", "overdue_30", "days_late", "items", "as_of")
_CENT = 0.005


def receivables_position(
    portfolio: Portfolio, by: str = "account", late_from: int = LATE_FROM
) -> pd.DataFrame:
    """Show what every account owes, and how much of it for how long.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, with `receivables`.
    by : {"account", "parent"}
        Accounts, or groups under their parents.
    late_from : int
        Money counts in ``overdue_30`` if it is past due for more than these days.

    Returns
    -------
    pandas.DataFrame
        Indexed by account_id (or parent_id), sorted; money in reporting currency, to
        the cent: ``open`` (credit notes taken off), ``overdue`` and ``overdue_30``
        (open invoices past due, and for more than `late_from` days), ``days_late``
        (mean of the overdue invoices, weighted with the money; 0 without one),
        ``items`` (count) and ``as_of`` (day of the list, the last one known).

    Raises
    ------
    MissingDataError
        If there is no table of receivables.
    UsageError
        If `by` is something else, or `late_from` is no number of days.

    Notes
    -----
    days late = Σ amount × (day of the list − due) ÷ Σ amount, over invoices past due.
    A credit note is taken off what is open, but not off what is overdue: nobody knows
    for which invoice it will be used.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as book:
    ...     position = receivables_position(book)
    >>> bool((position["overdue_30"] <= position["overdue"]).all())
    True
    """
    name = key_name(by)
    if isinstance(late_from, bool) or not isinstance(late_from, int) or late_from < 0:
        raise UsageError(f"late_from = {late_from!r}: give a number of days from 0 on")
    portfolio.require("receivables", purpose="What accounts owe")
    items = portfolio.table("receivables")
    late = (items["as_of"] - items["due"]) / pd.Timedelta(days=1)
    owed = items["amount"].clip(lower=0)
    overdue = owed.where(late > 0, 0.0)
    parts = pd.DataFrame(
        {
            "open": items["amount"],
            "overdue": overdue,
            "overdue_30": owed.where(late > late_from, 0.0),
            "weighted": overdue * late.clip(lower=0),
            "items": 1,
        }
    )
    sums = parts.groupby(owners(portfolio, items["account_id"], by)).sum()
    paid_late = sums["weighted"] / sums["overdue"].where(sums["overdue"] > 0)
    money = ["open", "overdue", "overdue_30"]
    table = sums.assign(
        days_late=paid_late.fillna(0.0).round(4), as_of=items["as_of"].max()
    )
    table[money] = table[money].round(2)
    return table[list(_COLUMNS)].sort_index().rename_axis(name)


def overdue_share(position: pd.DataFrame) -> float:
    """Return which part of the open items is past due for more than 30 days.

    Parameters
    ----------
    position : DataFrame
        From `receivables_position`.

    Returns
    -------
    float
        A share; NaN if nothing is open.

    Examples
    --------
    >>> overdue_share(pd.DataFrame({"open": [80.0, 20.0], "overdue_30": [5.0, 3.0]}))
    0.08
    """
    total = float(position["open"].sum())
    return float(position["overdue_30"].sum()) / total if total > 0 else float("nan")


def receivables_words(
    position: pd.DataFrame,
    names: Mapping[object, str] | None = None,
    currency: str = "",
) -> str:
    """Say how much is open and overdue, and who owes most of it.

    Parameters
    ----------
    position : DataFrame
        From `receivables_position`.
    names : mapping or Series, optional
        Name by account.
    currency : str
        Code of the currency.

    Returns
    -------
    str
        In the current language; empty if nothing is open.

    Examples
    --------
    >>> position = pd.DataFrame({"open": [80.0, 20.0], "overdue_30": [0.0, 8.0],
    ...     "days_late": [0.0, 140.0]}, index=["A", "B"])
    >>> print(receivables_words(position, {"B": "Berg"}, "EUR"))
    Of EUR 100 that is open, EUR 8 (8.0 %) is past due for more than 30 days; most is
    owed by Berg (EUR 8, 140 days late).
    """
    total, late = float(position["open"].sum()), float(position["overdue_30"].sum())
    if not total > _CENT:
        return ""
    if not late > _CENT:
        text = _("Of {open} that is open, nothing is past due for more than 30 days.")
        return text.format(open=format_money(total, currency))
    account = position["overdue_30"].idxmax()
    most = position.loc[account]
    text = _(
        "Of {open} that is open, {late} ({share}) is past due for more than 30 days; "
        "most is owed by {account} ({amount}, {days} late)."
    )
    return text.format(
        open=format_money(total, currency),
        late=format_money(late, currency),
        share=format_share(late / total),
        account=display_name(account, names),
        amount=format_money(most["overdue_30"], currency),
        days=format_days(round(float(most["days_late"]))),
    )
