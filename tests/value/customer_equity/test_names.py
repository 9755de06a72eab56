"""Names of the package load on first use, and none is hidden by its own module."""

from importlib import import_module
from types import ModuleType

import pytest

from kamlab.value import customer_equity


@pytest.mark.parametrize("name", customer_equity.__all__)
def test_a_public_name_is_no_module_even_when_all_are_loaded(name):
    for home in set(customer_equity._HOME_OF_NAME.values()):
        import_module(f"kamlab.value.customer_equity.{home}")
    found = getattr(customer_equity, name)
    assert not isinstance(found, ModuleType)
    assert found.__name__ == name


def test_a_name_that_does_not_exist_is_said_to_be_missing():
    with pytest.raises(AttributeError, match="no attribute 'lifetime_vlaue'"):
        _ = customer_equity.lifetime_vlaue
