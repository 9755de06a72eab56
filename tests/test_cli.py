"""The command line: what is wrong is told in a sentence, with an exit code."""

import importlib
import shutil
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest

import kamlab
from kamlab import cli
from kamlab.value.activity import account_revenue

PROJECT = Path(__file__).resolve().parent.parent

NOTEBOOK = """\
data: str = "data/demo"  # folder of the portfolio
as_of: str = "2025-12-31"  # last day of data the report may see
level: str = "account"  # accounts or their groups [account | parent]
top_share: float = 0.2  # share of accounts counted as the top [0.01 .. 0.99]
"""


def kamlab_command(*arguments: object) -> int:
    """Run the command line as a shell would; return its exit code."""
    patched = pytest.MonkeyPatch()
    with patched.context() as patch, pytest.raises(SystemExit) as end:
        patch.setattr(sys, "argv", ["kamlab", *map(str, arguments)])
        cli.main()
    return end.value.code or 0


def test_no_command_learns_a_grammar_of_web_addresses_first(monkeypatch):
    monkeypatch.delitem(sys.modules, "rfc3987_syntax", raising=False)
    kamlab_command("--help")
    with pytest.raises(ImportError):
        importlib.import_module("rfc3987_syntax")


@pytest.fixture
def notebooks(tmp_path):
    """A folder with one notebook, which would leave a file if it ever ran."""
    notebook = nbformat.v4.new_notebook()
    parameters = nbformat.v4.new_code_cell(NOTEBOOK)
    parameters.metadata["tags"] = ["parameters"]
    leaves_a_file = f"open({str(tmp_path / 'ran')!r}, 'w').close()"
    notebook.cells = [
        nbformat.v4.new_markdown_cell("# Concentration"),
        parameters,
        nbformat.v4.new_code_cell(leaves_a_file),
    ]
    folder = tmp_path / "notebooks" / "1_value"
    folder.mkdir(parents=True)
    nbformat.write(notebook, folder / "11_concentration.ipynb")
    return tmp_path / "notebooks"


def corrupt_description(folder: Path) -> None:
    (folder / "portfolio.yml").write_text("name: [Talbruck")


def corrupt_table(folder: Path) -> None:
    lines = (folder / "orders.csv").read_text(encoding="utf-8").splitlines()
    lines[41] = lines[41].replace(",", ",x", 4)
    (folder / "orders.csv").write_text("\n".join(lines), encoding="utf-8")


