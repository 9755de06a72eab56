"""Read where the rows of a table stand: sheet, table of a database, month columns."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kamlab.data.mapping import values as check
from kamlab.data.mapping.mapping import EMPTY_CELLS, DropRule, Place, Unpivot
from kamlab.data.mapping.sections import Checks, require, section
from kamlab.data.mapping.values import Problems

if TYPE_CHECKING:
    from kamlab.data.mapping.join import Join

_VARIABLE = re.compile(r"\$\{([A-Za-z_][A-Za-z0-9_]*)\}")
_QUERY = re.compile(r"\s*(select|with)\b[^;]*;?\s*", re.IGNORECASE)
_UNPIVOTED = ("columns", "name", "value")
_UNPIVOT: Checks = {
    "columns": check.texts,
    "name": check.text,
    "value": check.text,
    "year_of_sheet": check.flag,
}

#: What the rows with sums are called where a mapping says `subtotals: true`.
SUBTOTAL_WORDS = (
    "小计",
    "合计",
    "总计",
    "累计",
    "总额",
    "Subtotal",
    "Total",
    "Grand total",
    "Zwischensumme",
    "Summe",
    "Gesamtsumme",
    "Gesamt",
)


def variable(node: object, path: str, problems: Problems) -> str:
    """Return the name of an environment variable that holds a database's address.

    What stands there instead is not shown: it may be an address with a password.

    Examples
    --------
    >>> variable("${ERP_URL}", "tables.orders.database", [])
    'ERP_URL'
    """
    found = _VARIABLE.fullmatch(node) if isinstance(node, str) else None
    if found:
        return found[1]
    problems.append(
        f"{path} does not name an environment variable; write it as ${{ERP_URL}}, and "
        "keep the address with its password out of the mapping"
    )
    return ""


def query(node: object, path: str, problems: Problems) -> str:
    """Return a single SELECT.

    Examples
    --------
    >>> problems = []
    >>> _ = query("DROP TABLE orders", "tables.orders.query", problems)
    >>> problems[0][:52]
    "tables.orders.query = 'DROP TABLE orders' is not one"
    """
    if isinstance(node, str) and _QUERY.fullmatch(node):
        return str(node).strip().rstrip(";")
    problems.append(f"{path} = {node!r} is not one SELECT; write a single one")
    return ""


def subtotal_words(node: object, path: str, problems: Problems) -> tuple[str, ...]:
    """Return the words that name rows with sums; ``true`` stands for the usual ones.

    Examples
    --------
    >>> from kamlab.data.mapping.text import Plain
    >>> subtotal_words(Plain("true"), "", [])[:2], subtotal_words("小计", "", [])
    (('小计', '合计'), ('小计',))
    """
    if getattr(node, "truth", None) is True:
        return SUBTOTAL_WORDS
    return check.texts(node, path, problems)


def unpivot(node: object, path: str, problems: Problems) -> Unpivot | None:
    """Read which columns become rows.

    Examples
    --------
    >>> unpivot({"columns": "*月", "name": "month", "value": "amount"}, "", []).columns
    ('*月',)
    """
    known = section(node, path, _UNPIVOT, problems)
    require(known, node, path, _UNPIVOTED, problems)
    return Unpivot(**known) if set(_UNPIVOTED) <= set(known) else None


def _heads_beside(join: "Join", database: str, path: str, problems: Problems) -> "Join":
    """Return where heads are: in files as their lines are, or in the same database."""
    if not database:
        if not join.files:
            problems.append(f"{path}.join.files is missing; add it")
        return join
    if join.files:
        problems.append(
            f"{path} has database and join.files; the heads are read from the "
            "database, too: name their table, or give a query"
        )
    elif not (join.place.table or join.place.query):
        problems.append(f"{path}.join.table is missing; name it, or give a query")
    return replace(join, place=replace(join.place, database=database))


#: Keys of a table that say where its rows stand.
PLACE: Checks = {
    "sheet": check.texts,
    "table": check.text,
    "query": query,
    "database": variable,
}


def with_place(known: dict, path: str, problems: Problems) -> dict:
    """Return what is known of a table with its place, and with rules of its unpivot.

    Examples
    --------
    >>> with_place({"sheet": ("March",), "drop": ()}, "tables.orders", [])
    {'drop': (), 'place': Place(sheets=('March',), table='', query='', database='')}
    """
    told = {key: known[key] for key in PLACE if known.get(key)}
    rest = {key: value for key, value in known.items() if key not in PLACE}
    if "table" in told and "query" in told:
        problems.append(f"{path} has table and query; keep one of them")
    if "database" in told and "files" in rest:
        problems.append(f"{path} has database and files; keep one of them")
    if "database" in told and not told.keys() & {"table", "query"}:
        problems.append(f"{path}.table is missing; name the table, or give a query")
    if rest.get("join") is not None:
        rest["join"] = _heads_beside(
            rest["join"], told.get("database", ""), path, problems
        )
    sheets = told.pop("sheet", ())
    unpivoted = rest.get("unpivot")
    if unpivoted is not None:
        empty = DropRule(EMPTY_CELLS, unpivoted.value, "is", "blank")
        rest["drop"] = (*rest.get("drop", ()), empty)
    return {**rest, "place": Place(sheets, **told)}
