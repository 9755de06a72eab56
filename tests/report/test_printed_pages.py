"""Review and dossier as people print them: one side of A4, in both languages.

What the notebooks hold is printed daily. With all tests two whole reports are made one
after the other in each language, so that the second remembers the first.
"""

import base64
import io
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from kamlab.report.editions.drawing import pdf_of
from kamlab.report.editions.pdf import what_is_lacking
from kamlab.report.pages import page_html
from kamlab.report.request import NotebookRequest, ReportRequest
from kamlab.report.run import run_request
from tests.browser import Tab, open_tab
from tests.conftest import DEMO, lacks
from tests.report.accessibility import faults
from tests.report.stored import ABOUT, NAMES, stored_page

#: Kovostav, which lets a category fade, and an account of five orders.
ACCOUNTS = ("A10284", "A10101")
DAYS = (date(2025, 9, 30), date(2025, 12, 31))


@pytest.fixture(scope="module")
def drawn() -> None:
    """Ask for what draws PDFs."""
    if hint := what_is_lacking():
        lacks("pdf", hint)


@pytest.fixture(scope="module")
def tab(chromium, tmp_path_factory) -> Iterator[Tab]:
    with open_tab(chromium, tmp_path_factory.mktemp("browser") / "profile") as opened:
        yield opened


@pytest.fixture
def sides(tab) -> Callable[[Path], int]:
    """Return what counts the sides of paper on which the browser prints a file."""

    def sides(file: Path) -> int:
        tab.visit(file.as_uri())
        told = tab.call("Page.printToPDF", preferCSSPageSize=True)
        return len(PdfReader(io.BytesIO(base64.b64decode(told["data"]))).pages)

    return sides


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize("name", NAMES)
def test_the_stored_page_takes_one_side_as_pdf(name):
    assert pdf_of(page_html(stored_page(name), ABOUT))[1] == 1


@pytest.mark.browser
@pytest.mark.parametrize("name", NAMES)
def test_the_stored_page_takes_one_side_from_the_browser(name, sides, tmp_path):
    file = tmp_path / "page.html"
    file.write_text(page_html(stored_page(name), ABOUT), encoding="utf-8")
    assert sides(file) == 1


def report_of(day: date, language: str, place: Path) -> Path:
    """Make the report of a quarter; it finds the one before that lies beside it."""
    dossiers = NotebookRequest("account_dossier", for_each="account", only=ACCOUNTS)
    request = ReportRequest(
        DEMO,
        place / day.isoformat(),
        (NotebookRequest("portfolio_review"), dossiers),
        as_of=day.isoformat(),
        language=language,
        formats=("pdf",),
    )
    run = run_request(request, progress=False)
    assert run.exit_code == 0, str(run)
    return run.folder


@pytest.fixture(scope="module", params=["en", "zh"])
def first(request, tmp_path_factory) -> Path:
    """Make a report that has none before it."""
    return report_of(DAYS[0], request.param, tmp_path_factory.mktemp(request.param))


@pytest.fixture(scope="module")
def second(first) -> Path:
    """Make the report of the next quarter beside it."""
    language = "zh" if "zh" in first.parent.name else "en"
    return report_of(DAYS[1], language, first.parent)


def check_pages(folder: Path, sides: Callable[[Path], int]) -> None:
    """Count the sides of every page, and look whether everybody can read them."""
    pages = [page for name in NAMES for page in sorted(folder.glob(f"{name}*.html"))]
    assert len(pages) == 1 + len(ACCOUNTS)
    for page in pages:
        pdf = PdfReader(page.with_suffix(".pdf"))
        assert (len(pdf.pages), sides(page)) == (1, 1), page
    for page in (*pages, folder / "index.html"):
        assert faults(page.read_text(encoding="utf-8")) == [], page


@pytest.mark.slow
@pytest.mark.fonts
@pytest.mark.browser
@pytest.mark.usefixtures("drawn", "chinese_fonts")
def test_a_first_report_takes_one_side_a_page(first, sides):
    assert not (first / "previous.json").exists()
    check_pages(first, sides)


@pytest.mark.slow
@pytest.mark.fonts
@pytest.mark.browser
@pytest.mark.usefixtures("drawn", "chinese_fonts")
def test_a_report_with_memory_takes_one_side_a_page(second, sides):
    assert (second / "previous.json").exists()
    check_pages(second, sides)
