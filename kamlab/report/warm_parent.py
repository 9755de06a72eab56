"""The program that kernels fork from: it imports what they need, and nothing else.

It runs no query, fits no model, opens no connection and starts no thread of Python, so
that a fork of it is as good as a fresh interpreter. `kamlab.report.warm` starts it as
``python -m kamlab.report.warm_parent DESCRIPTOR MODULE…`` and asks it for kernels by
the socket of that descriptor. When the other end of the socket closes, for whatever
reason, it ends all its kernels with everything they started, and itself.
"""

import ctypes
import gc
import json
import os
import signal
import socket
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any

from kamlab.report.kernel_startup import load_ipython_extension

#: What it says when everything is imported.
READY = b"ready"

#: Longest request for a kernel, in bytes: the arguments of a command, and a folder.
MOST_BYTES = 1 << 16

#: What a kernel is made of, some of it loaded only when it starts.
_KERNEL = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "IPython.core.completerlib",
    "IPython.extensions.storemagic",
)

_PR_SET_PDEATHSIG = 1


def preload(names: Sequence[str]) -> list[tuple]:
    """Import modules as a kernel would, with warnings as errors.

    Parameters
    ----------
    names : sequence of str
        Modules, or names in modules as ``module:name``.

    Returns
    -------
    list of tuple
        Warning filters that the modules added when they were imported.

    Examples
    --------
    >>> with warnings.catch_warnings():
    ...     preload(["json", "xml:dom"])
    []
    """
    load_ipython_extension(None)
    before = list(warnings.filters)
    for name in names:
        module, _, attribute = name.partition(":")
        loaded = import_module(module)
        # Packages of kamlab load their names when they are first asked for.
        if attribute and attribute != "*" and not hasattr(loaded, attribute):
            import_module(f"{module}.{attribute}")
    return [each for each in warnings.filters if each not in before]


def _serve(control: socket.socket) -> dict[str, Any] | None:
    """Fork a kernel for every request; return the request in the kernel's process.

    In this process it returns None, when nobody can ask any more.
    """
    kernels: set[int] = set()
    while request := control.recv(MOST_BYTES):
        _forget_ended(kernels)
        me, child = os.getpid(), _fork()
        if child == 0:
            control.close()
            return {**json.loads(request), "parent": me}
        # Both sides do it: whoever is told of a kernel can already end its group.
        os.setpgid(child, child)
        kernels.add(child)
        handle = os.pidfd_open(child)
        socket.send_fds(control, [str(child).encode()], [handle])
        os.close(handle)
    _end(kernels)
    return None


def _fork() -> int:
    with warnings.catch_warnings():
        # Later versions of Python warn of threads; libraries have some that sleep.
        warnings.simplefilter("ignore")
        return os.fork()


def _forget_ended(kernels: set[int]) -> None:
    """Let the system forget kernels that have ended."""
    for each in list(kernels):
        if os.waitpid(each, os.WNOHANG)[0]:
            kernels.remove(each)


def _end(kernels: set[int]) -> None:
    """End kernels with everything that they started."""
    for each in kernels:
        with suppress(ProcessLookupError):
            os.killpg(each, signal.SIGKILL)
    for each in kernels:
        os.waitpid(each, 0)


def _end_with_parent(signal_number: int) -> None:
    """Have the system send this process a signal when its parent ends; 0 for none."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal_number, 0, 0, 0)


def _become_kernel(
    argv: list[str], cwd: str | None, parent: int, filters: Sequence[tuple]
) -> None:
    """Turn this fork into the kernel that a command line describes."""
    from ipykernel.kernelapp import IPKernelApp

    os.setpgid(0, 0)
    _end_with_parent(signal.SIGKILL)
    if os.getppid() != parent:
        return  # it ended before it could take this process along
    os.chdir(cwd or os.getcwd())
    sys.argv = argv
    if drawing := sys.modules.get("numpy.random"):
        drawing.seed()  # as in a fresh interpreter, each kernel draws its own
    app = IPKernelApp.instance()
    app.initialize(argv[1:])
    for action, message, category, module, line in reversed(filters):
        text, where = (each.pattern if each else "" for each in (message, module))
        warnings.filterwarnings(action, text, category, where, line)
    app.start()


def main(descriptor: str, *names: str) -> None:
    """Import modules, then fork a kernel for every request that comes.

    Parameters
    ----------
    descriptor : str
        Number of the socket by which requests come.
    *names : str
        What is imported, as for `preload`.
    """
    control = socket.socket(fileno=int(descriptor))
    _end_with_parent(signal.SIGKILL)  # nobody listens to the socket yet
    for name in _KERNEL:
        import_module(name)  # a kernel has them before its filters
    filters = preload(names)
    _end_with_parent(0)
    gc.collect()
    gc.freeze()  # so that kernels share this memory for longer
    control.send(READY)
    if asked := _serve(control):
        _become_kernel(**asked, filters=filters)


if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # the folder it runs in; a kernel has its own
    main(*sys.argv[1:])
