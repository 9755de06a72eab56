"""Every notebook runs for students, for teachers, and as a report on poor data."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kamlab.course.exercises import EXERCISES
from kamlab.course.source import read_source
from kamlab.data.demo import write_demo
from kamlab.data.folder import Description, write_csv, write_description
from kamlab.report.execute import without_lessons
from kamlab.report.results import read_results
from kamlab.report.sections import read_missing
from tests.conftest import slow
from tests.notebooks.conftest import LESSONS, SOURCES, shown

SOURCE_OF = {source.stem: source for source in SOURCES}
CHAPTER_11 = "11_concentration_and_profitability"


@pytest.mark.parametrize("name", [slow("00_orientation"), CHAPTER_11])
def test_costs_of_half_a_year_leave_the_report_at_the_margin(
    name, half_a_year_of_costs, run, tmp_path
):
    notebook = without_lessons(read_source(SOURCE_OF[name]))
    with_parameters(notebook, data=str(half_a_year_of_costs))
    run(notebook, tmp_path, name)
    told = str(
        [output for cell in notebook.cells for output in cell.get("outputs", [])]
    )
    if name == CHAPTER_11:
        assert "the costs of the pools begin on 1 July 2025, within the window" in told
        assert "left as margin after direct costs" in told
    else:
        assert "costs and standard minutes of serving" in told


@pytest.fixture(scope="module")
def four_columns(tmp_path_factory) -> Path:
    """Write a portfolio of nothing but order, account, date and amount."""
    folder = tmp_path_factory.mktemp("poor") / "four columns"
    folder.mkdir()
    rng = np.random.default_rng(5)
    accounts = [f"C{number:03d}" for number in range(60)] + ["<b>$1_</b> 苏州"]
    days = pd.date_range("2024-01-02", "2025-12-31", freq="D")
    orders = pd.DataFrame(
        {
            "order_id": [f"{number:05d}" for number in range(1500)],
            "account_id": rng.choice(accounts, 1500),
            "order_date": rng.choice(days, 1500),
            "net_amount": rng.lognormal(7, 1, 1500).round(2),
        }
    )
    orders.loc[0, "order_date"] = days[0]
    files = {"orders": write_csv(orders, "orders", folder)}
    told = Description("Poor & Sons", "CNY", date(2025, 12, 31), tables=files)
    write_description(folder, told)
    return folder


@pytest.fixture(scope="module")
def another_seed(tmp_path_factory) -> Path:
    """Write the same story with other numbers."""
    return write_demo(tmp_path_factory.mktemp("other") / "portfolio", seed=4711)


@pytest.fixture(scope="module")
def half_a_year_of_costs(tmp_path_factory) -> Path:
    """Write the same story, with costs of the pools from July 2025 on."""
    folder = tmp_path_factory.mktemp("half") / "portfolio"
    write_demo(folder, seed=4711, accounts=60)
    costs = pd.read_csv(folder / "costs.csv", dtype="str")
    late = costs[costs["period_start"] >= "2025-07-01"]
    assert 0 < len(late) < len(costs)
    late.to_csv(folder / "costs.csv", index=False)
    return folder


def with_parameters(notebook, **values):
    """Set parameters behind the cell that declares them, as papermill does."""
    cell = next(c for c in notebook.cells if "parameters" in c.metadata.get("tags", []))
    cell.source += "".join(f"\n{name} = {value!r}" for name, value in values.items())
    return notebook


def verdicts(notebook) -> list[str]:
    """Return what the checks of the exercises say."""
    exercises = [c for c in notebook.cells if "exercise" in c.metadata.get("tags", [])]
    return [cell.outputs[-1].data["text/plain"] for cell in exercises]


#: The shortest lesson is run every day, the others with all tests.
DAILY = [each if each == "00_orientation" else slow(each) for each in LESSONS]


# Daily, solutions are tried on other companies one by one in tests/course.
@pytest.mark.slow
@pytest.mark.parametrize("name", LESSONS)
def test_every_solution_passes_its_check_whatever_the_seed(
    name, another_seed, run, tmp_path
):
    notebook = read_source(SOURCE_OF[name], solutions=True)
    with_parameters(notebook, data=str(another_seed))
    run(notebook, tmp_path, name)
    told = verdicts(notebook)
    assert len(told) >= 3
    assert all(" right: " in each and " not right" not in each for each in told), told


def test_every_exercise_of_a_notebook_is_known_to_the_check():
    sources = " ".join(source.read_text(encoding="utf-8") for source in SOURCES)
    for exercise in EXERCISES:
        assert f'check("{exercise}"' in sources


#: What a report on orders alone says where it cannot speak, by notebook.
TOLD = {
    "00_orientation": [
        "The data name no key accounts",
        "“Whether promises are kept” is not shown",
    ],
    "01_account_data": ["“Late postings” is not shown"],
}


def test_the_report_runs_on_four_columns(name, four_columns, run, tmp_path):
    notebook = without_lessons(read_source(SOURCE_OF[name]))
    with_parameters(notebook, data=str(four_columns))
    run(notebook, tmp_path, name)
    assert len(read_results(notebook)) >= (5 if name in LESSONS else 1)
    for missing in read_missing(notebook):
        assert str(missing).endswith(".")
        assert "is not shown: the data " in str(missing)
    told = shown(notebook)
    assert [each for each in TOLD.get(name, []) if each not in told] == []
    assert "share their name" not in told


@pytest.mark.parametrize("lesson_name", DAILY)
def test_the_core_path_alone_runs_on_four_columns_too(
    lesson_name, four_columns, run, tmp_path
):
    notebook = read_source(SOURCE_OF[lesson_name])
    core = [c for c in notebook.cells if "deeper" not in c.metadata.get("tags", [])]
    assert len(core) < len(notebook.cells)
    notebook.cells = core
    with_parameters(notebook, data=str(four_columns), currency="CNY")
    run(notebook, tmp_path, lesson_name)
    assert all("not answered yet" in each for each in verdicts(notebook))


@pytest.mark.parametrize(
    "values",
    [
        {"level": "parent", "top_share": 0.1, "language": "zh"},
        slow({"months": 48}),
        slow({"as_of": "2024-06-30", "months": 6, "random_state": 7}),
    ],
    ids=["by group in Chinese", "one window of all years", "half-years to June 2024"],
)
def test_the_concentration_report_takes_other_parameters(
    values, another_seed, run, tmp_path
):
    notebook = without_lessons(read_source(SOURCE_OF[CHAPTER_11]))
    with_parameters(notebook, data=str(another_seed), **values)
    run(notebook, tmp_path, CHAPTER_11)
    assert {"top_revenue_share", "top_1_share"} <= {
        result.name for result in read_results(notebook)
    }
