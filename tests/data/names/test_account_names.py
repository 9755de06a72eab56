"""Companies without a number are known by their name, however it is written."""

import pytest

from kamlab.data.names.account_names import legal_form, normalised_name

ONE = [
    [
        "Adler GmbH & Co. KG",
        "ADLER GMBH & CO.KG",
        "Adler",
        "ａｄｌｅｒ　GmbH",
        " adler ",
    ],
    ["Acme Co., Ltd.", "ACME CO LTD", "Acme Co.,Ltd"],
    ["（宁波）精密机械有限公司", "(宁波) 精密机械 有限责任公司", "宁波精密机械"],
    ["S.A.P. SE", "SAP"],
    ["Straße AG", "STRASSE"],
    ["A. B. C. Inc.", "ABC Inc", "abc"],
    ["Tesco Sp. z o.o.", "TESCO"],
    ["苏州ABC Co., Ltd", "苏州abc有限公司"],
]


@pytest.mark.parametrize("names", ONE, ids=lambda names: names[-1].strip())
def test_ways_to_write_one_name_are_one_account(names):
    assert len({normalised_name(each) for each in names}) == 1


TWO = [
    ("Adler GmbH", "Adler Werkzeug GmbH"),
    ("宁波精密机械有限公司", "宁波精密机械（集团）有限公司"),
    ("Müller AG", "Muller AG"),
    ("Adler 1 GmbH", "Adler 2 GmbH"),
    ("Seco", "Se Co"),
]


@pytest.mark.parametrize(("one", "other"), TWO, ids=range(len(TWO)))
def test_what_may_be_another_company_stays_apart(one, other):
    assert normalised_name(one) != normalised_name(other)


@pytest.mark.parametrize("name", ["GmbH", "有限公司", "公司", "Ltd."])
def test_a_name_that_is_a_legal_form_is_kept(name):
    assert normalised_name(name)


@pytest.mark.parametrize("name", ["", "  ", "(-)", "。"])
def test_a_name_without_a_letter_is_none(name):
    assert normalised_name(name) == ""


def test_a_word_that_ends_like_a_legal_form_is_none():
    assert normalised_name("Nestag") == "nestag"
    assert legal_form("Nestag") == ""
