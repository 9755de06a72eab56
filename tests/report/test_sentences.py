"""Computed sentences are set as text, and names in them stay names."""

import nbformat
import pytest

from kamlab.report.content import blocks_of
from kamlab.report.markup import markdown_html
from kamlab.report.sentences import Sentence, read_headlines, say


def test_sentences_are_joined_and_empty_ones_left_out(capsys):
    say("Marwitz brings 17.0 %.", "", "It brought 11.0 %.")
    assert capsys.readouterr().out == "Marwitz brings 17.0 %. It brought 11.0 %.\n"


def test_nothing_to_say_shows_nothing(capsys):
    say("", "")
    assert capsys.readouterr().out == ""


def test_a_sentence_offers_itself_as_markdown_and_as_text():
    bundle = Sentence("Top 20 %.")._repr_mimebundle_()
    assert bundle == {"text/markdown": "Top 20 %.", "text/plain": "Top 20 %."}


def _notebook(*sentences: Sentence) -> nbformat.NotebookNode:
    bundles = [each._repr_mimebundle_() for each in sentences]
    outputs = [nbformat.v4.new_output("display_data", data=each) for each in bundles]
    cell = nbformat.v4.new_code_cell("say(…)", outputs=outputs)
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("#"), cell])


def test_marked_sentences_are_read_back_as_they_were_said():
    first, other, last = "Bolt_1 leads.", "Not for the front.", "Few < many."
    notebook = _notebook(
        Sentence(first, headline=True), Sentence(other), Sentence(last, headline=True)
    )
    stored = nbformat.reads(nbformat.writes(notebook), as_version=4)
    assert read_headlines(stored) == [first, last]


def test_a_marked_sentence_stands_on_its_own_page_as_well():
    groups = blocks_of(_notebook(Sentence("Few.", headline=True)))
    assert str(groups[-1][1][-1].content).strip() == "<p>Few.</p>"


def test_saying_nothing_marks_nothing(capsys):
    say("", headline=True)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "text",
    [
        "Bolt_one_two & *stars* `code` [link](x)",
        "<script>alert(1)</script>",
        "$100 club and $x^2$",
        "1. FC Talbruck",
        "# heading",
        "- item",
        r"back\slash | pipe ~~gone~~",
    ],
)
def test_names_cannot_become_markup(text):
    html = str(markdown_html(Sentence(text).markdown(), math=False))
    for tag in (
        "<em",
        "<strong",
        "<code",
        "<a ",
        "<script",
        "<ol",
        "<ul",
        "<h1",
        "<del",
    ):
        assert tag not in html
    shown = html.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert text in shown.replace("&quot;", '"')
