"""Say what kind of line each is, and which rows are no sale at all."""

import re
from collections.abc import Iterable

from kamlab.data.contract import TABLES
from kamlab.data.presets.amounts import codes_turned_alike
from kamlab.data.presets.bare_rows import is_no_line, no_lines
from kamlab.data.presets.matching import meanings_of
from kamlab.data.presets.preset import CANCELLED, STAGE, listed
from kamlab.data.presets.profile import names_a_sum
from kamlab.data.presets.recognition import Recognised
from kamlab.data.presets.suggestion import Entry

_YES = frozenset(("x", "true", "yes", "1", "ja", "是", "作废", "已作废", "y"))
_DONE = frozenset(
    listed(
        "closed won, won, paid, complete, completed, billed, invoiced, posted, "
        "activated, active, fulfilled, partial"
    )
)


def line_type(lines: Recognised) -> list[Entry]:
    """Return how the contract's line type is told, by its own column or by documents.

    Parameters
    ----------
    lines : Recognised
        Order lines.

    Returns
    -------
    list of Entry
        One at most; none where `document_types` says it. A type that stands below the
        rows that were looked at, or that nobody knows, blocks the import.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("客户", "日期", "金额", "类型")
    >>> rows = (("A", "2025-01-31", "9.50", "销售"),)
    >>> found = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> line_type(found)[0].value
    {'from': '类型', 'values': {'销售': 'sale'}}
    """
    if header := lines.header("line_type"):
        return [_translated(lines, "line_type", header)]
    if not lines.document_codes or codes_turned_alike(lines) is not None:
        return []
    header = lines.header("document_type")
    value = {"from": header, "values": lines.document_codes}
    return [Entry("line_type", value, f"document types of {lines.preset.name}")]


def document_types(lines: Recognised) -> list[Entry]:
    """Return what each document type is, and whether its signs are to be turned.

    Parameters
    ----------
    lines : Recognised
        Order lines.

    Returns
    -------
    list of Entry
        One at most; none where lines have a type of their own, or where amount, cost
        and quantity of a type are written with different signs.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("KUNAG", "FKDAT", "FKART", "NETWR")
    >>> rows = (("1", "20250131", "F2", "9.50"), ("1", "20250131", "RE", "-9.50"))
    >>> found = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> document_types(found)[0].value
    {'column': 'FKART', 'types': {'F2': 'sale', 'RE': 'return'}}
    """
    turned = codes_turned_alike(lines)
    if lines.header("line_type") or not lines.document_codes or turned is None:
        return []
    types = {
        code: {"line_type": kind, "negate": True} if code in turned else kind
        for code, kind in lines.document_codes.items()
    }
    types |= {code: {"exclude": why} for code, why in lines.no_sales.items()}
    why = f"document types of {lines.preset.name}"
    if turned:
        why += "; negate where all amounts are positive, though they take revenue back"
    value = {"column": lines.header("document_type"), "types": types}
    return [Entry("document_types", value, why)]


def fixed_column(lines: Recognised, column: str, table: str = "orders") -> Entry:
    """Return how a column with fixed values is read: words become the contract's.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("客户", "日期", "金额", "渠道")
    >>> rows = (("A", "2025-01-31", "9.50", "电商"),)
    >>> found = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> fixed_column(found, "channel").value
    {'from': '渠道', 'values': {'电商': 'online'}}
    """
    return _translated(lines, column, lines.header(column, table))


def _translated(lines: Recognised, column: str, header: str) -> Entry:
    meant = meanings_of(column, lines.preset)
    seen = dict.fromkeys(lines.profiles[header].texts)
    values = {text: meant[text] for text in seen if meant.get(text, text) != text}
    if not values:
        return Entry(column, header)
    return Entry(column, {"from": header, "values": values})


def unknown_types(lines: Recognised) -> list[str]:
    """Return a question for document types that the preset does not know.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("KUNAG", "FKDAT", "FKART", "NETWR")
    >>> rows = (("1", "20250131", "F2", "9.50"), ("1", "20250131", "ZX", "9.50"))
    >>> found = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> print(unknown_types(found)[0][:52])
    FKART: add ZX to the types of document_types, with n
    """
    if not lines.document_codes or lines.header("line_type"):
        return []
    header = lines.header("document_type")
    seen = dict.fromkeys(lines.profiles[header].texts)
    known = {*lines.document_codes, *lines.no_sales}
    unknown = [code for code in seen if code not in known]
    if not unknown:
        return []
    told = f"{header}: add {', '.join(unknown[:5])} to the"
    if codes_turned_alike(lines) is None:
        told += " values of line_type, and to negate"
    else:
        told += " types of document_types, with negate: true"
    return [
        f"{told} where amounts that take revenue back are positive; the import refuses "
        "types without a meaning"
    ]


