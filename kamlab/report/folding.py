"""Headings over nothing but "is not shown", gathered into one paragraph at the end.

On a page whose data lack a column, chapter after chapter may close up. A reader would
scroll through headings to learn the same thing nine times; told once, it is enough.
"""

import re
from collections.abc import Sequence

from kamlab.language import _
from kamlab.report.blocks import Block
from kamlab.report.sections import Missing

_HEADING = re.compile(r"<h([1-6])>(?:(?!</h\1>).)*</h\1>\s*", re.DOTALL)


def fold_dark_sections(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of a page, its dark sections as one block at the end.

    A section is dark if its heading stands over sentences on missing data and nothing
    else, or over nothing at all; headings within it that are as bare do not count as
    something.

    Parameters
    ----------
    blocks : sequence of Block
        In the order of the page.

    Examples
    --------
    >>> gap = Missing("Profit", ("orders.cogs",))
    >>> blocks = [Block("html", "<h2>Profit</h2>"), Block("missing", gap)]
    >>> fold_dark_sections([*blocks, Block("html", "<h2>Limits</h2> ...")])
    [Block(kind='html', content='<h2>Limits</h2> ...', alt='', width=0),
    Block(kind='folded', content=(Missing(section='Profit', needs=('orders.cogs',)),),
    alt='', width=0)]
    """
    lit, dark = [], []
    at = 0
    while at < len(blocks):
        end = _end_of_section(blocks, at)
        if _is_dark(blocks[at:end]):
            dark += [each.content for each in blocks[at:end] if each.kind == "missing"]
            at = end
        else:
            lit.append(blocks[at])
            at += 1
    return [*lit, Block("folded", tuple(dark))] if dark else lit


def _end_of_section(blocks: Sequence[Block], start: int) -> int:
    """Return where the section of a heading ends: at one that ranks no lower."""
    level = _level(blocks[start])
    after = range(start + 1, len(blocks))
    return next((i for i in after if 0 < _level(blocks[i]) <= level), len(blocks))


def _level(block: Block) -> int:
    """Return the level of the heading that a block begins with; 0 without one."""
    heading = _HEADING.match(block.content) if block.kind == "html" else None
    return int(heading[1]) if heading else 0


def _is_dark(section: Sequence[Block]) -> bool:
    kinds = {each.kind for each in section if not _is_bare_heading(each)}
    return _is_bare_heading(section[0]) and kinds <= {"missing"}


def _is_bare_heading(block: Block) -> bool:
    return block.kind == "html" and _HEADING.fullmatch(block.content) is not None


def folded_sentence(missing: Sequence[Missing]) -> str:
    """Say which sections are not shown, and name once each thing that they lack.

    Parameters
    ----------
    missing : sequence of Missing
        The sections, at least one.

    Examples
    --------
    >>> gaps = [Missing(name, ("orders.cogs",)) for name in ("Profit", "What if")]
    >>> print(folded_sentence(gaps))
    Not shown, because the data have no “Cost of the goods on the line” (column cogs of
    table orders): Profit; What if.
    """
    sections = _("; ").join(dict.fromkeys(each.section for each in missing))
    lacks = Missing(sections, tuple(dict.fromkeys(n for m in missing for n in m.needs)))
    told = _("Not shown, because {reason}: {sections}.")
    return told.format(reason=lacks.reason(), sections=sections)
