"""Numbers that are read at once are those that a close look at their text gives."""

import math
from dataclasses import replace

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamlab.data.cleaning.cleaning import planned
from kamlab.data.cleaning.parsing import Values
from kamlab.data.cleaning.plans import Part
from kamlab.data.cleaning.simple_numbers import simple_name, with_simple
from kamlab.data.cleaning.staging import staged_sql
from kamlab.data.cleaning.texts import texts_sql
from kamlab.data.mapping.mapping import ColumnSource, Format, TableMapping
from kamlab.data.reading.raw import RawTable

FORMS = [
    Format(),
    Format(decimal=","),
    Format(decimal=",", thousands="."),
    Format(thousands=","),
    Format(decimal=",", blank=("-", "n/a")),
]

CELLS = [
    "1",
    "-1",
    "+1,5",
    "0,00",
    "1.5",
    "1,",
    ",5",
    " 1,5 ",
    "1,5-",
    "(1,5)",
    "1.234",
    "1.234,5",
    "1,234",
    "1e3",
    "1_000",
    "+-1",
    "1\t",
    "１，５",
    "",
    " ",
    "-",
    "n/a",
    "inf",
    "9" * 400,
    "12a",
    None,
]


def typed(cells, form, column="quantity", source=None, is_at_once=True):
    """Return value and flag of cells, read at once or by a close look."""
    source = source or ColumnSource(("Menge",))
    mapping = TableMapping((), {column: source}, format=form)
    cleaned = planned("orders", mapping, RawTable("raw", ("Menge",)), "EUR")
    plan = cleaned.plans[0]
    part = plan.parts[0]
    if not is_at_once:
        slow = Part(part.name, part.source, part.text, "", part.valid, part.form)
        value = part.value.replace(simple_name(part), "false")
        slow = replace(slow, value=value, noted=part.noted)
        cleaned = replace(cleaned, plans=[replace(plan, parts=(slow,))])
    rows = "(SELECT unnest($cells)::VARCHAR AS c0)"
    sql = f"SELECT {column}, {part.flag} FROM ({staged_sql(cleaned, rows)})"
    with duckdb.connect() as connection:
        given_values = {**cleaned.values.used_in(sql), "cells": cells}
        return connection.execute(sql, given_values).fetchall()


@pytest.mark.parametrize("form", FORMS, ids=repr)
def test_reading_at_once_changes_no_number_and_no_fault(form):
    assert typed(CELLS, form) == typed(CELLS, form, is_at_once=False)


@settings(max_examples=10)
@given(
    st.lists(st.text(alphabet="0159.,+-() eE_'\t", max_size=7), min_size=50),
    st.sampled_from(FORMS),
)
def test_whatever_a_cell_holds_it_is_read_alike(cells, form):
    assert typed(cells, form) == typed(cells, form, is_at_once=False)


def test_a_cell_that_is_no_number_is_a_fault_beside_those_that_are():
    found = typed(["2,50", "much", "", " 3 "], Format(decimal=","))
    assert found == [(2.5, False), (None, True), (None, False), (3.0, False)]


def test_a_whole_number_is_read_at_once_as_well():
    column, source = "customised", ColumnSource(("Menge",))
    found = typed(["2", "2.5"], Format(), column, source)
    assert found == [(2, False), (None, True)]


@pytest.mark.parametrize(
    ("form", "cell", "meant"),
    [
        (Format(blank=("0",)), "0", None),
        (Format(blank=("-1",)), "-1", None),
        (Format(symbols=("5",)), "25", 2.0),
        (Format(suffixes=(("k", 1000.0),)), "2k", 2000.0),
    ],
)
def test_digits_that_mean_something_else_are_looked_at_closely(form, cell, meant):
    assert typed([cell], form) == [(meant, False)]


@pytest.mark.parametrize(
    ("cut", "cell", "meant"),
    [
        ({"take_last": 2}, "125", 25.0),
        ({"values": {"1": "7"}}, "1", 7.0),
        ({"strip_prefix": "1"}, "12", 2.0),
        ({"default": "3"}, None, 3.0),
    ],
)
def test_a_text_that_is_cut_or_translated_is_not_read_before(cut, cell, meant):
    source = ColumnSource(("Menge",), **cut)
    assert typed([cell], Format(), source=source)[0][0] == meant


def test_a_text_is_asked_once_whether_it_is_a_number():
    told = ("cogs_0", "Kosten", "trim(c4)", "", "value_cogs_0", Format())
    part = with_simple(Part(*told, cell="c4"), "number", Values())
    plain, texts = texts_sql(["c4"], [part])
    assert plain == ", regexp_full_match(c4, $v0) AS simple_cogs_0"
    asked = "simple_cogs_0, if(simple_cogs_0, c4, trim(c4)) AS text_cogs_0"
    assert texts == f", {asked}"


def test_infinity_is_no_simple_number_and_is_read_nevertheless():
    assert math.isinf(typed(["inf"], Format())[0][0])
