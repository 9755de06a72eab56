"""Declarations of parameters: what is read, what is refused, and in which words."""

from collections.abc import Mapping
from typing import Any

import pytest

from kamlab.errors import UsageError
from kamlab.report.parameters import read_parameters

CELL = """\
as_of: str = "2025-12-31"  # last day
top: float = 0.2  # share of accounts [0.01 .. 0.99]
basis: str = "revenue"  # what is concentrated [revenue | margin]
regions: list[str] = []  # where [DACH | East China]
seed: int | None = None  # for random work [0 ..]
horizon: int = 6  # months (see chapter 5) [months]
rolled_up: bool = False
weights: list[float] = [
    0.5,
    0.5,
]  # of the criteria [0 .. 1]
"""


def _notebook(*sources: str) -> Mapping[str, Any]:
    tags = {"tags": ["parameters"]}
    return {"cells": [{"metadata": tags, "source": source} for source in sources]}


@pytest.fixture
def declared():
    return read_parameters(_notebook(CELL), "concentration")


def test_the_cell_is_read_in_its_order(declared):
    assert list(declared)[:4] == ["as_of", "top", "basis", "regions"]


def test_a_comment_says_what_it_means_and_what_is_allowed(declared):
    top = declared["top"]
    assert (top.type, top.default, top.minimum, top.maximum) == (
        "float",
        0.2,
        0.01,
        0.99,
    )
    assert top.description == "share of accounts"
    assert declared["basis"].choices == ("revenue", "margin")
    assert declared["seed"].minimum == 0
    assert declared["seed"].maximum is None
    assert declared["weights"].maximum == 1


def test_brackets_without_bar_or_dots_are_part_of_the_description(declared):
    assert declared["horizon"].description == "months (see chapter 5) [months]"
    assert declared["horizon"].choices == ()


def test_a_line_for_the_terminal(declared):
    assert str(declared["top"]) == (
        "top: float = 0.2  share of accounts, from 0.01 to 0.99"
    )
    assert str(declared["rolled_up"]) == "rolled_up: bool = False"
    assert str(declared["basis"]).endswith("one of revenue, margin")


@pytest.mark.parametrize(
    ("name", "given", "value"),
    [
        ("top", "0.3", 0.3),
        ("top", 0.3, 0.3),
        ("basis", "margin", "margin"),
        ("regions", "DACH", ["DACH"]),
        ("regions", '["DACH", "East China"]', ["DACH", "East China"]),
        ("seed", "none", None),
        ("seed", "42", 42),
        ("seed", None, None),
        ("rolled_up", "TRUE", True),
        ("weights", "[1, 0]", [1.0, 0.0]),
        ("as_of", "2025-06-30", "2025-06-30"),
    ],
)
def test_values_are_taken_in_their_declared_type(declared, name, given, value):
    taken = declared[name].check(given)
    assert taken == value
    assert type(taken) is type(value)


@pytest.mark.parametrize(
    ("name", "given", "said"),
    [
        ("top", "1.5", "top = 1.5: give a number from 0.01 to 0.99"),
        ("top", 0, "top = 0.0: give a number from 0.01 to 0.99"),
        ("top", "a fifth", "top = 'a fifth': give a number"),
        ("top", "nan", "top = 'nan': give a number"),
        ("top", True, "top = True: give a number"),
        ("basis", "profit", "basis = 'profit': choose one of 'revenue', 'margin'"),
        ("regions", '["Mars"]', "regions = 'Mars': choose one of"),
        ("regions", '["DACH"', "give a list as JSON"),
        ("regions", 3, "regions = 3: give a list as JSON"),
        ("seed", "-1", "seed = -1: give a number from 0"),
        ("horizon", "2.5", "horizon = '2.5': give a whole number"),
        ("horizon", True, "horizon = True: give a whole number"),
        ("horizon", None, "horizon = None: give a whole number"),
        ("rolled_up", "yes", "rolled_up = 'yes': give true or false"),
        ("rolled_up", 1, "rolled_up = 1: give true or false"),
        ("weights", "[0.5, 1.5]", "weights = 1.5: give a number from 0 to 1"),
        ("as_of", "31.12.2025", "as_of = '31.12.2025' is not a day"),
    ],
)
def test_values_that_do_not_fit_are_refused_with_their_value(
    declared, name, given, said
):
    with pytest.raises(UsageError) as caught:
        declared[name].check(given)
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("top = 0.2", "line 1: 'top = 0.2': write a typed assignment"),
        ("import os", "'import os': write a typed assignment"),
        ("top: float", "write a typed assignment"),
        ("a.b: int = 3", "write a typed assignment"),
        ("top: float = 1 / 5", "not a literal"),
        ("top: float = share", "not a literal: derive values in the next cell"),
        ("top: dict = {}", "type 'dict' is unknown"),
        ("top: float = 'a'", "top = 'a': give a number"),
        ("top: float = 2  # [0 .. 1]", "top = 2.0: give a number from 0 to 1"),
        ("top: float = 2  # [low .. high]", "range [low .. high] is not two numbers"),
        ("top: str = 'a'  # [0 .. 1]", "only numbers have one"),
        ("basis: str = 'x'  # [a | b]", "basis = 'x': choose one of 'a', 'b'"),
        ("n: int = 1  # [a | b]", "n = 'a': give a whole number"),
        ("ok: int = 1\ntop: float =", "line 2: 'top: float ='"),
    ],
)
def test_a_malformed_declaration_is_quoted(source, said):
    with pytest.raises(UsageError) as caught:
        read_parameters(_notebook(source), "concentration")
    assert said in str(caught.value)
    assert "notebook 'concentration'" in str(caught.value)


@pytest.mark.parametrize(
    ("sources", "said"), [((), "no cell"), ((CELL, CELL), "2 cells")]
)
def test_a_notebook_has_exactly_one_parameters_cell(sources, said):
    with pytest.raises(UsageError, match=f"has {said} tagged 'parameters'"):
        read_parameters(_notebook(*sources), "concentration")


def test_declarations_are_never_run(tmp_path):
    source = f"top: float = open({str(tmp_path / 'left')!r}, 'w')"
    with pytest.raises(UsageError, match="not a literal"):
        read_parameters(_notebook(source), "concentration")
    assert list(tmp_path.iterdir()) == []
