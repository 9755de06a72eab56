"""What units behind numbers are worth is said completely, or told as a problem."""

import pytest

from kamlab.data.mapping.format import Format, suffixes
from kamlab.data.mapping.text import Plain

PATH = "tables.orders.format.suffixes"


def test_each_unit_has_its_worth():
    problems: list[str] = []
    told = {"%": Plain("0.01"), "万": Plain("10000")}
    assert suffixes(told, PATH, problems) == (("%", 0.01), ("万", 10_000.0))
    assert problems == []


@pytest.mark.parametrize(
    ("node", "problem"),
    [
        ({}, f"{PATH} = {{}}; pairs such as"),
        ("万", f"{PATH} = '万'; pairs such as"),
        ({"万": Plain("0")}, f"{PATH}.万 = 0; a unit is worth more than 0"),
        ({"万": Plain("-1")}, "a unit is worth more than 0"),
        ({"万": "viel"}, f"{PATH}.万 = 'viel' is not a number"),
        ({"10k": Plain("1000")}, f"{PATH}.10k: a unit has no digits in it"),
        ({" ": Plain("1000")}, "a unit has no digits in it"),
    ],
)
def test_what_is_no_unit_is_told_with_its_place(node, problem):
    problems: list[str] = []
    assert suffixes(node, PATH, problems) == ()
    assert len(problems) == 1
    assert problem in problems[0]


def test_a_format_without_them_reads_plain_numbers():
    assert Format().suffixes == ()
    assert Format().footer == ""
