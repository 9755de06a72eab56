"""SQL of the typed rows of a table, in stages, so that each is computed once.

Cells become texts, texts become values, and values the contract's columns, with a flag
for each text that could not be parsed.
"""

from typing import TYPE_CHECKING

from kamlab.data.cleaning.dated_rates import (
    CURRENCY_OF_ROW,
    DAY_OF_RATE,
    with_dated_rates,
)
from kamlab.data.cleaning.parsing import quoted
from kamlab.data.cleaning.plans import Part, Plan, drop_sql
from kamlab.data.cleaning.texts import CONSTANT, texts_sql
from kamlab.data.mapping.currency import RATE_DAYS
from kamlab.data.reading.raw import content_sql

if TYPE_CHECKING:
    from kamlab.data.cleaning.cleaning import CleanTable

#: The net amount before conversion, where a mapping converts.
UNCONVERTED = "unconverted_amount"

#: The contract's unit of columns that are converted with the rates of a mapping.
_MONEY = "reporting currency"

#: Decimals of converted money that is not rounded to cents.
_DECIMALS = 6


def staged_sql(cleaned: "CleanTable", reader: str = "") -> str:
    """Return SQL of the typed rows: texts, then values, then the contract's columns.

    Parameters
    ----------
    cleaned : CleanTable
        How they are made.
    reader : str
        SQL that reads their cells, in place of the raw table; then they have no
        numbers, and no columns that are the same in all rows: see `constants_sql`.

    Examples
    --------
    >>> from kamlab.data.cleaning.cleaning import planned
    >>> from kamlab.data.mapping.mapping import ColumnSource, TableMapping
    >>> from kamlab.data.reading.raw import RawTable
    >>> mapping, raw = TableMapping((), {"text": ColumnSource(("Text",))}), ("Text",)
    >>> cleaned = planned("events", mapping, RawTable("raw_events", raw), "EUR")
    >>> "raw_events" in staged_sql(cleaned), "raw_events" in staged_sql(cleaned, "june")
    (True, False)
    """
    parts = [part for plan in cleaned.plans for part in plan.parts]
    rates, known = _rates_sql(cleaned), _known_of_rows(cleaned, reader)
    same = constants(cleaned) if reader else {}
    dropped = f"{_dropped_sql(cleaned)} AS dropped"
    plain, texts = texts_sql(cleaned.raw.cells, parts)
    values = "".join(f", {part.value} AS {part.value_name}" for part in parts)
    rows = (
        f"SELECT *{values} FROM (SELECT {', '.join([*known.values(), dropped])}"
        f"{rates}{texts} FROM (SELECT *{plain} FROM {reader or cleaned.raw.name}))"
    )
    columns = [*known, "dropped"]
    if rates:
        columns += ["rate_is_known", CURRENCY_OF_ROW]
    if cleaned.has_dated_rates:
        rows = _with_rates(cleaned, rows)
        columns.append(DAY_OF_RATE)
    selected = {name: name for name in columns} | _selected(cleaned)
    listed = [f"{sql} AS {name}" for name, sql in selected.items() if name not in same]
    return f"SELECT {', '.join(listed)} FROM ({rows})"


def constants_sql(cleaned: "CleanTable") -> str:
    """Return SQL of the columns that are the same in all rows, each before a comma.

    Rows that are typed while they are read do not have them.

    Parameters
    ----------
    cleaned : CleanTable
        How they are made.

    Examples
    --------
    >>> from kamlab.data.cleaning.cleaning import planned
    >>> from kamlab.data.mapping.mapping import TableMapping
    >>> from kamlab.data.reading.raw import RawTable
    >>> cleaned = planned("events", TableMapping((), {}), RawTable("raw", ()), "EUR")
    >>> constants_sql(cleaned)
    'CAST(NULL AS INTEGER) AS dropped, '
    """
    same = constants(cleaned)
    return "".join(f"{sql} AS {name}, " for name, sql in same.items())


