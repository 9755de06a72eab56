"""Whole reports on a tiny company, with real kernels."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from kamlab.data.importing.accounting import DroppedRows, TableCount, write_log
from kamlab.errors import UsageError
from kamlab.report.executed import without_folders
from kamlab.report.run import ReportRun, run_report
from tests.report.conftest import cell

OPEN = "import kamlab\nfrom kamlab.report import record, available, present"
RECORD = "from kamlab.report import record"
LOOK = "portfolio = kamlab.open_portfolio(data, as_of=as_of)"
COUNT = "record('lines', len(portfolio.orders.collect()), label='Lines', unit='count')"


@pytest.fixture
def out(tmp_path) -> Path:
    return tmp_path / "report"


@pytest.fixture
def run(company, shelf, out):
    """Return what runs a report on the tiny company."""

    def run(*names: str, **given) -> ReportRun:
        given = {"notebooks_folder": shelf, "progress": False, **given}
        data = given.pop("data", company)
        return run_report(list(names) or None, data, out, **given)

    return run


def _manifest(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text(encoding="utf-8"))


def test_a_report_shows_what_the_notebook_found(run, write, out, company):
    write(
        "11",
        "## What there is",
        OPEN,
        LOOK,
        COUNT,
        "names = portfolio.orders.select('account_id').collect().to_pandas()",
        "present(names, caption=data)",
        "_ = available(portfolio, 'orders.cogs', section='Gross margin')",
        cell("## Exercise", "lesson"),
        cell("raise SystemError('not for managers')", "lesson"),
    )
    report = run(as_of="2025-03-31")
    page = (out / "11.html").read_text(encoding="utf-8")
    assert (report.exit_code, report.folder, report.failed) == (0, out, ())
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "Exercise" not in page
    assert str(company) not in page
    told = _manifest(out)
    assert told["as_of"] == "2025-03-31"
    assert told["pages"][0]["parameters"]["as_of"] == "2025-03-31"
    assert told["pages"][0]["results"][0]["value"] == 2.0
    assert told["pages"][0]["missing"][0]["section"] == "Gross margin"
    assert set(told["seconds"]) == {"executing", "rendering"}
    assert "Gross margin" in report.index.read_text(encoding="utf-8")
    assert "1 page: " in str(report)


def test_what_a_notebook_marks_reaches_the_front_page(run, write, out):
    write(
        "11",
        "from kamlab.report import record, say",
        "record('a', 1, label='Plain')",
        "record('b', 2, label='Marked', n=3, of='accounts', headline=True)",
        "say('Marwitz < 20 % of it.', headline=True)",
        "say('Nobody needs this in front.')",
        "say('Agree on a limit.', headline='do')",
    )
    report = run()
    front = report.index.read_text(encoding="utf-8")
    assert "Marwitz &lt; 20\xa0% of it." in front
    assert "3 accounts" in front
    assert "Plain" not in front
    assert "in front" not in front
    assert "Plain" in (out / "11.html").read_text(encoding="utf-8")
    assert front.index("What to do next") < front.index("Agree on a limit.")
    assert _manifest(out)["pages"][0]["headlines"] == {
        "what": ["Marwitz < 20 % of it."],
        "why": [],
        "do": ["Agree on a limit."],
    }


def test_what_the_import_left_out_is_told(run, write, out, company, tmp_path):
    imported = tmp_path / "imported"
    shutil.copytree(company, imported)
    gone = [DroppedRows("no <i>customer</i>", 12, 9.5)]
    count = TableCount("orders", [], gone, rows_in=15, rows_out=3)
    write_log([count], imported / "portfolio.yml", imported)
    write("11")
    run(data=imported)
    line = "Left out at import: 12 order lines “no &lt;i&gt;customer&lt;/i&gt;”"
    for name in ("index.html", "11.html"):
        assert line in (out / name).read_text(encoding="utf-8")
    told = _manifest(out)["data"]["import"]
    assert told["log"]["tables"][0]["rows_in"] == 15


def test_no_file_of_a_report_names_the_machines_folders(run, write, out, company):
    write("11", "print(data)", "raise ValueError(data)")
    run()
    for file in out.rglob("*.*"):
        text = file.read_text(encoding="utf-8")
        assert str(company) not in text
        assert str(company.parent) not in text
        assert sys.prefix not in text


def test_a_failing_notebook_does_not_stop_the_others(run, write, out):
    write("11", "print('well')")
    write("12", "## The loss", "raise KeyError('A7')", title="Losses")
    report = run(workers=1)
    assert report.exit_code == 3
    assert report.failed == ("12",)
    assert "12 failed: KeyError: 'A7'" in str(report)
    page = (out / "12.html").read_text(encoding="utf-8")
    assert "This page is not complete" in page
    assert "in the section “The loss”" in page
    assert "well" in (out / "11.html").read_text(encoding="utf-8")
    assert (out / "notebooks" / "12.ipynb").is_file()
    assert _manifest(out)["status"] == "failed"
    assert "Losses</a>: KeyError" in report.index.read_text(encoding="utf-8")


def test_a_bad_run_never_damages_the_last_good_report(run, write, out):
    write("11", "print('the good one')")
    run()
    before = {f: f.read_bytes() for f in out.rglob("*") if f.is_file()}
    write("11", "raise ValueError('bad')")
    report = run()
    assert report.folder.name == "report.failed"
    assert {f: f.read_bytes() for f in out.rglob("*") if f.is_file()} == before
    assert sorted(each.name for each in out.parent.iterdir()) == [
        ".report.lock",
        "notebooks",
        "report",
        "report.failed",
    ]


def test_wrong_parameters_start_no_kernel(run, write, tmp_path):
    left = tmp_path / "a kernel was here"
    write("11", f"open({str(left)!r}, 'w').close()")
    with pytest.raises(UsageError, match="top = 2"):
        run(parameters={"top": "2"})
    assert not left.exists()
    run(parameters={"top": "0.5"})
    assert left.exists()


def test_one_figure_recorded_twice_fails_its_page(run, write):
    write("11", RECORD, "record('a', 1, label='A')", "record('a', 2, label='A')")
    report = run()
    assert "result 'a' is recorded twice" in report.pages[0].failure.message


def test_the_next_report_compares_itself_with_this_one(run, write, out):
    write("11", RECORD, "record('lines', 2, label='Lines', unit='count')")
    run(as_of="2025-03-31")
    report = run(as_of="2025-12-31")
    assert report.exit_code == 0
    for name in ("index.html", "11.html"):
        assert "31 Mar 2025: 2" in (out / name).read_text(encoding="utf-8")


def test_a_section_less_than_last_time_is_degraded(run, write, out):
    write("11")
    run()
    write("11", OPEN, LOOK, "_ = available(portfolio, 'events', section='Events')")
    report = run()
    assert report.exit_code == 4
    assert "11: “Events” is not shown" in report.degraded[0]
    assert _manifest(out)["status"] == "degraded"


@pytest.mark.parametrize("workers", [0, -1, True, 1.5])
def test_workers_are_counted_from_one(run, write, workers):
    write("11")
    with pytest.raises(UsageError, match="workers = "):
        run(workers=workers)


def test_the_folder_above_the_report_is_made(company, shelf, write, tmp_path):
    write("11")
    out = tmp_path / "reports" / "latest"
    given = {"notebooks_folder": shelf, "progress": False}
    assert run_report(["11"], company, out, **given).index == out / "index.html"


@pytest.mark.skipif(os.name != "posix", reason="signals are sent the POSIX way")
def test_an_interrupt_leaves_no_half_report_and_no_kernel(company, shelf, write, out):
    pid = shelf / "pid"
    source = f"import os, time\nopen({str(pid)!r}, 'w').write(str(os.getpid()))"
    write("11", f"{source}\ntime.sleep(60)")
    script = (
        "import sys\nfrom kamlab.report.run import run_report\n"
        "run_report(None, sys.argv[1], sys.argv[2], notebooks_folder=sys.argv[3])"
    )
    arguments = [str(company), str(out), str(shelf)]
    command = [sys.executable, "-c", script, *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE) as process:
        # The second cell to begin is the one that sleeps, once it has left its pid.
        while not (pid.exists() and pid.read_text()):
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        said = process.stderr.read().decode()
    assert process.returncode != 0
    assert said.rstrip().endswith("KeyboardInterrupt")
    assert [each.name for each in out.parent.iterdir()] == [".report.lock", "notebooks"]
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_a_short_path_of_the_data_changes_neither_pictures_nor_words():
    picture = {"image/png": "iVBORw0/d+d/dAAA", "text/plain": "at /d, EUR/d, /data"}
    output = nbformat.v4.new_output("display_data", picture)
    cell = nbformat.v4.new_code_cell('data = "/d"', outputs=[output])
    notebook = nbformat.v4.new_notebook(cells=[cell])
    job = SimpleNamespace(injected={"data": "/d"}, effective={"data": "mine"})
    told = without_folders(notebook, job).cells[0]
    assert told.source == 'data = "mine"'
    assert told.outputs[0].data["image/png"] == picture["image/png"]
    assert told.outputs[0].data["text/plain"] == "at mine, EUR/d, /data"
