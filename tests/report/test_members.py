"""Whom a report is asked for is looked up before a kernel starts."""

import pytest

import kamlab
from kamlab.report.members import member_problems


@pytest.fixture(scope="module")
def demo():
    with kamlab.open_portfolio("data/demo") as portfolio:
        yield portfolio


@pytest.fixture(scope="module")
def little(company):
    """Open a company whose orders say nothing of managers and regions."""
    with kamlab.open_portfolio(company) as portfolio:
        yield portfolio


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"account": "", "manager": "", "months": 12},
        {"account": "A10063"},
        {"account": "Kovostav"},
        {"account": "A10731"},  # merged into another account since
        {"manager": "K09", "region": "DACH"},
    ],
)
def test_who_is_there_is_no_problem(demo, values):
    assert member_problems(demo, values) == []


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"account": "Kovostaf"}, "did you mean 'Kovostav Strojírny a.s.' (A10284)?"),
        ({"account": "GmbH"}, "give the number"),
        ({"account": "???"}, "accounts is called so; give its number"),
        ({"manager": "K99"}, "owns no account on 2025-12-31: did you mean 'K09'?"),
        ({"region": "DACHH"}, "has no account on 2025-12-31: did you mean 'DACH'?"),
    ],
)
def test_who_is_not_there_is_named_with_the_nearest(demo, values, told):
    (problem,) = member_problems(demo, values)
    ((name, value),) = values.items()
    assert problem.startswith(f"{name} = {value!r}")
    assert told in problem


def test_what_the_data_never_say_cannot_be_asked_for(little):
    assert member_problems(little, {"account": "Marwitz"}) == []
    (problem,) = member_problems(little, {"manager": "K01"})
    assert "do not say it of any account; leave it out" in problem


def test_several_problems_are_told_at_once(demo):
    values = {"account": "Kovostaf", "manager": "K99", "region": "DACHH"}
    assert len(member_problems(demo, values)) == 3
