"""The pages of a report as HTML: one a notebook, and the front page before them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from kamlab.language import in_language
from kamlab.report.anchors import led, places_in
from kamlab.report.blocks import Groups
from kamlab.report.content import blocks_of, code_of, made_before_stop
from kamlab.report.front import (
    MOST_GAPS,
    contents_of,
    front_figures,
    front_messages,
)
from kamlab.report.page import About, Page
from kamlab.report.results import Result
from kamlab.report.sections import gaps_of
from kamlab.report.sheet import Slot, below_sheet, sheet_of
from kamlab.report.templating import render

__all__ = ["About", "Page", "index_html", "page_html", "write_pages"]

INDEX_FILE = "index.html"

#: From so many pages on, a list of them can be searched.
_MANY = 8


@dataclass(frozen=True)
class Link:
    """Where a page is found, and what it is called.

    Examples
    --------
    >>> Link("11.html", "Concentration").address
    '11.html'
    """

    address: str
    title: str


@dataclass(frozen=True)
class View:
    """Everything that the template of a page shows.

    Examples
    --------
    >>> import nbformat
    >>> page = Page("11", "Concentration", nbformat.v4.new_notebook(), {})
    >>> view_of(page, [page]).contents
    'index.html'
    """

    page: Page
    sheet: list[list[list[Slot]]]
    groups: Groups
    code: list[str]
    before: Mapping[str, Result]
    contents: str
    previous: Link | None = None
    following: Link | None = None
    id: str = ""


def file_link(page: Page) -> str:
    """Return the address of a page that is a file of its own.

    Examples
    --------
    >>> import nbformat
    >>> file_link(Page("a b", "A", nbformat.v4.new_notebook(), {}))
    'a%20b.html'
    """
    return quote(page.file)


def write_pages(
    pages: Sequence[Page],
    about: About,
    folder: Path,
    before: Mapping[str, Mapping[str, Result]] | None = None,
    editions: Mapping[str, str] | None = None,
) -> None:
    """Write every page and the front page into a folder.

    Parameters
    ----------
    pages : sequence of Page
        In the order in which they are read.
    about : About
        Whose data they show.
    folder : Path
        Where they are written; it exists.
    before : mapping of str to mapping of str to Result, optional
        The last report's figures by page and name, to be set beside today's.
    editions : mapping of str to str, optional
        Files in the folder that hold the same report, by what they are called.

    Examples
    --------
    >>> import tempfile
    >>> from datetime import date
    >>> about = About("Talbruck", "EUR", date(2025, 9, 30), date(2025, 9, 30), "demo")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_pages([], about, Path(folder))
    ...     [file.name for file in Path(folder).iterdir()]
    ['index.html']
    """
    for i, page in enumerate(pages):
        neighbours = (
            pages[i - 1] if i else None,
            pages[i + 1] if i + 1 < len(pages) else None,
        )
        html = page_html(page, about, pages, neighbours, (before or {}).get(page.name))
        (folder / page.file).write_text(html, encoding="utf-8", newline="\n")
    printed = [page.name for page in pages if (folder / f"{page.name}.pdf").exists()]
    index = index_html(pages, about, before, editions, printed)
    (folder / INDEX_FILE).write_text(index, encoding="utf-8", newline="\n")


def page_html(
    page: Page,
    about: About,
    pages: Sequence[Page] = (),
    neighbours: tuple[Page | None, Page | None] = (None, None),
    before: Mapping[str, Result] | None = None,
    with_links: bool = True,
) -> str:
    """Return one page as HTML that stands by itself.

    Parameters
    ----------
    page : Page
        What it shows.
    about : About
        Whose data it shows.
    pages : sequence of Page
        The whole report, for links from page to page.
    neighbours : (Page or None, Page or None)
        The pages before and after it.
    before : mapping of str to Result, optional
        The last report's figures of this page by name.
    with_links : bool
        Whether words lead to tables below the sheet; on paper there are none.

    Examples
    --------
    >>> import nbformat
    >>> from datetime import date
    >>> page = Page("11", "Concentration", nbformat.v4.new_notebook(), {})
    >>> about = About("Talbruck", "EUR", date(2025, 9, 30), date(2025, 9, 30), "demo")
    >>> "<h1>Concentration</h1>" in page_html(page, about)
    True
    """
    with in_language(*page.wording):
        view = view_of(page, pages, neighbours, before, with_links=with_links)
        return render("page.html.j2", view=view, about=about, language=page.language)


def view_of(
    page: Page,
    pages: Sequence[Page] = (),
    neighbours: tuple[Page | None, Page | None] = (None, None),
    before: Mapping[str, Result] | None = None,
    link: Callable[[Page], str] = file_link,
    contents: str = INDEX_FILE,
    anchor: str = "",
    with_links: bool = True,
) -> View:
    """Return what the template of a page shows, its links as the edition writes them.

    Parameters
    ----------
    page, pages, neighbours, before
        As for `page_html`.
    link : callable
        From a page to its address.
    contents : str
        Address of the front page.
    anchor : str
        Where the page begins in a file that holds several.
    with_links : bool
        Whether words lead to tables below the sheet; on paper there are none.

    Examples
    --------
    >>> import nbformat
    >>> page = Page("11", "Concentration", nbformat.v4.new_notebook(), {})
    >>> view_of(page, [page], (None, page)).following
    Link(address='11.html', title='Concentration')
    """
    shown = made_before_stop(page.notebook) if page.failure else page.notebook
    linked = {each.name: link(each) for each in pages}
    sheet = sheet_of(shown, linked)
    groups = blocks_of(below_sheet(shown), linked)
    places = places_in(groups) if with_links else set()
    previous, following = (each and Link(link(each), each.title) for each in neighbours)
    return View(
        page=page,
        sheet=[
            [[each.led(places, anchor) for each in column] for column in band]
            for band in sheet
        ],
        groups=led(groups, places, anchor),
        code=code_of(page.notebook),
        before=before or {},
        contents=contents,
        previous=previous,
        following=following,
        id=anchor,
    )


def index_html(
    pages: Sequence[Page],
    about: About,
    before: Mapping[str, Mapping[str, Result]] | None = None,
    editions: Mapping[str, str] | None = None,
    printed: Sequence[str] = (),
) -> str:
    """Return the front page: messages, figures, contents, and what is not shown.

    Parameters
    ----------
    pages : sequence of Page
        In the order in which they are read.
    about : About
        Whose data they show.
    before : mapping of str to mapping of str to Result, optional
        The last report's figures by page and name.
    editions : mapping of str to str, optional
        Files that hold the same report, by what they are called.
    printed : sequence of str
        Names of the pages that stand beside it as PDF.

    Examples
    --------
    >>> from datetime import date
    >>> about = About("Talbruck", "EUR", date(2025, 9, 30), date(2025, 9, 30), "demo")
    >>> "<h1>Talbruck</h1>" in index_html([], about)
    True
    """
    with in_language(*wording_of(pages)):
        return render(
            "index.html.j2",
            **front_values(pages, about, before),
            editions=editions or {},
            printed=printed,
            link=file_link,
        )


def language_of(pages: Sequence[Page]) -> str:
    """Return the language of a whole report: that of its first page.

    Examples
    --------
    >>> language_of([])
    'en'
    """
    return pages[0].language if pages else "en"


def wording_of(pages: Sequence[Page]) -> tuple[str, str]:
    """Return language and unit of money of a whole report: those of its first page.

    Examples
    --------
    >>> wording_of([])
    ('en', 'auto')
    """
    return pages[0].wording if pages else ("en", "auto")


def front_values(
    pages: Sequence[Page],
    about: About,
    before: Mapping[str, Mapping[str, Result]] | None = None,
) -> dict[str, object]:
    """Return what the template of the front page shows.

    Parameters
    ----------
    pages, about, before
        As for `index_html`.

    Examples
    --------
    >>> from datetime import date
    >>> about = About("Talbruck", "EUR", date(2025, 9, 30), date(2025, 9, 30), "demo")
    >>> front_values([], about)["contents"]
    {'': []}
    """
    return {
        "pages": pages,
        "about": about,
        "language": language_of(pages),
        "failed": [page for page in pages if page.failure],
        "messages": front_messages(pages),
        "figures": front_figures(pages),
        "contents": contents_of(pages),
        "many": _MANY,
        "gaps": gaps_of([gap for page in pages for gap in page.missing]),
        "most_gaps": MOST_GAPS,
        "before": before or {},
    }
