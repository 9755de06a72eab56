"""What the customers are worth together, and who brings it, in words and a table."""

from collections.abc import Mapping

import pandas as pd

from kamlab.estimates import Estimate
from kamlab.style.formats import (
    format_count,
    format_money,
    format_number,
    format_share,
)
from kamlab.style.names import display_name
from kamlab.value.concentration_words import counted
from kamlab.value.customer_equity.valuation import LifetimeValues

_COLUMNS = ("value", "low", "high", "basis", "contribution", "alive")
#: How a basis is named within a sentence.
_BY = {
    "contract": "by their contracts",
    "repeat orders": "by their repeat orders",
    "sheet": "by the sheet",
}


def book_value_sentence(
    values: LifetimeValues, currency: str = "", of: str = "accounts"
) -> str:
    """Say what all customers are worth over the quarters ahead, and on what it rests.

    Parameters
    ----------
    values : LifetimeValues
        From `kamlab.value.customer_equity.portfolio_lifetime_value`.
    currency : str
        Code of the currency.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.value.customer_equity.quarters import quarters_ahead
    >>> from datetime import date
    >>> accounts = pd.DataFrame(
    ...     {"value": [60.0, 40.0], "basis": ["contract", "repeat orders"]}, ["A", "B"]
    ... )
    >>> by_basis = pd.DataFrame(
    ...     {"accounts": [1, 1], "value": [60.0, 40.0]}, ["contract", "repeat orders"]
    ... )
    >>> ahead = quarters_ahead(date(2025, 12, 31), 0.1, 12)
    >>> equity = Estimate(100.0, 70.0, 140.0, 2, unit="money")
    >>> values = LifetimeValues(
    ...     accounts, equity, by_basis, ahead, "contribution", 0.95
    ... )
    >>> print(book_value_sentence(values, "EUR"))
    2 accounts are worth EUR 100 over the 12 quarters ahead, in money of today (95 %
    interval EUR 70 to EUR 140): 1 by their contracts EUR 60, 1 by their repeat orders
    EUR 40.
    """
    equity = values.equity
    if equity.reason:
        return f"What the customers are worth one cannot tell: {equity.reason}."
    parts = [
        f"{format_count(row.accounts)} {_BY.get(str(row.Index), row.Index)} "
        f"{format_money(row.value, currency)}"
        for row in values.by_basis[["accounts", "value"]].itertuples()
    ]
    ahead = counted(values.quarters.count, "quarters")
    return (
        f"{counted(equity.n, of)} are worth {format_money(equity.value, currency)} "
        f"over the {ahead} ahead, in money of today "
        f"({_limits(values, currency)}): {', '.join(parts)}."
    )


def _limits(values: LifetimeValues, currency: str) -> str:
    """Name the interval, or the limits that scenarios put in its place."""
    equity, of_all = values.equity, values.by_basis.sum(numeric_only=True)
    ends = equity.interval or (of_all["low"], of_all["high"])
    low, high = (format_money(end, currency) for end in ends)
    if equity.interval is None:
        return f"{low} to {high} by cautious and hopeful guesses of retention"
    return f"{format_share(equity.level, 0)} interval {low} to {high}"


def basis_sentence(measure: str) -> str:
    """Say which costs are not known, so that nobody takes revenue for profit.

    Parameters
    ----------
    measure : {"contribution", "margin after direct costs", "gross margin", "revenue"}
        What is left of an order, as far as it is known.

    Returns
    -------
    str
        Empty where all costs are known.

    Examples
    --------
    >>> print(basis_sentence("revenue"))
    Costs of a full year are not known: all values here are revenue, and no profit.
    """
    if measure == "contribution":
        return ""
    if measure == "revenue":
        return (
            "Costs of a full year are not known: all values here are revenue, and no "
            "profit."
        )
    return (
        f"Not all costs are known: all values here are {measure}, before what serving "
        "the customers takes."
    )


def in_years(values: LifetimeValues) -> Estimate:
    """Return what the customers are worth in contributions of the last twelve months.

    Parameters
    ----------
    values : LifetimeValues
        From `kamlab.value.customer_equity.portfolio_lifetime_value`.

    Returns
    -------
    Estimate
        A multiple; unknown where last year left nothing.

    Examples
    --------
    >>> from kamlab.value.customer_equity.quarters import quarters_ahead
    >>> from datetime import date
    >>> accounts = pd.DataFrame({"value": [100.0], "contribution": [50.0]}, ["A"])
    >>> values = LifetimeValues(
    ...     accounts, Estimate(100, 80, 130, 1, unit="money"), accounts,
    ...     quarters_ahead(date(2025, 12, 31), 0.1, 12), "contribution", 0.95,
    ... )
    >>> print(in_years(values))
    2.00 (95 % interval 1.60 to 2.60, n = 1)
    """
    equity = values.equity
    left = float(values.accounts["contribution"].sum())
    if equity.reason or left <= 0:
        reason = equity.reason or "last year left nothing"
        return Estimate.unknown(reason, equity.n, method=equity.method)
    ends = equity.value / left, equity.low / left, equity.high / left
    return Estimate(*ends, equity.n, equity.level, method=equity.method)


