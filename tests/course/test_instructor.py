"""The teacher's edition: solutions that ran, notes to read, and a plan of minutes."""

import re

import nbformat
import pytest

from kamlab.course.instructor import note_text, write_instructor
from kamlab.course.notes import Note
from kamlab.course.pages import markdown_with_answers
from kamlab.errors import NotebookError, UsageError
from tests.course.complete_lesson import COMPLETE


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    folder = tmp_path_factory.mktemp("teachers")
    (folder / "src").mkdir()
    (folder / "src" / "01_small.py").write_text(COMPLETE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def edition(workbook):
    write_instructor(workbook / "out", notebooks_folder=workbook, progress=False)
    return workbook / "out"


def read(edition, name: str) -> str:
    return (edition / name).read_text(encoding="utf-8")


def test_there_are_a_notebook_two_pages_and_a_front_page(edition):
    assert sorted(path.name for path in edition.iterdir()) == [
        "01_small.html",
        "01_small.ipynb",
        "01_small_plan.html",
        "index.html",
    ]


def test_the_notebook_holds_solutions_with_their_outputs(edition):
    lesson = nbformat.read(edition / "01_small.ipynb", as_version=4)
    texts = [
        output.text
        for cell in lesson.cells
        for output in cell.get("outputs", [])
        if output.output_type == "stream"
    ]
    assert "01.1 0.7\n" in texts
    assert "max(revenue) / sum(revenue)" in str(lesson)


def test_its_teaching_notes_read_well(edition):
    lesson = nbformat.read(edition / "01_small.ipynb", as_version=4)
    notes = [
        c.source for c in lesson.cells if "instructor" in c.metadata.get("tags", [])
    ]
    assert notes[1] == (
        "**For the teacher · 5 minutes, 3 minutes beyond the core path**\n\n"
        "* *Ask:* Whom would you miss?\n"
        "* *Common mistake:* Taking gross revenue."
    )


@pytest.mark.parametrize(
    ("note", "head"),
    [
        (Note("", 8, 0), "8 minutes"),
        (Note("", 0, 4), "4 minutes beyond the core path"),
        (Note("", 0, 0), "no time"),
    ],
)
def test_a_note_begins_with_its_time(note, head):
    assert note_text(note) == f"**For the teacher · {head}**"


def test_the_plan_says_minutes_questions_mistakes_and_solutions(edition):
    plan = read(edition, "01_small_plan.html")
    assert "core path 7 of 60 minutes · 3 minutes go deeper · 3 exercises" in plan
    assert "<strong>Ask:</strong> Whom would you miss?" in plan
    assert "<strong>Common mistake:</strong> Taking gross revenue." in plan
    assert "What is the largest share?" in plan
    assert "answer_01_1 = max(revenue) / sum(revenue)" in plan


def test_the_plan_says_at_which_minute_each_section_begins(edition):
    rows = re.findall(r"<tr>(<td>.*)</tr>", read(edition, "01_small_plan.html"))
    cells = [re.findall(r"<td[^>]*>(.*?)</td>", row) for row in rows]
    minute = 0
    for _, begins, core, _ in cells:
        assert begins == (str(minute) if core else "")
        minute += int(core or 0)
    assert minute == 7


def test_the_page_shows_code_output_notes_and_hidden_answers(edition):
    page = read(edition, "01_small.html")
    assert "<pre>revenue = [70, 10, 10, 5, 5]" in page
    assert '<pre class="output">100</pre>' in page
    assert '<aside class="note"><p><strong>For the teacher' in page
    assert "<details><summary>Answer (参考答案)</summary>" in page


def test_the_front_page_leads_to_all_of_them(edition):
    index = read(edition, "index.html")
    for file in ("01_small.html", "01_small_plan.html", "01_small.ipynb"):
        assert f'href="{file}"' in index


@pytest.mark.parametrize("name", ["index", "01_small", "01_small_plan"])
def test_pages_need_nothing_from_the_network(edition, name):
    page = read(edition, f"{name}.html")
    assert "default-src 'none'" in page
    assert "src=" not in page.replace("-src", "")


def test_an_earlier_edition_is_not_written_over(edition, workbook):
    with pytest.raises(UsageError, match="is not empty: name a new folder"):
        write_instructor(edition, notebooks_folder=workbook)


def test_a_malformed_note_is_named_before_anything_runs(tmp_path):
    (tmp_path / "src").mkdir()
    broken = COMPLETE.replace("Minutes: 5 + 3 deeper", "soon")
    (tmp_path / "src" / "01_small.py").write_text(broken, encoding="utf-8")
    with pytest.raises(UsageError, match="01_small, cell c005: a teaching note begins"):
        write_instructor(tmp_path / "out", notebooks_folder=tmp_path)
    assert not (tmp_path / "out").exists()


def test_a_solution_that_fails_stops_the_edition(tmp_path):
    (tmp_path / "src").mkdir()
    broken = COMPLETE.replace("max(revenue)", "most(revenue)")
    (tmp_path / "src" / "01_small.py").write_text(broken, encoding="utf-8")
    with pytest.raises(NotebookError, match="cell c010: NameError: name 'most'"):
        write_instructor(tmp_path / "out", notebooks_folder=tmp_path, progress=False)
    assert not (tmp_path / "out").exists()


def test_other_markup_in_a_text_is_shown_as_text():
    hidden = "<details><summary>A<b></summary>\n\n<script>x</script>\n\n</details>"
    html = markdown_with_answers(f"Why?\n\n{hidden}\n\n<img src=x>")
    assert "<summary>A&lt;b&gt;</summary>" in html
    assert "<script>" not in html
    assert "<img" not in html
