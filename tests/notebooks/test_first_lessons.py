"""Notebooks 00 and 01 take other parameters, treat their rows, and show no person."""

import nbformat
import pandas as pd
import pytest

import kamlab
from kamlab.course.source import read_source
from kamlab.data.privacy import leaked_names
from kamlab.report.execute import without_lessons
from kamlab.report.results import read_results
from tests.conftest import DEMO, slow
from tests.notebooks.conftest import NOTEBOOKS, SOURCES, path_of, shown, tags_of

ORIENTATION, DATA = "00_orientation", "01_account_data"
#: Rows that are a sentence of the documents and nothing to compute.
DEFINITIONS = {"00.19"}


def report(run, name: str, folder, **values) -> nbformat.NotebookNode:
    """Run a notebook as a report with other parameters."""
    source = next(each for each in SOURCES if each.stem == name)
    notebook = without_lessons(read_source(source))
    cell = next(c for c in notebook.cells if "parameters" in tags_of(c))
    cell.source += "".join(f"\n{key} = {value!r}" for key, value in values.items())
    run(notebook, folder, name)
    return notebook


@pytest.mark.parametrize(
    "values",
    [
        slow({"as_of": "2024-06-30", "months": 6, "random_state": 9}),
        slow({"months": 48, "language": "zh"}),
        {"as_of": "2022-03-31", "stand_in_share": 0.3, "language": "zh"},
    ],
    ids=["half-years to June 2024", "all years", "the first quarter in Chinese"],
)
def test_the_orientation_takes_other_parameters(values, run, tmp_path):
    notebook = report(run, ORIENTATION, tmp_path, **values)
    assert "key_account_share" in {result.name for result in read_results(notebook)}
    if values.get("language") == "zh":
        assert "忠诚度高" in shown(notebook)


@pytest.mark.slow
def test_a_stricter_rate_of_discovery_leaves_more_claims_open(run, tmp_path):
    strict = shown(report(run, ORIENTATION, tmp_path, discovery_rate=0.001))
    usual = shown(nbformat.read(path_of(ORIENTATION), as_version=4))
    assert strict.count("cannot tell") > usual.count("cannot tell")


@pytest.mark.parametrize(
    "values",
    [
        {"as_of": "2023-03-31", "quarters": 2, "days": 30},
        slow({"smallest_group": 2, "language": "zh"}),
    ],
    ids=["early and wide", "small groups in Chinese"],
)
def test_the_data_lesson_takes_other_parameters(values, run, tmp_path):
    told = shown(report(run, DATA, tmp_path, **values))
    if "days" in values:
        assert "within 30 days" in told
    else:
        assert "groups of 2 or more" in told
        assert "有客户负责人" in told


@pytest.mark.parametrize("name", [ORIENTATION, DATA])
def test_no_output_names_one_of_our_people(name):
    with kamlab.open_portfolio(DEMO) as portfolio:
        people = portfolio.table("kam_team")["kam_name"]
    assert len(people) > 5
    assert leaked_names(nbformat.read(path_of(name), as_version=4), people) == {}


@pytest.mark.parametrize("name", [ORIENTATION, DATA])
def test_every_row_sits_on_a_cell_that_computes_unless_it_is_a_definition(name):
    coverage = pd.read_csv(NOTEBOOKS / "coverage.csv", dtype="str")
    rows = set(coverage.loc[coverage["notebook"] == name, "id"])
    computed = {
        tag.removeprefix("covers:")
        for cell in nbformat.read(path_of(name), as_version=4).cells
        for tag in tags_of(cell)
        if tag.startswith("covers:") and cell.cell_type == "code" and cell.outputs
    }
    assert rows - computed <= DEFINITIONS
