"""Exports as they come: the suggestion alone brings the books' total, to the cent."""

import csv
from datetime import date, datetime, timedelta

import pandas as pd
import pytest
import xlsxwriter

from kamlab.data.presets.bare_rows import no_lines
from kamlab.data.presets.converted import converted_column
from kamlab.data.presets.excerpt import Excerpt
from kamlab.data.presets.recognition import recognise

DAYS = [date(2025, 1, 31) + timedelta(days=29 * i) for i in range(12)]
NAMES = ("Adler AG", "Bergmann KG", "Corvus Ltd")


def imported(folder) -> pd.DataFrame:
    """Import by the suggestion as it is, and return the order lines."""
    assert folder.suggest().open == ()
    result = folder.run()
    assert not result.blocked, [each.message for each in result.findings]
    return folder.table()


def columns_of(found, table: str = "orders") -> dict[str, object]:
    told = next(each for each in found.tables if each.name == table)
    return {each.key: each.value for each in told.columns}


DYNAMICS = [
    "(Do Not Modify) Invoice Product",
    "Invoice ID",
    "Invoice Date",
    "Customer",
    "Quantity",
    "Price Per Unit",
    "Extended Amount",
    "Currency",
    "Exchange Rate",
    "Extended Amount (Base)",
]


@pytest.fixture
def dynamics(folder):
    """Lines in euros and dollars; Dynamics has converted each at its own rate."""
    workbook = xlsxwriter.Workbook(folder.source / "Invoice Products.xlsx")
    sheet = workbook.add_worksheet()
    sheet.write_row(0, 0, DYNAMICS)
    sheet.set_column(0, 0, None, None, {"hidden": True})
    for i, day in enumerate(DAYS):
        rate = 1 + i / 100 if i % 2 else 1.0
        amount, code = 100.0 * (i + 1), "US Dollar" if i % 2 else "Euro"
        row = [f"{i:032x}", f"INV-{i}", None, NAMES[i % 3], 2, amount / 2, amount]
        sheet.write_row(i + 1, 0, [*row, code, rate, round(amount / rate, 2)])
        form = workbook.add_format({"num_format": "m/d/yyyy"})
        sheet.write_datetime(i + 1, 2, datetime.combine(day, datetime.min.time()), form)
    workbook.close()
    return folder


def test_amounts_that_the_system_converted_are_taken_as_the_books_have_them(dynamics):
    lines = imported(dynamics)
    rates = [1 + i / 100 if i % 2 else 1.0 for i in range(12)]
    booked = [round(100.0 * (i + 1) / rate, 2) for i, rate in enumerate(rates)]
    assert lines["net_amount"].sum() == pytest.approx(sum(booked), abs=0.001)
    assert lines["net_amount_original"].sum() == 100 * sum(range(1, 13))
    assert set(lines["currency"]) == {"EUR", "USD"}


def test_the_currency_of_the_books_is_the_one_whose_amounts_stayed(dynamics):
    found = dynamics.suggest()
    currency = next(each for each in found.portfolio if each.key == "currency")
    assert currency.value == "EUR"
    assert currency.why == "'Extended Amount (Base)' is 'Extended Amount' in it"


def test_prices_in_other_currencies_are_left_out_and_it_is_told_why(dynamics):
    found = dynamics.suggest()
    assert "unit_net_price" not in columns_of(found)
    why = next(each.why for each in found.unused if each.header == "Price Per Unit")
    assert why == "it is in the currency of the document, unlike the amounts"


SALESFORCE = [
    "Opportunity ID",
    "Account Name",
    "Account ID",
    "Stage",
    "Close Date",
    "Amount Currency",
    "Amount",
    "Amount (converted) Currency",
    "Amount (converted)",
]


