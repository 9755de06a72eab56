"""The same name is found however a system writes it."""

import pytest

from kamlab.data.presets.names import forms_of, is_technical, normalised


@pytest.mark.parametrize(
    "written",
    [
        "NET_AMOUNT",
        "Net Amount",
        "net amount (EUR)",
        "\ufeffNet-Amount",
        "Ｎｅｔ Ａｍｏｕｎｔ",
    ],
)
def test_case_width_spaces_and_units_make_no_difference(written):
    assert normalised(written) == "netamount"


def test_umlauts_are_as_people_write_them_without():
    assert normalised("Währung") == normalised("WAEHRUNG")
    assert normalised("Straße") == normalised("STRASSE")


def test_a_name_that_is_all_in_brackets_keeps_its_word():
    assert normalised("（金额）") == "金额"


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("Umsatz TEUR", "umsatz"),
        ("Amount in USD", "amount"),
        ("金额万元", "金额"),
        ("sale_dollars", "sale"),
    ],
)
def test_a_unit_at_the_end_is_taken_off(written, known):
    assert known in forms_of(written)


@pytest.mark.parametrize("word", ["Kosten", "Currency", "Order", "美元"])
def test_a_word_is_not_cut_where_it_is_no_unit(word):
    assert forms_of(word)[0] == normalised(word)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("(Do Not Modify) Account", True),
        ("Row Checksum", True),
        ("Unnamed: 0", True),
        ("Account", False),
        ("Unnamed customer", False),
    ],
)
def test_columns_of_systems_are_told_from_columns_of_people(name, told):
    assert is_technical(name) is told
