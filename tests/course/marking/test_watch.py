"""What a run takes with all its processes is held against its limits."""

import os
import subprocess

import pytest

from kamlab.course.marking import watch
from kamlab.course.marking.watch import excess, memory_of, reserve_of

OWN = os.getpid()


@pytest.fixture
def linux():
    if not os.path.exists("/proc/self/statm"):
        pytest.skip("no /proc here")


def test_a_modest_run_takes_nothing_too_much(tmp_path):
    assert excess([OWN], 100_000, tmp_path, 0) == ""


def test_many_processes_are_too_many(tmp_path):
    pids = range(watch.MOST_PROCESSES + 1)
    assert excess(pids, 100_000, tmp_path, 0) == "processes"


def test_processes_share_one_limit_of_memory(linux, tmp_path):
    half = memory_of(OWN) / 1_000_000 * 1.5
    assert excess([OWN], half, tmp_path, 0) == ""
    assert excess([OWN, OWN], half, tmp_path, 0) == "memory"


def test_some_of_the_disk_is_left_to_others(tmp_path):
    assert excess([], 1, tmp_path, 2**62) == "disk"
    assert excess([], 1, tmp_path, reserve_of(tmp_path)) == ""


def test_on_a_full_disk_half_of_the_rest_is_left(monkeypatch, tmp_path):
    free = type("Usage", (), {"free": 500_000_000})
    monkeypatch.setattr(watch.shutil, "disk_usage", lambda _: free)
    assert reserve_of(tmp_path) == 250_000_000


def test_a_process_that_has_ended_takes_nothing(linux):
    ended = subprocess.Popen(["true"])
    ended.wait()
    assert memory_of(ended.pid) == 0
    assert memory_of(OWN) > 1_000_000
