"""Warm kernels: forks of one process that has imported everything beforehand.

Glossary
--------
warm kernel
    A fork of a parent that has imported what the notebooks of a report import. It is
    there at once, while a *cold* kernel starts an interpreter and imports for seconds.
    Both compute the same.
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner

from kamlab.report.warm_parent import MOST_BYTES, READY

#: Seconds in which everything must be imported, and a kernel forked.
_PATIENCE = 120.0

#: Milliseconds for which an end is waited for at a time.
_SLICE = 50


class NoForkError(RuntimeError):
    """No warm kernel can be had; the message says why, in words.

    Examples
    --------
    >>> str(NoForkError("this system cannot fork safely"))
    'this system cannot fork safely'
    """


def can_fork() -> bool:
    """Tell whether a process that has imported libraries can be forked safely here.

    Examples
    --------
    >>> can_fork() in (True, False)
    True
    """
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:
        return False  # forbidden in some containers
    return True


class ForkedKernel:
    """A warm kernel's process, with what kernel managers ask of a `subprocess.Popen`.

    It is a child of the warm parent, not of this process: a handle of the system tells
    when it has ended, but not how.

    Parameters
    ----------
    pid : int
        Number of the process, which leads a group of the same number.
    handle : int
        File descriptor of the process (a "pidfd").

    Examples
    --------
    >>> with open(os.devnull) as ended:  # can be read, as the handle of one that ended
    ...     ForkedKernel(1, os.dup(ended.fileno())).poll()
    -1
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, handle: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._handle = handle
        self._lock = threading.Lock()

    def poll(self) -> int | None:
        """Return None while the process runs, and -1 when it has ended."""
        return self._look(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end of the process.

        Parameters
        ----------
        timeout : float, optional
            Seconds to wait at most; for ever if not given.

        Raises
        ------
        subprocess.TimeoutExpired
            If it has not ended by then.
        """
        end = None if timeout is None else time.monotonic() + timeout
        # Now and then others have their turn: somebody may want to kill it.
        while (ended := self._look(_SLICE)) is None:
            if end is not None and time.monotonic() >= end:
                raise subprocess.TimeoutExpired("kernel", timeout)
        return ended

    def send_signal(self, number: int) -> None:
        """Send the process a signal, unless it has ended."""
        with self._lock, suppress(ProcessLookupError):
            if self.returncode is None:
                signal.pidfd_send_signal(self._handle, number)

    def kill(self) -> None:
        """End the process at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def _look(self, milliseconds: int) -> int | None:
        with self._lock:
            if self.returncode is None:
                waiting = select.poll()
                waiting.register(self._handle, select.POLLIN)
                if waiting.poll(milliseconds):
                    self.returncode = -1
                    os.close(self._handle)
            return self.returncode


class WarmParent:
    """The process that warm kernels of one report are forked from.

    Parameters
    ----------
    names : sequence of str
        What it imports, as `kamlab.report.imports.safe_imports` returns it.
    environment : mapping of str to str
        All environment variables of the kernels.
    folder : Path
        Where it runs.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     parent = WarmParent(["json"], os.environ, Path(folder))
    ...     parent.close()  # nobody asked it for a kernel
    """

    def __init__(
        self, names: Sequence[str], environment: Mapping[str, str], folder: Path
    ) -> None:
        self._lock = threading.Lock()
        self._is_ready = self._is_closed = False
        self._control, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
        self._control.settimeout(_PATIENCE)
        module = "kamlab.report.warm_parent"
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", module, str(theirs.fileno()), *names],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=dict(environment),
                cwd=folder,
                start_new_session=True,  # Ctrl-C is for us; we tell it what to do
            )

    def fork(self, argv: Sequence[str], cwd: str | None) -> ForkedKernel:
        """Return a new kernel; the first has to wait until everything is imported.

        Parameters
        ----------
        argv : sequence of str
            The program's name and its arguments.
        cwd : str or None
            Where it runs; where the parent does if not given.

        Raises
        ------
        NoForkError
            If the parent has ended, or does not answer.
        """
        request = json.dumps({"argv": list(argv), "cwd": cwd}).encode()
        try:
            with self._lock:
                self._wait_until_ready()
                self._control.send(request)
                told, handles, *_ = socket.recv_fds(self._control, MOST_BYTES, 1)
        except OSError as error:
            raise NoForkError("the process to fork from gave no answer") from error
        if not handles:
            raise NoForkError("the process to fork from has ended")
        return ForkedKernel(int(told), handles[0])

    def _wait_until_ready(self) -> None:
        if not self._is_ready and self._control.recv(MOST_BYTES) != READY:
            raise NoForkError("what the notebooks import could not be imported at once")
        self._is_ready = True

    @property
    def is_closed(self) -> bool:
        """Whether the run is over, so that no kernel may start any more."""
        return self._is_closed

    def close(self) -> None:
        """End the parent and all its kernels, with everything that they started."""
        self._is_closed = True
        # A thread that waits for an answer is woken as well.
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        if not self._is_ready:
            self._process.kill()  # it imports, and listens to nobody
        try:
            self._process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        with self._lock:
            self._control.close()


class WarmProvisioner(LocalProvisioner):
    """Hands a kernel manager a warm kernel, or a cold one where there is none.

    Parameters
    ----------
    warm_parent : WarmParent
        Where the kernel is forked from.
    **settings : object
        As for jupyter_client's LocalProvisioner.
    """

    #: Why the kernel is cold; empty if it is warm.
    why_cold = ""

    def __init__(self, warm_parent: WarmParent, **settings: Any) -> None:
        super().__init__(**settings)
        self._warm_parent = warm_parent

    async def launch_kernel(
        self, cmd: list[str], **settings: Any
    ) -> KernelConnectionInfo:
        """Fork the kernel that a command line would start.

        Parameters
        ----------
        cmd : list of str
            The command line of a cold kernel.
        **settings : object
            Its environment and folder, as jupyter_client hands them over.
        """
        if self._warm_parent.is_closed:
            raise RuntimeError("the run was interrupted")
        try:
            # python -m ipykernel_launcher: what follows are the kernel's own arguments.
            forked = self._warm_parent.fork(cmd[2:], settings.get("cwd"))
        except NoForkError as reason:
            if self._warm_parent.is_closed:
                raise
            self.why_cold = str(reason)
            return await super().launch_kernel(cmd, **settings)
        self.process, self.pid, self.pgid = forked, forked.pid, forked.pid
        self.cwd = settings.get("cwd")
        return self.connection_info
