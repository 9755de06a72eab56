"""Recognise a list of totals from finance, against which an import is checked."""

from collections.abc import Iterable

from kamlab.data.presets.profile import DATE, NUMBER, Profile
from kamlab.data.presets.recognition import ORDERS, Recognised

_MOST_COLUMNS = 6


def as_totals(rows: Recognised) -> str:
    """Return how the mapping names a list of totals, if a file looks like one.

    Parameters
    ----------
    rows : Recognised
        A file that is no table of the contract.

    Returns
    -------
    str
        Such as a section `controls`, to be completed by the file's format; nothing
        where the file has no month beside an amount, or names accounts.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> rows = (("01/2025", "9,50"), ("02/2025", "8,00"))
    >>> books = Excerpt(("books.csv",), "text", ("Monat", "Saldo"), rows)
    >>> print(as_totals(recognise([books])[1][0]).partition(": ")[2])
    controls: [{file: "books.csv", columns: {period: "Monat", net_amount: "Saldo"}}]
    """
    profiles = rows.profiles.values()
    month = _first(profiles, DATE)
    amount = rows.header("net_amount", ORDERS) or _first(profiles, NUMBER)
    is_short = len(rows.profiles) <= _MOST_COLUMNS
    if not (month and amount and is_short) or rows.header("account_id", ORDERS):
        return ""
    columns = f'period: "{month}", net_amount: "{amount}"'
    return (
        "if it holds totals of the books, let the import be compared with them: "
        f'controls: [{{file: "{rows.excerpt.files[0]}", columns: {{{columns}}}}}]'
    )


def _first(profiles: Iterable[Profile], kind: str) -> str:
    return next((each.name for each in profiles if each.kind == kind), "")
