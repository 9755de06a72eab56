"""Read what document types mean, and spell it out as columns and rules of a table."""

from dataclasses import replace

from kamlab.data.cleaning.document_types import DocumentType, DocumentTypes
from kamlab.data.contract import LINE_TYPES
from kamlab.data.mapping import values as check
from kamlab.data.mapping.mapping import ColumnSource, DropRule
from kamlab.data.mapping.sections import Checks, require, section
from kamlab.data.mapping.values import Problems
from kamlab.errors import did_you_mean

#: Names of the rules that take an invoice and its cancellation, where both are dropped.
CANCELLED, CANCELLATIONS = "cancelled documents", "their cancellations"

#: What a turned sign turns, beside the net amount, where it is mapped.
_TURNED = ("net_amount", "quantity", "cogs")

_EXCLUDE = "exclude"
_TYPE: Checks = {
    "line_type": check.one_of(*LINE_TYPES),
    "negate": check.flag,
    "exclude": check.text,
}
_CANCELLED: Checks = {"column": check.text, "in": check.texts}


def document_types(node: object, path: str, problems: Problems) -> DocumentTypes | None:
    """Read the column with the document type, and what each type means.

    Parameters
    ----------
    node : object
        The section as YAML holds it.
    path : str
        Its place in the mapping.
    problems : list of str
        Receives what is wrong.

    Examples
    --------
    >>> types = {"F2": "sale", "RE": {"line_type": "return"}, "IV": "exclude"}
    >>> told = document_types({"column": "FKART", "types": types}, "", [])
    >>> told.types["RE"].line_type, told.types["IV"].exclude
    ('return', 'excluded document type')
    """
    checks: Checks = {
        "column": check.text,
        "types": _types,
        "other": check.one_of("error", "derive"),
        "drop_cancelled": _cancelled,
    }
    known = section(node, path, checks, problems)
    require(known, node, path, ("column", "types"), problems)
    if not {"column", "types"} <= set(known):
        return None
    column, marks = known.get("drop_cancelled", ("", ()))
    derives = known.get("other") == "derive"
    return DocumentTypes(known["column"], known["types"], derives, column, marks)


def _types(node: object, path: str, problems: Problems) -> dict[str, DocumentType]:
    if not isinstance(node, dict) or not node:
        problems.append(f"{path} = {node!r}; pairs such as 'F2: sale' belong there")
        return {}
    return {
        str(code): _type(told, f"{path}.{code}", problems)
        for code, told in node.items()
    }


def _type(node: object, path: str, problems: Problems) -> DocumentType:
    """Read 'sale', 'exclude', or the keys of a type."""
    if not isinstance(node, dict):
        if node == _EXCLUDE:
            return DocumentType(exclude="excluded document type")
        if node in LINE_TYPES:
            return DocumentType(str(node))
        hint = did_you_mean(str(node), (*LINE_TYPES, _EXCLUDE))
        problems.append(f"{path} = {node!r} is no line type: {hint}")
        return DocumentType()
    known = section(node, path, _TYPE, problems)
    if ("line_type" in known) == ("exclude" in known):
        problems.append(f"{path}: give either line_type or exclude")
    return DocumentType(**known)


def _cancelled(
    node: object, path: str, problems: Problems
) -> tuple[str, tuple[str, ...]]:
    known = section(node, path, _CANCELLED, problems)
    require(known, node, path, tuple(_CANCELLED), problems)
    return known.get("column", ""), known.get("in", ())


def with_document_types(known: dict, path: str, problems: Problems) -> dict:
    """Return what is known of a table, its document types spelt out.

    They become the columns ``document_type`` and ``line_type``, signs that are turned,
    and rules that leave rows out.

    Parameters
    ----------
    known : dict
        Sections of the table, checked.
    path : str
        Its place in the mapping.
    problems : list of str
        Receives what is wrong.

    Examples
    --------
    >>> told = DocumentTypes("FKART", {"RE": DocumentType("return", negate=True)})
    >>> columns = {"net_amount": ColumnSource(("NETWR",))}
    >>> known = {"document_types": told, "columns": columns}
    >>> known = with_document_types(known, "tables.orders", [])
    >>> known["columns"]["net_amount"].negate_in, sorted(known["columns"])
    (('RE',), ['document_type', 'line_type', 'net_amount'])
    """
    told = known.get("document_types")
    if told is None or "columns" not in known:
        return known
    columns = known["columns"]
    if "line_type" in columns:
        problems.append(
            f"{path}.columns.line_type: document_types say it already; take one off"
        )
    meant = {code: t.line_type for code, t in told.types.items() if t.line_type}
    kinds = {
        "document_type": ColumnSource((told.column,)),
        **columns,
        "line_type": ColumnSource((told.column,), values=meant, only_listed=True),
    }
    turned = _turned(kinds, told, f"{path}.columns", problems)
    rules = (*known.get("drop", ()), *_rules(told))
    return {**known, "columns": {**kinds, **turned}, "drop": rules}


def _turned(
    columns: dict[str, ColumnSource], told: DocumentTypes, path: str, problems: Problems
) -> dict[str, ColumnSource]:
    """Return the columns whose sign depends on the document type."""
    turned = {}
    for name in _TURNED if told.negated else ():
        source = columns.get(name)
        if source is None:
            continue
        if source.negate or source.negate_column:
            problems.append(
                f"{path}.{name}.negate: document_types turn signs already; take one off"
            )
        turned[name] = replace(
            source, negate_column=told.column, negate_in=told.negated
        )
    return turned


def _rules(told: DocumentTypes) -> list[DropRule]:
    """Return the rules that leave out types, and invoices with their cancellations."""
    rules = [
        DropRule(f"{each.exclude} ({code})", told.column, "equals", code)
        for code, each in told.types.items()
        if each.exclude
    ]
    if told.cancelled_column:
        codes = [c for c, t in told.types.items() if t.line_type == "cancellation"]
        marked = DropRule(CANCELLED, told.cancelled_column, "in", told.cancelled_in)
        taking = DropRule(CANCELLATIONS, told.column, "in", tuple(codes))
        rules += [marked, taking] if codes else [marked]
    return rules
