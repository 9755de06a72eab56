"""Names: invented, of many countries, never twice."""

import pytest

from kamlab.data.demo import generate
from kamlab.data.demo.words import INDUSTRIES, WORDS, pinyin


def test_no_name_comes_twice(book):
    assert book.accounts["account_name"].is_unique


def test_chinese_accounts_have_characters_and_pinyin(book):
    chinese = book.accounts.loc[book.accounts["country"] == "CN", "account_name"]
    assert chinese.str.contains(r"[\u4e00-\u9fff]").all()
    assert chinese.str.contains(r" [A-Z][a-z]+$").all()


def test_other_accounts_have_no_chinese_characters(book):
    others = book.accounts.loc[book.accounts["country"] != "CN", "account_name"]
    assert not others.str.contains(r"[\u4e00-\u9fff]").any()


def test_names_speak_at_least_eight_languages(book):
    assert book.accounts["country"].nunique() >= 8


def test_every_kind_has_industries_of_its_own(book):
    for kind, rows in book.accounts.groupby("kind"):
        ordinary = rows["industry"].isin(INDUSTRIES[kind])
        assert ordinary.mean() > 0.8


@pytest.mark.parametrize("place", sorted(WORDS))
def test_every_country_has_a_word_for_every_industry(place):
    industries = [each for kind in INDUSTRIES.values() for each in kind]
    trades = [WORDS[place].trade_of(industry) for industry in industries]
    assert len(set(trades)) == len(industries) == len(WORDS[place].trades)


def test_pinyin_is_written_in_one_word():
    assert pinyin("昊锐") == "Haorui"


@pytest.mark.slow
def test_names_stay_unique_in_the_largest_portfolio():
    accounts = generate(seed=5, accounts=20_000).tables["accounts"]
    assert accounts["account_name"].is_unique
    assert accounts["account_id"].is_unique
    assert len(accounts) == 20_000
