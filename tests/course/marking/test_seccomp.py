"""Calls that reach out of a folder are refused, those of every day are not."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kamlab.course.marking import seccomp
from tests.conftest import lacks

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Linux's own guard")

CLOSED = """\
import ctypes, os, shutil, socket, sys
from kamlab.course.marking.seccomp import give_up_calls
give_up_calls()
server, file = sys.argv[1:]
def tried(what, *given):
    try:
        what(*given)
        return "done"
    except OSError as error:
        return type(error).__name__
unix, datagrams = socket.AF_UNIX, socket.SOCK_DGRAM
print("connect", tried(socket.socket(unix).connect, server))
print("network", tried(socket.socket))
print("datagrams", tried(socket.socket, unix, datagrams))
print("pair of datagrams", tried(socket.socketpair, unix, datagrams))
print("pair", tried(socket.socketpair))
print("memory", tried(os.memfd_create, "hidden"))
print("ptrace", ctypes.CDLL(None).ptrace(0, 0, 0, 0))
print("chmod", tried(os.chmod, file, 0o777))
print("times", tried(os.utime, file, (0, 0)))
print("copy", tried(shutil.copy2, file, file + "2"))
print("program", os.system("exit 7") >> 8)
"""


@pytest.fixture
def told(tmp_path) -> dict[str, str]:
    """Return what a closed process could do, and what became of a file."""
    if not seccomp.has_filters():
        lacks("seccomp", "the calls of this machine are not known")
    file = tmp_path / "file"
    file.write_text("x")
    file.chmod(0o600)
    os.utime(file, (1_000_000, 1_000_000))
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        server.listen()
        command = [sys.executable, "-c", CLOSED, tmp_path / "socket", file]
        ended = subprocess.run(command, capture_output=True, text=True, check=True)
    after = file.stat()
    seen = {"mode": oct(after.st_mode & 0o777), "seconds": str(after.st_mtime)}
    return dict(line.rsplit(" ", 1) for line in ended.stdout.splitlines()) | seen


def test_nothing_outside_can_be_reached_and_no_process_taken_over(told):
    refused = ("connect", "network", "datagrams", "pair of datagrams", "memory")
    assert {told[each] for each in refused} == {"PermissionError"}
    assert told["ptrace"] == "-1"


def test_permissions_and_times_stay_without_an_error(told):
    assert (told["chmod"], told["times"], told["copy"]) == ("done",) * 3
    assert (told["mode"], told["seconds"]) == ("0o600", "1000000.0")


def test_programs_and_pipes_go_on_working(told):
    assert (told["pair"], told["program"]) == ("done", "7")


def test_a_machine_whose_calls_are_not_known_is_told(monkeypatch):
    monkeypatch.setattr(seccomp.platform, "machine", lambda: "pdp11")
    assert not seccomp.has_filters()
    with pytest.raises(OSError, match="no filter is known for linux, pdp11"):
        seccomp.give_up_calls()


def test_every_kind_of_machine_closes_the_same_doors():
    for calls in (seccomp._REACHING, seccomp._SOCKETS):
        assert calls["x86_64"].keys() == calls["aarch64"].keys()
    assert seccomp._ATTRIBUTES["aarch64"].keys() <= seccomp._ATTRIBUTES["x86_64"].keys()
    assert seccomp._ARCHITECTURES.keys() == seccomp._ATTRIBUTES.keys()


def test_the_numbers_are_those_of_the_system():
    header = Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h")
    if not header.is_file():
        lacks("headers", "the kernel's headers are not installed")
    lines = [line.split() for line in header.read_text().splitlines()]
    known = {
        line[1][5:]: int(line[2])
        for line in lines
        if line[:1] == ["#define"] and len(line) == 3
    }
    for calls in (seccomp._REACHING, seccomp._SOCKETS, seccomp._ATTRIBUTES):
        for name, number in calls["x86_64"].items():
            assert known.get(name, number) == number
