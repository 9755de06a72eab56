"""Building a lesson runs it, stores it without noise, and can be checked later."""

import shutil

import nbformat
import pytest

from kamlab.course.build import build_notebooks, run_notebook, stale_notebooks
from kamlab.course.source import read_source
from kamlab.errors import NotebookError, UsageError
from tests.course.conftest import LESSON


@pytest.fixture(scope="module")
def built_once(tmp_path_factory):
    """Build the tiny lesson once."""
    folder = tmp_path_factory.mktemp("built")
    source = folder / "src" / "1_value" / "01_tiny.py"
    source.parent.mkdir(parents=True)
    source.write_text(LESSON, encoding="utf-8")
    return build_notebooks(folder)[0]


@pytest.fixture
def built(workbook, built_once):
    """Return a built notebook of the tiny lesson, beside its source."""
    target = workbook / "1_value" / "01_tiny.ipynb"
    target.parent.mkdir()
    return shutil.copy(built_once, target)


def replace_in(source, old, new):
    text = source.read_text(encoding="utf-8")
    assert old in text
    source.write_text(text.replace(old, new), encoding="utf-8")


def test_the_notebook_lies_in_its_part_and_holds_its_outputs(workbook, built):
    assert built == workbook / "1_value" / "01_tiny.ipynb"
    code = [c for c in nbformat.read(built, 4).cells if c.cell_type == "code"]
    assert code[1].outputs[0].text == "100\n"
    assert [cell.execution_count for cell in code] == [1, 2, 3]


def test_what_is_stored_is_the_stub_and_it_ran(built):
    exercise = nbformat.read(built, 4).cells[-1]
    assert exercise.source.startswith("answer_01_1 = None")
    assert exercise.outputs == []


def test_building_twice_gives_the_same_bytes(workbook, built):
    first = built.read_bytes()
    build_notebooks(workbook, ["01"])
    assert built.read_bytes() == first


def test_no_run_time_and_no_version_is_stored(built):
    notebook = nbformat.read(built, 4)
    assert "version" not in notebook.metadata.language_info
    assert all("execution" not in cell.metadata for cell in notebook.cells)


def test_a_fresh_notebook_is_not_stale(workbook, built):
    assert stale_notebooks(workbook) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Who brings", "Who really brings"),
        ("print(sum(revenue))", "print(max(revenue))"),
        ('["lesson", "exercise"]', '["exercise"]'),
    ],
)
def test_a_changed_source_makes_its_notebook_stale(workbook, source, built, old, new):
    replace_in(source, old, new)
    assert stale_notebooks(workbook) == [built]


def test_another_solution_alone_does_not_make_a_notebook_stale(workbook, source, built):
    replace_in(source, "largest / sum(revenue)", "largest / 100")
    assert stale_notebooks(workbook) == []


def test_other_outputs_do_not_make_a_notebook_stale(workbook, built):
    notebook = nbformat.read(built, 4)
    notebook.cells[2].outputs, notebook.cells[2].execution_count = [], None
    nbformat.write(notebook, built)
    assert stale_notebooks(workbook, ["01_tiny"]) == []


def test_an_edited_notebook_is_stale(workbook, built):
    notebook = nbformat.read(built, 4)
    notebook.cells[2].source = "print('edited in Jupyter')"
    nbformat.write(notebook, built)
    assert stale_notebooks(workbook) == [built]


def test_a_missing_notebook_is_stale(workbook):
    assert stale_notebooks(workbook) == [workbook / "1_value" / "01_tiny.ipynb"]


def test_checking_writes_nothing(workbook):
    before = sorted(workbook.rglob("*"))
    stale_notebooks(workbook)
    assert sorted(workbook.rglob("*")) == before


def test_an_unknown_lesson_is_refused_with_the_nearest_name(workbook):
    with pytest.raises(
        UsageError, match="'01_tinny' is unknown: did you mean '01_tiny'"
    ):
        build_notebooks(workbook, ["01_tinny"])


def test_a_folder_without_sources_is_refused(tmp_path):
    with pytest.raises(UsageError, match="has no sources in src"):
        build_notebooks(tmp_path)


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("1 / 0", "cell c003: ZeroDivisionError: division by zero"),
        (
            "import warnings; warnings.warn('hm', stacklevel=1)",
            "cell c003: UserWarning: hm",
        ),
        ("print(object())", "cell c003 shows an object address"),
    ],
)
def test_what_must_not_be_stored_leaves_the_old_notebook(
    workbook, source, built, line, complaint
):
    before = built.read_bytes()
    replace_in(source, "print(sum(revenue))", line)
    with pytest.raises(NotebookError, match=complaint):
        build_notebooks(workbook)
    assert built.read_bytes() == before
    assert [path.name for path in built.parent.iterdir()] == ["01_tiny.ipynb"]


def test_a_lesson_runs_in_the_notebooks_own_folder(workbook, source, built):
    replace_in(
        source, "print(sum(revenue))", "from pathlib import Path; Path().cwd().name"
    )
    build_notebooks(workbook)
    cell = nbformat.read(built, 4).cells[2]
    assert cell.outputs[0].data["text/plain"] == "'1_value'"


def test_the_solutions_run_too(workbook, source):
    notebook = read_source(source, solutions=True)
    run_notebook(notebook, workbook, "01_tiny")
    assert notebook.cells[-1].outputs[0].data["text/plain"] == "0.7"
