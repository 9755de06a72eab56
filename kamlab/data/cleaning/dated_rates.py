"""SQL that finds the rate of exchange which held on the day of each row.

By month, a row takes the rate of its month. By day, it takes the last rate on or before
its day, as long as that rate is not too old: banks quote none on holidays.
"""

import duckdb

from kamlab.data.cleaning.currency_rates import RATES_TABLE, CurrencyRates

#: Columns of the stage in which rates are joined to the rows.
CURRENCY_OF_ROW, DAY_OF_RATE = "currency_of_row", "day_of_rate"

_RATES = f"clean_{RATES_TABLE}"

#: Rates that a portfolio has already; an update's rates come before them.
RATES_BEFORE = "rates_before"


def with_dated_rates(rows: str, day: str, rates: CurrencyRates, own: str) -> str:
    """Return SQL of the rows with `day_of_rate`, `rate` and `rate_is_known`.

    Parameters
    ----------
    rows : str
        SQL of the rows, with a column `currency_of_row`.
    day : str
        SQL of the day whose rate counts.
    rates : CurrencyRates
        How the rate is found.
    own : str
        SQL of the reporting currency, whose rate is 1.

    Examples
    --------
    >>> rows = "SELECT 'USD' AS currency_of_row, DATE '2025-03-05' AS day"
    >>> sql = with_dated_rates(rows, "day", CurrencyRates("", by="month"), "'EUR'")
    >>> with duckdb.connect() as connection:
    ...     _ = connection.execute(
    ...         "CREATE TABLE clean_fx_rates AS SELECT 'USD' AS currency, 0.9 AS rate, "
    ...         "DATE '2025-03-31' AS valid_on, NULL AS dropped"
    ...     )
    ...     ensure_rates(connection)
    ...     connection.execute(f"SELECT rate, rate_is_known FROM ({sql})").fetchone()
    (0.9, True)
    """
    table = _known_rates(rates)
    same = f"fx.code = upper({CURRENCY_OF_ROW})"
    if rates.by == "day":
        join = f"ASOF LEFT JOIN {table} AS fx ON {same} AND fx.since <= {DAY_OF_RATE}"
        quoted = f"if({DAY_OF_RATE} - fx.since <= {rates.within_days:d}, quoted, NULL)"
    else:
        month = f"date_trunc('month', {DAY_OF_RATE})"
        join = f"LEFT JOIN {table} AS fx ON {same} AND fx.since = {month}"
        quoted = "quoted"
    return (
        "SELECT * EXCLUDE (code, since, quoted), rate IS NOT NULL AS rate_is_known "
        f"FROM (SELECT *, if(upper({CURRENCY_OF_ROW}) = upper({own}), 1, {quoted}) "
        f"AS rate FROM (SELECT *, {day} AS {DAY_OF_RATE} FROM ({rows})) {join})"
    )


def _known_rates(rates: CurrencyRates) -> str:
    """SQL of the rate of each currency and day, or month; an update's own first."""
    since = "valid_on" if rates.by == "day" else "date_trunc('month', valid_on)"
    asked = (
        f"SELECT upper(trim(currency)) AS code, {since} AS since, min(nullif(rate, 0)) "
        "AS quoted FROM {} WHERE dropped IS NULL AND valid_on IS NOT NULL GROUP BY ALL"
    )
    new, old = asked.format(_RATES), asked.format(RATES_BEFORE)
    older = f"SELECT old.* FROM ({old}) AS old ANTI JOIN ({new}) USING (code, since)"
    return f"({new} UNION ALL {older})"


def ensure_rates(connection: duckdb.DuckDBPyConnection) -> None:
    """Make an empty table of rates where there is none.

    One of the export that could not be read is a finding already; without its rates the
    other tables can still be checked. Only an update has rates of a portfolio.

    Examples
    --------
    >>> with duckdb.connect() as connection:
    ...     ensure_rates(connection)
    ...     connection.execute("SELECT count(*) FROM clean_fx_rates").fetchone()
    (0,)
    """
    for name in (_RATES, RATES_BEFORE):
        connection.execute(
            f"CREATE TABLE IF NOT EXISTS {name} "
            "(currency VARCHAR, valid_on DATE, rate DOUBLE, dropped INTEGER)"
        )
