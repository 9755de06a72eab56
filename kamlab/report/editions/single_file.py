"""The whole report in one HTML file, for mail and phone: all pages, all pictures."""

from collections.abc import Mapping, Sequence

from kamlab.language import in_language
from kamlab.report.page import About, Page
from kamlab.report.pages import View, front_values, view_of, wording_of
from kamlab.report.results import Result
from kamlab.report.templating import render

_CONTENTS = "contents"


def single_html(
    pages: Sequence[Page],
    about: About,
    before: Mapping[str, Mapping[str, Result]] | None = None,
) -> str:
    """Return a report as one file that stands by itself; its links lead within it.

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
    >>> from datetime import date
    >>> about = About("Talbruck", "EUR", date(2025, 9, 30), date(2025, 9, 30), "demo")
    >>> '<article class="page" id="contents">' in single_html([], about)
    True
    """
    with in_language(*wording_of(pages)):
        return render(
            "single.html.j2",
            **front_values(pages, about, before),
            views=_views(pages, before or {}),
            contents_id=_CONTENTS,
            editions={},
            printed=(),
            link=lambda page: f"#{_anchor(page, pages)}",
        )


def _anchor(page: Page, pages: Sequence[Page]) -> str:
    """Return where a page begins: its place, for names may hold anything."""
    return f"page-{[each.name for each in pages].index(page.name) + 1}"


def _views(
    pages: Sequence[Page], before: Mapping[str, Mapping[str, Result]]
) -> list[View]:
    ends = [None, *pages, None]
    return [
        view_of(
            page,
            pages,
            (ends[place], ends[place + 2]),
            before.get(page.name),
            link=lambda each: f"#{_anchor(each, pages)}",
            contents=f"#{_CONTENTS}",
            anchor=_anchor(page, pages),
        )
        for place, page in enumerate(pages)
    ]
