"""The recipes for schedulers run the report, and tell somebody when it is not well."""

import ast
import configparser
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
import typer.main
import yaml

from kamlab.cli import app
from kamlab.report.notebooks import select_notebooks
from kamlab.report.plan import make_plan
from kamlab.report.request_file import read_request

PROJECT = Path(__file__).resolve().parent.parent
RECIPES = PROJECT / "docs" / "scheduling"
SCRIPT = RECIPES / "report.sh"
NOTEBOOK = RECIPES / "report.ipynb"
DAG = RECIPES / "airflow" / "kamlab_report.py"
SERVICE = RECIPES / "systemd" / "kamlab-report.service"
TIMER = RECIPES / "systemd" / "kamlab-report.timer"
WORKFLOW = RECIPES / "github" / "kamlab-report.yml"
COMMAND = "docs/scheduling/report.sh report.yml"
#: The exit codes of a report, and what the person who is told reads first.
TOLD = {
    1: "stopped by the data",
    2: "could not begin",
    3: "a notebook failed; the last good report stands",
    4: "published, but poorer",
    127: "the program is not to be found",
    130: "interrupted",
    137: "ended from outside",
}


def program(path: Path, *lines: str) -> Path:
    """Write a program that stands in for another."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]), encoding="utf-8")
    path.chmod(0o755)
    return path


def stand_in(folder: Path, code: int = 0) -> Path:
    """Write a kamlab that keeps its arguments, says a word, and ends with a code."""
    kept = folder / "arguments.txt"
    return program(
        folder / "bin" / "kamlab",
        f"printf '%s\\n' \"$@\" >'{kept}'",
        "echo 'the words of kamlab' >&2",
        f"exit {code}",
    )


def run(command, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    path = f"{folder / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        [str(each) for each in command],
        cwd=folder,
        env={"PATH": path, "HOME": str(folder), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def arguments(folder: Path) -> list[str]:
    return (folder / "arguments.txt").read_text(encoding="utf-8").splitlines()


def parsed(words: list[str]) -> dict[str, object]:
    """Return what the command line makes of the words after ``kamlab``."""
    command = typer.main.get_command(app).commands[words[0]]
    return command.make_context(words[0], words[1:]).params


def sections(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None)
    parser.optionxform = str  # the names of systemd have capitals
    parser.read(path, encoding="utf-8")
    return parser


def workflow_steps() -> dict[str, dict]:
    (job,) = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"].values()
    return {each.get("name", each.get("uses")): each for each in job["steps"]}


def cells() -> list[str]:
    notebook = nbformat.read(NOTEBOOK, as_version=4)
    return [each.source for each in notebook.cells if each.cell_type == "code"]


def files() -> list[Path]:
    found = (each for each in RECIPES.rglob("*") if each.is_file())
    return [*sorted(found), PROJECT / "report.yml"]


# --- the script that all of them run


def test_the_script_asks_for_the_report_of_the_last_month(tmp_path):
    stand_in(tmp_path)
    ended = run([SCRIPT, "report.yml"], tmp_path, KAMLAB="kamlab")
    assert ended.returncode == 0
    given = parsed(arguments(tmp_path))
    assert given["notebooks"] == ["report.yml"]
    assert given["as_of"] == "last-month-end"


def test_a_day_that_is_named_goes_before_the_last_month(tmp_path):
    stand_in(tmp_path)
    further = ["--as-of", "last-fiscal-quarter-end", "--format", "pdf"]
    run([SCRIPT, "report.yml", *further], tmp_path, KAMLAB="kamlab")
    given = parsed(arguments(tmp_path))
    assert given["as_of"] == "last-fiscal-quarter-end"
    assert given["formats"] == ["pdf"]


def test_a_report_that_went_well_says_nothing_of_trouble(tmp_path):
    program(tmp_path / "bin" / "mail", f"touch '{tmp_path}/mailed'")
    stand_in(tmp_path)
    ended = run([SCRIPT, "report.yml"], tmp_path, KAMLAB="kamlab", KAMLAB_MAIL="x@y")
    assert ended.stdout == "the words of kamlab\n"
    assert ended.stderr == ""
    assert not (tmp_path / "mailed").exists()


@pytest.mark.parametrize("code", sorted(TOLD))
def test_every_exit_code_is_mailed_in_words_and_handed_on(tmp_path, code):
    mailed = tmp_path / "mailed.txt"
    program(tmp_path / "bin" / "mail", f"{{ echo \"$@\"; cat; }} >'{mailed}'")
    stand_in(tmp_path, code)
    ended = run([SCRIPT, "report.yml"], tmp_path, KAMLAB="kamlab", KAMLAB_MAIL="x@y")
    assert ended.returncode == code
    subject, words = mailed.read_text(encoding="utf-8").splitlines()
    assert subject.startswith("-s kamlab report: ")
    assert TOLD[code] in subject
    assert subject.endswith(f"(exit code {code}) x@y")
    assert words == "the words of kamlab"


@pytest.mark.parametrize("mail", ["exit 1", None])
def test_where_mailing_fails_the_words_go_to_standard_error(tmp_path, mail):
    if mail:
        program(tmp_path / "bin" / "mail", mail)
    stand_in(tmp_path, 4)
    who = {"KAMLAB_MAIL": "x@y"} if mail else {}
    ended = run([SCRIPT, "report.yml"], tmp_path, KAMLAB="kamlab", **who)
    assert ended.returncode == 4
    assert TOLD[4] in ended.stderr
    assert "the words of kamlab" in ended.stderr


def test_the_script_takes_the_environment_beside_it_before_the_path(tmp_path):
    copied = tmp_path / "project" / "docs" / "scheduling" / "report.sh"
    copied.parent.mkdir(parents=True)
    shutil.copy(SCRIPT, copied)
    stand_in(tmp_path, 4)
    assert run([copied, "report.yml"], tmp_path).returncode == 4
    program(tmp_path / "project" / ".venv" / "bin" / "kamlab", "exit 0")
    assert run([copied, "report.yml"], tmp_path).returncode == 0


def test_the_script_without_a_report_says_what_to_name(tmp_path):
    ended = run([SCRIPT], tmp_path)
    assert ended.returncode == 2
    assert "such as report.yml" in ended.stderr


# --- who runs it, and when


def test_the_line_for_cron_runs_the_script_on_one_day_of_the_month(tmp_path):
    text = (RECIPES / "crontab").read_text(encoding="utf-8")
    lines = [each for each in text.splitlines() if each and not each.startswith("#")]
    *settings, line = lines
    assert [each.partition("=")[0] for each in settings] == ["MAILTO"]
    *when, command = line.split(maxsplit=5)
    assert when == ["0", "6", "3", "*", "*"]
    assert "%" not in command  # cron would read a line's end there
    copied = tmp_path / "kamlab" / "docs" / "scheduling" / "report.sh"
    copied.parent.mkdir(parents=True)
    shutil.copy(SCRIPT, copied)
    stand_in(tmp_path, 3)
    ended = run(["sh", "-c", command], tmp_path)
    assert ended.returncode == 3
    assert TOLD[3] in ended.stderr
    assert parsed(arguments(tmp_path))["as_of"] == "last-month-end"


def test_the_service_runs_the_script_in_the_project():
    service = sections(SERVICE)["Service"]
    assert service["Type"] == "oneshot"
    folder = service["WorkingDirectory"]
    assert folder == "%h/kamlab"
    assert service["ExecStart"] == f"{folder}/{COMMAND}"
    script, report = COMMAND.split()
    assert (PROJECT / script, PROJECT / report) == (SCRIPT, PROJECT / "report.yml")
    assert service["Environment"].startswith("KAMLAB_MAIL=")
    assert service["SuccessExitStatus"] == "4"


def test_the_timer_makes_up_for_a_day_on_which_the_machine_was_off():
    timer = sections(TIMER)
    assert timer["Timer"]["OnCalendar"] == "*-*-03 06:00"
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Install"]["WantedBy"] == "timers.target"
    assert TIMER.stem == SERVICE.stem


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not here")
def test_systemd_finds_nothing_wrong_with_its_files(tmp_path):
    copied = tmp_path / "kamlab" / "docs" / "scheduling" / "report.sh"
    copied.parent.mkdir(parents=True)
    shutil.copy(SCRIPT, copied)
    verify = ["systemd-analyze", "--user", "verify", SERVICE, TIMER]
    ended = run(verify, tmp_path, XDG_RUNTIME_DIR=str(tmp_path))
    assert (ended.returncode, ended.stderr) == (0, "")


def test_the_workflow_runs_once_a_month_and_fetches_before_it_reports():
    text = WORKFLOW.read_text(encoding="utf-8")
    workflow = yaml.safe_load(text)
    (schedule,) = workflow[True]["schedule"]  # YAML 1.1 reads the key `on` as true
    assert schedule == {"cron": "0 6 3 * *"}
    names = list(workflow_steps())
    assert names[-3:] == [
        "Fetch the last report, which this one remembers",
        "Report",
        "Keep the reports",
    ]
    assert workflow_steps()["Report"]["run"] == COMMAND
    assert workflow_steps()["Keep the reports"]["if"] == "always()"


def test_the_workflow_keeps_the_folder_that_report_yml_writes_to():
    out = read_request(PROJECT / "report.yml").out
    kept = workflow_steps()["Keep the reports"]["with"]
    assert out.parent == PROJECT / kept["path"]
    fetched = workflow_steps()["Fetch the last report, which this one remembers"]
    assert f"--name {kept['name']} --dir {kept['path']}" in fetched["run"]


def test_the_workflow_installs_as_the_readme_says():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    for line in workflow_steps()["Install"]["run"].splitlines():
        assert line in readme


@pytest.mark.parametrize(("kept", "downloads"), [(0, 0), (3, 1)])
def test_the_workflow_fetches_a_report_where_there_is_one(tmp_path, kept, downloads):
    program(
        tmp_path / "bin" / "gh",
        f'if [ "$1" = api ]; then echo {kept}; exit; fi',
        f"echo \"$@\" >>'{tmp_path}/got'",
    )
    step = workflow_steps()["Fetch the last report, which this one remembers"]
    shell = ["bash", "-eo", "pipefail", "-c", step["run"]]
    assert run(shell, tmp_path, GITHUB_REPOSITORY="us/kam").returncode == 0
    got = tmp_path / "got"
    lines = got.read_text(encoding="utf-8").splitlines() if got.exists() else []
    assert len(lines) == downloads


def test_a_last_report_that_cannot_be_fetched_stops_the_workflow(tmp_path):
    program(tmp_path / "bin" / "gh", "exit 1")
    step = workflow_steps()["Fetch the last report, which this one remembers"]
    shell = ["bash", "-eo", "pipefail", "-c", step["run"]]
    assert run(shell, tmp_path, GITHUB_REPOSITORY="us/kam").returncode != 0


# --- those that schedule notebooks


def test_the_dag_uses_names_that_it_imports_and_one_papermill_operator():
    tree = ast.parse(DAG.read_text(encoding="utf-8"), DAG.name)
    compile(tree, DAG.name, "exec")
    imported = {
        alias.name: node.module
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert imported["PapermillOperator"] == (
        "airflow.providers.papermill.operators.papermill"
    )
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    called = [node.func.id for node in calls]
    assert set(called) <= set(imported)
    assert called.count("PapermillOperator") == 1


def dag_arguments() -> dict[str, ast.expr]:
    tree = ast.parse(DAG.read_text(encoding="utf-8"))
    (call,) = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and node.func.id == "PapermillOperator"
    ]
    return {each.arg: each.value for each in call.keywords}


def test_the_dag_hands_the_notebook_parameters_that_it_declares():
    given = dag_arguments()
    parameters = ast.literal_eval(given["parameters"])
    declared = papermill.inspect_notebook(str(NOTEBOOK))
    assert set(parameters) <= set(declared)
    assert parameters["as_of"] == "last-month-end"
    where = NOTEBOOK.relative_to(PROJECT).as_posix()
    assert where in ast.unparse(given["input_nb"])
    assert "SmtpNotifier" in ast.unparse(given["on_failure_callback"])


def test_the_notebook_passes_on_the_words_of_a_report_that_is_not_well(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("KAMLAB", str(stand_in(tmp_path, 4)))
    told = rf"{TOLD[4]}.*\(exit code 4\)"
    with pytest.raises(papermill.PapermillExecutionError, match=told):
        papermill.execute_notebook(
            NOTEBOOK,
            tmp_path / "out.ipynb",
            parameters={"as_of": "2025-11-30", "folder": str(tmp_path)},
            progress_bar=False,
        )
    assert parsed(arguments(tmp_path))["as_of"] == "2025-11-30"


def test_the_notebook_ends_well_after_a_good_report(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("KAMLAB", str(stand_in(tmp_path)))
    space: dict[str, object] = {}
    for source in cells():
        exec(compile(source, NOTEBOOK.name, "exec"), space)
    assert capsys.readouterr().out == "the words of kamlab\n\n"
    assert space["program"] == Path(sys.executable).with_name("kamlab")
    assert parsed(arguments(tmp_path))["as_of"] == "last-month-end"


# --- what all of them share


def test_report_yml_is_a_report_on_the_demonstration_company():
    request = read_request(PROJECT / "report.yml")
    assert request.data == PROJECT / "data" / "demo"
    assert select_notebooks(sorted({each.name for each in request.notebooks}))
    plan = make_plan(request)
    assert plan.out == PROJECT / "reports" / "2025-12-31"
    assert len(plan.jobs) > len(request.notebooks)


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_no_recipe_names_a_place_on_one_machine(path):
    text = path.read_text(encoding="utf-8")
    roots = r"(?:^|[\s\"'=(])/(?:home|root|usr|opt|srv|var|tmp|etc|mnt|work)\b"
    assert re.findall(roots, text) == []
    assert re.findall(r"[A-Z]:\\", text) == []


def test_every_recipe_is_told_of_and_every_link_leads_somewhere():
    text = (RECIPES / "README.md").read_text(encoding="utf-8")
    told = {(RECIPES / link).resolve() for link in re.findall(r"\]\(([^)]+)\)", text)}
    assert told == set(files()) - {RECIPES / "README.md"}
