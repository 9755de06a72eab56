"""Read how one column of the contract is made from the export."""

from dataclasses import fields

from kamlab.data.mapping import values as check
from kamlab.data.mapping.mapping import ColumnSource
from kamlab.data.mapping.sections import Checks, require, section
from kamlab.data.mapping.values import Problems

#: How numbers are written, for a table or for one column.
MARKS: Checks = {
    "decimal": check.one_of(".", ","),
    "thousands": check.one_of("", ",", ".", " ", "'", "’"),
}
_COLUMN: Checks = {
    "from": lambda node, path, problems: _names(node, path, problems),
    "product": check.texts,
    "sum": check.texts,
    "difference": check.texts,
    "quotient": check.texts,
    "join": check.texts,
    "constant": check.scalar,
    "strip_prefix": check.text,
    "strip_suffix": check.text,
    "strip_zeros": check.flag,
    "split": lambda node, path, problems: section(node, path, _SPLIT, problems),
    "take_last": check.whole(1, 1000),
    "drop_last": check.whole(1, 1000),
    "values": check.translations,
    "default": check.scalar,
    "negate": lambda node, path, problems: _negate(node, path, problems),
    "format": check.date_formats,
    "unit": lambda node, path, problems: _unit(node, path, problems),
    "tax_rate": lambda node, path, problems: _tax(node, path, problems),
    "inverse": check.flag,
    "round": check.whole(0, 6),
    "by_name": check.flag,
    **MARKS,
}
_NEGATE: Checks = {"column": check.text, "in": check.texts}
_TAX: Checks = {"column": check.text, "unit": check.above_zero}
_SPLIT: Checks = {"by": check.text, "part": check.whole(-100, 100)}
_ORIGINS = ("from", "constant", "product", "sum", "difference", "quotient", "join")


def column_source(node: object, path: str, problems: Problems) -> ColumnSource:
    """Read the name of a column of the export, or how a column is made from some.

    Examples
    --------
    >>> column_source({"sum": ["A", "B"]}, "tables.orders.columns.cogs", []).combine
    'sum'
    """
    if not isinstance(node, dict):
        return ColumnSource(columns=(check.text(node, path, problems),))
    known = section(node, path, _COLUMN, problems)
    origins = [key for key in _ORIGINS if key in node]
    if len(origins) != 1:
        wanted = ", ".join(_ORIGINS)
        told = " and ".join(origins) or "none of them"
        problems.append(f"{path} has {told}; give exactly one of: {wanted}")
        return ColumnSource()
    origin = origins[0]
    value = known.pop(origin, None)
    if origin == "from":
        known["columns"], known["also"] = value[:1], value[1:]
    elif origin != "constant":
        known["columns"] = value if isinstance(value, tuple) else (value,)
        known["combine"] = origin
        if len(known["columns"]) < 2:
            problems.append(f"{path}.{origin} = {value!r}; name at least two columns")
    else:
        known["constant"] = value
    split = known.pop("split", {})
    known |= {"split_by": split.get("by", ""), "part": split.get("part", 1)}
    known["dates"] = known.pop("format", None)
    known["decimals"] = known.pop("round", None)
    for key in ("negate", "tax_rate", "unit"):
        known |= known.pop(key, {})
    allowed = {each.name for each in fields(ColumnSource)}
    return ColumnSource(**{key: known[key] for key in known if key in allowed})


def _names(node: object, path: str, problems: Problems) -> tuple[str, ...]:
    """Read the name of a column, or a list of what it is called here and there."""
    if not isinstance(node, list):
        return (check.text(node, path, problems),)
    if not node:
        problems.append(f"{path} is an empty list; name the column")
        return ("",)
    return tuple(check.text(each, path, problems) for each in node)


def _unit(node: object, path: str, problems: Problems) -> dict[str, object]:
    """Read 'unit: 10000', or by the text that says so: {元: 1, 万元: 10000}."""
    if not isinstance(node, dict):
        return {"unit": check.above_zero(node, path, problems)}
    if not node:
        problems.append(f"{path} is empty; give a number, or one for each text")
    return {
        "units": {
            " ".join(str(text).split()): check.above_zero(
                worth, f"{path}.{text}", problems
            )
            for text, worth in node.items()
        }
    }


def _negate(node: object, path: str, problems: Problems) -> dict[str, object]:
    """Read 'negate: true', or 'negate: {column: Type, in: [G2, S1]}'."""
    if not isinstance(node, dict):
        return {"negate": check.flag(node, path, problems)}
    known = section(node, path, _NEGATE, problems)
    require(known, node, path, ("column", "in"), problems)
    return {"negate_column": known.get("column", ""), "negate_in": known.get("in", ())}


def _tax(node: object, path: str, problems: Problems) -> dict[str, object]:
    """Read 'tax_rate: 0.13', or 'tax_rate: {column: Steuersatz, unit: 0.01}'."""
    if not isinstance(node, dict):
        return {"tax_rate": check.share(node, path, problems)}
    known = section(node, path, _TAX, problems)
    require(known, node, path, ("column",), problems)
    return {"tax_column": known.get("column", ""), "tax_unit": known.get("unit", 1.0)}
