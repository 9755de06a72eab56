"""The program that runs one submission, locked up as well as this machine can.

``python -m kamlab.course.marking.inmate FOLDER MEGABYTES GUARD`` runs
``FOLDER/notebook.ipynb``. Its first line of output names the guards in force, the
others come from `kamlab.course.marking.reader`. The process that is started is the
warden: it forks the inmate, watches over what it takes, and ends whatever it left
running.
"""

import json
import os
import resource
import signal
import sys
import sysconfig
import time
from pathlib import Path

from kamlab.course.marking.landlock import landlock_version, lock_in
from kamlab.course.marking.namespaces import (
    adopt_orphans,
    descendants,
    end_descendants,
    end_with_parent,
    give_up_powers,
    leave_the_world,
    see_only_own_processes,
    would_work,
)
from kamlab.course.marking.seccomp import give_up_calls, has_filters
from kamlab.course.marking.watch import excess, reserve_of

#: Largest file that a submission may write, in bytes.
_LARGEST_FILE = 100_000_000
#: Seconds between two looks at what a run takes.
_PAUSE = 0.25
#: What a submission may read of /etc, of /dev and of the rest of the system.
_SYSTEM = (
    *("/usr", "/lib", "/lib64", "/bin", "/proc", "/sys", "/opt"),
    *("/etc/fonts", "/etc/localtime", "/etc/timezone", "/etc/ld.so.cache"),
    *("/etc/mime.types", "/etc/ssl", "/etc/passwd", "/etc/nsswitch.conf"),
    *("/dev/urandom", "/dev/random", "/dev/zero"),
)


def main() -> None:
    """Fork the inmate, watch over it, and leave nothing of it behind."""
    folder, megabytes, wanted = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    signal.signal(signal.SIGTERM, _interrupt)
    end_with_parent(signal.SIGTERM)
    adopt_orphans()
    set_limits(megabytes)
    is_apart = wanted == "strongest" and leave_the_world()
    child = os.fork()
    if child == 0:
        _serve(folder, wanted, is_apart)
        return
    try:
        _watch(child, folder, megabytes)
    finally:
        end_descendants()


def set_limits(megabytes: int) -> None:
    """Limit memory and files of this process and of all that it starts.

    Parameters
    ----------
    megabytes : int
        Address space of each process.
    """
    limits = {
        resource.RLIMIT_AS: megabytes * 1_000_000,
        resource.RLIMIT_FSIZE: _LARGEST_FILE,
        resource.RLIMIT_CORE: 0,
    }
    for what, limit in limits.items():
        _, hard = resource.getrlimit(what)
        most = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(what, (most, most))


def readable_places() -> tuple[list[Path], list[Path]]:
    """Return what a submission may read: Python, kamlab and the system's libraries.

    Returns
    -------
    (list of Path, list of Path)
        Places to read, and folders of which only the names may be read, so that
        Python finds kamlab in a project folder without opening what lies beside it.
    """
    package = Path(__file__).resolve().parents[2]
    pythons = [sys.prefix, sys.base_prefix, *sysconfig.get_paths().values()]
    read = {Path(each).resolve() for each in (*pythons, *_SYSTEM)}
    # The package's own parent may be a project folder full of solutions.
    listed = {Path(each).resolve() for each in sys.path if each} - read
    return [*sorted(read - {package.parent}), package], sorted(listed)


def _watch(child: int, folder: Path, megabytes: int) -> None:
    """Wait until the inmate ends; say so where it takes too much."""
    reserve = reserve_of(folder)
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        pids = descendants(os.getpid())
        if too_much := excess(pids, megabytes, folder, reserve):
            # What the inmate wrote last may have no end.
            print("\n" + json.dumps({"end": too_much}), flush=True)
            return
        time.sleep(_PAUSE)


def _serve(folder: Path, wanted: str, is_apart: bool) -> None:
    """Lock up, say how, and run the submission."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    end_with_parent()
    guards = _lock_up(folder, wanted, is_apart)
    print(json.dumps({"guards": guards}), flush=True)
    _run(folder, guards)


def _lock_up(folder: Path, wanted: str, is_apart: bool) -> list[str]:
    guards = ["limits of time and memory"]
    if is_apart:
        see_only_own_processes()
        guards.append("namespaces")
    if sys.platform == "linux":
        give_up_powers()
    if wanted == "strongest" and has_filters() and would_work(give_up_calls):
        guards.append("seccomp")
    if wanted == "strongest" and landlock_version():
        read, listed = readable_places()
        guards.append(lock_in([folder, Path(os.devnull)], read, listed))
    else:
        guards.append("audit hook")
    return guards


def _run(folder: Path, guards: list[str]) -> None:
    """Run the submission; what it needs is imported locked up already."""
    # nbformat takes a second to learn a grammar of web addresses if it finds this, and
    # no notebook needs it.
    sys.modules["rfc3987_syntax"] = None
    import nbformat

    from kamlab.course.marking.reader import read_submission

    notebook = nbformat.read(folder / "notebook.ipynb", as_version=4)
    work = folder / "work"
    close = give_up_calls if "seccomp" in guards else None
    read_submission(notebook, work, sys.stdout, "audit hook" in guards, close)


def _interrupt(*_: object) -> None:
    raise SystemExit(1)


if __name__ == "__main__":
    main()
