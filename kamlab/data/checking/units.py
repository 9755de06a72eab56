"""Find amounts that are not what they seem: in ten thousands, or with VAT in them.

Chinese sheets count in 万元 (ten thousand yuan), controllers in kEUR; and 含税 means
that VAT is included. A header or a title says so, and nothing is applied in silence:
the mapping has to say what is meant.
"""

import re
from collections import Counter
from collections.abc import Iterable

from kamlab.data.contract import table as declaration
from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.mapping.mapping import ColumnSource, TableMapping
from kamlab.data.reading.other_names import name_in, unit_of
from kamlab.data.reading.raw import RawTable, SourceFile

_MONEY = "reporting currency"

#: What a header or title says, and what one unit of it is worth; the first that fits.
_UNITS = (
    (
        re.compile("百万[元美欧]|百萬|Mio\\b|[Mm]illion|\\bM(EUR|USD|CHF|CNY|RMB|€)"),
        1e6,
    ),
    (re.compile("亿[元美欧]|億元|[（(]亿[）)]"), 1e8),
    (re.compile("万[元美欧]|萬元|[（(]万[）)]|\\bRMB ?10k\\b"), 1e4),
    (
        re.compile(
            "千[元美欧]|[（(]千[）)]|\\b[kKT](EUR|USD|CHF|GBP|CNY|RMB)\\b|\\b[kKT]€|"
            "in thousands|in Tausend|\\b(EUR|USD|CNY) ?'?000\\b|\\(000s?\\)"
        ),
        1e3,
    ),
)
_WHOLE = re.compile("[（(](元|EUR|USD|CNY|€|¥)[）)]")
_WHOLE_TITLE = re.compile(
    "(单位|單位|unit|Einheit)\\s*[:：]?\\s*(人民币)?(元|EUR|USD|CNY|RMB|€|¥)",
    re.IGNORECASE,
)

#: A title such as 单位：万元 speaks of amounts; nobody writes prices of parts in 万元.
_PRICES = ("unit_list_price", "unit_net_price", "std_cost")
_TAXED = re.compile(
    "(?<!不)(?<!未)含税|价税合计|(?<!不)含稅|\\bincl(\\.|uding)? ?(VAT|GST|tax)\\b|"
    "\\binkl(\\.|usive)? ?(MwSt|USt|Mehrwertsteuer)\\b",
    re.IGNORECASE,
)


def unit_in(text: str) -> float | None:
    """Return what one unit is worth of which a header or title speaks.

    Examples
    --------
    >>> unit_in("金额（万元）"), unit_in("Umsatz TEUR"), unit_in("Netto")
    (10000.0, 1000.0, None)
    """
    return next((worth for words, worth in _UNITS if words.search(text)), None)


def worth_told(text: str) -> float | None:
    """Return what one unit is worth where a text tells it, be it whole money.

    Examples
    --------
    >>> worth_told("金额（元）"), worth_told("单位：万元"), worth_told("客户")
    (1.0, 10000.0, None)
    """
    worth = unit_in(text)
    is_whole = _WHOLE.search(text) or _WHOLE_TITLE.search(text)
    return 1.0 if worth is None and is_whole else worth


def speaks_of_prices(column: str) -> bool:
    """Whether a column of the contract is a price for a unit, which no title is about.

    Examples
    --------
    >>> speaks_of_prices("unit_net_price"), speaks_of_prices("net_amount")
    (True, False)
    """
    return column in _PRICES


def check_units(raw: RawTable, mapping: TableMapping, table: str) -> list[Finding]:
    """Return amounts whose unit or tax is not declared, and what was applied.

    Parameters
    ----------
    raw : RawTable
        The header, and the titles above it.
    mapping : TableMapping
        What is declared.
    table : str
        The contract's table.

    Examples
    --------
    >>> mapping = TableMapping((), {"net_amount": ColumnSource(("金额（万元）",))})
    >>> raw = RawTable("raw_orders", ("金额（万元）",))
    >>> print(check_units(raw, mapping, "orders")[0].remedy[:62])
    say what one is worth: net_amount: {from: 金额（万元）, unit: 10000}
    """
    declared, findings = declaration(table), []
    for target, source in mapping.columns.items():
        if source.units:
            findings += _units_by_text(target, source, raw, table)
        if declared.column(target).unit == _MONEY and source.columns:
            findings += _unit(target, source, raw, table)
            findings += _tax(target, source, raw, table)
    return findings


