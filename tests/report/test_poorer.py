"""A report that shows less than it should, or than last time, says so."""

import nbformat
import pytest

from kamlab.report.execute import Failure
from kamlab.report.pages import Page
from kamlab.report.poorer import what_is_poorer
from kamlab.report.results import Result
from kamlab.report.sections import Missing

GAP = Missing("Gross margin", ("orders.cogs",))
PICTURE = {"image/png": "iVBORw0KGgo="}
DESCRIBED = {"image/png": {"alt": "A curve that rises."}}


def page(figures: int = 1, results: int = 1, described: bool = True, **told) -> Page:
    """Return a page with so many figures and recorded results."""
    outputs = [
        nbformat.v4.new_output(
            "display_data", PICTURE, metadata=DESCRIBED if described else {}
        )
        for _ in range(figures)
    ]
    outputs += [
        nbformat.v4.new_output(
            "display_data", Result(f"r{n}", n, f"Figure {n}")._repr_mimebundle_()
        )
        for n in range(results)
    ]
    cell = nbformat.v4.new_code_cell("show()", outputs=outputs)
    given = {"name": "11", "title": "11", "parameters": {}}
    return Page(notebook=nbformat.v4.new_notebook(cells=[cell]), **{**given, **told})


def last(status: str = "well", missing=(), name: str = "11", **counts) -> dict:
    """Return what the last report's manifest says of its page."""
    counts = {"figures": 1, "tables": 0, "results": 1, **counts}
    gaps = [{"section": each} for each in missing]
    return {
        "pages": [{"name": name, "status": status, "counts": counts, "missing": gaps}]
    }


def test_a_report_as_rich_as_the_last_one_lacks_nothing():
    assert what_is_poorer(last(), [page()]) == []
    assert what_is_poorer(last(), [page(figures=3, results=2)]) == []


def test_a_first_report_is_compared_with_nothing():
    assert what_is_poorer(None, [page(figures=0, results=0)]) == []


def test_fewer_figures_and_results_than_last_time_are_counted():
    told = what_is_poorer(last(figures=4, results=3), [page()])
    assert told == [
        "11: fewer figures than last time, 1 instead of 4",
        "11: fewer recorded results than last time, 1 instead of 3",
    ]


def test_a_page_that_shows_none_of_what_its_notebook_holds_is_poorer():
    declared = {"figures": 2, "tables": 0, "results": 1}
    told = what_is_poorer(None, [page(figures=0, declared=declared)])
    assert told == ["11: it ran, but shows no figures, which it should"]


def test_a_page_without_any_is_told_once_and_not_as_fewer_besides():
    empty = page(figures=0, declared={"figures": 2})
    assert len(what_is_poorer(last(figures=2), [empty])) == 1


def test_what_the_notebook_never_had_is_not_asked_for():
    declared = {"figures": 0, "tables": 0, "results": 0}
    assert what_is_poorer(None, [page(0, 0, declared=declared)]) == []


def test_a_gap_that_the_page_itself_explains_is_told_once():
    declared = {"figures": 1, "results": 1}
    empty = page(figures=0, declared=declared, missing=(GAP,))
    told = what_is_poorer(last(), [empty])
    assert len(told) == 1
    assert told[0].startswith("11: ")
    assert "Gross margin" in told[0]


def test_a_gap_that_was_there_last_time_is_no_news():
    assert what_is_poorer(last(missing=["Gross margin"]), [page(missing=(GAP,))]) == []


def test_beside_an_old_gap_fewer_figures_are_news():
    then = last(missing=["Gross margin"], figures=2)
    told = what_is_poorer(then, [page(missing=(GAP,))])
    assert told == ["11: fewer figures than last time, 1 instead of 2"]


def test_a_figure_that_nobody_described_is_told():
    told = what_is_poorer(None, [page(figures=2, described=False)])
    assert told == ["11: 2 of its figures have no alternative text"]


@pytest.mark.parametrize(
    "then", [last(name="12", figures=9), last("failed", figures=9), {"pages": []}]
)
def test_another_page_or_one_that_failed_is_no_measure(then):
    assert what_is_poorer(then, [page()]) == []


def test_a_page_that_failed_now_is_told_as_a_failure_and_not_as_poorer():
    failed = page(0, 0, failure=Failure("", "KeyError: 'A7'"))
    assert what_is_poorer(last(figures=4), [failed]) == []
