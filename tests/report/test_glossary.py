"""The glossary and the pages use the same words."""

from kamlab.language import in_language
from kamlab.report.glossary import TERMS, glossary
from kamlab.report.vocabulary import word


def test_every_term_has_its_chinese_beside_it():
    table = glossary()
    assert list(table["English"]) == list(TERMS)
    assert not any(chinese.isascii() for chinese in table["中文"])
    assert table["中文"].is_unique


def test_a_chinese_reader_has_the_meanings_in_chinese():
    with in_language("zh"):
        table = glossary()
    assert list(table.columns) == ["English", "中文", "含义"]
    assert not any(meaning.isascii() for meaning in table["含义"])


def test_the_watch_list_is_called_as_on_the_page():
    table = glossary().set_index("English")["中文"]
    assert table["Watch list"] == "关注名单"
    assert table["Net revenue"] == "净收入"


def test_types_and_topics_are_told_in_the_language_of_the_page():
    assert word("qbr") == "quarterly review"
    with in_language("zh"):
        assert [word("visit"), word("strategic")] == ["拜访", "战略"]


def test_words_that_the_contract_does_not_know_stay_as_the_data_have_them():
    with in_language("zh"):
        assert word("Gold & more") == "Gold & more"
        assert word(3) == "3"
