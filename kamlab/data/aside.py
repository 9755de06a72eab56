"""Folders are written aside and moved into place whole, so that none is half there."""

import glob
import json
import os
import platform
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kamlab.data.exchange import exchanged

_MARKER = ".kamlab-aside.json"


@contextmanager
def folder_aside(target: Path) -> Iterator[Path]:
    """Yield a folder beside `target` to build in; it is gone afterwards, come what may.

    What a killed process left there is cleared away first. A target that is a link is
    followed.

    Parameters
    ----------
    target : Path
        Where the finished folder is to stand.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as place:
    ...     with folder_aside(Path(place) / "report") as aside:
    ...         aside.is_dir()
    ...     aside.is_dir()
    True
    False
    """
    target = target.resolve()
    _clear_left_behind(target)
    prefix = f".{target.name}.{os.getpid()}-"
    aside = Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))
    try:
        marker = json.dumps({"target": target.name, **_owner()})
        (aside / _MARKER).write_text(marker, encoding="utf-8")
        inner = aside / "inner"
        inner.mkdir()
        yield inner
    finally:
        _remove(aside)


def put_in_place(finished: Path, target: Path) -> None:
    """Move a finished folder to its place; what stood there goes when it is there.

    Where the file system can, the two change places in one step, so that the place is
    never empty.

    Parameters
    ----------
    finished : Path
        The folder, on the same disk.
    target : Path
        Its place; a folder there is replaced.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as place:
    ...     for name in ("new", "report"):
    ...         (Path(place) / name).mkdir()
    ...     (Path(place) / "new" / "page.html").touch()
    ...     put_in_place(Path(place) / "new", Path(place) / "report")
    ...     [path.name for path in (Path(place) / "report").iterdir()]
    ['page.html']
    """
    target = target.resolve()  # a link stays a link, to the new folder
    finished.chmod(0o777 & ~_umask())  # mkdtemp makes it private
    if not target.exists():
        finished.rename(target)
        return
    if exchanged(finished, target):
        shutil.rmtree(finished, ignore_errors=True)
        return
    with folder_aside(target) as old:
        target.rename(old / "was")
        try:
            finished.rename(target)
        except BaseException:  # also when the user interrupts just now
            (old / "was").rename(target)
            raise


def foreign_files(folder: Path, own: Iterable[str]) -> list[str]:
    """Return the names in a folder that are none of its own, sorted.

    Whoever replaces a folder must not take along what somebody else put there.

    Examples
    --------
    >>> foreign_files(Path("data/demo"), ["portfolio.yml"])[:2]
    ['account_costs.csv', 'account_history.csv']
    """
    return sorted({path.name for path in folder.iterdir()} - set(own))


def _clear_left_behind(target: Path) -> None:
    """Remove what a killed process of this machine wrote aside for the same target.

    If it was killed while it changed the folders over, the old one is put back first.
    Only folders that carry kamlab's own marker are touched.
    """
    if not target.parent.is_dir():
        return
    for marker in sorted(
        target.parent.glob(f".{glob.escape(target.name)}.*/{_MARKER}")
    ):
        try:
            told = json.loads(marker.read_text(encoding="utf-8"))
            left = told["target"] == target.name and told["host"] == _owner()["host"]
            if not left or _lives(int(told["process"])):
                continue
        except (OSError, ValueError, KeyError, TypeError):
            continue
        was = marker.parent / "inner" / "was"
        if was.is_dir() and not target.exists():
            was.rename(target)
        _remove(marker.parent)
    _clear_empty(target)


def _remove(aside: Path) -> None:
    """Remove what was built aside; the marker goes last, should this be killed too."""
    shutil.rmtree(aside / "inner", ignore_errors=True)
    shutil.rmtree(aside, ignore_errors=True)


def _clear_empty(target: Path) -> None:
    """Remove empty folders of processes killed before they could put their marker."""
    for folder in target.parent.glob(f".{glob.escape(target.name)}.*-*"):
        process = folder.name.removeprefix(f".{target.name}.").partition("-")[0]
        if process.isascii() and process.isdigit() and not _lives(int(process)):
            with suppress(OSError):  # it is not empty, so it is not ours
                folder.rmdir()


def _owner() -> dict[str, object]:
    """Return who writes: the process, and the machine or container it runs on."""
    return {"process": os.getpid(), "host": platform.node()}


def _lives(process: int) -> bool:
    """Whether a process is running; where that cannot be asked, assume it is."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def _umask() -> int:
    """Return the user's mask of permissions, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
