"""What people write becomes HTML; what hides in data stays text."""

import pytest

from kamlab.report.formulas import formula
from kamlab.report.markup import markdown_html, safe_html, without_title

PAGES = {"12_activity": "12_activity.html"}


def test_markdown_is_set_with_lists_and_tables():
    html = markdown_html("- **a**\n- b\n\n| x | y |\n|---|--:|\n| 1 | 2 |")
    assert "<li><strong>a</strong></li>" in html
    assert "<td" in html


def test_links_to_notebooks_lead_to_their_pages():
    html = markdown_html("[next](../1_value/12_activity.ipynb)", PAGES)
    assert '<a href="12_activity.html">next</a>' in html


def test_links_to_notebooks_outside_the_report_are_plain_words():
    assert markdown_html("[far](51_rfm.ipynb)", PAGES) == "<p>far</p>\n"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[Gini](https://x.org/g)", "<p>Gini (https://x.org/g)</p>\n"),
        ("<https://x.org/g>", "<p>https://x.org/g</p>\n"),
        ("[j](javascript:alert(1))", "<p>j</p>\n"),
        ("![logo](https://x.org/l.png)", "<p>logo</p>\n"),
        ("<b>raw</b>", "<p>&lt;b&gt;raw&lt;/b&gt;</p>\n"),
        ("a <!-- note --> b<br>c", "<p>a  b<br>c</p>\n"),
        ("<!-- note -->", ""),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n"),
    ],
)
def test_nothing_foreign_is_alive(text, html):
    assert markdown_html(text) == html


def test_attached_pictures_are_shown_with_their_words():
    html = markdown_html("![a map](attachment:m.png)", {}, {"m.png": "data:x"})
    assert '<img src="data:x" alt="a map">' in html


def test_formulas_become_pictures_that_read_as_their_source():
    html = markdown_html("with $x_i$ sorted\n\n$$G = \\frac{1}{n}$$")
    assert html.count('src="data:image/svg+xml;base64,') == 2
    assert 'alt="x_i"' in html


def test_dollars_in_text_that_data_made_are_dollars():
    assert markdown_html("from $5 to $9", math=False) == "<p>from $5 to $9</p>\n"


def test_a_formula_is_the_same_bytes_every_time():
    assert formula(r"\bar{x} <") == formula(r"\bar{x} <")
    assert 'alt="\\bar{x} &lt;"' in formula(r"\bar{x} <")


def test_a_formula_nobody_can_set_is_shown_as_written():
    assert formula(r"\nosuch <x>") == r"<code>\nosuch &lt;x&gt;</code>"


def test_the_title_is_taken_off_once():
    assert without_title("# Title\n\ntext\n# Second") == "\ntext\n# Second"
    assert without_title("## Section") == "## Section"


@pytest.mark.parametrize(
    ("html", "safe"),
    [
        ('<td class="x" onclick="y()">1</td>', "<td>1</td>"),
        ("<style>p {}</style><p>a", "<p>a</p>"),
        ("<script>alert('x')</script>b", "b"),
        ('<a href="https://x.org">c</a>', "c"),
        ("<ul><li>d</ul>", "<ul><li>d</li></ul>"),
        ("</td>e<br>f &lt;script&gt;", "e<br>f &lt;script&gt;"),
        ("<img src=x onerror=y()>", ""),
        ("<svg><script>x()</script></svg>g", "g"),
    ],
)
def test_foreign_html_keeps_words_tables_and_lists_only(html, safe):
    assert safe_html(html) == safe
