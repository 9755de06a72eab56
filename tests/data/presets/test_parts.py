"""How each part of a mapping is made: amounts, days, documents, layout, currency."""

import pytest

from kamlab.data.presets import PRESETS
from kamlab.data.presets.amounts import (
    codes_turned_alike,
    is_number,
    money_column,
    net_amount,
    number_columns,
    turned_codes,
)
from kamlab.data.presets.days import day_column, is_invoice_day, order_day
from kamlab.data.presets.documents import (
    document_types,
    drop_rules,
    fixed_column,
    line_type,
)
from kamlab.data.presets.excerpt import Excerpt
from kamlab.data.presets.layout import (
    days_of,
    format_key,
    place_keys,
    table_days,
    unpivot_key,
)
from kamlab.data.presets.monthly import as_months
from kamlab.data.presets.portfolio import currency_of, portfolio_keys
from kamlab.data.presets.profile import Profile
from kamlab.data.presets.suggestion import Entry, TableSuggestion

BILLING = "VBELN;KUNAG;FKDAT;FKART;NETWR;WAVWR;FKIMG"


def test_a_gross_amount_less_its_tax_is_net(rows_of):
    rows = rows_of("客户;日期;价税合计;税额", "A;2025-01-31;113;13")
    assert net_amount(rows).value == {"difference": ["价税合计", "税额"]}


def test_a_unit_in_a_title_is_applied_and_told(rows_of):
    rows = rows_of("客户;日期;金额", "A;2025-01-31;9", titles=("单位：万元",))
    entry = net_amount(rows)
    assert entry.value == {"from": "金额", "unit": 10_000.0}
    assert entry.why == "'单位：万元' says that one is 10,000"


def test_a_unit_stands_beside_the_rate_of_tax_that_is_asked(rows_of):
    entry = net_amount(rows_of("客户;日期;含税金额（万元）", "A;2025-01-31;9"))
    assert entry.is_open
    assert {each["unit"] for each in entry.options} == {10_000.0}
    assert entry.question.endswith("'含税金额（万元）' says that one is 10,000")


def test_quantities_have_no_unit_of_money(rows_of):
    rows = rows_of("客户;日期;金额;数量", "A;2025-01-31;9;1", titles=("单位：万元",))
    assert money_column(rows, "orders", "quantity").value == "数量"


def test_credits_with_a_positive_sign_are_turned_with_their_cost(rows_of):
    lines = ["1;A;20250131;F2;9;5;1", "2;A;20250131;G2;9;5;1", "3;A;20250131;RE;9;5;1"]
    rows = rows_of(BILLING, *lines)
    (entry,) = document_types(rows)
    assert entry.value["types"] == {
        "F2": "sale",
        "G2": {"line_type": "price_credit", "negate": True},
        "RE": {"line_type": "return", "negate": True},
    }
    assert net_amount(rows).value == "NETWR"
    assert money_column(rows, "orders", "cogs").value == "WAVWR"


def test_each_type_is_turned_by_its_own_sign(rows_of):
    lines = [
        "1;A;20250131;F2;9;5;1",
        "2;A;20250131;S1;9;5;1",
        "3;A;20250131;RE;-9;-5;-1",
    ]
    types = document_types(rows_of(BILLING, *lines))[0].value["types"]
    assert types["S1"] == {"line_type": "cancellation", "negate": True}
    assert types["RE"] == "return"


def test_a_type_with_a_minus_in_one_column_only_is_turned_column_by_column(rows_of):
    lines = ["1;A;20250131;F2;9;5;1", "3;A;20250131;RE;-9;5;1"]
    rows = rows_of(BILLING, *lines)
    assert codes_turned_alike(rows) is None
    assert document_types(rows) == []
    assert line_type(rows)[0].value["values"] == {"F2": "sale", "RE": "return"}
    assert net_amount(rows).value == "NETWR"
    cogs = money_column(rows, "orders", "cogs").value
    assert cogs["negate"] == {"column": "FKART", "in": ["RE"]}


def test_a_type_without_any_amount_goes_with_the_others(rows_of):
    lines = ["1;A;20250131;G2;0;;", "2;A;20250131;RE;9;5;1"]
    assert turned_codes(rows_of(BILLING, *lines), "NETWR") == ("G2", "RE")


def test_credits_that_are_negative_already_stay(rows_of):
    lines = ["1;A;20250131;F2;9,50;5;1", "2;A;20250131;G2;9,50-;5;1"]
    assert turned_codes(rows_of(BILLING, *lines), "NETWR") == ()


def test_credits_of_both_signs_are_left_to_the_imports_check(rows_of):
    lines = ["1;A;20250131;F2;9;5;1", "2;A;20250131;G2;-9;5;1", "3;A;20250131;G2;9;5;1"]
    assert turned_codes(rows_of(BILLING, *lines), "NETWR") == ()


