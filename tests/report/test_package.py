"""What `kamlab.report` offers to a notebook, and what it costs to ask."""

import subprocess
import sys

import pytest

import kamlab.report


def test_three_names_are_offered_to_notebooks():
    for name in ("record", "present", "available"):
        assert name in dir(kamlab.report)
        assert callable(getattr(kamlab.report, name))


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="has no attribute 'recrod'"):
        _ = kamlab.report.recrod


def test_recording_a_figure_loads_no_machinery():
    script = (
        "import sys\nfrom kamlab.report import record, present, available\n"
        "heavy = {'papermill', 'jinja2', 'matplotlib', 'nbformat'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    assert done.stdout == "[]\n"
