"""Count the lines of a text that comes in pieces, and look whether one is empty."""

import numpy as np


class LineCount:
    """Knows how many lines have ended, and whether one of them was empty.

    Examples
    --------
    >>> lines = LineCount()
    >>> lines.take_plain(b"Nr;Net\\n1;")
    >>> lines.take("2,50\\n")
    >>> lines.current, lines.has_blank
    (3, False)
    >>> lines.take("\\n")
    >>> lines.has_blank
    True
    """

    def __init__(self) -> None:
        self.current = 1
        self.has_blank = False
        self._has_ended = True

    def take(self, text: str) -> None:
        """Take the next piece of the text.

        Parameters
        ----------
        text : str
            With lines that end in "\\n".
        """
        begins = self._has_ended and text.startswith("\n")
        self.has_blank = self.has_blank or begins or "\n\n" in text
        self.current += text.count("\n")
        self._has_ended = text.endswith("\n") if text else self._has_ended

    def take_plain(self, piece: bytes) -> None:
        """Take the next piece as bytes of ASCII; in a long file this is much faster.

        Parameters
        ----------
        piece : bytes
            With at least one line that ends in "\\n".
        """
        ends = np.flatnonzero(np.frombuffer(piece, np.uint8) == ord("\n"))
        begins = self._has_ended and ends[0] == 0
        blank = bool(begins or (np.diff(ends) == 1).any())
        self.has_blank = self.has_blank or blank
        self.current += len(ends)
        self._has_ended = piece.endswith(b"\n")
