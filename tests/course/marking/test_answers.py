"""Answers leave a submission as plain data, and arrive as what they were."""

import json
import math
import subprocess
import sys
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamlab.course.marking.answers import (
    MOST_CHARACTERS,
    Unreadable,
    decode,
    encode,
    show_answers,
)


def there_and_back(answer: object) -> object:
    return decode(json.loads(json.dumps(encode(answer))))


@pytest.mark.parametrize(
    "answer",
    [0, -3, 0.4125, "BD", "", True, None, [1, 2], [], {"A", "B"}, {"A": [1], 2: "b"}],
)
def test_plain_answers_arrive_as_they_were(answer):
    arrived = there_and_back(answer)
    assert arrived == answer
    assert type(arrived) is type(answer)


numbers = st.floats(allow_nan=False) | st.integers(-(10**200), 10**200)
plain = st.recursive(
    numbers | st.booleans() | st.text() | st.none(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(plain)
def test_every_plain_answer_arrives_as_it_was_or_is_told_too_deep(answer):
    arrived = there_and_back(answer)
    assert arrived == answer or "deep" in repr(arrived)


def test_a_stub_of_dots_arrives_as_nothing():
    assert there_and_back(...) is None


def test_numpy_numbers_arrive_as_numbers():
    assert there_and_back(np.float64(0.5)) == 0.5
    assert there_and_back(np.int64(7)) == 7
    assert there_and_back(np.array(0.5)) == 0.5
    assert there_and_back(np.bool_(True)) is True


def test_what_is_no_number_stays_none():
    assert math.isnan(there_and_back(math.nan))
    assert there_and_back(-math.inf) == -math.inf


def test_series_and_frames_keep_their_index():
    series = pd.Series([0.5, 0.25], index=["A", "B"])
    frame = pd.DataFrame({"share": [0.5, 0.25]}, index=["A", "B"])
    pd.testing.assert_series_equal(there_and_back(series), series)
    pd.testing.assert_frame_equal(there_and_back(frame), frame)


def test_an_index_or_an_array_arrives_as_a_list():
    assert there_and_back(pd.Index(["A", "B"])) == ["A", "B"]
    assert there_and_back(np.array([1.5, 2])) == [1.5, 2.0]
    assert there_and_back(("A", "B")) == ["A", "B"]


@pytest.mark.parametrize(
    "day", [date(2025, 12, 31), pd.Timestamp("2025-12-31"), np.datetime64("2025-12-31")]
)
def test_days_arrive_as_days(day):
    assert there_and_back(day) == pd.Timestamp("2025-12-31")


def test_groups_of_names_may_stand_in_a_set():
    assert there_and_back({("A", "B")}) == {("A", "B")}


class Trap:
    """Would run code in whoever unpickled or printed it."""

    def __reduce__(self):
        return print, ("caught",)

    def __repr__(self):
        raise RuntimeError("caught")


@pytest.mark.parametrize("odd", [object(), Trap(), print, iter([1]), 3 + 4j, b"x"])
def test_anything_else_arrives_as_the_name_of_its_type(odd):
    assert there_and_back(odd) == Unreadable(type(odd).__name__)


def test_what_is_too_large_is_told_by_its_size():
    assert "characters" in repr(there_and_back("B" * (MOST_CHARACTERS + 1)))
    assert there_and_back(range(10**9)) == Unreadable("range")
    assert there_and_back(list(range(30_000))) == Unreadable("list")
    assert "large number" in repr(there_and_back(10**5000))


def test_a_list_within_itself_ends():
    endless: list = []
    endless.append(endless)
    assert "deep list" in repr(there_and_back(endless))


@pytest.mark.parametrize(
    "told",
    [
        {"list": 3},
        {"set": [[{"dict": []}]]},
        {"series": [[1], [1, 2]]},
        {"frame": [1]},
        {"frame": [[1], [], []]},
        {"dict": [[1, 2, 3]]},
        {"dict": [[["list"], 2]]},
        {"float": "much"},
        {"day": "never"},
        {"other": {"a": 1}},
        {"bomb": 1},
        {"list": [], "set": []},
        [1, 2],
    ],
)
def test_forged_data_never_raise(told):
    arrived = decode(told)
    assert isinstance(arrived, Unreadable | set | pd.DataFrame | dict)


def test_outside_a_notebook_nothing_is_shown(capsys):
    show_answers({"answer_11_1": 0.4}, ["answer_11_1"])
    assert capsys.readouterr().out == ""


def test_neither_numpy_nor_pandas_is_loaded_to_tell_an_answer():
    program = (
        "import sys\n"
        "from kamlab.course.marking.answers import encode\n"
        "print(encode([0.5, {'A'}]), encode(object()), "
        "{'numpy', 'pandas'} & {*sys.modules})"
    )
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    expected = "{'list': [0.5, {'set': ['A']}]} {'other': 'object'} set()\n"
    assert told.stdout == expected


def test_days_of_numpy_arrive_whatever_their_unit():
    for unit in ("D", "s", "ns"):
        day = np.datetime64("2025-12-31", unit)
        assert there_and_back(day) == pd.Timestamp("2025-12-31")
    assert there_and_back(np.datetime64("NaT")) is None
