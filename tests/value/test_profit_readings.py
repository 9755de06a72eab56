"""Every picture of profit is read with what it does not say."""

import re
from pathlib import Path

import pytest

from kamlab.errors import UsageError
from kamlab.value.profit_readings import how_to_read

LESSON = (
    Path(__file__).parents[2]
    / "notebooks/src/1_value/11_concentration_and_profitability.py"
)
PICTURES = re.findall(r'how_to_read\("([^"]+)"\)', LESSON.read_text(encoding="utf-8"))


@pytest.mark.parametrize("picture", PICTURES)
def test_a_reading_says_both_halves(picture):
    said = how_to_read(picture)
    assert said.startswith("How to read it. ")
    assert said.count("What it does not say: ") == 1
    assert said.endswith(".")
    assert not re.search(r"[$%]|Talbruck", said)


def test_the_lesson_reads_every_picture_of_profit():
    assert len(set(PICTURES)) == len(PICTURES) >= 10


def test_an_unknown_picture_is_refused_with_the_nearest_name():
    with pytest.raises(UsageError, match="'wale' is unknown: did you mean 'whale'"):
        how_to_read("wale")
