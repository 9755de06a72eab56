"""A suggestion is written so that it reads back as it is, whatever names say."""

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from kamlab.data.presets.suggestion import (
    Entry,
    Suggestion,
    TableSuggestion,
    Unused,
)
from kamlab.data.presets.writing import as_yaml
from kamlab.data.presets.yamltext import comment, flow, pair, quoted, visible
from tests.conftest import examples

values = st.recursive(
    st.text(min_size=1),
    lambda inner: (
        st.lists(inner, min_size=1, max_size=3)
        | st.dictionaries(st.text(min_size=1), inner, min_size=1, max_size=3)
    ),
    max_leaves=6,
)


def suggestion(*columns: Entry, **more: object) -> Suggestion:
    told = {
        "preset": "generic",
        "reason": "names are known",
        "portfolio": (Entry("currency", "EUR"),),
        "tables": (TableSuggestion("orders", (), columns),),
        "unused": (),
        "left": (),
        "filled": 1,
        "asked": 0,
    }
    return Suggestion(**(told | more))


@settings(max_examples=examples(150), deadline=None)
@given(st.text(min_size=1), values)
def test_whatever_is_written_reads_back_as_it_was(key, value):
    text = "\n".join(pair(key, value, 2))
    assert yaml.load(text, Loader=yaml.BaseLoader) == {key: value}  # noqa: S506


@settings(max_examples=examples(80), deadline=None)
@given(st.text())
def test_no_name_ends_a_comment_or_commands_a_terminal(name):
    lines = comment(name, 2)
    assert all(line.startswith("  # ") for line in lines)
    assert all(line.isprintable() for line in lines)


@settings(max_examples=examples(40), deadline=None)
@given(st.text(min_size=1), st.text())
def test_a_whole_mapping_reads_back_whatever_the_file_says(header, file):
    told = suggestion(
        Entry("order_id", {"from": header}, f"why {header}"),
        Entry("net_amount", options=(header,), question=header),
        unused=(Unused(file, header, "why"),),
        left=(file,),
        reason=header,
    )
    read = yaml.load(as_yaml(told), Loader=yaml.BaseLoader)  # noqa: S506
    assert read["tables"]["orders"]["columns"] == {"order_id": {"from": header}}


@pytest.mark.parametrize(
    "text", ["no", "Yes", "null", "04", "1e5", "-", "", "a: b", "a #b", "[x]", "{", "*"]
)
def test_what_yaml_would_take_for_something_else_stands_in_quotes(text):
    assert quoted(text).startswith('"')


def test_numbers_and_truths_are_plain():
    assert flow({"unit": 10_000.0, "rate": 0.13, "on": True, "off": False}) == (
        '{unit: 10000, rate: 0.13, "on": true, "off": false}'
    )


def test_the_end_of_a_line_is_made_visible():
    assert visible("a\nb\u202ec") == "a\\nb\\u202ec"


def test_long_lists_have_a_line_for_each():
    lines = pair("sheet", [f"sheet {number:040d}" for number in range(3)], 4)
    assert lines[0] == "    sheet:"
    assert lines[1].startswith('      - "') or lines[1].startswith("      - sheet")
    assert len(lines) == 4


def test_a_reason_stands_behind_its_line_or_above_it():
    short, long = Entry("a", "x", "short"), Entry("b", "x", "a long reason " * 9)
    text = as_yaml(suggestion(short, long))
    assert "      a: x                                # short" in text
    above = text.splitlines()
    assert above[above.index("      b: x") - 1].startswith("      # ")


def test_a_question_is_a_comment_with_each_answer():
    told = Entry("order_date", options=("A", {"from": "B"}), question="which?")
    text = as_yaml(suggestion(told))
    assert "      # DECIDE which?\n" in text
    assert "      # order_date: A\n      # order_date: {from: B}\n" in text
    assert "# DECIDE stands at 1 place:" in text


def test_rules_that_are_asked_stand_among_those_that_are_sure():
    sure = Entry("sums", {"column": "x", "subtotals": True}, "sums")
    asked = Entry("none", options=({"column": "x", "is": "blank"},), question="drop?")
    table = TableSuggestion("orders", (), (Entry("a", "x"),), (sure, asked))
    text = as_yaml(suggestion(tables=(table,)))
    assert "    drop:\n      - {name: sums, column: x, subtotals: true}" in text
    assert "    #   - {name: none, column: x, is: blank}" in text
    assert text.count("drop:") == 1


def test_rules_that_are_only_asked_bring_their_key():
    asked = Entry("none", options=({"column": "x", "is": "blank"},), question="drop?")
    table = TableSuggestion("orders", (), (Entry("a", "x"),), (asked,))
    text = as_yaml(suggestion(tables=(table,)))
    assert "    # drop:\n    #   - {name: none, column: x, is: blank}" in text


def test_it_closes_with_what_is_not_used():
    text = as_yaml(suggestion(unused=(Unused("a.csv", "MANDT", "no use"),)))
    assert text.endswith("\n# Columns not used:\n# - MANDT (a.csv): no use\n")


def test_files_that_were_not_read_are_told():
    text = as_yaml(suggestion(left=("b.csv: it is empty",)))
    assert text.endswith("\n# Not read:\n# - b.csv: it is empty\n")


def test_without_order_lines_it_says_so():
    text = as_yaml(suggestion(tables=()))
    assert "No order lines were recognised" in text


def test_only_a_pattern_is_longer_than_a_screen(disguise):
    for line in as_yaml(disguise.found).splitlines():
        assert len(line) <= 90 or line.lstrip().startswith("matches: ")


def test_every_line_of_a_column_says_why(disguise):
    for table in disguise.found.tables:
        for entry in table.columns:
            assert entry.why


def test_the_share_of_columns_filled_counts_questions():
    assert suggestion(filled=3, asked=1).filled_share == 0.75


def test_the_name_of_the_portfolio_may_be_told_at_leisure():
    text = as_yaml(Suggestion("generic", "", (), (), (), (), 0, 0))
    line = next(each for each in text.splitlines() if "# name:" in each)
    assert (
        line
        == "  # name: COMPANY                       # at leisure: whose portfolio it is"
    )
