"""The report before this one: what it said, and what people wrote into its sheet.

A report remembers: it is compared with the one before, and scores what that one warned
of. The manifest before is kept in the new report (``previous.json``), so that a report
that is made again on the same day still knows what came before it.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kamlab.errors import UsageError
from kamlab.language import _
from kamlab.report.pages import INDEX_FILE, About
from kamlab.report.publish import MANIFEST_FILE, read_manifest
from kamlab.report.request import LATEST, NONE

#: Under this name a report keeps the manifest of the one before.
PREVIOUS_FILE = "previous.json"

#: What a page's record must hold to be compared with.
_OF_A_PAGE = frozenset({"name", "status", "counts", "missing", "parameters", "results"})


@dataclass(frozen=True)
class Previous:
    """The last report's manifest, the folder it stands in, and what was unreadable.

    Examples
    --------
    >>> Previous().manifest is None
    True
    """

    manifest: Mapping[str, Any] | None = None
    folder: Path | None = None
    notes: tuple[str, ...] = ()

    def laid_out(self, folder: Path) -> Path | None:
        """Lay the manifest out in a folder for notebooks to read; None without one.

        Parameters
        ----------
        folder : Path
            Is made; it must not be there yet.
        """
        if self.manifest is None:
            return None
        folder.mkdir()
        text = json.dumps(self.manifest, ensure_ascii=False)
        (folder / MANIFEST_FILE).write_text(text, encoding="utf-8")
        return folder


def find_previous(asked: str, out: Path, about: About) -> Previous:
    """Return the report before: the latest of this company with an earlier day.

    Parameters
    ----------
    asked : str
        "latest" looks at `out` and at the folders beside it, "none" begins anew, and
        anything else is the folder of a report.
    out : Path
        Where the new report goes.
    about : About
        Whose report, of which day.

    Raises
    ------
    UsageError
        If a folder that was named holds no report of this company and an earlier day.

    Examples
    --------
    >>> from datetime import date
    >>> about = About("Talbruck", "EUR", date(2025, 9, 30), date(2025, 9, 30), "demo")
    >>> find_previous("none", Path("reports/latest"), about).manifest is None
    True
    """
    if asked == NONE:
        return Previous()
    if asked != LATEST:
        return _named(Path(asked), about)
    found = [each for each in _beside(out) if _is_before(each[0], about)]
    notes = tuple(_damaged(out))
    if not found:
        return Previous(notes=notes)
    manifest, folder = max(found, key=lambda each: each[0]["as_of"])
    return Previous(manifest, folder, notes)


def keep_previous(previous: Previous, folder: Path) -> None:
    """Keep the manifest of the report before in a new report's folder.

    Parameters
    ----------
    previous : Previous
        From `find_previous`; nothing is kept where there is none.
    folder : Path
        The new report.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     keep_previous(Previous(), Path(folder))
    ...     any(Path(folder).iterdir())
    False
    """
    if previous.manifest is not None:
        text = json.dumps(previous.manifest, indent=1, ensure_ascii=False)
        file = folder / PREVIOUS_FILE
        file.write_text(text + "\n", encoding="utf-8", newline="\n")


def comparable_manifest(
    folder: Path, name: str = MANIFEST_FILE
) -> dict[str, Any] | None:
    """Return a report's manifest, if its day and all its pages can be read.

    Parameters
    ----------
    folder : Path
        Where a report may stand.
    name : str
        File of the manifest.

    Returns
    -------
    dict or None
        None without a report, and where somebody or something damaged its record.

    Examples
    --------
    >>> comparable_manifest(Path("reports/nowhere")) is None
    True
    """
    manifest = read_manifest(folder, name)
    if manifest is None:
        return None
    try:
        date.fromisoformat(manifest["as_of"])
        is_whole = all(set(page) >= _OF_A_PAGE for page in manifest["pages"])
    except (TypeError, ValueError):
        return None
    return manifest if is_whole else None


def _named(folder: Path, about: About) -> Previous:
    manifest = comparable_manifest(folder)
    if manifest is None:
        told = _(
            "previous = {folder!r} holds no report that can be read: name the folder "
            "of an earlier report, or 'none' to begin anew"
        )
        raise UsageError(told.format(folder=str(folder)))
    if not _is_before(manifest, about):
        told = _(
            "previous = {folder!r} is the report of {company} as of {day}: name one of "
            "{ours} before {as_of}"
        )
        raise UsageError(
            told.format(
                folder=str(folder),
                company=manifest["company"],
                day=manifest["as_of"],
                ours=about.company,
                as_of=about.as_of,
            )
        )
    return Previous(manifest, folder)


def _around(out: Path) -> list[Path]:
    """Return the place of the report and the folders beside it."""
    beside = sorted(out.parent.iterdir()) if out.parent.is_dir() else []
    return [each for each in beside if each.is_dir() and not each.name.startswith(".")]


def _beside(out: Path) -> Iterator[tuple[Mapping[str, Any], Path]]:
    """Yield reports in the place and beside it, and the one each was made after."""
    for folder in _around(out):
        manifest = comparable_manifest(folder)
        if manifest is not None and manifest["status"] != "failed":
            yield manifest, folder
    kept = comparable_manifest(out, PREVIOUS_FILE)
    if kept is not None:
        yield kept, out


def _is_before(manifest: Mapping[str, Any], about: About) -> bool:
    same = manifest["company"] == about.company
    return same and manifest["as_of"] < about.as_of.isoformat()


def _damaged(out: Path) -> Iterator[str]:
    """Tell of every report whose manifest cannot be read, here or beside."""
    files = [
        folder / MANIFEST_FILE
        for folder in _around(out)
        if (folder / INDEX_FILE).is_file()  # other programs have a manifest.json too
    ]
    for file in (*files, out / PREVIOUS_FILE):
        if file.is_file() and comparable_manifest(file.parent, file.name) is None:
            yield _(
                "{file} cannot be read: what that report warned of is not scored, and "
                "nothing is compared with it"
            ).format(file=f"{file.parent.name}/{file.name}")
