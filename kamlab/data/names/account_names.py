"""Make one id of the many ways to write a company's name.

Glossary
--------
normalised name
    A name in small letters and usual width, without blanks, brackets, punctuation and
    legal form: （宁波）精密机械 有限公司 and 宁波精密机械 are one.
legal form 企业组织形式
    What a name says about the kind of company: GmbH, AG, Ltd, 有限公司.
"""

import re
import unicodedata

#: Legal forms; of those that begin alike the longer stands first.
_CHINESE = ("股份有限责任公司", "有限责任公司", "股份有限公司", "有限公司")
_CHINESE += ("股份公司", "总公司", "公司", "股份")
_WESTERN = (
    "gmbh & co kg",
    "gmbh & co",
    "ag & co kg",
    "company limited",
    "co ltd",
    "pte ltd",
    "pty ltd",
    "sdn bhd",
    "sp z oo",
    "incorporated",
    "corporation",
    "limited",
    "gmbh",
    "mbh",
    "kgaa",
    "ohg",
    "ltda",
    "ltd",
    "llc",
    "llp",
    "plc",
    "inc",
    "corp",
    "sarl",
    "srl",
    "spa",
    "bv",
    "nv",
    "ag",
    "kg",
    "se",
    "sa",
    "co",
)
_DOTTED = re.compile(r"(?<=\b\w)\.(?=\w\b)|(?<=\b\w)\.")
_PUNCTUATION = re.compile(r"[^\w&]+|_+")


def normalised_name(name: str) -> str:
    """Return what is the same in all ways to write a company's name.

    Parameters
    ----------
    name : str
        As somebody wrote it.

    Returns
    -------
    str
        The id of its account; a name that is nothing but a legal form keeps it.

    Examples
    --------
    >>> normalised_name("Adler GmbH & Co. KG"), normalised_name("ＡＤＬＥＲ　Gmbh")
    ('adler', 'adler')
    >>> normalised_name("（宁波）精密机械 有限公司")
    '宁波精密机械'
    """
    return _cut(name)[0].replace(" ", "")


def legal_form(name: str) -> str:
    """Return the legal form in a name, or nothing.

    Examples
    --------
    >>> legal_form("Adler G.m.b.H."), legal_form("Adler"), legal_form("一汽有限公司")
    ('gmbh', '', '有限公司')
    """
    return _cut(name)[1]


def _cut(name: str) -> tuple[str, str]:
    """Return a name without its legal form, and the form; words parted by blanks."""
    text = unicodedata.normalize("NFKC", name).casefold()
    text = _PUNCTUATION.sub(" ", _DOTTED.sub("", text)).strip()
    for form in _WESTERN:
        core = text.removesuffix(f" {form}")
        if core != text:
            return core.strip(" &"), form
    joined = text.replace(" ", "")
    form = next((each for each in _CHINESE if joined.endswith(each)), "")
    core = joined.removesuffix(form)
    return (core, form) if form and core else (text, "")
