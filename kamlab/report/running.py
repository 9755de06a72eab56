"""All notebooks of a report, a few at a time, each in a kernel of its own."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import nbformat

from kamlab.report.execute import Execution, execute, without_lessons
from kamlab.report.imports import safe_imports
from kamlab.report.kernel import (
    kernel_environment,
    kernel_manager,
    kill_kernel,
    with_inherited,
)
from kamlab.report.plan import Job
from kamlab.report.progress import Tick, show_progress
from kamlab.report.warm import WarmParent, can_fork

_Prepared = tuple[Job, nbformat.NotebookNode]


@dataclass
class _Kernels:
    """The kernels of a run: how they start, and those that have started."""

    environment: dict[str, str]
    warm_parent: WarmParent | None
    why_cold: str
    started: list[Any] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def begin(self, name: str, tick: Tick) -> None:
        """Note that a cell begins, unless the run has been interrupted."""
        if self.stop.is_set():
            raise RuntimeError("the run was interrupted")
        tick(name)

    def end(self, futures: Sequence[Future]) -> None:
        """End what runs, and let nothing else begin."""
        self.stop.set()
        for future in futures:
            future.cancel()
        for kernel in self.started:
            kill_kernel(kernel)
        if self.warm_parent:
            self.warm_parent.close()  # also wakes who waits for a kernel of it


def run_notebooks(
    jobs: Sequence[Job],
    scratch: Path,
    workers: int,
    timeout: int = 600,
    progress: bool = False,
    warm: bool = True,
) -> list[Execution]:
    """Run every notebook of a report; on an interrupt, leave no kernel behind.

    Parameters
    ----------
    jobs : sequence of Job
        What is to be run, in order.
    scratch : Path
        An empty folder of the run.
    workers : int
        Notebooks that run at the same time.
    timeout : int
        Seconds that one cell may take.
    progress : bool
        Whether to show on stderr how far it is.
    warm : bool
        Whether kernels are forks of one process that has imported what the notebooks
        import, where that is safe and there are several notebooks.

    Returns
    -------
    list of Execution
        In the order of the jobs.

    Examples
    --------
    >>> run_notebooks([], Path("nowhere"), workers=2)
    []
    """
    if not jobs:
        return []
    prepared = [(job, without_lessons(job.file.read())) for job in jobs]
    # The cell that sets the parameters comes on top of the notebook's own.
    cells = {job.name: len(notebook.cells) + 1 for job, notebook in prepared}
    with (
        _kernels(prepared, scratch, warm) as kernels,
        show_progress(cells, progress) as tick,
        ThreadPoolExecutor(workers) as pool,
    ):
        run = partial(_run, kernels=kernels, scratch=scratch, timeout=timeout)
        futures = [pool.submit(run, *each, tick) for each in prepared]
        try:
            return [future.result() for future in futures]
        except BaseException:
            kernels.end(futures)
            raise


@contextmanager
def _kernels(
    prepared: Sequence[_Prepared], scratch: Path, warm: bool
) -> Iterator[_Kernels]:
    """Prepare how kernels start; at the end, see that none is left."""
    environment = kernel_environment(scratch / "profile")
    why_cold = _why_cold(prepared, warm)
    if why_cold:
        yield _Kernels(environment, None, why_cold)
        return
    names = safe_imports(notebook for _, notebook in prepared)
    parent = WarmParent(names, with_inherited(environment), scratch)
    try:
        yield _Kernels(environment, parent, "")
    finally:
        parent.close()


def _why_cold(prepared: Sequence[_Prepared], warm: bool) -> str:
    """Return why no kernel is warm; nothing if they can be."""
    if not warm:
        return "warm ones were not wanted"
    if len(prepared) == 1:
        return "a single notebook gains nothing"
    return "" if can_fork() else "this system cannot fork safely"


def _run(
    job: Job,
    notebook: nbformat.NotebookNode,
    tick: Tick,
    kernels: _Kernels,
    scratch: Path,
    timeout: int,
) -> Execution:
    """Run one notebook, and say how its kernel started."""
    folder = scratch / job.name
    folder.mkdir()
    own: list[Any] = []

    def started(manager: Any) -> None:
        own.append(manager.provisioner)
        kernels.started.append(manager)

    manager = kernel_manager(kernels.environment, started, kernels.warm_parent)
    step = partial(kernels.begin, job.name, tick)
    done = execute(notebook, job.injected, folder, manager, timeout, step)
    why_cold = kernels.why_cold or (own[0].why_cold if own else "it did not start")
    return replace(done, kernel=f"cold: {why_cold}" if why_cold else "warm")
