"""Key accounts by their normalised names, where an export has no numbers for them."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kamlab.data.presets.profile import TEXT
from kamlab.data.presets.recognition import ACCOUNTS, ORDERS, Recognised
from kamlab.data.presets.suggestion import Entry, TableSuggestion

_SAYS_NAME = re.compile(r"name|名称|firma|简称", re.IGNORECASE)
_SAYS_NUMBER = re.compile(
    r"\b(id|nr|no|code|key)\b|id$|numb|numm|编|代码|号", re.IGNORECASE
)
_WORDS = re.compile(r"[^\W\d_]{2,}\W+[^\W\d_]|[\u4e00-\u9fff]{2}")
_FEWEST = 0.5


def keyed_by_name(
    tables: Sequence[TableSuggestion], taken: dict[str, Recognised]
) -> list[TableSuggestion]:
    """Return the tables, with accounts by name where order lines hold names only.

    Parameters
    ----------
    tables : sequence of TableSuggestion
        As suggested so far.
    taken : dict of str to Recognised
        What was recognised, by table of the contract.

    Returns
    -------
    list of TableSuggestion
        With `by_name` at every account, so that one spelling meets another; the same
        where order lines hold numbers of accounts.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header, cells = ("客户名称", "日期", "金额"), (("宏业贸易", "2025-01-31", "9"),)
    >>> rows = recognise([Excerpt(("a.csv",), "text", header, cells)])[1][0]
    >>> table = TableSuggestion("orders", (), (Entry("account_id", "客户名称"),))
    >>> keyed_by_name([table], {"orders": rows})[0].columns[0].value
    {'from': '客户名称', 'by_name': True}
    """
    keys = [
        (rows, rows.header("account_id", name))
        for name, rows in taken.items()
        if name in (ORDERS, ACCOUNTS)
    ]
    if ORDERS not in taken or not all(_are_names(rows, key) for rows, key in keys):
        return list(tables)
    return [
        replace(table, columns=tuple(map(_by_name, table.columns))) for table in tables
    ]


def _are_names(rows: Recognised, header: str) -> bool:
    """Whether a column holds names, by its own name or by most of its words."""
    profile = rows.profiles[header]
    if profile.kind != TEXT or _SAYS_NUMBER.search(header):
        return False
    texts = set(profile.texts)
    like = sum(bool(_WORDS.search(text)) for text in texts)
    return bool(_SAYS_NAME.search(header)) or like > _FEWEST * len(texts)


def _by_name(entry: Entry) -> Entry:
    if entry.key != "account_id" or not isinstance(entry.value, str):
        return entry
    value = {"from": entry.value, "by_name": True}
    return replace(entry, value=value, why="names, whatever their spelling")
