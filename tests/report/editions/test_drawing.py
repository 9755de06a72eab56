"""Sheets drawn by several processes: in their order, the same bytes, none lost."""

import subprocess
import sys

import pytest

from kamlab.report.editions import drawing
from kamlab.report.editions.drawing import Sheet, draw_sheets, drawn_sheet
from kamlab.report.editions.pdf import what_is_lacking
from tests.conftest import lacks

PAGES = [f"<html lang=en><title>{i}</title><p>苏州 {i}" for i in range(5)]


@pytest.fixture(scope="module")
def drawn() -> list[Sheet]:
    """Draw the pages in this process."""
    if hint := what_is_lacking():
        lacks("pdf", hint)
    return [drawn_sheet(page) for page in PAGES]


@pytest.fixture
def started(monkeypatch) -> list[list[str]]:
    """Return the commands of the processes that are started."""
    commands = []
    plain = subprocess.Popen

    def start(command: list[str], **given) -> subprocess.Popen:
        commands.append(command)
        return plain(command, **given)

    monkeypatch.setattr(drawing.subprocess, "Popen", start)
    return commands


@pytest.fixture
def instead(monkeypatch):
    """Return what has another program run in place of the one that draws."""
    plain = subprocess.Popen

    def instead(program: str) -> None:
        def start(command: list[str], **given) -> subprocess.Popen:
            return plain([sys.executable, "-c", program, *command[4:]], **given)

        monkeypatch.setattr(drawing.subprocess, "Popen", start)

    return instead


def test_two_processes_draw_the_same_bytes_in_the_same_order(drawn, started):
    assert draw_sheets(PAGES, workers=2) == drawn
    assert len(started) == 1
    assert len(started[0][4:]) == 2  # of five pages; three are drawn here


@pytest.mark.parametrize(("pages", "workers"), [(5, 1), (3, 2), (1, 4)])
def test_few_sheets_start_no_process(drawn, started, pages, workers):
    assert draw_sheets(PAGES[:pages], workers) == drawn[:pages]
    assert started == []


def test_what_a_process_that_ended_left_undone_is_drawn_here(drawn, instead):
    instead("raise SystemExit(9)")
    assert draw_sheets(PAGES, workers=2) == drawn


def test_a_page_that_another_process_cannot_draw_says_why(drawn, instead):
    instead('print(\'{"sides": 0, "error": "ValueError: no width"}\')')
    sheets = draw_sheets(PAGES, workers=2)
    assert sheets[1] == Sheet(b"", 0, "ValueError: no width")
    assert [*sheets[:1], *sheets[2:]] == [*drawn[:1], *drawn[2:]]


def test_a_page_that_cannot_be_drawn_leaves_the_others(drawn, monkeypatch):
    plain = drawing.pdf_of

    def draw(html: str) -> tuple[bytes, int]:
        if html == PAGES[2]:
            raise ZeroDivisionError("no width")
        return plain(html)

    monkeypatch.setattr(drawing, "pdf_of", draw)
    sheets = draw_sheets(PAGES)
    assert sheets.pop(2) == Sheet(b"", 0, "ZeroDivisionError: no width")
    assert sheets == [*drawn[:2], *drawn[3:]]


def test_the_program_writes_beside_each_file_and_tells_its_sides(
    drawn, tmp_path, capsys
):
    file = tmp_path / "0.html"
    file.write_text(PAGES[0], encoding="utf-8")
    drawing.main(str(file))
    assert capsys.readouterr().out == '{"sides": 1, "error": ""}\n'
    assert (tmp_path / "0.pdf").read_bytes() == drawn[0].content


def test_the_program_tells_what_it_cannot_draw(monkeypatch, tmp_path, capsys):
    def draw(html: str) -> tuple[bytes, int]:
        raise ValueError(f"no width in {html}")

    monkeypatch.setattr(drawing, "pdf_of", draw)
    file = tmp_path / "0.html"
    file.write_text("x", encoding="utf-8")
    drawing.main(str(file))
    assert '"error": "ValueError: no width in x"' in capsys.readouterr().out
    assert not file.with_suffix(".pdf").exists()


def test_no_process_is_left_when_drawing_is_interrupted(drawn, started, monkeypatch):
    running = []
    plain = drawing.subprocess.Popen

    def start(command: list[str], **given) -> subprocess.Popen:
        running.append(plain(command, **given))
        return running[-1]

    def interrupted(html: str) -> Sheet:
        raise KeyboardInterrupt

    monkeypatch.setattr(drawing.subprocess, "Popen", start)
    monkeypatch.setattr(drawing, "drawn_sheet", interrupted)
    with pytest.raises(KeyboardInterrupt):
        draw_sheets(PAGES, workers=2)
    assert [process.poll() is None for process in running] == [False]
