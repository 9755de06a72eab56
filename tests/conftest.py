"""What tests share: real data where it is at hand, the demo company, the browser.

What a machine lacks is skipped and listed at the end. `KAMLAB_REQUIRE`, a list such as
``browser,fonts,data``, turns such a skip into a failure.
"""

import atexit
import gc
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pandas as pd
import pytest

import kamlab

# nbformat, which tests import later, would take a second to learn a grammar of web
# addresses; `kamlab.cli.main` does without it, too.
sys.modules.setdefault("rfc3987_syntax", None)

# Tests are never timed: a busy machine is no fault of the code.
# A daily run tries fewer examples than test-all.
_EXAMPLES = int(os.environ.get("KAMLAB_EXAMPLES", "20"))
hypothesis.settings.register_profile("kamlab", deadline=None, max_examples=_EXAMPLES)
hypothesis.settings.load_profile("kamlab")

PROJECT = Path(__file__).resolve().parent.parent
DEMO = PROJECT / "data" / "demo"

_lacking: dict[str, str] = {}


# Looking for garbage takes a tenth of the time of thousands of short tests.
gc.set_threshold(50_000, 20, 50)


def lacks(what: str, reason: str) -> None:
    """Skip the test for want of something, or fail where that is required."""
    _lacking[what] = reason
    required = os.environ.get("KAMLAB_REQUIRE", "").replace(" ", "").split(",")
    if what in required:
        pytest.fail(f"{what} is required here (KAMLAB_REQUIRE): {reason}")
    pytest.skip(reason)


def pytest_terminal_summary(terminalreporter) -> None:
    """List what this machine lacks, after all tests."""
    for what, reason in sorted(_lacking.items()):
        terminalreporter.write_line(f"not tested here, {what}: {reason}")


def pytest_unconfigure() -> None:
    """Silence the very end: DuckDB calls leaked what pytest's plugins still hold.

    That a program of ours ends without a word is tested in a process of its own.
    """
    atexit.register(os.dup2, os.open(os.devnull, os.O_WRONLY), 2)


#: Rooms whose examples each work out a whole page, lesson or company.
_LONG_EXAMPLES = (
    "kamlab/course/exercises/",
    "kamlab/data/demo/",
    "kamlab/report/dossier/",
    "kamlab/report/review/",
    "kamlab/value/customer_equity/",
)
#: Tests that take long and have a shorter daily sister, which says nearly the same.
_LONG_TESTS = frozenset(
    (
        "test_00_3_nobody_hits_upon_the_right_ones[11]",
        "test_00_3_nobody_hits_upon_the_right_ones[29]",
        "test_01_5_differs_between_companies",
        "test_11_8_nobody_hits_upon_the_right_three[3]",
        "test_a_database_that_somebody_writes_to_is_told_without_jargon",
        "test_a_run_that_is_ended_leaves_no_process[2]",
        "test_a_run_that_is_ended_leaves_no_process[9]",
        "test_costs_of_half_a_year_leave_the_report_at_the_margin"
        "[11_concentration_and_profitability]",
        "test_eight_quarters_of_talbruck_close[101-parent]",
        "test_solution_passes_and_spoilt_answers_fail_for_ten_students[0-01.4]",
        "test_solution_passes_and_spoilt_answers_fail_for_ten_students[0-01.5]",
        "test_solution_passes_and_spoilt_answers_fail_for_ten_students[0-12.7]",
        "test_talbruck_leaves_out_what_was_merged_and_nothing_else[101]",
        "test_the_concentration_report_takes_other_parameters[by group in Chinese]",
        "test_the_data_lesson_takes_other_parameters[early and wide]",
        "test_the_orientation_takes_other_parameters[the first quarter in Chinese]",
        "test_two_notebooks_twice",
        "test_two_processes_write_the_same_bytes[bank]",
        "test_whoever_is_killed_no_process_is_left[1]",
        "test_whoever_is_killed_no_process_is_left[2]",
    )
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave to test-all what takes long and is said by a shorter test, too."""
    for item in items:
        example = any(
            str(item.path).startswith(str(PROJECT / r)) for r in _LONG_EXAMPLES
        )
        if example or item.name in _LONG_TESTS:
            item.add_marker(pytest.mark.slow)


def examples(most: int) -> int:
    """Return how many of a property's examples are tried: all of them by test-all."""
    return max(most * _EXAMPLES // 100, 5)


def slow(*values: object) -> object:
    """Return a set of parameters that only make test-all tries."""
    return pytest.param(*values, marks=pytest.mark.slow)


@pytest.fixture(autouse=True)
def _from_the_project_root(monkeypatch: pytest.MonkeyPatch, doctest_namespace) -> None:
    """Examples open data/demo as a reader does: from the project's root."""
    monkeypatch.chdir(PROJECT)


@pytest.fixture(scope="session")
def shared_datasets() -> Path:
    """Return the folder of real data sets."""
    named = os.environ.get("KAMLAB_SHARED_DATASETS")
    folder = Path(named) if named else PROJECT.parent / "shared" / "datasets"
    if not folder.is_dir():
        lacks("data", "the folder of real data sets is not here")
    return folder


@pytest.fixture(scope="session")
def cdnow_master() -> pd.DataFrame:
    """Return CDNOW's purchases, read from the data files of the lifetimes wheel."""
    file = PROJECT / ".oracles" / "lifetimes" / "datasets" / "CDNOW_master.txt"
    if not file.is_file():
        lacks("oracles", "the lifetimes wheel is not unpacked (make oracles)")
    names = ["customer_id", "date", "quantity", "amount"]
    table = pd.read_csv(
        file,
        sep=r"\s+",
        names=names,
        skiprows=1,
        dtype={"customer_id": "str", "date": "str"},
    )
    return table.assign(date=pd.to_datetime(table["date"], format="%Y%m%d"))


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Return the browser's path."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return Path(path)
    lacks("browser", "no Chromium on this machine")
    raise AssertionError("lacks() does not return")


@pytest.fixture(scope="session")
def chinese_fonts() -> None:
    """Ask for a font with Chinese characters."""
    lister = shutil.which("fc-list")
    found = lister and subprocess.run(
        [lister, ":lang=zh", "family"], capture_output=True, text=True, check=False
    )
    if not found or not found.stdout.strip():
        lacks("fonts", "no font with Chinese characters on this machine")


class ForExamplesToo:
    """What the examples in kamlab/ use as well, although this file lies beside them."""

    @pytest.fixture(scope="session", autouse=True)
    @classmethod
    def opened_demo(cls) -> Iterator[kamlab.Portfolio]:
        """Open Talbruck: while it is open, whoever opens it does not read it again."""
        with kamlab.open_portfolio(DEMO) as portfolio:
            yield portfolio


def pytest_configure(config: pytest.Config) -> None:
    """Hand fixtures to tests of every folder."""
    config.pluginmanager.register(ForExamplesToo())


@pytest.fixture
def demo(opened_demo) -> kamlab.Portfolio:
    """Return a view of Talbruck at the end of its data, of this test's own."""
    return opened_demo.at(opened_demo.as_of)
