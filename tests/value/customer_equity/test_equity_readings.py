"""Every picture of lifetime value is read with what it does not say."""

import re
from pathlib import Path

import pytest

from kamlab.errors import UsageError
from kamlab.value.customer_equity.readings import _READINGS, how_to_read

LESSON = (
    Path(__file__).parents[3] / "notebooks/src/1_value/12_customer_lifetime_value.py"
)
PICTURES = re.findall(r'how_to_read\("([^"]+)"\)', LESSON.read_text(encoding="utf-8"))


@pytest.mark.parametrize("picture", PICTURES)
def test_a_reading_says_both_halves(picture):
    said = how_to_read(picture)
    assert said.startswith("How to read it. ")
    assert said.count("What it does not say: ") == 1
    assert said.endswith(".")
    assert not re.search(r"\$|Talbruck", said)


def test_the_lesson_reads_every_picture_once_and_no_reading_is_left_over():
    assert len(set(PICTURES)) == len(PICTURES) >= 10
    assert set(PICTURES) == set(_READINGS)


def test_an_unknown_picture_is_refused_with_the_nearest_name():
    with pytest.raises(UsageError, match="'lever' is unknown: did you mean 'levers'"):
        how_to_read("lever")
