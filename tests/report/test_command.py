"""What is typed becomes one request; what cannot be right is told before a kernel."""

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from kamlab import cli
from kamlab.errors import DataError, KamlabError
from kamlab.report.request import NotebookRequest, ReportRequest
from kamlab.report.run import ReportRun, run_request
from tests.report.conftest import cell

WHOLE = "data: talbruck\nlanguage: zh\nparameters: {top: 0.3, basis: margin}\n"


def command(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """Run the command line in this process; return its exit code."""
    monkeypatch.setattr(sys, "argv", ["kamlab", "report", *map(str, arguments)])
    with pytest.raises(SystemExit) as end:
        cli.main()
    return end.value.code or 0


@pytest.fixture
def asked(monkeypatch) -> Callable[..., ReportRequest]:
    """Return what tells for which report a command line asks."""
    seen: list[ReportRequest] = []

    def keep(request, workers, folder):
        seen.append(request)
        return ReportRun(Path("reports/latest"), ())

    monkeypatch.setattr("kamlab.report.run.run_request", keep)

    def asked(*arguments: object) -> ReportRequest:
        assert command(monkeypatch, *arguments) == 0
        return seen[-1]

    return asked


@pytest.fixture
def refused(monkeypatch, capsys, asked) -> Callable[..., str]:
    """Return what tells why a command line is refused."""

    def refused(*arguments: object) -> str:
        assert command(monkeypatch, *arguments) == 2
        return capsys.readouterr().err

    return refused


def test_the_shortest_command_reports_on_the_demo_company(asked):
    expected = ReportRequest(Path("data/demo"), Path("reports/latest"))
    assert asked() == expected


def test_every_option_reaches_the_request(asked):
    request = asked(
        "11", "12", "--data", "d", "--out", "o/{as_of}", "--as-of", "last-month-end",
        "-p", "top=0.3", "--language", "zh", "--audience", "customer",
        "--format", "pdf", "--format", "xlsx", "--previous", "none",
        "--actions", "a.xlsx", "--cold",
    )  # fmt: skip
    assert request == ReportRequest(
        data=Path("d"),
        out=Path("o/{as_of}"),
        notebooks=(NotebookRequest("11"), NotebookRequest("12")),
        as_of="last-month-end",
        parameters={"top": "0.3"},
        language="zh",
        audience="customer",
        formats=("pdf", "xlsx"),
        previous="none",
        actions=Path("a.xlsx"),
        kernels="cold",
    )


def test_options_go_before_the_file_and_values_before_those_of_the_file(
    asked, tmp_path
):
    whole = tmp_path / "report.yml"
    whole.write_text(WHOLE)
    values = tmp_path / "params.yml"
    values.write_text("top: 0.4\nbasis: revenue\n")
    assert asked(whole).parameters == {"top": "0.3", "basis": "margin"}
    request = asked(whole, "-f", values, "-p", "top=0.5", "--language", "en")
    assert request.parameters == {"top": "0.5", "basis": "revenue"}
    assert request.language == "en"
    assert request.data == tmp_path / "talbruck"


def test_a_value_may_hold_an_equals_sign_and_be_empty(asked):
    assert asked("-p", "rule=a=b", "-p", "top=").parameters == {
        "rule": "a=b",
        "top": "",
    }


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-p", "top"], "-p 'top' is not name=value; write -p top_share=0.2"),
        (["-p", "=3"], "-p '=3' is not name=value"),
        (["-p", "top=1", "-p", "top=2"], "-p top is given twice; keep one"),
        (["report.yml", "11"], "report.yml describes a whole report; name it alone"),
        (["nowhere.yml"], "cannot be read"),
        (["-f", "nowhere.yml"], "nowhere.yml"),
        (["--audience", "custmer"], "did you mean 'customer'?"),
        (["--format", "pfd"], "formats has 'pfd': did you mean 'pdf'?"),
    ],
)
def test_what_nobody_can_mean_is_told(refused, arguments, told):
    assert told in refused(*arguments)


