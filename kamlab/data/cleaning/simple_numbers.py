"""Read numbers as nearly all are written without doing anything to their text first.

Digits with at most a sign and a decimal mark need no blanks taken off and no wide
digits made narrow. Whether a cell is such a number is asked once; only of the others
is a text made and looked at closely.
"""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kamlab.data.cleaning.parsing import Values, parsed_sql, simple_sql
from kamlab.data.mapping.mapping import Format

if TYPE_CHECKING:
    from kamlab.data.cleaning.plans import Part


def simple_name(part: "Part") -> str:
    """Return the name of the flag that marks cells which are simple numbers.

    Examples
    --------
    >>> from kamlab.data.cleaning.plans import Part
    >>> simple_name(Part("cogs_0", "Kosten", "c4", "", "", Format()))
    'simple_cogs_0'
    """
    return f"simple_{part.name}"


def with_simple(part: "Part", kind: str, values: Values) -> "Part":
    """Return a part that reads simple numbers at once, if that reads them alike.

    Parameters
    ----------
    part : Part
        Of a column, whose text is that of its cell with nothing cut or translated.
    kind : str
        The contract's type of the column.
    values : Values
        Receives patterns.

    Examples
    --------
    >>> from kamlab.data.cleaning.plans import Part
    >>> part = Part("cogs_0", "Kosten", "trim(c4)", "", "", Format(), cell="c4")
    >>> with_simple(part, "number", Values()).simple
    'regexp_full_match(c4, $v0)'
    >>> with_simple(part, "text", Values()).simple
    ''
    """
    if kind not in ("number", "integer") or _has_other_meanings(part.form):
        return part
    simple = simple_sql(part.cell, part.form, values)
    value = parsed_sql(part.text_name, kind, part.form, values, simple_name(part))
    return replace(part, simple=simple, value=value)


def _has_other_meanings(form: Format) -> bool:
    """Whether digits may be something else than the number that they show."""
    are_blank = any(re.match(r"[+-]?\d", word) for word in form.blank)
    return bool(form.symbols or form.suffixes or are_blank)
