"""Read a mapping from YAML, and say everything that is wrong with it at once.

A mapping is checked against tables of allowed keys, each with the check of its value.
The values are plain YAML; nothing in a mapping is ever executed. What it looks like
stands in `kamlab.data.mapping.reference`.
"""

from functools import partial
from pathlib import Path

from kamlab.data.contract import TABLES
from kamlab.data.findings.rules import RULES
from kamlab.data.mapping import values as check
from kamlab.data.mapping.columns import MARKS, column_source
from kamlab.data.mapping.controls import missing_for_controls, read_controls
from kamlab.data.mapping.currency import currency, reporting_currency, with_rates_first
from kamlab.data.mapping.documents import document_types, with_document_types
from kamlab.data.mapping.format import suffixes
from kamlab.data.mapping.join import join
from kamlab.data.mapping.levels import with_account_level
from kamlab.data.mapping.mapping import (
    EMPTY_CELLS,
    EXACT_DUPLICATES,
    ONE_ROW_PER_KEY,
    PREDICATES,
    ColumnSource,
    DropRule,
    Format,
    Mapping,
    TableMapping,
)
from kamlab.data.mapping.months import months_as_lines
from kamlab.data.mapping.names import decisions, with_decisions
from kamlab.data.mapping.places import PLACE, subtotal_words, unpivot, with_place
from kamlab.data.mapping.sections import Checks, listed, require, section
from kamlab.data.mapping.text import load_text
from kamlab.data.mapping.values import Problems
from kamlab.errors import UsageError
from kamlab.fiscal import FiscalCalendar

_CALENDAR: Checks = {
    "first_month": check.whole(1, 12),
    "named_by": check.one_of("start", "end"),
}
_FORMAT: Checks = {
    "encoding": check.encoding,
    "delimiter": check.character,
    "quote": check.quote,
    **MARKS,
    "dates": check.date_formats,
    "blank": check.texts,
    "skip_lines": check.whole(0, 1000),
    "header_lines": check.whole(1, 5),
    "symbols": check.texts,
    "suffixes": suffixes,
    "footer": check.text,
    "detect": check.flag,
}
_DROP: Checks = {
    "name": check.text,
    "column": check.text,
    "is": check.one_of("blank", "filled"),
    "equals": check.scalar_or_number,
    "in": check.texts,
    "starts_with": check.text,
    "matches": check.pattern,
    **dict.fromkeys(("below", "at_most", "above", "at_least"), check.number),
    "subtotals": subtotal_words,
}


def read_mapping(path: Path) -> Mapping:
    """Return what the mapping file says, or one error that lists all its problems.

    Parameters
    ----------
    path : Path
        A YAML file.

    Raises
    ------
    UsageError
        If the file cannot be read, is not YAML, or says what a mapping may not; each
        problem stands with its path, such as ``tables.orders.columns.acount_id``.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "mapping.yml"
    ...     _ = path.write_text(
    ...         "portfolio: {currency: EUR}\\n"
    ...         "tables: {orders: {files: '*.csv', columns: {order_id: Nr,"
    ...         " account_id: Kunde, order_date: Datum, net_amount: Netto}}}"
    ...     )
    ...     read_mapping(path).tables["orders"].columns["order_id"].columns
    ('Nr',)
    """
    content, repeated = load_text(path)
    content = with_decisions(content, Path(path).parent)
    problems: Problems = [f"{key} stands twice; keep one" for key in repeated]
    mapping = _mapping(with_account_level(content, problems), problems)
    if problems or mapping is None:
        listed = "".join(f"\n- {each}" for each in problems)
        raise UsageError(f"{path.name}: {len(problems)} to mend:{listed}")
    return mapping


def _mapping(content: object, problems: Problems) -> Mapping | None:
    top: Checks = {
        "portfolio": _portfolio,
        "tables": _tables,
        "limits": _limits,
        "missing_documents": check.one_of("keep", "remove"),
        "controls": lambda *node: read_controls(*node, _format),
    }
    known = section(content, "", top, problems)
    for key in ("portfolio", "tables"):
        if key not in known:
            problems.append(f"{key} is missing; a mapping needs this section")
    if not problems:
        orders = known["tables"]["orders"]
        problems += missing_for_controls(known.get("controls", ()), orders)
    if problems:
        return None
    return Mapping(**known.pop("portfolio"), **known)


def _portfolio(node: object, path: str, problems: Problems) -> dict:
    checks: Checks = {
        "name": check.text,
        "currency": reporting_currency,
        "data_through": check.past_day,
        "calendar": _calendar,
        "order_date_is": check.one_of("order", "invoice"),
        "account_level": check.one_of("sold-to", "ship-to", "payer", "parent"),
    }
    known = section(node, path, checks, problems)
    require(known, node, path, ("currency",), problems)
    return {"name": "", **known}


