"""Sheets of one table may call a column otherwise, or count in another unit."""

import pytest
import xlsxwriter

from kamlab.data.mapping.mapping import ColumnSource, TableMapping
from kamlab.data.reading.other_names import under_first_names, unit_of, unit_sql
from kamlab.data.reading.raw import RawTable, SourceFile
from kamlab.errors import UsageError

MAPPING = """
portfolio: {name: Probe, currency: CNY}
tables:
  orders:
    files: %s
    columns:
      order_id: Nr
      account_id: Kunde
      order_date: Tag
      cogs: Kosten
      net_amount: %s
"""
HEADER = ["Nr", "Kunde", "Tag", "Kosten"]


@pytest.fixture
def book(export):
    """Import a workbook: by sheet its titles, its header and its one amount."""

    def run(net_amount: str, **sheets: tuple):
        workbook = xlsxwriter.Workbook(export.source / "book.xlsx")
        for name, (titles, header, amount) in sheets.items():
            sheet = workbook.add_worksheet(name)
            rows = [*([each] for each in titles), header]
            rows.append([name, "A", "2024-03-05", 1, amount][-len(header) :])
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
        workbook.close()
        export.map(MAPPING % ("book.xlsx", net_amount), 'sheet: "*"')
        return export.run()

    return run


def finding(result, rule: str):
    return next(each for each in result.findings if each.rule == rule)


def test_a_sheet_without_any_of_the_texts_is_refused(book):
    told = "{from: Netto, unit: {'Einheit: TEUR': 1000}}"
    header = [*HEADER, "Netto"]
    result = book(told, a=(["Einheit: TEUR"], header, 5), b=(["Juni"], header, 5))
    found = finding(result, "unit_of_sheet_undeclared")
    assert result.blocked
    assert found.samples[0].file == "book.xlsx [b]"
    assert "none of 'Einheit: TEUR' is there" in found.message


def test_titles_that_contradict_a_single_unit_are_refused(book):
    header = [*HEADER, "金额"]
    result = book(
        "{from: 金额, unit: 10000}",
        a=(["单位：万元"], header, 5),
        b=(["单位：元"], header, 5),
    )
    found = finding(result, "units_differ")
    assert found.samples[0].file == "book.xlsx [b]"
    assert "unit: {单位：万元: 10000, 单位：元: 1}" in found.remedy


def test_the_first_sheet_may_be_the_one_without_a_needed_column(book):
    result = book("Netto", a=([], HEADER, 5), b=([], [*HEADER, "Netto"], 5))
    found = finding(result, "header_differs")
    assert found.message.startswith("book.xlsx [a]")
    assert found.message.endswith("differ from those of book.xlsx [b]: -Netto")


def test_text_files_may_call_a_column_otherwise(export):
    rows = "1,A,2024-01-31,7,9.5\n"
    export.write(f"Nr,Kunde,Tag,Kosten,Netto\n{rows}", "a.csv")
    export.write(f"Nr,Kunde,Tag,Kosten,Umsatz\n{rows.replace('1,', '2,', 1)}", "b.csv")
    export.map(MAPPING % ("'*.csv'", "{from: [Netto, Umsatz]}"))
    assert not export.run().blocked
    assert export.table()["net_amount"].tolist() == [9.5, 9.5]


def test_a_text_file_in_another_unit_is_told_by_its_header(export):
    export.write("Nr,Kunde,Tag,Kosten,Netto TEUR\n1,A,2024-01-31,7,9.5\n", "a.csv")
    told = "{from: [Netto, Netto TEUR], unit: {Netto TEUR: 1000, Netto: 1}}"
    export.map(MAPPING % ("a.csv", told))
    assert not export.run().blocked
    assert export.table()["net_amount"].tolist() == [9_500]


def test_the_first_of_several_names_is_the_column():
    mapping = TableMapping((), {"cogs": ColumnSource(("A",), also=("B", "C"))})
    assert under_first_names(("C", "B"), mapping) == ("C", "A")
    assert under_first_names(("B", "A"), mapping) == ("B", "A")
    assert under_first_names(("D",), mapping) == ("D",)


def test_the_first_text_that_a_sheet_has_holds():
    source = ColumnSource(("A",), units={"A TEUR": 1e3, "Unit: M": 1e6, "A": 1.0})
    sheet = SourceFile(None, "may", 1, titles=("Unit: M",), header=("A",))
    assert unit_of(sheet, source) == 1e6
    silent = SourceFile(None, "june", 1, header=("B",))
    assert unit_of(silent, source) is None
    assert unit_sql(source, RawTable("raw", ("A",), files=[silent])) == "NULL"


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        ("{from: []}", "from is an empty list; name the column"),
        ("{from: [Netto, '']}", "from = '' is not a text"),
        ("{from: Netto, unit: {}}", "unit is empty"),
        ("{from: Netto, unit: {Netto: 0}}", "unit.Netto = 0; a number above 0"),
        ("{from: Netto, unit: {Netto: viel}}", "unit.Netto = 'viel' is not a number"),
    ],
)
def test_a_mapping_that_lists_nonsense_is_refused(export, told, problem):
    export.write()
    export.map(MAPPING % ("'*.csv'", told))
    with pytest.raises(UsageError) as error:
        export.run()
    assert problem in str(error.value)
