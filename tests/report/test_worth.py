import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.report.shared import FOLDER
from kamlab.report.worth import basis_of_value, worth
from kamlab.value.customer_equity import portfolio_lifetime_value


@pytest.fixture(scope="module")
def of_accounts(opened_demo):
    return worth(opened_demo, "account")


def test_it_is_what_the_chapter_says(opened_demo, of_accounts) -> None:
    values = portfolio_lifetime_value(opened_demo, "account")
    assert of_accounts.equity == values.equity
    expected = values.accounts["value"].rename_axis("key")
    pd.testing.assert_series_equal(of_accounts.accounts["value"], expected)


def test_values_lie_inside_their_intervals_and_add_up(of_accounts) -> None:
    accounts = of_accounts.accounts.dropna(subset="value")
    assert (accounts["low"] <= accounts["value"]).all()
    assert (accounts["value"] <= accounts["high"]).all()
    assert accounts["value"].sum() == pytest.approx(of_accounts.equity.value)
    assert sum(of_accounts.sizes.values()) == of_accounts.equity.n


def test_reading_it_is_as_good_as_working_it_out(
    opened_demo, of_accounts, tmp_path, monkeypatch
) -> None:
    monkeypatch.setenv(FOLDER, str(tmp_path))
    for _ in range(2):
        found = worth(opened_demo, "account")
        pd.testing.assert_frame_equal(found.accounts, of_accounts.accounts)
        assert found.equity == of_accounts.equity


def test_a_book_without_purchases_cannot_tell() -> None:
    days = pd.to_datetime(["2025-01-10", "2025-02-10"])
    lines = {"order_id": ["1", "2"], "account_id": "A", "order_date": days}
    returned = pd.DataFrame({**lines, "net_amount": -1.0, "line_type": "return"})
    portfolio = kamlab.portfolio_from_tables({"orders": returned}, "EUR")
    found = worth(portfolio, "account")
    assert found.equity.cannot_tell
    assert found.accounts.empty
    assert np.isnan(found.equity.value)


@pytest.mark.parametrize("basis", ["contract", "repeat orders", "sheet", "cannot tell"])
def test_every_basis_has_words(basis) -> None:
    assert basis_of_value(basis)
