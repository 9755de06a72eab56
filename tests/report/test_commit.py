"""A report says which state of the notebooks it ran."""

import shutil
import subprocess

import pytest

from kamlab.report.commit import commit_of

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")


def git(folder, *asked):
    who = ["-c", "user.name=A", "-c", "user.email=a@b.example"]
    told = subprocess.run(
        ["git", "-C", str(folder), *who, *asked],
        capture_output=True,
        text=True,
        check=True,
    )
    return told.stdout.strip()


def test_the_commit_is_named_and_a_change_is_told(tmp_path):
    git(tmp_path, "init", "-q")
    page = tmp_path / "page.txt"
    page.write_text("one")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "First")
    commit = git(tmp_path, "rev-parse", "HEAD")
    assert commit_of(tmp_path) == commit
    page.write_text("two")
    assert commit_of(tmp_path) == f"{commit}-dirty"


def test_without_a_repository_there_is_no_commit(tmp_path):
    assert commit_of(tmp_path) is None
    assert commit_of(tmp_path / "away") is None


def test_without_git_there_is_no_commit(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert commit_of(tmp_path) is None
