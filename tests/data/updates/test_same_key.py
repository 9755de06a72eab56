"""A portfolio with names is never kept beside one with pseudonyms."""

from pathlib import Path

import pytest

from kamlab.data.pseudonymising import Privacy
from kamlab.data.updates.same_key import check_same_key
from kamlab.errors import UsageError

PRIVACY = Privacy(b"keep me in a safe")


def test_a_place_without_a_portfolio_may_be_taken():
    assert check_same_key(None, PRIVACY, Path("/nowhere/yet")) is None


def test_a_portfolio_that_no_import_made_is_not_replaced_by_pseudonyms():
    with pytest.raises(UsageError, match="data/demo"):
        check_same_key(None, PRIVACY, Path("data/demo"))