def test_columns_that_are_read_as_numbers(rows_of):
    rows = rows_of(BILLING, "1;A;20250131;F2;9;5;1")
    assert number_columns(rows, ["orders"]) == ["FKIMG", "NETWR", "WAVWR"]
    assert is_number("orders", "(tax)")
    assert not is_number("orders", "(stage)")


def test_the_day_of_the_tables_format_needs_none_of_its_own(rows_of):
    header = "Customer;Date;Amount;Delivery Date"
    rows = rows_of(header, "A;31.01.2025;9;2025-02-28", "A;31.01.2025;9;2025-02-28")
    assert order_day(rows, ("orders",)).value == "Date"
    other = day_column(rows, "orders", "delivered_date", ("orders",))
    assert other.value == {"from": "Delivery Date", "format": "YYYY-MM-DD"}


def test_days_that_are_partly_texts_are_read_in_both_ways(rows_of):
    days = ["2024-01-01", "2024.01.02", "2024-01-03", "2024.1.15"]
    lines = [f"A;{day};9" for day in days]
    rows = rows_of("客户;日期;金额", *lines, kind="workbook", sheets=("2024年1月",))
    told = {"from": "日期", "format": ["YYYY-MM-DD", "YYYY.MM.DD"]}
    assert order_day(rows, ("orders",)).value == told


def test_days_of_two_meanings_beside_others_are_not_guessed(rows_of):
    rows = rows_of(
        "Customer;Date;Amount;Delivery Date",
        "A;2025-01-31;9;2025-02-28",
        "A;2025-01-31;9;03/04/2025",
    )
    assert rows.header("delivered_date") == ""


def test_serial_numbers_are_days_of_a_spreadsheet(rows_of):
    rows = rows_of("Customer;Date;Amount", "A;45688;9")
    assert order_day(rows, ("orders",)).value == {"from": "Date", "format": "excel"}
    assert days_of(rows.profiles["Date"]) == "excel"


def test_a_year_in_the_title_is_that_of_the_months(rows_of):
    rows = rows_of("客户;1月;2月", "A;1;2", titles=("2024年销售",))
    entry = order_day(rows, ("orders",))
    assert entry.value["values"] == {"1月": "2024-01", "2月": "2024-02"}
    assert entry.why == "the year is told by '2024年销售'"


def test_sheets_that_are_months_are_days(rows_of):
    rows = rows_of(
        "客户;金额", "A;9", kind="workbook", sheets=("2025年1月", "2025年2月")
    )
    assert order_day(rows, ("orders",)).value == {
        "from": "(sheet)",
        "format": "YYYY年MM月",
    }


def test_the_day_of_an_invoice_is_told_by_its_name():
    assert is_invoice_day("Rechnungsdatum", PRESETS["sap_billing"])
    assert not is_invoice_day("Auftragsdatum", PRESETS["generic"])


def test_document_types_make_the_line_type(rows_of):
    rows = rows_of(BILLING, "1;A;20250131;F2;9;5;1", "2;A;20250131;IV;9;5;1")
    (entry,) = document_types(rows)
    assert entry.value["types"] == {"F2": "sale", "IV": "intercompany"}
    assert line_type(rows) == []


def test_lines_without_any_type_have_none(rows_of):
    assert line_type(rows_of("Customer;Date;Amount", "A;2025-01-31;9")) == []


def test_words_that_the_contract_has_need_no_translation(rows_of):
    header = "Customer;Date;Amount;Channel"
    rows = rows_of(header, "A;2025-01-31;9;direct")
    assert fixed_column(rows, "channel").value == "Channel"


def test_sums_in_two_columns_are_two_rules(rows_of):
    lines = ["A;2025-01-31;9;G1", "小计;;9;", "B;2025-01-31;9;合计"]
    rules = drop_rules(rows_of("客户;日期;金额;产品", *lines))
    assert [rule.key for rule in rules] == ["sums in 客户", "sums in 产品"]


def test_a_mark_of_cancelled_rows_leaves_them_out(rows_of):
    header = "Customer;Date;Amount;Cancelled"
    (rule,) = drop_rules(rows_of(header, "A;2025-01-31;9;", "A;2025-01-31;9;X"))
    assert rule.value == {"column": "Cancelled", "in": ["X"]}


def test_a_mark_is_not_used_where_cancellations_are_documents(rows_of):
    header = "KUNAG;FKDAT;FKART;NETWR;FKSTO"
    lines = ["A;20250131;F2;9;X", "A;20250131;S1;9;"]
    assert drop_rules(rows_of(header, *lines)) == []


def test_stages_of_opportunities_that_are_no_sales_are_a_pattern(rows_of):
    header = "Opportunity ID;Account ID;Close Date;Stage;Amount"
    rows = rows_of(header, "1;A;2025-01-31;Closed Won;9")
    (rule,) = drop_rules(rows)
    assert "Proposal[/]Price Quote|" in rule.value["matches"]


