"""Check what businesses book in their own way: document types, own companies, rates."""

import duckdb

from kamlab.data.checking.agreement_checks import check_agreements
from kamlab.data.checking.alias_checks import check_aliases
from kamlab.data.checking.document_checks import check_document_types
from kamlab.data.checking.rate_checks import check_rates
from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.findings.quality import Finding, make_finding
from kamlab.data.names.checks import check_names


def check_intercompany(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Return what stands in lines between own companies, which are no revenue.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table.
    cleaned : CleanTable
        The typed rows.
    """
    if not {"line_type", "net_amount"} <= set(cleaned.columns):
        return []
    rows, net = connection.execute(
        f"SELECT count(*), coalesce(sum(net_amount), 0) FROM {cleaned.name} "
        "WHERE dropped IS NULL AND line_type = 'intercompany'"
    ).fetchone()
    if not rows:
        return []
    return [
        make_finding(
            "intercompany_apart",
            cleaned.declared.name,
            "line_type",
            rows,
            amount=f"{net:,.2f}",
        )
    ]


_CHECKS = (
    check_agreements,
    check_document_types,
    check_intercompany,
    check_rates,
    check_aliases,
    check_names,
)


def check_business(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Return what the rules of business have found and done in one table.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table and its text.
    cleaned : CleanTable
        The typed rows.
    """
    return [found for check in _CHECKS for found in check(connection, cleaned)]
