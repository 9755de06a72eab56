"""A mapping says where rows stand, and keeps every password out of itself."""

import pytest

from kamlab.data.mapping.file import read_mapping
from kamlab.data.mapping.mapping import EMPTY_CELLS, Place
from kamlab.data.mapping.places import SUBTOTAL_WORDS
from kamlab.errors import UsageError

COLUMNS = "order_id: Nr, account_id: Who, order_date: Day, net_amount: Net"


@pytest.fixture
def orders(tmp_path):
    """Read a mapping whose table of orders has more keys."""

    def reader(*more: str, columns: str = COLUMNS):
        path = tmp_path / "mapping.yml"
        lines = ["portfolio: {currency: EUR}", "tables:", "  orders:"]
        lines += [f"    {line}" for line in (f"columns: {{{columns}}}", *more)]
        path.write_text("\n".join(lines), encoding="utf-8")
        return read_mapping(path).tables["orders"]

    return reader


def test_places_are_read(orders):
    assert orders("sheet: [a, b*]").place == Place(sheets=("a", "b*"))
    assert orders("table: lines").place == Place(table="lines")
    assert orders("query: SELECT 1;").place == Place(query="SELECT 1")
    told = orders("database: ${ERP_URL}", "table: t").place
    assert told == Place(table="t", database="ERP_URL")


def test_an_unpivot_brings_the_rule_that_drops_its_empty_cells(orders):
    table = orders("unpivot: {columns: [1月, 2月], name: m, value: v}")
    assert table.unpivot.columns == ("1月", "2月")
    assert [(rule.name, rule.column) for rule in table.drop] == [(EMPTY_CELLS, "v")]


def test_the_usual_words_for_sums_need_not_be_listed(orders):
    rules = "drop: [{name: s, column: Who, subtotals: true}]"
    assert orders(rules).drop[0].operand == SUBTOTAL_WORDS
    rules = "drop: [{name: s, column: Who, subtotals: [本页计]}]"
    assert orders(rules).drop[0].operand == ("本页计",)


WRONG = [
    (("table: a", "query: SELECT 1"), "tables.orders has table and query"),
    (("database: ${X}", "table: t", "files: a.csv"), "has database and files"),
    (("database: ${X}",), "tables.orders.table is missing"),
    (("query: DELETE FROM t",), "is not one SELECT"),
    (("query: SELECT 1; DROP TABLE t",), "is not one SELECT"),
    (("sheet: []",), "tables.orders.sheet is an empty list"),
    (("unpivot: {columns: a}",), "tables.orders.unpivot.name is missing"),
    (("format: {header_lines: 9}",), "header_lines = 9; give a whole number"),
    (("format: {detect: often}",), "format.detect = 'often'; write true or false"),
    (
        (f"drop: [{{name: {EMPTY_CELLS}, column: a, is: blank}}]",),
        "is taken; give another",
    ),
]


@pytest.mark.parametrize(("more", "told"), WRONG, ids=[told for _, told in WRONG])
def test_what_cannot_be_meant_is_told(orders, more, told):
    with pytest.raises(UsageError) as error:
        orders(*more)
    assert told in str(error.value)


@pytest.mark.parametrize(
    "address", ["postgresql://x:s3cret@h/d", "$ERP_URL", "${ERP-URL}", "${}", "7"]
)
def test_an_address_in_a_mapping_is_refused_and_not_shown(orders, address):
    with pytest.raises(UsageError, match="does not name an environment varia") as error:
        orders(f"database: {address}", "table: t")
    assert "s3cret" not in str(error.value)


WRONG_COLUMNS = [
    ("account_id: {from: A, unit: 10}", "account_id is no amount; take off unit"),
    ("order_date: {from: A, tax_rate: 0.1}", "order_date is no amount"),
    ("net_amount: {from: A, unit: 0}", "unit = 0; a number above 0 belongs there"),
    ("net_amount: {from: A, unit: many}", "unit = 'many' is not a number"),
    ("net_amount: {from: A, tax_rate: 13}", "tax_rate = 13 is not a share"),
    ("net_amount: {join: [A, B]}", "net_amount is no text; take one column"),
    ("account_id: {sum: [A, B]}", "account_id is no number; take off sum"),
    ("order_id: {join: [A]}", "name at least two columns"),
]


@pytest.mark.parametrize(("column", "told"), WRONG_COLUMNS)
def test_a_column_that_cannot_be_made_so_is_told(orders, column, told):
    name = column.partition(":")[0]
    others = [each for each in COLUMNS.split(", ") if not each.startswith(name)]
    with pytest.raises(UsageError) as error:
        orders(columns=", ".join([*others, column]))
    assert told in str(error.value)
