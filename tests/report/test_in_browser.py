"""A report in a real browser: every link works, nothing leaves the machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kamlab.report.run import run_report
from tests.browser import Tab, open_tab
from tests.report.conftest import write_notebook

pytestmark = pytest.mark.browser

FIGURE = """\
from kamlab import style
style.use_style()
ax = style.new_axes()
ax.plot([0, 0.2, 1], [0, 0.775, 1])
style.describe(ax, "The top 20 % <b>of accounts</b> bring 77.5 % of revenue.")
style.show(ax)
"""
TABLE = """\
import pandas as pd
from kamlab.report import present, record
record("top", 0.775, label="<script>alert(1)</script>", unit="share", n=180)
names = [f"<img src=https://x.invalid/{i}> 苏州昊锐自动化有限公司" for i in range(3)]
frame = pd.DataFrame({"account": names, **{f"year_{y}": [1e9] * 3 for y in range(9)}})
"""


@pytest.fixture(scope="module")
def report(company, tmp_path_factory) -> Path:
    """Make a report of two pages, one of which fails."""
    shelf = tmp_path_factory.mktemp("notebooks")
    write_notebook(
        shelf,
        "11",
        "> A [source](https://x.invalid/a), a [page](12.ipynb), $x_i$ and more.",
        "## Result\n\nBefore the figure.",
        FIGURE,
        TABLE,
        "present(frame, caption='<script>alert(2)</script>')",
        "frame",
        "record('n', 3, label='Accounts')",
    )
    write_notebook(shelf, "12", "raise ValueError('<script>alert(3)</script>')")
    out = tmp_path_factory.mktemp("reports") / "out"
    given = {"notebooks_folder": shelf, "progress": False}
    return run_report(None, company, out, **given).index


@pytest.fixture
def tab(chromium, tmp_path) -> Iterator[Tab]:
    with open_tab(chromium, tmp_path / "profile") as tab:
        yield tab


def _linked(tab: Tab) -> set[str]:
    return set(tab.evaluate("[...document.links].map(link => link.href)"))


def test_the_report_reads_well_and_asks_nothing_of_the_network(report, tab):
    found, visited = {report.as_uri()}, set()
    while found - visited:
        address = (found - visited).pop()
        assert address.startswith(report.parent.as_uri())
        tab.visit(address)
        assert tab.evaluate("document.querySelectorAll('h1').length") == 1
        visited.add(address)
        found |= _linked(tab)
    assert len(visited) == 3
    asked = {url for url in tab.requests if not url.startswith("data:")}
    assert asked == visited
    assert tab.complaints == []


def test_on_a_phone_nothing_but_tables_needs_scrolling_sideways(report, tab):
    tab.resize(375)
    for name in ("index.html", "11.html", "12.html"):
        tab.visit((report.parent / name).as_uri())
        width = tab.evaluate("document.documentElement.scrollWidth")
        assert width <= 375, name


def test_on_a_phone_a_wide_table_keeps_its_first_column_in_sight(report, tab):
    tab.resize(390)
    tab.visit((report.parent / "11.html").as_uri())
    box = "document.querySelector('.kamlab-table')"
    assert tab.evaluate(f"{box}.scrollWidth > {box}.clientWidth")
    assert "gradient" in tab.evaluate(f"getComputedStyle({box}).backgroundImage")
    tab.evaluate(f"{box}.scrollLeft = 200")
    for part in ("tbody td", "thead th", "caption"):
        offset = f"{box}.querySelector('{part}').getBoundingClientRect().left"
        frame = f"{box}.getBoundingClientRect().left"
        assert tab.evaluate(f"{offset} - {frame}") == pytest.approx(0, abs=1), part


def test_on_a_phone_a_figure_stays_readable_and_scrolls_in_its_own_box(report, tab):
    tab.resize(390)
    tab.visit((report.parent / "11.html").as_uri())
    box = "document.querySelector('figure')"
    assert tab.evaluate(f"{box}.querySelector('img').clientWidth") >= 520
    assert tab.evaluate(f"{box}.clientWidth") < 390
    assert tab.evaluate(f"{box}.scrollWidth > {box}.clientWidth")


def test_on_paper_what_introduces_a_figure_stays_on_its_page(report, tab):
    tab.visit((report.parent / "11.html").as_uri())
    tab.print_view()
    style = "getComputedStyle(document.querySelector('{}')).{}"
    heading = style.format("h2", "breakAfter")
    before = style.format("p:has(+ figure)", "breakAfter")
    figure = style.format("figure", "breakInside")
    assert [tab.evaluate(each) for each in (heading, before, figure)] == ["avoid"] * 3


def _is_shown(tab: Tab, selector: str) -> bool:
    box = f"document.querySelector('{selector}').getClientRects().length > 0"
    return tab.evaluate(box)


def test_on_paper_parameters_are_listed_and_links_are_gone(report, tab):
    tab.visit((report.parent / "11.html").as_uri())
    assert _is_shown(tab, "nav")
    assert not _is_shown(tab, ".print-only")
    tab.print_view()
    assert not _is_shown(tab, "nav")
    assert _is_shown(tab, ".print-only")
    columns = "getComputedStyle(document.querySelector('.tiles')).gridTemplateColumns"
    assert len(tab.evaluate(columns).split()) == 4


def test_every_picture_has_words_and_is_drawn(report, tab):
    tab.visit((report.parent / "11.html").as_uri())
    drawn = "[...document.images].map(i => [i.alt, i.naturalWidth > 0])"
    assert tab.evaluate(drawn) == [
        ["x_i", True],
        ["The top 20 % <b>of accounts</b> bring 77.5 % of revenue.", True],
    ]


def test_a_page_that_did_ask_the_network_would_be_noticed(tab, tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<img src='http://127.0.0.1:9/x.png'><script>null.x</script>")
    tab.visit(page.as_uri())
    assert "http://127.0.0.1:9/x.png" in tab.requests
    assert len(tab.complaints) >= 2
