"""Sheets on paper: each page that lays out a sheet as a PDF of one side of A4."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kamlab.language import _
from kamlab.report.page import About, Page
from kamlab.report.pages import page_html
from kamlab.report.results import Result

#: What a machine may lack; the report goes on without PDF.
HOW_TO_INSTALL = "pip install weasyprint"
_LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


@dataclass(frozen=True)
class PdfRun:
    """The PDFs that were written, and what stands in the way of others.

    `too_long` names the pages that take more than one side of paper; `hint` says what
    this machine lacks, or "".

    Examples
    --------
    >>> PdfRun((Path("portfolio_review.pdf"),)).hint
    ''
    """

    files: tuple[Path, ...] = ()
    too_long: tuple[str, ...] = ()
    hint: str = ""

    def remarks(self) -> list[str]:
        """Return what readers of the run should know, a sentence each.

        Examples
        --------
        >>> PdfRun(too_long=("portfolio_review",)).remarks()
        ['portfolio_review takes more than one side of paper: show fewer rows']
        """
        told = _("{page} takes more than one side of paper: show fewer rows")
        long = [told.format(page=name) for name in self.too_long]
        return [*filter(None, [self.hint]), *long]


def write_pdfs(
    pages: Sequence[Page],
    about: About,
    folder: Path,
    before: Mapping[str, Mapping[str, Result]] | None = None,
) -> PdfRun:
    """Write a PDF for every page that lays out a sheet.

    Parameters
    ----------
    pages : sequence of Page
        Of the report; those without a sheet, and those that failed, get none.
    about : About
        Whose data they show.
    folder : Path
        Where the files go; it exists.
    before : mapping of str to mapping of str to Result, optional
        The last report's figures by page and name.

    Returns
    -------
    PdfRun
        Without files, and with a hint, where WeasyPrint or its libraries are missing.

    Examples
    --------
    >>> from datetime import date
    >>> about = About("Talbruck", "EUR", date(2025, 9, 30), date(2025, 9, 30), "demo")
    >>> write_pdfs([], about, Path("nowhere")).files
    ()
    """
    chosen = [page for page in pages if page.has_sheet and not page.failure]
    hint = what_is_lacking() if chosen else ""
    if hint:
        return PdfRun(hint=hint)
    files, too_long = [], []
    for page in chosen:
        told = (before or {}).get(page.name)
        html = page_html(page, about, before=told, with_links=False)
        content, sides = pdf_of(html)
        files.append(folder / f"{page.name}.pdf")
        files[-1].write_bytes(content)
        too_long += [page.name] * (sides > 1)
    return PdfRun(tuple(files), tuple(too_long))


def what_is_lacking() -> str:
    """Say what this machine lacks to make PDFs, and how to get it; "" if nothing.

    Examples
    --------
    >>> what_is_lacking() == "" or "PDF" in what_is_lacking()
    True
    """
    try:
        import weasyprint  # noqa: F401
    except ImportError:
        return _("No PDF was made: WeasyPrint is not installed. Run: {command}").format(
            command=HOW_TO_INSTALL
        )
    except OSError as error:  # Pango or HarfBuzz, which are no Python packages
        return _(
            "No PDF was made: a library of the system is missing ({error}). On Debian "
            "and Ubuntu run: apt-get install {libraries}; on macOS: brew install pango"
        ).format(error=str(error).splitlines()[0], libraries=_LIBRARIES)
    return ""


def pdf_of(html: str) -> tuple[bytes, int]:
    """Return a page as PDF, and how many sides of paper it takes.

    Parameters
    ----------
    html : str
        A page that stands by itself; nothing is fetched for it.

    Returns
    -------
    (bytes, int)
        The same bytes for the same page.

    Examples
    --------
    >>> if not what_is_lacking():
    ...     assert pdf_of("<p>Talbruck</p>")[1] == 1
    """
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=("data",))
    document = HTML(string=html, url_fetcher=fetcher).render(pdf_tags=True)
    return document.write_pdf(pdf_tags=True), len(document.pages)
