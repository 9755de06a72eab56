"""Sheets in a real browser: one printed page, a phone, sorting, finding an account."""

import base64
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from kamlab.report.editions.writing import write_editions
from kamlab.report.page import About
from kamlab.report.pages import write_pages
from tests.browser import Tab, open_tab
from tests.report.sheets import DAY, NAMES, dossier, review

pytestmark = pytest.mark.browser

ABOUT = About("Talbruck", "EUR", DAY, DAY, "demo")
FILES = ("portfolio_review.html", "account_dossier-A1.html", "index.html")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """Write a review with ten dossiers, as pages and as one file."""
    folder = tmp_path_factory.mktemp("report")
    dossiers = [dossier(name, f"A{i}") for i, name in enumerate(NAMES, start=1)]
    pages = [review(), *dossiers]
    write_pages(pages, ABOUT, folder)
    write_editions(pages, ABOUT, folder, formats=["single"])
    return folder


@pytest.fixture(scope="module")
def opened_tab(chromium, tmp_path_factory) -> Iterator[Tab]:
    with open_tab(chromium, tmp_path_factory.mktemp("browser") / "profile") as tab:
        yield tab


@pytest.fixture
def tab(opened_tab) -> Tab:
    """Return the tab as if it had just been opened."""
    opened_tab.call("Emulation.setEmulatedMedia", media="")
    opened_tab.resize(1280)
    opened_tab.requests.clear()
    opened_tab.complaints.clear()
    return opened_tab


def _printed(tab: Tab, file: Path) -> PdfReader:
    tab.visit(file.as_uri())
    told = tab.call("Page.printToPDF", preferCSSPageSize=True)
    return PdfReader(io.BytesIO(base64.b64decode(told["data"])))


@pytest.mark.parametrize("name", FILES[:2])
def test_a_sheet_prints_on_one_page_of_a4(tab, folder, name):
    (page,) = _printed(tab, folder / name).pages
    size = (float(page.mediabox.width), float(page.mediabox.height))
    assert size == pytest.approx((595, 842), abs=1.5)


def test_the_single_file_prints_every_sheet_on_a_page_of_its_own(tab, folder):
    pages = _printed(tab, folder / "report.html").pages
    texts = [page.extract_text() for page in pages]
    assert len(pages) == 12
    assert all("data demo · kamlab" in text for text in texts[1:])


def test_nothing_is_fetched_and_nobody_complains(tab, folder):
    for name in (*FILES, "report.html"):
        tab.visit((folder / name).as_uri())
    asked = {url for url in tab.requests if not url.startswith("data:")}
    assert asked == {(folder / name).as_uri() for name in (*FILES, "report.html")}
    assert tab.complaints == []


@pytest.mark.parametrize("width", [390, 1280, 1920])
def test_no_page_is_wider_than_its_screen(tab, folder, width):
    tab.resize(width)
    for name in (*FILES, "report.html"):
        tab.visit((folder / name).as_uri())
        scroll = tab.evaluate("document.documentElement.scrollWidth")
        assert scroll <= width, name


def _left(tab: Tab, slot: str) -> float:
    box = f"document.querySelector('.slot-{slot}').getBoundingClientRect()"
    return tab.evaluate(f"{box}.left")


def test_slots_stand_side_by_side_on_a_screen_and_in_one_column_on_a_phone(tab, folder):
    address = (folder / "portfolio_review.html").as_uri()
    tab.resize(1280)
    tab.visit(address)
    assert _left(tab, "movers") > _left(tab, "picture") + 300
    tab.resize(390)
    tab.visit(address)
    assert _left(tab, "movers") == _left(tab, "picture")


WATCH = "document.querySelector('.slot-watch table')"
COLUMN = f"[...{WATCH}.tBodies[0].rows].map(row => row.cells[{{}}].textContent)"


def _press(tab: Tab, head: int) -> str:
    """Press Enter on the head of a column; return what it says of its order."""
    tab.evaluate(f"{WATCH}.tHead.rows[0].cells[{head}].querySelector('button').focus()")
    for kind in ("keyDown", "keyUp"):
        tab.call(
            "Input.dispatchKeyEvent",
            type=kind,
            key="Enter",
            code="Enter",
            windowsVirtualKeyCode=13,
            text="\r" if kind == "keyDown" else "",
        )
    return tab.evaluate(
        f"[...{WATCH}.tHead.rows[0].cells].map(h => h.getAttribute('aria-sort') || '-')"
        ".join(' ')"
    )


def test_a_table_is_sorted_from_the_keyboard_and_says_how(tab, folder):
    tab.visit((folder / "portfolio_review.html").as_uri())
    before = tab.evaluate(COLUMN.format(0))
    assert _press(tab, 1).split()[:2] == ["-", "descending"]
    money = tab.evaluate(COLUMN.format(1))
    assert money == ["611,000"] * 3 + ["380,000"] * 3 + ["95,000"] * 2
    assert _press(tab, 1).split()[:2] == ["-", "ascending"]
    assert tab.evaluate(COLUMN.format(1)) == money[::-1]
    assert _press(tab, 0).split()[:2] == ["ascending", "-"]
    names = tab.evaluate(COLUMN.format(0))
    assert sorted(names) == sorted(before)
    assert names[0].startswith("Bellini")


def test_what_is_missing_stands_last_in_either_order(tab, folder):
    tab.visit((folder / "portfolio_review.html").as_uri())
    tab.evaluate(f"{WATCH}.tBodies[0].rows[0].cells[1].textContent = '–'")
    for _ in range(2):
        _press(tab, 1)
        assert tab.evaluate(COLUMN.format(1))[-1] == "–"


def _found(tab: Tab, words: str) -> list[str]:
    tab.evaluate("document.querySelector('input[type=search]').focus()")
    tab.evaluate("document.querySelector('input[type=search]').select()")
    tab.call("Input.insertText", text=words)
    shown = "[...document.querySelectorAll('.many li')].filter(li => !li.hidden)"
    return tab.evaluate(f"{shown}.map(li => li.querySelector('a').textContent)")


def test_an_account_is_found_by_part_of_its_name_its_number_or_without_accents(
    tab, folder
):
    tab.visit((folder / "index.html").as_uri())
    assert _found(tab, "nordkai") == ["Nordkai Logistics"]
    assert _found(tab, "昊锐") == ["苏州昊锐自动化"]
    assert _found(tab, "fordertech") == ["Ostrava Fördertechnik"]
    assert _found(tab, "A10") == ["Tallinn Textiles"]
    assert tab.evaluate("document.querySelector('[role=status]').textContent") == (
        "1 / 10"
    )
    assert len(_found(tab, "")) == 10 or len(_found(tab, " ")) == 10


def test_every_picture_and_line_has_words(tab, folder):
    for name in FILES[:2]:
        tab.visit((folder / name).as_uri())
        assert tab.evaluate("[...document.images].every(i => i.alt && i.naturalWidth)")
        lines = "[...document.querySelectorAll('svg')]"
        assert tab.evaluate(f"{lines}.every(s => s.getAttribute('aria-label'))")


def test_on_paper_what_is_below_the_sheet_and_the_links_are_gone(tab, folder):
    tab.visit((folder / "portfolio_review.html").as_uri())
    shown = "document.querySelector('{}').getClientRects().length > 0"
    parts = (".below", "nav", "footer")
    assert all(tab.evaluate(shown.format(part)) for part in parts)
    tab.print_view()
    assert not any(tab.evaluate(shown.format(part)) for part in parts)
