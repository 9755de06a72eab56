"""Two real order books become portfolios and give the same report."""

import json
import re
from pathlib import Path

import pytest

from kamlab.data.importing.loading import import_portfolio
from kamlab.report.run import run_report
from tests.conftest import slow

pytestmark = pytest.mark.data

MAPPINGS = Path(__file__).resolve().parent.parent / "data" / "mappings"

#: The book's folder, its mapping, and headline figures that others have published or
#: that follow from the files by hand: share of the top 20 % of accounts.
BOOKS = {
    "online_retail": ("online_retail", "online_retail.yml", "GBP"),
    "iowa": ("iowa_liquor", "iowa_lines.yml", "USD"),
}

#: Figures a page has at least. With orders alone nothing can be asked about key
#: accounts that the choice of the largest has not answered: page 00 may have none.
LEAST_FIGURES = {"00": 0, "01": 1, "11": 2, "12": 1, "po": 1}


@pytest.fixture(scope="module", params=[slow("online_retail"), slow("iowa")])
def report(request, shared_datasets, tmp_path_factory):
    """Import a real book and run every notebook on it."""
    folder, mapping, _ = BOOKS[request.param]
    out = tmp_path_factory.mktemp(request.param)
    imported = import_portfolio(
        shared_datasets / folder, MAPPINGS / mapping, out / "portfolio"
    )
    assert not imported.blocked
    run = run_report(None, out / "portfolio", out / "report", progress=False)
    return request.param, run


def concentration_page(run):
    """Return the page on concentration and profitability."""
    return next(page for page in run.pages if page.file.startswith("11"))


def test_every_page_is_made(report):
    book, run = report
    assert run.exit_code == 0
    assert len(run.pages) >= 1
    manifest = json.loads((run.folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["data"]["currency"] == BOOKS[book][2]
    for page in manifest["pages"]:
        assert (run.folder / page["file"]).is_file()
        least = LEAST_FIGURES[page["file"][:2]]
        assert page["counts"]["figures"] >= least, page["file"]
        assert page["counts"]["figures_without_alt"] == 0


def test_what_needs_a_missing_column_says_so_in_one_sentence(report):
    _, run = report
    chapter = concentration_page(run)
    page = (run.folder / chapter.file).read_text(encoding="utf-8")
    told = re.findall(r"“Concentration by group” is not shown[^<]*", page)
    assert len(told) == 1
    assert "have no “The account above it in its group”" in told[0]
    assert chapter.missing


def test_the_front_page_tells_what_the_import_left_out(report):
    book, run = report
    front = run.index.read_text(encoding="utf-8")
    told = re.findall(r"Left out at import: [^<]*", front)
    if book == "iowa":
        assert told == []
    else:
        # The book's usual cleaning takes 135,080 lines that name no customer.
        assert "135,080 order lines “no customer” (GBP\xa02.06\xa0M)" in told[0]
        assert "8,905 “cancelled”" in told[0]


def test_the_headline_figures_are_those_of_the_book(report):
    book, run = report
    page = concentration_page(run)
    figures = {result.name: result for result in page.results}
    share, accounts = figures["top_revenue_share"].value, figures["net_revenue"].n
    if book == "iowa":
        assert accounts <= 95
    else:
        # All of the book's 13 months: 74.6 % of 4,338 accounts; the last 12: near it.
        assert share == pytest.approx(0.746, abs=0.01)
        assert 4200 < accounts <= 4338
    assert 0.2 < share < 1
