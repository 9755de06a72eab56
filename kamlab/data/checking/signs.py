"""Check that lines which take revenue back have the sign that takes it back.

Glossary
--------
deduction
    A line that takes revenue back: a return, a price credit, a rebate, a cancellation.
    Its amount is negative. Many systems book credit notes with a positive amount and
    tell them by their document type; added up so, they would count twice the wrong way.
"""

import json
from dataclasses import replace

import duckdb

from kamlab.data.checking.weighing import finding_where
from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.parsing import present_sql
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
        *_cost_against_amount(connection, orders),
        *_only_sales_kept(connection, orders),
    ]


def _positive_deductions(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable
) -> list[Finding]:
    """Deductions with an amount that would add to revenue."""
    if not {"line_type", "net_amount"} <= set(orders.columns):
        return []
    condition = _adds_to_revenue(orders)
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
        advice=_advice(connection, orders, [kind for (kind,) in kinds]),
    )


def _adds_to_revenue(orders: CleanTable) -> str:
    """SQL of deductions with an amount above zero.

    The discount of a cancelled invoice is given back in its cancellation, so that one
    line adds there; the document as a whole takes back, and nothing is wrong with it.
    """
    listed = ", ".join(f"'{each}'" for each in DEDUCTIONS)
    positive = f"line_type IN ({listed}) AND net_amount > 0"
    if "order_id" not in orders.columns:
        return positive
    taken_back = (
        f"SELECT order_id FROM {orders.name} WHERE dropped IS NULL AND order_id IS NOT "
        f"NULL AND line_type IN ({listed}) GROUP BY 1 HAVING sum(net_amount) < 0"
    )
    return f"{positive} AND (order_id IS NULL OR order_id NOT IN ({taken_back}))"


def _cost_against_amount(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable
) -> list[Finding]:
    """Lines whose cost adds to the margin, because one sign was turned alone."""
    if not {"cogs", "net_amount"} <= set(orders.columns):
        return []
    condition = "sign(cogs) * sign(net_amount) = -1"
    found = finding_where(
        connection, orders, "cost_sign_differs", "cogs", condition, "cogs"
    )
    if not found or "line_type" not in orders.columns:
        return found
    kinds = connection.execute(
        f"SELECT line_type, count(*) FROM {orders.name} WHERE dropped IS NULL AND "
        f"{condition} GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    told = ", ".join(f"{kind}: {counted(n)}" for kind, n in kinds)
    return [replace(found[0], message=f"{found[0].message}; {told}")]


def _advice(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable, kinds: list[str]
) -> str:
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
    if left_out := _not_turned(connection, orders):
        return f"add {', '.join(left_out)} to 'in' under {place}.negate"
    if amount.negate or amount.negate_column or orders.mapping.document_types:
        return f"look at negate under {place}: it turns signs that were right already"
    if not kind.columns:
        return f"set negate: true under {place}"
    codes = [old for old, new in kind.values.items() if new in kinds] or kinds
    if not kind.combine and _are_alike(connection, orders, kinds):
        return _as_document_types(connection, orders)
    told = f"negate: {{column: {kind.columns[0]}, in: [{', '.join(codes)}]}}"
    if amount.combine or not amount.columns:
        return f"add {told} under {place}"
    return f"set {place}: {{from: {amount.columns[0]}, {told}}}"


def _not_turned(connection: duckdb.DuckDBPyConnection, orders: CleanTable) -> list[str]:
    """Return the types of positive deductions that the list under negate leaves out."""
    amount = orders.mapping.columns["net_amount"]
    if not amount.negate_column or orders.mapping.document_types:
        return []
    code = present_sql(
        orders.raw.reference(amount.negate_column),
        orders.mapping.format,
        orders.values,
    )
    sql = (
        f"SELECT DISTINCT {code} AS code FROM {orders.joined} AND seq IN (SELECT seq "
        f"FROM {orders.name} WHERE dropped IS NULL AND {_adds_to_revenue(orders)}) "
        "AND code IS NOT NULL ORDER BY 1"
    )
    found = connection.execute(sql, orders.values.used_in(sql)).fetchall()
    return [code for (code,) in found if code not in amount.negate_in]


def _are_alike(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable, kinds: list[str]
) -> bool:
    """Whether cost and quantity have to be turned wherever the amount has to be."""
    others = sorted({"cogs", "quantity"} & set(orders.columns))
    if any(orders.mapping.columns[name].negate_column for name in others):
        return False
    listed = ", ".join(f"'{each}'" for each in kinds)
    negative = " OR ".join(f"{name} < 0" for name in others) or "false"
    sql = (
        f"SELECT 1 FROM {orders.name} WHERE dropped IS NULL AND net_amount > 0 "
        f"AND line_type IN ({listed}) AND ({negative}) LIMIT 1"
    )
    return connection.execute(sql).fetchone() is None


def _as_document_types(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable
) -> str:
    """Spell out document types that turn amount, cost and quantity together."""
    column = orders.mapping.columns["line_type"].columns[0]
    code = present_sql(
        orders.raw.reference(column), orders.mapping.format, orders.values
    )
    sql = (
        f"SELECT {code}, line_type, bool_and(coalesce(net_amount, 0) >= 0) AND "
        f"bool_or(net_amount > 0) FROM {orders.joined} AND {code} IS NOT NULL "
        "AND line_type IS NOT NULL GROUP BY 1, 2 ORDER BY 1"
    )
    found = connection.execute(sql, orders.values.used_in(sql)).fetchall()
    types = ", ".join(
        f"{_key(text)}: {{line_type: {kind}, negate: true}}"
        if kind in DEDUCTIONS and is_positive
        else f"{_key(text)}: {kind}"
        for text, kind, is_positive in found
    )
    return (
        "write, in place of tables.orders.columns.line_type, tables.orders."
        f"document_types: {{column: {_key(column)}, types: {{{types}}}}}; it turns "
        "amount, cost and quantity together"
    )


def _key(text: str) -> str:
    """Return a text as YAML reads it back."""
    return text if text.isidentifier() else json.dumps(text, ensure_ascii=False)


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
