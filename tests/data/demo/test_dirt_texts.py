"""Numbers and days as an ERP system writes them, and back again."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.data.demo.dirt_texts import (
    DOCUMENT_TYPES,
    billing_texts,
    day_text,
    number_text,
)
from kamlab.data.vocabulary import LINE_TYPES


@given(st.integers(-10_000_000_00, 10_000_000_00))
def test_a_number_can_be_read_back_to_the_cent(cents):
    text = number_text(cents / 100)
    assert text.endswith("-") == (cents < 0)
    plain = text.removesuffix("-").replace(".", "").replace(",", "")
    assert int(plain) == abs(cents)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1234567.891, 2, "1.234.567,89"),
        (-0.5, 2, "0,50-"),
        (1500, 0, "1.500"),
        (None, 2, ""),
        (float("nan"), 2, ""),
        (pd.NA, 0, ""),
    ],
    ids=str,
)
def test_thousands_are_parted_by_points(value, decimals, text):
    assert number_text(value, decimals) == text


def test_no_day_is_written_as_nothing():
    assert day_text(pd.NaT) == ""
    assert day_text(pd.Timestamp("2025-12-01")) == "01.12.2025"


def test_every_kind_of_line_but_our_own_has_a_code_of_its_own():
    assert set(DOCUMENT_TYPES) == set(LINE_TYPES) - {"intercompany"}
    assert len(set(DOCUMENT_TYPES.values())) == len(DOCUMENT_TYPES)


def test_an_order_book_of_four_columns_has_blanks_for_the_others():
    line = {"order_id": "7", "account_id": "A1", "net_amount": -20.0}
    line |= {"order_date": pd.Timestamp("2025-03-04"), "line_type": None}
    texts = billing_texts(pd.DataFrame([line]))
    assert texts.loc[0, ["Pos", "Art", "Menge", "Bezug"]].tolist() == [
        "1",
        "F2",
        "",
        "",
    ]
    assert texts.loc[0, ["Netto", "_net", "_month"]].tolist() == ["20,00-", -20.0, 3]
