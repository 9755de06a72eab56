"""Sheets on paper: each page that lays out a sheet as a PDF of one side of A4."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kamlab.language import _
from kamlab.report.editions.drawing import Sheet, draw_sheets
from kamlab.report.page import About, Page
from kamlab.report.pages import page_html
from kamlab.report.results import Result

#: What a machine may lack; the report goes on without PDF.
HOW_TO_INSTALL = "pip install weasyprint"
_LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


@dataclass(frozen=True)
class PdfRun:
    """The PDFs that were written, and what stands in the way of others.

    `too_long` names the pages that take more than one side of paper, `failed` says by
    page why it has no PDF; `hint` says what this machine lacks, or "".

    Examples
    --------
    >>> PdfRun((Path("portfolio_review.pdf"),)).hint
    ''
    """

    files: tuple[Path, ...] = ()
    too_long: tuple[str, ...] = ()
    hint: str = ""
    failed: Mapping[str, str] = field(default_factory=dict)

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

    def degraded(self) -> list[str]:
        """Return which pages should have a PDF and have none, a sentence each.

        Examples
        --------
        >>> PdfRun(failed={"portfolio_review": "ValueError: no width"}).degraded()
        ['portfolio_review has no PDF (ValueError: no width); its page is complete']
        """
        told = _("{page} has no PDF ({error}); its page is complete")
        return [told.format(page=name, error=e) for name, e in self.failed.items()]


def write_pdfs(
    pages: Sequence[Page],
    about: About,
    folder: Path,
    before: Mapping[str, Mapping[str, Result]] | None = None,
    workers: int = 1,
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
    workers : int
        Processes that draw at the same time.

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
    told = before or {}
    html = [
        page_html(page, about, before=told.get(page.name), with_links=False)
        for page in chosen
    ]
    sheets = {
        page.name: sheet
        for page, sheet in zip(chosen, draw_sheets(html, workers), strict=True)
    }
    return PdfRun(
        files=_written(sheets, folder),
        too_long=tuple(name for name, sheet in sheets.items() if sheet.sides > 1),
        failed={name: sheet.error for name, sheet in sheets.items() if sheet.error},
    )


def _written(sheets: Mapping[str, Sheet], folder: Path) -> tuple[Path, ...]:
    """Write the sheets that could be drawn."""
    files = {folder / f"{name}.pdf": each for name, each in sheets.items()}
    drawn = {file: each for file, each in files.items() if not each.error}
    for file, sheet in drawn.items():
        file.write_bytes(sheet.content)
    return tuple(drawn)


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
