"""Landlock: a process gives up, for good, all of the disk but what it names.

References
----------
Salaün, M., Landlock: unprivileged access control, The Linux kernel user-space API
guide (documentation of Linux 5.13 and later).
"""

import ctypes
import os
import sys
from collections.abc import Iterable
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446  # on every architecture
_ASK_VERSION = 1
_PATH_BENEATH = 1
_NO_NEW_PRIVILEGES = 38

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_TRUNCATE, _IOCTL = 1 << 14, 1 << 15
#: What can be done to a file; all other rights are about folders.
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL
_READ = _EXECUTE | _READ_FILE | _READ_DIR
#: Number of rights by version of Landlock.
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
_NEWEST_RIGHTS = 16
_TCP = 3  # bind and connect, from version 4 on
_SCOPED = 3  # abstract sockets and signals, from version 6 on


class _Ruleset(ctypes.Structure):
    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def landlock_version() -> int:
    """Return the version of Landlock that this machine has, 0 if none.

    Examples
    --------
    >>> landlock_version() >= 0
    True
    """
    if sys.platform != "linux":
        return 0
    found = ctypes.CDLL(None).syscall(_CREATE_RULESET, None, 0, _ASK_VERSION)
    return max(found, 0)


def lock_in(
    writable: Iterable[Path], readable: Iterable[Path], listable: Iterable[Path] = ()
) -> str:
    """Give up everything on disk but these places, and the network with it.

    It holds for this process and all it will ever start, and cannot be undone. From
    version 4 on no TCP connection can be made; from version 6 on no process outside
    can be sent a signal.

    Parameters
    ----------
    writable, readable : iterable of Path
        Folders and files to do anything in, and to read and execute.
    listable : iterable of Path
        Folders whose names may be read, but not what they hold.

    Returns
    -------
    str
        What is in force, for people: "Landlock 6".

    Raises
    ------
    OSError
        If this machine has no Landlock, or a limit cannot be set.
    """
    version = landlock_version()
    if version < 1:
        raise OSError("this machine has no Landlock")
    rights = (1 << _RIGHTS.get(version, _NEWEST_RIGHTS)) - 1
    ruleset = _ruleset(rights, version)
    try:
        for paths, allowed in (
            (writable, rights),
            (readable, _READ),
            (listable, _READ_DIR),
        ):
            for path in paths:
                _allow(ruleset, path, allowed & rights)
        _call("prctl", _NO_NEW_PRIVILEGES, 1, 0, 0, 0)
        _call("syscall", _RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)
    return f"Landlock {version}"


def _ruleset(rights: int, version: int) -> int:
    net, scoped = _TCP if version >= 4 else 0, _SCOPED if version >= 6 else 0
    wanted = _Ruleset(rights, net, scoped)
    # An older kernel knows a shorter structure, and refuses one that is too long.
    size = 24 if version >= 6 else 16 if version >= 4 else 8
    return _call("syscall", _CREATE_RULESET, ctypes.byref(wanted), size, 0)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    if not path.exists():
        return
    opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    try:
        allowed = rights if path.is_dir() else rights & _ON_FILES
        rule = _Beneath(allowed, opened)
        _call("syscall", _ADD_RULE, ruleset, _PATH_BENEATH, ctypes.byref(rule), 0)
    finally:
        os.close(opened)


def _call(function: str, *arguments: object) -> int:
    result = getattr(ctypes.CDLL(None, use_errno=True), function)(*arguments)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"Landlock: {os.strerror(number)}")
    return result
