"""The data dictionary shows the contract, whole, in four forms."""

import csv
import io
import json

import pytest

from kamlab.data.contract import TABLES
from kamlab.data.dictionary import contract_rows, describe_contract
from kamlab.errors import UsageError

EVERY = [(table.name, column.name) for table in TABLES.values() for column in table]


def test_every_column_of_the_contract_has_its_row():
    rows = contract_rows()
    assert [(row["table"], row["column"]) for row in rows] == EVERY
    assert all(row["description"] and row["known_from"] for row in rows)


@pytest.mark.parametrize("form", ["text", "markdown", "csv", "json"])
def test_every_form_names_every_table_and_required_column(form):
    text = describe_contract(format_=form)
    for table in TABLES.values():
        assert table.name in text
        assert all(name in text for name in table.required)


def test_one_table_may_be_asked_for():
    assert "product_id" in describe_contract("products")
    assert "order_id" not in describe_contract("products")


def test_csv_reads_back_as_the_dictionary():
    rows = list(csv.DictReader(io.StringIO(describe_contract(format_="csv"))))
    assert rows == contract_rows()


def test_json_holds_keys_and_columns():
    content = json.loads(describe_contract(format_="json"))
    assert content["orders"]["key"] == ["order_id", "line_id"]
    assert len(content["orders"]["columns"]) == len(TABLES["orders"].columns)


def test_bounds_are_written_as_people_write_them():
    told = {(row["table"], row["column"]): row["allowed"] for row in contract_rows()}
    assert told["orders", "discount_pct"] == "0 to 1"
    assert told["orders", "price_per"] == "at least 0"
    assert told["orders", "channel"] == "direct, agent, online"
    assert told["orders", "quantity"] == ""


def test_markdown_is_a_table_with_required_columns_in_bold():
    lines = describe_contract("products", "markdown").splitlines()
    assert lines[0] == "## products"
    assert any(line.startswith("| **product_id** | text |") for line in lines)
    assert len([line for line in lines if line.startswith("|")]) == 2 + len(
        TABLES["products"].columns
    )


def test_what_is_unknown_comes_with_the_nearest_name():
    with pytest.raises(UsageError, match="did you mean 'markdown'"):
        describe_contract(format_="markdwn")
    with pytest.raises(UsageError, match="did you mean 'orders'"):
        describe_contract("order")