#: What is wrong, how it comes about, what the message says (place, value, remedy),
#: and the exit code.
BAD = {
    "unknown parameter": (["-p", "top_shar=0.2"], None, ["top_shar", "top_share"], 2),
    "wrong parameter type": (["-p", "top_share=many"], None, ["top_share", "many"], 2),
    "out of range": (["-p", "top_share=1.5"], None, ["top_share", "1.5", "0.99"], 2),
    "not among the choices": (
        ["-p", "level=branch"],
        None,
        ["level", "branch", "parent"],
        2,
    ),
    "given twice": (
        ["-p", "top_share=0.2", "-p", "top_share=0.3"],
        None,
        ["top_share", "twice", "keep one"],
        2,
    ),
    "no value": (["-p", "top_share"], None, ["top_share", "name=value"], 2),
    "as_of before the first order": (
        ["--as-of", "2019-05-31"],
        None,
        ["as_of", "2019-05-31", "2022-01-0", "2025-12-31"],
        2,
    ),
    "as_of after the extract": (
        ["--as-of", "2026-01-31"],
        None,
        ["as_of", "2026-01-31", "2025-12-31", "Choose"],
        2,
    ),
    "as_of that is no day": (
        ["--as-of", "31.12.2025"],
        None,
        ["as_of", "31.12.2025", "YYYY-MM-DD"],
        2,
    ),
    "missing portfolio": (
        ["--data", "nowhere"],
        None,
        ["nowhere", "portfolio.yml", "kamlab import"],
        2,
    ),
    "corrupt portfolio.yml": (
        [],
        corrupt_description,
        ["portfolio.yml", "Mend the file"],
        1,
    ),
    "corrupt table file": (
        [],
        corrupt_table,
        ["'orders'", "orders.csv", "42", "import the data again"],
        1,
    ),
    "unknown notebook": (
        ["11_concentracion"],
        None,
        ["11_concentracion", "11_concentration"],
        2,
    ),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_refused_before_any_kernel_starts(
    kind, tmp_path, notebooks, capfd
):
    arguments, spoil, told, code = BAD[kind]
    data = tmp_path / "talbruck"
    shutil.copytree(PROJECT / "data" / "demo", data)
    if spoil:
        spoil(data)
    common = ["--notebooks-folder", notebooks, "--out", tmp_path / "report"]
    if "--data" not in arguments:
        common += ["--data", data]
    assert kamlab_command("report", *common, *arguments) == code
    message = capfd.readouterr().err
    assert [each for each in told if each not in message] == []
    assert "Traceback" not in message
    assert not (tmp_path / "ran").exists()
    assert not list(tmp_path.glob("report*"))


def test_all_wrong_parameters_are_told_at_once(tmp_path, notebooks, capfd):
    code = kamlab_command(
        "report",
        *("--notebooks-folder", notebooks, "--out", tmp_path / "report"),
        *("-p", "levl=parent", "-p", "top_share=2", "-p", "as_of=soon"),
    )
    message = capfd.readouterr().err
    assert code == 2
    assert all(each in message for each in ("levl", "top_share", "as_of"))


def test_a_report_of_a_good_notebook_ends_well(tmp_path, notebooks, capfd):
    out = tmp_path / "report"
    arguments = ["--notebooks-folder", notebooks, "--out", out, "-p", "level=parent"]
    assert kamlab_command("report", *arguments) == 0
    assert (out / "index.html").is_file()
    assert (tmp_path / "ran").exists()
    assert str(out / "index.html") in capfd.readouterr().out


def test_the_list_names_notebooks_and_parameters(notebooks, capfd):
    assert kamlab_command("report", "--list", "--notebooks-folder", notebooks) == 0
    listed = capfd.readouterr().out
    assert all(each in listed for each in ("11_concentration", "top_share", "0.01"))


def test_the_contract_is_printed(capfd):
    assert kamlab_command("contract", "orders", "--format", "csv") == 0
    assert "delivered_date" in capfd.readouterr().out
    assert kamlab_command("contract", "ordres") == 2
    assert "did you mean 'orders'" in capfd.readouterr().err


def test_all_that_a_mapping_may_say_is_printed(capfd):
    assert kamlab_command("contract", "mapping") == 0
    told = capfd.readouterr().out
    assert all(word in told for word in ("negate", "decimal", "drop", "controls"))


def test_a_demo_is_made_and_not_overwritten(tmp_path, capfd):
    arguments = ["demo", "--accounts", 60, "--seed", 3, "--out", tmp_path / "mine"]
    assert kamlab_command(*arguments) == 0
    with kamlab.open_portfolio(tmp_path / "mine") as portfolio:
        assert len(portfolio.accounts) <= 60
    assert kamlab_command(*arguments) == 2
    assert "not empty" in capfd.readouterr().err
    assert kamlab_command("demo", "--preset", "talbruk", "--out", tmp_path / "x") == 2
    assert "talbruck" in capfd.readouterr().err


EXPORT = "Invoice;Customer;Date;Net\n1;Adler;2025-01-10;100.00\n2;Brandt;{};250.50\n"
MAPPING = """\
portfolio: {name: Small, currency: EUR}
tables:
  orders:
    format: {delimiter: ";"}
    columns:
      {order_id: Invoice, account_id: Customer, order_date: Date, net_amount: Net}
"""


def test_an_export_becomes_a_portfolio(tmp_path, capfd):
    (tmp_path / "export.csv").write_text(EXPORT.format("2025-03-01"))
    (tmp_path / "mapping.yml").write_text(MAPPING)
    arguments = [
        "import",
        tmp_path / "export.csv",
        "--mapping",
        tmp_path / "mapping.yml",
    ]
    assert kamlab_command(*arguments, "--out", tmp_path / "mine") == 0
    with kamlab.open_portfolio(tmp_path / "mine") as portfolio:
        revenue = account_revenue(portfolio)
    assert revenue.to_dict() == {"Adler": 100.0, "Brandt": 250.5}


def test_findings_that_block_end_with_code_one(tmp_path, capfd):
    (tmp_path / "export.csv").write_text(EXPORT.format("2025-02-30"))
    (tmp_path / "mapping.yml").write_text(MAPPING)
    arguments = [
        "import",
        tmp_path / "export.csv",
        "--mapping",
        tmp_path / "mapping.yml",
    ]
    assert kamlab_command(*arguments, "--out", tmp_path / "mine") == 1
    assert not (tmp_path / "mine").exists()
    assert "2025-02-30" in "".join(capfd.readouterr())


def test_a_place_that_cannot_be_written_is_named(tmp_path, capfd):
    out = Path("/proc/kamlab-report")  # not even root may make a folder there
    assert kamlab_command("demo", "--accounts", 60, "--out", out) == 2
    message = capfd.readouterr().err
    assert "/proc/" in message
    assert "another place" in message
    assert "Traceback" not in message


def test_a_scheduler_s_sigterm_leaves_nothing_behind(tmp_path):
    command = [sys.executable, "-m", "kamlab", "demo", "--accounts", "20000"]
    process = subprocess.Popen(
        [*command, "--out", str(tmp_path / "large")], stderr=subprocess.PIPE, text=True
    )
    while not list(tmp_path.iterdir()) and process.poll() is None:
        time.sleep(0.05)
    process.terminate()
    _, told = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "interrupted" in told
    assert list(tmp_path.iterdir()) == []


def test_an_interrupt_ends_with_code_130(monkeypatch, tmp_path, capfd):
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kamlab.data.demo.write_demo", interrupted)
    assert kamlab_command("demo", "--out", tmp_path / "x") == 130
    assert "interrupted" in capfd.readouterr().err.lower()


def test_the_course_is_handed_out_and_marked(tmp_path, capfd):
    """A course of one student, who hands in what was handed out."""
    (tmp_path / "students.csv").write_text("id,name\ns01,Anna Berg\n")
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    parameters = nbformat.v4.new_code_cell('data: str = "data/demo"  # folder')
    parameters.metadata["tags"] = ["parameters"]
    exercise = nbformat.v4.new_code_cell(
        'answer_11_1 = None\n# check("11.1", answer_11_1)'
    )
    exercise.metadata["tags"] = ["exercise"]
    lesson = nbformat.v4.new_notebook(cells=[parameters, exercise])
    nbformat.write(lesson, notebooks / "11_tiny.ipynb")
    course = tmp_path / "course"
    arguments = [tmp_path / "students.csv", "--out", course, "--notebooks", "11"]
    options = ["--seed-base", "a secret", "--notebooks-folder", notebooks]
    assert kamlab_command("course", "hand-out", *arguments, *options) == 0
    assert "students: 1, lessons: 1" in capfd.readouterr().err
    marks = tmp_path / "marks"
    assert kamlab_command("course", "mark", course, "--out", marks) == 0
    told = capfd.readouterr().err
    assert "notebooks ran under: limits of time and memory" in told
    line = (marks / "marks.csv").read_text(encoding="utf-8-sig").splitlines()[1]
    assert line.startswith("s01,Anna Berg,not answered,0,1,")


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["hand-out", "nobody.csv", "--out", "x"], 2, "'nobody.csv' is no file"),
        (["mark", "nowhere", "--out", "x"], 2, "course.yml' is missing"),
        (["instructor", "99", "--out", "x"], 2, "lesson '99' is unknown"),
        (["build", "99", "--check"], 2, "lesson '99' is unknown"),
    ],
)
def test_a_course_command_is_refused_in_a_sentence(
    tmp_path, monkeypatch, capfd, arguments, code, told
):
    monkeypatch.chdir(tmp_path)
    shutil.copytree(PROJECT / "notebooks" / "src", tmp_path / "notebooks" / "src")
    assert kamlab_command("course", *arguments) == code
    message = capfd.readouterr().err
    assert told in message
    assert "Traceback" not in message
    assert not (tmp_path / "x").exists()


def test_a_list_of_students_with_problems_ends_with_code_one(tmp_path, capfd):
    file = tmp_path / "students.csv"
    file.write_text("id,name\n../x,Anna\n")
    assert kamlab_command("course", "hand-out", file, "--out", tmp_path / "x") == 1
    assert "line 2: id '../x' cannot name a folder" in capfd.readouterr().err


def test_the_check_of_a_build_names_what_lessons_lack(tmp_path, capfd):
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "01_tiny.py").write_text("# %% [markdown]\n# # Tiny\n")
    arguments = ["--check", "--notebooks-folder", tmp_path]
    assert kamlab_command("course", "build", *arguments) == 1
    told = capfd.readouterr().err
    assert "out of date" in told
    assert "01_tiny.py: it has no glossary" in told
