"""What the model would have said a year ago is counted against what came."""

from dataclasses import replace

import pytest

import kamlab
from kamlab.errors import UsageError
from kamlab.value.customer_equity import purchase_history
from kamlab.value.customer_equity.hindsight import hindsight_sentence, in_hindsight
from kamlab.value.proportions import wilson_share
from tests.conftest import DEMO


@pytest.fixture(scope="module")
def years():
    """Return the demonstration's book a year ago and now."""
    with kamlab.open_portfolio(DEMO) as portfolio:
        then = purchase_history(portfolio.at("2024-12-31"))
        yield then, purchase_history(portfolio)


@pytest.fixture(scope="module")
def looked(years):
    """Return what MBG/CNBD-k would have said."""
    return in_hindsight(*years, "MBG/CNBD-k", repetitions=40)


def test_only_accounts_of_that_day_are_foretold(years, looked):
    then, now = years
    assert looked.accounts.index.equals(then.accounts.index)
    assert len(now.accounts) > len(looked.accounts)
    assert looked.since == then.as_of


def test_what_came_is_what_the_book_of_today_counts(years, looked):
    _, now = years
    came = looked.accounts["came"]
    known = came.index.intersection(now.accounts.index)
    assert (came[known] == now.accounts["orders"][known]).all()


def test_the_model_beats_the_year_before_and_its_intervals_hold(looked):
    assert looked.error("expected") < looked.error("year_before")
    assert looked.covered.low < 0.95 < looked.covered.high + 0.02
    total = looked.accounts[["expected", "came"]].sum()
    assert total["expected"] == pytest.approx(total["came"], rel=0.05)


def test_model_and_futures_are_those_of_that_day(years, looked):
    then, _ = years
    assert looked.model.n_accounts_ == len(then.accounts)
    assert looked.futures.columns.equals(then.accounts.index)
    mean = looked.futures.mean()
    assert mean.sum() == pytest.approx(looked.accounts["expected"].sum(), rel=0.05)


def test_the_sentence_holds_both_forecasts_and_what_came(looked):
    told = hindsight_sentence(looked)
    sums = looked.accounts.sum()
    for name in ("expected", "year_before", "came"):
        assert f"{sums[name]:,.0f}" in told
    assert f"of {len(looked.accounts)} accounts" in told


def test_few_accounts_have_no_coverage_to_speak_of(looked):
    few = replace(looked, accounts=looked.accounts.head(3), covered=wilson_share(3, 3))
    assert "intervals" not in hindsight_sentence(few)


def test_days_that_are_not_a_year_apart_are_refused(years):
    _, now = years
    with pytest.raises(UsageError, match="now on 2025-12-31: give two days a year"):
        in_hindsight(now, now, "BG/NBD")


def test_both_forecasts_are_compared_account_by_account(looked):
    table = looked.compared
    assert table["n"].tolist() == [len(looked.accounts)] * 2
    missed = (looked.accounts["expected"] - looked.accounts["came"]).abs().mean()
    assert table.loc["expected", "mae"] == pytest.approx(missed)
    assert looked.error("year_before") == table.loc["year_before", "mae"]
    assert table.loc["expected", "verdict"] == "better"
