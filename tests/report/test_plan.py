"""Everything a report can know beforehand is told before a kernel starts."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from kamlab.errors import DataError, UsageError
from kamlab.report.plan import make_plan
from kamlab.report.request import NotebookRequest, ReportRequest


@pytest.fixture
def plan(company, shelf, write, tmp_path):
    """Return what plans a report of two notebooks, one of which knows a horizon."""
    write("11_concentration")
    write("12_activity", parameters='data: str = ""\nhorizon: int = 6  # months [1 ..]')

    def plan(parameters=None, as_of=None, data=company, notebooks=None, **further):
        asked = notebooks and tuple(
            NotebookRequest(each) if isinstance(each, str) else each
            for each in notebooks
        )
        given = {"out": tmp_path / "report", **further}
        request = ReportRequest(
            Path(data),
            notebooks=asked,
            as_of=as_of,
            parameters=parameters or {},
            **given,
        )
        return make_plan(request, shelf, date(2026, 2, 3))

    return plan


def _told(plan, **given) -> str:
    with pytest.raises(UsageError) as caught:
        plan(**given)
    return str(caught.value)


def test_a_value_goes_to_every_notebook_that_declares_it_and_to_no_other(plan):
    first, second = plan({"top": "0.3", "horizon": "12"}).jobs
    assert first.injected["top"] == 0.3
    assert "horizon" not in first.injected
    assert second.injected["horizon"] == 12
    assert "top" not in second.injected


def test_day_and_currency_come_from_the_portfolio(plan, company):
    job = plan().jobs[0]
    assert job.injected["as_of"] == "2025-12-31"
    assert job.injected["currency"] == "EUR"
    assert job.injected["data"] == str(company)


def test_effective_values_hold_defaults_and_name_the_data_by_their_folder(plan):
    job = plan(as_of="2025-06-30").jobs[0]
    assert job.effective == {
        "data": "little company",
        "as_of": "2025-06-30",
        "currency": "EUR",
        "top": 0.2,
        "basis": "revenue",
    }


def test_about_says_whose_data_they_are(plan):
    about = plan(as_of="2025-06-30").about
    assert about.company == "Little & Sons"
    assert about.line() == (
        "Orders from 10 January 2025 to 30 June 2025 · data through 31 December 2025 · "
        "money in EUR"
    )
    assert list(about.data_hashes) == ["orders.csv"]


def test_an_unknown_parameter_brings_a_hint(plan):
    assert _told(plan, parameters={"tpo": "0.3"}) == (
        "parameter 'tpo' (= '0.3') is unknown: did you mean 'top'?"
    )


def test_all_problems_are_told_at_once(plan):
    told = _told(plan, parameters={"top": "2", "basis": "x", "horizon": 0, "hm": 1})
    assert told.startswith("4 problems:\n- ")
    for problem in ("top = 2.0", "basis = 'x'", "horizon = 0", "'hm' (= 1)"):
        assert problem in told


def test_a_problem_that_two_notebooks_share_is_told_once(plan, write):
    write("13_again")
    assert _told(plan, parameters={"top": "2"}) == (
        "top = 2.0: give a number from 0.01 to 0.99"
    )


def test_a_notebook_without_parameters_cell_is_told(plan, write):
    write("13_bare", parameters=None)
    assert "notebook '13_bare' has no cell tagged" in _told(plan, notebooks=["13"])


@pytest.mark.parametrize(
    ("as_of", "said"),
    [
        ("31.12.2025", "as_of = '31.12.2025' is not a day"),
        ("2024-12-31", "the data run from 2025-01-10 to 2025-12-31"),
        ("2026-01-01", "the data run from 2025-01-10 to 2025-12-31"),
    ],
)
def test_a_day_outside_the_data_is_told(plan, as_of, said):
    assert said in _told(plan, as_of=as_of)


def test_the_day_is_given_once(plan):
    told = _told(plan, as_of="2025-12-31", parameters={"as_of": "2025-06-30"})
    assert "as_of is given twice, '2025-12-31' and '2025-06-30'" in told
    again = plan(as_of="2025-06-30", parameters={"as_of": "2025-06-30"})
    assert again.about.as_of.isoformat() == "2025-06-30"


def test_the_data_are_named_by_their_own_argument(plan):
    assert "parameter 'data' (= 'x')" in _told(plan, parameters={"data": "x"})


def test_a_currency_that_the_data_do_not_have_is_refused(plan):
    assert plan({"currency": "EUR"}).jobs[0].effective["currency"] == "EUR"
    assert "stands in 'EUR'" in _told(plan, parameters={"currency": "USD"})


def test_a_missing_portfolio_is_told(plan, tmp_path):
    assert "is not a portfolio" in _told(plan, data=tmp_path / "away")


def test_a_torn_portfolio_file_is_told(plan, company, tmp_path):
    torn = shutil.copytree(company, tmp_path / "torn")
    (torn / "portfolio.yml").write_text("name: [")
    with pytest.raises(DataError, match=r"portfolio\.yml"):
        plan(data=torn)


def test_a_place_that_holds_something_else_is_refused(plan, tmp_path):
    for name in ("report", "report.failed"):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "thesis.txt").write_text("mine")
        assert "holds no report" in _told(plan)
        shutil.rmtree(folder)


def test_a_report_may_have_a_title_of_its_own(plan):
    assert plan(title="Quarterly review").about.title == "Quarterly review"
    assert plan().about.title == ""
