"""Check the kept rows of a table against the contract, each fault with its weight.

Rules over single rows are SQL conditions; one pass over the table counts all of them,
and only those that were broken are asked for samples.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import duckdb

from kamlab.data.checking.diagnosis import diagnose
from kamlab.data.checking.weighing import rows_where, samples_where, weight
from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.parsing import quoted
from kamlab.data.cleaning.plans import is_id
from kamlab.data.contract import Column
from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.reading.parts import hold_text

#: What programs write into an id column where there is no id.
_PLACEHOLDERS = ("nan", "none", "null", "nat", "<na>", "#n/a", "#ref!")


@dataclass(frozen=True)
class LastDay:
    """A day after which a column has no business, and what a message calls it.

    Examples
    --------
    >>> LastDay(date(2025, 12, 31), "data_through").told
    'data_through 2025-12-31'
    """

    day: date
    called: str

    @property
    def told(self) -> str:
        """How a message names it.

        Examples
        --------
        >>> LastDay(date(2025, 1, 31), "today").told
        'today 2025-01-31'
        """
        return f"{self.called} {self.day}"


@dataclass(frozen=True)
class RowRule:
    """A rule over single rows: broken where the SQL `condition` holds.

    Examples
    --------
    >>> RowRule("below_minimum", "price_per", "price_per < 0").column
    'price_per'
    """

    rule: str
    column: str
    condition: str
    details: dict[str, object] = field(default_factory=dict)


def check_table(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    last_days: Mapping[str, LastDay],
) -> list[Finding]:
    """Return what is wrong with the kept rows of a table.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table.
    cleaned : CleanTable
        The typed rows.
    last_days : mapping of str to LastDay
        By column: the last day it may hold.
    """
    rules = [*_column_rules(cleaned, last_days), *_line_rules(cleaned)]
    faults = [
        RowRule("", plan.shown, part.flag)
        for plan in cleaned.plans
        if plan.kind != "text"
        for part in plan.parts
    ]
    counted = _count(connection, cleaned, [*rules, *faults])
    if any(counted[each.condition][0] for each in faults):
        hold_text(connection, cleaned.raw)
    findings = []
    for plan in cleaned.plans:
        for part in plan.parts:
            if counted.get(part.flag, (0, None))[0]:
                findings += diagnose(connection, cleaned, plan, part)
    findings = _header_once(findings)
    for rule in rules:
        rows, money = counted[rule.condition]
        if rows:
            findings.append(_found(connection, cleaned, rule, rows, money))
    return findings


def _header_once(findings: list[Finding]) -> list[Finding]:
    """Tell of a header among the rows in one column, not in each of the same rows."""
    headers = [each for each in findings if each.rule == "header_repeated"]
    told = max(headers, key=lambda each: each.rows, default=None)
    return [each for each in findings if each not in headers or each is told]


def _column_rules(
    cleaned: CleanTable, last_days: Mapping[str, LastDay]
) -> Iterable[RowRule]:
    for name in cleaned.columns:
        column = cleaned.declared.column(name)
        yield from _presence_rules(cleaned, column)
        yield from _value_rules(column)
        if last := last_days.get(name):
            later = f"{quoted(name)} > DATE '{last.day}'"
            yield RowRule("future_date", name, later, {"limit": last.told})


def _presence_rules(cleaned: CleanTable, column: Column) -> Iterable[RowRule]:
    """Ids and required columns must be there, and be meant."""
    name, cell = column.name, quoted(column.name)
    is_key = name in cleaned.declared.key and name != "account_id"
    if column.required or is_key:
        flags = [
            part.flag
            for plan in cleaned.plans
            if plan.name == name and plan.kind != "text"
            for part in plan.parts
        ]
        there = "".join(f" AND NOT {flag}" for flag in flags)
        if cleaned.currency_code and column.unit:
            there += " AND rate_is_known"
        rule = "blank_id" if is_id(column) else "blank_value"
        yield RowRule(rule, name, f"{cell} IS NULL{there}")
    if is_id(column):
        listed = ", ".join(f"'{each}'" for each in _PLACEHOLDERS)
        science = "[0-9]([.,][0-9]+)?[eE][+][0-9]+"
        # Few ids are so short, or hold a plus; only those are looked at closely.
        may_be, longest = f"contains({cell}, '+')", max(map(len, _PLACEHOLDERS))
        placeholder = f"strlen({cell}) <= {longest:d} THEN lower({cell}) IN ({listed})"
        scientific = f"{may_be} THEN regexp_full_match({cell}, '{science}')"
        yield RowRule("placeholder_id", name, f"CASE WHEN {placeholder} END")
        yield RowRule("scientific_id", name, f"CASE WHEN {scientific} END")


def _value_rules(column: Column) -> Iterable[RowRule]:
    """Numbers are finite and within bounds, texts among those allowed."""
    name, cell = column.name, quoted(column.name)
    if column.dtype == "number":
        yield RowRule("infinite_amount", name, f"NOT isfinite({cell})")
    if column.allowed:
        listed = ", ".join(f"'{each}'" for each in column.allowed)
        told = ", ".join(column.allowed)
        yield RowRule(
            "not_allowed", name, f"{cell} NOT IN ({listed})", {"allowed": told}
        )
    if column.minimum is not None:
        limit = {"limit": f"{column.minimum:g}"}
        yield RowRule("below_minimum", name, f"{cell} < {column.minimum}", limit)
    if column.maximum is not None:
        limit = {"limit": f"{column.maximum:g}"}
        above = f"{cell} > {column.maximum} AND isfinite({cell})"
        yield RowRule("above_maximum", name, above, limit)


def _line_rules(cleaned: CleanTable) -> Iterable[RowRule]:
    """Rules between the columns of an order line, where it has them."""
    there = set(cleaned.columns)
    for column, rule in (
        ("promised_date", "promised_before_order"),
        ("delivered_date", "delivered_before_order"),
    ):
        if {column, "order_date"} <= there:
            yield RowRule(rule, column, f"{column} < order_date")
    if {"net_amount", "quantity", "unit_net_price"} <= there:
        per = "coalesce(nullif(price_per, 0), 1)" if "price_per" in there else "1"
        kind = "line_type = 'sale'" if "line_type" in there else "net_amount >= 0"
        computed = f"quantity * unit_net_price / {per}"
        # Prices are rounded to the cent, so a line may be off half a cent a unit.
        slack = "greatest(0.005 * abs(net_amount), 0.005 * abs(quantity) + 0.000001)"
        yield RowRule(
            "amount_not_price_times_quantity",
            "net_amount",
            f"{kind} AND abs(net_amount - {computed}) > {slack}",
        )


def _count(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable, rules: list[RowRule]
) -> dict[str, tuple[int, float | None]]:
    """Return rows and money of every condition; one pass tells which ever hold."""
    conditions = [rule.condition for rule in rules]
    counted = dict.fromkeys(conditions, (0, None))
    rows = _asked(connection, cleaned, "count_if({})", conditions)
    # Hardly any condition ever holds, and sums of money cost as much as the counts.
    broken = [each for each in conditions if rows[each]]
    weighed = f"sum({cleaned.money}) FILTER (WHERE {{}})"
    money = _asked(connection, cleaned, weighed, broken)
    return counted | {each: (rows[each], money[each]) for each in broken}


def _asked(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    aggregate: str,
    conditions: list[str],
) -> dict[str, float | None]:
    """Return an aggregate of the kept rows for which each condition holds."""
    if not conditions:
        return {}
    asked = ", ".join(aggregate.format(each) for each in conditions)
    sql = f"SELECT {asked} FROM {cleaned.name} WHERE dropped IS NULL"
    return dict(zip(conditions, connection.execute(sql).fetchone(), strict=True))


def _found(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    rule: RowRule,
    rows: int,
    money: float | None,
) -> Finding:
    samples = samples_where(connection, cleaned, rule.condition, quoted(rule.column))
    found = make_finding(
        rule.rule,
        cleaned.declared.name,
        rule.column,
        rows,
        samples,
        **weight(connection, cleaned, rows, money),
        affected=rows_where(cleaned, rule.condition),
        **rule.details,
    )
    return replace(found, remedy=found.remedy + _other_remedy(cleaned, rule, samples))


def _other_remedy(cleaned: CleanTable, rule: RowRule, samples: Sequence[Sample]) -> str:
    """Return what to write in the mapping, where it can be told."""
    source = cleaned.mapping.columns.get(rule.column)
    if source is None or len(source.columns) != 1:
        return ""
    (column,) = source.columns
    if rule.rule in ("blank_id", "blank_value"):
        told = f": {{name: no {rule.column}, column: {column}, is: blank}}"
        return told + _kept_amounts(cleaned, rule, column)
    if (rule.rule, rule.column) == ("not_allowed", "line_type"):
        listed = ", ".join(dict.fromkeys(each.value for each in samples))
        return (
            "; what is no revenue, as a pro forma invoice is none, is left out by "
            f"tables.{cleaned.declared.name}.drop: "
            f"[{{name: no sales, column: {column}, in: [{listed}]}}]"
        )
    return ""


def _kept_amounts(cleaned: CleanTable, rule: RowRule, column: str) -> str:
    """Return how lines without a customer are kept: dropped, the books would differ."""
    if rule.column != "account_id" or cleaned.declared.name != "orders":
        return ""
    told = f'{{from: {column}, default: "UNKNOWN"}}'
    return f"; to keep their amounts, write tables.orders.columns.account_id: {told}"
