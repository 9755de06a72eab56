"""Running a submission's cells, and writing down its answers after each of them.

Runs within the inmate. What is written down are lines of JSON: ``{"answers": …}`` after
every reading cell, ``{"cell": …, "error": …}`` where a cell failed, and ``{"end": …}``.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import DeadKernelError
from traitlets.config import Config

from kamlab.course.marking import MIME_TYPE
from kamlab.report.kernel import kernel_environment, kernel_manager

#: Tag of the cells that the marker adds.
READING = "kamlab-reading"

_SETTINGS = {"IPKernelApp": {"log_level": 40}, "HistoryManager": {"enabled": False}}


class _Reader(NotebookClient):
    """Keeps the answers and drops whatever else a cell prints, however much it is."""

    def output(
        self, outs: list, msg: dict, display_id: str | None, cell_index: int
    ) -> None:
        """Keep one output of a reading cell."""
        is_reading = READING in self.nb.cells[cell_index].metadata.get("tags", [])
        data = msg["content"].get("data", {})
        if is_reading and MIME_TYPE in data:
            outs[:] = [nbformat.v4.new_output("display_data", data)]


def read_submission(
    notebook: nbformat.NotebookNode,
    folder: Path,
    record: TextIO,
    audit: bool = False,
    close: Callable[[], None] | None = None,
) -> None:
    """Run a submission that the marker has prepared, cell by cell.

    A cell that fails does not end the run: what does not depend on it is still read.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        With reading cells, from `kamlab.course.marking.submission.prepared`.
    folder : Path
        Where it may write.
    record : file
        Takes the lines.
    audit : bool
        Whether the kernel itself has to keep the code within the folder.
    close : callable, optional
        Closes a process to the outside. The kernel's is closed before it starts; this
        one, which has to reach the kernel first, before any cell is run.
    """

    def write(**line: object) -> None:
        print(json.dumps(line), file=record, flush=True)

    def executed(
        cell: nbformat.NotebookNode, cell_index: int, execute_reply: dict
    ) -> None:
        reply = execute_reply["content"]
        if reply["status"] == "error":
            told = f"{reply.get('ename')}: {reply.get('evalue')}"[:300]
            write(cell=cell.id, error=told)
        for output in cell.get("outputs", []):
            write(answers=output.data[MIME_TYPE])
        cell.outputs = []

    client = _Reader(
        notebook,
        timeout=None,
        allow_errors=True,
        kernel_name="python3",
        record_timing=False,
        resources={"metadata": {"path": str(folder)}},
        kernel_manager_class=_manager(folder, audit, close),
        # Sockets in the folder: the inmate has no network.
        config=Config(
            KernelManager={"transport": "ipc", "ip": str(folder / "home" / "k")}
        ),
        on_notebook_start=lambda notebook: close and close(),
        on_cell_executed=executed,
        shutdown_kernel="immediate",
    )
    try:
        client.execute()
        write(end="well")
    except DeadKernelError:
        write(end="dead")


def _manager(
    folder: Path, audit: bool, close: Callable[[], None] | None
) -> type[AsyncKernelManager]:
    """Return managers of kernels with plain settings, as in a student's JupyterLab."""
    profile = folder / "home" / "profile"
    environment = kernel_environment(profile)
    settings = json.loads(json.dumps(_SETTINGS))
    if audit:
        settings["IPKernelApp"]["extra_extensions"] = ["kamlab.course.marking.audit"]
    file = profile / "profile_default" / "ipython_kernel_config.json"
    file.write_text(json.dumps(settings), encoding="utf-8")
    plain = kernel_manager({**environment, "KAMLAB_FOLDER": str(folder)})

    class ClosedKernelManager(plain):
        async def start_kernel(self, **settings: object) -> None:
            await super().start_kernel(preexec_fn=close, **settings)

    return ClosedKernelManager
