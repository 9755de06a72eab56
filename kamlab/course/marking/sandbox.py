"""Running a submission from outside: a folder that lives as long as the run.

The inmate works in a temporary folder of its own, with its own home, and with a copy of
the student's company. When the time is up, or it has ended, nothing of it remains.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any

import nbformat

from kamlab.course.check import OWN_PORTFOLIO
from kamlab.errors import NotebookError, UsageError

#: Seconds that the warden gets to clear up before it is ended too.
_GRACE = 5
#: Most characters that are read of what an inmate wrote down.
_MOST_READ = 50_000_000
#: Variables of the environment that an inmate is told.
_INHERITED = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH", "SYSTEMROOT")


@dataclass(frozen=True)
class Limits:
    """What a submission may use.

    Parameters
    ----------
    seconds : float
        For the whole notebook.
    megabytes : int
        Of memory: of addresses for each of its processes, and held by all together.
    guard : {"strongest", "audit"}
        How it is locked up: as well as the machine can, or by Python's audit hook.

    Examples
    --------
    >>> Limits(seconds=60).megabytes
    4000
    """

    seconds: float = 300
    megabytes: int = 4000
    guard: str = "strongest"


@dataclass(frozen=True)
class Reading:
    """What came out of a submission.

    Parameters
    ----------
    answers : mapping of str to object
        The last answer read of every name, as JSON holds it.
    errors : mapping of str to str
        What went wrong in each cell that failed.
    end : {"well", "dead", "late", "memory", "processes", "disk"}
        How it ended: at its end, because its kernel died, when the time was up, or
        because it took too much.
    guards : tuple of str
        What it was locked up with.

    Examples
    --------
    >>> Reading({"answer_11_1": 0.4}).end
    'well'
    """

    answers: Mapping[str, Any]
    errors: Mapping[str, str] = field(default_factory=dict)
    end: str = "well"
    guards: tuple[str, ...] = ()


def run_locked_up(
    notebook: nbformat.NotebookNode,
    portfolio: Path,
    limits: Limits,
    stop: threading.Event | None = None,
) -> Reading:
    """Run a prepared submission within its limits, and return what it answered.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        From `kamlab.course.marking.submission.prepared`.
    portfolio : Path
        The student's company; it is copied.
    limits : Limits
        What it may use.
    stop : threading.Event, optional
        Ends the run at once when it is set.

    Returns
    -------
    Reading

    Raises
    ------
    UsageError
        If this system cannot lock a process up at all.
    NotebookError
        If the run could not even begin.
    """
    if os.name != "posix":
        raise UsageError(
            "marking runs other people's code, and this system cannot lock it up: "
            "mark on Linux (on Windows: WSL or a container) or on macOS"
        )
    with _folder(notebook, portfolio) as folder:
        record, trouble = folder / "record", folder / "trouble"
        with record.open("wb") as out, trouble.open("wb") as err:
            in_time = _run(folder / "cell", limits, out, err, stop)
        lines = list(_lines(record))
        if not lines or "guards" not in lines[0]:
            told = trouble.read_text("utf-8", "replace").strip().splitlines()
            why = told[-1] if told else "it was ended"
            raise NotebookError(
                f"a submission could not be locked up ({why:.200}): allow more memory, "
                "or mark on another machine or in a container"
            )
    return _reading(lines, in_time)


@contextmanager
def _folder(notebook: nbformat.NotebookNode, portfolio: Path) -> Iterator[Path]:
    """Yield a temporary folder; the inmate may write in ``cell`` within it."""
    # A short name: the path of a socket may have no more than 107 characters.
    place = tempfile.mkdtemp(prefix="km")
    folder = Path(place).resolve()
    try:
        work = folder / "cell" / "work"
        (work / "home" / ".cache").mkdir(parents=True)
        shutil.copytree(portfolio, work / OWN_PORTFOLIO)
        nbformat.write(notebook, folder / "cell" / "notebook.ipynb")
        yield folder
    finally:
        _remove(place)


def _run(
    folder: Path, limits: Limits, out: Any, err: Any, stop: threading.Event | None
) -> bool:
    """Run the inmate; return whether it ended in time. Nothing of it remains."""
    # -P: the inmate imports nothing that a submission has written.
    command = [sys.executable, "-P", "-m", "kamlab.course.marking.inmate"]
    warden = subprocess.Popen(
        [*command, str(folder), str(limits.megabytes), limits.guard],
        stdin=subprocess.DEVNULL,
        stdout=out,
        stderr=err,
        cwd=folder / "work",
        env=_environment(folder / "work"),
        start_new_session=True,
    )
    try:
        return _wait(warden, limits.seconds, stop or threading.Event())
    finally:
        _end(warden)


def _wait(warden: subprocess.Popen, seconds: float, stop: threading.Event) -> bool:
    """Wait until it ends, the time is up, or somebody calls a stop."""
    until = monotonic() + seconds
    while monotonic() < until and not stop.is_set():
        with suppress(subprocess.TimeoutExpired):
            warden.wait(min(0.25, max(until - monotonic(), 0)))
            return True
    return False


def _end(warden: subprocess.Popen) -> None:
    """Have the warden clear up; then end whatever is left of its group."""
    warden.terminate()
    with suppress(subprocess.TimeoutExpired):
        warden.wait(_GRACE)
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(warden.pid, signal.SIGKILL)
    warden.wait()


def _environment(work: Path) -> dict[str, str]:
    """Return what an inmate is told of its surroundings: little."""
    own = {name: os.environ[name] for name in _INHERITED if name in os.environ}
    home = work / "home"
    return {
        **own,
        "HOME": str(home),
        "TMPDIR": str(home),
        "MPLCONFIGDIR": str(home / "matplotlib"),
        "JUPYTER_RUNTIME_DIR": str(home / "jupyter"),
        "JUPYTER_PLATFORM_DIRS": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        # Every thread of a numerical library reserves memory that it never uses.
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
    }


def _lines(record: Path) -> Iterator[dict[str, Any]]:
    """Yield what the inmate wrote down, up to where it was interrupted."""
    with record.open(encoding="utf-8", errors="replace") as lines:
        text = lines.read(_MOST_READ)
    for line in text.splitlines():
        try:
            told = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(told, dict):
            yield told


def _reading(lines: list[dict[str, Any]], in_time: bool) -> Reading:
    answers: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for line in lines:
        answers |= _answers(line.get("answers"))
        if "error" in line:
            errors[str(line.get("cell"))] = str(line["error"])
    ends = [line["end"] for line in lines if "end" in line]
    end = "late" if not in_time else ends[-1] if ends else "dead"
    return Reading(answers, errors, str(end), tuple(_guards(lines[0]["guards"])))


def _guards(told: object) -> list[str]:
    """Return what can be shown of a list of guards, whoever wrote it."""
    listed = told if isinstance(told, list) else []
    return [each for each in map(str, listed) if each.isprintable()]


def _answers(told: object) -> dict[str, Any]:
    if not isinstance(told, str):
        return {}
    try:
        read = json.loads(told)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _remove(place: str) -> None:
    """Remove a folder, however deep it goes and whatever is protected in it."""
    for command in (["chmod", "-R", "u+rwX"], ["rm", "-rf"]):
        subprocess.run([*command, "--", place], check=False, stderr=subprocess.DEVNULL)
