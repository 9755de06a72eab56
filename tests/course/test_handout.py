"""Every student gets a folder with a company of its own, and no answers."""

import nbformat
import pytest

import kamlab
from kamlab.course.check import check
from kamlab.course.handout import hand_out, handed_out
from kamlab.course.roll import read_course
from kamlab.errors import UsageError
from kamlab.report.notebooks import find_notebooks
from kamlab.value.concentration import top_share
from kamlab.value.trailing import trailing_revenue
from tests.conftest import PROJECT

V4 = nbformat.v4
NAME = "11_concentration_and_profitability"


def make(folder, students="s01,Anna Berg\ns02,王芳\n", **more):
    (folder / "students.csv").write_text(f"id,name\n{students}", encoding="utf-8")
    settings = {"notebooks": ["11"], "accounts": 60, "progress": False, **more}
    return hand_out(folder / "students.csv", folder / "out", **settings)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hand out")
    return make(folder), folder / "out"


def test_every_student_has_a_folder_with_company_lesson_and_words(made):
    _, out = made
    assert sorted(path.name for path in out.iterdir()) == ["course.yml", "s01", "s02"]
    for student in ("s01", "s02"):
        names = sorted(path.name for path in (out / student).iterdir())
        assert names == [f"{NAME}.ipynb", "README.md", "portfolio"]


def test_companies_differ_from_student_to_student(made):
    _, out = made
    revenue = []
    for student in ("s01", "s02"):
        with kamlab.open_portfolio(out / student / "portfolio") as portfolio:
            revenue.append(round(trailing_revenue(portfolio).sum(), 2))
    assert revenue[0] != revenue[1]


def test_the_readme_speaks_to_the_student_and_lists_the_exercises(made):
    readme = (made[1] / "s02" / "README.md").read_text(encoding="utf-8")
    assert readme.startswith("# 王芳\n")
    assert f"`{NAME}.ipynb`: exercises 11.1, 11.2" in readme
    assert "Start `jupyter lab`" in readme
    assert "运行 `jupyter lab`" in readme


def test_nothing_a_student_gets_tells_seed_secret_or_truth(made):
    course, out = made
    told = {course.secret, *(str(entry.seed) for entry in course.students)}
    for path in (out / "s01").rglob("*"):
        assert path.name not in ("truth.json", "course.yml")
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            assert not [each for each in told if each in text]


def test_the_lesson_has_no_outputs_and_points_to_the_own_company(made):
    lesson = nbformat.read(made[1] / "s01" / f"{NAME}.ipynb", as_version=4)
    code = [cell for cell in lesson.cells if cell.cell_type == "code"]
    assert all(cell.outputs == [] and not cell.execution_count for cell in code)
    (found,) = [each for each in find_notebooks(made[1] / "s01") if each.name == NAME]
    assert found.parameters()["data"].default == "portfolio"


def test_the_check_without_a_portfolio_takes_the_own_company(made, monkeypatch):
    own = made[1] / "s01"
    with kamlab.open_portfolio(own / "portfolio") as portfolio:
        answer = top_share(trailing_revenue(portfolio, by="parent"), 0.05)
    assert not check("11.1", answer).right  # the book's company, from here
    monkeypatch.chdir(own)
    assert check("11.1", answer).right


def test_the_check_without_a_portfolio_takes_the_book_s_company(monkeypatch):
    with kamlab.open_portfolio(PROJECT / "data" / "demo") as portfolio:
        answer = top_share(trailing_revenue(portfolio, by="parent"), 0.05)
    monkeypatch.chdir(PROJECT / "notebooks" / "1_value")
    assert check("11.1", answer).right


def test_the_teacher_s_file_says_what_was_handed_out(made):
    course, out = made
    assert read_course(out / "course.yml") == course
    assert [entry.name for entry in course.students] == ["Anna Berg", "王芳"]
    assert course.notebooks[NAME][:4] == ["11.1", "11.2", "11.3", "11.4"]
    assert len(course.secret) == 32


def test_the_same_secret_gives_everybody_the_same_company(tmp_path, made):
    course, _ = made
    again = make(tmp_path, "s02,王芳\ns03,Bo\n", seed_base=course.secret)
    assert again.students[0] == course.students[1]


def test_another_course_has_another_secret(tmp_path, made):
    assert make(tmp_path, "s01,Anna\n").secret != made[0].secret


def test_what_was_handed_out_is_never_written_over(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "homework.ipynb").touch()
    with pytest.raises(UsageError, match="is not empty: name a new folder"):
        make(tmp_path)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["homework.ipynb"]


def test_an_interruption_leaves_nothing(tmp_path, monkeypatch):
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kamlab.course.handout.write_company", interrupted)
    with pytest.raises(KeyboardInterrupt):
        make(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["students.csv"]


def notebook_with(*cells):
    return V4.new_notebook(cells=list(cells))


def test_a_lesson_without_exercises_is_not_handed_out(tmp_path):
    folder = tmp_path / "notebooks"
    folder.mkdir()
    parameters = V4.new_code_cell(
        'data: str = "data/demo"  # folder', metadata={"tags": ["parameters"]}
    )
    nbformat.write(notebook_with(parameters), folder / "02_plain.ipynb")
    with pytest.raises(UsageError, match="'02_plain' has no exercises to hand out"):
        make(tmp_path, notebooks=["02"], notebooks_folder=folder)


def test_a_lesson_that_takes_no_data_cannot_be_handed_out():
    with pytest.raises(UsageError, match="no parameter 'data: str"):
        handed_out(notebook_with(V4.new_code_cell("1")))
