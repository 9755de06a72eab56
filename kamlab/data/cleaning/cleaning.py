"""Turn the text of a table into typed rows, and mark those that a rule leaves out.

No row disappears here: a row that is dropped carries the number of the rule that took
it, so that the log can account for every row of the export.
"""

from dataclasses import dataclass, field

import duckdb

from kamlab.data.cleaning.dated_rates import (
    CURRENCY_OF_ROW,
    DAY_OF_RATE,
    ensure_rates,
    with_dated_rates,
)
from kamlab.data.cleaning.parsing import Values, present_sql, quoted
from kamlab.data.cleaning.plans import (
    NUMERIC_SIGNS,
    Plan,
    drop_sql,
    plan_column,
    plan_compared,
)
from kamlab.data.contract import Table
from kamlab.data.contract import table as declaration
from kamlab.data.mapping.currency import RATE_DAYS
from kamlab.data.mapping.mapping import (
    EXACT_DUPLICATES,
    ONE_ROW_PER_KEY,
    CurrencyRates,
    TableMapping,
)
from kamlab.data.names.keys import key_by_name
from kamlab.data.reading.raw import RawTable

#: The net amount before conversion, where a mapping converts.
UNCONVERTED = "unconverted_amount"

#: The contract's unit of columns that are converted with the rates of a mapping.
_MONEY = "reporting currency"


