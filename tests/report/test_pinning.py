"""A report shows one version of the portfolio, though an import comes while it runs."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from kamlab.data.folder import DESCRIPTION_FILE
from kamlab.report import pinning
from kamlab.report.pinning import make_pinned_plan, pin_portfolio
from kamlab.report.plan import make_plan
from kamlab.report.request import ReportRequest
from kamlab.report.run import run_report

OPEN = "import kamlab\nfrom kamlab.report import record"
LOOK = "portfolio = kamlab.open_portfolio(data, as_of=as_of)"
COUNT = "record('lines', len(portfolio.orders.collect()), label='Lines', unit='count')"
DROP = "import pathlib; file = next(pathlib.Path({!r}).glob('orders.*')); file.unlink()"


@pytest.fixture
def mine(company, tmp_path) -> Path:
    """A portfolio of the test's own, which it may change."""
    return shutil.copytree(company, tmp_path / "mine")


def an_import_comes(portfolio: Path) -> None:
    """Put another description there, as an import does."""
    file = portfolio / DESCRIPTION_FILE
    text = file.read_text(encoding="utf-8")
    aside = portfolio / "aside"
    aside.write_text(f"{text}# another version\n", encoding="utf-8")
    aside.replace(file)


def test_what_is_pinned_has_the_name_and_the_tables_of_the_portfolio(mine, tmp_path):
    pinned = pin_portfolio(mine, tmp_path)
    assert pinned.name == mine.name
    names = {each.name for each in mine.iterdir()}
    assert {each.name for each in pinned.iterdir()} == names
    for name in names:
        assert (pinned / name).read_bytes() == (mine / name).read_bytes()


def test_a_version_that_changes_while_it_is_copied_is_copied_again(
    mine, tmp_path, monkeypatch
):
    copies, copy = [], pinning.copy_portfolio

    def copied(portfolio, folder):
        copy(portfolio, folder)
        if not copies:
            an_import_comes(mine)
        copies.append(folder)

    monkeypatch.setattr(pinning, "copy_portfolio", copied)
    pinned = pin_portfolio(mine, tmp_path)
    assert len(copies) == 2
    assert "another version" in (pinned / DESCRIPTION_FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize("comes", [False, True])
def test_the_plan_is_made_anew_only_where_an_import_came(mine, tmp_path, write, comes):
    write("11", OPEN, LOOK, COUNT)
    request = ReportRequest(mine, tmp_path / "out", formats=())
    made = []

    def make(data):
        made.append(data)
        return make_plan(replace(request, data=data), tmp_path / "notebooks")

    plan, pin = make_pinned_plan(make, mine)
    if comes:
        an_import_comes(mine)
    pinned = pin(tmp_path / "scratch")
    assert len(made) == 1 + comes
    assert pinned.out == plan.out
    (job,) = pinned.jobs
    assert Path(job.injected["data"]).parent == tmp_path / "scratch" / "data"
    assert job.effective["data"] == mine.name


def test_the_second_notebook_sees_what_the_first_saw(mine, shelf, write, tmp_path):
    write("11", OPEN, LOOK, COUNT, DROP.format(str(mine)))
    write("12", OPEN, LOOK, COUNT)
    out = tmp_path / "report"
    run = run_report(None, mine, out, workers=1, notebooks_folder=shelf, progress=False)
    assert run.exit_code == 0
    first, second = ([each.value for each in page.results] for page in run.pages)
    assert first == second
    assert not list(mine.glob("orders.*"))
    assert [each.name for each in tmp_path.iterdir() if "scratch" in each.name] == []
