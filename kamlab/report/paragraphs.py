"""Text that people wrote in a report's notebook, in the language of its page.

A paragraph is a message like any other: the catalogue of a language holds its
translation, and one that it does not hold stays as it was written.
"""

import re
from collections.abc import Iterator, Mapping
from typing import IO, Any

import nbformat

from kamlab.language import _
from kamlab.report.execute import without_lessons

_BREAK = re.compile(r"\n\s*\n")


def in_words_of_page(source: str) -> str:
    """Return a text cell in the current language.

    Parameters
    ----------
    source : str
        Markdown as somebody wrote it.

    Examples
    --------
    >>> from kamlab.language import in_language
    >>> with in_language("zh"):
    ...     in_words_of_page("## Net revenue\\n\\nNobody translated this.")
    '## 净收入\\n\\nNobody translated this.'
    """
    return "\n\n".join(map(_translated, paragraphs(source)))


def paragraphs(source: str) -> list[str]:
    """Return the paragraphs, headings and lists of a text cell.

    Parameters
    ----------
    source : str
        Markdown as somebody wrote it.

    Examples
    --------
    >>> paragraphs("# Portfolio review\\n\\nWhat happened?\\n")
    ['# Portfolio review', 'What happened?']
    """
    return [each for each in _BREAK.split(source.strip()) if each]


def extract(
    notebook: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: list[str],
    options: Mapping[str, Any],
) -> Iterator[tuple[int, None, str, list[str]]]:
    """List the messages in a notebook's text cells, as Babel asks for them.

    Parameters
    ----------
    notebook : file of bytes
        An ipynb file; its lessons are no part of a report.
    keywords, comment_tags, options
        As Babel gives them to every extractor; text cells need none.

    Yields
    ------
    (int, None, str, list of str)
        Number of the cell, and the words of a paragraph.

    Examples
    --------
    >>> from io import BytesIO
    >>> cell = nbformat.v4.new_markdown_cell("## What is owed")
    >>> written = nbformat.writes(nbformat.v4.new_notebook(cells=[cell])).encode()
    >>> [message for _, _, message, _ in extract(BytesIO(written), {}, [], {})]
    ['What is owed']
    """
    read = without_lessons(nbformat.reads(notebook.read().decode(), as_version=4))
    for number, cell in enumerate(read.cells, start=1):
        if cell.cell_type == "markdown":
            for each in paragraphs(cell.source):
                yield number, None, _words(each), []


def _words(paragraph: str) -> str:
    """Return what is translated: a heading without its marks."""
    heading = paragraph.lstrip("#")
    if heading.startswith(" ") and heading != paragraph:
        return heading.strip()
    return paragraph


def _translated(paragraph: str) -> str:
    words = _words(paragraph)
    return paragraph.replace(words, _(words), 1)
