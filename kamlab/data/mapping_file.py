"""Read a mapping from YAML, and say everything that is wrong with it at once.

A mapping is checked against tables of allowed keys, each with the check of its value.
The values are plain YAML; nothing in a mapping is ever executed. What it looks like
stands in `kamlab.data.mapping_reference`.
"""

from collections.abc import Callable
from dataclasses import fields
from functools import partial
from pathlib import Path

from kamlab.data import mapping_values as check
from kamlab.data.contract import TABLES
from kamlab.data.mapping import (
    EXACT_DUPLICATES,
    ONE_ROW_PER_KEY,
    PREDICATES,
    ColumnSource,
    Control,
    CurrencyRates,
    DropRule,
    Format,
    Mapping,
    TableMapping,
)
from kamlab.data.mapping_text import load_text
from kamlab.data.mapping_values import Problems
from kamlab.data.rules import RULES
from kamlab.errors import UsageError, did_you_mean
from kamlab.fiscal import FiscalCalendar

_Checks = dict[str, Callable[[object, str, Problems], object]]

_CALENDAR: _Checks = {
    "first_month": check.whole(1, 12),
    "named_by": check.one_of("start", "end"),
}
_FORMAT: _Checks = {
    "encoding": check.encoding,
    "delimiter": check.character,
    "quote": check.quote,
    "decimal": check.one_of(".", ","),
    "thousands": check.one_of("", ",", ".", " ", "'", "’"),
    "dates": check.date_formats,
    "blank": check.texts,
    "skip_lines": check.whole(0, 1000),
}
_COLUMN: _Checks = {
    "from": check.text,
    "product": check.texts,
    "sum": check.texts,
    "difference": check.texts,
    "constant": check.scalar,
    "strip_prefix": check.text,
    "strip_suffix": check.text,
    "split": lambda node, path, problems: _section(node, path, _SPLIT, problems),
    "take_last": check.whole(1, 1000),
    "drop_last": check.whole(1, 1000),
    "values": check.translations,
    "default": check.scalar,
    "negate": lambda node, path, problems: _negate(node, path, problems),
    "format": check.date_formats,
    "decimal": _FORMAT["decimal"],
    "thousands": _FORMAT["thousands"],
}
_NEGATE: _Checks = {"column": check.text, "in": check.texts}
_SPLIT: _Checks = {"by": check.text, "part": check.whole(-100, 100)}
_ORIGINS = ("from", "constant", "product", "sum", "difference")
_DROP: _Checks = {
    "name": check.text,
    "column": check.text,
    "is": check.one_of("blank", "filled"),
    "equals": check.scalar_or_number,
    "in": check.texts,
    "starts_with": check.text,
    "matches": check.pattern,
    **dict.fromkeys(("below", "at_most", "above", "at_least"), check.number),
}
_CONTROL: _Checks = {
    "name": check.text,
    "period": check.period,
    "net_amount": check.number,
}
_CURRENCY: _Checks = {"column": check.text, "rates": check.rates}


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
    problems: Problems = [f"{key} stands twice; keep one" for key in repeated]
    mapping = _mapping(content, problems)
    if problems or mapping is None:
        listed = "".join(f"\n- {each}" for each in problems)
        raise UsageError(f"{path.name}: {len(problems)} to mend:{listed}")
    return mapping


def _section(node: object, path: str, checks: _Checks, problems: Problems) -> dict:
    """Check a section's keys and values; what is wrong goes to `problems`."""
    if not isinstance(node, dict):
        where = path or "the mapping"
        problems.append(f"{where} = {node!r}; keys and values belong there")
        return {}
    known = {}
    for key, value in node.items():
        name = str(key)
        where = f"{path}.{name}" if path else name
        if name in checks:
            known[name] = checks[name](value, where, problems)
        else:
            hint = did_you_mean(name, checks)
            problems.append(f"{where} is not a key of a mapping: {hint}")
    return known


def _require(
    known: dict, node: object, path: str, keys: tuple, problems: Problems
) -> None:
    for key in keys:
        if isinstance(node, dict) and key not in node:
            problems.append(f"{path}.{key} is missing; add it")


def _mapping(content: object, problems: Problems) -> Mapping | None:
    top: _Checks = {
        "portfolio": _portfolio,
        "tables": _tables,
        "limits": _limits,
        "controls": lambda *node: _listed(_control, *node),
    }
    known = _section(content, "", top, problems)
    for key in ("portfolio", "tables"):
        if key not in known:
            problems.append(f"{key} is missing; a mapping needs this section")
    if problems:
        return None
    return Mapping(**known.pop("portfolio"), **known)


def _portfolio(node: object, path: str, problems: Problems) -> dict:
    checks: _Checks = {
        "name": check.text,
        "currency": check.text,
        "data_through": check.past_day,
        "calendar": _calendar,
        "order_date_is": check.one_of("order", "invoice"),
        "account_level": check.one_of("sold-to", "ship-to", "payer", "parent"),
    }
    known = _section(node, path, checks, problems)
    _require(known, node, path, ("currency",), problems)
    return {"name": "", **known}


def _calendar(node: object, path: str, problems: Problems) -> FiscalCalendar:
    before = len(problems)
    known = _section(node, path, _CALENDAR, problems)
    return FiscalCalendar(**known) if len(problems) == before else FiscalCalendar()


