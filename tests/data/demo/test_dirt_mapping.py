"""Mappings of the dirty export, and pieces that are laid over them."""

from copy import deepcopy

import pytest
import yaml

from kamlab.data.demo.dirt import example_book, write_mapping
from kamlab.data.demo.dirt_book import OrderBook
from kamlab.data.demo.dirt_mapping import (
    STEPS,
    first_mapping,
    laid_over,
    mended_mapping,
    mending_steps,
)
from kamlab.data.mapping.file import read_mapping

MENDS = {
    "future_dates": {"14.03.2052": "14.03.2025"},
    "spelled_ids": {"A 10001": "A10001"},
    "two_numbers": {"Z10002": "A10002"},
}


@pytest.fixture(scope="module")
def book():
    return example_book()


def test_every_step_keeps_the_mapping_readable(book, tmp_path):
    mapping = first_mapping(book)
    for title, piece in mending_steps(book, MENDS).items():
        mapping = laid_over(mapping, piece)
        told = read_mapping(write_mapping(mapping, tmp_path / "mapping.yml"))
        assert set(told.tables) == set(mapping["tables"]), title
    assert mapping == mended_mapping(book, MENDS)


def test_the_steps_come_in_the_order_of_the_lesson(book):
    assert tuple(mending_steps(book, {})) == STEPS


def test_finance_s_totals_are_controls_of_every_mapping(book):
    for mapping in (first_mapping(book), mended_mapping(book, MENDS)):
        told = {str(c["period"]): c["net_amount"] for c in mapping["controls"]}
        assert told == book.net_by_quarter


def test_only_types_of_documents_that_are_there_are_translated(book):
    types = first_mapping(book)["tables"]["orders"]["columns"]["line_type"]["values"]
    assert set(types.values()) == set(book.orders["line_type"])


def test_only_second_numbers_leave_the_master(book):
    tables = mended_mapping(book, MENDS)["tables"]
    assert tables["orders"]["columns"]["account_id"]["values"] == {
        "A 10001": "A10001",
        "Z10002": "A10002",
    }
    assert tables["accounts"]["drop"] == [
        {"name": "second numbers", "column": "Number", "in": ["Z10002"]}
    ]


def test_nothing_is_mended_that_is_not_wrong(book):
    last = mending_steps(book, {})[STEPS[-1]]
    assert last == {"tables": {}}
    orders = mending_steps(book, {})[STEPS[0]]["tables"]["orders"]
    assert "columns" not in orders


def test_an_order_book_alone_has_no_tables_beside(book):
    bare = OrderBook(
        2025, book.orders, book.accounts, book.costs[:0], book.contacts[:0]
    )
    for mapping in (first_mapping(bare), mended_mapping(bare, MENDS)):
        assert list(mapping["tables"]) == ["orders", "accounts"]


def test_laying_over_changes_neither_mapping():
    below = {"a": {"drop": [{"name": "x"}], "format": {"dates": "DD.MM.YYYY"}}}
    piece = {"a": {"drop": [{"name": "y"}], "format": {"dates": ["YYYY"]}}}
    before = deepcopy((below, piece))
    both = laid_over(below, piece)
    assert [each["name"] for each in both["a"]["drop"]] == ["x", "y"]
    assert both["a"]["format"]["dates"] == ["YYYY"]
    both["a"]["drop"][0]["name"] = "changed"
    assert (below, piece) == before


def test_a_mapping_is_written_as_it_was_said(book, tmp_path):
    mapping = mended_mapping(book, MENDS)
    path = write_mapping(mapping, tmp_path / "mapping.yml")
    assert yaml.safe_load(path.read_text(encoding="utf-8")) == mapping