def test_one_file_is_named_with_its_brackets_as_they_are(rows_of):
    mine = Excerpt(("sales [1].csv",), "text", ("KUNAG", "NETWR"), ())
    rows = rows_of("KUNAG;NETWR", "A;9")
    found = place_keys(type(rows)(mine, {}, rows.preset, "orders", {}), [mine])
    assert found[0].value == "sales [[]1].csv"


@pytest.mark.parametrize(
    ("mine", "others", "told"),
    [
        (("a1.csv", "a2.csv"), (), ["a1.csv", "a2.csv"]),
        (("a1.csv", "a2.csv", "a3.csv", "a4.csv"), (), "a*.csv"),
        (("a1.csv", "a2.csv", "a3.csv", "a4.csv"), ("b.csv",), "a*.csv"),
        (
            ("a1.csv", "a2.csv", "a3.csv", "a4.csv"),
            ("abc.csv",),
            ["a1.csv", "a2.csv", "a3.csv", "a4.csv"],
        ),
    ],
)
def test_a_pattern_never_takes_a_file_of_another_table(rows_of, mine, others, told):
    rows = rows_of("KUNAG;NETWR", "A;9")
    excerpt = Excerpt(mine, "text", ("KUNAG",), ())
    other = Excerpt(others, "text", ("x",), ())
    one = type(rows)(excerpt, {}, rows.preset, "orders", {})
    assert place_keys(one, [excerpt, other])[0].value == told


def test_all_sheets_of_a_workbook_are_a_star(rows_of):
    rows = rows_of(
        "客户;日期;金额", "A;2025-01-31;9", kind="workbook", sheets=("a", "b")
    )
    assert place_keys(rows, [rows.excerpt])[1].value == "*"


def test_a_format_that_is_usual_is_not_declared(rows_of):
    rows = rows_of("Customer;Date;Amount", "A;2025-01-31;9.50")
    assert format_key(rows, ["orders"]) == []
    assert table_days(rows, ["orders"]) == ""


def test_texts_for_nothing_and_signs_are_declared(rows_of):
    header = "Customer;Date;Amount;Delivery Date"
    lines = ["A;31.01.2025;€ 9,50;00.00.0000", "A;31.01.2025;€ 7,25;01.02.2025"]
    (entry,) = format_key(rows_of(header, *lines), ["orders"])
    assert entry.value["blank"] == ["00.00.0000"]
    assert entry.value["symbols"] == ["€"]
    assert entry.value["decimal"] == ","


def test_a_table_of_a_database_is_named(rows_of):
    rows = rows_of("KUNAG;NETWR", "A;9", kind="sqlite", table="vbrp")
    assert [each.key for each in place_keys(rows, [rows.excerpt])] == ["files", "table"]


def test_months_as_columns_become_rows(rows_of):
    (entry,) = unpivot_key(rows_of("客户;1月;2月;合计", "A;1;2;3"))
    assert entry.value == {
        "columns": ["1月", "2月"],
        "name": "month",
        "value": "amount",
    }


def test_totals_of_months_are_a_table_of_their_own(rows_of):
    table = TableSuggestion("orders", (), (Entry("order_id", "x"), Entry("cogs", "y")))
    months = rows_of("客户;月份;金额", "A;2025-01;9")
    assert [each.key for each in as_months(table, months).columns] == ["cost"]
    days = rows_of("客户;日期;金额", "A;2025-01-31;9")
    assert as_months(table, days) is table


@pytest.mark.parametrize(
    ("header", "line", "currency"),
    [
        ("Customer;Date;Amount (USD)", "A;2025-01-31;9", "USD"),
        ("Kunde;Datum;Umsatz TEUR", "A;2025-01-31;9", "EUR"),
        ("客户;日期;金额（元）", "A;2025-01-31;9", "CNY"),
        ("Customer;Date;Amount", "A;2025-01-31;£ 9", "GBP"),
        ("客户;日期;金额;币别", "A;2025-01-31;9;人民币", "CNY"),
        ("Customer;Date;Amount", "A;2025-01-31;¥ 9", None),
    ],
)
def test_the_currency_is_told_by_the_export_or_asked(rows_of, header, line, currency):
    assert currency_of(rows_of(header, line)).value == currency


def test_kingdee_counts_in_yuan_where_nothing_is_said(rows_of):
    rows = rows_of("单据编号;客户编码;日期;金额;物料编码", "1;A;2025-01-31;9;G")
    entry = currency_of(rows)
    assert (entry.value, entry.why) == ("CNY", "usual in kingdee")


def test_whether_days_are_those_of_invoices_is_told(rows_of):
    keys = portfolio_keys(rows_of(BILLING, "1;A;20250131;F2;9;5;1"))
    assert keys[1] == Entry("order_date_is", "invoice", "FKDAT is the invoice's day")


def test_a_column_of_days_by_itself():
    assert days_of(Profile("Tag", "date", ("2025-01-31",))) == "YYYY-MM-DD"
