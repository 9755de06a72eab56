"""Given parameters are taken by name, and what is wrong with them is shown."""

import numpy as np
import pytest

from kamlab.errors import UsageError
from kamlab.value.lifetime.given_values import given_parameters, given_starts

NAMES = ("alpha", "beta")


def test_parameters_come_in_the_order_of_the_model():
    found = given_parameters({"beta": 2, "alpha": 1}, NAMES)
    assert found.index.tolist() == list(NAMES)
    assert found.to_list() == [1.0, 2.0]


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"alpha": 1}, r"parameters \['alpha'\]: give alpha, beta"),
        ({"alpha": 1, "beta": 2, "c": 3}, "give alpha, beta"),
        ({"alpha": 1, "beta": 0}, "{'beta': 0}: give positive numbers"),
        ({"alpha": 1, "beta": np.inf}, "{'beta': inf}"),
        ({"alpha": 1, "beta": np.nan}, "{'beta': nan}"),
    ],
)
def test_wrong_parameters_are_shown(parameters: dict, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        given_parameters(parameters, NAMES)


@pytest.mark.parametrize("starts", [[1], [[1, 2, 3]], [[1, -2]], [[1, np.nan]]])
def test_wrong_starts_are_shown(starts: list) -> None:
    with pytest.raises(UsageError, match="give rows of positive alpha, beta"):
        given_starts(starts, NAMES)


def test_several_starts_are_rows():
    assert given_starts([[1, 2], [3, 4]], NAMES).shape == (2, 2)