@dataclass(frozen=True)
class CleanTable:
    """The typed rows of a table in DuckDB, dropped ones included.

    Parameters
    ----------
    declared : Table
        The contract's table.
    name : str
        Of the DuckDB table: file, row, seq, content, dropped, the contract's columns
        and a flag for each column of the export that may fail to parse.
    raw : RawTable
        The text it was made from; `seq` joins the two.
    mapping : TableMapping
        How it was made.
    plans : list of Plan
        Of its columns, and of the numbers that drop rules compare.
    rules : list of str
        Names of the rules that drop rows; `dropped` is a position in this list.
    currency_code : str
        SQL of the currency in the raw table, empty where nothing is converted.
    values : Values
        What the SQL refers to.
    """

    declared: Table
    name: str
    raw: RawTable
    mapping: TableMapping
    plans: list[Plan]
    rules: list[str]
    currency_code: str
    values: Values
    rates: dict[str, float] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The contract's columns that it has, in the contract's order."""
        there = {plan.name for plan in self.plans}
        return [name for name in self.declared.column_names if name in there]

    @property
    def money(self) -> str:
        """SQL of the money a row carries, NULL where the table carries none."""
        return "abs(net_amount)" if "net_amount" in self.columns else "NULL"

    @property
    def joined(self) -> str:
        """SQL of the kept rows together with their text."""
        return (
            f"{self.name} JOIN {self.raw.name} AS raw USING (seq) "
            f"WHERE {self.name}.dropped IS NULL"
        )


def clean_table(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    mapping: TableMapping,
    raw: RawTable,
    currency: str,
) -> CleanTable:
    """Make the typed table ``clean_<table>`` and mark the rows that rules drop.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the raw table.
    table : str
        The contract's table.
    mapping : TableMapping
        What its columns are made from, and which rows are left out.
    raw : RawTable
        The text.
    currency : str
        The reporting currency, whose rate is 1 unless the mapping says otherwise.

    Examples
    --------
    >>> from kamlab.data.mapping.mapping import ColumnSource, DropRule
    >>> raw = RawTable("raw_events", ("Text",))
    >>> drop = DropRule("no text", "Text", "is", "blank")
    >>> mapping = TableMapping((), {"text": ColumnSource(("Text",))}, drop=(drop,))
    >>> with duckdb.connect() as connection:
    ...     _ = connection.execute(
    ...         "CREATE TABLE raw_events AS SELECT 0 AS file, seq + 1 AS row, seq, "
    ...         "seq AS content, c0 FROM (VALUES (1, 'strike'), (2, ' ')) AS v(seq, c0)"
    ...     )
    ...     cleaned = clean_table(connection, "events", mapping, raw, "EUR")
    ...     dropped_rows(connection, cleaned)
    [('no text', 1, None)]
    """
    cleaned = _planned(table, mapping, raw, currency)
    if _has_dated_rates(cleaned):
        ensure_rates(connection)
    sql = f"CREATE TABLE {cleaned.name} AS {_staged_sql(cleaned)}"
    connection.execute(sql, cleaned.values.used_in(sql))
    account = mapping.columns.get("account_id")
    if account is not None and account.by_name:
        key_by_name(connection, cleaned.name, mapping.account_names)
    if mapping.exact_duplicates == "drop":
        _drop(connection, cleaned, EXACT_DUPLICATES, exact_repeats(cleaned))
    if mapping.one_row_per_key:
        keys = [key for key in cleaned.declared.key if key in cleaned.columns]
        later = later_rows(cleaned, quoted(*keys))
        _drop(connection, cleaned, ONE_ROW_PER_KEY, later)
    return cleaned


def _planned(
    table: str, mapping: TableMapping, raw: RawTable, currency: str
) -> CleanTable:
    values, declared = Values(), declaration(table)
    plans = [
        plan_column(declared.column(name), source, raw, mapping.format, values)
        for name, source in mapping.columns.items()
    ]
    code, rates = "", {}
    if mapping.currency is not None:
        code = _code_sql(mapping.currency, mapping, raw, values)
        rates = {currency: 1.0, **mapping.currency.rates}
        plans += _before_conversion(plans, mapping)
    plans += _compared_numbers(mapping, raw, values)
    rules = [rule.name for rule in mapping.drop]
    if mapping.exact_duplicates == "drop":
        rules.append(EXACT_DUPLICATES)
    if mapping.one_row_per_key:
        rules.append(ONE_ROW_PER_KEY)
    return CleanTable(
        declared, f"clean_{table}", raw, mapping, plans, rules, code, values, rates
    )


def _code_sql(
    rates: CurrencyRates, mapping: TableMapping, raw: RawTable, values: Values
) -> str:
    reference = raw.reference(rates.column)
    present = present_sql(reference, mapping.format, values)
    return f"coalesce(trim({present}), '')"


def _before_conversion(plans: list[Plan], mapping: TableMapping) -> list[Plan]:
    """Keep amount and currency as the document has them, next to what they became."""
    amounts = [plan.value for plan in plans if plan.name == "net_amount"]
    if not amounts:
        return []
    kept = {
        "net_amount_original": ("number", amounts[0]),
        "currency": ("text", f"nullif({CURRENCY_OF_ROW}, '')"),
    }
    return [
        Plan(name, name, kind, (), value)
        for name, (kind, value) in kept.items()
        if name not in mapping.columns
    ]


def _compared_numbers(
    mapping: TableMapping, raw: RawTable, values: Values
) -> list[Plan]:
    return [
        plan_compared(rule, number, raw, mapping.format, values)
        for number, rule in enumerate(mapping.drop)
        if rule.predicate in NUMERIC_SIGNS
    ]


def _staged_sql(cleaned: CleanTable) -> str:
    """SQL of the typed rows: texts, then values, then the contract's columns."""
    parts = [part for plan in cleaned.plans for part in plan.parts]
    rates = _rates_sql(cleaned)
    texts = "".join(f", {part.text} AS {part.text_name}" for part in parts)
    values = "".join(f", {part.value} AS {part.value_name}" for part in parts)
    rows = (
        f"SELECT *{values} FROM ("
        f"SELECT file, row, seq, content, {_dropped_sql(cleaned)} AS dropped"
        f"{rates}{texts} FROM {cleaned.raw.name})"
    )
    kept = f", rate_is_known, {CURRENCY_OF_ROW}" if rates else ""
    if _has_dated_rates(cleaned):
        day = RATE_DAYS[cleaned.declared.name]
        valid = next(plan.value for plan in cleaned.plans if plan.name == day)
        own = cleaned.values.add(next(iter(cleaned.rates)))
        rows = with_dated_rates(rows, valid, cleaned.mapping.currency, own)
        kept += f", {DAY_OF_RATE}"
    return (
        f"SELECT file, row, seq, content, dropped{kept}, "
        f"{', '.join(_selected(cleaned))} FROM ({rows})"
    )


def _has_dated_rates(cleaned: CleanTable) -> bool:
    return cleaned.mapping.currency is not None and cleaned.mapping.currency.is_dated


