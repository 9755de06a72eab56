"""Sheets on paper: one side of A4 each, and a hint where a machine cannot draw them."""

import io
import sys
from dataclasses import replace

import nbformat
import pytest
from pypdf import PdfReader

from kamlab.report.editions import pdf
from kamlab.report.editions.drawing import Sheet, pdf_of
from kamlab.report.editions.pdf import what_is_lacking, write_pdfs
from kamlab.report.editions.writing import write_editions
from kamlab.report.execute import Failure
from kamlab.report.page import About, Page
from kamlab.report.pages import page_html
from tests.conftest import lacks
from tests.report.sheets import DAY, dossier, review

ABOUT = About("Talbruck", "EUR", DAY, DAY, "demo")
A4 = pytest.approx((595.3, 841.9), abs=0.5)


@pytest.fixture
def drawn() -> None:
    """Ask for what draws PDFs."""
    if hint := what_is_lacking():
        lacks("pdf", hint)


@pytest.mark.usefixtures("drawn")
@pytest.mark.parametrize("page", [review(), dossier()], ids=["review", "dossier"])
def test_a_full_sheet_takes_one_side_of_a4(page, tmp_path):
    run = write_pdfs([page], ABOUT, tmp_path)
    (file,) = run.files
    (sheet,) = PdfReader(file).pages
    assert (float(sheet.mediabox.width), float(sheet.mediabox.height)) == A4
    assert run.remarks() == []
    words = sheet.extract_text()
    for slot in ("Net revenue", "Watch" if "review" in page.name else "Plan"):
        assert slot in words
    assert "How the figures are made" not in words


@pytest.mark.usefixtures("drawn")
def test_no_letter_of_a_sheet_is_too_small_to_read(tmp_path):
    (file,) = write_pdfs([review()], ABOUT, tmp_path).files
    sizes = set()

    def visit(text, _cm, matrix, _font, size):
        if text.strip():
            sizes.add(round(abs(size * matrix[3]), 2))

    PdfReader(file).pages[0].extract_text(visitor_text=visit)
    assert round(min(sizes) * 0.75, 1) == 8.5


def _watched() -> list[nbformat.NotebookNode]:
    cells = review().notebook.cells
    return [each for each in cells if "slot:watch" in each.metadata.get("tags", [])]


@pytest.mark.usefixtures("drawn")
def test_a_sheet_that_takes_two_sides_is_told(tmp_path):
    page = review(*_watched(), *_watched())
    run = write_pdfs([page], ABOUT, tmp_path)
    assert run.too_long == ("portfolio_review",)
    assert "portfolio_review takes more than one side" in run.remarks()[0]
    assert len(PdfReader(run.files[0]).pages) == 2


@pytest.mark.usefixtures("drawn")
def test_the_same_page_gives_the_same_bytes_and_fetches_nothing():
    html = page_html(dossier(), ABOUT)
    asking = html.replace("<main>", '<main><img src="https://x.invalid/p.png">')
    assert pdf_of(html)[0] == pdf_of(html)[0]
    content, sides = pdf_of(asking)
    assert sides == 1
    assert "Kovostav" in PdfReader(io.BytesIO(content)).pages[0].extract_text()


@pytest.mark.usefixtures("drawn")
def test_a_pdf_can_be_read_aloud():
    reader = PdfReader(io.BytesIO(pdf_of(page_html(dossier(), ABOUT))[0]))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root
    assert reader.metadata.title == "Kovostav Machinery · Talbruck"


def test_pages_without_a_sheet_and_failed_ones_get_no_pdf(tmp_path):
    plain = Page("11", "P", nbformat.v4.new_notebook(), {})
    failed = replace(dossier(), failure=Failure("", "no"))
    assert write_pdfs([plain, failed], ABOUT, tmp_path).files == ()
    assert list(tmp_path.iterdir()) == []


def test_without_weasyprint_the_report_goes_on_with_a_hint(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    run = write_pdfs([dossier()], ABOUT, tmp_path)
    assert run.files == ()
    assert run.remarks() == [
        "No PDF was made: WeasyPrint is not installed. Run: pip install weasyprint"
    ]


class _WithoutPango:
    """Finds WeasyPrint, which does not find Pango."""

    def find_spec(self, name, *_):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0': error 0x7e\nmore")


def test_without_its_libraries_the_hint_names_them(monkeypatch):
    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [_WithoutPango(), *sys.meta_path])
    hint = what_is_lacking()
    assert "libpango-1.0-0': error 0x7e)" in hint
    assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0" in hint
    assert "more" not in hint


def test_a_page_without_its_pdf_degrades_the_report(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf, "what_is_lacking", lambda: "")
    sheets = [Sheet(b"%PDF", 1), Sheet(b"", 0, "ValueError: no width")]
    monkeypatch.setattr(pdf, "draw_sheets", lambda *given: sheets)
    written = write_editions(
        [review(), dossier()], ABOUT, tmp_path, formats=["pdf"], workers=2
    )
    assert written.files == ("portfolio_review.pdf",)
    assert written.degraded == (
        "account_dossier-A07 has no PDF (ValueError: no width); its page is complete",
    )
    assert written.remarks == ()
