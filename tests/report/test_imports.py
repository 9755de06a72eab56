"""What notebooks import is read off their code; nothing of it is run."""

import subprocess
import sys

import nbformat
import pytest

from kamlab.report.imports import SAFE_PACKAGES, is_only_imports, safe_imports


def _notebook(*sources: str) -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_code_cell(source) for source in sources]
    return nbformat.v4.new_notebook(cells=cells)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import kamlab\nfrom kamlab.report import say", True),
        ("import kamlab\nportfolio = kamlab.open_portfolio(data)", False),
        ("if True:\n    import kamlab", False),
        ("# only a remark", False),
        ("%matplotlib inline", False),
        ("", False),
    ],
)
def test_cells_of_imports_are_told_from_those_that_compute(source, expected):
    assert is_only_imports(source) is expected


def test_every_name_is_listed_once_in_the_order_of_the_notebooks():
    first = _notebook("import pandas as pd, numpy", "from scipy import stats")
    second = _notebook("import numpy\nx = 1", "from scipy.stats import norm, t")
    assert safe_imports([first, second]) == [
        "pandas",
        "numpy",
        "scipy:stats",
        "scipy.stats:norm",
        "scipy.stats:t",
    ]


def test_what_a_company_brings_itself_is_left_to_the_kernel():
    sources = ("import our_database", "from . import near", "import json", "!ls")
    assert safe_imports([_notebook(*sources)]) == []


def test_text_cells_import_nothing():
    text = nbformat.v4.new_markdown_cell("import numpy")
    assert safe_imports([nbformat.v4.new_notebook(cells=[text])]) == []


def test_with_kamlab_comes_what_it_imports_on_first_use():
    names = safe_imports([_notebook("from kamlab.report import say")])
    assert names == ["kamlab.report:say", "kamlab.opening", "matplotlib.pyplot"]


@pytest.mark.slow
def test_safe_packages_start_no_thread_of_python_when_they_are_imported():
    libraries = sorted(SAFE_PACKAGES - {"kamlab"})
    program = (
        f"import threading, {', '.join(libraries)}, kamlab.opening, kamlab.report.run\n"
        "print([thread.name for thread in threading.enumerate()])"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "['MainThread']\n"
