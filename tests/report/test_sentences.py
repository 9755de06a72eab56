"""Computed sentences are set as text, and names in them stay names."""

import pytest

from kamlab.report.markup import markdown_html
from kamlab.report.sentences import Sentence, say


def test_sentences_are_joined_and_empty_ones_left_out(capsys):
    say("Marwitz brings 17.0 %.", "", "It brought 11.0 %.")
    assert capsys.readouterr().out == "Marwitz brings 17.0 %. It brought 11.0 %.\n"


def test_nothing_to_say_shows_nothing(capsys):
    say("", "")
    assert capsys.readouterr().out == ""


def test_a_sentence_offers_itself_as_markdown_and_as_text():
    bundle = Sentence("Top 20 %.")._repr_mimebundle_()
    assert bundle == {"text/markdown": "Top 20 %.", "text/plain": "Top 20 %."}


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
