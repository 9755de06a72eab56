"""Names of accounts as figures show them."""

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamlab.language import in_language
from kamlab.style import display_name, font_families, names, new_axes, plain, png_of
from kamlab.style.names import CJK_FONTS, font_remark
from tests.conftest import examples

STRANGE = [
    "Harbour $ Cranes & $on",
    "one $ only",
    r"back\slash \$ $x^2$",
    "under_score_^2_{x}",
    "<script>alert(1)</script>",
    "深圳市大客户传动设备有限公司",
    "مجموعة الخليج للصناعات",
    "שלום בע״מ",
    "ภาษาไทย",
    "🚀👩‍🔧 Robotics ✈️",
    "two\nlines\tand\x00control\x1b",
    "\u202eesrever",
    "",
    "   ",
    None,
    7,
]


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.mark.parametrize("name", STRANGE, ids=ascii)
def test_strange_names_are_drawn_without_a_warning(name: object) -> None:
    ax = new_axes(size=(3, 1))
    ax.set_title(plain(name, width=30))
    assert png_of(ax).startswith(b"\x89PNG")


@settings(max_examples=examples(30), deadline=None)
@given(st.text(max_size=12))
def test_any_text_at_all_can_be_drawn(name: str) -> None:
    ax = new_axes(size=(4, 2))
    ax.set_title(plain(name))
    ax.figure.canvas.draw()
    plt.close(ax.figure)


@given(st.text(max_size=40), st.integers(2, 20))
def test_a_shortened_name_keeps_its_columns(name: str, width: int) -> None:
    shown = plain(name, width).replace(r"\$", "$")
    assert len(shown) <= width


def test_dollar_signs_are_no_formula() -> None:
    ax = new_axes()
    text = ax.set_title(plain("A$AP & $on"))
    assert text._preprocess_math(text.get_text()) == ("A$AP & $on", False)


def test_line_breaks_and_directions_are_taken_out() -> None:
    assert plain("two\n  lines\u202e") == "two lines"


def test_a_chinese_character_takes_two_columns() -> None:
    assert plain("abcdef", width=4) == "abc…"
    assert len(plain("深圳市大客户", width=6)) == 3


def test_a_name_that_fits_is_left_alone() -> None:
    assert plain("Harbour Cranes", width=14) == "Harbour Cranes"


def test_a_character_without_font_becomes_a_box() -> None:
    assert plain("x\U0001f6f8y") == "x□y"


@pytest.mark.fonts
def test_chinese_names_are_drawn_in_a_chinese_font(chinese_fonts: None) -> None:
    if not set(font_families()) & set(CJK_FONTS):
        pytest.skip("the Chinese font here is none that figures are set in")
    assert plain("大客户") == "大客户"


def test_latin_comes_first_so_that_digits_look_the_same_everywhere() -> None:
    assert font_families()[0] == "DejaVu Sans"


def test_accounts_without_a_name_show_their_id() -> None:
    names = pd.Series({"A01": "Harbour Cranes", "A02": np.nan})
    shown = [display_name(account, names) for account in ("A01", "A02", "A03")]
    assert shown == ["Harbour Cranes", "A02", "A03"]
    assert display_name(17) == "17"


@pytest.fixture
def no_chinese_font(monkeypatch):
    """Let the machine have no font for Chinese."""
    monkeypatch.setattr(names, "font_families", lambda: ("DejaVu Sans",))


def test_a_machine_without_a_chinese_font_is_told_what_to_install(no_chinese_font):
    with in_language("zh"):
        remark = font_remark()
    assert "Noto Sans CJK SC" in remark
    assert "fonts-noto-cjk" in remark
    assert "中文字体" in remark


def test_english_pages_need_no_chinese_font(no_chinese_font):
    assert font_remark() == ""


def test_nothing_is_said_where_a_chinese_font_is_installed(monkeypatch):
    monkeypatch.setattr(names, "font_families", lambda: ("DejaVu Sans", CJK_FONTS[0]))
    with in_language("zh"):
        assert font_remark() == ""
