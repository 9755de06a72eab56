"""Texts become values of their declared type, or are refused with what was given."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamlab.errors import UsageError
from kamlab.report.values import convert, type_known

SCALARS = {
    "str": st.text(),
    "int": st.integers(),
    "float": st.floats(allow_nan=False, allow_infinity=False),
    "bool": st.booleans(),
}


@pytest.mark.parametrize("type_", sorted(SCALARS))
@settings(deadline=None)
@given(data=st.data())
def test_a_value_comes_back_from_its_text(type_, data):
    value = data.draw(SCALARS[type_])
    taken = convert("x", value if type_ == "str" else str(value), type_)
    assert taken == value
    assert type(taken) is type(value)


@pytest.mark.parametrize("type_", sorted(SCALARS))
@settings(deadline=None)
@given(data=st.data())
def test_a_list_comes_back_from_its_json(type_, data):
    values = data.draw(st.lists(SCALARS[type_], max_size=5))
    assert convert("x", json.dumps(values), f"list[{type_}]") == values


@settings(deadline=None)
@given(st.one_of(*SCALARS.values()))
def test_nothing_is_taken_for_another_type(value):
    """A value keeps its type; only a whole number may stand for a number."""
    for type_, kind in {"str": str, "int": int, "float": float, "bool": bool}.items():
        own = type(value) is kind or (kind is float and type(value) is int)
        if own or isinstance(value, str):
            continue
        with pytest.raises(UsageError, match="x = "):
            convert("x", value, type_)


@pytest.mark.parametrize(
    ("type_", "known"),
    [
        ("str", True),
        ("float | None", True),
        ("list[bool]", True),
        ("list[int] | None", True),
        ("list", False),
        ("list[dict]", False),
        ("Optional[int]", False),
        ("None", False),
    ],
)
def test_types_a_parameter_may_have(type_, known):
    assert type_known(type_) is known


@pytest.mark.parametrize("given_", [None, "none", "None"])
def test_no_value_is_a_value_where_it_is_declared(given_):
    assert convert("seed", given_, "int | None") is None
    with pytest.raises(UsageError, match="seed = "):
        convert("seed", given_, "int")


@pytest.mark.parametrize(
    "day",
    ["31.12.2025", "2025-13-01", "2025-02-30", "", "today", "03/04/2025", "20251231"],
)
def test_the_day_of_a_report_is_a_day(day):
    with pytest.raises(UsageError, match="is not a day; write it as YYYY-MM-DD"):
        convert("as_of", day, "str")


def test_a_day_is_taken_as_it_is_written():
    assert convert("as_of", "2025-12-31", "str") == "2025-12-31"


@pytest.mark.parametrize("text", ['["a"', "[1,", '["a"] x'])
def test_a_torn_list_is_shown_as_it_was_given(text):
    with pytest.raises(UsageError) as caught:
        convert("regions", text, "list[str]")
    assert f"regions = {text!r}: give a list as JSON" in str(caught.value)


@pytest.mark.parametrize("text", ["inf", "-inf", "nan", "1e999"])
def test_a_number_is_finite(text):
    with pytest.raises(UsageError, match="give a number"):
        convert("top", text, "float")
