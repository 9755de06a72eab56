"""Ask about the columns that have no sure place, and tell of those that need none."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from kamlab.data.contract import TABLES
from kamlab.data.presets.converted import (
    converted_column,
    is_in_other_currencies,
)
from kamlab.data.presets.documents import cancelled_is_told
from kamlab.data.presets.names import is_technical, normalised
from kamlab.data.presets.preset import CANCELLED, GROSS, STAGE, TAX
from kamlab.data.presets.profile import DATE, EMPTY, NUMBER, Profile
from kamlab.data.presets.recognition import Recognised
from kamlab.data.presets.registry import PRESETS
from kamlab.data.presets.suggestion import Unused

#: Columns whose values may be about a person and are not shown.
_PERSONAL = re.compile(
    "name|contact|mail|phone|fax|mobile|address|street|kontakt|telefon|straße|strasse|"
    "anschrift|ansprech|姓名|联系|电话|手机|邮箱|地址|birth|geburt",
    re.IGNORECASE,
)
_CLOSE = 0.8


def unused_columns(
    rows: Recognised, used: Iterable[str], masters: dict[str, str]
) -> list[Unused]:
    """Return the columns that need no decision, each with the reason.

    Parameters
    ----------
    rows : Recognised
        A file of the export.
    used : iterable of str
        Columns that the mapping uses.
    masters : dict of str to str
        By table, the file that its master is read from.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("MANDT", "KUNAG", "FKDAT", "NETWR")
    >>> rows = (("100", "1", "20250131", "9.50"),)
    >>> found = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> unused_columns(found, ["KUNAG", "FKDAT", "NETWR"], {})[0].header
    'MANDT'
    """
    there, found = set(used), []
    for name, profile in rows.profiles.items():
        why = "" if name in there else _why_unused(rows, name, profile, masters)
        if why:
            found.append(Unused(rows.excerpt.files[0], name, why))
    return found


def _why_unused(
    rows: Recognised, name: str, profile: Profile, masters: dict[str, str]
) -> str:
    """Return why nobody needs a column, empty where that is not known."""
    if profile.kind == EMPTY:
        return "it is empty in the rows looked at"
    if PRESETS["generic"].leaves(name):
        return "the contract has no place for it"
    if _names_currency_of_books(rows, name):
        return "it names the currency of the portfolio"
    if is_technical(name) or rows.preset.leaves(name):
        return f"{rows.preset.name} writes it for itself, or another column says it"
    for (table, column), match in rows.matches.items():
        if match.header == name:
            return _why_left(rows, table, column, masters)
    return ""


def _names_currency_of_books(rows: Recognised, name: str) -> bool:
    after = converted_column(rows, rows.header("net_amount"))
    return bool(after) and name == f"{after} Currency"


def _why_left(
    rows: Recognised, table: str, column: str, masters: dict[str, str]
) -> str:
    if column == CANCELLED:
        told = "its cancellation is a document of its own"
        return told if cancelled_is_told(rows) else "no row is marked by it"
    if column in (GROSS, TAX):
        return "the amount without VAT is there"
    if column == STAGE:
        return "no stage is known that is no sale"
    if is_in_other_currencies(rows, table, column):
        return "it is in the currency of the document, unlike the amounts"
    if table in masters:
        return f"{table} are read from {masters[table]}"
    return ""


def open_columns(
    rows: Recognised, used: Iterable[str], unused: list[Unused]
) -> list[str]:
    """Return the columns that a person has to decide about.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("KUKLA", "KUNAG", "FKDAT", "NETWR")
    >>> rows = (("01", "1", "20250131", "9.50"),)
    >>> found = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> open_columns(found, ["KUNAG", "FKDAT", "NETWR"], [])
    ['KUKLA']
    """
    told = {*used, *(each.header for each in unused)}
    return [name for name in rows.profiles if name not in told]


def question_about(rows: Recognised, name: str) -> str:
    """Return what is asked about a column: what it may be, and what stands in it.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("KUKLA", "KUNAG", "FKDAT", "NETWR")
    >>> rows = (("01", "1", "20250131", "9.50"), ("02", "1", "20250131", "9.50"))
    >>> found = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> question_about(found, "KUKLA")
    'KUKLA: customer class - perhaps accounts.kind? values: 01, 02'
    """
    profile = rows.profiles[name]
    meant = rows.preset.meaning(name) or PRESETS["generic"].meaning(name)
    meant = meant or _nearest(name) or _looks_like(profile)
    if _PERSONAL.search(name) or any("@" in text for text in profile.shown):
        return f"{name}: {meant}? values may be about persons and are not shown"
    return f"{name}: {meant}? values: {', '.join(profile.shown)}"


def _nearest(name: str) -> str:
    """Return the column of the contract whose name is nearly the same."""
    choices = {
        normalised(column): f"{table}.{column}"
        for table in ("products", "accounts", "orders")
        for column in TABLES[table].column_names
    }
    close = get_close_matches(normalised(name), choices, n=1, cutoff=_CLOSE)
    return f"perhaps {choices[close[0]]}" if close else ""


def _looks_like(profile: Profile) -> str:
    """Return what the values look like, where the name says nothing."""
    if profile.kind == DATE:
        return "days"
    if profile.kind == NUMBER:
        return "numbers"
    few = profile.distinct <= max(1, len(profile.texts) // 10)
    return "codes or groups" if few else "texts"
