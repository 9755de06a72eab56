"""Let DuckDB's reader type cells itself, where that is proved to give the same.

The reader types numbers and days while it looks for the next separator, at a third of
what it costs to keep their texts and to look at each. It takes some for numbers that
nobody would write: see `BytesSeen`, which proves that a file holds none of them. What
else it refuses, takes for infinite or reads as the first of its days ends the attempt,
and the texts are looked at.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.parsing import plain_sql
from kamlab.data.cleaning.plans import Part, Plan
from kamlab.data.cleaning.staging import staged_sql
from kamlab.data.mapping.mapping import Format
from kamlab.data.reading.dates import EXCEL, ISO, strptime_pattern
from kamlab.data.reading.typing_rows import READER, CellTypes

_NUMBERS = ("number", "integer")

#: What the reader makes of "infinity" and "epoch"; a day that hardly any export holds.
_FIRST_DAY = "1900-01-01"

_DAY = re.compile("(%[dmYy][^%A-Za-z0-9]?)+")


def read_natively(
    cleaned: CleanTable, are_bare: bool, rows: Sequence[Sequence[str]]
) -> tuple[CleanTable, CellTypes]:
    """Return how typed rows are made of cells that the reader has typed, and of which.

    Parameters
    ----------
    cleaned : CleanTable
        How they are made from texts.
    are_bare : bool
        Whether no cell of the file holds a blank, or anything but ASCII.
    rows : sequence of sequence of str
        First rows of the file.

    Examples
    --------
    >>> from kamlab.data.cleaning.cleaning import planned
    >>> from kamlab.data.mapping.mapping import ColumnSource, TableMapping
    >>> from kamlab.data.reading.raw import RawTable
    >>> columns = {"order_id": "Nr", "line_id": "Pos", "order_date": "Tag"}
    >>> sources = {name: ColumnSource((column,)) for name, column in columns.items()}
    >>> mapping, raw = TableMapping((), sources), RawTable("raw", ("Nr", "Pos", "Tag"))
    >>> cleaned = planned("orders", mapping, raw, "EUR")
    >>> cleaned, cells = read_natively(cleaned, True, [["1", "10", "2025-01-31"]])
    >>> cells.types, cleaned.plans[2].parts[0].text
    ({'c2': 'DATE'}, 'c2')
    """
    cells = _candidates(cleaned, rows)
    native = _with_native(cleaned, cells, are_bare)
    # A cell that something else looks at as well has to stay a text.
    used = Counter(re.findall(r"\bc\d+\b", staged_sql(native, READER)))
    alone = {cell: kind for cell, kind in cells.types.items() if used[cell] == 1}
    cells = replace(cells, types=alone)
    return _with_native(cleaned, cells, are_bare), cells


def _candidates(cleaned: CleanTable, rows: Sequence[Sequence[str]]) -> CellTypes:
    """Return the cells that might be typed by the reader, all written in one way."""
    parts = [(plan.kind, part) for plan in cleaned.plans for part in plan.parts]
    days = {p.cell: _pattern(p.form) for kind, p in parts if _is_day(kind, p)}
    numbers = {
        part.cell: part.form.decimal
        for kind, part in parts
        if kind in _NUMBERS and _is_simple(part) and _may_be_number(part, rows)
    }
    pattern = next(iter(days.values()), _pattern(Format()))
    mark = next(iter(numbers.values()), Format().decimal)
    types = {cell: "DATE" for cell, each in days.items() if each == pattern}
    types |= {cell: "DOUBLE" for cell, each in numbers.items() if each == mark}
    return CellTypes(types, mark, pattern)


def _is_day(kind: str, part: Part) -> bool:
    """Whether a part is read as days that are written in one plain way."""
    if kind != "date" or not part.cell:
        return False
    # A text that stands for nothing might be a day.
    is_open = any(re.search(r"\d|epoch", each, re.I) for each in part.form.blank)
    return bool(_pattern(part.form)) and not is_open


def _pattern(form: Format) -> str:
    """Return the strptime pattern of days, nothing where there is not one plain way."""
    if len(form.dates) > 1 or EXCEL in form.dates:
        return ""
    pattern = strptime_pattern(*form.dates or [ISO])
    return pattern if "%d" in pattern and _DAY.fullmatch(pattern) else ""


def _is_simple(part: Part) -> bool:
    """Whether nothing but a sign and a mark that the reader knows is in numbers."""
    return bool(part.simple) and part.form.decimal in (".", ",")


def _may_be_number(part: Part, rows: Sequence[Sequence[str]]) -> bool:
    """Whether nobody has to ask whether the marks in a column are of thousands.

    It is asked of the texts, and quickly answered where one of the first has decimals
    that are no group of three.
    """
    column, mark = int(part.cell.removeprefix("c")), re.escape(part.form.decimal)
    decimals = re.compile(rf" *[+-]?\d+{mark}\d\d? *")
    return bool(not part.noted or part.form.thousands) or any(
        decimals.fullmatch(row[column]) for row in rows if column < len(row)
    )


def _with_native(cleaned: CleanTable, cells: CellTypes, are_bare: bool) -> CleanTable:
    plans = [_native_plan(plan, cells) for plan in cleaned.plans]
    if are_bare:
        plans = [_bare_plan(plan, cleaned.raw.cells) for plan in plans]
    return replace(cleaned, plans=plans)


def _native_plan(plan: Plan, cells: CellTypes) -> Plan:
    parts = tuple(
        _native_part(part, plan.kind) if part.cell in cells.types else part
        for part in plan.parts
    )
    return replace(plan, parts=parts)


def _native_part(part: Part, kind: str) -> Part:
    """Return a part whose cell has its value already, unless that is refused."""
    name, noted = part.text_name, "true" if part.noted else ""
    refused = f"isfinite({name}) IS FALSE"
    if kind == "date":
        refused += f" OR {name} = DATE '{_FIRST_DAY}'"
    value = f"CASE WHEN {refused} THEN error('refused') ELSE {name} END"
    if kind == "integer":
        value = f"CASE WHEN {name} % 1 = 0 THEN TRY_CAST({value} AS BIGINT) END"
    told = replace(part, text=part.cell, value=value, noted=noted, simple="")
    return replace(told, is_sure=kind == "number")


def _bare_plan(plan: Plan, cells: Sequence[str]) -> Plan:
    return replace(plan, parts=tuple(_bare_part(part, cells) for part in plan.parts))


def _bare_part(part: Part, cells: Sequence[str]) -> Part:
    """Return a part of an id, of which no cell has to be asked whether it is plain."""
    for cell in cells:
        if plain_sql(cell) in part.noted:
            text = part.text.replace(plain_sql(cell), "true")
            return replace(part, text=text, noted="false")
    return part
