"""Find files that are UTF-8 although an older encoding is declared for them.

Every byte means something in cp1252 or latin-1, so that nothing fails when UTF-8 is
read with them: Köln becomes KÃ¶ln. Text of these encodings that happens to be UTF-8 as
well is next to impossible.
"""

import codecs
import re

from kamlab.data.findings.quality import Finding, Sample, make_finding

_ONE_BYTE = ("cp12", "cp43", "cp85", "cp86", "iso8859", "mac-", "koi8")
_WORD = re.compile(r"[\x21-\x7e]*[^\x00-\x7f]+[\x21-\x7e]*")


class Utf8Doubt:
    """Listens to a file's bytes, and knows whether all of them are UTF-8.

    Parameters
    ----------
    encoding : str
        What is declared; only encodings of one byte a character are doubted.

    Examples
    --------
    >>> doubt = Utf8Doubt("cp1252")
    >>> doubt.hear("1,Köln".encode())
    >>> print(doubt.finding("june.csv", "orders").message[:48])
    june.csv: the file is UTF-8, not cp1252: read so
    """

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._decoder = None
        if encoding.startswith(_ONE_BYTE):
            self._decoder = codecs.getincrementaldecoder("utf-8")("strict")
        self._word = ""

    def hear(self, piece: bytes) -> None:
        """Take the next bytes of the file; none at all mean that it has ended."""
        if self._decoder is None:
            return
        try:
            text = self._decoder.decode(piece, final=not piece)
        except UnicodeDecodeError:
            self._decoder = None
            return
        if not self._word and not text.isascii():
            self._word = _WORD.search(text)[0][:40]

    def finding(self, shown: str, table: str) -> Finding | None:
        """Return a finding where the file is UTF-8 against what is declared."""
        if self._decoder is None or not self._word:
            return None
        misread = self._word.encode().decode(self._encoding, errors="replace")
        return make_finding(
            "utf8_undeclared",
            table,
            samples=[Sample(shown, None, self._word)],
            encoding=self._encoding,
            misread=repr(misread),
        )
