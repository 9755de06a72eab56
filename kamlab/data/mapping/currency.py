"""Read how money is converted, and put the table of rates before those that need it."""

from kamlab.data.cleaning.currency_rates import RATES_TABLE, WITHIN_DAYS, CurrencyRates
from kamlab.data.currency_codes import currency_hint, is_currency_code
from kamlab.data.mapping import values as check
from kamlab.data.mapping.mapping import TableMapping
from kamlab.data.mapping.sections import Checks, require, section
from kamlab.data.mapping.values import Problems

#: The day whose rate counts, by table; others have no day at which money moved.
RATE_DAYS = {
    "orders": "order_date",
    "account_costs": "date",
    "costs": "period_end",
    "open_orders": "ordered_on",
    "receivables": "as_of",
    "collections": "date",
}


def reporting_currency(node: object, path: str, problems: Problems) -> str:
    """Read the currency that all money of the portfolio stands in: a code of ISO 4217.

    Parameters
    ----------
    node : object
        As YAML holds it.
    path : str
        Its place in the mapping.
    problems : list of str
        Receives what is wrong.

    Examples
    --------
    >>> problems = []
    >>> reporting_currency("RMB", "portfolio.currency", problems)
    'RMB'
    >>> print(problems[0])
    portfolio.currency = 'RMB' is no code of ISO 4217; did you mean 'CNY'?
    """
    code = check.text(node, path, problems)
    if code and not is_currency_code(code):
        told = f"{path} = {code!r} is no code of ISO 4217; {currency_hint(code)}"
        problems.append(told)
    return code


def currency(node: object, path: str, problems: Problems) -> CurrencyRates | None:
    """Read the column of currencies, and fixed rates or how dated ones are found.

    Parameters
    ----------
    node : object
        The section as YAML holds it.
    path : str
        Its place in the mapping.
    problems : list of str
        Receives what is wrong.

    Examples
    --------
    >>> told = {"column": "WAERK", "rates": "fx_rates", "by": "month"}
    >>> currency(told, "tables.orders.currency", []).is_dated
    True
    >>> currency({"column": "WAERK", "rates": "fx_rates"}, "", []).by
    'month'
    """
    checks: Checks = {
        "column": check.text,
        "rates": _rates,
        "by": check.one_of("month", "day"),
        "within_days": check.whole(0, 366),
    }
    known = section(node, path, checks, problems)
    require(known, node, path, ("column", "rates"), problems)
    if not {"column", "rates"} <= set(known):
        return None
    by, fixed = known.get("by", ""), known["rates"]
    if fixed != RATES_TABLE:
        if by:
            problems.append(f"{path}.by = {by!r} goes with rates: {RATES_TABLE} only")
        return CurrencyRates(known["column"], fixed)
    within = known.get("within_days", WITHIN_DAYS)
    return CurrencyRates(known["column"], by=by or "month", within_days=within)


def _rates(node: object, path: str, problems: Problems) -> dict[str, float] | str:
    if node == RATES_TABLE:
        return RATES_TABLE
    return check.rates(node, path, problems)


def with_rates_first(
    tables: dict[str, TableMapping], path: str, problems: Problems
) -> dict[str, TableMapping]:
    """Return the tables in the order in which they can be read.

    Parameters
    ----------
    tables : dict of str to TableMapping
        As they stand in the mapping.
    path : str
        Their place in it.
    problems : list of str
        Receives tables that need rates which are not there.

    Examples
    --------
    >>> tables = {"orders": TableMapping((), {}), "fx_rates": TableMapping((), {})}
    >>> list(with_rates_first(tables, "tables", []))
    ['fx_rates', 'orders']
    """
    for name, told in tables.items():
        if told is None or told.currency is None or not told.currency.is_dated:
            continue
        place = f"{path}.{name}.currency.rates = {RATES_TABLE!r}"
        if RATES_TABLE not in tables:
            problems.append(f"{place}, but {path}.{RATES_TABLE} is missing; map it")
        if name not in RATE_DAYS:
            problems.append(
                f"{place}: rows of {name} have no day of payment; give fixed rates"
            )
    return dict(sorted(tables.items(), key=lambda each: each[0] != RATES_TABLE))
