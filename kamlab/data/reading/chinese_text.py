"""Tell Chinese text from Western text that only happens to be valid GB18030.

Two accented letters in a row are a Chinese character in GB18030: the öß of Größe is a
rare one. Real text consists of the 3,755 everyday characters 一级汉字 that GB 2312
lists first; Western letters hardly ever make one of them.
"""

from dataclasses import dataclass
from functools import cache

_LEADS, _TRAILS = range(0xB0, 0xD8), range(0xA1, 0xFF)
_EVERYDAY_SHARE = 0.6
_KNOWN_SHARE = 0.95


@dataclass(frozen=True)
class CharacterCount:
    """How many characters beyond ASCII a text has, and which they are.

    Parameters
    ----------
    everyday, rare, marks, foreign : int
        Everyday Chinese characters, others of GB 2312, its punctuation and signs, and
        whatever GB 2312 does not have.

    Examples
    --------
    >>> count_characters("客户: 鑫源")
    CharacterCount(everyday=3, rare=1, marks=0, foreign=0)
    """

    everyday: int = 0
    rare: int = 0
    marks: int = 0
    foreign: int = 0

    def __add__(self, other: "CharacterCount") -> "CharacterCount":
        """Return the count of two texts together."""
        return CharacterCount(
            self.everyday + other.everyday,
            self.rare + other.rare,
            self.marks + other.marks,
            self.foreign + other.foreign,
        )

    def looks_chinese(self, fewest: int = 2) -> bool:
        """Whether a text that was read as GB18030 is Chinese by its characters.

        Parameters
        ----------
        fewest : int
            Everyday characters without which nothing is said.

        Examples
        --------
        >>> count_characters("客户").looks_chinese()
        True
        >>> misread = "Größe".encode("cp1252").decode("gb18030")
        >>> count_characters(misread).looks_chinese()
        False
        """
        characters = self.everyday + self.rare
        known = characters + self.marks
        return (
            self.everyday >= fewest
            and self.everyday >= _EVERYDAY_SHARE * characters
            and known >= _KNOWN_SHARE * (known + self.foreign)
        )


def count_characters(text: str) -> CharacterCount:
    """Count the characters beyond ASCII by how usual they are in Chinese text.

    Examples
    --------
    >>> count_characters("Café")
    CharacterCount(everyday=0, rare=0, marks=1, foreign=0)
    """
    if text.isascii():
        return CharacterCount()
    counts = dict.fromkeys(("everyday", "rare", "marks", "foreign"), 0)
    for character in text:
        if not character.isascii():
            counts[_kind(character)] += 1
    return CharacterCount(**counts)


@cache
def _kind(character: str) -> str:
    try:
        lead, trail = character.encode("gb2312")
    except (UnicodeEncodeError, ValueError):
        return "foreign"
    if lead < _LEADS.start:
        return "marks"
    return "everyday" if lead in _LEADS and trail in _TRAILS else "rare"
