"""Putting a finished report in its place, without ever harming the last good one."""

import json
import shutil
from pathlib import Path
from typing import Any

from kamlab.data.aside import foreign_files, put_in_place
from kamlab.errors import UsageError
from kamlab.language import _

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
        told = _("out = {out!r} is a file: name a folder")
        raise UsageError(told.format(out=str(out)))
    if not out.is_dir() or not any(out.iterdir()):
        return
    manifest = read_manifest(out)
    if manifest is None and (out / MANIFEST_FILE).exists():
        told = _(
            "out = {out!r} holds a {file} that cannot be read, so its files may be "
            "anybody's: move the folder away, or name a new one"
        )
        raise UsageError(told.format(out=str(out), file=MANIFEST_FILE))
    if manifest is None:
        told = _(
            "out = {out!r} is not empty and holds no report: name a new folder, or an "
            "earlier report that may be replaced"
        )
        raise UsageError(told.format(out=str(out)))
    pages = [page.get("file") for page in manifest.get("pages", [])]
    further = manifest.get("files", [])
    own = [MANIFEST_FILE, "index.html", "notebooks", *pages, *further]
    if foreign := foreign_files(out, own):
        told = _(
            "out = {out!r} holds {files}, which the next report would delete: move "
            "such files elsewhere, or name a new folder"
        )
        names = ", ".join(map(repr, foreign[:3]))
        raise UsageError(told.format(out=str(out), files=names))


def read_manifest(folder: Path, name: str = MANIFEST_FILE) -> dict[str, Any] | None:
    """Return the manifest of a report, or None where there is no report.

    Parameters
    ----------
    folder : Path
        Where a report may stand.
    name : str
        File of the manifest, if it is another than the report's own.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(read_manifest(Path(folder)))
    None
    """
    try:
        content = json.loads((folder / name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    needed = {"kamlab_version", "status", "company", "as_of", "pages"}
    is_ours = isinstance(content, dict) and needed <= set(content)
    return content if is_ours else None


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
    >>> import tempfile
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
    put_in_place(finished, target)
    if target == out and read_manifest(beside):
        shutil.rmtree(beside)
    return target
