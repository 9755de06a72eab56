"""Landlock, namespaces and limits hold for real processes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kamlab.course.marking import namespaces
from kamlab.course.marking.landlock import landlock_version, lock_in
from tests.conftest import lacks

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux's own guards")


def run(program: str, *arguments: object) -> subprocess.CompletedProcess:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


LOCKED = """\
import os, sys
from pathlib import Path
from kamlab.course.marking.inmate import readable_places
from kamlab.course.marking import namespaces
from kamlab.course.marking.landlock import lock_in
folder, beside = map(Path, sys.argv[1:])
print(lock_in([folder], *readable_places()))
def tried(what, *given):
    try:
        what(*given)
        return "done"
    except OSError as error:
        return type(error).__name__
print(tried((folder / "a").write_text, "x"))
print(tried((folder / "a").read_text))
print(tried((beside / "b").write_text, "x"))
print(tried((beside / "secret").read_text))
print(tried(os.listdir, beside))
print(tried((beside / "secret").unlink))
print(tried(os.symlink, beside, folder / "link"))
print(tried((folder / "link" / "secret").read_text))
print(tried(__import__, "pandas"))
import socket
print(tried(socket.create_connection, ("127.0.0.1", 9), 1))
print(tried(os.kill, os.getppid(), 0))
"""


@pytest.fixture
def landlock() -> int:
    if not landlock_version():
        lacks("landlock", "this kernel has no Landlock")
    return landlock_version()


def test_landlock_leaves_nothing_but_the_folder(landlock, tmp_path):
    folder, beside = tmp_path / "cell", tmp_path / "beside"
    folder.mkdir()
    beside.mkdir()
    (beside / "secret").write_text("7")
    told = run(LOCKED, folder, beside)
    lines = told.stdout.split("\n")
    assert lines[0] == f"Landlock {landlock}", told.stderr
    assert lines[1:3] == ["done", "done"]
    assert lines[3:7] == ["PermissionError"] * 4
    assert lines[7:10] == ["done", "PermissionError", "done"]
    expected = "PermissionError" if landlock >= 4 else "ConnectionRefusedError"
    assert lines[10] == expected
    assert lines[11] == ("PermissionError" if landlock >= 6 else "done")
    assert (beside / "secret").exists()


def test_a_project_folder_is_searched_but_not_read(landlock, tmp_path):
    program = LOCKED.partition("print(tried((folder")[0] + (
        "import kamlab.value.concentration\n"
        "print(tried(Path('pyproject.toml').read_text))\n"
        "print(tried(Path('data/demo/orders.csv').read_text))\n"
    )
    lines = run(program, tmp_path, tmp_path).stdout.split()
    assert lines[2:] == ["PermissionError", "PermissionError"]


def test_without_landlock_the_refusal_says_so(monkeypatch):
    monkeypatch.setattr("kamlab.course.marking.landlock.landlock_version", lambda: 0)
    with pytest.raises(OSError, match="no Landlock"):
        lock_in([], [])


APART = """\
import json, os, sys
from pathlib import Path
from kamlab.course.marking.namespaces import leave_the_world, see_only_own_processes
if not leave_the_world():
    sys.exit(9)
if os.fork() == 0:
    see_only_own_processes()
    others = [name for name in os.listdir("/proc") if name.isdigit()]
    routes = Path("/proc/net/route").read_text().splitlines()[1:]
    told = {"pid": os.getpid(), "uid": os.getuid(), "others": others, "routes": routes}
    print(json.dumps(told), flush=True)
    os._exit(0)
os.wait()
"""


def test_namespaces_hide_other_processes_and_the_network():
    ended = run(APART)
    if ended.returncode == 9:
        lacks("namespaces", "this machine gives no user namespaces")
    told = json.loads(ended.stdout)
    assert told["pid"] == 1
    assert told["uid"] == os.getuid()
    assert told["routes"] == []
    assert told["others"] == ["1"] or str(os.getpid()) in told["others"]


def test_where_namespaces_are_refused_nothing_has_changed(monkeypatch):
    monkeypatch.setattr(namespaces, "_ALL", -1)  # no system knows such flags
    before = os.readlink("/proc/self/ns/user")
    assert not namespaces.leave_the_world()
    assert os.readlink("/proc/self/ns/user") == before


def test_a_step_is_tried_by_another_process():
    monkey = []
    assert namespaces.would_work(lambda: monkey.append(1))
    assert not namespaces.would_work(lambda: 1 / 0)
    assert monkey == []


POWERS = """\
import os, sys
from pathlib import Path
from kamlab.course.marking.namespaces import give_up_powers
give_up_powers()
status = Path("/proc/self/status").read_text()
print(status.partition("CapEff:")[2].split()[0])
"""


def test_a_superuser_keeps_no_powers():
    assert int(run(POWERS).stdout, 16) == 0


ORPHANS = """\
import os, time
from kamlab.course.marking.namespaces import adopt_orphans, descendants, end_descendants
adopt_orphans()
if os.fork() == 0:
    os.setsid()
    for _ in range(3):
        if os.fork() == 0:
            os.setsid()
            time.sleep(600)
    os._exit(0)
time.sleep(0.5)
pids = descendants(os.getpid())
print(len(pids))
end_descendants()
print(descendants(os.getpid()))
print([pid for pid in pids if os.path.exists(f"/proc/{pid}")])
"""


def test_descendants_that_ran_away_are_found_and_ended():
    lines = run(ORPHANS).stdout.split("\n")
    assert int(lines[0]) >= 3
    assert lines[1:3] == ["[]", "[]"]


LIMITED = """\
import os, sys
from kamlab.course.marking.inmate import set_limits
set_limits(500)
try:
    bytearray(600_000_000)
except MemoryError:
    print("memory")
try:
    with open(sys.argv[1], "wb") as file:
        file.truncate(200_000_000)
except OSError:
    print("file")
"""


def test_memory_and_files_are_limited(tmp_path):
    assert run(LIMITED, tmp_path / "large").stdout.split() == ["memory", "file"]


def test_a_kernel_too_old_for_a_right_is_not_asked_for_it():
    from kamlab.course.marking import landlock as module

    assert [module._RIGHTS.get(v, 16) for v in (1, 2, 3, 4, 5, 7)] == [
        *(13, 14, 15, 15, 16, 16),
    ]
    assert Path(module.__file__).exists()
