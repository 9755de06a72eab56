"""Lines and heads of documents in two files are suggested as one table."""

import sqlite3
from contextlib import closing

import pytest

from kamlab.data.importing.loading import import_portfolio
from kamlab.data.presets.assemble import suggest_mapping
from kamlab.data.presets.excerpt import Excerpt
from kamlab.data.presets.heads import beside_their_heads
from kamlab.data.presets.writing import as_yaml

HEADS = (
    "VBELN;FKART;FKDAT;KUNAG;NETWR;WAERK\n"
    "9000;F2;31.01.2025;A1;150,00;EUR\n"
    "9001;F2;28.02.2025;B1;7,50;EUR\n"
)
LINES = (
    "VBELN;POSNR;MATNR;FKIMG;NETWR\n"
    "9000;10;M1;2;100,00\n9000;20;M2;1;50,00\n9001;10;M1;1;7,50\n"
)


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "export"
    folder.mkdir()
    (folder / "VBRK.csv").write_text(HEADS)
    (folder / "VBRP.csv").write_text(LINES)
    return folder


def orders_of(found):
    return next(each for each in found.tables if each.name == "orders")


def keys_of(found) -> dict[str, object]:
    return {each.key: each.value for each in orders_of(found).keys}


def test_items_of_sap_find_their_heads(source):
    found = suggest_mapping(source)
    assert keys_of(found)["files"] == "VBRP.csv"
    assert keys_of(found)["join"] == {"files": "VBRK.csv", "by": "VBELN"}
    columns = {each.key: each.value for each in orders_of(found).columns}
    assert (columns["account_id"], columns["net_amount"]) == ("KUNAG", "NETWR")


def test_the_suggestion_imports_every_line_once(source, tmp_path):
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(as_yaml(suggest_mapping(source)), encoding="utf-8")
    result = import_portfolio(source, mapping, tmp_path / "out")
    assert not result.blocked, [each.message for each in result.findings]
    assert result.tables[0].rows_out == 3


def test_tables_of_a_shop_find_their_heads_in_its_database(tmp_path):
    with closing(sqlite3.connect(tmp_path / "shop.db")) as connection:
        connection.executescript(
            "CREATE TABLE orders (OrderID, CustomerID, OrderDate);"
            "CREATE TABLE order_details (OrderID, ProductID, UnitPrice, Quantity);"
            "INSERT INTO orders VALUES (1, 'A', '2025-01-31'), (2, 'B', '2025-02-28');"
            "INSERT INTO order_details VALUES (1, 7, 9.5, 2), (1, 8, 1.5, 1),"
            " (2, 7, 9.5, 1);"
        )
        connection.commit()
    keys = keys_of(suggest_mapping(tmp_path))
    assert keys["table"] == "order_details"
    assert keys["join"] == {"files": "shop.db", "table": "orders", "by": "OrderID"}


def excerpts(heads: str = HEADS, lines: str = LINES) -> list[Excerpt]:
    return [
        Excerpt((name,), "text", header, tuple(rows))
        for name, text in {"VBRK.csv": heads, "VBRP.csv": lines}.items()
        for header, *rows in [[tuple(row.split(";")) for row in text.splitlines()]]
    ]


@pytest.mark.parametrize(
    ("heads", "lines"),
    [
        (HEADS + "9000;F2;31.01.2025;A1;1,00;EUR\n", LINES),
        (HEADS.replace("900", "800"), LINES),
        (HEADS.replace("VBELN", "Document"), LINES),
        (HEADS.replace("KUNAG", "X"), LINES),
        (HEADS, LINES.replace("NETWR", "X").replace("FKIMG", "Y")),
        (HEADS, "VBELN;NETWR\n9000;100,00\n9000;50,00\n"),
    ],
)
def test_what_does_not_belong_together_stays_apart(heads, lines):
    apart = excerpts(heads, lines)
    assert beside_their_heads(apart) == apart


def test_a_line_without_a_head_has_nothing_in_its_columns():
    lines = LINES + "".join(f"9001;{n}0;M1;1;7,50\n" for n in range(2, 9)) + "9;1;M;1;1"
    [found] = beside_their_heads(excerpts(lines=lines))
    assert found.rows[-1][-3:] == (None, None, None)
    assert len(found.rows) == 11