def test_a_report_in_three_currencies_with_formulas_as_names_is_read(folder):
    rates = {"EUR": 1.0, "USD": 0.92, "CNY": 0.128}
    with (folder.source / "report.csv").open("w", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(SALESFORCE)
        for i, day in enumerate(DAYS):
            code, amount = list(rates)[i % 3], 1_000.5 * (i + 1)
            name = "=cmd|' /C calc'!A0" if i == 4 else NAMES[i % 3]
            stage = "Closed Lost" if i == 7 else "Closed Won"
            told = [f"006{i}", name, f"001{i % 3 + 3 * (i == 4)}", stage]
            written = [f"{day.month}/{day.day}/{day.year}", code, f"{amount:.2f}"]
            converted = f"{amount * rates[code]:.2f}"
            writer.writerow([*told, *written, "EUR", converted])
    lines = imported(folder)
    booked = [
        float(f"{1_000.5 * (i + 1) * list(rates.values())[i % 3]:.2f}")
        for i in range(12)
        if i != 7
    ]
    assert lines["net_amount"].sum() == pytest.approx(sum(booked), abs=0.001)
    assert "=cmd|' /C calc'!A0" in set(folder.table("accounts")["account_name"])


def test_one_currency_needs_no_converted_column():
    header = ("Customer", "Date", "Amount", "Currency", "Amount (Base)")
    rows = (("A", "2025-01-31", "9", "EUR", "9"),)
    lines = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    assert converted_column(lines, "Amount") == ""


def test_columns_without_a_partner_are_not_converted():
    header = ("Customer", "Date", "Net", "Currency", "Gross (Base)")
    cells = (("9", "EUR", "9"), ("9", "USD", "8"))
    rows = tuple(("A", "2025-01-31", *each) for each in cells)
    lines = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    assert converted_column(lines, "Net") == ""


KINGDEE = ["购货单位", "日期", "单据编号", "红蓝字", "产品代码", "数量", "不含税金额"]


@pytest.fixture
def red_letters(folder):
    """A printed list: customers merged, 红字 without a minus, sums, and who made it."""
    workbook = xlsxwriter.Workbook(folder.source / "销售发票.xlsx")
    sheet = workbook.add_worksheet()
    sheet.write(0, 0, "销售发票明细表")
    sheet.write(1, 3, "金额单位：元")
    sheet.write_row(2, 0, KINGDEE)
    row, total = 3, 0.0
    for name in ("宁波精密机械有限公司", "苏州宏业贸易有限公司"):
        sheet.merge_range(row, 0, row + 5, 0, name)
        nets = [100.25 * (i + 1) for i in range(6)]
        for i, net in enumerate(nets):
            told = [
                str(DAYS[i]),
                f"XS{row:04d}",
                "红字" if i == 2 else "蓝字",
                "01.1",
                3,
            ]
            sheet.write_row(row, 1, [*told, net])
            row += 1
        signed = sum(nets) - 2 * nets[2]
        sheet.write_row(row, 0, ["小计", "", "", "", "", "", signed])
        row, total = row + 1, total + signed
    sheet.write_row(row, 0, ["合计", "", "", "", "", "", total])
    sheet.write_row(row + 1, 0, ["制表人：王丽", "", "", "", "审核："])
    workbook.close()
    return folder, total


def test_red_letters_take_revenue_back_though_they_have_no_minus(red_letters):
    folder, total = red_letters
    lines = imported(folder)
    assert lines["net_amount"].sum() == pytest.approx(total, abs=0.001)
    returns = lines[lines["line_type"] == "return"]
    assert (returns["net_amount"] < 0).all()
    assert (len(lines), len(returns)) == (12, 2)


def test_who_made_a_list_is_no_line_of_it(red_letters):
    folder, _ = red_letters
    (orders,) = [each for each in folder.suggest().tables if each.name == "orders"]
    rules = {each.key: each for each in orders.drop}
    assert rules["no line"].value == {"column": "单据编号", "is": "blank"}
    assert rules["no line"].why == "'制表人：王丽' has no number, day and amount"


@pytest.mark.parametrize(
    "row", [("A", "", "2025-02-28", ""), ("A", "", "", "7"), ("合计", "", "", "16")]
)
def test_a_row_that_may_be_a_line_or_a_sum_is_not_left_out_as_none(row):
    header = ("客户", "单号", "日期", "金额")
    rows = (("A", "X1", "2025-01-31", "9.50"), row)
    lines = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    assert no_lines(lines) == []


def test_last_year_beside_this_one_and_totals_between_are_a_book_of_months(folder):
    workbook = xlsxwriter.Workbook(folder.source / "客户销售汇总.xlsx")
    sheet = workbook.add_worksheet()
    sheet.write(0, 0, "2025年客户销售额（单位：万元）")
    for column, name in enumerate(("序号", "客户名称", "区域")):
        sheet.merge_range(1, column, 2, column, name)
    months = [f"{month}月" for month in range(1, 13)]
    for left, year in ((3, 2025), (16, 2024)):
        sheet.merge_range(1, left, 1, left + 12, f"{year}年")
        sheet.write_row(2, left, [*months, "合计"])
    for i in range(3):
        sheet.write_row(3 + i, 0, [i + 1, f"客户{'甲乙丙'[i]}公司", "华东"])
        for left, amount in ((3, 1.25), (16, 1.0)):
            cells = [amount + i] * 11 + ["-"]
            sheet.write_row(3 + i, left, [*cells, 11 * (amount + i)])
    sheet.write(6, 1, "合计")
    workbook.close()
    lines = imported(folder)
    by_year = lines.groupby(pd.to_datetime(lines["order_date"]).dt.year)["net_amount"]
    assert by_year.sum().to_dict() == {
        2024: 11 * (1 + 2 + 3) * 10_000,
        2025: 11 * (1.25 + 2.25 + 3.25) * 10_000,
    }
    assert folder.table("accounts")["region"].tolist() == ["华东"] * 3


SAGE = (
    "Belegart;Belegnummer;Belegdatum;KtoNr;Matchcode;Artikelnummer;Menge;Einzelpreis;"
    "Rabatt %;Gesamtpreis;Wkz"
)


@pytest.fixture
def sage(folder):
    """Positions with prices before discount, credits with the minus behind."""
    lines = [SAGE]
    for i, day in enumerate(DAYS):
        amount = f"{90 * (i + 1)},50"
        price = f"{100 * (i + 1)},56" if i % 2 else amount
        told = f"RE;2025-{i};{day:%d.%m.%y};D10{i % 3};{NAMES[i % 3]};A-1;1"
        lines.append(f"{told};{price};{10 * (i % 2)};{amount};EUR")
    lines.append(
        f"GU;2025-99;{DAYS[3]:%d.%m.%y};D101;Bergmann KG;A-1;1-;50,25;0;50,25-;EUR"
    )
    folder.write("Belegpositionen.csv", "\r\n".join(lines), "cp1252")
    return folder


def test_positions_of_sage_are_recognised_by_their_german_names(sage):
    columns = columns_of(sage.suggest())
    assert columns["account_id"] == "KtoNr"
    assert columns["net_amount"] == "Gesamtpreis"
    assert columns["currency"] == "Wkz"
    assert columns_of(sage.suggest(), "accounts")["account_name"] == "Matchcode"


def test_a_price_before_discount_is_the_list_price(sage):
    columns = columns_of(sage.suggest())
    assert columns["unit_list_price"] == "Einzelpreis"
    assert "unit_net_price" not in columns
    lines = imported(sage)
    booked = sum(90 * (i + 1) + 0.5 for i in range(12)) - 50.25
    assert lines["net_amount"].sum() == pytest.approx(booked, abs=0.001)
