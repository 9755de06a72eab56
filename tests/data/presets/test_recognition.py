"""Which system an export comes from, and what each file of it is."""

import pytest

from kamlab.data.presets import PRESETS
from kamlab.data.presets.excerpt import Excerpt
from kamlab.data.presets.recognition import (
    date_header,
    month_sheets,
    one_for_each_table,
    recognise,
)

BILLING = "VBELN;KUNAG;FKDAT;FKART;NETWR"


def test_names_of_a_system_tell_it(rows_of):
    assert rows_of(BILLING, "1;A;20250131;F2;9").preset.name == "sap_billing"
    general = "Order ID;Customer ID;Date;Amount"
    assert rows_of(general, "1;A;2025-01-31;9").preset.name == "generic"


def test_one_name_of_a_system_is_not_enough(rows_of):
    header = "Order ID;Customer ID;Date;NETWR"
    assert rows_of(header, "1;A;2025-01-31;9").preset.name == "generic"


def test_hidden_columns_tell_dynamics(rows_of):
    header = "(Do Not Modify) Invoice;(Do Not Modify) Row Checksum;Customer;Date;Amount"
    assert rows_of(header, "x;y;A;2025-01-31;9").preset.name == "dynamics"


def test_months_tell_totals_of_months(rows_of):
    rows = rows_of("客户;2025年1月;2025年2月;合计", "A;1;2;3")
    assert rows.preset.name == "month_totals"
    assert rows.months == ("2025年1月", "2025年2月")


def test_an_amount_a_day_and_an_account_are_order_lines(rows_of):
    assert rows_of("Customer;Date;Amount", "A;2025-01-31;9").table == "orders"
    assert rows_of("Customer;Date;Quantity", "A;2025-01-31;9").table == ""
    by_price = rows_of("Customer;Date;Quantity;Unit Price", "A;2025-01-31;2;9")
    assert by_price.table == "orders"


def test_one_row_for_each_account_is_a_master(rows_of):
    assert rows_of("Customer ID;Customer Name", "1;A", "2;B").table == "accounts"
    assert rows_of("Customer ID;Customer Name", "1;A", "1;B").table == ""


def test_one_row_for_each_product_is_a_master(rows_of):
    assert rows_of("Product ID;Category", "1;A", "2;A").table == "products"


def test_document_types_are_known_only_if_half_of_them_are(rows_of):
    lines = [f"{i};A;20250131;{kind};9" for i, kind in enumerate(["F2", "S1", "ZZ"])]
    known = rows_of(BILLING, *lines).document_codes
    assert known == {"F2": "sale", "S1": "cancellation"}
    lines = [f"{i};A;20250131;{kind};9" for i, kind in enumerate(["F2", "X1", "X2"])]
    assert rows_of(BILLING, *lines).document_codes == {}


def test_what_speaks_for_a_system_is_counted(rows_of):
    rows = rows_of(BILLING + ";KUKLA", "1;A;20250131;F2;9;01")
    assert rows.own == 6
    assert rows.unmatched == ["KUKLA"]


def test_a_header_that_is_not_there_is_empty(rows_of):
    rows = rows_of(BILLING, "1;A;20250131;F2;9")
    assert (rows.header("order_date"), rows.header("cogs")) == ("FKDAT", "")
    assert rows.header("region", "accounts") == ""


def test_the_fuller_of_two_files_is_taken():
    few = Excerpt(
        ("a",), "text", ("Customer", "Date", "Amount"), (("A", "2025-1-2", "1"),)
    )
    header = ("Customer", "Date", "Amount", "Quantity")
    more = Excerpt(("b",), "text", header, (("A", "2025-01-02", "1", "2"),))
    taken = one_for_each_table(recognise([few, more])[1])
    assert taken["orders"].excerpt.files == ("b",)


def test_a_wanted_preset_is_taken_whatever_fits():
    lines = Excerpt(("a",), "text", ("KUNAG", "FKDAT"), (("A", "20250131"),))
    assert recognise([lines], PRESETS["kingdee"])[0].name == "kingdee"


@pytest.mark.parametrize(
    ("sheets", "told"),
    [(("1月", "2月"), True), (("2025-01",), True), (("Sheet1",), False), ((), False)],
)
def test_sheets_that_are_called_after_months(sheets, told):
    assert month_sheets(Excerpt(("a",), "workbook", (), (), sheets=sheets)) is told


def test_the_sheet_is_the_month_where_no_column_has_a_day(rows_of):
    rows = rows_of("客户;金额", "A;9", kind="workbook", sheets=("2025年1月",))
    assert (rows.table, date_header(rows)) == ("orders", "(sheet)")


def test_the_columns_are_the_months_where_there_is_one_for_each(rows_of):
    rows = rows_of("客户;2025-01;2025-02", "A;1;2")
    assert date_header(rows) == "month"