def _calendar(node: object, path: str, problems: Problems) -> FiscalCalendar:
    before = len(problems)
    known = section(node, path, _CALENDAR, problems)
    return FiscalCalendar(**known) if len(problems) == before else FiscalCalendar()


def _limits(node: object, path: str, problems: Problems) -> dict[str, float]:
    warnings = [name for name, rule in RULES.items() if rule.severity == "warning"]
    return section(
        node, path, dict.fromkeys(["default", *warnings], check.share), problems
    )


def _tables(node: object, path: str, problems: Problems) -> dict[str, TableMapping]:
    checks: Checks = {name: partial(_table, name) for name in TABLES}
    known = section(node, path, checks, problems)
    if isinstance(node, dict):
        known = months_as_lines(known, path, problems)
    return with_rates_first(known, path, problems)


def _table(
    name: str, node: object, path: str, problems: Problems
) -> TableMapping | None:
    checks: Checks = {
        "files": check.file_patterns,
        "format": _format,
        "columns": partial(_columns, name),
        "drop": lambda *node: listed(_drop_rule, *node),
        "exact_duplicates": check.one_of("keep", "drop"),
        "one_row_per_key": check.flag,
        "currency": currency,
        **({"document_types": document_types} if name == "orders" else {}),
        "account_names": decisions,
        "unpivot": unpivot,
        "fill_down": check.texts,
        "join": join,
        **PLACE,
    }
    known = section(node, path, checks, problems)
    require(known, node, path, ("columns",), problems)
    known = with_document_types(known, path, problems)
    _rule_names(known.get("drop", ()), path, problems)
    known = with_place(known, path, problems)
    return TableMapping(**{"files": (), **known}) if "columns" in known else None


def _rule_names(rules: tuple[DropRule, ...], path: str, problems: Problems) -> None:
    """The log counts rows by rule, so no two rules have the same name."""
    taken = [EXACT_DUPLICATES, ONE_ROW_PER_KEY, EMPTY_CELLS]
    for rule in rules:
        if rule.name in taken:
            problems.append(
                f"{path}.drop: the name {rule.name!r} is taken; give another"
            )
        taken.append(rule.name)


def _format(node: object, path: str, problems: Problems) -> Format:
    if node == "detect":
        return Format(detect=True)
    known = section(node, path, _FORMAT, problems)
    form = Format(**known)
    if form.decimal == form.thousands:
        problems.append(
            f"{path}: decimal and thousands are both {form.decimal!r}; they must differ"
        )
    return form


def _columns(
    table_name: str, node: object, path: str, problems: Problems
) -> dict[str, ColumnSource]:
    declared = TABLES[table_name]
    checks: Checks = dict.fromkeys(declared.column_names, column_source)
    known = section(node, path, checks, problems)
    for name, source in known.items():
        _check_kind(source, declared.column(name).dtype, f"{path}.{name}", problems)
    for name in declared.required:
        if isinstance(node, dict) and name not in node:
            what = declared.column(name).description
            problems.append(f"{path}.{name} is missing; it is required ({what})")
    return known


def _check_kind(source: ColumnSource, kind: str, path: str, problems: Problems) -> None:
    """Numbers are scaled and computed with, texts are joined, and nothing else."""
    scales = (source.unit, source.units or None, source.tax_rate, source.decimals)
    is_scaled = any(each is not None for each in scales)
    if (is_scaled or source.tax_column or source.inverse) and kind != "number":
        problems.append(f"{path} is no amount; take off unit, tax_rate, inverse, round")
    if source.strip_zeros and kind != "text":
        problems.append(f"{path} is no id; take off strip_zeros")
    if source.by_name and not path.endswith(".account_id"):
        problems.append(f"{path} is no account; take off by_name")
    if source.combine == "join" and kind != "text":
        problems.append(f"{path} is no text; take one column in place of join")
    if source.combine not in ("", "join") and kind not in ("number", "integer"):
        problems.append(f"{path} is no number; take off {source.combine}")


def _drop_rule(node: object, path: str, problems: Problems) -> DropRule | None:
    known = section(node, path, _DROP, problems)
    require(known, node, path, ("name", "column"), problems)
    asked = [key for key in PREDICATES if key in known]
    if len(asked) != 1:
        told = " and ".join(asked) or "none of them"
        choices = ", ".join(PREDICATES)
        problems.append(f"{path} has {told}; give exactly one of: {choices}")
        return None
    if not {"name", "column"} <= set(known):
        return None
    return DropRule(known["name"], known["column"], asked[0], known[asked[0]])
