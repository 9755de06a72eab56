"""Lines of a page break between words, not between a number and its unit."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.report.markup import markdown_html
from kamlab.report.tables import present
from kamlab.report.typography import bound
from kamlab.style import UNITS, format_value


@pytest.mark.parametrize("unit", UNITS)
@given(value=st.floats(-1e12, 1e12))
def test_no_figure_of_ours_can_break(unit, value):
    assert " " not in bound(format_value(value, unit, "EUR"))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the top 20 % bring", "the top 20~% bring"),
        ("−EUR 1.23 M a year", "−EUR~1.23~M a year"),
        ("CNY 4,338 and more", "CNY~4,338 and more"),
        ("−0.4 points", "−0.4~points"),
        ("1 day, 41.5 days", "1~day, 41.5~days"),
        ("收入 EUR 1,543 万，12 天", "收入 EUR~1,543~万，12~天"),
        ("+1.5 个百分点，188 家客户", "+1.5~个百分点，188~家客户"),
    ],
)
def test_a_number_stays_with_its_unit_and_its_currency(text, shown):
    assert bound(text) == shown.replace("~", "\xa0")


@pytest.mark.parametrize(
    "text", ["no. 3 kinds", "5 Marwitz plants", "of 27 key accounts", "KAM has 3"]
)
def test_other_words_may_break_from_a_number(text):
    assert bound(text) == text


def test_chinese_sentences_follow_each_other_without_a_space():
    assert bound("收入减少。 原因未知。 End.") == "收入减少。原因未知。End."


def test_text_and_tables_are_bound_but_code_is_not():
    html = markdown_html("Top 20 % of `x = 20 % 3`, $20 % 3$")
    assert "Top 20\xa0% of" in html
    assert "<code>x = 20 % 3</code>" in html


def test_every_text_of_a_table_is_bound():
    frame = pd.DataFrame({"Top 20 %": ["a fee of EUR 94"]})
    table = present(frame, caption="Below 5 %").mapped(bound)
    assert table.columns == ("Top 20\xa0%",)
    assert table.rows == (("a fee of EUR\xa094",),)
    assert table.caption == "Below 5\xa0%"
