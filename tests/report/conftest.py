"""A tiny company and tiny notebooks, so that a report takes seconds."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from kamlab.data.folder import Description, write_csv, write_description

PARAMETERS = """\
data: str = "data/demo"  # folder of the portfolio
as_of: str = "2025-12-31"  # last day of data the report may see
currency: str = "EUR"  # reporting currency
top: float = 0.2  # share of accounts that count as top [0.01 .. 0.99]
basis: str = "revenue"  # what is concentrated [revenue | margin]
"""


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a company of three accounts, one of which would like to run a script."""
    folder = tmp_path_factory.mktemp("data") / "little company"
    folder.mkdir()
    accounts = ["Marwitz", "<script>alert(1)</script>", "苏州昊锐"]
    orders = pd.DataFrame(
        {
            "order_id": ["1", "2", "3"],
            "account_id": accounts,
            "order_date": pd.to_datetime(["2025-01-10", "2025-03-01", "2025-11-30"]),
            "net_amount": [800.0, 150.0, 50.0],
        }
    )
    files = {"orders": write_csv(orders, "orders", folder)}
    told = Description("Little & Sons", "EUR", date(2025, 12, 31), tables=files)
    write_description(folder, told)
    return folder


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """Make a folder for notebooks."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    return folder


def cell(source: str, *tags: str) -> nbformat.NotebookNode:
    """Make a code cell, or a Markdown cell of a text that starts with # or >."""
    kind = nbformat.v4.new_code_cell
    if source.startswith(("#", ">")):
        kind = nbformat.v4.new_markdown_cell
    return kind(source, metadata={"tags": list(tags)} if tags else {})


def write_notebook(
    shelf: Path,
    name: str,
    *cells: str | nbformat.NotebookNode,
    parameters: str | None = PARAMETERS,
    title: str = "",
) -> None:
    """Write a notebook of these cells, under a title and a cell of parameters."""
    made = [cell(each) if isinstance(each, str) else each for each in cells]
    head = [cell(f"# {title or name}")]
    if parameters is not None:
        head.append(cell(parameters, "parameters"))
    notebook = nbformat.v4.new_notebook(cells=head + made)
    nbformat.write(notebook, shelf / f"{name}.ipynb")


@pytest.fixture
def write(shelf: Path) -> Callable[..., None]:
    """Return what writes a notebook onto the shelf."""
    return partial(write_notebook, shelf)
