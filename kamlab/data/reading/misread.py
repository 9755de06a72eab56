"""Find files that are UTF-8 or Chinese although a Western encoding is declared.

Every byte means something in cp1252 or latin-1, so that nothing fails when another
encoding is read with them: Köln becomes KÃ¶ln, and 客户 becomes ¿Í»§. Text of these
encodings that happens to be UTF-8 or Chinese text as well is next to impossible.
"""

import codecs
import re

from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.reading.chinese_text import CharacterCount, count_characters

_ONE_BYTE = ("cp12", "cp43", "cp85", "cp86", "iso8859", "mac-", "koi8")
#: In Cyrillic or Polish text words may be valid GB18030; in Western text they are not.
_WESTERN = ("cp1252", "iso8859-1", "iso8859-15", "cp850", "cp437", "mac-roman")
_WORD = re.compile(r"[\x21-\x7e]*[^\x00-\x7f]+[\x21-\x7e]*")
_FEWEST = 4
_ENOUGH = 2_000
_SHOWN = 40


class EncodingDoubt:
    """Listens to a file's bytes, and knows whether they are UTF-8 or Chinese text.

    Parameters
    ----------
    encoding : str
        What is declared; only encodings of one byte a character are doubted.

    Examples
    --------
    >>> doubt = EncodingDoubt("cp1252")
    >>> doubt.hear("1,Köln".encode())
    >>> print(doubt.finding("june.csv", "orders").message[:48])
    june.csv: the file is UTF-8, not cp1252: read so
    """

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        is_doubted = encoding.startswith(_ONE_BYTE)
        self._utf8 = _Utf8() if is_doubted else None
        self._chinese = _Chinese() if encoding in _WESTERN else None

    def hear(self, piece: bytes) -> None:
        """Take the next bytes of the file; none at all mean that it has ended."""
        for each in (self._utf8, self._chinese):
            if each is not None:
                each.hear(piece)

    def finding(self, shown: str, table: str) -> Finding | None:
        """Return a finding where the file is not what is declared."""
        if self._utf8 is not None and self._utf8.is_likely:
            return self._told("utf8_undeclared", self._utf8, shown, table)
        if self._chinese is not None and self._chinese.is_likely:
            return self._told("chinese_undeclared", self._chinese, shown, table)
        return None

    def _told(self, rule: str, reading: "_Reading", shown: str, table: str) -> Finding:
        data = reading.word.encode(reading.encoding)
        misread = data.decode(self._encoding, errors="replace")
        sample = [Sample(shown, None, reading.word)]
        return make_finding(
            rule,
            table,
            samples=sample,
            encoding=self._encoding,
            misread=repr(misread),
        )


class _Reading:
    """A file's bytes as another encoding reads them, until the first it cannot."""

    encoding = ""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder(self.encoding)("strict")
        self._fits = True
        self.word = ""

    def hear(self, piece: bytes) -> None:
        """Take the next bytes."""
        if not self._fits:
            return
        try:
            text = self._decoder.decode(piece, final=not piece)
        except UnicodeDecodeError:
            self._fits = False
            return
        if not text.isascii():
            self.word = self.word or _WORD.search(text)[0][:_SHOWN]
            self._weigh(text)

    def _weigh(self, text: str) -> None:
        """Look at a piece that is not plain ASCII."""

    @property
    def is_likely(self) -> bool:
        """Whether the file is in this encoding."""
        return self._fits and bool(self.word)


class _Utf8(_Reading):
    """Bytes that are UTF-8 throughout are UTF-8."""

    encoding = "utf-8"


class _Chinese(_Reading):
    """Bytes that are GB18030 throughout are it where they make everyday words."""

    encoding = "gb18030"

    def __init__(self) -> None:
        super().__init__()
        self._counted = CharacterCount()

    def _weigh(self, text: str) -> None:
        if self._counted.everyday < _ENOUGH:
            self._counted += count_characters(text)

    @property
    def is_likely(self) -> bool:
        """Whether the file is Chinese text."""
        return super().is_likely and self._counted.looks_chinese(_FEWEST)
