"""A run from outside: what comes out, under which guards, and what is left of it."""

import os
import tempfile
import threading
from pathlib import Path

import nbformat
import pytest

from kamlab.course.marking import sandbox
from kamlab.course.marking.sandbox import Limits, run_locked_up
from kamlab.course.marking.submission import prepared
from kamlab.errors import NotebookError, UsageError

pytestmark = pytest.mark.skipif(os.name != "posix", reason="marking needs Unix")


def run(portfolio: Path, *cells: str, **limits):
    code = [nbformat.v4.new_code_cell(cell) for cell in cells]
    ready = prepared(nbformat.v4.new_notebook(cells=code), ["11.1"], {})
    return run_locked_up(ready, portfolio, Limits(**{"seconds": 120, **limits}))


@pytest.fixture
def portfolio(tmp_path) -> Path:
    folder = tmp_path / "portfolio"
    folder.mkdir()
    (folder / "portfolio.yml").write_text("name: Talbruck\n", encoding="utf-8")
    return folder


def test_the_company_the_home_and_the_last_answer_are_its_own(portfolio):
    reading = run(
        portfolio,
        "answer_11_1 = 1",
        "import os, tempfile",
        "open(os.path.expanduser('~/notes'), 'w').write('mine')",
        "place = tempfile.mkdtemp()",
        "answer_11_1 = [place.startswith(os.getcwd()), sorted(os.listdir())]",
        "open('portfolio/portfolio.yml', 'w').close()",
        "1 / 0",
    )
    assert reading.answers == {
        "answer_11_1": {"list": [True, {"list": ["home", "portfolio"]}]}
    }
    assert list(reading.errors.values()) == ["ZeroDivisionError: division by zero"]
    assert reading.end == "well"
    assert (portfolio / "portfolio.yml").read_text() == "name: Talbruck\n"


@pytest.mark.slow
def test_with_the_audit_hook_alone_accidents_are_stopped(portfolio, tmp_path):
    reading = run(
        portfolio,
        "answer_11_1 = 1",
        f"open({str(tmp_path / 'evil')!r}, 'w')",
        "import subprocess; subprocess.Popen(['sleep', '60'])",
        guard="audit",
    )
    assert reading.guards == ("limits of time and memory", "audit hook")
    assert reading.answers == {"answer_11_1": 1}
    assert "lies outside the folder" in reading.errors["cell-1"]
    assert "starts no programs" in reading.errors["cell-2"]
    assert not (tmp_path / "evil").exists()


def test_a_folder_is_removed_however_deep_and_protected(tmp_path):
    place = tmp_path / "km"
    inner = place / "cell" / "work"
    inner.mkdir(parents=True)
    deep = os.open(inner, os.O_RDONLY)
    for _ in range(1_500):  # deeper than Python recurses, longer than a path may be
        os.mkdir("a", dir_fd=deep)
        above, deep = deep, os.open("a", os.O_RDONLY, dir_fd=deep)
        os.close(above)
    os.close(deep)
    inner.chmod(0)
    place.chmod(0)
    mode = tmp_path.stat().st_mode
    sandbox._remove(str(place))
    assert os.listdir(tmp_path) == []
    assert tmp_path.stat().st_mode == mode


def test_no_folder_is_left_behind(portfolio, monkeypatch, tmp_path):
    place = tempfile.mkdtemp(prefix="k")
    monkeypatch.setattr(tempfile, "tempdir", place)
    run(portfolio, "import os; os.mkdir('a'); os.chmod('a', 0)", seconds=2)
    assert os.listdir(place) == []
    os.rmdir(place)


def test_a_stop_ends_the_run_at_once(portfolio):
    stop = threading.Event()
    stop.set()
    code = nbformat.v4.new_code_cell("while True: pass")
    ready = prepared(nbformat.v4.new_notebook(cells=[code]), ["11.1"], {})
    with pytest.raises(NotebookError, match="could not be locked up"):
        run_locked_up(ready, portfolio, Limits(600), stop)


def test_a_system_that_cannot_lock_up_is_told(monkeypatch, portfolio):
    monkeypatch.setattr(sandbox.os, "name", "nt")
    try:
        with pytest.raises(UsageError, match="mark on Linux"):
            run(portfolio, "1")
    finally:
        monkeypatch.undo()


def test_a_run_that_cannot_begin_is_no_mark(monkeypatch, portfolio):
    monkeypatch.setattr(sandbox.sys, "executable", "/bin/false")
    with pytest.raises(NotebookError, match="could not be locked up"):
        run(portfolio, "1")


def test_lines_cut_off_or_forged_are_passed_over(tmp_path):
    record = tmp_path / "record"
    record.write_bytes(
        b'{"guards": ["x"]}\n[1]\n\xff\n{"answers": "{\\"a\\": 1}"}\n{"end"'
    )
    lines = list(sandbox._lines(record))
    assert lines == [{"guards": ["x"]}, {"answers": '{"a": 1}'}]
    reading = sandbox._reading([*lines, {"answers": "[1]"}, {"answers": 7}], True)
    assert reading.answers == {"a": 1}
    assert reading.end == "dead"


def test_guards_that_were_forged_are_not_shown(tmp_path):
    for forged in (5, None, {"a": 1}):
        assert sandbox._reading([{"guards": forged}], True).guards == ()
    assert sandbox._reading([{"guards": ["\ud800", "x", 7]}], True).guards == ("x", "7")


@pytest.mark.slow
def test_processes_without_end_are_ended(portfolio):
    bomb = "import subprocess\nwhile True: subprocess.Popen(['sleep', '60'])"
    reading = run(portfolio, "answer_11_1 = 1", bomb)
    assert (reading.answers, reading.end) == ({"answer_11_1": 1}, "processes")
