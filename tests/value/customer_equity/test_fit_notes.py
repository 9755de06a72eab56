"""What a fit leaves open is told as what it means for the accounts."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kamlab.value.contracts import ShiftedBetaGeometric
from kamlab.value.customer_equity.fit_notes import (
    ordering_notes,
    renewal_notes,
    spending_notes,
)
from kamlab.value.customer_equity.spending_model import spending_model
from kamlab.value.lifetime import BetaGeoNBD, ParetoNBD

TECHNICAL = ("alpha", "beta", "a/(a+b)", "e+", "edge", "likelihood", "gamma")


def fitted(model: type, seed: int = 1, n: int = 150, **truth: float):
    """Return a model fitted to accounts that order as it says."""
    book = model().with_parameters(**truth).simulate(np.full(n, 104.0), seed)
    return model().fit(book["frequency"], book["recency"], book["T"])


def plain(notes: tuple[str, ...]) -> bool:
    """Say that notes name no parameter, and end as sentences do."""
    return all(
        note.endswith(".") and not any(word in note for word in TECHNICAL)
        for note in notes
    )


def test_a_good_fit_needs_no_words():
    assert ordering_notes(fitted(BetaGeoNBD, n=600, r=1, alpha=8, a=1.5, b=5)) == ()


@pytest.mark.parametrize(
    ("model", "loyal"),
    [
        (BetaGeoNBD, {"r": 3, "alpha": 6, "a": 0.01, "b": 60}),
        (ParetoNBD, {"r": 3, "alpha": 6, "s": 0.01, "beta": 300}),
    ],
)
def test_where_nobody_leaves_silence_is_said_to_tell_little(model, loyal):
    notes = ordering_notes(fitted(model, **loyal))
    assert any("Hardly anybody seems to leave" in note for note in notes)
    assert plain(notes)


def test_accounts_of_one_pace_are_said_to_be_alike():
    notes = ordering_notes(fitted(BetaGeoNBD, r=4000, alpha=20000, a=1.5, b=5))
    assert any("hardly differ in how often they order" in note for note in notes)
    assert plain(notes)


def test_the_report_keeps_the_technical_sentence():
    model = fitted(BetaGeoNBD, r=4000, alpha=20000, a=1.5, b=5)
    assert any(word in str(model.convergence_) for word in ("edge", "flat"))


@pytest.mark.parametrize("model", [BetaGeoNBD, ParetoNBD])
def test_given_parameters_leave_nothing_open(model):
    names = dict.fromkeys(model._names, 1.0)
    assert ordering_notes(model().with_parameters(**names)) == ()
    given = ShiftedBetaGeometric().with_parameters(alpha=1.0, beta=9e3)
    assert renewal_notes(given) == ()


def test_one_rate_of_renewal_for_all_is_told_with_the_rate():
    alike = ShiftedBetaGeometric().fit_cohorts(pd.Series([4000, 3200, 2560, 2048]))
    notes = renewal_notes(alike)
    assert "20.0 % leave at a renewal" in notes[0]
    assert plain(notes)


def test_renewals_of_a_cohort_that_settles_need_no_words():
    cohort = pd.Series([1000, 631, 468, 382, 326, 289, 262, 241])
    assert renewal_notes(ShiftedBetaGeometric().fit_cohorts(cohort)) == ()


def test_of_few_renewals_one_knows_the_rate_and_not_how_far_accounts_differ():
    tenure = [1] * 30 + [2] * 10
    few = ShiftedBetaGeometric().fit(tenure, [True] * 6 + [False] * 33 + [True])
    notes = renewal_notes(few)
    assert len(notes) == 1
    assert "these data cannot tell" in notes[0]
    assert plain(notes)


def test_equal_order_values_are_said_to_be_equal():
    mean = pd.Series(400 + np.sin(np.arange(200)))
    found = spending_model(pd.Series(12, mean.index), mean, pd.Series(0.5, mean.index))
    notes = spending_notes(found)
    assert found.notes
    assert "Accounts hardly differ in what an order brings" in notes[0]
    assert plain(notes)


def spending_of(slope: float):
    """Return order values that rise with the number of orders, or fall."""
    rng = np.random.default_rng(5)
    orders = pd.Series(rng.integers(1, 40, 150))
    mean = 400 * orders**slope * rng.lognormal(0, 0.4, 150)
    return spending_model(orders, mean, pd.Series(0.5, orders.index))


@pytest.mark.parametrize(
    ("slope", "brings", "drawn"), [(0.5, "more", "high"), (-0.5, "less", "low")]
)
def test_orders_of_who_orders_often_may_bring_more_or_less(slope, brings, drawn):
    (note,) = spending_notes(spending_of(slope))
    assert f"order often brings {brings}" in note
    assert f"draws who orders seldom too {drawn}" in note
    assert plain((note,))


def test_order_values_that_have_nothing_to_do_with_frequency_need_no_words():
    assert spending_notes(spending_of(0.0)) == ()


def test_a_search_that_did_not_settle_is_told_of_each_model():
    book = BetaGeoNBD().with_parameters(r=2, alpha=9, a=0.6, b=4)
    book = book.simulate(np.full(150, 104.0), 1)
    ordering = BetaGeoNBD().fit(book["frequency"], book["recency"], book["T"])
    ordering.convergence_ = replace(ordering.convergence_, converged=False)
    spending = replace(spending_of(0.0), converged=False)
    renewing = ShiftedBetaGeometric().fit_cohorts(pd.Series([1000, 631, 468, 382]))
    renewing.convergence_ = replace(renewing.convergence_, converged=False)
    for notes in (
        ordering_notes(ordering),
        spending_notes(spending),
        renewal_notes(renewing),
    ):
        assert "did not settle; take the figures as rough" in notes[0]
