"""Running a report: every notebook in a kernel of its own, then pages, then publishing.

A report is built aside and moved into place when it is complete. A run in which a
notebook failed never replaces a good report: it is put beside it (``<out>.failed``).
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from shutil import copyfile
from time import perf_counter
from typing import Any

from kamlab.data.aside import folder_aside
from kamlab.errors import UsageError
from kamlab.language import _, plural
from kamlab.report.actions.round_trip import ACTIONS_FILE, find_actions
from kamlab.report.assemble import assemble
from kamlab.report.executed import page_of
from kamlab.report.lock import only_run
from kamlab.report.notebooks import list_notebooks
from kamlab.report.pages import INDEX_FILE, Page
from kamlab.report.pinning import make_pinned_plan
from kamlab.report.plan import Plan, job_with, make_plan
from kamlab.report.previous import Previous, find_previous
from kamlab.report.publish import publish
from kamlab.report.request import NotebookRequest, ReportRequest
from kamlab.report.running import run_notebooks

__all__ = ["ReportRun", "list_notebooks", "run_report", "run_request"]


@dataclass(frozen=True)
class ReportRun:
    """A finished report: where it stands, its pages, and what went wrong.

    `degraded` says in words what is poorer than in the last report, `notes` what else
    somebody should know.

    Examples
    --------
    >>> run = ReportRun(Path("reports/latest"), (), degraded=("11: a section less",))
    >>> run.exit_code, run.index.name
    (4, 'index.html')
    """

    folder: Path
    pages: tuple[Page, ...]
    degraded: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def index(self) -> Path:
        """The front page."""
        return self.folder / INDEX_FILE

    @property
    def failed(self) -> tuple[str, ...]:
        """Names of the notebooks that failed."""
        return tuple(page.name for page in self.pages if page.failure)

    def __str__(self) -> str:
        """Say where the report stands and what is wrong with it."""
        failures = [
            _("{page} failed: {message}").format(
                page=page.name, message=page.failure.message
            )
            for page in self.pages
            if page.failure
        ]
        count = plural("{n} page", "{n} pages", len(self.pages))
        where = f"{count}: {self.index}"
        return "\n".join([where, *failures, *self.degraded, *self.notes])

    @property
    def exit_code(self) -> int:
        """What a scheduler is told: 0 well, 3 a notebook failed, 4 degraded."""
        return 3 if self.failed else 4 if self.degraded else 0


def run_report(
    notebooks: Sequence[str] | None,
    data: Path,
    out: Path,
    as_of: str | date | None = None,
    parameters: Mapping[str, Any] | None = None,
    workers: int | None = None,
    notebooks_folder: Path | None = None,
    progress: bool = True,
    timeout: int = 600,
) -> ReportRun:
    """Run notebooks on a portfolio and publish what they found as pages.

    Parameters
    ----------
    notebooks : sequence of str or None
        Names, numbers or paths of notebooks; None runs every one with parameters.
    data : Path
        Folder of the portfolio.
    out : Path
        Folder of the report: new, empty, or an earlier report.
    as_of : str or date, optional
        Last day the report may see; the last day of the data if not given.
    parameters : mapping of str to object, optional
        Values, or texts as typed on a command line, for the parameters that the
        notebooks declare.
    workers : int, optional
        Notebooks that run at the same time; two, or one on a single core.
    notebooks_folder : Path, optional
        Where the notebooks lie; the workbook's own if not given.
    progress : bool
        Whether to show on stderr how far it is.
    timeout : int
        Seconds that one cell may take.

    Returns
    -------
    ReportRun
        Also when notebooks failed; their pages say why.

    Raises
    ------
    UsageError
        If a parameter, a notebook, the portfolio or the place cannot be right; no
        kernel has started then.
    DataError
        If the portfolio is damaged.

    Examples
    --------
    >>> run_report(["11"], Path("data/demo"), Path("reports/new"), workers=0)
    Traceback (most recent call last):
    kamlab.errors.UsageError: workers = 0: give a whole number from 1
    """
    asked = notebooks if notebooks is None else tuple(map(NotebookRequest, notebooks))
    day = None if as_of is None else str(as_of)
    request = ReportRequest(
        Path(data), Path(out), asked, day, dict(parameters or {}), formats=()
    )
    return run_request(request, workers, notebooks_folder, progress, timeout)


def run_request(
    request: ReportRequest,
    workers: int | None = None,
    notebooks_folder: Path | None = None,
    progress: bool = True,
    timeout: int = 600,
) -> ReportRun:
    """Run a whole report as it was asked for, and publish it.

    Parameters
    ----------
    request : ReportRequest
        Which notebooks, on which data, for whom, in which formats.
    workers, notebooks_folder, progress, timeout
        As for `run_report`; the workers draw the PDFs as well.

    Returns
    -------
    ReportRun
        Also when notebooks failed; their pages say why.

    Raises
    ------
    UsageError
        If a parameter, a notebook, the portfolio or the place cannot be right, or
        another run writes there now; no kernel has started then.
    DataError
        If the portfolio is damaged.

    Examples
    --------
    >>> request = ReportRequest(Path("data/demo"), Path("reports/new"))
    >>> run_request(request, workers=0)
    Traceback (most recent call last):
    kamlab.errors.UsageError: workers = 0: give a whole number from 1
    """
    begin = perf_counter()
    count = _checked_workers(workers)
    request = replace(request, out=Path(os.path.abspath(request.out)))
    plan, pin = make_pinned_plan(
        lambda data: make_plan(replace(request, data=data), notebooks_folder),
        request.data,
    )
    plan.out.parent.mkdir(parents=True, exist_ok=True)
    with only_run(plan.out), folder_aside(plan.out) as aside:
        scratch, built = aside / "scratch", aside / "report"
        for folder in (scratch, built):
            folder.mkdir()
        plan = pin(scratch)
        before = find_previous(request.previous, plan.out, plan.about)
        actions = find_actions(request.actions, plan.out, before.folder)
        plan = _with_memory(plan, before, actions, scratch)
        warm = request.kernels == "warm"
        executions = run_notebooks(plan.jobs, scratch, count, timeout, progress, warm)
        pages = [page_of(*each) for each in zip(plan.jobs, executions, strict=True)]
        memory = (before, actions)
        done = assemble(pages, plan, request, memory, built, begin, count)
        failed = any(page.failure for page in pages)
        folder = publish(built, plan.out, failed)
    return ReportRun(folder, tuple(pages), done.degraded, done.notes)


def _with_memory(
    plan: Plan, before: Previous, actions: Path | None, scratch: Path
) -> Plan:
    """Hand the report before, and the list of actions, to notebooks that ask for it."""
    laid_out = before.laid_out(scratch / "previous")
    further = {"previous": str(laid_out)} if laid_out else {}
    if actions:
        copied = copyfile(actions, scratch / ACTIONS_FILE)
        further["actions"] = str(copied)
    return replace(plan, jobs=tuple(job_with(job, further) for job in plan.jobs))


def _checked_workers(workers: int | None) -> int:
    if workers is None:
        return min(2, os.cpu_count() or 1)
    if isinstance(workers, bool) or not isinstance(workers, int) or workers < 1:
        raise UsageError(f"workers = {workers!r}: give a whole number from 1")
    return workers
