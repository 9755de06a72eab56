"""Take zeros off the front of account numbers, where one file has them and another not.

SAP keeps a customer's number as 0000100200 and shows it as 100200. Left as they are,
the lines of one file would find no account in the other.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kamlab.data.presets.recognition import ACCOUNTS, ORDERS, Recognised
from kamlab.data.presets.suggestion import Entry, TableSuggestion

#: Columns of the contract that hold numbers of accounts.
_NUMBERS = ("account_id", "parent_id", "payer_id", "ship_to_id")

#: Share of the numbers without a partner that have one but for zeros.
_FEWEST = 0.5

_ZEROS = re.compile(r"0+(?=[0-9]+\Z)")


@dataclass(frozen=True)
class _Pair:
    """One number as two files write it, and what the second file is called."""

    one: str
    other: str
    file: str


def with_zeros_alike(
    tables: Sequence[TableSuggestion], taken: Mapping[str, Recognised]
) -> list[TableSuggestion]:
    """Return the tables, with zeros taken off where numbers differ in them only.

    Parameters
    ----------
    tables : sequence of TableSuggestion
        As suggested so far.
    taken : mapping of str to Recognised
        What was recognised, by table of the contract.

    Returns
    -------
    list of TableSuggestion
        With `strip_zeros` and two numbers to compare; as they were, where numbers
        agree, or where two accounts differ in their zeros only.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> rows = (("0000100200", "31.01.2025", "9"), ("100200", "31.01.2025", "8"))
    >>> lines = Excerpt(("a.csv",), "text", ("KUNAG", "FKDAT", "NETWR"), rows)
    >>> table = TableSuggestion("orders", (), (Entry("account_id", "KUNAG"),))
    >>> found = with_zeros_alike([table], {"orders": recognise([lines])[1][0]})
    >>> found[0].columns[0].value, found[0].columns[0].why
    ({'from': 'KUNAG', 'strip_zeros': True}, '0000100200 is 100200 in a.csv')
    """
    numbers = {
        name: rows.profiles[header].texts
        for name, rows in taken.items()
        if name in (ORDERS, ACCOUNTS) and (header := rows.header("account_id", name))
    }
    pair = _pair(numbers, taken)
    if pair is None:
        return list(tables)
    return [_without_zeros(each, taken, pair) for each in tables]


def _pair(
    numbers: Mapping[str, Sequence[str]], taken: Mapping[str, Recognised]
) -> _Pair | None:
    """Return a number that is written in two ways, None where zeros mean something.

    The list of accounts knows best: two of its accounts are two, whatever their zeros.
    """
    lines, master = (dict.fromkeys(numbers.get(n, ())) for n in (ORDERS, ACCOUNTS))
    known = {bare(each): each for each in master or sorted(lines, key=len)[::-1]}
    if not lines or (master and len(known) < len(master)):
        return None
    unknown = [each for each in lines if known.get(bare(each), each) != each]
    lost = [each for each in lines if each not in (master or known)]
    if not unknown or (master and len(unknown) < _FEWEST * len(lost)):
        return None
    other = known[bare(unknown[0])]
    return _Pair(unknown[0], other, taken[ACCOUNTS if master else ORDERS].excerpt.shown)


def bare(number: str) -> str:
    """Return a number without zeros in front; any other text as it is.

    Examples
    --------
    >>> bare("0000100200"), bare("0"), bare("00A7")
    ('100200', '0', '00A7')
    """
    return _ZEROS.sub("", number, count=1) if _ZEROS.match(number) else number


def _without_zeros(
    table: TableSuggestion, taken: Mapping[str, Recognised], pair: _Pair
) -> TableSuggestion:
    rows = taken.get(table.name) or taken[ORDERS]
    columns = [_column(each, rows, pair) for each in table.columns]
    return replace(table, columns=tuple(columns))


def _column(entry: Entry, rows: Recognised, pair: _Pair) -> Entry:
    """Return a column of numbers without zeros, where it has any."""
    value = {"from": entry.value} if isinstance(entry.value, str) else entry.value
    if entry.key not in _NUMBERS or not isinstance(value, dict):
        return entry
    profile = rows.profiles.get(value.get("from"))
    if profile is None or value.get("by_name"):
        return entry
    if all(bare(text) == text for text in profile.texts):
        return entry
    why = f"{pair.one} is {pair.other} in {pair.file}"
    return replace(entry, value={**value, "strip_zeros": True}, why=why)
