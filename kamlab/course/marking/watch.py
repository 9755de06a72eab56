"""What a run takes of the machine with all its processes, held against its limits.

The system limits each process by itself; a run of many processes, or of many files,
would still leave nothing to others.
"""

import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

#: Most processes that a run may have at a time.
MOST_PROCESSES = 100
#: Bytes of the disk that are left to others, where there is as much.
_RESERVE = 1_000_000_000


def reserve_of(folder: Path) -> int:
    """Return how many bytes of a folder's disk a run must leave free.

    Parameters
    ----------
    folder : Path
        Where the run may write.

    Examples
    --------
    >>> 0 <= reserve_of(Path(".")) <= 1_000_000_000
    True
    """
    return min(_RESERVE, shutil.disk_usage(folder).free // 2)


def excess(pids: Sequence[int], megabytes: float, folder: Path, reserve: int) -> str:
    """Return what a run takes too much of.

    Parameters
    ----------
    pids : sequence of int
        Its processes.
    megabytes : float
        Memory that they may hold together.
    folder : Path
        Where it may write.
    reserve : int
        Bytes of that disk to be left free.

    Returns
    -------
    str
        "processes", "memory" or "disk"; "" if all is well.

    Examples
    --------
    >>> excess([os.getpid()], 1, Path("."), 0)
    'memory'
    """
    if len(pids) > MOST_PROCESSES:
        return "processes"
    if sum(map(memory_of, pids)) > megabytes * 1_000_000:
        return "memory"
    return "disk" if shutil.disk_usage(folder).free < reserve else ""


def memory_of(pid: int) -> int:
    """Return the bytes of memory that a process holds; 0 if it has ended.

    Parameters
    ----------
    pid : int
        Its id.

    Examples
    --------
    >>> memory_of(os.getpid()) >= 0
    True
    """
    with suppress(OSError):
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    return 0
