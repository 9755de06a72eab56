"""SQL of a value that is computed from its parts: combined, scaled, rounded."""

from collections.abc import Sequence

from kamlab.data.mapping.mapping import ColumnSource

_SIGNS = {"product": " * ", "sum": " + ", "difference": " - ", "quotient": " / "}

#: Six decimals are far below a cent and take off the noise of binary fractions; a rate
#: of exchange for 100 or 1,000 units has digits below them.
_DECIMALS = {"quotient": 12}
_USUAL_DECIMALS = 6


def combined_sql(parts: Sequence[str], source: ColumnSource) -> str:
    """Return the SQL of the one part, or of several computed together.

    Parameters
    ----------
    parts : sequence of str
        SQL of each.
    source : ColumnSource
        What is done with them.

    Examples
    --------
    >>> combined_sql(["a", "b"], ColumnSource(("A", "B"), "quotient"))
    'round((a) / (nullif(b, 0)), 12)'
    """
    if not source.combine:
        return parts[0]
    if source.combine == "join":
        return f"concat_ws(' ', {', '.join(parts)})"
    if source.combine == "quotient":
        parts = [parts[0], *(f"nullif({each}, 0)" for each in parts[1:])]
    together = _SIGNS[source.combine].join(f"({each})" for each in parts)
    return f"round({together}, {_DECIMALS.get(source.combine, _USUAL_DECIMALS):d})"


def scaled_sql(value: str, source: ColumnSource, unit: str = "") -> str:
    """Return the SQL of a value in whole units and without VAT, as declared.

    Parameters
    ----------
    value : str
        SQL of the value as the export has it.
    source : ColumnSource
        Its rate of tax.
    unit : str
        SQL of what one unit of it is worth.

    Examples
    --------
    >>> scaled_sql("a", ColumnSource(("A",)), "10000.0")
    'round((a) * 10000.0 / 1.0, 6)'
    """
    if source.month_end:
        return f"last_day({value})"
    if source.inverse:
        return f"1.0 / nullif({value}, 0)"
    if not unit and source.tax_rate is None:
        return value
    return f"round(({value}) * {unit or 1.0} / {1 + (source.tax_rate or 0.0)!r}, 6)"


def rounded_sql(value: str, source: ColumnSource) -> str:
    """Return the SQL of a value, rounded where the books round each line.

    Parameters
    ----------
    value : str
        SQL of the value.
    source : ColumnSource
        The decimals that it keeps, None for all of them.

    Examples
    --------
    >>> import duckdb
    >>> with duckdb.connect() as connection:
    ...     sql = rounded_sql("9.12345", ColumnSource(("A",), decimals=2))
    ...     connection.execute(f"SELECT {sql} AS net").fetchone()
    (Decimal('9.12'),)
    """
    if source.decimals is None:
        return value
    return f"round({value}, {source.decimals:d})"
