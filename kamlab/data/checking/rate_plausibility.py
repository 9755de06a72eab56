"""Find rates that nobody can have paid: the wrong way round, per 100, or mistyped.

A rate says what one unit of a currency is worth. One that is far from what the
currency was worth for years, or from its own rate a month before, makes the revenue of
whole countries wrong, and nothing else would show it.
"""

import math

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.currency_rates import RATES_TABLE
from kamlab.data.findings.quality import Finding, Sample, make_finding

#: About what a unit was worth in US dollars from 2015 to 2025; only currencies that
#: stayed within a factor of two of it.
_DOLLARS = {
    "AUD": 0.7,
    "BRL": 0.22,
    "CAD": 0.75,
    "CHF": 1.08,
    "CNY": 0.145,
    "CZK": 0.044,
    "DKK": 0.15,
    "EUR": 1.11,
    "GBP": 1.3,
    "HKD": 0.128,
    "HUF": 0.003,
    "IDR": 0.000067,
    "INR": 0.0135,
    "JPY": 0.0081,
    "KRW": 0.0008,
    "MXN": 0.053,
    "NOK": 0.11,
    "PLN": 0.26,
    "RON": 0.23,
    "SEK": 0.108,
    "SGD": 0.74,
    "THB": 0.03,
    "TWD": 0.032,
    "USD": 1.0,
    "VND": 0.000043,
    "ZAR": 0.063,
}
_FAR = 4.0
_JUMP = 3.0
_MOST_DAYS = 100  # between rates that are compared
_FLIPPED, _STEADY = 0.03, 0.08


def usual_rate(code: str, currency: str) -> float | None:
    """Return about what one unit of a currency was worth for years, if that is known.

    Parameters
    ----------
    code, currency : str
        The currency, and the one in which its worth is told.

    Returns
    -------
    float or None
        Right within a factor of four.

    Examples
    --------
    >>> round(usual_rate("CNY", "EUR"), 2), usual_rate("VES", "EUR")
    (0.13, None)
    """
    worth, unit = _DOLLARS.get(code.upper()), _DOLLARS.get(currency.upper())
    return None if worth is None or unit is None else worth / unit


def check_rate_table(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable, currency: str
) -> list[Finding]:
    """Return the rates of a table that are far from what they were.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table of rates.
    cleaned : CleanTable
        Its typed rows; nothing is found in any other table.
    currency : str
        The reporting currency.
    """
    if cleaned.declared.name != RATES_TABLE:
        return []
    if not {"currency", "valid_on", "rate"} <= set(cleaned.columns):
        return []
    return _far_off(connection, cleaned, currency) + _jumps(connection, cleaned)


def check_fixed_rates(cleaned: CleanTable, currency: str) -> list[Finding]:
    """Return the rates of a mapping that are far from what they were for years.

    Parameters
    ----------
    cleaned : CleanTable
        A table with amounts in several currencies.
    currency : str
        The reporting currency.
    """
    told = cleaned.mapping.currency
    fixed = told.rates if told is not None and not told.is_dated else {}
    return [
        make_finding(
            "rate_implausible",
            cleaned.declared.name,
            told.column,
            0,
            code=code,
            rate=f"{rate:g}",
            usual=_shown(usual_rate(code, currency)),
            currency=currency,
            advice=_advice(
                code,
                rate,
                usual_rate(code, currency),
                f"write rates: {{{code}: {1 / rate:.4g}}}",
                f"write rates: {{{code}: {rate / 100:.4g}}}",
            ),
        )
        for code, rate in fixed.items()
        # A rate of 1 says that amounts are converted already.
        if rate != 1 and _is_far(rate, usual_rate(code, currency))
    ]


def _is_far(rate: float, usual: float | None) -> bool:
    return usual is not None and abs(math.log(rate / usual)) > math.log(_FAR)


def _shown(usual: float | None) -> str:
    return f"{usual:.2g}"


def _advice(
    code: str, rate: float, usual: float, inverted: str, per_hundred: str
) -> str:
    """Say what a rate that is far off probably is, the likelier first."""
    ways = [
        (abs(math.log(1 / rate / usual)), f"how many {code} one buys, {inverted}"),
        (abs(math.log(rate / 100 / usual)), f"the worth of 100 {code}, {per_hundred}"),
    ]
    likely = [told for distance, told in sorted(ways) if distance <= math.log(_FAR)]
    return (
        "; ".join(f"if it is {each}" for each in likely) or "correct it in the export"
    )


def _far_off(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable, currency: str
) -> list[Finding]:
    """One finding for each currency whose rates are usually far off."""
    found = connection.execute(
        "SELECT upper(trim(currency)) AS code, median(rate), count(*), "
        f"arg_min(file, seq), arg_min(row, seq) FROM {cleaned.name} "
        "WHERE dropped IS NULL AND rate > 0 GROUP BY 1 ORDER BY 1"
    ).fetchall()
    source = ", ".join(cleaned.mapping.columns["rate"].columns) or "…"
    column = f"tables.{RATES_TABLE}.columns.rate: {{from: {source}, "
    findings = []
    far = [
        code for code, rate, *_ in found if _is_far(rate, usual_rate(code, currency))
    ]
    per_hundred = f"set {column}unit: 0.01}}"
    if len(far) < len(found):  # the unit would be that of all currencies
        per_hundred = (
            f"set tables.{RATES_TABLE}.columns.rate: {{quotient: [{source}, COLUMN]}}, "
            "where COLUMN says how many units a rate is for"
        )
    for code, rate, rows, file, row in found:
        usual = usual_rate(code, currency)
        if code in far:
            ways = f"set {column}inverse: true}}", per_hundred
            told = make_finding(
                "rate_implausible",
                RATES_TABLE,
                "rate",
                rows,
                [Sample(cleaned.raw.files[file].name, row, f"{rate:g}")],
                share=rows / cleaned.raw.rows,
                code=code,
                rate=f"{rate:g}",
                usual=_shown(usual),
                currency=currency,
                advice=_advice(code, rate, usual, *ways),
            )
            findings.append(told)
    return findings


def _jumps(connection: duckdb.DuckDBPyConnection, cleaned: CleanTable) -> list[Finding]:
    """Rates that are far from the one before, or its inverse; one finding each."""
    found = connection.execute(
        "SELECT code, arg_min(rate, seq), arg_min(valid_on, seq), "
        "arg_min(rate_before, seq), arg_min(day_before, seq), arg_min(file, seq), "
        "arg_min(row, seq), count(*) FROM (SELECT *, upper(trim(currency)) AS code, "
        "lag(rate) OVER earlier AS rate_before, lag(valid_on) OVER earlier AS "
        f"day_before FROM {cleaned.name} WHERE dropped IS NULL AND rate > 0 AND "
        "valid_on IS NOT NULL WINDOW earlier AS (PARTITION BY upper(trim(currency)) "
        "ORDER BY valid_on, seq)) "
        f"WHERE valid_on - day_before <= {_MOST_DAYS} AND (abs(ln(rate / rate_before)) "
        f"> ln({_JUMP}) OR (abs(ln(rate * rate_before)) < {_FLIPPED} AND "
        f"abs(ln(rate / rate_before)) > {_STEADY})) GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return [
        make_finding(
            "rate_jumps",
            RATES_TABLE,
            "rate",
            rows,
            [Sample(cleaned.raw.files[file].name, row, f"{rate:g}")],
            code=code,
            rate=f"{rate:g} on {day}",
            before=f"{before:g} on {day_before}",
        )
        for code, rate, day, before, day_before, file, row, rows in found
    ]
