"""The cycle, its names in the documents, and the notebooks that treat it."""

import re

import pytest

from kamlab.orientation import cycle
from kamlab.orientation.book import read_coverage


def numbers_of_notebooks() -> set[str]:
    names = read_coverage()["notebook"].str.split("/").str[-1]
    return {name[:2] for name in names if re.match(r"\d\d_", name)}


def test_the_five_steps_are_those_of_the_documents():
    assert [step.chinese for step in cycle.CYCLE] == [
        "识别",
        "了解需求",
        "个性化服务",
        "建立信任",
        "持续维护",
    ]


@pytest.mark.parametrize(
    "table",
    [cycle.cycle_table(), cycle.tasks_table(), cycle.methods_table()],
    ids=["steps", "tasks", "methods"],
)
def test_every_notebook_that_is_named_is_one_of_the_book(table):
    named = {each for cell in table["notebooks"] for each in cell.split(", ")}
    assert named <= numbers_of_notebooks()


def test_every_notebook_of_the_chapters_belongs_to_a_step():
    treated = {number for step in cycle.CYCLE for number in step.notebooks}
    assert treated == numbers_of_notebooks() - {"00", "01"}


def test_a_notebook_belongs_to_one_step_only():
    numbers = [number for step in cycle.CYCLE for number in step.notebooks]
    assert len(set(numbers)) == len(numbers)


def test_the_crosswalk_quotes_the_documents_in_chinese():
    table = cycle.crosswalk_table()
    assert (
        table[["S0", "S1", "S3"]]
        .map(lambda t: bool(re.search("[一-鿿]", t)))
        .all(axis=None)
    )


def test_the_methods_are_the_eight_that_the_documents_name():
    assert set(cycle.methods_table()["chinese"]) >= {"聚类分析", "决策树", "神经网络"}
    assert len(cycle.methods_table()) == 8