def constants(cleaned: "CleanTable") -> dict[str, str]:
    """Return SQL of the columns that are the same in all rows, by their names.

    Parameters
    ----------
    cleaned : CleanTable
        How they are made.

    Examples
    --------
    >>> from kamlab.data.cleaning.cleaning import planned
    >>> from kamlab.data.mapping.mapping import TableMapping
    >>> from kamlab.data.reading.raw import RawTable
    >>> cleaned = planned("events", TableMapping((), {}), RawTable("raw", ()), "EUR")
    >>> list(constants(cleaned))
    ['dropped']
    """
    same = {name: sql for name, sql in _selected(cleaned).items() if sql in CONSTANT}
    if not cleaned.mapping.drop:
        same["dropped"] = _dropped_sql(cleaned)
    return same


def _known_of_rows(cleaned: "CleanTable", reader: str) -> dict[str, str]:
    """Return SQL of what a row is known by, by its name."""
    known = {} if reader else {name: name for name in ("file", "row", "seq")}
    if cleaned.has_content:
        known["content"] = content_sql(cleaned.raw.cells) if reader else "content"
    return {name: f"{sql} AS {name}" for name, sql in known.items()}


def _with_rates(cleaned: "CleanTable", rows: str) -> str:
    """Return SQL of rows with the rate of their day, where rates change."""
    day = RATE_DAYS[cleaned.declared.name]
    valid = next(plan.value for plan in cleaned.plans if plan.name == day)
    own = cleaned.values.add(next(iter(cleaned.rates)))
    return with_dated_rates(rows, valid, cleaned.mapping.currency, own)


def _rates_sql(cleaned: "CleanTable") -> str:
    """SQL of the rate of each row's currency, nothing where money is not converted."""
    if not cleaned.currency_code:
        return ""
    code = f", {cleaned.currency_code} AS {CURRENCY_OF_ROW}"
    if cleaned.has_dated_rates:
        return code
    cases = " ".join(
        f"WHEN {cleaned.values.add(name)} THEN {cleaned.values.add(rate)}"
        for name, rate in cleaned.rates.items()
    )
    rate = f"CAST(CASE {cleaned.currency_code} {cases} END AS DOUBLE)"
    return f"{code}, {rate} AS rate, rate IS NOT NULL AS rate_is_known"


def _dropped_sql(cleaned: "CleanTable") -> str:
    """SQL of the first rule that takes the row, NULL where none does."""
    mapping, raw, values = cleaned.mapping, cleaned.raw, cleaned.values
    cases = " ".join(
        f"WHEN {drop_sql(rule, raw, mapping.format, values)} THEN {number:d}"
        for number, rule in enumerate(mapping.drop)
    )
    return f"CAST({f'CASE {cases} END' if cases else 'NULL'} AS INTEGER)"


def _selected(cleaned: "CleanTable") -> dict[str, str]:
    """SQL of the contract's columns, and of the flags for texts that do not parse."""
    selected: dict[str, str] = {}
    for plan in cleaned.plans:
        if plan.name in cleaned.columns:
            selected |= _typed(cleaned, plan)
        for part in plan.parts:
            if part.noted:
                note = part.noted if part.noted in CONSTANT else part.note
                selected[part.note] = note
            if plan.kind != "text":
                selected[part.flag] = _flag(part)
    return selected


def _flag(part: Part) -> str:
    """SQL of whether a text could not be parsed."""
    if part.is_sure:
        return "false"
    return f"{part.text_name} IS NOT NULL AND {part.valid} IS NULL"


def _typed(cleaned: "CleanTable", plan: Plan) -> dict[str, str]:
    """SQL of a column in the contract's type, money converted where it has to be."""
    column, value = cleaned.declared.column(plan.name), plan.value
    if not cleaned.currency_code or column.unit != _MONEY:
        return {quoted(plan.name): f"CAST({value} AS {column.sql_type})"}
    kept = cleaned.mapping.columns[plan.name].decimals
    decimals = _DECIMALS if kept is None else kept
    converted = {quoted(plan.name): f"round(({value}) * rate, {decimals:d})"}
    if plan.name == "net_amount":
        converted[UNCONVERTED] = value
    return converted
