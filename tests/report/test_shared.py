import json
from pathlib import Path

import pandas as pd
import pytest

import kamlab
from kamlab.report.kernel import kernel_environment
from kamlab.report.shared import FOLDER, shared


@pytest.fixture
def together(tmp_path, monkeypatch):
    """Let everything that is worked out be shared, as notebooks of one report do."""
    monkeypatch.setenv(FOLDER, str(tmp_path))
    return tmp_path


def counted(calls: list):
    """Return what says how often it was asked."""

    def work_out() -> dict:
        calls.append(1)
        return {"calls": len(calls), "third": 1 / 3}

    return work_out


def test_the_second_reads_what_the_first_worked_out(demo, together) -> None:
    calls: list = []
    first = shared(demo, "figures", counted(calls))
    assert shared(demo, "figures", counted(calls)) == first
    assert first == {"calls": 1, "third": 1 / 3}
    assert len(list(together.iterdir())) == 1


def test_other_days_and_other_figures_are_worked_out_anew(demo, together) -> None:
    calls: list = []
    shared(demo, "figures", counted(calls))
    shared(demo.at("2025-06-30"), "figures", counted(calls))
    shared(demo, "others", counted(calls))
    assert len(calls) == 3


def test_without_a_folder_nothing_is_kept(demo, monkeypatch) -> None:
    monkeypatch.delenv(FOLDER, raising=False)
    calls: list = []
    shared(demo, "figures", counted(calls))
    shared(demo, "figures", counted(calls))
    assert len(calls) == 2


def test_a_book_that_lies_in_no_folder_shares_nothing(together) -> None:
    days = pd.to_datetime(["2025-01-10"])
    orders = {"order_id": "1", "account_id": "A", "order_date": days}
    lines = pd.DataFrame({**orders, "net_amount": 1.0})
    portfolio = kamlab.portfolio_from_tables({"orders": lines}, "EUR")
    assert shared(portfolio, "figures", lambda: {"n": 1}) == {"n": 1}
    assert not list(together.iterdir())


def test_gaps_come_back_as_gaps(demo, together) -> None:
    for _ in range(2):
        found = shared(demo, "gap", lambda: {"value": [float("nan"), 1.0]})
        assert json.dumps(found) == '{"value": [NaN, 1.0]}'


def test_what_could_not_be_worked_out_leaves_nothing(demo, together) -> None:
    with pytest.raises(ZeroDivisionError):
        shared(demo, "figures", lambda: {"n": 1 / 0})
    assert not list(together.iterdir())


def test_kernels_of_one_report_have_a_folder_in_common(tmp_path) -> None:
    environment = kernel_environment(tmp_path)
    assert Path(environment[FOLDER]).is_dir()
    assert tmp_path in Path(environment[FOLDER]).parents
