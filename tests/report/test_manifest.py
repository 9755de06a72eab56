"""The record of a report, and what the next report reads in it."""

import json
from dataclasses import replace
from datetime import date

import nbformat
import pytest

from kamlab.report.execute import Failure
from kamlab.report.left_out import LeftOut
from kamlab.report.manifest import (
    manifest_of,
    results_before,
    write_manifest,
)
from kamlab.report.pages import About, Page
from kamlab.report.poorer import what_is_poorer
from kamlab.report.results import Result
from kamlab.report.sections import Missing

GAP = Missing("Gross margin", ("orders.cogs",))
TOP = Result("top20", 0.775, "Share", unit="share", n=180)


def _about(day: str = "2025-12-31", company: str = "Little & Sons") -> About:
    through = date(2025, 12, 31)
    hashes = {"orders.csv": "ab12"}
    return About(company, "EUR", date.fromisoformat(day), through, "little", hashes)


def _page(**more) -> Page:
    given = {"title": "T", "notebook": nbformat.v4.new_notebook(), "parameters": {}}
    return Page("11", **{**given, **more})


def _manifest(*pages: Page, day: str = "2025-12-31", **more) -> dict:
    return json.loads(json.dumps(manifest_of(pages, _about(day, **more), (), {})))


def test_it_names_data_programs_parameters_and_results(tmp_path):
    page = _page(
        parameters={"top": 0.2},
        results=[TOP],
        headlines={"what": ["Marwitz brings 17.1 %."]},
        missing=[GAP],
        seconds={"kernel_start": 1.0, "imports": 2.0, "computing": 0.5},
    )
    write_manifest([page], _about(), tmp_path, seconds={"executing": 3.5})
    told = json.loads((tmp_path / "manifest.json").read_text())
    assert told["status"] == "well"
    assert told["data"] == {
        "name": "little",
        "through": "2025-12-31",
        "currency": "EUR",
        "sha256": {"orders.csv": "ab12"},
        "import": None,
    }
    assert {"python", "pandas", "duckdb"} <= set(told["versions"])
    (page_told,) = told["pages"]
    assert page_told["parameters"] == {"top": 0.2}
    assert page_told["results"][0]["value"] == 0.775
    assert page_told["headlines"] == {"what": ["Marwitz brings 17.1 %."]}
    assert page_told["missing"] == [
        {"section": "Gross margin", "needs": ["orders.cogs"]}
    ]
    assert page_told["counts"]["figures"] == 0
    assert page_told["seconds"]["computing"] == 0.5


def test_it_holds_all_that_the_import_left_out():
    log = {"tables": [{"table": "orders", "rows_in": 3, "dropped": []}]}
    told = manifest_of([], replace(_about(), left_out=LeftOut(log=log)), (), {})
    assert told["data"]["import"]["log"] == log


def test_figures_of_a_report_that_knew_no_headlines_are_still_read():
    last = _manifest(_page(results=[TOP]), day="2025-09-30")
    for name in ("headline", "of"):
        del last["pages"][0]["results"][0][name]
    assert results_before(last, _about(), [_page(results=[TOP])]) == {
        "11": {"top20": TOP}
    }


@pytest.mark.parametrize(
    ("failure", "degraded", "status"),
    [
        (None, (), "well"),
        (None, ("a section less",), "degraded"),
        (Failure("", "no"), ("a section less",), "failed"),
    ],
)
def test_a_failure_weighs_more_than_a_lack(failure, degraded, status):
    told = manifest_of([_page(failure=failure)], _about(), degraded, {})
    assert told["status"] == status


def test_the_last_reports_figures_are_read_back_as_results():
    last = _manifest(_page(results=[TOP]), day="2025-09-30")
    assert results_before(last, _about(), [_page(results=[TOP])]) == {
        "11": {"top20": TOP}
    }


@pytest.mark.parametrize(
    ("day", "company"),
    [
        ("2025-12-31", "Little & Sons"),
        ("2026-03-31", "Little & Sons"),
        ("2025-09-30", "Another"),
    ],
)
def test_the_same_day_a_later_day_and_another_company_are_no_comparison(day, company):
    last = _manifest(_page(results=[TOP]), day=day, company=company)
    assert results_before(last, _about(), [_page(results=[TOP])]) == {}


@pytest.mark.parametrize(
    ("now", "compared"),
    [
        ({"months": 12, "as_of": "2025-12-31", "data": "mine"}, {"top20": TOP}),
        ({"months": 24, "as_of": "2025-12-31", "data": "mine"}, {}),
    ],
)
def test_figures_of_other_parameters_are_no_comparison(now, compared):
    then = {"months": 12, "as_of": "2025-09-30", "data": "old"}
    last = _manifest(_page(results=[TOP], parameters=then), day="2025-09-30")
    page = _page(results=[TOP], parameters=now)
    assert results_before(last, _about(), [page]) == {"11": compared}


def test_a_second_report_is_compared_with_the_first():
    first = {"previous": None, "actions": None}
    second = {"previous": "previous", "actions": "actions.xlsx"}
    last = _manifest(_page(results=[TOP], parameters=first), day="2025-09-30")
    page = _page(results=[TOP], parameters=second)
    assert results_before(last, _about(), [page]) == {"11": {"top20": TOP}}


def test_a_figure_under_another_label_is_no_comparison():
    last = _manifest(_page(results=[TOP]), day="2025-09-30")
    page = _page(results=[replace(TOP, label="Share of the top 50 %")])
    assert results_before(last, _about(), [page]) == {"11": {}}


def test_the_first_report_has_no_comparison():
    assert results_before(None, _about(), [_page()]) == {}


def test_a_section_that_was_there_last_time_is_missed():
    last = _manifest(_page())
    assert what_is_poorer(last, [_page(missing=[GAP])]) == [f"11: {GAP}"]


def test_a_section_that_was_never_there_is_not_missed():
    lacking = _page(missing=[GAP])
    assert what_is_poorer(None, [lacking]) == []
    assert what_is_poorer(_manifest(lacking), [lacking]) == []


def test_a_figure_that_nobody_described_is_told():
    picture = nbformat.v4.new_output("display_data", data={"image/png": "iVBORw0KGgo="})
    cell = nbformat.v4.new_code_cell("plot()", outputs=[picture])
    page = _page(notebook=nbformat.v4.new_notebook(cells=[cell]))
    assert what_is_poorer(None, [page]) == [
        "11: 1 of its figures have no alternative text"
    ]
