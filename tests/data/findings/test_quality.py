"""A finding names its place, shows its value, weighs its money and says what to do."""

import re
import string

import pytest

from kamlab.data.findings.quality import (
    DEFAULT_LIMIT,
    Sample,
    make_finding,
    weighed,
)
from kamlab.data.findings.rules import RULES

HERE = Sample("june.csv", 1_234, "x")


def test_a_message_names_file_row_column_and_value():
    found = make_finding("not_a_number", "orders", "cogs", 2_000, [HERE])
    assert found.message == (
        "june.csv row 1,234, column 'cogs': 'x' is not a number (2,000 rows)"
    )
    assert "tables.orders.drop" in found.remedy


def test_without_a_sample_the_table_is_named():
    assert make_finding("empty_file", "orders").message == "orders: the file is empty"


def test_a_long_value_is_cut_and_its_length_told():
    found = make_finding("not_a_date", "orders", samples=[Sample("a", 2, "y" * 5_000)])
    assert found.samples[0].value == "y" * 80 + "… (5,000 characters)"
    assert len(found.message) < 200


def test_three_samples_are_kept():
    places = [Sample("a.csv", row, "v") for row in range(2, 9)]
    found = make_finding("not_a_date", "orders", rows=7, samples=places)
    assert [sample.row for sample in found.samples] == [2, 3, 4]


def test_values_with_control_characters_are_shown_escaped():
    odd = Sample("a.csv", 2, "\x1b[31mred\n")
    message = make_finding("not_a_number", "orders", samples=[odd]).message
    assert "\x1b" not in message
    assert "\\x1b[31mred\\n" in message


def test_values_with_braces_are_shown_as_they_are():
    odd = Sample("a.csv", 2, "{0} {value}")
    message = make_finding("not_a_number", "orders", samples=[odd]).message
    assert "'{0} {value}'" in message


@pytest.mark.parametrize(
    ("share", "limits", "blocks"),
    [
        (0.05, {}, False),
        (0.0501, {}, True),
        (0.2, {"default": 0.3}, False),
        (0.2, {"default": 0.3, "unknown_account": 0.1}, True),
        (0.2, {"default": 0.1, "unknown_account": 0.3}, False),
        (0.0001, {"unknown_account": 0}, True),
        (None, {}, False),
    ],
)
def test_a_warning_blocks_above_its_limit(share, limits, blocks):
    warning = make_finding("unknown_account", "orders", rows=5, money=9, share=share)
    assert weighed([warning], limits)[0].blocks is blocks
    assert DEFAULT_LIMIT == 0.05


def test_a_warning_that_blocks_tells_its_share_and_its_limit():
    warning = make_finding("unknown_account", "orders", money=7.0, share=0.073)
    told = weighed([warning])[0]
    assert "7.3 % of the money, above the limit of 5.0 %" in told.message
    assert "raise limits.unknown_account" in told.remedy


def test_without_money_the_share_is_one_of_rows():
    warning = make_finding("history_overlap", "account_history", rows=9, share=0.9)
    assert "90.0 % of the rows" in weighed([warning])[0].message


def test_what_blocks_stands_first_and_news_last():
    findings = [
        make_finding("derived", "orders", how="x"),
        make_finding("unknown_account", "orders", share=0.01),
        make_finding("unknown_account", "orders", share=0.5),
        make_finding("blank_id", "orders"),
    ]
    told = [(each.severity, each.blocks) for each in weighed(findings)]
    assert told == [
        ("error", True),
        ("warning", True),
        ("warning", False),
        ("info", False),
    ]


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_says_what_is_wrong_and_what_to_do(name):
    rule = RULES[name]
    assert rule.severity in ("error", "warning", "info")
    assert rule.problem
    assert rule.remedy
    words = {
        field
        for text in (rule.problem, rule.remedy)
        for _, field, _, _ in string.Formatter().parse(text)
        if field
    }
    given = {"value", "rows", "table", "column"}
    own = dict.fromkeys(words - given, "…")
    found = make_finding(name, "orders", "order_date", samples=[HERE], **own)
    assert not re.search(r"{\w*}", found.message + found.remedy)
