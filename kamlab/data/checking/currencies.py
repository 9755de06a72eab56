"""Check that money in several currencies is never added up as if it were one.

And that a currency is written as the code that ISO 4217 has for it, so that its rate
is found.
"""

import duckdb

from kamlab.data.checking.rate_checks import check_dated_rates
from kamlab.data.checking.rate_plausibility import check_fixed_rates, check_rate_table
from kamlab.data.checking.weighing import rows_where, weight
from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.staging import UNCONVERTED
from kamlab.data.currency_codes import (
    currency_hint,
    is_currency_code,
    meant_currency,
)
from kamlab.data.findings.quality import Finding, Sample, counted, make_finding


def check_currencies(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable, currency: str
) -> list[Finding]:
    """Return the currencies for which a rate is missing, with what stands in them.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table.
    cleaned : CleanTable
        The typed rows.
    currency : str
        The reporting currency.
    """
    told = _unknown_codes(connection, cleaned, currency)
    told += check_rate_table(connection, cleaned, currency)
    told += check_fixed_rates(cleaned, currency)
    if cleaned.mapping.currency and cleaned.mapping.currency.is_dated:
        return told + check_dated_rates(connection, cleaned)
    if cleaned.currency_code:
        return told + _missing_rates(connection, cleaned)
    # Where the amount as invoiced is kept beside it, somebody has converted it.
    is_plain = "net_amount_original" not in cleaned.columns
    if is_plain and {"currency", "net_amount"} <= set(cleaned.columns):
        return told + _not_converted(connection, cleaned, currency)
    return told


def _unknown_codes(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable, currency: str
) -> list[Finding]:
    """Texts that are no codes, unless the mapping has a rate for them."""
    if "currency" not in cleaned.columns:
        return []
    rated = "AND NOT rate_is_known" if cleaned.currency_code else ""
    found = connection.execute(
        "SELECT trim(currency), count(*), arg_min(file, seq), arg_min(row, seq) "
        f"FROM {cleaned.name} WHERE dropped IS NULL AND trim(currency) <> '' {rated} "
        "GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    own = currency.casefold()
    unknown = [
        each
        for each in found
        if not is_currency_code(each[0]) and each[0].casefold() != own
    ]
    if not unknown:
        return []
    name, *_ = unknown[0]
    names = [each[0] for each in unknown]
    texts = ", ".join(cleaned.values.add(each) for each in names)
    files = cleaned.raw.files
    return [
        make_finding(
            "currency_unknown",
            cleaned.declared.name,
            "currency",
            sum(each[1] for each in unknown),
            [Sample(files[file].name, row, name) for name, _, file, row in unknown],
            share=sum(each[1] for each in unknown) / cleaned.raw.rows,
            affected=rows_where(cleaned, f"trim(currency) IN ({texts}) {rated}"),
            counts=", ".join(f"{n!r} ({counted(k)})" for n, k, *_ in unknown[:10]),
            hint=currency_hint(name),
            advice=_translation(cleaned, names),
        )
    ]


def _translation(cleaned: CleanTable, names: list[str]) -> str:
    """Say how the mapping turns texts into codes."""
    table = cleaned.declared.name
    if cleaned.currency_code:
        return f"give its rate as it stands there: tables.{table}.currency.rates"
    meant = ", ".join(f"{name}: {meant_currency(name) or '…'}" for name in names[:10])
    source = ", ".join(cleaned.mapping.columns["currency"].columns) or "…"
    told = f"currency: {{from: {source}, values: {{{meant}}}}}"
    return f"translate it: tables.{table}.columns.{told}"


def _missing_rates(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """A currency without a rate blocks, and says how much stands in it."""
    amount = UNCONVERTED if "net_amount" in cleaned.columns else "NULL"
    sql = (
        f"SELECT {cleaned.currency_code}, count(*), sum(abs({amount})), "
        f"arg_min(raw.file, seq), arg_min(raw.row, seq) FROM {cleaned.joined} "
        "AND NOT rate_is_known GROUP BY 1 ORDER BY 1"
    )
    found = connection.execute(sql, cleaned.values.used_in(sql)).fetchall()
    all_rows = cleaned.raw.rows
    return [
        make_finding(
            "currency_without_rate",
            cleaned.declared.name,
            cleaned.mapping.currency.column,
            rows,
            [Sample(cleaned.raw.files[file].name, row, name)],
            share=rows / all_rows,
            affected=f"SELECT seq FROM {cleaned.joined} AND NOT rate_is_known AND "
            f"{cleaned.currency_code} = {cleaned.values.add(name)}",
            amount=f"{money or 0:,.2f}",
        )
        for name, rows, money, file, row in found
    ]


def _not_converted(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable, currency: str
) -> list[Finding]:
    """Codes other than the reporting currency, where the mapping gives no rates."""
    other = _is_other(cleaned, currency)
    sql = (
        "SELECT currency, count(*), sum(net_amount), sum(abs(net_amount)), "
        f"arg_min(file, seq), arg_min(row, seq) FROM {cleaned.name} "
        f"WHERE dropped IS NULL AND {other} GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    found = connection.execute(sql, cleaned.values.used_in(sql)).fetchall()
    if not found:
        return []
    rows = sum(each[1] for each in found)
    money = sum(each[3] or 0 for each in found)
    files = cleaned.raw.files
    listed = [f"{name} ({counted(n)}, {net or 0:,.2f})" for name, n, net, *_ in found]
    column = ", ".join(cleaned.mapping.columns["currency"].columns) or "…"
    codes = ", ".join(f"{name}: …" for name, *_ in found[:10])
    told = f"{{column: {column}, rates: {{{codes}}}}}"
    return [
        make_finding(
            "currency_not_converted",
            cleaned.declared.name,
            "currency",
            rows,
            [Sample(files[file].name, row, name) for name, *_, file, row in found],
            **weight(connection, cleaned, rows, money),
            affected=rows_where(cleaned, other),
            currency=currency,
            counts=", ".join(listed[:10]) + (", …" if len(listed) > 10 else ""),
            advice=f"give rates: tables.{cleaned.declared.name}.currency: {told}",
        )
    ]


def _is_other(cleaned: CleanTable, currency: str) -> str:
    """SQL of whether a row is in another currency than the reporting currency."""
    return f"upper(trim(currency)) <> upper({cleaned.values.add(currency)})"
