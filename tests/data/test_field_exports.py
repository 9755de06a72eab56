"""The same order book in every disguise gives the same portfolio to the cent."""

import json
from collections import Counter

import pandas as pd
import pytest

from tests.data import field_exports as field
from tests.data.field_exports import ACCOUNTS, BOOK, RATES, SHARES

RATES_TOLD = ", ".join(f"{code}: {rate}" for code, rate in RATES.items())

SAP = f"""
    currency: {{column: Wrg, rates: {{{RATES_TOLD}}}}}
    columns:
      order_id: Faktura
      line_id: Pos
      account_id: Regulierer
      order_date: Fakturadat
      product_id: Material
      quantity: {{from: Menge, negate: {{column: FkArt, in: [G2]}}}}
      currency: Wrg
      line_type: {{from: FkArt, values: {{F2: sale, G2: return}}}}
      net_amount: {{from: Nettowert, negate: {{column: FkArt, in: [G2]}}}}
"""
GERMAN = "decimal: ',', thousands: '.', dates: DD.MM.YYYY"

#: Each disguise: what writes it, and how a mapping reads it again.
DISGUISES = {
    "SAP, UTF-16 with tabs": (
        field.sap_tabs,
        "format: {encoding: utf-16, delimiter: tab, skip_lines: 2, quote: '', "
        + GERMAN
        + "}"
        + SAP,
    ),
    "SAP, latin-1": (
        field.sap_csv,
        "format: {encoding: latin-1, delimiter: ';', " + GERMAN + "}" + SAP,
    ),
    "SAP, HTML called xls": (field.sap_html, "format: {" + GERMAN + "}" + SAP),
    "Salesforce": (
        field.salesforce,
        f"""format: {{dates: M/D/YYYY}}
    currency: {{column: Total Price Currency, rates: {{{RATES_TOLD}}}}}
    columns:
      order_id: Order Number
      line_id: Order Product Number
      account_id: "Account: Customer Number"
      order_date: Effective Date
      product_id: Product Code
      quantity: Quantity
      currency: Total Price Currency
      net_amount: Total Price
""",
    ),
    "Dynamics": (
        field.dynamics,
        f"""currency: {{column: Currency, rates: {{{RATES_TOLD}}}}}
    columns:
      order_id: Order ID
      line_id: Line Item Number
      account_id: Account Number
      order_date: Order Date
      product_id: Product ID
      quantity: Quantity
      currency: Currency
      net_amount: Extended Amount
""",
    ),
    "Kingdee": (
        field.kingdee,
        """fill_down: [单据编号, 日期, 客户编码]
    drop: [{name: sums, column: 单据编号, subtotals: true}]
    columns:
      order_id: 单据编号
      line_id: 行号
      account_id: 客户编码
      order_date: 日期
      product_id: 物料编码
      quantity: 实发数量
      net_amount: 金额(本位币)
""",
    ),
    "Chinese CSV in GBK": (
        field.gbk_csv,
        """format: {encoding: gb18030, thousands: ',', dates: YYYY年M月D日}
    columns:
      order_id: 单号
      line_id: 行号
      account_id: 客户编号
      order_date: 日期
      product_id: 产品
      quantity: 数量
      net_amount: 净额
""",
    ),
    "a sheet for each month in 万元": (
        field.month_sheets,
        """sheet: "*"
    format: {dates: YYYY.M.D}
    drop: [{name: sums, column: 客户编号, subtotals: true}]
    columns:
      order_id: 单号
      line_id: 行号
      account_id: 客户编号
      order_date: 日期
      product_id: 产品
      quantity: 数量
      net_amount: {from: 销售额, unit: 10000}
""",
    ),
}


def imported(export, writer, table: str, more: str = "", name: str = "orders"):
    """Write the book in a disguise, and import it."""
    writer(export.source)
    export.map(
        f"portfolio: {{name: Field, currency: EUR}}\ntables:\n  {name}:\n    {table}"
        f"limits: {{default: 1.0}}\n{more}"
    )
    result = export.run()
    assert not result.blocked, [each.message for each in result.findings]
    assert result.rows_in == result.rows_out + sum(result.dropped.values())
    return result


def cents(amounts: pd.Series) -> list[int]:
    return (amounts * 100).round().astype(int).tolist()


def test_the_book_has_the_currencies_and_credit_notes_of_the_field():
    told = Counter(line.currency for line in BOOK)
    for currency, share in SHARES.items():
        assert told[currency] / len(BOOK) == pytest.approx(share, abs=0.12)
    assert sum(line.is_credit for line in BOOK) > 3
    assert {line.account for line in BOOK} == set(ACCOUNTS)


@pytest.mark.parametrize("disguise", DISGUISES)
def test_every_line_comes_out_to_the_cent(export, disguise):
    writer, table = DISGUISES[disguise]
    imported(export, writer, table)
    lines = export.table()
    days = pd.to_datetime(lines["order_date"]).dt.date
    got = zip(
        lines["order_id"],
        lines["line_id"].astype(int),
        lines["account_id"],
        days,
        lines["product_id"],
        lines["quantity"].astype(int),
        cents(lines["net_amount"]),
        strict=True,
    )
    there = [
        (
            each.document,
            each.item,
            each.account,
            each.day,
            each.product,
            each.quantity,
            each.cents,
        )
        for each in BOOK
    ]
    assert sorted(got) == sorted(there)


@pytest.mark.parametrize(
    "disguise", [name for name in DISGUISES if name in ("Kingdee",) or "万元" in name]
)
def test_sums_in_a_sheet_are_dropped_and_agree_with_its_rows(export, disguise):
    result = imported(export, *DISGUISES[disguise])
    met = next(each for each in result.findings if each.rule == "subtotals_met")
    assert met.rows == result.dropped["sums"] > 0


def test_every_dirty_source_leaves_the_amounts_of_the_document_in_the_log(export):
    result = imported(export, *DISGUISES["SAP, latin-1"])
    log = json.loads((result.out / "import_log.json").read_text())
    assert log["tables"][0]["net_amount"] == sum(line.cents for line in BOOK) / 100


def test_months_as_columns_hold_the_sums_of_the_same_book(export):
    table = """drop: [{name: sums, column: 客户编号, subtotals: true}]
    unpivot: {columns: "2025年*月", name: month, value: amount}
    format: {dates: YYYY年M月}
    columns: {account_id: 客户编号, month: month, net_amount: amount}
"""
    imported(export, field.month_columns, table, name="sales_monthly")
    got = export.table()
    got = got.assign(m=pd.to_datetime(got["order_date"]).dt.month)
    for account, sums in field.sums_by_month().items():
        own = got[got["account_id"] == account].set_index("m")["net_amount"]
        assert cents(own.reindex(range(1, 13)).fillna(0)) == sums


def test_customers_that_are_names_only_have_the_sums_of_their_numbers(export):
    table = """columns:
      order_id: 单号
      line_id: 行号
      account_id: {from: 客户, by_name: true}
      order_date: 日期
      net_amount: 金额（元）
"""
    imported(export, field.names_only, table)
    got = export.table().groupby("account_id")["net_amount"].sum()
    sums = [sum(each) for each in field.sums_by_month().values()]
    assert sorted(cents(got)) == sorted(sums)
