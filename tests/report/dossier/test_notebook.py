"""The notebook itself: what it leaves behind for us, for the customer, of little."""

import json
import re

import nbformat
import pytest

from kamlab.report.memory.records import read_predictions
from kamlab.report.run import run_report
from tests.conftest import DEMO

SECRETS = (
    *("contribution", "margin", "cost", "wallet", "tier", "peers", "risk", "watch"),
    *("amber", "fading", "never bought", "service level", "hangs on", "outcome"),
)


def _run(folder, **parameters):
    """Run the dossier alone, and return its executed notebook and the exit code."""
    run = run_report(
        ["account_dossier"], DEMO, folder, parameters=parameters, progress=False
    )
    (file,) = (run.folder / "notebooks").glob("*.ipynb")
    return nbformat.read(file, as_version=4), run


def _outputs(notebook) -> str:
    """Return all that cells left behind, in lower case, without the picture's bytes."""
    outputs = [cell.get("outputs", []) for cell in notebook.cells]
    text = json.dumps(outputs, ensure_ascii=False).casefold()
    return re.sub(r'"image/png": "[^"]*"', "", text)


@pytest.fixture(scope="module")
def for_the_customer(tmp_path_factory):
    folder = tmp_path_factory.mktemp("customer") / "report"
    return _run(folder, account="Kovostav", audience="customer")


def test_no_output_for_the_customer_tells_what_is_ours(for_the_customer):
    notebook, run = for_the_customer
    assert run.exit_code == 0
    text = _outputs(notebook)
    assert "kovostav" in text
    assert [secret for secret in SECRETS if secret in text] == []


def test_what_the_customer_gets_records_no_prediction(for_the_customer):
    notebook, _run_of_it = for_the_customer
    assert read_predictions(notebook) == []


@pytest.mark.slow
def test_our_own_page_records_what_it_expects(tmp_path):
    notebook, run = _run(tmp_path / "report", account="Kovostav")
    assert run.exit_code == 0
    expected = read_predictions(notebook)
    assert [(each.account, each.start) for each in expected] == [
        ("A10284", "2026-01-01"),
        ("A10284", "2026-04-01"),
    ]


@pytest.mark.slow
def test_a_short_dossier_is_a_whole_report(tmp_path):
    notebook, run = _run(tmp_path / "report", account="A10101")
    assert run.exit_code == 0
    assert "too little to judge" in _outputs(notebook)
    assert read_predictions(notebook) == []
