"""Finance sends a list of totals; it is read as it comes."""

import pytest
import xlsxwriter

from kamlab.errors import UsageError

MAPPING = """
portfolio: {name: Probe, currency: EUR}
tables:
  orders:
    files: "lines.csv"
    currency: {column: Whg, rates: {USD: 0.5}}
    columns:
      order_id: Nr
      account_id: Kunde
      order_date: Tag
      net_amount: Netto
      sales_org: Org
controls:
"""

LINES = (
    "Nr,Kunde,Tag,Netto,Whg,Org\n"
    "1,A,2025-01-31,1100.50,EUR,1000\n"
    "2,A,2025-02-10,200.00,USD,2000\n"
    "3,B,2025-02-28,-10.00,EUR,2000\n"
)


@pytest.fixture
def imported(export):
    """Import three lines with a list of totals; return the result."""

    def importer(listed: str | None, said: str, name: str = "totals.csv"):
        export.write(LINES)
        if listed is not None:
            (export.folder / name).write_text(listed, encoding="utf-8")
        export.map(f"{MAPPING}  file: {name}\n{said}")
        return export.run()

    return importer


def columns(**named: str) -> str:
    return (
        f"  columns: {{{', '.join(f'{key}: {each}' for key, each in named.items())}}}\n"
    )


def figures(result):
    return {
        (each.control.period, each.control.what): each.control.amount
        for each in result.controls
    }


def test_a_list_by_month_and_currency_ties(imported):
    result = imported(
        "Month,Cur,Net\n01/2025,EUR,1100.50\n02/2025,USD,200\n02/2025,EUR,-10\n",
        columns(period="Month", currency="Cur", net_amount="Net"),
    )
    assert not result.blocked
    assert [each.is_exact for each in result.controls] == [True, True, True]
    (found,) = [each for each in result.findings if each.rule == "control_met"]
    assert "totals.csv: 3 of 3 totals agree with the books exactly" in found.message


def test_a_total_that_differs_blocks_and_names_month_and_currency(imported):
    result = imported(
        "Month,Cur,Net\n2025-01,EUR,1100.50\n2025-02,USD,190\n",
        columns(period="Month", currency="Cur", net_amount="Net"),
    )
    assert result.blocked
    message = result.findings[0].message
    assert "the lines of 2025-02 (2025-02-01 to 2025-02-28)" in message
    assert "[net_amount, USD] sum to 200.00, the books say 190.00" in message


def test_rows_of_several_ledger_accounts_are_added_up_to_the_cent(imported):
    result = imported(
        "Month;Account;Net\n2025-01;4000;1.100,40\n2025-01;4010;0,10\n2025-02;4000;90\n",
        columns(period="Month", net_amount="Net")
        + "  format: {delimiter: ';', decimal: ',', thousands: '.'}\n",
    )
    assert figures(result) == {
        ("2025-01", "net_amount"): 1100.5,
        ("2025-02", "net_amount"): 90.0,
    }
    assert not result.blocked


def test_a_list_may_be_by_company_and_count_lines(imported):
    result = imported(
        "P,Org,N\n2025,1000,1\n2025,2000,2\n",
        columns(period="P", sales_org="Org", lines="N"),
    )
    assert figures(result) == {
        ("2025", "lines, sales_org 1000"): 1,
        ("2025", "lines, sales_org 2000"): 2,
    }
    assert all(each.is_exact for each in result.controls)


def test_a_blank_company_means_all_of_them(imported):
    result = imported(
        "P,Org,N\n2025,,3\n", columns(period="P", sales_org="Org", lines="N")
    )
    assert figures(result) == {("2025", "lines"): 3}


def test_a_workbook_with_a_title_and_days_for_months_is_read(export, imported):
    book = xlsxwriter.Workbook(export.folder / "totals.xlsx")
    for name, amount in (("Notes", 0), ("Revenue", 1100.5)):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, ["General ledger"])
        sheet.write_row(2, 0, ["Month", "Net"])
        sheet.write_row(3, 0, ["2025-01-31", amount])
        sheet.write_row(4, 0, ["2025-02-28", 90])
    book.close()
    said = columns(period="Month", net_amount="Net") + "  sheet: Revenue\n"
    result = imported(None, said, "totals.xlsx")
    assert not result.blocked, result.findings[0].message
    assert figures(result)["2025-01", "net_amount"] == 1100.5


def test_its_format_may_be_detected(imported):
    result = imported(
        "Month;Net\n2025-01;1.100,50\n2025-02;90,00\n",
        columns(period="Month", net_amount="Net") + "  format: detect\n",
    )
    assert figures(result)["2025-01", "net_amount"] == 1100.5


def test_tolerance_and_name_hold_for_every_total(imported):
    result = imported(
        "Month,Net\n2025-01,1100\n2025-02,90.4\n",
        columns(period="Month", net_amount="Net") + "  tolerance: 0.5\n  name: GL\n",
    )
    assert not result.blocked
    assert {each.control.name for each in result.controls} == {"GL"}


@pytest.mark.parametrize(
    ("listed", "words"),
    [
        ("Month,Net\n2025-01,much\n", "totals.csv row 2: 'much' is not a number"),
        ("Month,Net\n2025-13,1\n", "totals.csv row 2: '2025-13' is not a period"),
        ("Month,Net\n2025-01,1\nSum,1\n", "totals.csv row 3: 'Sum' is not a period"),
        ("Month,Net\n2025-01,inf\n", "row 2: 'inf' is not a number"),
        ("Month,Netto\n2025-01,1\n", "'Net'"),
        ("Month,Net\n2025-01,1,2\n", "totals.csv row 2"),
        ("", "totals.csv: the file is empty"),
    ],
)
def test_what_cannot_be_read_blocks_and_is_placed(imported, listed, words):
    result = imported(listed, columns(period="Month", net_amount="Net"))
    assert result.blocked
    assert words in result.findings[0].message
    assert result.findings[0].table == "controls"
    assert "tables.orders" not in result.findings[0].remedy


def test_the_list_may_lie_in_the_export(export, imported):
    (export.source / "totals.csv").write_text("Month,Net\n2025-01,1100.50\n")
    result = imported(None, columns(period="Month", net_amount="Net"))
    assert not result.blocked


def test_a_list_that_is_not_there_is_refused_with_both_places(export, imported):
    with pytest.raises(UsageError) as error:
        imported(None, columns(period="Month", net_amount="Net"))
    assert "controls: file = 'totals.csv' is neither in" in str(error.value)
    assert str(export.source) in str(error.value)
    assert not export.out.exists()