def _limits(node: object, path: str, problems: Problems) -> dict[str, float]:
    warnings = [name for name, rule in RULES.items() if rule.severity == "warning"]
    return _section(
        node, path, dict.fromkeys(["default", *warnings], check.share), problems
    )


def _tables(node: object, path: str, problems: Problems) -> dict[str, TableMapping]:
    checks: _Checks = {name: partial(_table, name) for name in TABLES}
    known = _section(node, path, checks, problems)
    _require(known, node, path, ("orders",), problems)
    return known


def _table(
    name: str, node: object, path: str, problems: Problems
) -> TableMapping | None:
    checks: _Checks = {
        "files": check.file_patterns,
        "format": _format,
        "columns": partial(_columns, name),
        "drop": lambda *node: _listed(_drop_rule, *node),
        "exact_duplicates": check.one_of("keep", "drop"),
        "one_row_per_key": check.flag,
        "currency": _currency,
    }
    known = _section(node, path, checks, problems)
    _require(known, node, path, ("columns",), problems)
    _rule_names(known.get("drop", ()), path, problems)
    return TableMapping(**{"files": (), **known}) if "columns" in known else None


def _rule_names(rules: tuple[DropRule, ...], path: str, problems: Problems) -> None:
    """The log counts rows by rule, so no two rules have the same name."""
    taken = [EXACT_DUPLICATES, ONE_ROW_PER_KEY]
    for rule in rules:
        if rule.name in taken:
            problems.append(
                f"{path}.drop: the name {rule.name!r} is taken; give another"
            )
        taken.append(rule.name)


def _format(node: object, path: str, problems: Problems) -> Format:
    known = _section(node, path, _FORMAT, problems)
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
    checks: _Checks = dict.fromkeys(declared.column_names, _column)
    known = _section(node, path, checks, problems)
    for name in declared.required:
        if isinstance(node, dict) and name not in node:
            what = declared.column(name).description
            problems.append(f"{path}.{name} is missing; it is required ({what})")
    return known


def _column(node: object, path: str, problems: Problems) -> ColumnSource:
    """Read 'order_id: InvoiceNo' or 'order_id: {from: InvoiceNo, …}'."""
    if not isinstance(node, dict):
        return ColumnSource(columns=(check.text(node, path, problems),))
    known = _section(node, path, _COLUMN, problems)
    origins = [key for key in _ORIGINS if key in node]
    if len(origins) != 1:
        wanted = ", ".join(_ORIGINS)
        told = " and ".join(origins) or "none of them"
        problems.append(f"{path} has {told}; give exactly one of: {wanted}")
        return ColumnSource()
    origin = origins[0]
    value = known.pop(origin, None)
    if origin != "constant":
        known["columns"] = value if isinstance(value, tuple) else (value,)
        known["combine"] = "" if origin == "from" else origin
        if len(known["columns"]) < 2 and origin != "from":
            problems.append(f"{path}.{origin} = {value!r}; name at least two columns")
    else:
        known["constant"] = value
    split = known.pop("split", {})
    known |= {"split_by": split.get("by", ""), "part": split.get("part", 1)}
    known["dates"] = known.pop("format", None)
    known |= known.pop("negate", {})
    allowed = {each.name for each in fields(ColumnSource)}
    return ColumnSource(**{key: known[key] for key in known if key in allowed})


def _negate(node: object, path: str, problems: Problems) -> dict[str, object]:
    """Read 'negate: true', or 'negate: {column: Type, in: [G2, S1]}'."""
    if not isinstance(node, dict):
        return {"negate": check.flag(node, path, problems)}
    known = _section(node, path, _NEGATE, problems)
    _require(known, node, path, ("column", "in"), problems)
    return {"negate_column": known.get("column", ""), "negate_in": known.get("in", ())}


def _listed(
    checked: Callable, node: object, path: str, problems: Problems
) -> tuple[object, ...]:
    """Check each item of a list, and leave out those that are wrong."""
    if not isinstance(node, list):
        problems.append(f"{path} = {node!r}; a list belongs there")
        return ()
    found = [
        checked(each, f"{path}[{number}]", problems) for number, each in enumerate(node)
    ]
    return tuple(each for each in found if each is not None)


def _control(node: object, path: str, problems: Problems) -> Control | None:
    known = _section(node, path, _CONTROL, problems)
    _require(known, node, path, tuple(_CONTROL), problems)
    return Control(**known) if set(known) == set(_CONTROL) else None


def _drop_rule(node: object, path: str, problems: Problems) -> DropRule | None:
    known = _section(node, path, _DROP, problems)
    _require(known, node, path, ("name", "column"), problems)
    asked = [key for key in PREDICATES if key in known]
    if len(asked) != 1:
        told = " and ".join(asked) or "none of them"
        listed = ", ".join(PREDICATES)
        problems.append(f"{path} has {told}; give exactly one of: {listed}")
        return None
    if not {"name", "column"} <= set(known):
        return None
    return DropRule(known["name"], known["column"], asked[0], known[asked[0]])


def _currency(node: object, path: str, problems: Problems) -> CurrencyRates | None:
    known = _section(node, path, _CURRENCY, problems)
    _require(known, node, path, ("column", "rates"), problems)
    return CurrencyRates(**known) if {"column", "rates"} <= set(known) else None
