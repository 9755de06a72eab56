"""Lines break where readers of a language expect it, and stay within their width."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.style.lines import broken_lines, text_width

CHINESE = "2025Q4 净收入为 EUR 1,542 万，比 2024Q4 减少 EUR 1.67 万（0.1 %）。"


@pytest.mark.parametrize("width", [12, 16, 20, 30, 38, 80])
def test_a_chinese_headline_stays_within_its_width(width):
    lines = broken_lines(CHINESE, width).split("\n")
    # A closing sign may hang over the edge rather than begin a line.
    assert max(text_width(line.rstrip("，。；：）%")) for line in lines) <= width
    assert "".join("".join(lines).split()) == "".join(CHINESE.split())


@pytest.mark.parametrize("width", range(10, 60))
def test_no_line_begins_with_a_stop_or_ends_with_an_opening_bracket(width):
    lines = broken_lines(CHINESE, width).split("\n")
    assert not any(line.startswith(("，", "。", "）", "%", "万")) for line in lines)
    assert not any(line.endswith(("（", "EUR")) for line in lines)


def test_a_latin_headline_breaks_at_spaces_but_not_before_a_per_cent_sign():
    text = "Losing one account would cost 17.7 % of revenue"
    for width in range(12, 50):
        lines = broken_lines(text, width).split("\n")
        assert " ".join(lines) == text
        assert not any(line.startswith("%") for line in lines)


@given(st.text(alphabet="净收入为aB1 ，。（）%", max_size=40), st.integers(1, 30))
def test_breaking_loses_nothing_but_spaces(text, width):
    kept = "".join(broken_lines(text, width).split())
    assert kept == "".join(text.split())
