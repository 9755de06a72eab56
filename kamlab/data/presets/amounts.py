"""Say how money and quantities are made from an export: units, tax, signs.

Glossary
--------
unit 单位
    What one unit of an amount is worth: 10,000 where a sheet counts in 万元.
含税
    VAT is included; the contract's amounts are without.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kamlab.data.checking.units import check_units
from kamlab.data.contract import DEDUCTIONS, TABLES
from kamlab.data.mapping.mapping import ColumnSource, TableMapping
from kamlab.data.presets.converted import converted_column
from kamlab.data.presets.preset import GROSS, TAX
from kamlab.data.presets.recognition import AMOUNT, ORDERS, Recognised
from kamlab.data.presets.suggestion import Entry
from kamlab.data.presets.units import MONEY, unit_told, with_other_names
from kamlab.data.reading.raw import RawTable

_TAX_RATES = (0.13, 0.19, 0.0)
_CHINESE = re.compile("[\u4e00-\u9fff]")
_CHINESE_TAX_RATES = (0.13, 0.09, 0.06, 0.0)

#: Of an invoice's lines a discount has the other sign, and so it has in whatever takes
#: the invoice back: the sign of four lines in five is the type's.
_MOST_OF_A_TYPE = 0.8

#: Which lines turn the sign of a column; goods come back on some of them only.
_TURNED = {
    "net_amount": DEDUCTIONS,
    "cogs": DEDUCTIONS,
    "quantity": ("return", "cancellation"),
}


def net_amount(lines: Recognised) -> Entry:
    """Return how the net amount of a line is made.

    Parameters
    ----------
    lines : Recognised
        Order lines.

    Returns
    -------
    Entry
        A net amount where there is one; else the gross amount less its tax; else
        quantity times price. Open where VAT is included and no column tells how much.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("Customer", "Date", "Quantity", "Unit Price")
    >>> rows = (("A", "2025-01-31", "2", "9.50"),)
    >>> found = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> net_amount(found).value
    {'product': ['Quantity', 'Unit Price']}
    """
    if lines.months:
        return _money(lines, "net_amount", {"from": AMOUNT}, "the cell of a month")
    header = lines.header("net_amount")
    if converted := converted_column(lines, header):
        return _money(lines, "net_amount", {"from": converted}, "as the books have it")
    if header:
        return _money(lines, "net_amount", {"from": header}, "")
    gross, tax = lines.header(GROSS), lines.header(TAX)
    if gross and tax:
        made = {"difference": [gross, tax]}
        return _money(lines, "net_amount", made, "what is left without VAT")
    if gross:
        return _net_of_gross(lines, gross)
    made = {"product": [lines.header("quantity"), lines.header("unit_net_price")]}
    return _money(lines, "net_amount", made, "there is no column with an amount")


def _net_of_gross(lines: Recognised, gross: str) -> Entry:
    """Ask for the rate of tax of an amount; its unit is applied where it is told."""
    made = with_other_names(lines, gross)
    unit = unit_told(lines, [gross], "net_amount")
    if unit is None:
        return _taxed("net_amount", made, gross)
    asked = _taxed("net_amount", {**made, "unit": unit.value}, gross)
    return replace(asked, question=f"{asked.question}; {unit.why}")


def money_column(lines: Recognised, table: str, column: str) -> Entry:
    """Return how another column of money or of quantities is made.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("客户", "日期", "金额（万元）", "成本（万元）")
    >>> rows = (("A", "2025-01-31", "2", "1"),)
    >>> found = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> money_column(found, "orders", "cogs").value
    {'from': '成本（万元）', 'unit': 10000.0}
    """
    header = lines.header(column, table)
    header = converted_column(lines, header) or header
    return _money(lines, column, {"from": header}, "", table)


def _money(
    lines: Recognised, column: str, made: dict, why: str, table: str = ORDERS
) -> Entry:
    """Add to an amount what it is worth, and where its sign is turned."""
    reasons, made = [why] if why else [], dict(made)
    headers = [
        name for key in ("from", "difference", "product") for name in _list(made, key)
    ]
    made |= with_other_names(lines, made["from"]) if "from" in made else {}
    unit = unit_told(lines, headers, column, table)
    if unit is not None and unit.is_open:
        return Entry(column, None, "", _each_unit(made, unit), unit.question)
    if unit is not None:
        made["unit"] = unit.value
        reasons.append(unit.why)
    if _has_tax(lines, table, column, made):
        return _taxed(column, made, headers[0])
    turned = turned_codes(lines, headers[0], _TURNED.get(column, ()))
    if turned and codes_turned_alike(lines) is None:
        header = lines.header("document_type")
        made["negate"] = {"column": header, "in": list(turned)}
        reasons.append("these types are written with a positive sign")
    is_plain = set(made) == {"from"} and isinstance(made["from"], str)
    return Entry(column, made["from"] if is_plain else made, "; ".join(reasons))


def _each_unit(made: dict, unit: Entry) -> tuple[dict, ...]:
    return tuple({**made, "unit": worth} for worth in unit.options)


def _list(made: dict, key: str) -> list[str]:
    found = made.get(key, [])
    return [found] if isinstance(found, str) else list(found)


def _has_tax(lines: Recognised, table: str, column: str, made: dict) -> bool:
    """Whether the import would miss a rate of tax."""
    if TABLES[table].column(column).unit != MONEY:
        return False
    combine = next((key for key in ("difference", "product") if key in made), "")
    names = tuple(_list(made, combine or "from"))
    source = ColumnSource(names if combine else names[:1], combine)
    raw = RawTable("raw", lines.excerpt.header, files=list(lines.excerpt.each_page))
    found = check_units(raw, TableMapping((), {column: source}), table)
    return any(each.rule == "tax_undeclared" for each in found)


def _taxed(column: str, made: dict, header: str) -> Entry:
    question = (
        f"which rate of VAT is in {header!r}? 0 says that there is none in it after all"
    )
    rates = _CHINESE_TAX_RATES if _CHINESE.search(header) else _TAX_RATES
    options = tuple({**made, "tax_rate": rate} for rate in rates)
    return Entry(column, options=options, question=question)


def turned_codes(
    lines: Recognised, header: str, kinds: tuple[str, ...] = DEDUCTIONS
) -> tuple[str, ...]:
    """Return the document types whose amounts have to get the other sign.

    Parameters
    ----------
    lines : Recognised
        Order lines.
    header : str
        Column with amounts.
    kinds : tuple of str
        Line types that turn the sign.

    Returns
    -------
    tuple of str
        Types that take revenue back and are written with a positive sign, but for a
        line in five, as a discount is. One without any amount goes with the others.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("KUNAG", "FKDAT", "FKART", "NETWR")
    >>> rows = (("1", "20250131", "F2", "9.50"), ("1", "20250131", "S1", "9.50"))
    >>> found = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> "S1" in turned_codes(found, "NETWR"), "F2" in turned_codes(found, "NETWR")
    (True, False)
    """
    if header not in lines.excerpt.header:
        return ()
    signs = _signs(lines, header, kinds)
    seen = set().union(*signs.values())
    usual = (set(), {1}) if seen == {1} else ({1},)
    return tuple(code for code, found in signs.items() if found in usual)


def codes_turned_alike(lines: Recognised) -> tuple[str, ...] | None:
    """Return the document types to turn in amount, cost and quantity together.

    Parameters
    ----------
    lines : Recognised
        Order lines.

    Returns
    -------
    tuple of str or None
        None where a type is written with a minus in one of these columns and without
        in another, so that each column has to turn signs of its own.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("KUNAG", "FKDAT", "FKART", "NETWR", "WAVWR")
    >>> rows = (("1", "20250131", "F2", "9", "5"), ("1", "20250131", "S1", "9", "5"))
    >>> found = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> codes_turned_alike(found)
    ('S1',)
    """
    amount = lines.header("net_amount") or lines.header(GROSS)
    headers = {column: lines.header(column) for column in _TURNED}
    headers["net_amount"] = amount or headers["quantity"]
    turned: set[str] = set()
    for column, kinds in _TURNED.items():
        if headers[column] and (signs := _signs(lines, headers[column], kinds)):
            mine = turned_codes(lines, headers[column], kinds)
            if column == "net_amount":
                turned = set(mine)
            elif any(
                found and (code in mine) != (code in turned)
                for code, found in signs.items()
            ):
                return None
    return tuple(code for code in lines.document_codes if code in turned)


def _signs(
    lines: Recognised, header: str, kinds: tuple[str, ...]
) -> dict[str, set[int]]:
    """Return with which signs a column is written, by type that takes revenue back."""
    known = lines.document_codes
    counts = {code: Counter[int]() for code in known if known[code] in kinds}
    if not counts:
        return {}
    types = lines.excerpt.column(lines.header("document_type"))
    for kind, cell in zip(types, lines.excerpt.column(header), strict=False):
        if (code := str(kind).strip()) in counts:
            counts[code][_sign(cell)] += 1
    return {code: _usual_signs(count) for code, count in counts.items()}


def _usual_signs(counts: Counter[int]) -> set[int]:
    """Return the sign that most lines of a document type have, or both."""
    signs = {sign for sign in (1, -1) if counts[sign]}
    written = sum(counts[sign] for sign in signs)
    return {s for s in signs if counts[s] >= _MOST_OF_A_TYPE * written} or signs


def _sign(cell: object) -> int:
    """Return 1, -1 or 0 for a number or a text that is one."""
    if not isinstance(cell, str):
        return 0 if cell is None else (cell > 0) - (cell < 0)
    if not set(cell) & set("123456789"):
        return 0
    return -1 if set(cell) & set("-−(") else 1


def number_columns(lines: Recognised, tables: Sequence[str]) -> list[str]:
    """Return the columns of the export that are read as numbers.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header, rows = ("KUNAG", "FKDAT", "NETWR"), (("1", "20250131", "9.50"),)
    >>> found = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> number_columns(found, ["orders"])
    ['NETWR']
    """
    names = [
        match.header
        for (table, column), match in lines.matches.items()
        if table in tables and is_number(table, column)
    ]
    return names + list(lines.months)


def is_number(table: str, column: str) -> bool:
    """Whether a column of the contract, or what makes one, is a number.

    Examples
    --------
    >>> is_number("orders", "net_amount"), is_number("orders", "order_id")
    (True, False)
    """
    if column.startswith("("):
        return column in (GROSS, TAX)
    return TABLES[table].column(column).dtype in ("number", "integer")
