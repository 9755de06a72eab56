"""The audit hook refuses what would reach beyond a notebook's folder."""

import os
import subprocess
import sys

import pytest

from kamlab.course.marking.audit import guard


@pytest.fixture
def hook(tmp_path):
    return guard(tmp_path / "cell")


def test_writing_within_the_folder_is_allowed(hook, tmp_path):
    for mode in ("w", "a", "x", "r+"):
        hook("open", (str(tmp_path / "cell" / "notes.txt"), mode, 0))
    hook("os.mkdir", (str(tmp_path / "cell" / "more"), 0o777, -1))


def test_reading_is_allowed_anywhere(hook):
    hook("open", ("/etc/hostname", "r", os.O_RDONLY))
    hook("open", (3, "w", 0))
    hook("import", ("kamlab",))


@pytest.mark.parametrize(
    ("event", "arguments"),
    [
        ("open", ("{}/marks.csv", "w", 0)),
        ("open", ("{}/marks.csv", None, os.O_WRONLY | os.O_CREAT)),
        ("open", ("{}/cell/../marks.csv", "a", 0)),
        ("open", ("{}/cellar/marks.csv", "w", 0)),
        ("os.remove", ("{}/marks.csv", -1)),
        ("os.rename", ("{}/cell/a", "{}/b", -1, -1)),
        ("shutil.rmtree", ("{}", None)),
        ("os.symlink", ("{}/cell/a", "{}/b", -1)),
    ],
)
def test_changing_anything_outside_is_refused(hook, tmp_path, event, arguments):
    told = tuple(
        each.replace("{}", str(tmp_path)) if isinstance(each, str) else each
        for each in arguments
    )
    with pytest.raises(PermissionError, match="lies outside the folder"):
        hook(event, told)


def test_a_link_out_of_the_folder_is_followed(hook, tmp_path):
    (tmp_path / "cell").mkdir()
    (tmp_path / "cell" / "out").symlink_to(tmp_path)
    with pytest.raises(PermissionError, match="lies outside"):
        hook("open", (str(tmp_path / "cell" / "out" / "x"), "w", 0))


@pytest.mark.parametrize("event", ["os.system", "subprocess.Popen", "os.fork"])
def test_programs_are_refused(hook, event):
    with pytest.raises(PermissionError, match="starts no programs"):
        hook(event, ("sleep 1",))


def test_the_network_is_refused_and_the_kernel_s_own_sockets_are_not(hook):
    hook("socket.connect", (None, "/tmp/k-1"))
    with pytest.raises(PermissionError, match="no network"):
        hook("socket.connect", (None, ("example.org", 80)))


def test_the_hook_holds_in_a_process(tmp_path):
    program = (
        "from kamlab.course.marking.audit import load_ipython_extension as load\n"
        "load(None)\n"
        f"open({str(tmp_path / 'inside' / 'a')!r}, 'w').close()\n"
        f"open({str(tmp_path / 'b')!r}, 'w').close()\n"
    )
    (tmp_path / "inside").mkdir()
    environment = {**os.environ, "KAMLAB_FOLDER": str(tmp_path / "inside")}
    command = [sys.executable, "-c", program]
    ended = subprocess.run(
        command, capture_output=True, text=True, check=False, env=environment
    )
    assert "PermissionError" in ended.stderr
    assert (tmp_path / "inside" / "a").exists()
    assert not (tmp_path / "b").exists()
