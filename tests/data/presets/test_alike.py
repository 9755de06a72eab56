"""Sheets of one table whose columns differ are read together, each in its own unit."""

from datetime import date

import pytest
import xlsxwriter
import yaml

from kamlab.data.presets.alike import bare

KNOWN = ["单号", "客户", "日期", "品名"]


@pytest.fixture
def book(folder):
    """Write a workbook: by sheet its header, its amounts, and perhaps a title."""

    def write(**sheets: tuple):
        workbook = xlsxwriter.Workbook(folder.source / "book.xlsx")
        for name, (header, amounts, *titles) in sheets.items():
            sheet = workbook.add_worksheet(name)
            for row, title in enumerate(titles):
                sheet.write(row, 0, title)
            sheet.write_row(len(titles), 0, header)
            for i, amount in enumerate(amounts):
                line = [f"{name}{i}", "甲", str(date(2024, 3, 1 + i)), "G1", *amount]
                sheet.write_row(len(titles) + 1 + i, 0, line)
        workbook.close()
        return folder

    return write


def orders(folder) -> dict:
    """The suggestion for order lines, which is written as the mapping as well."""
    folder.suggest()
    text = (folder.path / "mapping.yml").read_text(encoding="utf-8")
    return yaml.safe_load(text)["tables"]["orders"]


def run_in_yuan(folder):
    """Import by the suggestion, whose one question is decided."""
    mapping = folder.path / "mapping.yml"
    text = mapping.read_text(encoding="utf-8")
    mapping.write_text(text.replace("# currency: CNY", "currency: CNY"), "utf-8")
    return folder.run()


def findings(result, rule: str) -> list:
    return [each for each in result.findings if each.rule == rule]


def test_an_amount_in_another_unit_on_some_sheets_is_one_column(book):
    folder = book(
        a=([*KNOWN, "金额"], [[12_345.6], [100]]),
        b=([*KNOWN, "金额(万元)"], [[1.23456], [0.01]]),
    )
    found = orders(folder)["columns"]["net_amount"]
    assert found["from"] == ["金额", "金额(万元)"]
    assert found["unit"] == {"金额(万元)": 10_000, "金额": 1}
    result = run_in_yuan(folder)
    assert not result.blocked
    amounts = sorted(folder.table()["net_amount"])
    assert amounts == [100, 100, 12_345.6, 12_345.6]
    (told,) = findings(result, "unit_applied")
    assert "10,000 in book.xlsx [b]" in told.message


def test_a_title_tells_the_unit_of_its_own_sheet(book):
    header = [*KNOWN, "金额"]
    folder = book(a=(header, [[5]], "单位：元"), b=(header, [[5]], "单位：万元"))
    unit = orders(folder)["columns"]["net_amount"]["unit"]
    assert unit == {"单位：元": 1, "单位：万元": 10_000}
    assert not folder.run().blocked
    assert folder.table()["net_amount"].tolist() == [5, 50_000]


def test_a_sheet_that_does_not_say_its_unit_is_asked_about(book):
    header = [*KNOWN, "金额"]
    folder = book(a=(header, [[5]]), b=(header, [[5]], "单位：万元"))
    (asked,) = folder.suggest().open
    assert "'单位：万元' says that one is 10,000" in asked.question
    assert [each["unit"]["金额"] for each in asked.options] == [1, 10_000]


def test_a_title_speaks_of_amounts_and_not_of_prices_or_quantities(book):
    header = [*KNOWN, "数量", "单价", "金额", "成本"]
    columns = orders(book(a=(header, [[2, 9_500, 1.9, 1.1]], "单位：万元")))["columns"]
    assert columns["net_amount"] == {"from": "金额", "unit": 10_000}
    assert columns["cogs"] == {"from": "成本", "unit": 10_000}
    assert (columns["quantity"], columns["unit_net_price"]) == ("数量", "单价")


def test_the_import_asks_for_no_unit_of_prices_below_a_title(book):
    header = [*KNOWN, "数量", "单价", "金额"]
    folder = book(a=(header, [[2, 9_500, 1.9]], "单位：万元"))
    folder.suggest()
    assert not folder.run().blocked
    assert folder.table()["unit_net_price"].tolist() == [9_500]


def test_a_column_that_some_sheets_lack_is_blank_there_and_told(book):
    folder = book(
        a=([*KNOWN, "金额"], [[10]]), b=([*KNOWN, "成本", "金额"], [[7, 20], [8, 30]])
    )
    folder.suggest()
    result = run_in_yuan(folder)
    assert not result.blocked
    assert folder.table()["cogs"].fillna(0).tolist() == [0, 7, 8]
    assert folder.table()["net_amount"].tolist() == [10, 20, 30]
    (told,) = findings(result, "column_absent")
    assert told.message.startswith("book.xlsx [a] row 1, column 'cogs'")
    assert "no column '成本', which book.xlsx [b] has" in told.message
    assert told.rows == 1


