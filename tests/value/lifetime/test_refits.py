"""A model is fitted again to books that it has made up itself."""

import numpy as np
import pytest

from kamlab.errors import UsageError
from kamlab.value.lifetime.beta_geometric import BetaGeoNBD
from kamlab.value.lifetime.counts import CannotTellError
from kamlab.value.lifetime.refits import refits

TRUTH = BetaGeoNBD().with_parameters(r=0.8, alpha=6, a=0.9, b=3)
T = np.full(300, 60.0)


@pytest.fixture(scope="module")
def model():
    book = TRUTH.simulate(T, random_state=1)
    return BetaGeoNBD().fit(book["frequency"], book["recency"], book["T"])


@pytest.fixture(scope="module")
def found(model):
    return refits(model, T, 30, np.random.default_rng(2))


def test_refits_lie_around_the_model_that_made_their_books(model, found):
    logs = np.array([each.logs for each in found])
    errors = (model.standard_errors_ / model.parameters_).to_numpy()
    away = (logs - np.log(model.parameters_.to_numpy())) / errors
    assert (np.abs(np.median(away, axis=0)) < 1).all()
    assert (away.std(axis=0) > 0.5).all()


def test_a_refit_equals_the_fit_of_its_book(model, found):
    book = model.simulate(T, np.random.default_rng(2))
    fitted = BetaGeoNBD().fit(book["frequency"], book["recency"], book["T"])
    assert np.exp(found[0].logs) == pytest.approx(
        fitted.parameters_.to_numpy(), rel=0.01
    )
    relative = fitted.standard_errors_ / fitted.parameters_
    errors = np.sqrt(np.diag(found[0].covariance))
    assert errors == pytest.approx(relative.to_numpy(), rel=0.05)


def test_refits_do_not_change_the_model(model):
    before = model.parameters_.copy()
    refits(model, T, 20, np.random.default_rng(3))
    assert model.parameters_.equals(before)


def test_a_settled_model_is_where_its_refits_start(model):
    class Watched(BetaGeoNBD):
        def _starts(self, triples):
            raise AssertionError("searched from afar")

    watched = Watched().with_parameters(**model.parameters_)
    watched.standard_errors_ = model.standard_errors_
    assert len(refits(watched, T, 20, np.random.default_rng(4))) == 20
    watched.standard_errors_ = 3 * model.parameters_
    with pytest.raises(AssertionError, match="searched from afar"):
        refits(watched, T, 20, np.random.default_rng(4))


def test_books_in_which_nobody_comes_back_are_left_out():
    seldom = BetaGeoNBD().with_parameters(r=0.05, alpha=40, a=0.9, b=3)
    seldom.standard_errors_ = seldom.parameters_ / 10
    with pytest.raises(CannotTellError, match="of 20 books made up like this one, 0"):
        refits(seldom, np.full(20, 5.0), 20, np.random.default_rng(1))


def test_how_sure_given_parameters_are_only_a_fit_can_tell():
    with pytest.raises(UsageError, match=r"'r': 0.8.* were given.*fit the model"):
        refits(TRUTH, T, 20, np.random.default_rng(1))