# -- bad input of a whole run: a sentence, no kernel, and nothing lost -----------------


@pytest.fixture
def place(company, shelf, write, tmp_path) -> Path:
    """A place with one notebook, a company's folder, and nothing else."""
    parameters = 'data: str = "d"  # folder\nas_of: str = "2025-12-31"  # last day\n'
    parameters += 'account: str = ""  # whose page\n'
    parameters += 'manager: str = ""  # whose accounts\n'
    parameters += 'money_unit: str = "auto"  # unit [auto | million]\n'
    left = f"open({str(tmp_path / 'a kernel was here')!r}, 'w').close()"
    write("11", cell(left), parameters=parameters)
    shutil.copytree(company, tmp_path / "company")
    return tmp_path


def run(place: Path, **given: object) -> ReportRun:
    """Run a report in the place."""
    only = given.pop("only", None)
    notebook = NotebookRequest("11")
    if only:
        notebook = NotebookRequest("11", for_each="account", only=(only,))
    folders = {"data": place / "company", "out": place / "report"}
    request = ReportRequest(**{**folders, "notebooks": (notebook,), **given})
    return run_request(request, 1, place / "notebooks", progress=False)


def _no_orders(place: Path) -> dict:
    orders = place / "company" / "orders.csv"
    head = orders.read_text(encoding="utf-8").splitlines()[0]
    orders.write_text(head + "\n", encoding="utf-8")
    return {}


def _no_portfolio(place: Path) -> dict:
    (place / "empty").mkdir()
    return {"data": place / "empty"}


def _out_is_a_file(place: Path) -> dict:
    (place / "report").write_text("my notes")
    return {}


def _above_out_is_a_file(place: Path) -> dict:
    (place / "reports").write_text("my notes")
    return {"out": place / "reports" / "latest"}


def _out_holds_other_files(place: Path) -> dict:
    (place / "report").mkdir()
    (place / "report" / "thesis.docx").write_text("years of work")
    return {}


def _out_is_damaged(place: Path) -> dict:
    (place / "report").mkdir()
    (place / "report" / "manifest.json").write_text("{")
    return {}


def _previous_is_damaged(place: Path) -> dict:
    (place / "before").mkdir()
    (place / "before" / "manifest.json").write_text("{")
    return {"previous": str(place / "before")}


def _actions_are_damaged(place: Path) -> dict:
    (place / "actions.xlsx").write_bytes(b"PK\x03\x04 what people wrote")
    return {"actions": place / "actions.xlsx"}


def _actions_are_open(place: Path) -> dict:
    (place / "~$actions.xlsx").write_text("Anna")
    (place / "actions.xlsx").write_bytes(b"what people wrote")
    return {"actions": place / "actions.xlsx"}


def _out_is_being_written(place: Path) -> dict:
    # The lock is one of the process: another handle on it is as good as another run.
    holder = FileLock(place / ".report.lock")
    holder.acquire()
    return {"held": holder}


