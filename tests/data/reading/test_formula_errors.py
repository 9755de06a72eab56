"""A formula that failed is said, never read as a cell that nobody filled in."""

import pytest
import xlsxwriter

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
