"""The workbook of a report: figures first, a sheet a table, nothing that runs."""

import io
import zipfile
from dataclasses import replace

import nbformat
import pandas as pd
import pytest
from python_calamine import CalamineWorkbook

from kamlab.report import present
from kamlab.report.editions.recorded import recorded_tables
from kamlab.report.editions.sheets import number_pattern
from kamlab.report.editions.workbook import write_workbook
from kamlab.report.page import About, Page
from kamlab.report.results import Result
from tests.report.sheets import DAY, review, shown

V4 = nbformat.v4
ABOUT = About("Talbruck", "EUR", DAY, DAY, "demo")


def _page(*tables, name: str = "11", **more) -> Page:
    cells = [V4.new_markdown_cell("# T\n\n## Who brings the revenue?")]
    cells += [shown(table, "x") for table in tables]
    return Page(name, f"Page {name}", V4.new_notebook(cells=cells), {}, **more)


@pytest.fixture
def written(tmp_path):
    """Return what writes pages and reads the workbook back, by sheet."""

    def write(*pages: Page) -> dict[str, list[list[object]]]:
        write_workbook(pages, ABOUT, tmp_path / "report.xlsx")
        book = CalamineWorkbook.from_path(tmp_path / "report.xlsx")
        return {
            name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names
        }

    return write


def _frame(**columns) -> pd.DataFrame:
    return pd.DataFrame(columns)


def test_figures_come_first_then_a_list_then_the_tables(written):
    figure = Result("revenue", 15.2e6, "Net revenue", unit="money")
    tables = [present(_frame(x=[1.5])), present(_frame(y=[2.5]), caption="By tier")]
    sheets = written(_page(*tables, results=[figure]))
    names = ["Figures", "Tables", "1 Who brings the revenue", "2 By tier"]
    assert list(sheets) == names
    assert [row[:2] for row in sheets["Tables"][1:]] == [
        ["Who brings the revenue?", "Page 11"],
        ["By tier", "Page 11"],
    ]


def test_figures_tell_their_unit_and_estimates_their_interval(written):
    booked = Result("revenue", 15.2e6, "Net revenue", unit="money")
    sure = {"kind": "estimate", "low": 0.6, "high": 0.7, "level": 0.9, "n": 180}
    told = [booked, Result("gini", 0.64, "Gini", **sure)]
    told.append(Result("w", None, "Wallet", kind="estimate", reason="too few"))
    rows = written(_page(results=told))["Figures"]
    head = rows[0]
    by_name = {row[-1]: dict(zip(head, row, strict=True)) for row in rows[1:]}
    assert by_name["revenue"]["Value"] == 15.2e6
    assert by_name["revenue"]["Unit"] == "EUR"
    gini = by_name["gini"]
    ends = [gini[each] for each in ("Lower end", "Upper end", "Level", "n")]
    assert ends == [0.6, 0.7, 0.9, 180]
    assert (by_name["w"]["Value"], by_name["w"]["Remark"]) == ("", "too few")


def test_numbers_are_numbers_days_are_days_and_gaps_are_empty(written):
    frame = _frame(
        account=["Nordkai", None],
        revenue=[1250.5, None],
        last_order=pd.to_datetime(["2025-12-20", None]),
        key=[True, False],
    )
    (*_, rows) = written(_page(present(frame, {"revenue": "money"}))).values()
    assert rows[1] == ["Nordkai", 1250.5, pd.Timestamp("2025-12-20").date(), "yes"]
    assert rows[2] == ["", "", "", "no"]


def _insides(path) -> str:
    with zipfile.ZipFile(path) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def test_nothing_from_the_data_is_a_formula_or_a_link(written, tmp_path):
    bad = ["=1+1", "@SUM(A1)", "+1", "-1", "https://x.invalid", "\x07bell", "<b>"]
    table = present(_frame(account=bad), caption="=cmd|' /C calc'!A0")
    (*_, rows) = written(_page(table)).values()
    assert [row[0] for row in rows[1:5]] == bad[:4]
    xml = _insides(tmp_path / "report.xlsx")
    assert "<f>" not in xml
    assert 'TargetMode="External"' not in xml


def test_sheets_of_one_title_get_names_of_their_own(written):
    caption = "Accounts [by] revenue: a title that is far too long for a sheet"
    tables = [present(_frame(x=[1]), caption=caption) for _ in range(3)]
    names = list(written(_page(*tables)))
    assert len({name.casefold() for name in names}) == len(names) == 5
    assert all(len(name) <= 31 for name in names)


def test_a_table_called_figures_does_not_take_the_first_sheets_name(written):
    names = list(written(_page(present(_frame(x=[1]), caption="Figures"))))
    assert names == ["Figures", "Tables", "1 Figures"]


def test_heads_stay_columns_filter_and_formats_follow_the_page(written, tmp_path):
    frame = _frame(account=["A"], share=[0.5], money=[1e6])
    written(_page(present(frame, {"share": "share", "money": "money"})))
    xml = _insides(tmp_path / "report.xlsx")
    assert 'state="frozen"' in xml
    assert "<autoFilter" in xml
    assert 'formatCode="0.0%"' in xml


@pytest.mark.parametrize(
    ("numbers", "unit", "pattern"),
    [
        ([12.5], "money", "#,##0.00"),
        ([1250.0], "money", "#,##0"),
        ([], "money", "#,##0.00"),
        ([3.0], "count", "#,##0"),
        ([0.01], "points", "+0.0%;-0.0%;0.0%"),
        ([0.64], "number", "#,##0.000"),
    ],
)
def test_a_column_has_as_many_decimals_as_on_the_page(numbers, unit, pattern):
    assert number_pattern(numbers, unit) == pattern


def test_the_same_report_gives_the_same_bytes(tmp_path):
    once, again = tmp_path / "once.xlsx", tmp_path / "again.xlsx"
    for path in (once, again):
        write_workbook([review()], ABOUT, path)
    assert once.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(io.BytesIO(once.read_bytes())) as archive:
        assert b"2025-12-31T00:00:00Z" in archive.read("docProps/core.xml")


def test_tables_of_other_programs_have_no_values_and_no_sheet(written):
    page = _page()
    output = V4.new_output("display_data", data={"text/html": "<table></table>"})
    page.notebook.cells.append(V4.new_code_cell("frame", outputs=[output]))
    assert recorded_tables([page]) == []
    assert list(written(page)) == ["Figures"]


def test_the_workbook_of_a_chinese_report_has_chinese_values(written):
    page = _page(present(_frame(客户=["苏州昊锐"])), name="11")
    sheets = written(replace(page, parameters={"language": "zh"}))
    assert ["客户"] in sheets[list(sheets)[-1]]
