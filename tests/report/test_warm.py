"""Warm kernels: the same as cold ones, only sooner; and none of them outlives a run."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import nbformat
import pytest

from kamlab.report import warm as module
from kamlab.report.execute import Execution, execute
from kamlab.report.kernel import kernel_environment, kernel_manager, with_inherited
from kamlab.report.warm import ForkedKernel, NoForkError, WarmParent, can_fork
from kamlab.report.warm_parent import preload

pytestmark = pytest.mark.skipif(not can_fork(), reason="no fork on this system")

V4 = nbformat.v4


def _notebook(*sources: str) -> nbformat.NotebookNode:
    parameters = V4.new_code_cell("x: int = 1", metadata={"tags": ["parameters"]})
    cells = [V4.new_markdown_cell("# Title"), parameters]
    return V4.new_notebook(cells=[*cells, *map(V4.new_code_cell, sources)])


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> dict[str, str]:
    return kernel_environment(tmp_path_factory.mktemp("profile"))


@pytest.fixture(scope="module")
def parent(environment, tmp_path_factory) -> Iterator[WarmParent]:
    names = ["json", "matplotlib.pyplot"]
    folder = tmp_path_factory.mktemp("parent")
    parent = WarmParent(names, with_inherited(environment), folder)
    yield parent
    parent.close()


@pytest.fixture
def run(environment, parent, tmp_path) -> Callable[..., Execution]:
    """Return what runs a notebook of these sources, warm unless told otherwise."""

    runs = count()

    def run(*sources: str, warm: bool = True, timeout: int = 60, **parameters):
        scratch = tmp_path / str(next(runs)) / "here"
        scratch.mkdir(parents=True)
        manager = kernel_manager(environment, warm_parent=parent if warm else None)
        return execute(_notebook(*sources), parameters, scratch, manager, timeout)

    return run


def _outputs(execution: Execution) -> list[dict]:
    assert execution.failure is None
    cells = [cell for cell in execution.notebook.cells if cell.cell_type == "code"]
    return [dict(output) for cell in cells for output in cell.outputs]


def _printed(execution: Execution) -> str:
    return "".join(each.get("text", "") for each in _outputs(execution))


def _has_program(pid: str) -> bool:
    """Tell whether a process still runs a program, and is not merely remembered."""
    try:
        return bool(os.readlink(f"/proc/{pid}/exe"))
    except FileNotFoundError:
        return False


# -- the same as a cold kernel -------------------------------------------------------

SAME = """\
import os, sys, warnings
print(x, os.path.basename(os.getcwd()), sys.executable, sys.path)
print(*warnings.filters, sep="\\n")
print(sorted(key for key in os.environ if key != "JPY_PARENT_PID"))
print(hash("Marwitz"), sys.stdin.closed, os.environ["TMPDIR"], __name__)
"""


def test_a_warm_kernel_sees_and_draws_what_a_cold_one_does(run):
    # What a module adds to the filters when it is imported comes in its order.
    drawn = "import matplotlib.pyplot as plt\n_ = plt.plot([1, 2, 1])"
    sources = ("import json", drawn, SAME)
    warm = _outputs(run(*sources, x=3))
    assert warm == _outputs(run(*sources, warm=False, x=3))
    assert any("image/png" in each.get("data", {}) for each in warm)


def test_nothing_of_one_kernel_is_seen_by_the_next(run):
    source = (
        "import json, os, random, numpy.random\n"
        "print(os.getppid(), hasattr(json, 'mine'))\n"
        "print(random.random(), numpy.random.rand())\n"
        "json.mine = 1"
    )
    first, second = _printed(run(source)).split(), _printed(run(source)).split()
    assert first[:2] == second[:2]  # one parent, and a module as it was imported
    assert first[1] == "False"
    assert not set(first[2:]) & set(second[2:])


# -- what goes wrong -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("import os\nos._exit(3)", "The kernel ended in the middle of a cell"),
        ("import os\nos.kill(os.getpid(), 9)", "The kernel ended in the middle of"),
        ("import warnings\nwarnings.warn('hm')", "UserWarning: hm"),
    ],
)
def test_failures_are_told_as_those_of_a_cold_kernel(run, source, message):
    assert run(source).failure.message.startswith(message)


def test_a_kernel_may_be_kept_short_of_memory(run):
    source = (
        "import resource\nresource.setrlimit(resource.RLIMIT_AS, (1 << 31, 1 << 31))\n"
        "much = bytes(1 << 32)"
    )
    assert run(source).failure.message.startswith("MemoryError")


def test_after_a_cell_that_takes_too_long_nothing_runs_on(run, tmp_path):
    source = (
        "import subprocess, os, time\nchild = subprocess.Popen(['sleep', '60'])\n"
        "open('pids', 'w').write(f'{os.getpid()} {child.pid}')\ntime.sleep(60)"
    )
    failure = run(source, timeout=2).failure
    assert failure.message == "A cell took longer than the 2 seconds it may take."
    for pid in (tmp_path / "0" / "here" / "pids").read_text().split():
        # One that has ended is there until somebody takes note of it.
        assert not _has_program(pid)


def test_what_cannot_be_imported_beforehand_is_told(environment, tmp_path):
    names = ["kamlab.nowhere"]
    parent = WarmParent(names, with_inherited(environment), tmp_path)
    with pytest.raises(NoForkError, match="could not be imported at once"):
        parent.fork(["ipykernel_launcher"], None)
    parent.close()


def test_without_a_parent_kernels_are_cold(environment, tmp_path):
    parent = WarmParent(["json"], with_inherited(environment), tmp_path)
    parent._process.kill()
    parent._process.wait()
    provisioners = []

    def started(manager):
        provisioners.append(manager.provisioner)

    manager = kernel_manager(environment, started, parent)
    done = execute(_notebook("print(x)"), {"x": 7}, tmp_path, manager, 60)
    parent.close()
    assert _printed(done) == "7\n"
    assert provisioners[0].why_cold.startswith("what the notebooks import")


def test_when_the_run_is_over_no_kernel_starts(environment, tmp_path):
    parent = WarmParent(["json"], with_inherited(environment), tmp_path)
    parent.close()
    parent.close()  # twice does no harm
    manager = kernel_manager(environment, warm_parent=parent)
    done = execute(_notebook("1"), {}, tmp_path, manager, 60)
    assert done.failure.message.endswith("the run was interrupted")


def test_where_the_system_gives_no_handles_nothing_is_forked(monkeypatch):
    def forbidden(pid: int) -> int:
        raise PermissionError(pid)

    monkeypatch.setattr(module.os, "pidfd_open", forbidden)
    assert not can_fork()
    monkeypatch.setattr(module.sys, "platform", "darwin")
    assert not can_fork()


def test_a_warning_at_an_import_is_an_error_there_too(tmp_path, monkeypatch):
    (tmp_path / "old_module.py").write_text("import warnings\nwarnings.warn('old')")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(UserWarning, match="old"):
        preload(["old_module"])


# -- nothing is left behind ----------------------------------------------------------


def test_a_process_is_followed_by_its_handle():
    command = [sys.executable, "-c", "import time; time.sleep(60)"]
    with subprocess.Popen(command) as process:
        kernel = ForkedKernel(process.pid, os.pidfd_open(process.pid))
        assert kernel.poll() is None
        with pytest.raises(subprocess.TimeoutExpired):
            kernel.wait(0.01)
        with ThreadPoolExecutor(1) as pool:
            waiting = pool.submit(kernel.wait)
            kernel.terminate()  # although somebody waits for its end
            assert waiting.result(10) == -1
        kernel.kill()  # too late, and no harm
        assert process.wait(10) == -signal.SIGTERM


#: A run with one kernel, which has started a program of its own.
A_RUN = """
import os, sys, time
from pathlib import Path
from kamlab.report.kernel import kernel_environment, with_inherited
from kamlab.report.warm import WarmParent
here = Path(sys.argv[1])
environment = with_inherited(kernel_environment(here))
parent = WarmParent(["json"], environment, here)
kernel = parent.fork(["ipykernel_launcher"], str(here))
print(os.getpid(), parent._process.pid, kernel.pid, flush=True)
time.sleep(60)
"""


@pytest.mark.parametrize("killed", [0, 1, 2])
def test_whoever_is_killed_no_process_is_left(killed, tmp_path):
    command = [sys.executable, "-c", textwrap.dedent(A_RUN), str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        pids = [int(each) for each in process.stdout.readline().split()]
        handles = [os.pidfd_open(pid) for pid in pids]
        os.kill(pids[killed], signal.SIGKILL)
        process.kill()
        for pid, handle in zip(pids, handles, strict=True):
            assert ForkedKernel(pid, handle).wait(20) == -1
    assert not any(_has_program(str(pid)) for pid in pids)