BAD = {
    "an empty table of orders": (_no_orders, "has no order line"),
    "a folder without portfolio": (_no_portfolio, "portfolio.yml"),
    "an unknown account": (lambda _: {"only": "Marwitzz"}, "did you mean 'Marwitz'?"),
    "a day before the first order": (
        lambda _: {"as_of": "2024-12-31"},
        "2025-01-10",
    ),
    "a misspelt name of a day": (
        lambda _: {"as_of": "last-quarter-end"},
        "did you mean 'last-fiscal-quarter-end'?",
    ),
    "an account that a parameter misspells": (
        lambda _: {"parameters": {"account": "Marwitzz"}},
        "account = 'Marwitzz': did you mean 'Marwitz'?",
    ),
    "a manager whom the data do not know": (
        lambda _: {"parameters": {"manager": "K99"}},
        "manager = 'K99': the data do not say it of any account",
    ),
    "an unknown unit of money": (
        lambda _: {"parameters": {"money_unit": "milion"}},
        "money_unit = 'milion': choose one of 'auto', 'million'",
    ),
    "a report before that is nowhere": (
        lambda _: {"previous": "nowhere"},
        "previous = 'nowhere' holds no report",
    ),
    "a day that is none": (lambda _: {"as_of": "31.12.2025"}, "'31.12.2025'"),
    "an unknown parameter": (lambda _: {"parameters": {"acount": 1}}, "'account'?"),
    "an unknown language": (lambda _: {"language": "de"}, "language = 'de'"),
    "a place that another run writes": (_out_is_being_written, "by another run"),
    "a place that is a file": (_out_is_a_file, "is a file: name a folder"),
    "a place below a file": (_above_out_is_a_file, "reports"),
    "a place that holds other files": (_out_holds_other_files, "holds no report"),
    "a place whose report is damaged": (_out_is_damaged, "that cannot be read"),
    "a damaged report before": (_previous_is_damaged, "'none' to begin anew"),
    "a damaged list of actions": (_actions_are_damaged, "actions.xlsx"),
    "a list of actions that is open": (_actions_are_open, "close it first"),
}


def _files(place: Path) -> dict[Path, bytes]:
    files = [each for each in place.rglob("*") if each.is_file()]
    return {f: f.read_bytes() for f in files if not f.name.endswith(".lock")}


@pytest.mark.parametrize(("make", "told"), BAD.values(), ids=BAD)
def test_bad_input_is_told_in_a_sentence_and_nothing_is_touched(place, make, told):
    given = make(place)
    held = given.pop("held", None)
    before = _files(place)
    with pytest.raises((KamlabError, OSError)) as caught:
        run(place, **given)
    if held:
        held.release()
    said = str(caught.value)
    assert told in said
    assert "Traceback" not in said
    # No kernel ran, nothing was written, and above all nothing was taken away.
    assert _files(place) == before


@pytest.mark.parametrize("make", [_actions_are_damaged, _actions_are_open])
def test_a_list_of_actions_that_cannot_be_read_is_a_matter_of_the_data(place, make):
    given = make(place)
    with pytest.raises(DataError) as caught:
        run(place, **given)
    assert caught.value.exit_code == 1


def test_a_damaged_report_beside_it_costs_its_memory_and_nothing_else(place):
    beside = place / "2025-09-30"
    beside.mkdir()
    (beside / "manifest.json").write_text("{")
    (beside / "index.html").write_text("<p>Report</p>")
    report = run(place)
    assert (report.exit_code, len(report.notes)) == (0, 1)
    assert report.notes[0].startswith("2025-09-30/manifest.json cannot be read")
    assert report.notes[0] in str(report)
    assert (beside / "manifest.json").read_text() == "{"
    written = json.loads((place / "report" / "manifest.json").read_text("utf-8"))
    assert written["status"] == "well"


def test_a_damaged_memory_of_the_report_itself_is_told_and_harms_nothing(place):
    run(place, out=place / "2025-11-30", as_of="2025-11-30")
    run(place)
    (place / "report" / "previous.json").write_text("{")
    report = run(place)
    assert report.exit_code == 0
    assert report.notes[0].startswith("report/previous.json cannot be read")


def test_a_run_for_chinese_readers_speaks_chinese(place, monkeypatch, capfd):
    folders = ("--data", place / "company", "--out", place / "report")
    given = ("11", "--notebooks-folder", place / "notebooks", "--language", "zh")
    assert command(monkeypatch, *given, *folders) == 0
    told = capfd.readouterr()
    assert told.out.startswith("1 页: ")
    assert "11：第 1 个单元格，共" in told.err
    assert command(monkeypatch, *given, *folders, "-p", "acount=1") == 2
    refused = capfd.readouterr().err
    assert "未知的参数 'acount'（= '1'）：您是否想写 'account'？" in refused