def _units_by_text(
    target: str, source: ColumnSource, raw: RawTable, table: str
) -> list[Finding]:
    """Tell what each sheet counts in, and which says none of the texts listed."""
    told = {file.name: unit_of(file, source) for file in raw.files}
    listed = ", ".join(repr(text) for text in source.units)
    findings = [
        make_finding(
            "unit_of_sheet_undeclared",
            table,
            target,
            file.rows,
            [Sample(file.name, None, name_in(file.header, source) or target)],
            texts=listed,
        )
        for file in raw.files
        if told[file.name] is None
    ]
    if findings:
        return findings
    counts = Counter(told.values())
    first = {worth: name for name, worth in reversed(told.items())}
    shown = "; ".join(
        f"{worth:,g} in {first[worth]}{f' and {n - 1} more' if n > 1 else ''}"
        for worth, n in counts.items()
    )
    return _applied("unit_applied", target, source, raw, table, shown)


def _spoken(source: ColumnSource, raw: RawTable) -> Iterable[tuple[str, str]]:
    """Yield where something may speak of an amount, and what: columns, then titles."""
    first = raw.files[0].name if raw.files else raw.name
    for name in source.columns:
        yield first, name
    for file in raw.files:
        if name := name_in(file.header, source) if source.also else "":
            yield file.name, name
        for title in file.titles:
            yield file.name, title


def _unit(
    target: str, source: ColumnSource, raw: RawTable, table: str
) -> list[Finding]:
    if source.units:
        return []
    if source.unit is not None:
        applied = f"{source.unit:,g}"
        return [
            *_contradicted(target, source, raw, table),
            *_applied("unit_applied", target, source, raw, table, applied),
        ]
    if any(_WHOLE.search(name) for name in source.columns) and not source.also:
        return []
    for spoken in _spoken(source, raw):
        if spoken[1] not in source.columns and speaks_of_prices(target):
            continue
        if worth := unit_in(spoken[1]):
            advice = f"unit: {worth:.0f}"
            return [_asked("unit_undeclared", table, target, source, spoken, advice)]
    return []


def _contradicted(
    target: str, source: ColumnSource, raw: RawTable, table: str
) -> list[Finding]:
    """Tell of sheets whose titles speak of different units, where one is declared."""
    said: dict[float, tuple[SourceFile, str]] = {}
    for file in raw.files:
        for title in file.titles:
            if worth := worth_told(title):
                said.setdefault(worth, (file, title))
    if len(said) < 2 or speaks_of_prices(target):
        return []
    pairs = ", ".join(f"{title}: {worth:.0f}" for worth, (_, title) in said.items())
    places = [Sample(file.name, None, title) for file, title in said.values()]
    advice = f"{target}: {{from: {source.columns[0]}, unit: {{{pairs}}}}}"
    return [make_finding("units_differ", table, target, 1, places[1:], advice=advice)]


def _tax(target: str, source: ColumnSource, raw: RawTable, table: str) -> list[Finding]:
    if source.tax_rate is not None:
        rate = f"{100 * source.tax_rate:g} %"
        return _applied("tax_applied", target, source, raw, table, rate)
    if source.tax_column:
        rule = "tax_by_line_applied"
        return _applied(rule, target, source, raw, table, source.tax_column)
    if source.combine == "difference":  # the tax is what is taken off
        return []
    for spoken in _spoken(source, raw):
        if _TAXED.search(spoken[1]):
            advice = "tax_rate: 0.13"
            return [_asked("tax_undeclared", table, target, source, spoken, advice)]
    return []


def _asked(
    rule: str,
    table: str,
    target: str,
    source: ColumnSource,
    spoken: tuple[str, str],
    advice: str,
) -> Finding:
    advice = f"{target}: {{from: {source.columns[0]}, {advice}}}"
    sample = [Sample(spoken[0], None, spoken[1])]
    return make_finding(rule, table, target, samples=sample, advice=advice)


def _applied(
    rule: str, target: str, source: ColumnSource, raw: RawTable, table: str, worth: str
) -> list[Finding]:
    if worth in ("1", "0 %"):
        return []
    place = [Sample(file.name, None, source.columns[0]) for file in raw.files[:1]]
    return [make_finding(rule, table, target, raw.rows, place, worth=worth)]
