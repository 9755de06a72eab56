"""Sheets drawn as PDF, by several processes at once where there are many.

A process of its own draws a share of the sheets; it is started as
``python -m kamlab.report.editions.drawing FILE…`` and writes beside each HTML file the
PDF of it. What it leaves undone, for whatever reason, is drawn here.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

#: Sheets that are worth a further process: it takes a second to start.
_WORTH_A_PROCESS = 2

#: What laying out a page may end with; the other pages are worth having.
_TRIPS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
)

#: Files of the pages that one process draws, by their places among all.
_Share: TypeAlias = dict[int, Path]


@dataclass(frozen=True)
class Sheet:
    """A sheet on paper: its bytes, how many sides it takes, and what went wrong.

    Examples
    --------
    >>> Sheet(b"", 0, "ValueError: no page").content
    b''
    """

    content: bytes
    sides: int
    error: str = ""


def draw_sheets(pages: Sequence[str], workers: int = 1) -> list[Sheet]:
    """Draw pages as PDF, several at a time.

    Parameters
    ----------
    pages : sequence of str
        HTML of pages that stand by themselves; nothing is fetched for them.
    workers : int
        Processes that draw at the same time; with few sheets fewer are used.

    Returns
    -------
    list of Sheet
        In the order of the pages, the same bytes whoever drew them. A page that cannot
        be drawn has no bytes and says why.

    Examples
    --------
    >>> draw_sheets([], workers=2)
    []
    """
    several = max(1, min(workers, len(pages) // _WORTH_A_PROCESS))
    own, *others = (range(i, len(pages), several) for i in range(several))
    with tempfile.TemporaryDirectory() as folder:
        shares = [_written(pages, share, Path(folder)) for share in others]
        with _drawing(shares) as helpers:
            drawn = {i: drawn_sheet(pages[i]) for i in own}
            for helper, share in zip(helpers, shares, strict=True):
                drawn |= _left_by(helper, share)
    return [drawn.get(i) or drawn_sheet(page) for i, page in enumerate(pages)]


def drawn_sheet(html: str) -> Sheet:
    """Draw one page in this process.

    Parameters
    ----------
    html : str
        A page that stands by itself.

    Returns
    -------
    Sheet
        With an error instead of an exception.

    Examples
    --------
    >>> from kamlab.report.editions.pdf import what_is_lacking
    >>> if not what_is_lacking():
    ...     assert drawn_sheet("<p>Talbruck</p>").sides == 1
    """
    try:
        return Sheet(*pdf_of(html))
    except _TRIPS as error:
        return Sheet(b"", 0, f"{type(error).__name__}: {error}")


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
    >>> from kamlab.report.editions.pdf import what_is_lacking
    >>> if not what_is_lacking():
    ...     assert pdf_of("<p>Talbruck</p>")[1] == 1
    """
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=("data",))
    document = HTML(string=html, url_fetcher=fetcher).render(pdf_tags=True)
    return document.write_pdf(pdf_tags=True), len(document.pages)


def _written(pages: Sequence[str], share: range, folder: Path) -> _Share:
    """Write the pages of a share as files, by their places."""
    files = {i: folder / f"{i}.html" for i in share}
    for i, file in files.items():
        file.write_text(pages[i], encoding="utf-8")
    return files


@contextmanager
def _drawing(shares: Sequence[_Share]) -> Iterator[list[subprocess.Popen]]:
    """Start a process for each share; at the end none is left."""
    # No file of the folder it runs in may pass for a library (-P).
    command = [sys.executable, "-P", "-m", "kamlab.report.editions.drawing"]
    helpers = [
        subprocess.Popen(
            [*command, *map(str, share.values())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
            start_new_session=True,  # Ctrl-C is for us; we end them
        )
        for share in shares
    ]
    try:
        yield helpers
    finally:
        for helper in helpers:
            helper.kill()
            helper.wait()
            helper.stdout.close()


def _left_by(helper: subprocess.Popen, share: _Share) -> dict[int, Sheet]:
    """Wait for a process, and return the sheets that it drew, by their places."""
    told = helper.communicate()[0].splitlines()
    found = {}
    # A process that ended early told of fewer.
    for (place, file), line in zip(share.items(), told, strict=False):
        about = json.loads(line)
        content = b"" if about["error"] else file.with_suffix(".pdf").read_bytes()
        found[place] = Sheet(content, **about)
    return found


def main(*files: str) -> None:
    """Draw HTML files, and tell of each on a line how many sides it takes.

    Parameters
    ----------
    *files : str
        Paths; the PDF stands beside each, with the same name.
    """
    for file in map(Path, files):
        sheet = drawn_sheet(file.read_text(encoding="utf-8"))
        if not sheet.error:
            file.with_suffix(".pdf").write_bytes(sheet.content)
        told = {"sides": sheet.sides, "error": sheet.error}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
