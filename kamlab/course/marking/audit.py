"""A guard against accidents where the system has no better one: Python's audit hook.

It stops Python code that writes, starts programs or connects outside its folder. Code
that is bent on harm can get around it; then mark in a container.

References
----------
Dower, S. and Heimes, C. (2019), PEP 578: Python runtime audit hooks.
"""

import os
import sys
from collections.abc import Callable
from pathlib import Path

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
#: Events that change the disk, with the positions of the paths among their arguments.
_CHANGES = {
    "os.mkdir": (0,),
    "os.remove": (0,),
    "os.rmdir": (0,),
    "os.rename": (0, 1),
    "os.link": (1,),
    "os.symlink": (1,),
    "os.truncate": (0,),
    "os.chmod": (0,),
    "os.chown": (0,),
    "os.utime": (0,),
    "shutil.rmtree": (0,),
}
#: Events that start other programs, which no audit hook of ours could watch.
_PROGRAMS = {
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.startfile",
    "pty.spawn",
}


def load_ipython_extension(shell: object) -> None:
    """Set the guard in a kernel; IPython calls this when the kernel starts.

    Parameters
    ----------
    shell : IPython.core.interactiveshell.InteractiveShell
        Not used.
    """
    sys.addaudithook(guard(Path(os.environ["KAMLAB_FOLDER"])))


def guard(folder: Path) -> Callable[[str, tuple], None]:
    """Return a hook that refuses what would reach beyond a folder.

    Parameters
    ----------
    folder : Path
        Where code may write.

    Examples
    --------
    >>> hook = guard(Path("/tmp/s01"))
    >>> hook("open", ("/tmp/s01/notes.txt", "w", 0))
    >>> hook("os.remove", ("/home/anna/thesis.docx", -1))
    Traceback (most recent call last):
    PermissionError: '/home/anna/thesis.docx' lies outside the folder of this notebook
    >>> hook("os.system", ("reboot",))
    Traceback (most recent call last):
    PermissionError: os.system: a notebook that is marked starts no programs
    """
    inside = (os.path.realpath(folder), os.devnull)

    def hook(event: str, arguments: tuple) -> None:
        if event in _PROGRAMS:
            raise PermissionError(
                f"{event}: a notebook that is marked starts no programs"
            )
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            raise PermissionError("a notebook that is marked has no network")
        for path in _changed(event, arguments):
            _check(path, inside)

    return hook


def _changed(event: str, arguments: tuple) -> list[object]:
    """Return the paths that an event would change."""
    if event == "open":
        path, mode, flags = arguments
        writes = flags & _WRITING or (isinstance(mode, str) and set(mode) & set("wax+"))
        return [path] if writes else []
    return [arguments[place] for place in _CHANGES.get(event, ())]


def _check(path: object, inside: tuple[str, str]) -> None:
    if not isinstance(path, str | bytes | os.PathLike):
        return  # a file that is open already
    real = os.path.realpath(os.fsdecode(path))
    folder, nowhere = inside
    if real != nowhere and not (real + os.sep).startswith(folder + os.sep):
        raise PermissionError(f"{real!r} lies outside the folder of this notebook")
