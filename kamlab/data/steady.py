"""Go on reading the files that were opened, although an import puts others there.

A report reads a portfolio for minutes, and DuckDB opens a file anew for every query.
Where the system can (Linux), a file is therefore held open, and read through what is
held: it stays what it was, even when its name belongs to another file by then.
"""

import os
from pathlib import Path

_HELD = Path("/proc/self/fd")


class SteadyFiles:
    """Files that stay what they are until they are let go.

    Examples
    --------
    >>> files = SteadyFiles()
    >>> files.hold(Path("data/demo/orders.csv")).stat().st_size > 1000
    True
    >>> files.let_go()
    """

    def __init__(self) -> None:
        self._handles: list[int] = []

    def hold(self, file: Path) -> Path:
        """Return a path that goes on leading to a file as it is now.

        Parameters
        ----------
        file : Path
            There; where the system cannot hold it, its own path is returned.
        """
        if not _HELD.is_dir():
            return file
        handle = os.open(file, os.O_RDONLY)
        self._handles.append(handle)
        return _HELD / str(handle)

    def let_go(self) -> None:
        """Close all files; their paths lead nowhere afterwards."""
        while self._handles:
            os.close(self._handles.pop())


def mark_of(file: Path) -> tuple[int, ...] | None:
    """Return what tells a file from another, and from itself once it was changed.

    Parameters
    ----------
    file : Path
        The file; None is returned where there is none.

    Examples
    --------
    >>> here = Path("data/demo/portfolio.yml")
    >>> mark_of(here) == mark_of(here)
    True
    """
    if not file.exists():
        return None
    told = file.stat()
    changed = told.st_mtime_ns, told.st_ctime_ns
    return told.st_dev, told.st_ino, told.st_size, *changed
