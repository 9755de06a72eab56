"""How names from the data stand in a figure: no formula, no character without a font.

Customers are called ``A$AP``, ``24_7``, ``深圳市…`` and worse. `plain` makes any such
text safe to draw.
"""

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from kamlab.language import _, current_language

#: Chinese fonts, best first; the first that is installed is used.
CJK_FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "SimHei",
)
_MISSING_GLYPH = "□"


@lru_cache(maxsize=1)
def font_families() -> tuple[str, ...]:
    """Name the fonts figures are set in: DejaVu Sans and a Chinese one if installed.

    Returns
    -------
    tuple of str
        Family names in the order in which a character is looked up.

    Examples
    --------
    >>> font_families()[0]
    'DejaVu Sans'
    """
    from matplotlib.font_manager import fontManager

    installed = {font.name for font in fontManager.ttflist}
    chinese = [name for name in CJK_FONTS if name in installed]
    return ("DejaVu Sans", *chinese[:1])


def font_remark() -> str:
    """Say that no font for Chinese is installed, if the language needs one.

    Returns
    -------
    str
        What to install, in the current language; empty where figures can be drawn.

    Examples
    --------
    >>> font_remark()  # English needs none
    ''
    """
    if current_language() != "zh" or len(font_families()) > 1:
        return ""
    return _(
        "No font for Chinese is installed, so that figures and PDF show {sign} instead "
        "of characters. Install {font}; on Debian and Ubuntu: apt-get install "
        "fonts-noto-cjk"
    ).format(sign=_MISSING_GLYPH, font=CJK_FONTS[0])


def plain(text: object, width: int | None = None) -> str:
    r"""Make a name from the data safe to stand in a figure.

    Parameters
    ----------
    text : object
        An account's name or id as the data hold it.
    width : int, optional
        Shorten to this many columns; a Chinese character takes two.

    Returns
    -------
    str
        The text with dollar signs escaped, line breaks and control characters
        removed, and characters that no font can draw shown as □. Use it once, where
        the text is drawn: a second pass would show the escapes.

    Examples
    --------
    >>> plain("Cash & Carry $ 24_7")
    'Cash & Carry \\$ 24_7'
    >>> plain("A long name that goes on", width=12)
    'A long name…'
    """
    words = " ".join(str(text).split())
    visible = "".join(c for c in words if not _is_invisible(c))
    return shortened(_drawable(visible), width).replace("$", r"\$")


def shortened(text: str, width: int | None) -> str:
    """Shorten a name to so many columns; a Chinese character takes two.

    Parameters
    ----------
    text : str
        The name.
    width : int or None
        Columns; None leaves the name as it is.

    Returns
    -------
    str
        Ends with "…" where something is left out.

    Examples
    --------
    >>> shortened("Bremhorst Werkzeugmaschinen GmbH", 20)
    'Bremhorst Werkzeugm…'
    """
    if width is None or sum(map(_columns, text)) <= width:
        return text
    kept, used = "", 1
    for character in text:
        used += _columns(character)
        if used > width:
            break
        kept += character
    return kept.rstrip() + "…"


def display_name(account: object, names: Mapping[object, str] | None = None) -> str:
    """Return an account's name, or its id where the name is not known.

    Parameters
    ----------
    account : object
        Id of the account.
    names : mapping or Series, optional
        Name by account.

    Returns
    -------
    str
        As the data hold it; pass it through `plain` before it stands in a figure.

    Examples
    --------
    >>> display_name("A01", {"A01": "Harbour Cranes"}), display_name("A02", {})
    ('Harbour Cranes', 'A02')
    """
    name = None if names is None else names.get(account)
    # Nothing but "not a number" differs from itself: a gap in a column of names.
    return str(account if name is None or name != name else name)


def _is_invisible(character: str) -> bool:
    """Whether a character only steers others: directions, joiners, variants."""
    category = unicodedata.category(character)
    return (
        category in {"Cc", "Cf", "Cs", "Co", "Cn"} or "\ufe00" <= character <= "\ufe0f"
    )


def _drawable(text: str) -> str:
    if text.isascii():
        return text
    return "".join(c if _has_glyph(c) else _MISSING_GLYPH for c in text)


@lru_cache(maxsize=4096)
def _has_glyph(character: str) -> bool:
    from matplotlib.font_manager import findfont, get_font

    paths = (findfont(family) for family in font_families())
    return any(get_font(path).get_char_index(ord(character)) for path in paths)


def _columns(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
