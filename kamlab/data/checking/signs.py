"""Check that lines which take revenue back have the sign that takes it back.

Glossary
--------
deduction
    A line that takes revenue back: a return, a price credit, a rebate, a cancellation.
    Its amount is negative. Many systems book credit notes with a positive amount and
    tell them by their document type; added up so, they would count twice the wrong way.
"""

import duckdb

from kamlab.data.checking.weighing import finding_where
from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.contract import DEDUCTIONS
from kamlab.data.findings.quality import Finding, Sample, counted, make_finding


def check_signs(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable
) -> list[Finding]:
    """Return what is wrong with the signs of the order lines.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the order lines.
    orders : CleanTable
        The typed rows.
    """
    return [
        *_positive_deductions(connection, orders),
        *_only_sales_kept(connection, orders),
    ]


def _positive_deductions(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable
) -> list[Finding]:
    """Deductions with an amount that would add to revenue."""
    if not {"line_type", "net_amount"} <= set(orders.columns):
        return []
    listed = ", ".join(f"'{each}'" for each in DEDUCTIONS)
    condition = f"line_type IN ({listed}) AND net_amount > 0"
    kinds = connection.execute(
        f"SELECT DISTINCT line_type FROM {orders.name} "
        f"WHERE dropped IS NULL AND {condition} ORDER BY 1"
    ).fetchall()
    return finding_where(
        connection,
        orders,
        "deduction_is_positive",
        "net_amount",
        condition,
        "net_amount",
        kinds=", ".join(kind for (kind,) in kinds),
        advice=_advice(orders, [kind for (kind,) in kinds]),
    )


def _advice(orders: CleanTable, kinds: list[str]) -> str:
    """What the mapping must say for the signs of these types to be turned."""
    columns = orders.mapping.columns
    amount, kind = columns["net_amount"], columns["line_type"]
    place = "tables.orders.columns.net_amount"
    if told := orders.mapping.document_types:
        place = "tables.orders.document_types.types"
        types = told.types.items()
        wrong = [code for code, t in types if t.line_type in kinds and not t.negate]
        if wrong:
            return f"set negate: true for {', '.join(wrong)} under {place}"
    if amount.negate or amount.negate_column or orders.mapping.document_types:
        return f"look at negate under {place}: it turns signs that were right already"
    if not kind.columns:
        return f"set negate: true under {place}"
    codes = [old for old, new in kind.values.items() if new in kinds] or kinds
    told = f"negate: {{column: {kind.columns[0]}, in: [{', '.join(codes)}]}}"
    if amount.combine or not amount.columns:
        return f"add {told} under {place}"
    return f"set {place}: {{from: {amount.columns[0]}, {told}}}"


def _only_sales_kept(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable
) -> list[Finding]:
    """Rules took what takes revenue back, and left what it takes back."""
    named = len(orders.mapping.drop)
    negative = f"FROM {orders.name} WHERE net_amount < 0 AND dropped"
    if "net_amount" not in orders.columns or (
        connection.execute(f"SELECT 1 {negative} IS NULL LIMIT 1").fetchone()
    ):
        return []
    found = connection.execute(
        f"SELECT dropped, count(*), sum(net_amount), arg_min(file, seq), "
        f"arg_min(row, seq) {negative} < {named:d} GROUP BY 1 ORDER BY 1"
    ).fetchall()
    if not found:
        return []
    told = [f"{orders.rules[i]!r}: {counted(n)}, {net:,.2f}" for i, n, net, *_ in found]
    files = orders.raw.files
    samples = [Sample(files[file].name, row, "") for *_, file, row in found]
    return [
        make_finding(
            "only_sales_kept",
            "orders",
            "net_amount",
            sum(n for _, n, *_ in found),
            samples,
            money=round(-sum(net for _, _, net, *_ in found), 2),
            affected=f"SELECT seq {negative} < {named:d}",
            counts="; ".join(told),
        )
    ]
