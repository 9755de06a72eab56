"""Seccomp: a process gives up, for good, calls to the system that no lesson needs.

Landlock and namespaces leave two ways out: a socket file of a program that runs outside
(the desktop, a container service), which would run anything for its user, and the
permissions and times of files, which belong to the user whatever the folder. Both are
closed here, and the network once more.

References
----------
Drewry, W., Seccomp BPF: secure computing with filters, The Linux kernel user-space API
guide (documentation of Linux 3.5 and later).
"""

import ctypes
import errno
import os
import platform
import sys

_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_LOAD, _AND, _RETURN = 0x20, 0x54, 0x06
_IF_EQUAL, _IF_AT_LEAST = 0x15, 0x35
_ALLOW, _ANSWER = 0x7FFF0000, 0x00050000
# Where a call's number, architecture and first two arguments stand.
_NUMBER, _ARCHITECTURE, _FAMILY, _KIND = 0, 4, 16, 24
_OTHER_ABI = 0x40000000
_UNIX, _NETLINK, _STREAM, _KINDS = 1, 16, 1, 0xF


def _numbers(told: str) -> dict[str, int]:
    """Read "connect 42, socket 41"."""
    pairs = (each.split() for each in told.split(","))
    return {name: int(number) for name, number in pairs}


# Calls by kind of machine, with their numbers there. Those that reach out:
_REACHING = {
    "x86_64": _numbers(
        "connect 42, ptrace 101, process_vm_readv 310, process_vm_writev 311, "
        "memfd_create 319, io_uring_setup 425, pidfd_getfd 438, memfd_secret 447"
    ),
    "aarch64": _numbers(
        "connect 203, ptrace 117, process_vm_readv 270, process_vm_writev 271, "
        "memfd_create 279, io_uring_setup 425, pidfd_getfd 438, memfd_secret 447"
    ),
}
# those that make sockets:
_SOCKETS = {
    "x86_64": _numbers("socket 41, socketpair 53"),
    "aarch64": _numbers("socket 198, socketpair 199"),
}
# and those that change permissions, owners, times and attributes of files.
_ATTRIBUTES = {
    "x86_64": _numbers(
        "chmod 90, fchmod 91, fchmodat 268, fchmodat2 452, chown 92, fchown 93, "
        "lchown 94, fchownat 260, utime 132, utimes 235, futimesat 261, "
        "utimensat 280, setxattr 188, lsetxattr 189, fsetxattr 190, "
        "setxattrat 463, removexattr 197, lremovexattr 198, fremovexattr 199, "
        "removexattrat 466"
    ),
    "aarch64": _numbers(
        "fchmod 52, fchmodat 53, fchmodat2 452, fchown 55, fchownat 54, "
        "utimensat 88, setxattr 5, lsetxattr 6, fsetxattr 7, setxattrat 463, "
        "removexattr 14, lremovexattr 15, fremovexattr 16, removexattrat 466"
    ),
}
_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


class _Step(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("if_so", ctypes.c_uint8),
        ("if_not", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Step)))


def has_filters() -> bool:
    """Whether the calls of this kind of machine are known.

    Examples
    --------
    >>> has_filters() in (True, False)
    True
    """
    return sys.platform == "linux" and platform.machine() in _ARCHITECTURES


def give_up_calls() -> None:
    """Give up reaching out; it holds for this thread and all it will ever start.

    No connection can be made, not even to a socket file, no other process be taken
    over, and no memory be had that belongs to none. Changing a file's permissions,
    owner or times does nothing, but says it did: copying a file should not fail for it.

    Raises
    ------
    OSError
        If this machine does not allow it.
    """
    if not has_filters():
        raise OSError(f"no filter is known for {sys.platform}, {platform.machine()}")
    steps = _steps(platform.machine())
    program = _Program(len(steps), (_Step * len(steps))(*steps))
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    for arguments in (
        (_NO_NEW_PRIVILEGES, 1, 0, 0, 0),
        (_SET_SECCOMP, _FILTER, ctypes.byref(program), 0, 0),
    ):
        if prctl(*arguments) != 0:
            number = ctypes.get_errno()
            raise OSError(number, f"seccomp: {os.strerror(number)}")


def _steps(machine: str) -> list[_Step]:
    """Write the filter: it is run at every call, and ends with an answer."""
    refuse = _ANSWER | errno.EACCES
    answers = dict.fromkeys(_REACHING[machine].values(), refuse)
    answers |= dict.fromkeys(_ATTRIBUTES[machine].values(), _ANSWER)
    return [
        _Step(_LOAD, 0, 0, _ARCHITECTURE),
        *_unless(_IF_EQUAL, _ARCHITECTURES[machine], refuse),
        _Step(_LOAD, 0, 0, _NUMBER),
        *_when(_IF_AT_LEAST, _OTHER_ABI, refuse),
        *(step for call in answers for step in _when(_IF_EQUAL, call, answers[call])),
        *(
            step
            for call in _SOCKETS[machine].values()
            for step in _only_streams(call, refuse)
        ),
        _Step(_RETURN, 0, 0, _ALLOW),
    ]


def _when(condition: int, value: int, answer: int) -> list[_Step]:
    return [_Step(condition, 0, 1, value), _Step(_RETURN, 0, 0, answer)]


def _unless(condition: int, value: int, answer: int) -> list[_Step]:
    return [_Step(condition, 1, 0, value), _Step(_RETURN, 0, 0, answer)]


def _only_streams(call: int, refuse: int) -> list[_Step]:
    """Let a call make sockets that must connect; and those that ask the kernel."""
    inner = [
        _Step(_LOAD, 0, 0, _FAMILY),
        *_when(_IF_EQUAL, _NETLINK, _ALLOW),
        *_unless(_IF_EQUAL, _UNIX, refuse),
        _Step(_LOAD, 0, 0, _KIND),
        _Step(_AND, 0, 0, _KINDS),
        *_unless(_IF_EQUAL, _STREAM, refuse),
        _Step(_RETURN, 0, 0, _ALLOW),
    ]
    return [_Step(_IF_EQUAL, 0, len(inner), call), *inner]
