"""Intervals of the orders ahead, from books that the model makes up itself."""

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.value.lifetime.beta_geometric import BetaGeoNBD
from kamlab.value.lifetime.beta_geometric_beta_binomial import BetaGeoBetaBinomial
from kamlab.value.lifetime.counts import CannotTellError
from kamlab.value.lifetime.intervals import Bootstrap, bootstrap
from kamlab.value.lifetime.parameter_intervals import wald_intervals
from kamlab.value.lifetime.pareto_nbd import ParetoNBD
from kamlab.value.lifetime.regular_reordering import RegularReorderingNBD

TRUTH = BetaGeoNBD().with_parameters(r=0.8, alpha=6, a=0.9, b=3)
PARETO = ParetoNBD().with_parameters(r=0.8, alpha=6, s=0.7, beta=20)
REGULAR = RegularReorderingNBD(k=2).with_parameters(r=0.8, alpha=3, a=0.9, b=3)


def book_of(model, n: int, seed: int):
    T = np.random.default_rng(seed).uniform(30, 80, n)
    book = model.simulate(T, random_state=seed)
    return book["frequency"], book["recency"], book["T"]


def sure(model, n: int = 100, seed: int = 1, repetitions: int = 30) -> Bootstrap:
    counts = book_of(model, n, seed)
    blank = type(model)(**{k: v for k, v in model.get_params().items() if k == "k"})
    return bootstrap(blank.fit(*counts), *counts, "52W", repetitions, random_state=seed)


@pytest.fixture(scope="module")
def found() -> Bootstrap:
    return sure(TRUTH)


def test_every_account_has_an_interval_of_whole_orders(found):
    accounts = found.accounts
    assert accounts.columns.tolist() == ["expected", "low", "high"]
    assert (accounts["low"] <= accounts["expected"] + 1).all()
    assert (accounts["high"] >= accounts["low"]).all()
    assert (accounts["low"] >= 0).all()
    busiest = accounts["expected"].idxmax()
    assert accounts.loc[busiest, "high"] > accounts["high"].median()


def test_the_sum_is_surer_than_its_parts(found):
    total, accounts = found.total(), found.accounts
    assert total.value == pytest.approx(accounts["expected"].sum())
    assert total.low < total.value < total.high
    assert total.high - total.low < (accounts["high"] - accounts["low"]).sum()
    assert total.n == 100
    assert total.method == "parametric bootstrap, 30 refits"


def test_orders_can_be_weighed_with_what_they_bring(found):
    doubled = found.total(weights=np.full(100, 2.0))
    assert doubled.value == pytest.approx(2 * found.total().value)
    assert doubled.high == pytest.approx(2 * found.total().high)
    margins = pd.Series(50.0, index=found.expected.index[::-1])
    assert found.total(margins, unit="money").low == pytest.approx(
        50 * found.total().low
    )


def test_some_accounts_can_be_summed_alone(found):
    some = (np.arange(100) < 10).astype(float)
    assert found.total(some).n == 10
    assert found.total(some).value == pytest.approx(found.expected.iloc[:10].sum())


@pytest.mark.parametrize("weights", [np.ones(99), pd.Series({"Nordal": 1.0})])
def test_each_account_needs_a_weight(found, weights):
    with pytest.raises(
        UsageError, match="for 100 accounts: give each account a number"
    ):
        found.total(weights)


def test_parameters_have_intervals_too(found):
    intervals = found.parameter_intervals()
    assert intervals.index.tolist() == ["r", "alpha", "a", "b", "r/alpha", "a/(a+b)"]
    assert (intervals["low"] <= intervals["high"]).all()
    assert 0 < intervals.loc["a/(a+b)", "low"] < intervals.loc["a/(a+b)", "high"] < 1


def test_with_many_accounts_they_agree_with_the_peak_of_the_likelihood():
    counts = book_of(TRUTH, 1000, seed=2)
    model = BetaGeoNBD().fit(*counts)
    bootstrapped = bootstrap(model, *counts, 52, 40).parameter_intervals()
    wald = wald_intervals(model)
    widths = [np.log(each["high"] / each["low"]) for each in (bootstrapped, wald)]
    assert widths[0].to_numpy() == pytest.approx(widths[1].to_numpy(), rel=0.5)


@pytest.mark.parametrize("model", [PARETO, REGULAR])
def test_any_model_that_simulates_can_be_asked(model):
    total = sure(model, repetitions=20).total()
    assert 0 < total.low < total.value < total.high


def test_occasions_can_be_asked_too():
    made = BetaGeoBetaBinomial().with_parameters(alpha=1.2, beta=1, gamma=0.7, delta=4)
    book = made.simulate(np.full(80, 8), random_state=1)
    counts = book["frequency"], book["recency"], book["T"]
    model = BetaGeoBetaBinomial().fit(*counts)
    accounts = bootstrap(model, *counts, 4, repetitions=20).accounts
    assert (accounts["high"] <= 4).all()


def test_fifty_accounts_are_enough_and_poor_books_are_told():
    few = book_of(BetaGeoNBD().with_parameters(r=0.3, alpha=20, a=0.2, b=6), 50, 4)
    found = bootstrap(BetaGeoNBD().fit(*few), *few, 52, repetitions=30)
    assert len(found.parameters) + found.left_out == 30
    assert found.undetermined > 0
    told = f"{found.undetermined} of 30 made-up books leave a parameter open"
    assert told in " ".join(found.notes)


def test_books_that_cannot_be_made_up_again_are_no_ground_for_an_interval():
    counts = [1, 1, 1, *[0] * 97], [0.1, 0.2, 0.3, *[0] * 97], [1.0] * 100
    model = BetaGeoNBD().fit(*counts)
    with pytest.raises(CannotTellError, match="of 20 books made up like this one"):
        bootstrap(model, *counts, 52, repetitions=20)


def test_the_same_seed_gives_the_same_interval():
    one, other = (sure(TRUTH, n=40, repetitions=20).total() for _ in range(2))
    assert one == other


@pytest.mark.parametrize("repetitions", [5, 50.5, True])
def test_a_handful_of_books_is_not_enough(repetitions):
    counts = book_of(TRUTH, 40, 1)
    with pytest.raises(UsageError, match=f"repetitions = {repetitions}: give a whole"):
        bootstrap(BetaGeoNBD().fit(*counts), *counts, 52, repetitions)
