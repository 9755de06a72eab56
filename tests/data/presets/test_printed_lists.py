"""Lists as systems print them and books as people keep them are seen through."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
import yaml

from kamlab.data.importing.loading import import_portfolio
from kamlab.data.presets import as_yaml, suggest_mapping
from kamlab.data.presets.command import summary

HEADER = "VBELN\tFKART\tFKDAT\tKUNAG\tNETWR\tWAVWR\tWAERK"
INVOICES = [f"9{n}\tF2\t11.01.2024\t0000100200\t100,00\t60,00\tEUR" for n in range(9)]
#: An invoice with a discount of 3, and its cancellation, booked positive.
CANCELLED = [
    *(f"{n}\tF2\t12.01.2024\t0000100200\t100,00\t60,00\tEUR" for n in [70] * 5),
    "70\tF2\t12.01.2024\t0000100200\t3,00-\t0,00\tEUR",
    *(f"{n}\tS1\t13.01.2024\t0000100200\t100,00\t60,00\tEUR" for n in [71] * 5),
    "71\tS1\t13.01.2024\t0000100200\t3,00-\t0,00\tEUR",
]
PRO_FORMA = ["80\tF5\t14.01.2024\t0000100200\t900,00\t60,00\tEUR"]


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    """A list report of two pages, in UTF-16 as SAP saves it, and its master."""
    folder = tmp_path / "sap"
    folder.mkdir()
    lines = [HEADER, *INVOICES, *CANCELLED, HEADER, *PRO_FORMA]
    (folder / "VBRP.txt").write_text("\n".join(lines) + "\n", encoding="utf-16")
    (folder / "KNA1.csv").write_text("KUNNR;NAME1\n100200;Adler AG\n100201;Bär KG\n")
    return folder


@pytest.fixture
def orders(listed) -> dict:
    """What is suggested for its order lines."""
    return yaml.safe_load(as_yaml(suggest_mapping(listed)))["tables"]["orders"]


def test_the_header_of_every_page_is_dropped_and_no_document_type(orders):
    rule = {"name": "header again", "column": "VBELN", "equals": "VBELN"}
    assert orders["drop"] == [rule]
    assert "FKART" not in orders["document_types"]["types"]


def test_a_cancellation_with_a_discount_is_turned(orders):
    types = orders["document_types"]["types"]
    assert types["S1"] == {"line_type": "cancellation", "negate": True}
    assert orders["columns"]["net_amount"] == "NETWR"


def test_pro_forma_invoices_are_left_out(orders):
    assert orders["document_types"]["types"]["F5"] == {"exclude": "pro forma"}


def test_the_suggestion_imports_what_the_books_say(listed, tmp_path):
    mapping = tmp_path / "mapping.yml"
    text = as_yaml(suggest_mapping(listed))
    text = text.replace(
        "account_id: KUNAG", "account_id: {from: KUNAG, strip_zeros: true}"
    )
    assert "strip_zeros" in text
    books = "controls: [{name: books, period: '2024', net_amount: 900.00}]\n"
    repeats = "    exact_duplicates: keep\n    columns:\n      order_id"
    text = text.replace("    columns:\n      order_id", repeats, 1)
    mapping.write_text(f"{text}\n{books}", encoding="utf-8")
    result = import_portfolio(listed, mapping, tmp_path / "portfolio")
    assert not result.blocked, [each.message for each in result.findings]
    assert result.controls[0].is_exact


def test_pro_forma_is_dropped_by_a_rule_where_each_column_has_its_own_signs(tmp_path):
    credit = "81\tG2\t14.01.2024\t1\t9,00\t5,00-\tEUR"
    lines = [HEADER, *INVOICES, *PRO_FORMA, credit]
    file = tmp_path / "VBRP.txt"
    file.write_text("\n".join(lines) + "\n")
    orders = yaml.safe_load(as_yaml(suggest_mapping(file)))["tables"]["orders"]
    assert "document_types" not in orders
    assert {"name": "no sales", "column": "FKART", "in": ["F5"]} in orders["drop"]


RATES = "KURST;FCURR;TCURR;GDATU;UKURS;FFACT\nM;{};EUR;31.01.2024;{};{}\n"


@pytest.mark.parametrize(
    ("factor", "made"), [("100", {"quotient": ["UKURS", "FFACT"]}), ("1", "UKURS")]
)
def test_rates_for_many_units_are_divided_by_them(listed, factor, made):
    text = (listed / "VBRP.txt").read_text(encoding="utf-16")
    text = text.replace("60,00\tEUR", "60,00\tCNY", 3)
    (listed / "VBRP.txt").write_text(text, encoding="utf-16")
    (listed / "TCURR.csv").write_text(RATES.format("CNY", "12,80", factor))
    tables = {each.name: each for each in suggest_mapping(listed).tables}
    (rate,) = [each for each in tables["fx_rates"].columns if each.key == "rate"]
    assert rate.options[0] == made
    assert f"is {factor.replace('1', 'one') if factor == '1' else factor} CNY" in (
        rate.question
    )


def test_totals_of_finance_are_offered_as_controls(listed):
    (listed / "books.csv").write_text("Monat;Umsatz\n01/2024;900,00\n02/2024;1,00\n")
    found = suggest_mapping(listed)
    (told,) = [each for each in summary(found) if each.startswith("not read: books")]
    assert 'columns: {period: "Monat", net_amount: "Umsatz"}' in told


SHEET = ["单据号", "日期", "客户名称", "品名", "数量", "金额(含税)"]


def book(path: Path, days: list[object], headers: list[list[str]]) -> Path:
    """Write a workbook with a sheet for each header and a line for each day."""
    with xlsxwriter.Workbook(path) as workbook:
        shown = workbook.add_format({"num_format": "yyyy/m/d"})
        for number, header in enumerate(headers, start=1):
            sheet = workbook.add_worksheet(f"2024年{number}月")
            sheet.write_row(0, 0, header)
            for row, day in enumerate(days, start=1):
                line = [f"XS{number}{row}", None, "恒力包装", "减速机", 2, 113.0]
                sheet.write_row(row, 0, line)
                if isinstance(day, date):
                    sheet.write_datetime(row, 1, day, shown)
                else:
                    sheet.write(row, 1, day)
    return path


@pytest.mark.parametrize(
    ("days", "formats"),
    [
        (
            ["2024年3月5日", date(2024, 3, 6), 45358],
            ["YYYY-MM-DD", "YYYY年MM月DD日", "excel"],
        ),
        ([date(2024, 3, 6), 45358], ["YYYY-MM-DD", "excel"]),
        (["2024年3月5日", 45358], ["YYYY年MM月DD日", "excel"]),
    ],
)
def test_days_in_several_ways_are_days_all_the_same(tmp_path, days, formats):
    file = book(tmp_path / "销售.xlsx", days, [SHEET])
    columns = {e.key: e.value for e in suggest_mapping(file).tables[0].columns}
    assert columns["order_date"] == {"from": "日期", "format": formats}


def test_numbers_of_documents_and_names_of_products_are_known(tmp_path):
    file = book(tmp_path / "销售.xlsx", [date(2024, 3, 6)], [SHEET])
    columns = {e.key: e.value for e in suggest_mapping(file).tables[0].columns}
    assert (columns["order_id"], columns["product_id"]) == ("单据号", "品名")


def test_chinese_amounts_are_asked_for_chinese_rates(tmp_path):
    file = book(tmp_path / "销售.xlsx", [date(2024, 3, 6)], [SHEET])
    (asked,) = [e for e in suggest_mapping(file).open if e.key == "net_amount"]
    assert [each["tax_rate"] for each in asked.options] == [0.13, 0.09, 0.06, 0.0]


def test_sheets_that_are_left_for_their_columns_are_told(tmp_path):
    other = [*SHEET[:-1], "金额(不含税)"]
    days = [date(2024, 3, 6), date(2024, 3, 7)]
    file = book(tmp_path / "销售.xlsx", days, [SHEET, SHEET, other])
    told = [each for each in summary(suggest_mapping(file)) if "not read" in each]
    assert len(told) == 1
    assert "2024年3月" in told[0]
    assert "they differ in 金额(不含税), 金额(含税)" in told[0]


def test_a_sheet_in_another_unit_is_read_with_the_others_and_its_tax_is_asked(tmp_path):
    other = [*SHEET[:-1], "金额(万元,含税)"]
    days = [date(2024, 3, 6), date(2024, 3, 7)]
    file = book(tmp_path / "销售.xlsx", days, [SHEET, SHEET, other])
    found = suggest_mapping(file)
    assert not any("not read" in each for each in summary(found))
    (asked,) = [each for each in found.open if each.key == "net_amount"]
    assert asked.options[0]["from"] == ["金额(含税)", "金额(万元,含税)"]
    assert asked.options[0]["unit"] == {"金额(万元,含税)": 10_000, "金额(含税)": 1}


SUFFIXED = (
    "Invoice,Customer,Date,Revenue,Discount,Currency\n"
    "1,A,2025-01-31,1.5万,12 %,CNY\n2,A,2025-02-28,980,5 %,CNY\n"
)


def test_units_behind_numbers_are_proposed_and_read(tmp_path):
    export, mapping = tmp_path / "lines.csv", tmp_path / "mapping.yml"
    export.write_text(SUFFIXED)
    mapping.write_text(as_yaml(suggest_mapping(export)))
    orders = yaml.safe_load(mapping.read_text())["tables"]["orders"]
    assert orders["format"] == {"suffixes": {"万": 10_000, "%": 0.01}}
    result = import_portfolio(export, mapping, tmp_path / "portfolio")
    assert not result.blocked
    lines = pd.read_parquet(tmp_path / "portfolio" / "orders.parquet")
    assert lines["net_amount"].tolist() == [15_000.0, 980.0]
    assert lines["discount_pct"].tolist() == [0.12, 0.05]


def test_a_unit_that_may_mean_two_things_is_not_proposed(tmp_path):
    export = tmp_path / "lines.csv"
    export.write_text(SUFFIXED.replace("1.5万", "2 M"))
    assert "M:" not in as_yaml(suggest_mapping(export))
