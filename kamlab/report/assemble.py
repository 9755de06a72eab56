"""Everything that stands in the folder of a report, written in its order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import nbformat

from kamlab.report.actions.round_trip import hand_out
from kamlab.report.editions.writing import write_editions
from kamlab.report.manifest import results_before, write_manifest
from kamlab.report.pages import About, Page, write_pages
from kamlab.report.plan import Plan
from kamlab.report.poorer import what_is_poorer
from kamlab.report.previous import Previous, comparable_manifest, keep_previous
from kamlab.report.request import ReportRequest

#: Executed notebooks lie here within a report, for the analyst.
NOTEBOOKS_FOLDER = "notebooks"


@dataclass(frozen=True)
class Assembled:
    """What somebody should know of a report that was written.

    Examples
    --------
    >>> Assembled(("11: a section less",), ()).degraded
    ('11: a section less',)
    """

    degraded: tuple[str, ...]
    notes: tuple[str, ...]


def assemble(
    pages: Sequence[Page],
    plan: Plan,
    request: ReportRequest,
    memory: tuple[Previous, Path | None],
    folder: Path,
    begin: float,
    workers: int = 1,
) -> Assembled:
    """Write pages, editions, notebooks, the list of actions and the manifest.

    Parameters
    ----------
    pages : sequence of Page
        What ran, in order.
    plan : Plan
        Whose data it ran on, and where the report goes.
    request : ReportRequest
        Which formats are wanted, and where the list of actions is kept.
    memory : (Previous, Path or None)
        The report before, and the list of actions that people filled in.
    folder : Path
        Where the report is built; empty.
    begin : float
        When the run began, as `time.perf_counter` tells it.
    workers : int
        Processes that draw PDFs at the same time.

    Returns
    -------
    Assembled
        What is poorer than last time, and what else should be known.
    """
    executed = perf_counter()
    previous, filled_in = memory
    last = previous.manifest
    before = results_before(last, plan.about, pages)
    about = _compared(plan.about, last, before)
    editions = write_editions(pages, about, folder, before, request.formats, workers)
    write_pages(pages, about, folder, before, dict(editions.links))
    _write_notebooks(pages, folder / NOTEBOOKS_FOLDER)
    keep_previous(previous, folder)
    poorer = what_is_poorer(comparable_manifest(plan.out) or last, pages)
    degraded = [*poorer, *editions.degraded]
    notes = (*previous.notes, *editions.remarks)
    if not any(page.failure for page in pages):
        notebooks = [page.notebook for page in pages]
        day = plan.about.as_of
        notes += hand_out(notebooks, filled_in, request.actions, folder, day)
    now = perf_counter()
    seconds = {"executing": executed - begin, "rendering": now - executed}
    rounded = {name: round(each, 2) for name, each in seconds.items()}
    write_manifest(pages, plan.about, folder, degraded, rounded)
    return Assembled(tuple(degraded), notes)


def _compared(
    about: About, last: Mapping[str, Any] | None, before: Mapping[str, Any]
) -> About:
    """Say with which report figures are compared, if any is."""
    if last is None or not any(before.values()):
        return about
    return replace(about, compared_with=date.fromisoformat(last["as_of"]))


def _write_notebooks(pages: Sequence[Page], folder: Path) -> None:
    folder.mkdir()
    for page in pages:
        nbformat.write(page.notebook, folder / f"{page.name}.ipynb")
