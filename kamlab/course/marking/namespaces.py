"""A world of its own for a submission: no other processes in sight, and no network.

References
----------
namespaces(7) and user_namespaces(7), Linux manual pages.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

_NEW_MOUNTS, _NEW_IPC, _NEW_USERS = 0x00020000, 0x08000000, 0x10000000
_NEW_PROCESSES, _NEW_NETWORK = 0x20000000, 0x40000000
_ALL = _NEW_MOUNTS | _NEW_IPC | _NEW_USERS | _NEW_PROCESSES | _NEW_NETWORK
_RECURSIVE, _PRIVATE = 0x4000, 0x40000
_NO_TRICKS = 0x2 | 0x4 | 0x8  # nosuid, nodev, noexec
_DEATH_SIGNAL, _SUBREAPER = 1, 36
_CAPABILITIES = 0x20080522  # version 3, the last one


def leave_the_world() -> bool:
    """Let the next child live in namespaces of its own.

    The child is the first process there: when it ends, the kernel ends all others.

    Returns
    -------
    bool
        False where this machine does not allow it; nothing has changed then.
    """
    # Some systems let a process in and then refuse it everything there.
    if sys.platform != "linux" or not would_work(_leave):
        return False
    _leave()
    return True


def would_work(step: Callable[[], None]) -> bool:
    """Whether a step that cannot be undone goes well, tried by a child that ends.

    Parameters
    ----------
    step : callable
        Raises OSError where it is refused.

    Examples
    --------
    >>> would_work(lambda: os.chdir("/"))
    True
    """
    child = os.fork()
    if child == 0:
        status = 1
        try:
            step()
            status = 0
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1] == 0


def give_up_powers() -> None:
    """Give up what a superuser may do beyond the files that are its own.

    Raises
    ------
    OSError
        If that is refused.
    """
    header = (ctypes.c_uint32 * 2)(_CAPABILITIES, 0)
    none = (ctypes.c_uint32 * 6)()
    if ctypes.CDLL(None).capset(header, none) != 0:
        raise OSError("capabilities cannot be given up")


def _leave() -> None:
    user, group = os.getuid(), os.getgid()
    if ctypes.CDLL(None).unshare(_ALL) != 0:
        raise OSError("no namespaces for this user")
    own = Path("/proc/self")
    (own / "setgroups").write_text("deny", encoding="ascii")
    (own / "uid_map").write_text(f"{user} {user} 1", encoding="ascii")
    (own / "gid_map").write_text(f"{group} {group} 1", encoding="ascii")


def see_only_own_processes() -> None:
    """Let /proc show the new namespace; where that is refused, it shows the old one."""
    libc = ctypes.CDLL(None)
    libc.unshare(_NEW_MOUNTS)  # the parent goes on seeing all, to watch over them
    libc.mount(b"none", b"/", None, _RECURSIVE | _PRIVATE, None)
    libc.mount(b"proc", b"/proc", b"proc", _NO_TRICKS, None)


def end_with_parent(with_signal: int = signal.SIGKILL) -> None:
    """Have the kernel end this process when the one that started it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DEATH_SIGNAL, with_signal, 0, 0, 0)


def adopt_orphans() -> None:
    """Become the parent of whatever a descendant leaves running behind it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0)


def end_descendants() -> None:
    """End every process that this one started, or that those started, at once."""
    while pids := descendants(os.getpid()):
        for pid in pids:
            _kill(pid)
        for _ in pids:
            _reap()


def descendants(parent: int) -> list[int]:
    """Return the ids of all running processes below one.

    Parameters
    ----------
    parent : int
        Process id.

    Returns
    -------
    list of int
        Empty where there is no /proc to read them from.

    Examples
    --------
    >>> os.getpid() in descendants(os.getppid())
    True
    """
    parents = dict(_parents())
    found: list[int] = []
    level = {parent}
    while level:
        level = {pid for pid, above in parents.items() if above in level}
        found += sorted(level)
    return found


def _parents() -> list[tuple[int, int]]:
    """Return process and parent of everything that runs."""
    pairs = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            # The name stands in brackets and may hold anything.
            state, above = (
                stat.read_text("utf-8", "replace").rpartition(")")[2].split()[:2]
            )
        except (OSError, ValueError):
            continue  # it has ended meanwhile
        if state != "Z" or int(above) == os.getpid():
            pairs.append((int(stat.parent.name), int(above)))
    return pairs


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _reap() -> None:
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return
