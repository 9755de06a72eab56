"""Every edition of a report, or those that were asked for."""

import sys

import pytest

from kamlab.report.editions.writing import write_editions
from kamlab.report.page import About
from kamlab.report.pages import write_pages
from tests.report.sheets import DAY, dossier

ABOUT = About("Talbruck", "EUR", DAY, DAY, "demo")


def _files(folder) -> set[str]:
    files = (each for each in folder.rglob("*") if each.is_file())
    return {each.relative_to(folder).as_posix() for each in files}


def test_what_was_written_is_what_is_told(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    editions = write_editions([dossier()], ABOUT, tmp_path)
    assert set(editions.files) == _files(tmp_path)
    assert {"report.html", "report.xlsx"} <= set(editions.files)
    assert "tables/account_dossier-A07/01_buys.csv" in editions.files
    assert editions.remarks[0].startswith("No PDF was made")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((), set()),
        (("single",), {"report.html"}),
        (("xlsx",), {"report.xlsx"}),
    ],
)
def test_only_what_is_asked_for_is_written(tmp_path, asked, expected):
    editions = write_editions([dossier()], ABOUT, tmp_path, formats=asked)
    assert _files(tmp_path) == set(editions.files) == expected


def test_one_kind_of_table_file_can_be_asked_for(tmp_path):
    files = write_editions([dossier()], ABOUT, tmp_path, formats=["parquet"]).files
    assert {name.rpartition(".")[2] for name in files} == {"parquet"}
    assert len(files) == 5


def test_the_front_page_leads_to_the_other_editions(tmp_path):
    editions = write_editions([dossier()], ABOUT, tmp_path, formats=["single", "xlsx"])
    write_pages([dossier()], ABOUT, tmp_path, editions=dict(editions.links))
    html = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert '<a href="report.html">one file</a>' in html
    assert '<a href="report.xlsx">workbook</a>' in html
