"""Texts become numbers, days and flags as declared, or nothing at all."""

from datetime import date, datetime

import duckdb
import pytest

from kamlab.data.cleaning.parsing import Values, number_sql, parsed_sql, present_sql
from kamlab.data.mapping.mapping import Format


def evaluated(sql: str, values: Values, text: object) -> object:
    """Evaluate SQL over one row with the text in c0."""
    query = f"SELECT {sql} FROM (SELECT CAST($t AS VARCHAR) AS c0)"
    with duckdb.connect() as connection:
        given = {**values.used_in(query), "t": text}
        return connection.execute(query, given).fetchone()[0]


def number(text: str, **marks: str) -> float | None:
    values = Values()
    return evaluated(number_sql("c0", Format(**marks), values), values, text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12.0),
        ("-12.5", -12.5),
        ("+3", 3.0),
        (".5", 0.5),
        ("5.", 5.0),
        ("1234.56-", -1234.56),
        ("1e3", 1000.0),
        ("1E-2", 0.01),
        ("0", 0.0),
    ],
)
def test_numbers_with_a_point_are_read(text, value):
    assert number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        ".",
        "1,5",
        "1_000",
        "0x1F",
        "1.2.3",
        "--5",
        "-5-",
        "ten",
        "5 EUR",
        "１２",
    ],
)
def test_what_is_not_a_number_is_not_made_one(text):
    assert number(text) is None


@pytest.mark.parametrize(
    ("text", "decimal", "thousands", "value"),
    [
        ("1.234,56", ",", ".", 1234.56),
        ("1.234,56-", ",", ".", -1234.56),
        ("1234,56", ",", ".", 1234.56),
        ("1.234.567", ",", ".", 1234567.0),
        ("1,234.56", ".", ",", 1234.56),
        ("1'234.56", ".", "'", 1234.56),
        ("1’234.56", ".", "'", 1234.56),
        ("1 234,56", ",", " ", 1234.56),
        ("1\u00a0234,56", ",", " ", 1234.56),
        ("1\u202f234,56", ",", " ", 1234.56),
        ("1,23", ".", ",", None),
        ("12,34,567", ".", ",", None),
        ("1.23", ",", ".", None),
        ("1.2345", ",", ".", None),
        (",234", ".", ",", None),
    ],
)
def test_declared_marks_are_read_and_broken_groups_are_not(
    text, decimal, thousands, value
):
    assert number(text, decimal=decimal, thousands=thousands) == value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("integer", "3", 3),
        ("integer", "3.0", 3),
        ("integer", "3.5", None),
        ("integer", "-4-", None),
        ("flag", "TRUE", True),
        ("flag", "no", False),
        ("flag", "1", True),
        ("flag", "maybe", None),
        ("text", " as it is ", " as it is "),
        ("date", "2025-01-31", date(2025, 1, 31)),
        ("date", "2025-01-31 23:59:59", date(2025, 1, 31)),
        ("date", "31/01/2025", None),
        ("date", "2025-02-30", None),
        ("date", "infinity", None),
    ],
)
def test_each_type_of_the_contract_is_parsed(kind, text, value):
    values = Values()
    got = evaluated(parsed_sql("c0", kind, Format(), values), values, text)
    assert (got.date() if isinstance(got, datetime) else got) == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31.01.2025", date(2025, 1, 31)),
        ("2025-01-31", date(2025, 1, 31)),
        ("1.2.2025", date(2025, 2, 1)),
        ("01/31/2025", None),
        ("00.00.0000", None),
    ],
)
def test_declared_formats_are_read_and_no_others(text, day):
    values = Values()
    form = Format(dates=("DD.MM.YYYY", "YYYY-MM-DD"))
    assert evaluated(parsed_sql("c0", "date", form, values), values, text) == day


@pytest.mark.parametrize(
    ("text", "trimmed", "exact"),
    [
        (" x ", "x", " x "),
        ("  ", None, None),
        ("\u3000", None, None),
        (None, None, None),
    ],
)
def test_a_blank_text_is_nothing_and_another_keeps_its_spaces_if_wanted(
    text, trimmed, exact
):
    values = Values()
    assert evaluated(present_sql("c0", Format(), values), values, text) == trimmed
    sql = present_sql("c0", Format(), values, exact=True)
    assert evaluated(sql, values, text) == exact


def test_values_hand_over_only_what_a_piece_of_sql_names():
    values = Values()
    names = [values.add(number) for number in range(12)]
    assert values.used_in(f"{names[1]} {names[11]}") == {"v1": 1, "v11": 11}
