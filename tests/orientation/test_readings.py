"""Every table of the first lesson says how it is read and what it does not say."""

import re
from pathlib import Path

import pytest

from kamlab.errors import UsageError
from kamlab.orientation.readings import how_to_read

LESSON = Path("notebooks/src/00_orientation.py")


def test_what_the_lesson_reads_can_be_read():
    asked = re.findall(r'how_to_read\("(\w+)"\)', LESSON.read_text(encoding="utf-8"))
    assert len(asked) == len(set(asked)) == 4
    for picture in asked:
        text = how_to_read(picture)
        assert text.startswith("How to read it. ")
        assert ". What it does not say: " in text
        assert text.endswith(".")


def test_an_unknown_picture_is_refused_with_the_nearest():
    with pytest.raises(UsageError, match="'claim' is unknown: did you mean 'claims'"):
        how_to_read("claim")
