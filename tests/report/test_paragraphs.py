"""Text cells of a report's notebook stand in the language of its page."""

from io import BytesIO
from pathlib import Path

import nbformat
import pytest

from kamlab.language import in_language
from kamlab.report.content import blocks_of
from kamlab.report.execute import Execution
from kamlab.report.executed import page_of
from kamlab.report.notebooks import NotebookFile
from kamlab.report.paragraphs import extract, in_words_of_page, paragraphs
from kamlab.report.plan import Job
from tests.report.conftest import cell


def messages(*cells) -> list[str]:
    notebook = nbformat.v4.new_notebook(cells=list(cells))
    written = BytesIO(nbformat.writes(notebook).encode())
    return [message for _, _, message, _ in extract(written, {}, [], {})]


def test_every_paragraph_and_heading_is_a_message():
    text = "# Portfolio review\n\n## Net revenue\n\nOne line\nand another.\n\n* a\n* b"
    assert messages(cell(text)) == [
        "Portfolio review",
        "Net revenue",
        "One line\nand another.",
        "* a\n* b",
    ]


def test_lessons_and_code_hold_no_messages():
    assert messages(cell("# How so?", "lesson"), cell("x = 1")) == []


def test_an_empty_cell_holds_no_message():
    assert messages(nbformat.v4.new_markdown_cell("  \n")) == []


def test_a_heading_keeps_its_level():
    with in_language("zh"):
        assert in_words_of_page("### What is owed") == "### 应收款项"


@pytest.mark.parametrize(
    "text", ["Nobody translated this.", "#tag", "##", "", "a\n\n\nb"]
)
def test_what_no_catalogue_holds_stays_as_it_was_written(text):
    with in_language("zh"):
        assert in_words_of_page(text) == "\n\n".join(paragraphs(text))


def test_a_page_shows_the_paragraphs_in_its_language():
    notebook = nbformat.v4.new_notebook(cells=[cell("## Overdue\n\nNothing is due.")])
    with in_language("zh"):
        [(_kind, [block])] = blocks_of(notebook)
    assert "<h2>逾期</h2>" in block.content


@pytest.mark.parametrize(
    ("language", "title"),
    [("zh", "应收款项"), ("en", "What is owed"), ("de", "What is owed")],
)
def test_a_page_has_its_title_in_its_language(language, title):
    file = NotebookFile("owed", "", Path("notebooks/00_orientation.ipynb"), True)
    job = Job(file, {}, {"language": language}, "owed", "What is owed")
    assert page_of(job, Execution(nbformat.v4.new_notebook())).title == title
