"""Every stored notebook matches its source, is clean, and has the shape of a lesson."""

import re
from statistics import median, quantiles

import nbformat
import pytest

from kamlab.course.build import stale_notebooks
from kamlab.course.faults import faults_of
from kamlab.report.parameters import read_parameters
from kamlab.report.results import read_results
from tests.notebooks.conftest import (
    LESSONS,
    NAMES,
    NOTEBOOKS,
    outputs_of,
    path_of,
    tags_of,
)

#: Parameters that mean the same in every notebook.
SHARED = {"data", "as_of", "currency", "language", "random_state"}
#: Tags of every notebook.
TAGS = ("lesson", "deeper", "summary", "exercise", "parameters")


def test_every_notebook_matches_its_source_byte_for_byte():
    assert stale_notebooks(NOTEBOOKS) == []


def test_every_notebook_has_a_source():
    stored = {p.stem for p in NOTEBOOKS.rglob("*.ipynb") if ".ipynb_" not in str(p)}
    assert stored == set(NAMES)


def test_nothing_is_stored_that_must_not_be(name, notebook):
    assert faults_of(notebook, name) == []


def test_the_file_is_written_as_the_build_writes_it(name, notebook):
    assert path_of(name).read_text(encoding="utf-8") == nbformat.writes(notebook) + "\n"


def test_every_code_cell_has_been_run_in_order(notebook):
    counts = [c.execution_count for c in notebook.cells if c.cell_type == "code"]
    assert counts == list(range(1, len(counts) + 1))


def test_every_figure_has_alternative_text_with_a_number(notebook):
    figures = [o for o in outputs_of(notebook) if "image/png" in o.get("data", {})]
    assert figures
    for figure in figures:
        assert re.search(r"\d", figure.metadata["image/png"]["alt"])


def test_the_title_has_its_chinese_term(notebook):
    assert re.match(r"# .*[\u4e00-\u9fff]", notebook.cells[0].source)


def test_the_shared_parameters_are_there_and_described(name, notebook):
    parameters = read_parameters(notebook, name)
    assert set(parameters) >= SHARED
    assert all(parameter.description for parameter in parameters.values())


def test_at_least_five_cells_print_headline_numbers_to_compare(notebook):
    checked = [c for c in notebook.cells if "nbval-check-output" in tags_of(c)]
    assert len(checked) >= 5
    for cell in checked:
        assert re.search(r"\d", str(cell.outputs))


def test_checked_output_is_rounded(notebook):
    for cell in notebook.cells:
        if "nbval-check-output" in tags_of(cell):
            for output in cell.outputs:
                printed = output.get("text") or output.data["text/plain"]
                assert not re.search(r"\d\.\d{5,}", printed)


def test_figures_are_recorded_for_the_next_report(name, notebook):
    assert len(read_results(notebook)) >= (5 if name in LESSONS else 4)


def test_at_least_three_exercises_wait_for_an_answer(lesson):
    exercises = [c for c in lesson.cells if "exercise" in tags_of(c)]
    assert len(exercises) >= 3
    for cell in exercises:
        assert "= None  # your answer" in cell.source
        assert "not answered yet" in cell.outputs[0].data["text/plain"]


def test_exercises_are_left_out_of_reports(notebook):
    exercises = [c for c in notebook.cells if "exercise" in tags_of(c)]
    assert all("lesson" in tags_of(cell) for cell in exercises)


def test_cells_are_short(notebook):
    sizes = [
        len([line for line in cell.source.splitlines() if line.strip()])
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    assert median(sizes) <= 3
    assert quantiles(sizes, n=10)[-1] <= 8


def test_there_is_at_least_as_much_text_as_code(lesson):
    words = {"code": 0, "markdown": 0}
    for cell in lesson.cells:
        words[cell.cell_type] += len(re.findall(r"\w+", cell.source))
    assert words["markdown"] >= words["code"]


def test_formulas_stand_in_lessons_only(notebook):
    for cell in notebook.cells:
        if cell.cell_type == "markdown" and "lesson" not in tags_of(cell):
            assert "$" not in cell.source


def test_what_is_left_for_a_report_names_nobody_of_the_demonstration(notebook):
    characters = re.compile("Talbruck|Marwitz|Brackwell|Wetterau|Kovostav")
    for cell in notebook.cells:
        if "lesson" not in tags_of(cell):
            assert not characters.search(cell.source)


def test_every_result_is_read_with_its_limits(lesson):
    written = [c.source for c in lesson.cells if c.cell_type == "markdown"]
    said = [o.get("data", {}).get("text/plain", "") for o in outputs_of(lesson)]
    told = [" ".join(each.replace("*", "").split()) for each in [*written, *said]]
    readings = [each for each in told if "How to read it." in each]
    assert len(readings) >= 3
    assert all("What it does not say:" in reading for reading in readings)


def test_lesson_and_report_end_with_limits_and_glossary(lesson):
    headings = [
        line
        for cell in lesson.cells
        if "lesson" not in tags_of(cell)
        for line in cell.source.splitlines()
        if cell.cell_type == "markdown" and line.startswith("## ")
    ]
    assert headings[-3:] == ["## What to do next", "## Limits", "## Glossary"]


def test_covered_rows_are_rows_of_this_notebook(lesson_name, lesson, coverage):
    covered = {
        tag.removeprefix("covers:")
        for cell in lesson.cells
        for tag in tags_of(cell)
        if tag.startswith("covers:")
    }
    assert covered
    rooms = coverage.loc[sorted(covered), "notebook"].str.split("/").str[-1]
    assert set(rooms) == {lesson_name}


def test_coverage_names_every_row_once(coverage):
    assert coverage.index.is_unique
    assert coverage["notebook"].notna().all()


@pytest.mark.parametrize("tag", TAGS)
def test_tags_are_spelt_as_elsewhere(lesson, tag):
    used = {each for cell in lesson.cells for each in tags_of(cell)}
    assert tag in used


def test_no_tag_is_unknown(notebook):
    known = {*TAGS, "nbval-check-output"}
    used = {each for cell in notebook.cells for each in tags_of(cell)}
    own = {each for each in used if not each.startswith(("covers:", "slot:"))}
    assert own <= known
