"""Chinese text has everyday characters; Western letters only pair up by chance."""

import pytest

from kamlab.data.reading.chinese_text import CharacterCount, count_characters

COMPANIES = "宁波精密机械有限公司，上海鑫晟贸易有限公司；张伟（华东区）"


def test_names_of_companies_look_chinese_even_with_rare_characters_among_them():
    counted = count_characters(COMPANIES)
    assert counted.rare
    assert counted.marks
    assert counted.looks_chinese()


@pytest.mark.parametrize("text", ["Größe", "Füße", "ÄÖ", "créée", "Aßàé", "naïve ñç"])
def test_western_letters_read_as_gb18030_do_not_look_chinese(text):
    misread = text.encode("cp1252").decode("gb18030", errors="ignore")
    assert not count_characters(misread).looks_chinese()


def test_traditional_characters_are_foreign_to_gb2312():
    counted = count_characters("國際貿")
    assert counted == CharacterCount(foreign=3)
    assert not counted.looks_chinese()


def test_counts_of_two_pieces_add_up_to_the_count_of_the_whole():
    first, second = COMPANIES[:9], COMPANIES[9:]
    whole = count_characters(COMPANIES)
    assert count_characters(first) + count_characters(second) == whole


def test_plain_ascii_has_nothing_to_count():
    assert count_characters("Nr,Tag" * 1_000) == CharacterCount()


def test_too_few_characters_say_nothing():
    assert not count_characters("户").looks_chinese()
    assert not count_characters("客户").looks_chinese(fewest=3)
