"""Turn sales by month into order lines that are dated the last day of their month.

Glossary
--------
grain 粒度
    What one row stands for: a line of an order on its day, or a month of an account.
    A book of months tells revenue as well as one of days; how often, how regularly and
    how lately somebody ordered it cannot tell.
"""

from dataclasses import replace

from kamlab.data.findings.quality import Finding, make_finding
from kamlab.data.mapping.mapping import ColumnSource, TableMapping
from kamlab.data.mapping.values import Problems

#: The contract's table of months, and the one that its rows become.
MONTHS, LINES = "sales_monthly", "orders"

#: Columns of the table of months, and what they are called among order lines.
CALLED = {"month": "order_date", "category": "product_id", "cost": "cogs"}

_MONTH_FORMATS = ("YYYY-MM", "YYYY-MM-DD")


def months_as_lines(
    tables: dict[str, TableMapping | None], path: str, problems: Problems
) -> dict[str, TableMapping | None]:
    """Return the tables with sales by month, where there are any, as order lines.

    Parameters
    ----------
    tables : dict of str to TableMapping
        As they stand in the mapping; None where one could not be read.
    path : str
        Their place in it.
    problems : list of str
        Receives what is wrong.

    Examples
    --------
    >>> columns = {"account_id": "Kunde", "month": "Monat", "net_amount": "Netto"}
    >>> columns = {name: ColumnSource((each,)) for name, each in columns.items()}
    >>> lines = months_as_lines({"sales_monthly": TableMapping((), columns)}, "", [])
    >>> lines["orders"].columns["order_id"].columns
    ('Kunde', 'Monat')
    """
    if MONTHS not in tables:
        if LINES not in tables:
            problems.append(
                f"{path}.{LINES} is missing; add it, or {path}.{MONTHS} where the "
                "export has sales by month only"
            )
        return tables
    if LINES in tables:
        problems.append(f"{path} has {LINES} and {MONTHS}; keep one of them")
        return tables
    rest = {name: told for name, told in tables.items() if name != MONTHS}
    told = tables[MONTHS]
    if told is None or not {"account_id", "month"} <= set(told.columns):
        return {LINES: told, **rest}
    return {LINES: _as_lines(told), **rest}


def _as_lines(told: TableMapping) -> TableMapping:
    account, month = told.columns["account_id"], told.columns["month"]
    if month.dates is None and not told.format.dates and not told.format.detect:
        month = replace(month, dates=_MONTH_FORMATS)
    number = account.columns + month.columns
    order = ColumnSource(number, combine="join" if len(number) > 1 else "")
    renamed = {CALLED.get(name, name): told.columns[name] for name in told.columns}
    columns = {**renamed, "order_date": replace(month, month_end=True)}
    return replace(told, columns={"order_id": order, **columns})


def told_of_months(findings: list[Finding]) -> list[Finding]:
    """Return findings with advice that names the table of months, and that it is one.

    Examples
    --------
    >>> told = told_of_months([make_finding("not_a_flag", "orders", "cogs")])
    >>> told[0].remedy
    'translate it with values: under tables.sales_monthly.columns.cost'
    """
    told = [replace(each, remedy=_in_months(each.remedy)) for each in findings]
    return [*told, make_finding("months_as_lines", LINES, "order_date", 0)]


def _in_months(text: str) -> str:
    place = f"tables.{MONTHS}"
    text = text.replace(f"tables.{LINES}", place)
    for ours, theirs in CALLED.items():
        text = text.replace(f"{place}.columns.{theirs}", f"{place}.columns.{ours}")
    return text
