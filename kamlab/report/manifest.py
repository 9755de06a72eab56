"""The record of a report: what ran, on which data, with which programs, and how."""

import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import kamlab
from kamlab.report.commit import commit_of
from kamlab.report.memory.recall import memory_of
from kamlab.report.pages import INDEX_FILE, About, Page
from kamlab.report.publish import MANIFEST_FILE
from kamlab.report.results import Result

_PROJECT = Path(__file__).resolve().parents[2]

#: Programs whose version can change a figure.
_LIBRARIES = (
    "duckdb",
    "matplotlib",
    "narwhals",
    "numpy",
    "pandas",
    "papermill",
    "scikit-learn",
    "scipy",
    "statsmodels",
)


def write_manifest(
    pages: Sequence[Page],
    about: About,
    folder: Path,
    degraded: Sequence[str] = (),
    seconds: Mapping[str, float] | None = None,
) -> None:
    """Write manifest.json into the folder of a report.

    Parameters
    ----------
    pages : sequence of Page
        What ran, in order.
    about : About
        Whose data it ran on.
    folder : Path
        The report's folder.
    degraded : sequence of str
        What is poorer than in the last report, in words.
    seconds : mapping of str to float, optional
        How long the whole run took, by purpose.

    Examples
    --------
    >>> import tempfile
    >>> from datetime import date
    >>> about = About("Talbruck", "EUR", date(2025, 9, 30), date(2025, 9, 30), "demo")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_manifest([], about, Path(folder))
    ...     [file.name for file in Path(folder).iterdir()]
    ['manifest.json']
    """
    files = [each.name for each in folder.iterdir()]
    content = manifest_of(pages, about, degraded, seconds or {}, files)
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    file = folder / MANIFEST_FILE
    file.write_text(text + "\n", encoding="utf-8", newline="\n")


def manifest_of(
    pages: Sequence[Page],
    about: About,
    degraded: Sequence[str],
    seconds: Mapping[str, float],
    files: Sequence[str] = (),
) -> dict[str, Any]:
    """Return what manifest.json says.

    Parameters
    ----------
    pages, about, degraded, seconds
        As for `write_manifest`.
    files : sequence of str
        Names of all that stands in the report's folder; the next report replaces it.

    Returns
    -------
    dict
        Ready to be written as JSON.

    Examples
    --------
    >>> from datetime import date
    >>> about = About("Talbruck", "EUR", date(2025, 9, 30), date(2025, 9, 30), "demo")
    >>> manifest_of([], about, [], {})["status"]
    'well'
    """
    failed = any(page.failure for page in pages)
    return {
        "kamlab_version": kamlab.__version__,
        "status": "failed" if failed else "degraded" if degraded else "well",
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "company": about.company,
        "as_of": about.as_of.isoformat(),
        "data": {
            "name": about.data_name,
            "through": about.data_through.isoformat(),
            "currency": about.currency,
            "sha256": dict(about.data_hashes),
            "import": about.left_out.as_json(),
        },
        "degraded": list(degraded),
        "seconds": dict(seconds),
        "git_commit": commit_of(_PROJECT),
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in _LIBRARIES},
        },
        "index": INDEX_FILE,
        "files": sorted(files),
        "pages": [_page(page) for page in pages],
    }


def _page(page: Page) -> dict[str, Any]:
    return {
        "name": page.name,
        "title": page.title,
        "file": page.file,
        "status": page.status,
        "failure": asdict(page.failure) if page.failure else None,
        "parameters": dict(page.parameters),
        "seconds": dict(page.seconds),
        "kernel": page.kernel,
        "counts": page.counts,
        "headlines": {asked: list(told) for asked, told in page.headlines.items()},
        "missing": [asdict(gap) for gap in page.missing],
        "results": [asdict(result) for result in page.results],
        **memory_of(page.notebook),
    }


def results_before(
    last: Mapping[str, Any] | None, about: About, pages: Sequence[Page]
) -> dict[str, dict[str, Result]]:
    """Return the figures of the last report that the new ones may be compared with.

    Figures of another company, of the same or a later day, or of other parameters (24
    months instead of 12) are no comparison; nor are figures under another label.

    Parameters
    ----------
    last : mapping or None
        Manifest of the report that stands now.
    about : About
        Whose data the new report shows.
    pages : sequence of Page
        Its pages.

    Returns
    -------
    dict of str to dict of str to Result
        By page and name of the figure.

    Examples
    --------
    >>> from datetime import date
    >>> about = About("Talbruck", "EUR", date(2025, 9, 30), date(2025, 9, 30), "demo")
    >>> results_before(None, about, [])
    {}
    """
    if not last or last["company"] != about.company:
        return {}
    if last["as_of"] >= about.as_of.isoformat():
        return {}
    last_pages = {page["name"]: page for page in last["pages"]}
    return {
        page.name: _comparable(last_pages[page.name], page)
        for page in pages
        if page.name in last_pages
    }


#: Parameters that may differ between reports whose figures are compared; a first
#: report has neither a report before it nor a list of actions.
_MAY_DIFFER = ("data", "as_of", "language", "previous", "actions")


def _comparable(last: Mapping[str, Any], page: Page) -> dict[str, Result]:
    """Return the last page's figures if they mean the same as the new page's."""
    before, now = dict(last["parameters"]), dict(page.parameters)
    for name in _MAY_DIFFER:
        before.pop(name, None)
        now.pop(name, None)
    if before != json.loads(json.dumps(now)):
        return {}
    labels = {result.name: result.label for result in page.results}
    # A manifest of another version may tell more of a figure than this one knows.
    known = {each.name for each in fields(Result)}
    results = [
        Result(**{key: told for key, told in each.items() if key in known})
        for each in last["results"]
    ]
    return {each.name: each for each in results if labels.get(each.name) == each.label}