def multiple_sentence(multiple: Estimate, measure: str = "contribution") -> str:
    """Say how many years of the past the customers are worth.

    Parameters
    ----------
    multiple : Estimate
        From `in_years`.
    measure : str
        What the contribution is, where the costs behind it are not all known.

    Returns
    -------
    str

    Examples
    --------
    >>> print(multiple_sentence(Estimate(2.0, 1.6, 2.6, 9)))
    That is 2.00 times the contribution of the last twelve months (95 % interval 1.60
    to 2.60).
    """
    if multiple.reason:
        return ""
    told = (
        f"That is {format_number(multiple.value)} times the {measure} of the last "
        "twelve months"
    )
    if multiple.interval is None:
        return f"{told}."
    low, high = map(format_number, multiple.interval)
    return f"{told} ({format_share(multiple.level, 0)} interval {low} to {high})."


def first_sentence(
    values: LifetimeValues,
    names: Mapping[object, str] | None = None,
    n: int = 5,
) -> str:
    """Say which part of the value hangs on the first few accounts.

    Parameters
    ----------
    values : LifetimeValues
        From `kamlab.value.customer_equity.portfolio_lifetime_value`.
    names : mapping or Series, optional
        Name by account.
    n : int
        How many are the first.

    Returns
    -------
    str
        Empty where all are worth nothing.

    Examples
    --------
    >>> from kamlab.value.customer_equity.quarters import quarters_ahead
    >>> from datetime import date
    >>> accounts = pd.DataFrame({"value": [60.0, 40.0]}, ["A", "B"])
    >>> values = LifetimeValues(
    ...     accounts, Estimate(100, 80, 130, 2, unit="money"), accounts,
    ...     quarters_ahead(date(2025, 12, 31), 0.1, 12), "contribution", 0.95,
    ... )
    >>> print(first_sentence(values, {"A": "Adler"}, 1))
    The first of these, Adler, is 60.0 % of it.
    """
    value = values.accounts["value"].dropna().sort_values(ascending=False)
    total = float(value.sum())
    if total <= 0 or value.empty:
        return ""
    first = display_name(value.index[0], names)
    told = (
        f"The first of these, {first}, is {format_share(value.iloc[0] / total)} of it"
    )
    if n <= 1 or len(value) <= n:
        return f"{told}."
    return f"{told}, the first {n} are {format_share(value.head(n).sum() / total)}."


def losing_sentence(
    values: LifetimeValues, currency: str = "", of: str = "accounts"
) -> str:
    """Say how many accounts are worth less than nothing, and how much that is.

    Parameters
    ----------
    values : LifetimeValues
        From `kamlab.value.customer_equity.portfolio_lifetime_value`.
    currency : str
        Code of the currency.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    str
        Empty if there is none.

    Examples
    --------
    >>> from kamlab.value.customer_equity.quarters import quarters_ahead
    >>> from datetime import date
    >>> accounts = pd.DataFrame({"value": [60.0, -5.0]}, ["A", "B"])
    >>> values = LifetimeValues(
    ...     accounts, Estimate(55, 50, 60, 2, unit="money"), accounts,
    ...     quarters_ahead(date(2025, 12, 31), 0.1, 12), "contribution", 0.95,
    ... )
    >>> print(losing_sentence(values, "EUR"))
    1 account has a negative value, −EUR 5: as it is served and priced now, each order
    costs more than it brings.
    """
    value = values.accounts["value"]
    losing = value[value < 0]
    if losing.empty:
        return ""
    has, together = ("has", "") if len(losing) == 1 else ("have", " together")
    return (
        f"{counted(len(losing), of)} {has} a negative value, "
        f"{format_money(losing.sum(), currency)}{together}: as {_pronoun(losing)} "
        "served and priced now, each order costs more than it brings."
    )


def _pronoun(losing: pd.Series) -> str:
    return "it is" if len(losing) == 1 else "they are"


def values_table(
    values: LifetimeValues,
    n: int = 8,
    names: Mapping[object, str] | None = None,
    lowest: bool = False,
) -> pd.DataFrame:
    """List the accounts of most value, or of least, with intervals and basis.

    Parameters
    ----------
    values : LifetimeValues
        From `kamlab.value.customer_equity.portfolio_lifetime_value`.
    n : int
        Accounts to show.
    names : mapping or Series, optional
        Name by account.
    lowest : bool
        The lowest first.

    Returns
    -------
    DataFrame of shape (n, 6)
        ``value``, ``low``, ``high``, ``basis``, ``contribution`` and ``alive``.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.customer_equity import portfolio_lifetime_value
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     values = portfolio_lifetime_value(portfolio, repetitions=20)
    >>> values_table(values, 3)["value"].is_monotonic_decreasing
    True
    """
    known = values.accounts.dropna(subset="value")
    ranked = known.sort_values("value", ascending=lowest, kind="stable")
    table = ranked[list(_COLUMNS)].head(n)
    labels = [display_name(account, names) for account in table.index]
    return table.set_axis(pd.Index(labels, name="account"))
