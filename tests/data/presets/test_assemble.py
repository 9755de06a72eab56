"""An export of any system gets a mapping that is taken as it is, or asks."""

import pandas as pd
import pytest

from kamlab.data.importing.loading import import_portfolio
from kamlab.data.presets import suggest_mapping
from kamlab.data.presets.writing import as_yaml
from kamlab.errors import UsageError

BY_ACCOUNT = [800.5, 4_002.5, 12_195.6]


def test_an_export_is_recognised_and_nine_columns_in_ten_are_filled(disguise):
    found = disguise.found
    assert found.preset == disguise.preset
    assert found.filled_share >= 0.9
    assert found.open == ()
    assert found.has_orders


def test_the_mapping_is_taken_as_it_is_and_the_totals_are_those_of_the_book(disguise):
    result = disguise.result
    told = [each.message for each in result.findings if each.severity != "info"]
    assert (result.blocked, told) == (False, [])
    lines = disguise.table()
    assert lines["net_amount"].sum().round(2) == disguise.net
    by_account = lines.groupby("account_id")["net_amount"].sum().round(2)
    assert sorted(by_account) == BY_ACCOUNT
    if disguise.has_cost:
        assert lines["cogs"].sum().round(2) == disguise.cost


def test_the_masters_of_order_lines_are_read_from_them(folder):
    folder.write(
        "lines.csv",
        "Kundennummer;Kundenname;Datum;Netto EUR;Artikelnummer;Warengruppe\n"
        "1;Adler;31.01.2025;9,50;G1;Motors\n"
        "1;Adler;01.02.2025;9,50;G2;Motors\n",
    )
    found = folder.suggest()
    assert [table.name for table in found.tables] == ["orders", "accounts", "products"]
    assert not folder.run().blocked
    assert folder.table("accounts")["account_name"].tolist() == ["Adler"]
    assert folder.table("products")["category"].tolist() == ["Motors", "Motors"]


def test_rows_without_a_product_are_order_lines_but_no_products(folder):
    folder.write(
        "lines.csv",
        "Invoice No,Customer ID,Date,Net Amount USD,Product ID,Product Name\n"
        "1,A,2025-01-31,9.50,G1,Gear\n2,A,2025-02-01,3.00,,\n",
    )
    folder.suggest()
    assert not folder.run().blocked
    assert len(folder.table()) == 2
    assert folder.table("products")["product_id"].tolist() == ["G1"]


def test_masters_of_their_own_are_taken_before_what_lines_say(folder):
    lines = "Order ID,Customer ID,Customer Name,Date,Net Amount EUR\n"
    folder.write("lines.csv", lines + "1,A,ADLER,2025-01-31,9.50\n")
    folder.write("customers.csv", "Customer ID,Customer Name\nA,Adler GmbH\n")
    folder.write("products.csv", "Product ID,Product Name\nG1,Gear\n")
    found = folder.suggest()
    assert not folder.run().blocked
    assert folder.table("accounts")["account_name"].tolist() == ["Adler GmbH"]
    assert folder.table("products")["product_name"].tolist() == ["Gear"]
    (unused,) = found.unused
    assert unused.header == "Customer Name"
    assert unused.why == "accounts are read from customers.csv"


def test_files_with_the_same_header_are_one_table(folder):
    for month in range(1, 6):
        name = f"sales_2025-0{month}.csv"
        row = f"{month},A,2025-0{month}-28,10.50\n"
        folder.write(name, "Order ID,Customer ID,Date,Net Amount EUR\n" + row)
    (orders,) = folder.suggest().tables
    assert orders.keys[0].value == "sales_2025-0*.csv"
    assert not folder.run().blocked
    assert len(folder.table()) == 5


def test_a_second_table_of_orders_is_told_and_not_added(folder):
    header = "Order ID,Customer ID,Date,Net Amount EUR"
    folder.write("a.csv", f"{header},Quantity\n1,A,2025-01-31,9.5,2\n")
    folder.write("b.csv", f"{header}\n2,B,2025-01-31,9.5\n")
    found = folder.suggest()
    assert found.left == (
        "b.csv: it looks like orders, too, which are read from a.csv; they differ in "
        "Quantity: with the same columns, all are read",
    )
    assert len(found.tables) == 1


def test_heads_and_lines_in_two_files_are_joined(folder):
    folder.write("heads.csv", "Order ID,Customer ID,Date\n1,A,2025-01-31\n")
    folder.write("lines.csv", "Order ID,Quantity,Unit Price\n1,2,9.50\n")
    found = folder.suggest()
    assert found.has_orders
    keys = {each.key: each.value for each in found.tables[0].keys}
    assert keys["join"] == {"files": "heads.csv", "by": "Order ID"}


def test_heads_and_lines_without_a_common_number_are_told_to_be_joined(folder):
    folder.write("heads.csv", "Document,Customer ID,Date\n1,A,2025-01-31\n")
    folder.write("lines.csv", "Order ID,Quantity,Unit Price\n1,2,9.50\n")
    found = folder.suggest()
    assert not found.has_orders
    heads, lines = found.left
    assert "it has order_id, account_id, order_date, but not an amount" in heads
    assert "it has order_id, quantity, unit_net_price, but not an account" in lines
    assert "join the two" in heads


