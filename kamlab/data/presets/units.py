"""Say what one unit of an amount is worth, by the words of each sheet.

A header speaks of its own column, a title such as 单位：万元 of the amounts below it:
never of quantities, and never of the price of a part.
"""

from collections.abc import Sequence

from kamlab.data.checking.units import speaks_of_prices, worth_told
from kamlab.data.contract import TABLES
from kamlab.data.presets.recognition import ORDERS, Recognised
from kamlab.data.presets.suggestion import Entry
from kamlab.data.reading.raw import SourceFile

#: What the contract calls the unit of amounts.
MONEY = "reporting currency"


def with_other_names(lines: Recognised, header: str) -> dict[str, object]:
    """Return a column as a mapping names it: with all names where sheets differ.

    Parameters
    ----------
    lines : Recognised
        Order lines.
    header : str
        The first of the names.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> lines = Excerpt(("a.xlsx",), "workbook", ("金额",), (), also={"金额": ("额",)})
    >>> with_other_names(recognise([lines])[1][0], "金额")
    {'from': ['金额', '额']}
    """
    also = lines.excerpt.also.get(header, ())
    return {"from": [header, *also] if also else header}


def unit_told(
    lines: Recognised, headers: Sequence[str], column: str, table: str = ORDERS
) -> Entry | None:
    """Return what one unit of a column is worth, None where it is in whole units.

    Parameters
    ----------
    lines : Recognised
        What is read.
    headers : sequence of str
        The columns of the export that the column is made of.
    column, table : str
        The contract's column, and its table.

    Returns
    -------
    Entry or None
        A number; where sheets differ, one for each text that tells it. Open where
        titles tell it of some sheets and nothing does of others.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> sheet = ("客户", "日期", "单价", "金额"), (("A", "2025-01-31", "2", "9"),)
    >>> read = Excerpt(("a.xlsx",), "workbook", *sheet, titles=("单位：万元",))
    >>> lines = recognise([read])[1][0]
    >>> unit_told(lines, ["金额"], "net_amount").value
    10000.0
    >>> unit_told(lines, ["单价"], "unit_net_price") is None
    True
    """
    names = [
        *headers,
        *(n for each in headers for n in lines.excerpt.also.get(each, ())),
    ]
    is_money = TABLES[table].column(column).unit == MONEY
    if not is_money and len(names) == len(headers):
        return None
    has_title = is_money and not speaks_of_prices(column)
    told = [_told(page, names, has_title) for page in lines.excerpt.each_page]
    worths = {text: worth for text, worth in told if worth is not None}
    silent = {text: 1.0 for text, worth in told if worth is None}
    if all(worth == 1 for worth in worths.values()):
        return None
    return _entry(worths, silent, names)


def _told(
    page: SourceFile, names: Sequence[str], has_title: bool
) -> tuple[str, float | None]:
    """Return the text of a sheet that tells its unit; else its column's name."""
    there = [name for name in names if name in page.header]
    spoken = [*(there or names[:1]), *(page.titles if has_title else ())]
    found = ((text, worth_told(text)) for text in spoken)
    nothing = (there[0] if there else names[0], None)
    return next(((text, worth) for text, worth in found if worth), nothing)


def _entry(
    worths: dict[str, float], silent: dict[str, float], names: Sequence[str]
) -> Entry:
    different = {*worths.values(), *silent.values()}
    text, worth = max(worths.items(), key=lambda each: each[1])
    said = f"{text!r} says that one is {worth:,.0f}"
    if len(different) == 1:
        return Entry("unit", worth, said)
    # What a header says of itself comes before a title, and both before silence.
    by_name = {text: worths[text] for text in names if text in worths}
    ordered = {**by_name, **worths, **silent}
    in_titles = any(text not in names and worth != 1 for text, worth in worths.items())
    if not (silent and in_titles):
        return Entry("unit", ordered, "sheets count in different units, as they say")
    question = f"in what do the sheets count that do not say so? of others {said}"
    alike = {**ordered, **dict.fromkeys(silent, worth)}
    return Entry("unit", options=(ordered, alike), question=question)
