"""Every edition of a report, written beside its pages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kamlab.language import _, in_language
from kamlab.report.editions.pdf import write_pdfs
from kamlab.report.editions.single_file import single_html
from kamlab.report.editions.table_files import KINDS, write_tables
from kamlab.report.editions.workbook import write_workbook
from kamlab.report.page import About, Page
from kamlab.report.pages import wording_of
from kamlab.report.request import FORMATS
from kamlab.report.results import Result
from kamlab.style.names import font_remark

SINGLE_FILE, WORKBOOK_FILE, TABLES_FOLDER = "report.html", "report.xlsx", "tables"


@dataclass(frozen=True)
class Editions:
    """What was written, and what readers of the run should know.

    `files` are paths within the report's folder; `links` those that the front page
    offers, by what they are called there; `degraded` says what is lacking of it.

    Examples
    --------
    >>> Editions(("report.html",)).remarks
    ()
    """

    files: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    degraded: tuple[str, ...] = ()


def write_editions(
    pages: Sequence[Page],
    about: About,
    folder: Path,
    before: Mapping[str, Mapping[str, Result]] | None = None,
    formats: Sequence[str] = FORMATS,
    workers: int = 1,
) -> Editions:
    """Write a report as one file, on paper, as a workbook, and its tables as files.

    Parameters
    ----------
    pages : sequence of Page
        In the order in which they are read.
    about : About
        Whose data they show.
    folder : Path
        The report's folder; it exists.
    before : mapping of str to mapping of str to Result, optional
        The last report's figures by page and name.
    formats : sequence of str
        Some of "single" (report.html), "pdf" (one file for each sheet), "xlsx"
        (report.xlsx), "csv" and "parquet" (each table a file).
    workers : int
        Processes that draw PDFs at the same time.

    Returns
    -------
    Editions

    Examples
    --------
    >>> import tempfile
    >>> from datetime import date
    >>> about = About("Talbruck", "EUR", date(2025, 9, 30), date(2025, 9, 30), "demo")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_editions([], about, Path(folder)).files
    ('report.html', 'report.xlsx')
    """
    files, remarks, links, degraded = [], [], {}, []
    with in_language(*wording_of(pages)):
        remarks += filter(None, [font_remark()])
        if "single" in formats:
            html = single_html(pages, about, before)
            files.append(folder / SINGLE_FILE)
            files[-1].write_text(html, encoding="utf-8", newline="\n")
            links[_("one file")] = SINGLE_FILE
        if "pdf" in formats:
            run = write_pdfs(pages, about, folder, before, workers)
            files += run.files
            remarks += run.remarks()
            degraded += run.degraded()
        if "xlsx" in formats:
            write_workbook(pages, about, folder / WORKBOOK_FILE)
            files.append(folder / WORKBOOK_FILE)
            links[_("workbook")] = WORKBOOK_FILE
        kinds = [kind for kind in KINDS if kind in formats]
        files += write_tables(pages, folder / TABLES_FOLDER, kinds)
    told = (file.relative_to(folder).as_posix() for file in files)
    links = tuple(links.items())
    return Editions(tuple(told), tuple(remarks), links, tuple(degraded))
