"""Several notebooks at once, in warm kernels: how they start, and how they end."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kamlab.report import running
from kamlab.report.request import ReportRequest
from kamlab.report.run import ReportRun, run_request
from kamlab.report.warm import ForkedKernel, NoForkError, WarmParent, can_fork
from tests.conftest import slow

linux_only = pytest.mark.skipif(not can_fork(), reason="no fork on this system")


@pytest.fixture
def out(tmp_path) -> Path:
    return tmp_path / "report"


@pytest.fixture
def run(company, shelf, out):
    """Return what runs all notebooks of the shelf on the tiny company."""

    def run(kernels: str = "warm", **given) -> ReportRun:
        request = ReportRequest(company, out, kernels=kernels)
        given = {"notebooks_folder": shelf, "progress": False, **given}
        return run_request(request, **given)

    return run


def _kernels(out: Path) -> dict[str, str]:
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    return {page["name"]: page["kernel"] for page in manifest["pages"]}


@linux_only
def test_several_notebooks_share_one_parent_and_fail_alone(run, write, out):
    write("11", "import json, os", "print('parent', os.getppid())")
    write("12", "import json, os", "print('parent', os.getppid())", "raise KeyError(1)")
    write("13", "import no_such_module")
    report = run()
    parents = {
        line
        for page in ("11", "12")
        for line in (out / f"{page}.html").read_text(encoding="utf-8").splitlines()
        if "parent " in line and "print" not in line
    }
    assert len(parents) == 1
    assert report.failed == ("12", "13")
    assert set(_kernels(out).values()) == {"warm"}


def test_a_single_notebook_starts_its_own_interpreter(run, write, out):
    write("11")
    run()
    assert _kernels(out) == {"11": "cold: a single notebook gains nothing"}


def test_a_team_may_turn_warm_kernels_off(run, write, out):
    write("11")
    write("12")
    run(kernels="cold")
    assert set(_kernels(out).values()) == {"cold: warm ones were not wanted"}


def test_where_nothing_forks_the_report_is_the_same(run, write, out, monkeypatch):
    write("11", "print('first')")
    write("12", "print('second')")
    run()
    warm = {file.name: file.read_bytes() for file in out.glob("*.html")}
    monkeypatch.setattr(running, "can_fork", lambda: False)
    run()
    assert {file.name: file.read_bytes() for file in out.glob("*.html")} == warm
    assert set(_kernels(out).values()) == {"cold: this system cannot fork safely"}


def test_a_parent_that_gives_no_kernel_is_told_for_every_page(
    run, write, out, monkeypatch
):
    def no_fork(*_: object) -> None:
        raise NoForkError("the process to fork from has ended")

    monkeypatch.setattr(WarmParent, "fork", no_fork)
    monkeypatch.setattr(running, "can_fork", lambda: True)
    write("11", "print('well')")
    write("12", "print('well')")
    assert run().exit_code == 0
    assert set(_kernels(out).values()) == {"cold: the process to fork from has ended"}


#: A run of two notebooks, as a scheduler starts it.
A_RUN = (
    "import sys\nfrom kamlab.report.run import run_report\n"
    "run_report(None, sys.argv[1], sys.argv[2], notebooks_folder=sys.argv[3])"
)


def _processes_naming(text: str) -> list[int]:
    """Return processes in whose environment a text occurs: those of one run."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            if text.encode() in (each / "environ").read_bytes():
                found.append(int(each.name))
        except OSError:
            continue  # it has just ended
    return found


@linux_only
@pytest.mark.parametrize(
    "number", [signal.SIGINT, slow(signal.SIGTERM), signal.SIGKILL]
)
def test_a_run_that_is_ended_leaves_no_process(
    number, company, shelf, write, out, tmp_path
):
    here = f"import os, time\nopen(os.path.join({str(shelf)!r}, str(os.getpid())), 'w')"
    for name in ("11", "12"):
        write(name, f"{here}\ntime.sleep(60)")
    command = [sys.executable, "-c", A_RUN, str(company), str(out), str(shelf)]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        while len([each for each in shelf.iterdir() if each.name.isdigit()]) < 2:
            assert process.poll() is None
            time.sleep(0.05)
        kernels = [int(each.name) for each in shelf.iterdir() if each.name.isdigit()]
        # They, and what they were forked from, carry the run's folders.
        pids = _processes_naming(str(tmp_path))
        processes = [ForkedKernel(pid, os.pidfd_open(pid)) for pid in pids]
        assert len(processes) == len(kernels) + 1
        process.send_signal(number)
        said = process.stderr.read().decode()
        assert process.wait(30) != 0
    assert {each.wait(30) for each in processes} == {-1}
    left = sorted(each.name for each in out.parent.iterdir())
    if number == signal.SIGINT:
        assert said.rstrip().endswith("KeyboardInterrupt")
        assert left == [".report.lock", "notebooks"]
    assert not out.exists()
