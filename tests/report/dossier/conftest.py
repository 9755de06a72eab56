"""The demonstration company, opened once for all tests of dossiers."""

from collections.abc import Callable, Iterator
from functools import cache

import pytest

import kamlab
from kamlab.report.dossier.numbers import Dossier
from kamlab.report.shared import FOLDER


@pytest.fixture(scope="session", autouse=True)
def together(tmp_path_factory) -> Iterator[None]:
    """Let dossiers share what is the same for all, as those of one report do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(FOLDER, str(tmp_path_factory.mktemp("shared")))
        yield


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
