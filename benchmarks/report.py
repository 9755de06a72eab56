"""A whole report, review and dossiers in all editions: where time and memory go.

Run as ``python -m benchmarks.report WAY DOSSIERS OUT``: one way a process. Prints
seconds by purpose, and seconds of all processors together, as JSON.
"""

import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

import psutil

PROJECT = Path(__file__).resolve().parent.parent

#: How notebooks are run: warm or cold kernels, and how many at the same time.
WAYS: dict[str, dict] = {
    "warm kernels, two workers": {"kernels": "warm", "workers": 2},
    "warm kernels, one worker": {"kernels": "warm", "workers": 1},
    "cold kernels, two workers": {"kernels": "cold", "workers": 2},
}

#: What writes each edition, by what the table calls it.
EDITIONS = {
    "single HTML": "single_html",
    "PDF": "write_pdfs",
    "workbook": "write_workbook",
}

_DEFAULT = next(iter(WAYS))


def report_tables(dossiers: int, folder: Path) -> str:
    """Return time split, ways against each other and peak memory as Markdown."""
    found = {way: measured(way, dossiers, folder / way) for way in WAYS}
    return "\n".join([_compared(found), "", _split(found[_DEFAULT])])


def measured(way: str, dossiers: int, out: Path) -> dict:
    """Return what one way took, in a process of its own, and its peak of memory."""
    command = [sys.executable, "-m", "benchmarks.report", way, str(dossiers), str(out)]
    run = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT)
    peak = Peak(run.pid)
    with run, peak:
        said = run.stdout.read()
    if run.returncode:
        raise RuntimeError(f"{way!r} ended with {run.returncode}")
    return {**json.loads(said.splitlines()[-1]), "megabytes": peak.megabytes}


class Peak:
    """The most memory that a process and all it started have had together.

    Memory that processes share, as forks do, counts once.
    """

    def __init__(self, pid: int) -> None:
        self.megabytes = 0.0
        self._root = psutil.Process(pid)
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> "Peak":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._over.wait(0.25):
            self.megabytes = max(self.megabytes, self._now())

    def _now(self) -> float:
        total = 0
        try:
            for each in (self._root, *self._root.children(recursive=True)):
                total += _shared_out(each)
        except psutil.NoSuchProcess:
            return 0.0
        return total / 1e6


def _shared_out(process: psutil.Process) -> int:
    """Return a process's bytes, with a part of those that it shares."""
    try:
        return process.memory_full_info().pss
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0  # it has just ended


def _compared(found: Mapping[str, dict]) -> str:
    told = [
        "| way | seconds | against the first | processor seconds | peak memory, MB |",
        "|---|---:|---:|---:|---:|",
    ]
    first = found[_DEFAULT]["whole report"]
    for way, row in found.items():
        seconds = row["whole report"]
        told.append(
            f"| {way} | {seconds:.1f} | {seconds / first:.2f}× | "
            f"{row['processor']:.1f} | {row['megabytes']:,.0f} |"
        )
    return "\n".join(told)


def _split(row: Mapping[str, float]) -> str:
    told = [f"| part ({_DEFAULT}) | seconds |", "|---|---:|"]
    apart = ("processor", "megabytes", "pages")
    told += [f"| {k} | {v:.1f} |" for k, v in row.items() if k not in apart]
    return "\n".join(told)


def _clocked(module: object, name: str, spent: Counter, part: str) -> None:
    """Have a function of a module add its seconds to a part."""
    plain: Callable = getattr(module, name)

    def clocked(*given: object, **named: object) -> object:
        began = time.perf_counter()
        try:
            return plain(*given, **named)
        finally:
            spent[part] += time.perf_counter() - began

    setattr(module, name, clocked)


def main(way: str, dossiers: str, out: str) -> None:
    """Run the report one way, and print what it took as JSON."""
    from kamlab.report.editions import writing
    from kamlab.report.request import NotebookRequest, ReportRequest
    from kamlab.report.run import run_request

    spent: Counter = Counter()
    for part, name in EDITIONS.items():
        _clocked(writing, name, spent, part)
    asked = (
        NotebookRequest("portfolio_review"),
        NotebookRequest("account_dossier", for_each="account", top=int(dossiers)),
    )
    demo, formats = PROJECT / "data" / "demo", ("single", "pdf", "xlsx")
    how = {"formats": formats, "previous": "none", "kernels": WAYS[way]["kernels"]}
    request = ReportRequest(demo, Path(out), asked, **how)
    began = time.perf_counter()
    run = run_request(request, WAYS[way]["workers"], progress=False)
    whole = time.perf_counter() - began
    if run.exit_code:
        raise RuntimeError(str(run))
    manifest = json.loads((run.folder / "manifest.json").read_text(encoding="utf-8"))
    print(json.dumps({**_parts(manifest, spent), "whole report": whole, **_used()}))


def _parts(manifest: Mapping, spent: Mapping[str, float]) -> dict[str, float]:
    """Return seconds by purpose; those of notebooks are sums over all of them."""
    pages = manifest["pages"]
    named = {
        "kernel_start": "kernel start (the first wait for all imports)",
        "imports": "imports",
        "computing": "computing",
    }
    parts = {
        f"{told}, all notebooks": sum(page["seconds"][name] for page in pages)
        for name, told in named.items()
    }
    seconds = manifest["seconds"]
    other = seconds["rendering"] - sum(spent.values())
    return {
        **parts,
        "executing, by the clock": seconds["executing"],
        **spent,
        "linked pages, and all else that is written": other,
    }


def _used() -> dict[str, float]:
    """Return processor seconds of this process and of all that it has waited for."""
    return {"processor": sum(os.times()[:4])}


if __name__ == "__main__":
    main(*sys.argv[1:])