def drop_rules(lines: Recognised, table: str = "") -> list[Entry]:
    """Return the rules that leave rows out: sums, what was not won, what was cancelled.

    Parameters
    ----------
    lines : Recognised
        Rows of any table.
    table : str
        The table that is made of them; by default that which they are.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("客户", "日期", "金额")
    >>> rows = (("A", "2025-01-31", "9.50"), ("小计", "", "9.50"))
    >>> found = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> drop_rules(found)[0].value
    {'column': '客户', 'subtotals': True}
    """
    main = lines.table or "orders"
    is_master = table not in ("", main)
    return [
        *_headers_again(lines),
        *_sums(lines),
        *_no_sales(lines),
        *_not_won(lines),
        *_cancelled(lines),
        *no_lines(lines),
        *(_without_key(lines, table) if is_master else _nobody(lines)),
    ]


def _without_key(lines: Recognised, table: str) -> list[Entry]:
    """Leave out rows of order lines that name no account, or no product."""
    (key,) = TABLES[table].key
    header = lines.header(key)
    if not lines.profiles[header].blanks:
        return []
    rule = {"column": header, "is": "blank"}
    return [Entry(f"no {key}", rule, f"they are no {table}")]


def _headers_again(lines: Recognised) -> list[Entry]:
    if not lines.excerpt.repeats_header:
        return []
    first = next(filter(None, lines.excerpt.header))
    why = "the header stands among the rows, as on every page of a list"
    return [Entry("header again", {"column": first, "equals": first}, why)]


def _no_sales(lines: Recognised) -> list[Entry]:
    """Leave documents out that are no revenue, where no document types say it."""
    if not lines.no_sales or codes_turned_alike(lines) is not None:
        return []
    rule = {"column": lines.header("document_type"), "in": list(lines.no_sales)}
    told = ", ".join(dict.fromkeys(lines.no_sales.values()))
    return [Entry("no sales", rule, f"{told}: never booked as revenue")]


def _sums(lines: Recognised) -> list[Entry]:
    named = {
        name: next(text for text in profile.texts if names_a_sum(text))
        for name, profile in lines.profiles.items()
        if not profile.is_typed and any(map(names_a_sum, set(profile.texts)))
    }
    return [
        Entry(
            f"sums in {name}" if len(named) > 1 else "sums",
            {"column": name, "subtotals": True},
            f"rows such as {word!r} are sums of other rows",
        )
        for name, word in named.items()
    ]


def _not_won(lines: Recognised) -> list[Entry]:
    header = lines.header(STAGE)
    if not header or not lines.preset.not_won:
        return []
    # A pattern holds for next month's stages, too, which may not be here yet.
    rule = {"column": header, "matches": _any_of(lines.preset.not_won)}
    seen = dict.fromkeys(lines.profiles[header].texts)
    known = {text.lower() for text in lines.preset.not_won} | _DONE
    others = [text for text in seen if text.lower() not in known]
    if not others:
        return [Entry("not won", rule, "these are no sales (yet)")]
    told = ", ".join(others[:5])
    more = _any_of([*lines.preset.not_won, *others])
    options = (rule, {**rule, "matches": more})
    question = f"are rows sales where {header} is {told}?"
    return [Entry("not won", options=options, question=question)]


def _any_of(texts: Iterable[str]) -> str:
    return "|".join(re.sub(r"([.()/|?*+])", r"[\1]", text) for text in texts)


def _cancelled(lines: Recognised) -> list[Entry]:
    """Leave cancelled rows out, unless documents of their own take them back."""
    header = lines.header(CANCELLED)
    codes = lines.document_codes
    if not header or "cancellation" in codes.values():
        return []
    seen = [t for t in dict.fromkeys(lines.profiles[header].texts) if t.lower() in _YES]
    if not seen:
        return []
    rule = {"column": header, "in": seen}
    return [Entry("cancelled", rule, "no document of its own takes these back")]


def _nobody(lines: Recognised) -> list[Entry]:
    """Ask about rows without an account that are no sums."""
    header = lines.header("account_id", lines.table or "orders")
    if not header or header in lines.excerpt.merged:
        return []
    blank = _without_account(lines, header)
    if not blank:
        return []
    share = blank / len(lines.excerpt.rows)
    question = (
        f"{blank:,} rows ({share:.0%}) have no {header!r}: leave them out? Or, where a "
        f"blank repeats the cell above it, write fill_down: [{header}]"
    )
    rule = {"column": header, "is": "blank"}
    return [Entry("no customer", options=(rule,), question=question)]


def _without_account(lines: Recognised, header: str) -> int:
    nothing = lines.profiles[header].nothing
    place = lines.excerpt.header.index(header)
    count = 0
    for row in lines.excerpt.rows:
        cell = row[place] if len(row) > place else None
        is_blank = cell is None or not str(cell).strip() or cell in nothing
        is_named = any(isinstance(c, str) and names_a_sum(c) for c in row)
        count += is_blank and not is_named and not is_no_line(lines, row)
    return count


def cancelled_is_told(lines: Recognised) -> bool:
    """Whether cancellations have documents of their own, so that no mark is needed.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> lines = Excerpt(("a.csv",), "text", ("KUNAG", "FKDAT", "NETWR"), ())
    >>> cancelled_is_told(recognise([lines])[1][0])
    False
    """
    return "cancellation" in lines.document_codes.values()
