"""Read the days of a table of rates as another file of the export proves them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from kamlab.data.presets.recognition import FX_RATES, Recognised
from kamlab.data.presets.suggestion import Entry, TableSuggestion


def as_proved(
    tables: Sequence[TableSuggestion], taken: Mapping[str, Recognised]
) -> list[TableSuggestion]:
    """Return the tables, with rates dated in the order that other files prove.

    Rates begin on the first of a month, so that 01.02.2025 is both; a file that comes
    with them and holds the 31.01.2025 tells that days come first.

    Parameters
    ----------
    tables : sequence of TableSuggestion
        As suggested so far.
    taken : mapping of str to Recognised
        What was recognised, by table of the contract.

    Returns
    -------
    list of TableSuggestion
        As they were, where nothing is proved, or both orders are.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header, cells = ("KUNAG", "FKDAT", "NETWR"), (("1", "31.01.2025", "9"),)
    >>> lines = recognise([Excerpt(("a.csv",), "text", header, cells)])[1][0]
    >>> formats = ("DD.MM.YYYY", "MM.DD.YYYY")
    >>> ways = tuple({"from": "Tag", "format": each} for each in formats)
    >>> asked = Entry("valid_on", options=ways, question="which?")
    >>> table = TableSuggestion("fx_rates", (), (asked,))
    >>> as_proved([table], {"orders": lines})[0].columns[0].value["format"]
    'DD.MM.YYYY'
    """
    proved = _proved(taken)
    return [
        replace(each, columns=tuple(_decided(entry, proved) for entry in each.columns))
        if each.name == FX_RATES
        else each
        for each in tables
    ]


def _proved(taken: Mapping[str, Recognised]) -> dict[str, str]:
    """Return by the order of day, month and year a file in which it is certain."""
    return {
        _order(written): rows.excerpt.shown
        for name, rows in taken.items()
        if name != FX_RATES
        for profile in rows.profiles.values()
        if not profile.ways and not profile.is_typed
        for written in profile.dates
    }


def _order(written: str) -> str:
    """Return a format without its marks: DDMMYYYY for DD.MM.YYYY and DD/MM/YYYY."""
    return re.sub("[^A-Z]", "", written)


def _decided(entry: Entry, proved: Mapping[str, str]) -> Entry:
    if entry.key != "valid_on" or not entry.is_open:
        return entry
    fitting = [each for each in entry.options if _order(each["format"]) in proved]
    if len(fitting) != 1:
        return entry
    why = f"days as in {proved[_order(fitting[0]['format'])]}"
    return Entry(entry.key, fitting[0], why)
