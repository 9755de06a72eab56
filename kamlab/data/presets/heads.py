"""Recognise lines of documents whose customer and day stand in another file.

SAP has billing heads in VBRK and their items in VBRP, web shops have orders and order
details. Neither is a table of order lines; joined by the document's number they are.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

from kamlab.data.presets.excerpt import Excerpt
from kamlab.data.presets.preset import Preset
from kamlab.data.presets.profile import profiles_of
from kamlab.data.presets.recognition import ORDERS, Recognised, recognised
from kamlab.data.presets.registry import PRESETS

_MATCHED = 0.8


def beside_their_heads(
    excerpts: Sequence[Excerpt], wanted: Preset | None = None
) -> list[Excerpt]:
    """Return the excerpts of an export, lines and heads of documents as one.

    Parameters
    ----------
    excerpts : sequence of Excerpt
        Of one export.
    wanted : Preset, optional
        The preset to take; by default the one that fits best.

    Returns
    -------
    list of Excerpt
        Where lines need the heads of another excerpt, both are one, which says so.

    Examples
    --------
    >>> form = (("VBELN", "KUNAG", "FKDAT"), (("90", "A", "31.01.2025"),))
    >>> heads = Excerpt(("VBRK.csv",), "text", *form)
    >>> form = (("VBELN", "MATNR", "NETWR"), (("90", "M1", "9.5"),))
    >>> lines = Excerpt(("VBRP.csv",), "text", *form)
    >>> [found] = beside_their_heads([heads, lines])
    >>> found.header
    ('VBELN', 'MATNR', 'NETWR', 'KUNAG', 'FKDAT')
    """
    if len(excerpts) < 2:
        return list(excerpts)
    looked_at = [(each, profiles_of(each)) for each in excerpts]
    for preset in [wanted] if wanted else PRESETS.values():
        found = [recognised(each, columns, preset) for each, columns in looked_at]
        for lines, heads in permutations(found, 2):
            if _are_bare_lines(lines) and _fit(lines, heads):
                used = (lines.excerpt, heads.excerpt)
                rest = [each for each in excerpts if each not in used]
                return [*rest, _together(lines, heads.excerpt)]
    return list(excerpts)


def _are_bare_lines(rows: Recognised) -> bool:
    """Whether rows have a number and an amount, but no customer or no day."""
    # Payments have both as well, but say nothing of what was sold.
    tells_what = any(map(rows.header, ("product_id", "line_id", "quantity")))
    has_amount = rows.header("net_amount") or (
        rows.header("quantity") and rows.header("unit_net_price")
    )
    return bool(
        rows.table != ORDERS
        and rows.header("order_id")
        and has_amount
        and tells_what
        and not (rows.header("account_id") and rows.header("order_date"))
    )


def _fit(lines: Recognised, heads: Recognised) -> bool:
    """Whether each document has one head there, written as its lines are."""
    key = lines.header("order_id")
    if key not in heads.profiles or not _is_alike(lines.excerpt, heads.excerpt):
        return False
    if not (heads.header("account_id") and heads.header("order_date")):
        return False
    there = [str(cell).strip() for cell in heads.excerpt.column(key)]
    asked = [str(cell).strip() for cell in lines.excerpt.column(key)]
    known = set(there)
    matched = sum(each in known for each in asked)
    return len(known) == len(there) and matched >= _MATCHED * max(1, len(asked))


def _is_alike(lines: Excerpt, heads: Excerpt) -> bool:
    one, other = lines.format, heads.format
    is_near = lines.database == heads.database and lines.kind == heads.kind
    return is_near and (
        (one.encoding, one.delimiter, one.skip_lines)
        == (other.encoding, other.delimiter, other.skip_lines)
    )


def _together(lines: Recognised, heads: Excerpt) -> Excerpt:
    """Return the lines with the columns that only their heads have."""
    mine, key = lines.excerpt, lines.header("order_id")
    added = [i for i, name in enumerate(heads.header) if name not in mine.header]
    by_number = dict(zip(map(_number, heads.column(key)), heads.rows, strict=False))
    place, width = mine.header.index(key), len(mine.header)
    rows = []
    for row in mine.rows:
        head = by_number.get(_number(row[place]) if len(row) > place else "", ())
        more = [head[i] if len(head) > i else None for i in added]
        rows.append((*row, *[None] * (width - len(row)), *more))
    header = (*mine.header, *(heads.header[i] for i in added))
    return replace(mine, header=header, rows=tuple(rows), heads=heads, on=key)


def _number(cell: object) -> str:
    return str(cell).strip()
