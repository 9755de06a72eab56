"""Put sheets together that hold the same, although their columns differ a little.

In one month's sheet the amount is 金额, in the next 金额（万元）; one has a column of
remarks that the others lack. They are one table: columns go by their names, and a name
that differs in its unit only is the same column.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from kamlab.data.presets.excerpt import Excerpt, together
from kamlab.data.presets.months import month_of_header
from kamlab.data.presets.preset import GROSS
from kamlab.data.presets.recognition import ORDERS, recognise
from kamlab.data.reading.filekind import WORKBOOK

#: Share of the smaller header that has to be in the other one, and how much at least.
_ALIKE = 0.75
_FEWEST = 3

#: What makes a line has to be the same: no amount with tax is put below one without.
_SAME = ("account_id", "order_date", "net_amount", GROSS)

_SCALES = re.compile(
    "(百万|百萬|亿|億|万|萬|千)(?=[元美欧港日英]|[)]|$)|Mio\\.?|Tsd\\.?|"
    "\\b[kKtTM](?=(EUR|USD|CHF|GBP|CNY|RMB|€)\\b)"
)
_YUAN = re.compile("(?<![美欧港日英])元")
_MARKS = re.compile(r"[\s()\[\],;:、/]")


def bare(name: str) -> str:
    """Return the name of a column without the unit that it counts in.

    A currency other than 元 stays: EUR and USD are never one column.

    Examples
    --------
    >>> bare("金额（万元）") == bare("金额") == bare("金额(元)")
    True
    >>> bare("Umsatz TEUR"), bare("Umsatz EUR"), bare("Umsatz USD")
    ('UmsatzEUR', 'UmsatzEUR', 'UmsatzUSD')
    """
    text = _SCALES.sub("", unicodedata.normalize("NFKC", name))
    return _MARKS.sub("", _YUAN.sub("", text))


def sheets_as_one(excerpts: Sequence[Excerpt]) -> list[Excerpt]:
    """Return excerpts with the sheets of order lines together that are alike.

    Parameters
    ----------
    excerpts : sequence of Excerpt
        Those with the same columns are one already.

    Returns
    -------
    list of Excerpt
        The columns of one are those of all; a row has None where its sheet has none.

    Examples
    --------
    >>> told, rows = ("客户", "日期", "品名"), (("A", "2025-01-31", "G1", 9),)
    >>> one = Excerpt(("a.xlsx",), WORKBOOK, (*told, "金额"), rows, sheets=("1月",))
    >>> two = replace(one, header=(*told, "金额（万元）"), sheets=("2月",))
    >>> [found] = sheets_as_one([one, two])
    >>> found.header, found.also
    (('客户', '日期', '品名', '金额'), {'金额': ('金额（万元）',)})
    """
    found: list[Excerpt] = []
    for each in excerpts:
        place = next((i for i, one in enumerate(found) if _are_alike(one, each)), None)
        if place is None:
            found.append(each)
        else:
            found[place] = _widened(found[place], each)
    return found


def _are_alike(one: Excerpt, other: Excerpt) -> bool:
    """Whether two excerpts are sheets of order lines with nearly the same columns."""
    if one.kind != WORKBOOK or other.kind != WORKBOOK:
        return False
    mine, others = _names(one.header), _names(other.header)
    fewer = min(len(mine), len(others))
    if len(mine & others) < max(_FEWEST, _ALIKE * fewer):
        return False
    lines, more = (recognise([each])[1][0] for each in (one, other))
    return (
        lines.table == more.table == ORDERS
        and bool(lines.months) == bool(more.months)
        and all(bare(lines.header(each)) == bare(more.header(each)) for each in _SAME)
    )


def _names(header: Sequence[str]) -> set[str]:
    """Return bare names; months of several years are columns of one kind."""
    return {
        "(month)" if month_of_header(name) == "year" else bare(name)
        for name in header
        if name
    }


def _widened(one: Excerpt, other: Excerpt) -> Excerpt:
    """Put the rows of one below those of the other, each cell in its column."""
    called, also = _called(one, other)
    added = [name for name in called if name not in one.header]
    header = (*one.header, *added)
    blank = (None,) * len(added)
    upper = tuple((*row, *blank) for row in one.rows)
    lower = [dict(zip(called, row, strict=False)) for row in other.rows]
    below = tuple(tuple(row.get(name) for name in header) for row in lower)
    return replace(
        together(
            replace(one, header=header, rows=upper, pages=one.each_page),
            replace(other, header=header, rows=below, pages=other.each_page),
        ),
        also=also,
    )


def _called(one: Excerpt, other: Excerpt) -> tuple[list[str], dict[str, tuple]]:
    """Return what one sheet calls the columns of the other, and all other names."""
    known = {bare(name): name for name in reversed(one.header) if name}
    also, called = dict(one.also), []
    for name in other.header:
        same = name if name in one.header else known.get(bare(name), name)
        if same != name and (same in other.header or same in called):
            same = name
        if same != name:
            also[same] = tuple(dict.fromkeys((*also.get(same, ()), name)))
        called.append(same)
    return called, also
