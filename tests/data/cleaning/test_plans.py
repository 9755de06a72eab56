"""Columns are cut, translated and computed; rules drop what they say."""

import duckdb
import pytest

from kamlab.data.cleaning.parsing import Values
from kamlab.data.cleaning.plans import drop_sql, is_id, plan_column, plan_compared
from kamlab.data.cleaning.simple_numbers import simple_name
from kamlab.data.contract import table
from kamlab.data.mapping.mapping import ColumnSource, DropRule, Format
from kamlab.data.reading.sources import RawTable

RAW = RawTable("raw", ("Text",))


def evaluated(sql: str, values: Values, text: object) -> object:
    """Evaluate SQL over one row with the text in c0."""
    query = f"SELECT {sql} FROM (SELECT CAST($t AS VARCHAR) AS c0)"
    with duckdb.connect() as connection:
        given = {**values.used_in(query), "t": text}
        return connection.execute(query, given).fetchone()[0]


CUTS = [
    ({}, " A 7 ", " A 7 "),
    ({}, "   ", None),
    ({"strip_suffix": ".0"}, "17850.0", "17850"),
    ({"strip_suffix": ".0"}, "1785010", "1785010"),
    ({"strip_prefix": "K("}, "K(7", "7"),
    ({"strip_prefix": "K"}, "7K", "7K"),
    ({"drop_last": 5}, "INV-09550400146", "INV-095504"),
    ({"take_last": 5}, "INV-09550400146", "00146"),
    ({"drop_last": 5}, "123", None),
    ({"split_by": "-", "part": 2}, "a-b-c", "b"),
    ({"split_by": "-", "part": -1}, "a-b-c", "c"),
    ({"split_by": "-", "part": 9}, "a-b-c", None),
    ({"values": {"N": "North", "S": "South"}}, "S", "South"),
    ({"values": {"N": "North"}}, "E", "E"),
    ({"default": "none"}, "", "none"),
    ({"default": "none"}, "x", "x"),
    ({"strip_suffix": ".0", "values": {"7": "seven"}, "default": "-"}, "7.0", "seven"),
]


@pytest.mark.parametrize(("cut", "text", "value"), CUTS)
def test_a_text_is_cut_and_translated(cut, text, value):
    values = Values()
    column = table("accounts").column("account_name")
    plan = plan_column(column, ColumnSource(("Text",), **cut), RAW, Format(), values)
    assert evaluated(plan.parts[0].text, values, text) == value


def test_texts_declared_blank_stand_for_nothing():
    values = Values()
    form = Format(blank=("NULL", "-"))
    column = table("accounts").column("region")
    plan = plan_column(column, ColumnSource(("Text",)), RAW, form, values)
    sql = plan.parts[0].text
    assert [evaluated(sql, values, each) for each in ("NULL", " - ", "x")] == [
        None,
        None,
        "x",
    ]


def test_spaces_around_ids_are_taken_off_but_names_stay_as_they_are():
    assert is_id(table("orders").column("ship_to_id"))
    assert not is_id(table("accounts").column("account_name"))
    values = Values()
    column = table("orders").column("account_id")
    plan = plan_column(column, ColumnSource(("Text",)), RAW, Format(), values)
    assert evaluated(plan.parts[0].text, values, " A7 ") == "A7"


def test_numbers_that_came_typed_ignore_what_is_declared_for_text():
    values, raw = Values(), RawTable("raw", ("Text",), frozenset({"Text"}))
    form = Format(decimal=",", thousands=".", dates=("DD.MM.YYYY",))
    column = table("orders").column("net_amount")
    plan = plan_column(column, ColumnSource(("Text",)), raw, form, values)
    part = plan.parts[0]
    sql = part.value.replace(part.text_name, "c0")
    sql = sql.replace(simple_name(part), part.simple)
    assert evaluated(sql, values, "1234.5") == 1234.5


DROPS = [
    ("is", "blank", " ", True),
    ("is", "blank", "x", False),
    ("is", "filled", "x", True),
    ("equals", "C", " C ", True),
    ("equals", 0.0, "0.00", True),
    ("equals", "0", "0.00", False),
    ("in", ("Summe", "Total"), "Total", True),
    ("in", ("Summe", "Total"), "Tot", False),
    ("starts_with", "C", "C123", True),
    ("starts_with", "C", "123C", False),
    ("matches", "C[0-9]+", "C12", True),
    ("matches", "C[0-9]+", "C12x", False),
    ("below", 0.0, "-1", True),
    ("below", 0.0, "0", False),
    ("at_most", 0.0, "0", True),
    ("above", 10.0, "9", False),
    ("at_least", 10.0, "10", True),
]


@pytest.mark.parametrize(("predicate", "operand", "text", "holds"), DROPS)
def test_a_drop_rule_holds_for_what_it_says(predicate, operand, text, holds):
    values = Values()
    rule = DropRule("rule", "Text", predicate, operand)
    assert evaluated(drop_sql(rule, RAW, Format(), values), values, text) is holds


@pytest.mark.parametrize("predicate", ["below", "at_most", "above", "at_least"])
def test_a_rule_that_compares_numbers_leaves_words_alone(predicate):
    values = Values()
    rule = DropRule("rule", "Text", predicate, 0.0)
    assert evaluated(drop_sql(rule, RAW, Format(), values), values, "word") is None


def test_texts_of_a_mapping_reach_the_database_as_parameters_only():
    values = Values()
    rule = DropRule("rule", "Text", "equals", "'; DROP TABLE raw; --")
    sql = drop_sql(rule, RAW, Format(), values)
    assert "DROP TABLE" not in sql
    assert evaluated(sql, values, "'; DROP TABLE raw; --") is True


def test_each_column_of_the_export_is_parsed_once_and_combined_after():
    raw, values = RawTable("raw", ("Menge", "Preis")), Values()
    source = ColumnSource(("Menge", "Preis"), combine="product", negate=True)
    column = table("orders").column("net_amount")
    plan = plan_column(column, source, raw, Format(), values)
    assert [part.source for part in plan.parts] == ["Menge", "Preis"]
    assert plan.value == "-(round((value_net_amount_0) * (value_net_amount_1), 6))"


def test_a_constant_is_parsed_like_any_text():
    values = Values()
    column = table("orders").column("order_date")
    source = ColumnSource(constant="2025-01-31")
    plan = plan_column(column, source, RAW, Format(dates=("DD.MM.YYYY",)), values)
    assert plan.parts[0].source == "(constant)"
    assert evaluated(plan.parts[0].text, values, None) == "2025-01-31"


def test_a_number_that_a_rule_compares_is_checked_under_its_own_name():
    rule = DropRule("small", "Text", "below", 5.0)
    plan = plan_compared(rule, 3, RAW, Format(), Values())
    assert (plan.shown, plan.parts[0].flag) == ("Text", "bad_compared_3")


@pytest.mark.parametrize(
    ("text", "meant"),
    [("2025.01.31", "2025-01-31"), ("2025-01-31", "2025-01-31"), ("Adler", "Adler")],
)
def test_days_among_joined_texts_are_written_alike(text, meant):
    values = Values()
    days = ("YYYY-MM-DD", "YYYY.MM.DD")
    source = ColumnSource(("Text", "Text"), combine="join", dates=days)
    column = table("orders").column("order_id")
    part = plan_column(column, source, RAW, Format(), values).parts[0]
    value = part.value.replace(part.text_name, "c0")
    assert evaluated(value, values, text) == meant
