"""Every name that the package promises loads when it is asked for."""

import pytest

from kamlab.value import lifetime


@pytest.mark.parametrize("name", lifetime.__all__)
def test_a_promised_name_loads(name: str) -> None:
    assert getattr(lifetime, name).__name__ == name


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'BetaGeo'"):
        _ = lifetime.BetaGeo