@pytest.mark.parametrize(("off", "missed"), [(0, 0), (1, 1)], ids=["met", "a yuan off"])
def test_sums_of_each_sheet_are_compared_in_its_own_unit(folder, off, missed):
    workbook = xlsxwriter.Workbook(folder.source / "book.xlsx")
    for name, amount, unit in (("a", "金额(元)", 1), ("b", "金额(万元)", 10_000)):
        sheet = workbook.add_worksheet(name)
        sheet.write_row(0, 0, [*KNOWN, amount])
        for i, net in enumerate((12_345.6, 500.0)):
            told = [f"{name}{i}", "甲", f"2024-03-0{i + 1}", "G1", net / unit]
            sheet.write_row(i + 1, 0, told)
        total = (12_845.6 + off * (unit == 1)) / unit
        sheet.write_row(3, 0, ["", "小计", "", "", total])
    workbook.close()
    assert folder.suggest().open == ()
    result = folder.run()
    assert len(findings(result, "subtotal_missed")) == missed


def test_years_beside_each_other_are_one_table(folder):
    workbook = xlsxwriter.Workbook(folder.source / "book.xlsx")
    for year in (2023, 2024):
        sheet = workbook.add_worksheet(str(year))
        months = [f"{year}-{month:02d}" for month in range(1, 13)]
        sheet.write_row(0, 0, ["客户", "区域", "业务员", *months])
        sheet.write_row(1, 0, ["甲", "华东", "王", *[year - 2000] * 12])
    workbook.close()
    folder.suggest()
    assert not run_in_yuan(folder).blocked
    assert len(folder.table()) == 24
    assert folder.table()["net_amount"].sum() == 12 * (23 + 24)


@pytest.mark.parametrize("titled", [False, True], ids=["in its name", "in its title"])
def test_a_sheet_for_each_year_tells_the_year_of_its_months(folder, titled):
    workbook = xlsxwriter.Workbook(folder.source / "book.xlsx")
    for year in (2023, 2024):
        sheet = workbook.add_worksheet(f"S{year - 2020}" if titled else f"{year}年")
        sheet.write(0, 0, f"{year}年销售额（元）" if titled else "销售额（元）")
        months = [f"{month}月" for month in range(1, 13)]
        sheet.write_row(1, 0, ["客户", "区域", *months, "合计"])
        sheet.write_row(2, 0, ["甲", "华东", *[year - 2000] * 12, 12 * (year - 2000)])
    workbook.close()
    assert folder.suggest().open == ()
    assert not folder.run().blocked
    by_year = folder.table().groupby(folder.table()["order_date"].astype(str).str[:4])
    assert by_year["net_amount"].sum().to_dict() == {"2023": 276, "2024": 288}


def test_a_sheet_that_says_no_year_is_refused(book):
    header = ["客户", "区域", "说明", "备注", "1月", "2月"]
    folder = book(**{"2023年": (header, [[1, 2]]), "A": (header, [[3, 4]])})
    (folder.path / "mapping.yml").write_text(
        "portfolio: {currency: CNY}\ntables:\n  sales_monthly:\n    files: book.xlsx\n"
        "    sheet: '*'\n    unpivot: {columns: '?月', name: m, value: v, "
        "year_of_sheet: true}\n    columns: {account_id: 客户, net_amount: v, "
        "month: {from: m, format: YYYY / MM月}}\n",
        encoding="utf-8",
    )
    result = folder.run()
    (told,) = findings(result, "year_of_sheet_unknown")
    assert result.blocked
    assert told.samples[0].file == "book.xlsx [A]"


def test_sheets_with_few_columns_in_common_stay_apart(book):
    folder = book(
        a=([*KNOWN, "金额"], [[10]]),
        b=(["订单号", "客户", "订单日期", "型号", "销售额"], [[20]]),
    )
    told = folder.suggest().left
    assert len(told) == 1
    assert "it looks like orders, too" in told[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("金额(万元,含税)", "金额(含税)"),
        ("金额", "金额 （元）"),
        ("Umsatz Mio. EUR", "Umsatz EUR"),
        ("销售额(亿)", "销售额"),
    ],
)
def test_names_that_differ_in_their_unit_are_one(one, other):
    assert bare(one) == bare(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("金额(美元)", "金额(元)"), ("Net EUR", "Net USD"), ("金额(含税)", "金额")],
)
def test_names_that_differ_in_currency_or_tax_are_two(one, other):
    assert bare(one) != bare(other)
