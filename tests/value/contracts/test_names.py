"""What the package promises loads on first use."""

import pytest

from kamlab.value import contracts


@pytest.mark.parametrize("name", contracts.__all__)
def test_every_promised_name_loads(name: str) -> None:
    assert getattr(contracts, name).__name__ == name


def test_an_unknown_name_is_no_attribute():
    with pytest.raises(AttributeError, match="has no attribute 'sbg'"):
        _ = contracts.sbg