def _rates_sql(cleaned: CleanTable) -> str:
    """SQL of the rate of each row's currency, nothing where money is not converted."""
    if not cleaned.currency_code:
        return ""
    code = f", {cleaned.currency_code} AS {CURRENCY_OF_ROW}"
    if _has_dated_rates(cleaned):
        return code
    cases = " ".join(
        f"WHEN {cleaned.values.add(name)} THEN {cleaned.values.add(rate)}"
        for name, rate in cleaned.rates.items()
    )
    rate = f"CAST(CASE {cleaned.currency_code} {cases} END AS DOUBLE)"
    return f"{code}, {rate} AS rate, rate IS NOT NULL AS rate_is_known"


def _dropped_sql(cleaned: CleanTable) -> str:
    """SQL of the first rule that takes the row, NULL where none does."""
    mapping, raw, values = cleaned.mapping, cleaned.raw, cleaned.values
    cases = " ".join(
        f"WHEN {drop_sql(rule, raw, mapping.format, values)} THEN {number:d}"
        for number, rule in enumerate(mapping.drop)
    )
    return f"CAST({f'CASE {cases} END' if cases else 'NULL'} AS INTEGER)"


def _selected(cleaned: CleanTable) -> list[str]:
    """SQL of the contract's columns, and of the flags for texts that do not parse."""
    selected = []
    for plan in cleaned.plans:
        if plan.name in cleaned.columns:
            selected.append(_typed(cleaned, plan))
        if plan.kind != "text":
            selected += [
                f"{part.text_name} IS NOT NULL AND {part.valid} IS NULL AS {part.flag}"
                for part in plan.parts
            ]
    return selected


def _typed(cleaned: CleanTable, plan: Plan) -> str:
    """SQL of a column in the contract's type, money converted where it has to be."""
    column, value = cleaned.declared.column(plan.name), plan.value
    if not cleaned.currency_code or column.unit != _MONEY:
        return f"CAST({value} AS {column.sql_type}) AS {quoted(plan.name)}"
    converted = f"round(({value}) * rate, 6) AS {quoted(plan.name)}"
    if plan.name != "net_amount":
        return converted
    return f"{converted}, {value} AS {UNCONVERTED}"


def _drop(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable, rule: str, rows: str
) -> None:
    """Mark the rows whose `seq` a query returns as taken by a rule."""
    number = cleaned.rules.index(rule)
    connection.execute(
        f"UPDATE {cleaned.name} SET dropped = {number:d} WHERE seq IN ({rows})"
    )


def exact_repeats(cleaned: CleanTable) -> str:
    """Return SQL of the kept rows that repeat an earlier one in every cell.

    Parameters
    ----------
    cleaned : CleanTable
        The typed rows.
    """
    cells = ", ".join(f"raw.{cell}" for cell in cleaned.raw.cells)
    # Comparing numbers leaves few rows whose cells have to be compared.
    alike = (
        f"SELECT content FROM {cleaned.name} WHERE dropped IS NULL "
        "GROUP BY content HAVING count(*) > 1"
    )
    return (
        f"SELECT unnest(list(seq ORDER BY seq)[2:]) FROM {cleaned.joined} "
        f"AND raw.content IN ({alike}) GROUP BY {cells} HAVING count(*) > 1"
    )


def later_rows(cleaned: CleanTable, by: str) -> str:
    """Return SQL of the kept rows that agree with an earlier one in the columns `by`.

    Parameters
    ----------
    cleaned : CleanTable
        The typed rows.
    by : str
        Columns, separated by commas.
    """
    return (
        f"SELECT unnest(list(seq ORDER BY seq)[2:]) FROM {cleaned.name} "
        f"WHERE dropped IS NULL GROUP BY {by} HAVING count(*) > 1"
    )


def dropped_rows(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[tuple[str, int, float | None]]:
    """Return name, rows and money of every rule that may drop rows.

    The money is the sum of the absolute net amounts, None where there are none.
    """
    counted = connection.execute(
        f"SELECT dropped, count(*), sum({cleaned.money}) FROM {cleaned.name} "
        "WHERE dropped IS NOT NULL GROUP BY 1"
    ).fetchall()
    by_rule = {number: (rows, money) for number, rows, money in counted}
    return [
        (name, *by_rule.get(number, (0, None)))
        for number, name in enumerate(cleaned.rules)
    ]
