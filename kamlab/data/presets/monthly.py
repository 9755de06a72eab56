"""Write totals of months as the contract's table of months, not as order lines."""

from dataclasses import replace

from kamlab.data.presets.recognition import MONTHLY, ORDERS, Recognised
from kamlab.data.presets.suggestion import TableSuggestion

#: The contract's table of months.
SALES_MONTHLY = "sales_monthly"


def as_months(table: TableSuggestion, rows: Recognised) -> TableSuggestion:
    """Return a table as it is called where rows are months.

    Parameters
    ----------
    table : TableSuggestion
        Of order lines, or another.
    rows : Recognised
        What it is made of.

    Returns
    -------
    TableSuggestion
        The same, unless it is made of totals of months: there is no number of an order
        then, and no kind of line.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> from kamlab.data.presets.suggestion import Entry
    >>> header, cells = ("客户", "月份", "金额"), (("A", "2025-01", "9.50"),)
    >>> rows = recognise([Excerpt(("a.csv",), "text", header, cells)])[1][0]
    >>> table = TableSuggestion("orders", (), (Entry("order_date", "月份"),))
    >>> as_months(table, rows).name, as_months(table, rows).columns[0].key
    ('sales_monthly', 'month')
    """
    if table.name != ORDERS or rows.preset.name != "month_totals":
        return table
    columns = [
        replace(each, key=MONTHLY[each.key])
        for each in table.columns
        if each.key in MONTHLY
    ]
    return replace(table, name=SALES_MONTHLY, columns=tuple(columns))
