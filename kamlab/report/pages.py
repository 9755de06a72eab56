"""The pages of a report: one a notebook, and the front page that leads to them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

import kamlab
from kamlab.report.content import blocks_of, code_of, count_blocks, made_before_stop
from kamlab.report.execute import Failure
from kamlab.report.folding import folded_sentence
from kamlab.report.front import MOST_GAPS, front_figures, front_messages
from kamlab.report.left_out import LeftOut
from kamlab.report.results import Result
from kamlab.report.sections import Missing, gaps_of
from kamlab.report.typography import bound

INDEX_FILE = "index.html"

#: Figures that the front page shows of a notebook that marks no headline.
_TILES_A_PAGE = 4


@dataclass(frozen=True)
class About:
    """Whose data a report is about, and up to which day.

    Examples
    --------
    >>> day = date(2025, 12, 31)
    >>> About("Talbruck", "EUR", day, day, "demo").line()
    'as of 31 December 2025 · money in EUR'
    """

    company: str
    currency: str
    as_of: date
    data_through: date
    data_name: str
    data_hashes: Mapping[str, str] = field(default_factory=dict)
    first_day: date | None = None
    left_out: LeftOut = field(default_factory=LeftOut)
    compared_with: date | None = None

    def line(self) -> str:
        """Return period and currency in one line; the data's end where it is later.

        Examples
        --------
        >>> as_of, through = date(2025, 9, 30), date(2025, 12, 31)
        >>> About("Talbruck", "EUR", as_of, through, "demo").line()
        'as of 30 September 2025 · data through 31 December 2025 · money in EUR'
        """
        parts = [f"as of {_day(self.as_of)}"]
        if self.first_day:
            parts = [f"Orders from {_day(self.first_day)} to {_day(self.as_of)}"]
        if self.data_through != self.as_of:
            parts.append(f"data through {_day(self.data_through)}")
        return " · ".join([*parts, f"money in {self.currency}"])


@dataclass(frozen=True)
class Page:
    """One notebook's page: what ran, what it found, what it lacked, what failed.

    `headlines` holds the sentences for the front page by the question they answer.

    Examples
    --------
    >>> page = Page("11_concentration", "Concentration", nbformat.v4.new_notebook(), {})
    >>> page.file, page.status
    ('11_concentration.html', 'well')
    """

    name: str
    title: str
    notebook: nbformat.NotebookNode
    parameters: Mapping[str, Any]
    results: Sequence[Result] = ()
    headlines: Mapping[str, Sequence[str]] = field(default_factory=dict)
    missing: Sequence[Missing] = ()
    failure: Failure | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """Name of the page's file."""
        return f"{self.name}.html"

    @property
    def status(self) -> str:
        """Return "well" or "failed"."""
        return "failed" if self.failure else "well"

    @property
    def headline_results(self) -> list[Result]:
        """The figures for the front page: those marked, or else the first four."""
        marked = [result for result in self.results if result.headline]
        marks_none = not marked and not any(self.headlines.values())
        return list(self.results[:_TILES_A_PAGE]) if marks_none else marked

    @property
    def counts(self) -> dict[str, int]:
        """How many figures, tables and results the page holds."""
        return count_blocks(self.notebook)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("kamlab.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    styles = files("kamlab.report") / "templates" / "report.css"
    environment.globals["styles"] = Markup(styles.read_text(encoding="utf-8"))
    environment.globals["version"] = kamlab.__version__
    environment.filters |= {"bound": bound, "folded": folded_sentence}
    return environment


def write_pages(
    pages: Sequence[Page],
    about: About,
    folder: Path,
    before: Mapping[str, Mapping[str, Result]] | None = None,
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

    Examples
    --------
    >>> import tempfile
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
    index = index_html(pages, about, before)
    (folder / INDEX_FILE).write_text(index, encoding="utf-8", newline="\n")


def page_html(
    page: Page,
    about: About,
    pages: Sequence[Page] = (),
    neighbours: tuple[Page | None, Page | None] = (None, None),
    before: Mapping[str, Result] | None = None,
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

    Examples
    --------
    >>> page = Page("11", "Concentration", nbformat.v4.new_notebook(), {})
    >>> about = About("Talbruck", "EUR", date(2025, 9, 30), date(2025, 9, 30), "demo")
    >>> "<h1>Concentration</h1>" in page_html(page, about)
    True
    """
    shown = made_before_stop(page.notebook) if page.failure else page.notebook
    linked = {each.name: each.file for each in pages}
    return (
        _templates()
        .get_template("page.html.j2")
        .render(
            page=page,
            about=about,
            groups=blocks_of(shown, linked),
            code=code_of(page.notebook),
            previous=neighbours[0],
            following=neighbours[1],
            before=before or {},
            language=page.parameters.get("language", "en"),
        )
    )


def index_html(
    pages: Sequence[Page],
    about: About,
    before: Mapping[str, Mapping[str, Result]] | None = None,
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

    Examples
    --------
    >>> about = About("Talbruck", "EUR", date(2025, 9, 30), date(2025, 9, 30), "demo")
    >>> "<h1>Talbruck</h1>" in index_html([], about)
    True
    """
    return (
        _templates()
        .get_template("index.html.j2")
        .render(
            pages=pages,
            about=about,
            failed=[page for page in pages if page.failure],
            messages=front_messages(pages),
            figures=front_figures(pages),
            gaps=gaps_of([gap for page in pages for gap in page.missing]),
            most_gaps=MOST_GAPS,
            before=before or {},
            language="en",
        )
    )
