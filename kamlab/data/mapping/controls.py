"""Read the section `controls` of a mapping: totals from the books, or files of them."""

from collections.abc import Iterable

from kamlab.data.contract import table
from kamlab.data.controls.totals import (
    COUNTS,
    EVERYTHING,
    MEASURES,
    SUMS,
    Control,
    ControlFile,
    span_of,
)
from kamlab.data.mapping import values as check
from kamlab.data.mapping.mapping import Format, TableMapping
from kamlab.data.mapping.sections import Checks, require, section
from kamlab.data.mapping.values import Check, Problems
from kamlab.errors import UsageError
from kamlab.fiscal import FiscalCalendar

_DAYS = ("order_date", "posted_on")

#: Columns of order lines that a total may be narrowed to.
NARROWING = tuple(
    column.name
    for column in table("orders")
    if column.dtype == "text" and column.name != "currency"
)


def _period(node: object, path: str, problems: Problems) -> str:
    label = check.text(node, path, problems)
    try:
        span_of(label, FiscalCalendar())
    except UsageError as error:
        problems.append(f"{path}: {error}; or '2025-01 to 2025-03', or {EVERYTHING!r}")
    return label


def _not_negative(node: object, path: str, problems: Problems) -> float:
    found = check.number(node, path, problems)
    if found < 0:
        problems.append(f"{path} = {node!r}; a tolerance is 0 or more")
    return found


def _where(node: object, path: str, problems: Problems) -> dict[str, tuple[str, ...]]:
    return section(node, path, dict.fromkeys(NARROWING, check.texts), problems)


_SHARED: Checks = {
    "name": check.text,
    "tolerance": _not_negative,
    "tolerance_share": check.share,
    "dated_by": check.one_of(*_DAYS),
}
_TOTAL: Checks = {
    **_SHARED,
    "period": _period,
    "until": check.past_day,
    **dict.fromkeys(MEASURES, check.number),
    "currency": check.text,
    "where": _where,
}
_COLUMNS: Checks = dict.fromkeys(
    ("period", "currency", *MEASURES, *NARROWING), check.text
)


def _file_checks(form: Check) -> Checks:
    return {
        **_SHARED,
        "file": _one_file,
        "sheet": check.text,
        "columns": lambda node, path, problems: section(node, path, _COLUMNS, problems),
        "format": form,
    }


def _one_file(node: object, path: str, problems: Problems) -> str:
    return check.file_patterns(check.text(node, path, problems), path, problems)[0]


def read_controls(
    node: object, path: str, problems: Problems, form: Check
) -> tuple[Control | ControlFile, ...]:
    """Return the control totals and files of control totals that a mapping names.

    Parameters
    ----------
    node : object
        A file, or a list of totals and files.
    path : str
        Its place in the mapping.
    problems : list of str
        Receives what is wrong.
    form : callable
        The check of a table's `format`, which holds for files of totals as well.

    Examples
    --------
    >>> from kamlab.data.mapping.text import Plain
    >>> total = {"name": "books", "period": "2024", "net_amount": Plain("9.5")}
    >>> read_controls([total], "controls", [], None)[0].amount
    9.5
    """
    if isinstance(node, dict):
        return _read_one(node, path, problems, form)
    if not isinstance(node, list):
        problems.append(f"{path} = {node!r}; a file, or a list of totals belongs there")
        return ()
    return tuple(
        control
        for number, each in enumerate(node)
        for control in _read_one(each, f"{path}[{number}]", problems, form)
    )


def _read_one(
    node: object, path: str, problems: Problems, form: Check
) -> tuple[Control | ControlFile, ...]:
    if isinstance(node, dict) and "file" in node:
        return _read_file(node, path, problems, form)
    return _read_total(node, path, problems)


def _read_file(
    node: dict, path: str, problems: Problems, form: Check
) -> tuple[ControlFile, ...]:
    before = len(problems)
    known = section(node, path, _file_checks(form), problems)
    require(known, node, path, ("columns",), problems)
    if "columns" in known:
        require(known, node["columns"], f"{path}.columns", ("period",), problems)
        if not set(MEASURES) & set(known["columns"]):
            told = ", ".join(MEASURES)
            problems.append(f"{path}.columns has no amount; name one of: {told}")
    known["format"] = known.get("format", Format())
    return (ControlFile(**known),) if len(problems) == before else ()


def _read_total(node: object, path: str, problems: Problems) -> tuple[Control, ...]:
    before = len(problems)
    known = section(node, path, _TOTAL, problems)
    require(known, node, path, ("name", "period"), problems)
    measures = [each for each in MEASURES if each in known]
    if len(problems) == before and not measures:
        problems.append(
            f"{path}.net_amount is missing; add it, or one of: {', '.join(MEASURES)}"
        )
    if len(problems) > before:
        return ()
    shared = {key: each for key, each in known.items() if key not in MEASURES}
    return tuple(
        Control(amount=known[measure], measure=measure, **shared)
        for measure in measures
    )


def missing_for_controls(
    controls: Iterable[Control | ControlFile], orders: TableMapping
) -> Problems:
    """Return what the control totals need and the mapping of the orders lacks.

    Parameters
    ----------
    controls : iterable of Control or ControlFile
        From `read_controls`.
    orders : TableMapping
        The columns that will be there.

    Examples
    --------
    >>> control = Control("books", "2024", 9.5, "cogs")
    >>> missing_for_controls([control], TableMapping((), {}))
    ["controls: 'books' needs cogs; map it under tables.orders.columns"]
    """
    problems = []
    for control in controls:
        narrowed = control.where if isinstance(control, Control) else control.columns
        needed = [each for each in narrowed if each in NARROWING]
        measures = _measures(control)
        needed += [each for each in measures if each in SUMS]
        needed += [control.dated_by]
        called = control.name or control.file
        problems += [
            f"controls: {called!r} needs {name}; map it under tables.orders.columns"
            for name in dict.fromkeys(needed)
            if name not in orders.columns and name not in ("net_amount", "order_date")
        ]
        if _has_currency(control):
            problems += _missing_currency(called, measures, orders)
    return problems


def _measures(control: Control | ControlFile) -> list[str]:
    return [control.measure] if isinstance(control, Control) else control.measures


def _has_currency(control: Control | ControlFile) -> bool:
    if isinstance(control, Control):
        return bool(control.currency)
    return "currency" in control.columns


def _missing_currency(
    called: str, measures: list[str], orders: TableMapping
) -> Problems:
    problems = [
        f"controls: {called!r} has {each} in a currency, but only net_amount is known "
        "before conversion; leave currency out"
        for each in measures
        if each not in ("net_amount", "quantity", *COUNTS)
    ]
    if orders.currency is None and "currency" not in orders.columns:
        problems.append(
            f"controls: {called!r} needs the currency of a line; map currency under "
            "tables.orders.columns, or give tables.orders.currency"
        )
    return problems