def test_what_nobody_knows_is_recognised_as_nothing(folder):
    folder.write("a.csv", "x,y\n1,2\n")
    found = folder.suggest()
    assert (found.preset, found.tables) == ("generic", ())
    assert found.left[0].startswith(
        "a.csv: not recognised; no name is known among x, y"
    )


def test_a_customer_without_orders_numbers_has_one_order_a_day(folder):
    folder.write(
        "lines.csv",
        "Customer,Date,Amount EUR\nA,2025-01-31,9.50\nA,2025-01-31,1.50\n"
        "A,2025-02-01,1.00\n",
    )
    folder.suggest()
    assert not folder.run().blocked
    assert folder.table()["order_id"].nunique() == 2


def test_ids_that_were_written_as_decimals_lose_their_zero(folder):
    folder.write(
        "lines.csv",
        "Invoice No,Customer ID,Date,Amount EUR\n1,17850.0,2025-01-31,9.50\n",
    )
    folder.suggest()
    assert not folder.run().blocked
    assert folder.table()["account_id"].tolist() == ["17850"]


def test_merged_cells_are_filled_down(folder):
    import xlsxwriter

    book = xlsxwriter.Workbook(folder.source / "book.xlsx")
    sheet = book.add_worksheet("Lines")
    sheet.write_row(0, 0, ["客户", "日期", "金额（元）"])
    sheet.merge_range(1, 0, 2, 0, "A")
    sheet.write_row(1, 1, ["2025-01-31", 9.5])
    sheet.write_row(2, 1, ["2025-02-28", 1.5])
    book.close()
    found = folder.suggest()
    assert found.open == ()
    assert not folder.run().blocked
    assert folder.table()["account_id"].tolist() == ["A", "A"]


@pytest.mark.parametrize("kind", ["sqlite", "duckdb", "parquet"])
def test_databases_and_parquet_are_recognised(folder, kind):
    import sqlite3
    from contextlib import closing

    import duckdb

    rows = "SELECT '1' AS VBELN, '0100' AS KUNAG, '2025-01-31' AS FKDAT, 9.5 AS NETWR"
    rows += ", 'EUR' AS WAERK"
    if kind == "sqlite":
        with closing(sqlite3.connect(folder.source / "erp.db")) as connection:
            connection.execute(f"CREATE TABLE vbrp AS {rows}")
            connection.execute("CREATE TABLE notes AS SELECT 1 AS id, 'x' AS text")
            connection.commit()
    elif kind == "duckdb":
        with duckdb.connect(folder.source / "erp.duckdb") as connection:
            connection.execute(f"CREATE TABLE vbrp AS {rows}")
    else:
        with duckdb.connect() as connection:
            path = folder.source / "erp.parquet"
            connection.execute(f"COPY ({rows}) TO '{path}' (FORMAT parquet)")
    found = folder.suggest()
    assert (found.preset, found.filled_share) == ("sap_billing", 1.0)
    assert not folder.run().blocked
    assert folder.table()["net_amount"].tolist() == [9.5]


def test_a_preset_may_be_named(folder):
    folder.write("a.csv", "VBELN,KUNAG,FKDAT,NETWR\n1,A,2025-01-31,9.5\n")
    assert folder.suggest("generic").preset == "generic"
    assert folder.suggest().preset == "sap_billing"


def test_an_unknown_preset_comes_with_the_nearest(folder):
    folder.write("a.csv", "a,b\n1,2\n")
    with pytest.raises(UsageError, match=r"'sap' is not known.*sap_billing"):
        suggest_mapping(folder.source, "sap")


def test_a_source_that_is_not_there_is_named(folder):
    with pytest.raises(UsageError, match=r"nowhere' does not exist"):
        suggest_mapping(folder.path / "nowhere")


def test_a_source_without_a_table_tells_why(folder):
    folder.write("a.csv", "alone\n1\n")
    with pytest.raises(UsageError, match=r"no table in it: a\.csv: it is no table"):
        suggest_mapping(folder.source)


def test_a_single_file_is_not_named_so_that_the_next_may_be_called_otherwise(tmp_path):
    export = tmp_path / "november.csv"
    export.write_text("Invoice No,Customer ID,Date,Net Amount EUR\n1,A,2025-01-31,9\n")
    files = [key.key for table in suggest_mapping(export).tables for key in table.keys]
    assert "files" not in files
    files = [
        key.key for table in suggest_mapping(tmp_path).tables for key in table.keys
    ]
    assert "files" in files


def test_two_spellings_of_a_day_are_one_order(tmp_path):
    rows = "".join(f"宏业,2025-01-{day},9\n" for day in range(10, 31))
    export = tmp_path / "a.csv"
    export.write_text(
        f"客户名称,日期,金额\n{rows}宏业,2025.01.10,7\n", encoding="utf-8"
    )
    found = suggest_mapping(export)
    order = next(e for e in found.tables[0].columns if e.key == "order_id")
    assert order.value["format"] == ["YYYY-MM-DD", "YYYY.MM.DD"]
    mapping = tmp_path / "mapping.yml"
    mapping.write_text(as_yaml(found).replace("# currency: CNY", "currency: CNY"))
    assert not import_portfolio(export, mapping, tmp_path / "out").blocked
    orders = pd.read_parquet(tmp_path / "out" / "orders.parquet")
    assert (len(orders), orders["order_id"].nunique()) == (22, 21)
    assert "宏业 2025-01-10" in set(orders["order_id"])
