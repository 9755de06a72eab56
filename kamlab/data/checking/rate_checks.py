"""Check that every amount in another currency has a rate for its month or day."""

import duckdb

from kamlab.data.checking.weighing import finding_where
from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.currency_rates import RATES_TABLE
from kamlab.data.cleaning.dated_rates import CURRENCY_OF_ROW, DAY_OF_RATE
from kamlab.data.cleaning.staging import UNCONVERTED
from kamlab.data.findings.quality import Finding, Sample, counted, make_finding

_MOST_MONTHS = 12


def check_dated_rates(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Return the currencies and months for which a rate is missing.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table, and the table of rates.
    cleaned : CleanTable
        The typed rows, converted with dated rates.
    """
    told = cleaned.mapping.currency
    rates = connection.execute(f"SELECT count(*) FROM clean_{RATES_TABLE}").fetchone()
    if not rates[0]:  # its own finding says why
        return []
    findings = _missing(connection, cleaned)
    if told.by == "month":
        findings += _several_a_month(connection, cleaned)
    return findings


def _missing(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """One finding for each currency, with months, rows and money."""
    amount = UNCONVERTED if "net_amount" in cleaned.columns else "NULL"
    found = connection.execute(
        f"SELECT upper({CURRENCY_OF_ROW}), strftime({DAY_OF_RATE}, '%Y-%m') AS month, "
        f"count(*), coalesce(sum(abs({amount})), 0), arg_min(file, seq), "
        f"arg_min(row, seq) FROM {cleaned.name} WHERE dropped IS NULL AND NOT "
        f"rate_is_known AND {DAY_OF_RATE} IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2"
    ).fetchall()
    by_code: dict[str, list[tuple]] = {}
    for code, *rest in found:
        by_code.setdefault(code, []).append(tuple(rest))
    return [_of_currency(cleaned, code, rest) for code, rest in by_code.items()]


def _of_currency(cleaned: CleanTable, code: str, months: list[tuple]) -> Finding:
    told, files = cleaned.mapping.currency, cleaned.raw.files
    rows = sum(each[1] for each in months)
    listed = [f"{m} ({counted(n)}, {money:,.2f})" for m, n, money, *_ in months]
    more = len(listed) - _MOST_MONTHS
    counts = ", ".join(listed[:_MOST_MONTHS]) + (f", {more} more" if more > 0 else "")
    way = "in the month" if told.by == "month" else f"of the last {told.within_days} "
    return make_finding(
        "rate_missing",
        cleaned.declared.name,
        told.column,
        rows,
        [Sample(files[file].name, row, code) for *_, file, row in months],
        share=rows / cleaned.raw.rows,
        counts=counts,
        way=way if told.by == "month" else f"{way}days",
    )


def _several_a_month(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """By month there is one rate of a currency; daily ones need another key."""
    found = connection.execute(
        "SELECT upper(trim(currency)) AS code, strftime(valid_on, '%Y-%m') AS month, "
        f"count(DISTINCT rate) FROM clean_{RATES_TABLE} WHERE dropped IS NULL AND "
        "valid_on IS NOT NULL GROUP BY 1, 2 HAVING count(DISTINCT rate) > 1 "
        "ORDER BY 1, 2"
    ).fetchall()
    if not found:
        return []
    code, month, rates = found[0]
    return [
        make_finding(
            "several_rates_a_month",
            RATES_TABLE,
            "rate",
            sum(each[2] for each in found),
            rates=rates,
            code=code,
            month=month,
            asking=cleaned.declared.name,
        )
    ]


def check_rates(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Return rates that cannot be: a table of rates holds numbers above 0.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table of rates.
    cleaned : CleanTable
        Its typed rows; nothing is found in any other table.
    """
    if cleaned.declared.name != RATES_TABLE:
        return []
    shown = "currency || ' on ' || valid_on"
    return finding_where(connection, cleaned, "rate_is_zero", "rate", "rate = 0", shown)
