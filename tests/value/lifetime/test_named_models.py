"""Every purchase model has one name in print, and is fitted by it."""

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.value.lifetime import BetaGeoNBD, CannotTellError
from kamlab.value.lifetime.forecasters import METHODS
from kamlab.value.lifetime.named_models import PURCHASE_MODELS, fitted_model

COUNTS = (
    BetaGeoNBD()
    .with_parameters(r=2, alpha=9, a=0.4, b=8)
    .simulate(np.full(60, 150.0), random_state=2)
)


@pytest.mark.parametrize("name", PURCHASE_MODELS)
def test_a_model_is_fitted_by_its_name_and_unit(name):
    fitted = fitted_model(COUNTS, "W", name)
    assert type(fitted) is PURCHASE_MODELS[name]
    assert (fitted.unit, fitted.n_accounts_) == ("W", 60)


def test_every_model_takes_part_in_the_comparison_under_the_same_name():
    assert [name for name in METHODS if name in PURCHASE_MODELS] == [*PURCHASE_MODELS]


def test_regular_orders_need_their_gaps():
    with pytest.raises(KeyError, match="log_gaps"):
        fitted_model(COUNTS.drop(columns="log_gaps"), "W", "MBG/CNBD-k")


def test_an_unknown_model_is_refused_with_a_hint():
    with pytest.raises(UsageError, match=r"'Pareto' is no purchase model.*Pareto/NBD"):
        fitted_model(COUNTS, "W", "Pareto")


def test_nobody_can_be_told_from_nobody():
    with pytest.raises(CannotTellError, match="0 accounts"):
        fitted_model(pd.DataFrame(COUNTS.iloc[:0]), "W", "BG/NBD")
