"""The same data and parameters make the same report, byte for byte.

Set aside is only what tells of the run itself, all of it in manifest.json: `made_at`,
`seconds`, and whether kernels were warm (`kernel`).
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from kamlab.report.request import FORMATS
from tests.conftest import DEMO

#: Makes a report of all notebooks of a folder, or of the review and one dossier.
A_RUN = """
import sys
from pathlib import Path
from kamlab.report.request import NotebookRequest, ReportRequest
from kamlab.report.run import run_request
data, out, folder, kernels, formats = sys.argv[1:]
asked = None if folder else (
    NotebookRequest("portfolio_review"),
    NotebookRequest("account_dossier", for_each="account", only=("A10284",)),
)
how = {"previous": "none", "formats": tuple(formats.split(",")), "kernels": kernels}
request = ReportRequest(Path(data), Path(out), asked, **how)
notebooks = Path(folder) if folder else None
run = run_request(request, 2, notebooks, progress=False)
sys.exit(len(run.failed))
"""

#: Two machines, as far as the environment makes them differ.
HERE = {"TZ": "America/New_York", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"}
THERE = {"TZ": "Asia/Shanghai", "LC_ALL": "C", "PYTHONHASHSEED": "4242"}


def _made(
    out: Path,
    environment: dict[str, str],
    kernels: str,
    data: Path,
    folder: Path | None,
    formats: tuple[str, ...],
) -> dict[str, bytes]:
    """Return every file of a report that was made in a process of its own."""
    arguments = [data, out, folder or "", kernels, ",".join(formats)]
    subprocess.run(
        [sys.executable, "-c", A_RUN, *map(str, arguments)],
        env={**os.environ, **environment},
        check=True,
        capture_output=True,
        timeout=500,
    )
    files = [file for file in out.rglob("*") if file.is_file()]
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in files}


def _without_the_run(manifest: bytes) -> tuple[dict, set[str]]:
    """Return a manifest without what tells of the run, and how kernels started."""
    told = json.loads(manifest)
    for each in ("made_at", "seconds"):
        told.pop(each)
    kernels = set()
    for page in told["pages"]:
        page.pop("seconds")
        kernels.add(page.pop("kernel").partition(":")[0])
    return told, kernels


def _assert_same(tmp_path: Path, *given: object) -> set[str]:
    """Make a report twice, far apart, and return the names of its files."""
    first = _made(tmp_path / "first" / "report", HERE, "warm", *given)
    second = _made(tmp_path / "second" / "report", THERE, "cold", *given)
    assert sorted(first) == sorted(second)
    one, warm = _without_the_run(first.pop("manifest.json"))
    other, cold = _without_the_run(second.pop("manifest.json"))
    assert one == other
    assert cold == {"cold"}
    assert warm == {"warm"} or sys.platform != "linux"
    assert [name for name in first if first[name] != second[name]] == []
    return set(first)


def test_two_notebooks_twice(company, shelf, write, tmp_path):
    write(
        "11",
        "import kamlab, random\nimport matplotlib.pyplot as plt",
        "from kamlab.report import present, record, say",
        "portfolio = kamlab.open_portfolio(data, as_of=as_of)",
        "lines = portfolio.orders.collect().to_pandas()",
        "present(lines, caption='Order lines')",
        "record('lines', len(lines), label='Lines', unit='count')",
        "say(', '.join({'Marwitz', 'Suzhou', 'Nordkai', 'Lienz'}))",
        "_ = plt.plot(lines['order_date'], lines['net_amount'])",
        parameters='data: str = "data/demo"\nas_of: str = "2025-12-31"',
    )
    write("12", "print('well')")
    names = _assert_same(tmp_path, company, shelf, ("single", "xlsx", "csv", "parquet"))
    assert {"11.html", "index.html", "report.html", "report.xlsx"} <= names
    assert "notebooks/11.ipynb" in names


@pytest.mark.slow
def test_the_review_and_a_dossier_twice(tmp_path):
    names = _assert_same(tmp_path, DEMO, None, FORMATS)
    assert {"portfolio_review.pdf", "account_dossier-A10284.pdf"} <= names
    assert {"report.html", "report.xlsx", "actions.xlsx"} <= names
