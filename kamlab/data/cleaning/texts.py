"""SQL of the stage in which cells become texts, each question asked of a cell once."""

from collections.abc import Iterable

from kamlab.data.cleaning.parsing import plain_sql
from kamlab.data.cleaning.plans import Part
from kamlab.data.cleaning.simple_numbers import simple_name

#: Notes that say the same of every cell.
CONSTANT = ("true", "false")


def texts_sql(cells: Iterable[str], parts: Iterable[Part]) -> tuple[str, str]:
    """Return SQL of which cells are plain, and of the texts and notes that ask it.

    Parameters
    ----------
    cells : iterable of str
        Names of the cells.
    parts : iterable of Part
        What is made of them.

    Returns
    -------
    tuple of str
        Columns of a first query over the cells, and of a second over both. Each begins
        with a comma; either may be empty.

    Examples
    --------
    >>> from kamlab.data.mapping.mapping import Format
    >>> cell = f"if({plain_sql('c0')}, c0, '')"
    >>> part = Part("order_id_0", "Nr", cell, "", "", Format())
    >>> _, texts = texts_sql(["c0"], [part])
    >>> texts
    ", if(plain_c0, c0, '') AS text_order_id_0"
    """
    parts = list(parts)
    texts = "".join(f", {_text(part)} AS {part.text_name}" for part in parts)
    noted = [part for part in parts if part.noted and part.noted not in CONSTANT]
    texts += "".join(f", {part.noted} AS {part.note}" for part in noted)
    plain = "".join(
        f", {part.simple} AS {simple_name(part)}" for part in parts if part.simple
    )
    for cell in cells:
        # Text and note both ask it, and each time costs as much as reading the cell.
        if plain_sql(cell) in texts:
            texts = texts.replace(plain_sql(cell), f"plain_{cell}")
            plain += f", {plain_sql(cell)} AS plain_{cell}"
    return plain, texts


def _text(part: Part) -> str:
    """SQL of a part's text, and before it of whether it is a simple number."""
    if not part.simple:
        return part.text
    name = simple_name(part)
    return f"{name}, if({name}, {part.cell}, {part.text})"
