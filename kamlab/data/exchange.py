"""Let two folders change places in one step of the file system, where it can."""

import ctypes
import os
import sys
from pathlib import Path

#: Of Linux's renameat2(2): paths count from the working folder; both names change over.
_WORKING_FOLDER = -100
_EXCHANGE = 2


def exchanged(one: Path, other: Path) -> bool:
    """Swap two folders so that nobody ever finds either name missing.

    Parameters
    ----------
    one, other : Path
        Both there, on the same disk.

    Returns
    -------
    bool
        False where the system cannot do it; then nothing has happened.

    Examples
    --------
    >>> exchanged(Path("/nowhere/a"), Path("/nowhere/b"))
    False
    """
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:
        return False
    paths = os.fsencode(one), os.fsencode(other)
    return rename(_WORKING_FOLDER, paths[0], _WORKING_FOLDER, paths[1], _EXCHANGE) == 0
