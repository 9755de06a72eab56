"""Sentences are written in the language that was asked for."""

from contextvars import copy_context

import pytest

from kamlab.errors import UsageError
from kamlab.language import (
    _,
    current_language,
    in_language,
    money_unit,
    plural,
    translatable,
    use_language,
)


def test_english_is_written_unless_something_else_is_asked_for():
    assert current_language() == "en"
    assert _("Net revenue") == "Net revenue"


def test_a_sentence_that_no_catalogue_holds_stays_english():
    with in_language("zh"):
        assert _("a sentence nobody wrote") == "a sentence nobody wrote"


def test_the_language_before_comes_back_also_after_an_error():
    with pytest.raises(RuntimeError), in_language("zh"):
        raise RuntimeError
    assert current_language() == "en"


def test_a_notebook_sets_its_language_for_good():
    def notebook() -> str:
        use_language("zh")
        return current_language()

    assert copy_context().run(notebook) == "zh"
    assert current_language() == "en"


@pytest.mark.parametrize(
    ("count", "told"), [(0, "0 days"), (1, "1 day"), (2, "2 days")]
)
def test_the_number_chooses_the_form(count, told):
    assert plural("{n} day", "{n} days", count) == told


def test_a_brace_in_the_text_is_no_place_for_a_number():
    assert plural("{n} of {account}", "{n} of {account}", 2) == "2 of {account}"


@pytest.mark.parametrize("code", ["de", "", "ZH", None])
def test_an_unknown_language_is_named(code):
    with pytest.raises(UsageError, match="language = "):
        use_language(code)


def test_the_unit_of_money_before_comes_back_with_the_language():
    assert money_unit() == "auto"
    with in_language("zh", unit="万元"):
        assert money_unit() == "万元"
        with in_language("en"):
            assert money_unit() == "auto"
        assert money_unit() == "万元"
    assert money_unit() == "auto"


@pytest.mark.parametrize("unit", ["M", "", "万", "milion", None])
def test_an_unknown_unit_of_money_is_named_and_changes_nothing(unit):
    with pytest.raises(UsageError, match=f"money_unit = {unit!r}"):
        use_language("zh", unit)
    assert (current_language(), money_unit()) == ("en", "auto")


def test_a_marked_text_is_translated_where_it_is_shown():
    marked = translatable("Net revenue")
    assert marked == "Net revenue"
    with in_language("zh"):
        assert _(marked) == "净收入"


def test_chinese_has_one_form_for_all_numbers():
    with in_language("zh"):
        told = [plural("{n} day", "{n} days", n) for n in (1, 2, 1200)]
    assert told == ["1 天", "2 天", "1,200 天"]
