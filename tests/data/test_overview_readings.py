"""Every picture of the data is read with its limits."""

import pytest

from kamlab.data.overview_readings import how_to_read
from kamlab.errors import UsageError


@pytest.mark.parametrize(
    "picture", ["repeated contacts", "restated quarters", "extracts"]
)
def test_a_picture_is_read_and_has_its_limits(picture):
    told = how_to_read(picture)
    assert told.startswith("How to read it. ")
    assert told.count("What it does not say: ") == 1
    assert told.endswith(".")


def test_an_unknown_picture_is_refused_with_a_hint():
    with pytest.raises(
        UsageError, match="'extract' is unknown: did you mean 'extracts'"
    ):
        how_to_read("extract")
