"""A formula that failed is said, never read as a cell that nobody filled in."""

import pytest
import xlsxwriter

from tests.data.reading.failing_books import (
    Failed,
    FailedValue,
    write_ods,
    write_xls,
    write_xlsb,
    write_xlsx,
)

NAMES = ("Nr", "Pos", "Kunde", "Tag", "Netto", "Marge")
ROWS = [(7, 1, "A", "2025-01-31", 5.0, 1.0), (8, 1, "A", "2025-01-31", 6.0, 2.0)]


@pytest.fixture
def book(export):
    """Write a workbook in which some formulas failed, and a mapping for it."""

    def writer(errors: dict[str, str], left: int = 0, above: int = 0, more=()):
        with xlsxwriter.Workbook(export.source / "book.xlsx") as workbook:
            workbook.add_worksheet("Notes").write(0, 0, "nothing here")
            sheet = workbook.add_worksheet("März & April")
            for number, row in enumerate([NAMES, *ROWS]):
                sheet.write_row(above + number, left, row)
            for cell, error in errors.items():
                sheet.write_formula(cell, "=A1", None, error)
        text = export.mapping.read_text().replace("*.csv", "book.xlsx")
        export.map(text, "  cogs: Marge", "sheet: März & April", *more)
        return [f for f in export.run().findings if f.rule == "formula_error"]

    return writer


def test_each_column_with_failed_formulas_is_told_with_its_places(book):
    costs, amounts = book({"E2": "#N/A", "E3": "#DIV/0!", "F3": "#REF!"})
    assert (amounts.column, amounts.rows, amounts.blocks) == ("net_amount", 2, True)
    assert [(each.row, each.value) for each in amounts.samples] == [
        (2, "#N/A"),
        (3, "#DIV/0!"),
    ]
    assert costs.column == "cogs"
    assert amounts.samples[0].file == "book.xlsx [März & April]"


def test_a_table_that_begins_elsewhere_on_the_sheet_is_told_by_its_columns(book):
    (found,) = book({"G4": "#N/A"}, left=2, above=1)
    assert (found.column, found.samples[0].row) == ("net_amount", 4)


def test_formulas_beside_and_above_what_is_mapped_do_not_matter(book):
    assert not book({"J2": "#N/A", "A1": "#NAME?"}, left=2, above=2)


def test_an_error_that_is_declared_to_mean_nothing_is_blank(book, export):
    assert not book({"F2": "#N/A"}, more=("format: {blank: ['#N/A']}",))
    assert export.table()["cogs"].isna().tolist() == [True, False]


def test_whole_sheets_have_nothing_to_tell(book):
    assert not book({})


WRITERS = {
    "xlsx": write_xlsx,
    "xlsb": write_xlsb,
    "ods": write_ods,
    "xls": write_xls,
}
FAILED_ROWS = [
    ("Nr", "Pos", "Kunde", "Tag", "Netto"),
    ("7", "1", "A", "2025-01-31", Failed("#N/A")),
    ("8", "1", "A", "2025-01-31", 6.0),
    ("9", "1", FailedValue("#REF!"), "2025-01-31", 7.0),
]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_failed_formula_is_told_in_every_format_of_workbooks(export, kind):
    WRITERS[kind](export.source / f"book.{kind}", FAILED_ROWS)
    export.map(export.mapping.read_text().replace("*.csv", "book.*"))
    found = [f for f in export.run().findings if f.rule == "formula_error"]
    told = {f.column: [(s.file, s.row, s.value) for s in f.samples] for f in found}
    place = f"book.{kind} [Lines]"
    assert told == {
        "account_id": [(place, 4, "#REF!")],
        "net_amount": [(place, 2, "#N/A")],
    }
    assert all(each.blocks for each in found)


@pytest.mark.parametrize("kind", WRITERS)
def test_in_every_format_a_declared_error_is_blank(export, kind):
    header, first, *_ = FAILED_ROWS
    rows = [(*header, "Marge"), (*first[:4], 5.0, Failed("#DIV/0!"))]
    WRITERS[kind](export.source / f"book.{kind}", rows)
    text = export.mapping.read_text().replace("*.csv", "book.*")
    export.map(text, "  cogs: Marge", "format: {blank: ['#DIV/0!']}")
    assert not export.run().blocked
    assert export.table()["cogs"].isna().all()
