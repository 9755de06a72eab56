"""Compare what was imported with the totals that the books show.

Glossary
--------
control total
    A figure that somebody takes from the books, such as the net revenue of a year, so
    that an import which lost a file or counted one twice is seen at once.
"""

import duckdb

from kamlab.data.cleaning import CleanTable
from kamlab.data.mapping import Control
from kamlab.data.quality import Finding, make_finding
from kamlab.fiscal import FiscalCalendar

_HALF_A_CENT = 0.005


def check_controls(
    connection: duckdb.DuckDBPyConnection,
    orders: CleanTable,
    controls: tuple[Control, ...],
    calendar: FiscalCalendar,
) -> list[Finding]:
    """Return for each control total whether the kept order lines meet it.

    A difference is a warning, weighed by its share of the control total; a total that
    is met to the cent is told as well.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the order lines.
    orders : CleanTable
        The typed rows.
    controls : tuple of Control
        From the mapping.
    calendar : FiscalCalendar
        What years and quarters mean.
    """
    return [_compared(connection, orders, each, calendar) for each in controls]


def _compared(
    connection: duckdb.DuckDBPyConnection,
    orders: CleanTable,
    control: Control,
    calendar: FiscalCalendar,
) -> Finding:
    period = calendar.period(control.period)
    rows, computed = connection.execute(
        f"SELECT count(*), coalesce(sum(net_amount), 0) FROM {orders.name} "
        "WHERE dropped IS NULL AND order_date BETWEEN $start AND $end",
        {"start": period.start, "end": period.end},
    ).fetchone()
    difference = computed - control.net_amount
    is_met = abs(difference) <= _HALF_A_CENT
    share = abs(difference) / abs(control.net_amount) if control.net_amount else 1.0
    return make_finding(
        "control_met" if is_met else "control_missed",
        "orders",
        "net_amount",
        rows,
        money=round(abs(difference), 2),
        share=0.0 if is_met else share,
        name=control.name,
        period=period,
        expected=f"{control.net_amount:,.2f}",
        computed=f"{computed:,.2f}",
        difference=f"{difference:+,.2f}",
    )
