"""Know what the bytes of a text file prove about every cell in it.

DuckDB reads numbers more generously than accountants write them: ``1_000`` is 1000 to
it, ``+-1`` is -1, and a tab before a digit is nothing. Where a file holds no such
bytes, no cell holds them either, and nobody has to look at each.
"""

import codecs
import re

import numpy as np

#: Encodings in which a sign of ASCII is written as its own byte and as no other's.
_KNOWN = ("utf-8", "ascii", "cp1252", "iso8859-1", "iso8859-15")

#: Two bytes may mean something together that stand in two pieces of a file.
_SEAM = 2

_GROUPED = re.compile(rb"_(?<=[0-9]_)[0-9]")


class BytesSeen:
    """Looks at the rows of a file as they go by, and says what none of them holds.

    Parameters
    ----------
    encoding : str
        Of the file; of many encodings nothing is known.
    above : int
        Lines down to the header, which are not looked at.

    Examples
    --------
    >>> seen = BytesSeen("utf-8", above=1)
    >>> seen.take(b"Net 1\\n1;2,50\\n")
    >>> seen.are_strict, seen.are_bare, seen.rows
    (True, True, 1)
    >>> seen.take(b"1_000;2,50\\n")
    >>> seen.are_strict, seen.rows
    (False, 2)
    """

    def __init__(self, encoding: str, above: int = 1) -> None:
        self._above = above
        self._last = b""
        self._lines = 0
        #: No row holds what DuckDB alone takes for a number: a control character,
        #: digits grouped by ``_``, two signs.
        self.are_strict = encoding in _KNOWN
        #: No row holds a blank or anything but ASCII either.
        self.are_bare = self.are_strict

    @property
    def rows(self) -> int:
        """Rows of the file, if none of its cells holds the end of a line."""
        return self._lines + (self._last[-1:] not in (b"", b"\n"))

    def take(self, piece: bytes) -> None:
        """Take the next piece of the file.

        Parameters
        ----------
        piece : bytes
            As they stand in the file.
        """
        if self._above:
            piece = self._below_header(piece)
        if not piece or not self.are_strict:
            return
        seen = np.frombuffer(piece, np.uint8)
        ends = int(np.count_nonzero(seen == ord("\n")))
        self._lines += ends
        if np.count_nonzero(seen <= ord(" ")) > ends:
            self._take_blanks(seen, ends)
        self.are_bare = self.are_bare and piece.isascii()
        self._look_for_numbers(self._last + piece[:_SEAM])
        if self._last.endswith(b"\r") and not piece.startswith(b"\n"):
            self._doubt()
        self._look_for_numbers(piece)
        self._last = (self._last + piece[-_SEAM:])[-_SEAM:]

    def _below_header(self, piece: bytes) -> bytes:
        """Return what of a piece is below the header."""
        piece = piece.removeprefix(codecs.BOM_UTF8)
        *above, rest = piece.split(b"\n", self._above)
        self._above -= len(above)
        return b"" if self._above else rest

    def _take_blanks(self, seen: np.ndarray, ends: int) -> None:
        """Look at what is not printed, beside the ends of lines."""
        self.are_bare = self.are_bare and not np.any(seen == ord(" "))
        returns = np.flatnonzero(seen == ord("\r"))
        # The one at the end is looked at with the next piece.
        after = seen[returns[returns < len(seen) - 1] + 1]
        is_alone = bool((after != ord("\n")).any())
        if is_alone or np.count_nonzero(seen < ord(" ")) > ends + len(returns):
            self._doubt()

    def _look_for_numbers(self, piece: bytes) -> None:
        """Look for what stands for a number to DuckDB alone."""
        has_signs = b"+" in piece and b"+-" in piece
        if has_signs or (b"_" in piece and _GROUPED.search(piece)):
            self._doubt()

    def _doubt(self) -> None:
        self.are_strict = self.are_bare = False
