"""The demonstration company, opened once for all tests of dossiers."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest

import kamlab
from kamlab.report.dossier.numbers import Dossier


@pytest.fixture(scope="session")
def talbruck() -> Iterator[kamlab.Portfolio]:
    with kamlab.open_portfolio("data/demo") as portfolio:
        yield portfolio


@pytest.fixture(scope="session")
def talbrucks(talbruck) -> Callable[..., Dossier]:
    """Return what gives the dossier of one of Talbruck's accounts, each made once."""

    @cache
    def dossier(account: str, audience: str = "internal") -> Dossier:
        return Dossier(talbruck, account, audience=audience)

    return dossier
