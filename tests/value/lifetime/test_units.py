"""Times and horizons carry their unit, and a wrong one is refused."""

import pytest

from kamlab.errors import UsageError
from kamlab.value.lifetime.units import (
    DAYS_IN,
    checked_horizon,
    checked_unit,
    days_to_units,
)


def test_a_year_has_the_same_length_in_every_unit() -> None:
    assert days_to_units(365.25, "M") == pytest.approx(12)
    assert days_to_units(365.25, "Q") == pytest.approx(4)
    assert days_to_units(365.25, "D") == 365.25
    assert days_to_units(365.25, "W") == pytest.approx(52.1786, abs=1e-4)


@pytest.mark.parametrize("unit", list(DAYS_IN))
def test_a_horizon_may_name_the_models_own_unit(unit: str) -> None:
    assert checked_horizon(f"13{unit}", unit) == 13
    assert checked_horizon(f" 2.5 {unit.lower()} ", unit) == 2.5
    assert checked_horizon(0, unit) == 0


def test_a_horizon_in_another_unit_is_refused_with_the_right_number() -> None:
    with pytest.raises(UsageError, match=r"is in days, .* counts in weeks: give '52W'"):
        checked_horizon("364D", "W")
    with pytest.raises(UsageError, match=r"is in quarters, .* months: give '12M'"):
        checked_horizon("4Q", "M")


@pytest.mark.parametrize(
    "horizon", [-1, float("nan"), float("inf"), True, None, "soon", "3Y", [1]]
)
def test_what_is_no_horizon_is_shown_and_refused(horizon: object) -> None:
    with pytest.raises(UsageError, match="horizon = "):
        checked_horizon(horizon, "W")


def test_an_unknown_unit_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"unit = 'Y': known are: D, W, M, Q"):
        checked_unit("Y")
    with pytest.raises(UsageError, match="did you mean 'W'"):
        days_to_units(7, "w")
