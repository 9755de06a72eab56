"""A reading has two halves: what is seen, and what is not said."""

import pytest

from kamlab.errors import UsageError
from kamlab.style.readings import reading_of

READINGS = {"bars": ("Each bar is one customer.", "whether it earns anything.")}


def test_a_reading_says_both_halves():
    assert reading_of(READINGS, "bars") == (
        "How to read it. Each bar is one customer. "
        "What it does not say: whether it earns anything."
    )


def test_an_unknown_picture_is_refused():
    with pytest.raises(UsageError, match="picture 'lines' is unknown: known are: bars"):
        reading_of(READINGS, "lines")
