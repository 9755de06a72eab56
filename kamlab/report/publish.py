"""Putting a finished report in its place, without ever harming the last good one."""

import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kamlab.errors import UsageError

MANIFEST_FILE = "manifest.json"

#: What a failed run is called beside the good report it must not replace.
FAILED_SUFFIX = ".failed"


def check_out(out: Path) -> None:
    """Refuse a place where a report would overwrite something else.

    Parameters
    ----------
    out : Path
        A folder that does not exist yet, is empty, or holds a report.

    Raises
    ------
    UsageError
        If anything but a report lies there.

    Examples
    --------
    >>> check_out(Path(__file__).parent)  # a folder full of code
    Traceback (most recent call last):
    kamlab.errors.UsageError: out = ... is not empty and holds no report: name a new
    folder, or an earlier report that may be replaced
    """
    if out.is_file():
        raise UsageError(f"out = {str(out)!r} is a file: name a folder")
    if out.is_dir() and any(out.iterdir()) and read_manifest(out) is None:
        raise UsageError(
            f"out = {str(out)!r} is not empty and holds no report: name a new folder, "
            "or an earlier report that may be replaced"
        )


def read_manifest(folder: Path) -> dict[str, Any] | None:
    """Return the manifest of a report, or None where there is no report.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(read_manifest(Path(folder)))
    None
    """
    try:
        content = json.loads((folder / MANIFEST_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    is_ours = isinstance(content, dict) and "kamlab_version" in content
    return content if is_ours else None


@contextmanager
def folder_aside(out: Path) -> Iterator[Path]:
    """Yield a folder beside `out` to build in; it is gone afterwards, come what may.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as place:
    ...     with folder_aside(Path(place) / "report") as aside:
    ...         aside.is_dir()
    ...     aside.is_dir()
    True
    False
    """
    beside = out.resolve().parent
    aside = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=beside))
    try:
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def publish(finished: Path, out: Path, failed: bool) -> Path:
    """Move a finished report into place and return where it stands.

    A failed run never replaces a good report: it goes beside it, to ``<out>.failed``.
    A good run replaces whatever report stood there and clears the failed one away.

    Parameters
    ----------
    finished : Path
        The report, built on the same disk.
    out : Path
        Where the reader looks for it.
    failed : bool
        Whether a notebook of it failed.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as place:
    ...     finished = Path(place) / "built"
    ...     finished.mkdir()
    ...     publish(finished, Path(place) / "report", failed=False).name
    'report'
    """
    last = read_manifest(out)
    beside = out.with_name(out.name + FAILED_SUFFIX)
    target = beside if failed and last and last["status"] != "failed" else out
    check_out(target)
    _replace(finished, target)
    if target == out and read_manifest(beside):
        shutil.rmtree(beside)
    return target


def _replace(finished: Path, target: Path) -> None:
    """Swap two folders; the old one is deleted only when the new one stands."""
    finished.chmod(0o755)  # mkdtemp makes it private
    if not target.exists():
        finished.rename(target)
        return
    with folder_aside(target) as aside:
        target.rename(aside / "old")
        try:
            finished.rename(target)
        except OSError:
            (aside / "old").rename(target)
            raise
