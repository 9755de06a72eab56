"""Turn the text of a table into typed rows, and mark those that a rule leaves out.

No row disappears here: a row that is dropped carries the number of the rule that took
it, so that the log can account for every row of the export.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

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
from kamlab.data.cleaning.repeats import exact_repeats, later_rows
from kamlab.data.cleaning.texts import texts_sql
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
from kamlab.data.reading.raw import RawTable, content_sql

if TYPE_CHECKING:
    from kamlab.data.cleaning.row_order import RowOrder

#: The net amount before conversion, where a mapping converts.
UNCONVERTED = "unconverted_amount"

#: The contract's unit of columns that are converted with the rates of a mapping.
_MONEY = "reporting currency"

#: Decimals of converted money that is not rounded to cents.
_DECIMALS = 6


@dataclass(frozen=True)
class CleanTable:
    """The typed rows of a table in DuckDB, dropped ones included.

    Parameters
    ----------
    declared : Table
        The contract's table.
    name : str
        Of the DuckDB table or view: file, row, seq, dropped, the contract's columns,
        a flag for each column of the export that may fail to parse, and what is noted
        of its cells; content, where rows may have to be told apart by all their cells.
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
    rates : dict of str to float
        What one unit of a currency is in the reporting currency.
    proved : list of RowOrder
        What the order of the rows proves, once it was asked for.
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
    proved: "list[RowOrder]" = field(default_factory=list)

    @property
    def columns(self) -> list[str]:
        """The contract's columns that it has, in the contract's order."""
        there = {plan.name for plan in self.plans}
        return [name for name in self.declared.column_names if name in there]

    @property
    def has_whole_key(self) -> bool:
        """Whether every column of the contract's key comes from the export."""
        return set(self.declared.key) <= set(self.columns)

    @property
    def has_content(self) -> bool:
        """Whether rows may be repeated without repeating a key, which blocks."""
        return not self.has_whole_key or bool(self.mapping.exact_duplicates)

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
    cleaned = planned(table, mapping, raw, currency)
    if raw.typed_rows:
        _number_rows(connection, cleaned)
        return cleaned
    if _has_dated_rates(cleaned):
        ensure_rates(connection)
    sql = f"CREATE TABLE {cleaned.name} AS {staged_sql(cleaned)}"
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


def _number_rows(connection: duckdb.DuckDBPyConnection, cleaned: CleanTable) -> None:
    """See the typed rows of a file with their numbers, which are their places."""
    part = cleaned.raw.parts[0]
    connection.execute(
        f"CREATE VIEW {cleaned.name} AS SELECT CAST({part.file:d} AS INTEGER) AS file, "
        f"rowid + {part.first_row:d} AS row, rowid + {part.before + 1:d} AS seq, * "
        f"FROM {part.typed}"
    )


def planned(
    table: str, mapping: TableMapping, raw: RawTable, currency: str
) -> CleanTable:
    """Return how the typed rows of a table are made, before they are.

    Parameters
    ----------
    table : str
        The contract's table.
    mapping : TableMapping
        What its columns are made from, and which rows are left out.
    raw : RawTable
        The text.
    currency : str
        The reporting currency.

    Examples
    --------
    >>> raw = RawTable("raw_events", ("Text",))
    >>> planned("events", TableMapping((), {}), raw, "EUR").name
    'clean_events'
    """
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


def staged_sql(cleaned: CleanTable, reader: str = "") -> str:
    """Return SQL of the typed rows: texts, then values, then the contract's columns.

    Parameters
    ----------
    cleaned : CleanTable
        How they are made.
    reader : str
        SQL that reads their cells, in place of the raw table; then they have no
        numbers.

    Examples
    --------
    >>> raw = RawTable("raw_events", ("Text",))
    >>> cleaned = planned("events", TableMapping((), {}), raw, "EUR")
    >>> "raw_events" in staged_sql(cleaned), "raw_events" in staged_sql(cleaned, "june")
    (True, False)
    """
    parts = [part for plan in cleaned.plans for part in plan.parts]
    rates, known = _rates_sql(cleaned), _known_of_rows(cleaned, reader)
    kept = "".join(f"{name}, " for name in known)
    plain, texts = texts_sql(cleaned.raw.cells, parts)
    values = "".join(f", {part.value} AS {part.value_name}" for part in parts)
    rows = (
        f"SELECT *{values} FROM ("
        f"SELECT {', '.join([*known.values(), ''])}{_dropped_sql(cleaned)} AS dropped"
        f"{rates}{texts} FROM (SELECT *{plain} FROM {reader or cleaned.raw.name}))"
    )
    further = f", rate_is_known, {CURRENCY_OF_ROW}" if rates else ""
    if _has_dated_rates(cleaned):
        day = RATE_DAYS[cleaned.declared.name]
        valid = next(plan.value for plan in cleaned.plans if plan.name == day)
        own = cleaned.values.add(next(iter(cleaned.rates)))
        rows = with_dated_rates(rows, valid, cleaned.mapping.currency, own)
        further += f", {DAY_OF_RATE}"
    selected = "".join(f", {each}" for each in _selected(cleaned))
    return f"SELECT {kept}dropped{further}{selected} FROM ({rows})"


def _known_of_rows(cleaned: CleanTable, reader: str) -> dict[str, str]:
    """Return SQL of what a row is known by, by its name."""
    known = {} if reader else {name: name for name in ("file", "row", "seq")}
    if cleaned.has_content:
        known["content"] = content_sql(cleaned.raw.cells) if reader else "content"
    return {name: f"{sql} AS {name}" for name, sql in known.items()}


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
        selected += [part.note for part in plan.parts if part.noted]
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
    kept = cleaned.mapping.columns[plan.name].decimals
    decimals = _DECIMALS if kept is None else kept
    converted = f"round(({value}) * rate, {decimals:d}) AS {quoted(plan.name)}"
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
