"""Folders are written aside and moved into place whole."""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from kamlab.data.aside import folder_aside, foreign_files, put_in_place


def left_aside(place: Path, name: str, process: int, target: str = "mine") -> Path:
    """Make what a process that was killed leaves beside its target."""
    folder = place / name
    (folder / "inner" / "was").mkdir(parents=True)
    (folder / "inner" / "was" / "good").touch()
    told = {"target": target, "process": process, "host": platform.node()}
    (folder / ".kamlab-aside.json").write_text(json.dumps(told))
    return folder


@pytest.fixture
def ended() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_what_a_killed_process_left_behind_is_cleared_away(tmp_path, ended):
    (tmp_path / "mine").mkdir()
    left = left_aside(tmp_path, ".mine.abc", ended)
    running = left_aside(tmp_path, ".mine.def", os.getpid())
    another = left_aside(tmp_path, ".mine.ghi", ended, target="mine.2025")
    with folder_aside(tmp_path / "mine"):
        assert not left.exists()
        assert running.exists()
        assert another.exists()


def test_what_was_replaced_just_then_comes_back(tmp_path, ended):
    left_aside(tmp_path, ".mine.abc", ended)
    with folder_aside(tmp_path / "mine"):
        assert (tmp_path / "mine" / "good").exists()


def test_hidden_folders_of_other_people_are_never_touched(tmp_path):
    names = [".mine.2024.backup", ".mine.20251231120000.zip", ".mine.².x", ".mine."]
    for name in names:
        (tmp_path / name).mkdir()
        (tmp_path / name / "precious").touch()
    with folder_aside(tmp_path / "mine"):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)
    assert all((tmp_path / name / "precious").exists() for name in names)


def test_a_link_goes_on_pointing_to_what_is_new(tmp_path):
    for name in ("real", "new"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "page").touch()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    put_in_place(tmp_path / "new", tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real" / "page").exists()


@pytest.mark.parametrize("interruption", [OSError, KeyboardInterrupt])
def test_what_stood_there_comes_back_when_moving_fails(tmp_path, interruption):
    (tmp_path / "report").mkdir()
    (tmp_path / "report" / "good").touch()
    finished = Unmovable(tmp_path / "missing")
    finished.interruption = interruption
    with pytest.raises(interruption):
        put_in_place(finished, tmp_path / "report")
    assert [path.name for path in (tmp_path / "report").iterdir()] == ["good"]
    assert [path.name for path in tmp_path.iterdir()] == ["report"]


class Unmovable(type(Path())):
    """A finished folder whose move fails."""

    def chmod(self, mode):
        pass

    def rename(self, target):
        raise self.interruption


def test_foreign_files_are_named_in_order(tmp_path):
    for name in ("b", "a", "own"):
        (tmp_path / name).touch()
    assert foreign_files(tmp_path, ["own", "not there"]) == ["a", "b"]
