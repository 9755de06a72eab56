"""A course of a tiny lesson with two real exercises, and what students make of it."""

import shutil
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from kamlab.course.handout import hand_out
from kamlab.course.roll import COURSE_FILE, read_course, write_course

LESSON = "11_tiny"
V4 = nbformat.v4
PARAMETERS = """\
data: str = "data/demo"  # folder of the portfolio
as_of: str = "2025-12-31"  # last day of data the report may see
"""
OPEN = """\
import kamlab
from kamlab.course.check import check
from kamlab.value.concentration import top_share
from kamlab.value.trailing import trailing_revenue
portfolio = kamlab.open_portfolio(data, as_of=as_of)
"""
SHARE = 'top_share(trailing_revenue(portfolio, by="parent"), top=0.05)'
LETTERS = """\
net, groups = trailing_revenue(portfolio), trailing_revenue(portfolio, by="parent")
ranked = net[net > 0].sort_values(ascending=False)
letters = "A" if top_share(net, 0.2) >= 0.8 else ""
letters += "B" if ranked.iloc[0] > ranked.iloc[len(ranked) // 2 :].sum() else ""
squares = lambda amounts: ((amounts[amounts > 0] / amounts[amounts > 0].sum())**2).sum()
letters += "D" if squares(groups) > squares(net) else ""
answer_11_2 = letters
"""


def lesson(*cells: str, parameters: str = PARAMETERS) -> nbformat.NotebookNode:
    """Return a notebook of the tiny lesson with these cells."""
    first = V4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
    exercise = {"tags": ["lesson", "exercise"]}
    code = [V4.new_code_cell(cell, metadata=exercise) for cell in cells]
    return V4.new_notebook(cells=[first, V4.new_code_cell(OPEN), *code])


def bare(*cells: str) -> nbformat.NotebookNode:
    """Return a notebook of these cells alone, which loads nothing."""
    return V4.new_notebook(cells=[V4.new_code_cell(cell) for cell in cells])


def stub() -> nbformat.NotebookNode:
    return lesson(
        'answer_11_1 = None  # your answer\ncheck("11.1", answer_11_1, portfolio)',
        'answer_11_2 = None  # your answer\ncheck("11.2", answer_11_2, portfolio)',
    )


def solved(before: str = "", after: str = "", **more: str) -> nbformat.NotebookNode:
    """Return a notebook that solves 11.1 and 11.2, with code around the answers."""
    cells = [f"answer_11_1 = {SHARE}", LETTERS]
    around = [each for each in (before, *cells, after) if each]
    return lesson(*around, **more)


@pytest.fixture(scope="package")
def made(tmp_path_factory) -> Path:
    """Hand the tiny lesson out to one student; return the course's folder."""
    place = tmp_path_factory.mktemp("course")
    (place / "notebooks").mkdir()
    nbformat.write(stub(), place / "notebooks" / f"{LESSON}.ipynb")
    listed = "id,name\ns01,Student s01\n"
    (place / "students.csv").write_text(listed, encoding="utf-8")
    hand_out(
        place / "students.csv",
        place / "out",
        notebooks_folder=place / "notebooks",
        accounts=60,
        progress=False,
    )
    return place / "out"


def class_of(made: Path, place: Path, *ids: str) -> Path:
    """Copy the course for students who all have the same company: it takes no time."""
    folder = place / "out"
    folder.mkdir()
    for each in ids:
        shutil.copytree(made / "s01", folder / each)
    course = read_course(made / COURSE_FILE)
    (entry,) = course.students
    entries = (replace(entry, id=each, name=f"Student {each}") for each in ids)
    write_course(replace(course, students=tuple(entries)), folder)
    return folder
