"""Check order lines against the document types that a mapping declares."""

import duckdb

from kamlab.data.checking.weighing import weight
from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.parsing import present_sql
from kamlab.data.findings.quality import Finding, Sample, counted, make_finding
from kamlab.data.mapping.documents import CANCELLATIONS, CANCELLED

_HALF_A_CENT = 0.005
_MOST_NAMED = 12

#: Rows by document type: code, rows, net amount, absolute amount, first file and row.
_Counted = tuple[str, int, float, float, int, int]


def check_document_types(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Return what each document type came to, and which are not declared.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table and its text.
    cleaned : CleanTable
        The typed rows.
    """
    told = cleaned.mapping.document_types
    if told is None:
        return []
    found = _counted(connection, cleaned)
    declared = [each for each in found if each[0] in told.types]
    others = [each for each in found if each[0] not in told.types]
    findings = _undeclared(connection, cleaned, others) if others else []
    if declared:
        findings.append(_applied(cleaned, declared))
    return findings + _cancelled(connection, cleaned)


def _counted(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[_Counted]:
    """Return the kept rows by document type, the heaviest first."""
    mapping = cleaned.mapping
    code = present_sql(
        cleaned.raw.reference(mapping.document_types.column),
        mapping.format,
        cleaned.values,
    )
    sql = (
        f"SELECT coalesce({code}, '') AS code, count(*), coalesce(sum(net_amount), 0), "
        "coalesce(sum(abs(net_amount)), 0) AS weighs, arg_min(raw.file, seq), "
        f"arg_min(raw.row, seq) FROM {cleaned.joined} GROUP BY 1 "
        "ORDER BY weighs DESC, 1"
    )
    return connection.execute(sql, cleaned.values.used_in(sql)).fetchall()


def _samples(cleaned: CleanTable, found: list[_Counted]) -> list[Sample]:
    files = cleaned.raw.files
    return [Sample(files[each[4]].name, each[5], each[0]) for each in found]


def _listed(words: list[str]) -> str:
    more = len(words) - _MOST_NAMED
    kept = "; ".join(words[:_MOST_NAMED])
    return f"{kept}; and {more} more" if more > 0 else kept


def _undeclared(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable, others: list[_Counted]
) -> list[Finding]:
    derives = cleaned.mapping.document_types.derives_others
    rows = sum(each[1] for each in others)
    words = [
        f"{code or '(blank)'} ({counted(n)}, {net:,.2f})" for code, n, net, *_ in others
    ]
    return [
        make_finding(
            "document_type_derived" if derives else "document_type_undeclared",
            cleaned.declared.name,
            cleaned.mapping.document_types.column,
            rows,
            _samples(cleaned, others),
            **weight(connection, cleaned, rows, sum(each[3] for each in others)),
            counts=_listed(words),
            code=others[0][0] or '""',
        )
    ]


def _applied(cleaned: CleanTable, declared: list[_Counted]) -> Finding:
    types = cleaned.mapping.document_types.types
    words = [
        f"{code} is {types[code].line_type}"
        + (", sign turned" if types[code].negate else "")
        + f" ({counted(n)}, {net:,.2f})"
        for code, n, net, *_ in declared
    ]
    return make_finding(
        "document_types_applied",
        cleaned.declared.name,
        cleaned.mapping.document_types.column,
        sum(each[1] for each in declared),
        counts=_listed(words),
    )


def _cancelled(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Tell whether the invoices that were left out meet their cancellations."""
    if CANCELLATIONS not in cleaned.rules:
        return []
    sold, invoiced = _dropped(connection, cleaned, CANCELLED)
    back, taken = _dropped(connection, cleaned, CANCELLATIONS)
    rest = invoiced + taken
    met = abs(rest) <= _HALF_A_CENT
    weighs = {} if met else weight(connection, cleaned, sold + back, abs(rest))
    return [
        make_finding(
            "cancelled_dropped" if met else "cancelled_unpaired",
            cleaned.declared.name,
            "net_amount",
            sold + back,
            counts=f"{counted(sold)}, {invoiced:,.2f}",
            cancelling=f"{counted(back)}, {taken:,.2f}",
            difference=f"{rest:+,.2f}",
            **weighs,
        )
    ]


def _dropped(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable, rule: str
) -> tuple[int, float]:
    """Return rows and net amount that a rule took."""
    return connection.execute(
        f"SELECT count(*), coalesce(sum(net_amount), 0) FROM {cleaned.name} "
        f"WHERE dropped = {cleaned.rules.index(rule):d}"
    ).fetchone()
