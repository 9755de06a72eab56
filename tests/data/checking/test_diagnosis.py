"""Advice on texts that do not parse: which mark, which way to write days."""

import pytest

HEADER = "Nr,Pos,Kunde,Tag,Netto\n"


@pytest.fixture
def told(export):
    """Import lines with these days; return the findings on them."""

    def teller(*days: str, declared: str = ""):
        rows = (f'{i},1,A,"{day}",10\n' for i, day in enumerate(days))
        export.write(HEADER + "".join(rows))
        more = [f"format: {{dates: {declared}}}"] if declared else []
        export.map(export.mapping.read_text(), *more)
        return {each.rule: each for each in export.run().findings if each.blocks}

    return teller


@pytest.mark.parametrize(
    ("days", "advice"),
    [
        (["31/01/2025", "02/01/2025"], "DD/MM/YYYY"),
        (["01/31/2025", "01/02/2025"], "MM/DD/YYYY"),
        (["31.01.2025"], "DD.MM.YYYY"),
        (["31-01-2025"], "DD-MM-YYYY"),
        (["2025/01/31"], "YYYY/MM/DD"),
        (["20250131"], "YYYYMMDD"),
        (["2025年1月31日"], "YYYY年MM月DD日"),
        (["31/01/25"], "DD/MM/YY"),
        (["31.01.2025 08:42"], "'%d.%m.%Y %H:%M'"),
        (["31/01/2025 08:42:10"], "'%d/%m/%Y %H:%M:%S'"),
        (["01/31/2025 8:42 PM"], "'%m/%d/%Y %I:%M %p'"),
        (["2025-01-31T08:42:10Z"], "'%Y-%m-%dT%H:%M:%SZ'"),
        (["2025-01-31T08:42:10.123Z"], "'%Y-%m-%dT%H:%M:%S.%fZ'"),
        (["2025-01-31T08:42:10+02:00"], "'%Y-%m-%dT%H:%M:%S%z'"),
    ],
)
def test_the_format_that_reads_every_day_is_advised(told, days, advice):
    found = told(*days)["undeclared_date_format"]
    assert found.rows == len(days)
    assert found.remedy.endswith(f"format.dates: {advice}")


@pytest.mark.parametrize(
    "days", [["03/04/2021"], ["03/04/2021", "12/12/2021"], ["03.04.2021", "01.02.2021"]]
)
def test_days_that_are_all_two_days_are_ambiguous(told, days):
    found = told(*days)["ambiguous_date"]
    assert found.rows == len(days)
    assert " or " in found.remedy


def test_two_ways_to_write_are_counted_and_shown(told):
    found = told("2025-01-31", "2025-02-01", "31.01.2025")["two_date_formats"]
    assert "2 as YYYY-MM-DD ('2025-01-31' in lines.csv row 2)" in found.message
    assert "1 as DD.MM.YYYY ('31.01.2025' in lines.csv row 4)" in found.message


def test_day_first_and_month_first_in_one_column_are_two_ways(told):
    found = told("31/01/2025", "01/31/2025")["days_and_months_mixed"]
    assert "1 as DD/MM/YYYY ('31/01/2025'" in found.message
    assert "1 as MM/DD/YYYY ('01/31/2025'" in found.message
    assert found.rows == 2


def test_a_format_beside_the_declared_one_is_a_second_way(told):
    found = told("31.01.2025", "2025-01-31", declared="DD.MM.YYYY")
    assert "1 as DD.MM.YYYY" in found["two_date_formats"].message


def test_a_declared_format_that_no_day_has_is_told(told):
    found = told("2025-01-31", declared="DD.MM.YYYY")["undeclared_date_format"]
    assert "'2025-01-31' is not written as DD.MM.YYYY" in found.message


def test_days_that_do_not_exist_and_words_are_told_apart(told):
    found = told("2025-02-30", "2025-13-01", "later", "2025-01-31")
    assert set(found) == {"impossible_date", "not_a_date"}
    assert found["impossible_date"].rows == 2
    assert "'later' is not a day" in found["not_a_date"].message


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31"])
def test_a_year_before_1900_is_a_mistake(told, day):
    assert set(told(day)) == {"impossible_date"}


def test_both_formats_may_be_declared(told):
    assert not told("31.01.2025", "2025-01-31", declared="[DD.MM.YYYY, YYYY-MM-DD]")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("12,50", "undeclared_decimal"),
        ("1.234,56-", "undeclared_decimal"),
        ("1 234", "undeclared_decimal"),
        ("1'234.50", "undeclared_decimal"),
        ("12 EUR", "sign_of_currency"),
        ("¥1,234.50", "sign_of_currency"),
        ("—", "dash_for_number"),
        ("12 pieces", "not_a_number"),
        ("n/a", "not_a_number"),
        (",", "not_a_number"),
    ],
)
def test_another_way_to_write_numbers_is_told_from_words(export, text, rule):
    export.write(HEADER + f'1,1,A,2025-01-31,"{text}"\n')
    found = export.run().findings[0]
    assert found.rule == rule
    assert repr(text) in found.message


def test_marks_that_are_declared_are_named(export):
    export.write(HEADER + '1,1,A,2025-01-31,"1.5"\n')
    export.map(export.mapping.read_text(), "format: {decimal: ',', thousands: '.'}")
    told = export.run().findings[0].message
    assert "'1.5' is not a number with decimal ',' and thousands '.'" in told


@pytest.mark.parametrize(
    "days",
    [
        ["31.01.2025 08:42"],
        ["2025-01-31T23:59:59Z"],
        ["2025-01-31T00:10:00+02:00", "2025-01-31T23:10:00-05:00"],
        ["2025-01-31 08:42:10", "31.01.2025"],
        ["2025-01-31", "2025-01-31T08:00:00Z"],
        ["01/31/2025 8:42 PM"],
    ],
    ids=lambda days: days[0],
)
def test_following_the_advice_on_days_leads_to_the_day_as_written(told, export, days):
    found = next(iter(told(*days).values()))
    advice = found.remedy.partition("format.dates: ")[2]
    assert not told(*days, declared=advice)
    assert {str(day)[:10] for day in export.table()["order_date"]} == {"2025-01-31"}


def test_days_that_no_format_reads_get_no_format_for_advice(told):
    found = told("31.01.2025 8 Uhr 42:00")
    assert "%" not in next(iter(found.values())).remedy


@pytest.mark.parametrize("serial", ["45688", "45688.5", "20001"])
def test_days_as_a_spreadsheet_counts_them_are_named(told, serial):
    assert set(told(serial, "2025-01-31")) == {"excel_serial"}


def test_a_header_among_the_rows_is_told_with_the_rule_that_drops_it(export):
    header = "Nr,Pos,Kunde,Tag,Netto\n"
    export.write(f"{header}7,1,A,2025-01-31,1\n{header}8,1,A,2025-01-31,1\n")
    text = export.mapping.read_text()
    (told,) = (f for f in export.run().findings if f.rule == "header_repeated")
    assert (told.column, told.rows, told.samples[0].row) == ("order_date", 1, 3)
    export.map(text, told.remedy.split("tables.orders.")[1])
    result = export.run()
    assert not result.blocked
    assert result.dropped == {"header again": 1}
