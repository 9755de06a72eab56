"""Computed sentences are set as text, and names in them stay names."""

import nbformat
import pytest

from kamlab.errors import UsageError
from kamlab.report.content import blocks_of
from kamlab.report.markup import markdown_html
from kamlab.report.sentences import (
    MIME_TYPE,
    Sentence,
    advise,
    read_headlines,
    say,
)


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
    notebook = _notebook(Sentence(first, "what"), Sentence(other), Sentence(last, "do"))
    stored = nbformat.reads(nbformat.writes(notebook), as_version=4)
    assert read_headlines(stored) == [first, last]
    assert read_headlines(stored, "do") == [last]
    assert read_headlines(stored, "why") == []


def test_a_headline_that_leads_stands_before_what_was_said_earlier(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    say("Marwitz brings 17.0 %.", headline="what")
    say("Profit fell.", headline="what", leads=True)
    say("Brackwell is no. 4.", headline="what")
    assert read_headlines(_notebook(*shown)) == [
        "Profit fell.",
        "Marwitz brings 17.0 %.",
        "Brackwell is no. 4.",
    ]


@pytest.mark.parametrize(
    ("headline", "question"),
    [(True, "what"), ("what", "what"), ("why", "why"), ("do", "do"), (False, None)],
)
def test_a_headline_answers_one_question(monkeypatch, headline, question):
    shown = []
    monkeypatch.setattr("IPython.display.display", shown.append)
    say("Few.", headline=headline)
    told = shown[0]._repr_mimebundle_().get(MIME_TYPE, {})
    assert told.get("question") == question


def test_a_sentence_stored_before_there_were_questions_tells_what_happened():
    data = {MIME_TYPE: {"text": "Few."}}
    output = nbformat.v4.new_output("display_data", data=data)
    cell = nbformat.v4.new_code_cell("say(…)", outputs=[output])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    assert read_headlines(notebook, "what") == ["Few."]
    assert read_headlines(notebook, "do") == []


def test_an_unknown_question_is_refused_even_where_nothing_is_said():
    with pytest.raises(UsageError, match=r"headline is 'whi'.*did you mean 'why'"):
        say("", headline="whi")


def test_a_marked_sentence_stands_on_its_own_page_as_well():
    groups = blocks_of(_notebook(Sentence("Few.", headline="what")))
    assert str(groups[-1][1][-1].content).strip() == "<p>Few.</p>"


def test_saying_nothing_marks_nothing(capsys):
    say("", headline=True)
    assert capsys.readouterr().out == ""


def test_an_action_is_a_bullet_that_begins_in_bold():
    step = Sentence("Adler & <b>Co</b> pays less.", "do", "Ask *why*.")
    html = str(markdown_html(step.markdown(), math=False))
    assert "<li><strong>Ask *why*.</strong> Adler &amp; &lt;b&gt;Co" in html
    (told,) = read_headlines(_notebook(step), "do")
    assert told == "Ask *why*. Adler & <b>Co</b> pays less."
    assert (told.action, told.rest) == ("Ask *why*.", "Adler & <b>Co</b> pays less.")


def test_without_an_action_nothing_is_advised(capsys):
    advise("", "whatever the evidence")
    assert capsys.readouterr().out == ""
    advise("Ask why.", "", "It fell.")
    assert capsys.readouterr().out == "Ask why. It fell.\n"


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
