"""Compare the names of columns whatever their case, width, spaces and units.

``Net Amount (EUR)``, ``NET_AMOUNT`` and ``net amount`` are one name.
"""

import re
import unicodedata
from functools import lru_cache

#: Bracketed words, such as units: 金额（万元）, Betrag [EUR].
_BRACKETS = re.compile(r"[(\[{【〔].*?[)\]}】〕]")

#: A unit at the end of a name, without brackets.
_UNIT = re.compile(
    r"(\bin)?[\s_]*\b[tkm]?(eur|usd|cny|rmb|gbp|chf|dollars?)$|[万千]?元$|[€$£¥]$"
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})

#: Columns that a system adds for itself; nobody analyses them.
_TECHNICAL = re.compile(
    r"\s*\(do not modify\)|.*\b(row checksum|guid|system ?modstamp)\b|(unnamed: ?\d+)$",
    re.IGNORECASE,
)


@lru_cache(maxsize=20_000)
def normalised(name: str) -> str:
    """Return the name of a column as it is compared.

    Parameters
    ----------
    name : str
        As it stands in a header.

    Returns
    -------
    str
        Small letters and digits of the usual width, without brackets and signs.

    Examples
    --------
    >>> normalised("Net_Amount (EUR)"), normalised("客户 名称"), normalised("Währung")
    ('netamount', '客户名称', 'waehrung')
    """
    text = unicodedata.normalize("NFKC", name).casefold().translate(_UMLAUTS)
    bare = re.sub(r"[\W_]+", "", _BRACKETS.sub("", text))
    return bare or re.sub(r"[\W_]+", "", text)


@lru_cache(maxsize=20_000)
def forms_of(name: str) -> tuple[str, ...]:
    """Return the ways in which a name may be known: as it is, and without its unit.

    Examples
    --------
    >>> forms_of("Umsatz TEUR"), forms_of("Kunde")
    (('umsatzteur', 'umsatz'), ('kunde',))
    """
    text = unicodedata.normalize("NFKC", name).casefold().replace("_", " ").strip()
    without = normalised(_UNIT.sub("", text))
    return tuple(dict.fromkeys(each for each in (normalised(name), without) if each))


def is_technical(name: str) -> bool:
    """Whether a system adds a column for itself, as Dynamics does for its updates.

    Examples
    --------
    >>> is_technical("(Do Not Modify) Row Checksum"), is_technical("Row")
    (True, False)
    """
    return _TECHNICAL.match(name) is not None
