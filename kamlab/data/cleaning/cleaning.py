"""Turn the text of a table into typed rows, and mark those that a rule leaves out.

No row disappears here: a row that is dropped carries the number of the rule that took
it, so that the log can account for every row of the export.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import duckdb

from kamlab.data.cleaning.dated_rates import CURRENCY_OF_ROW, ensure_rates
from kamlab.data.cleaning.parsing import Values, present_sql, quoted
from kamlab.data.cleaning.plans import (
    NUMERIC_SIGNS,
    Plan,
    plan_column,
    plan_compared,
)
from kamlab.data.cleaning.repeats import exact_repeats, later_rows
from kamlab.data.cleaning.staging import staged_sql
from kamlab.data.contract import Table
from kamlab.data.contract import table as declaration
from kamlab.data.mapping.mapping import (
    EXACT_DUPLICATES,
    ONE_ROW_PER_KEY,
    CurrencyRates,
    TableMapping,
)
from kamlab.data.names.keys import key_by_name
from kamlab.data.reading.raw import RawTable

if TYPE_CHECKING:
    from kamlab.data.cleaning.row_order import RowOrder


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
    def has_dated_rates(self) -> bool:
        """Whether money is converted at rates that change from day to day."""
        return self.mapping.currency is not None and self.mapping.currency.is_dated

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
    if cleaned.has_dated_rates:
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
        f"rowid + {part.first_row:d} AS row, rowid + {part.before + 1:d} AS seq, "
        f"{part.constants}* FROM {part.typed}"
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
