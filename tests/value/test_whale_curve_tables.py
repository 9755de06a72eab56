"""Tables of profit per account: round shares, and how to print them."""

import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.report import present
from kamlab.value.time_allocation import grouped_time_allocation, time_allocation
from kamlab.value.whale_curve import grouped_whale_curve, whale_curve
from kamlab.value.whale_curve_tables import how_to_print, whale_steps

BOOK = {"A": 90.0, "B": -15.0, "C": 5.0, "D": 20.0, "E": 0.0}


def test_round_shares_of_the_bank_are_its_printed_points() -> None:
    bank = grouped_whale_curve([0.10, 0.30, 0.60], [0.93, 0.17, -0.10])
    steps = whale_steps(bank, [0.1, 0.4, 1.0])["cumulative_share"]
    assert steps.tolist() == pytest.approx([0.93, 1.10, 1.00])


def test_between_accounts_the_curve_is_straight() -> None:
    steps = whale_steps(whale_curve({"A": 6.0, "B": 4.0}), [0.25, 0.75])
    assert steps["cumulative"].tolist() == [3.0, 8.0]


def test_shares_given_as_per_cent_are_refused() -> None:
    with pytest.raises(UsageError, match="shares = 10"):
        whale_steps(whale_curve(BOOK), [10])


@pytest.mark.parametrize(
    "table",
    [
        whale_steps(whale_curve(BOOK)),
        time_allocation(BOOK, dict.fromkeys(BOOK, 60.0)).table,
        grouped_time_allocation([0.5, 0.5], [0.5, 0.5], [0.9, 0.1]).table,
        pd.DataFrame({"text": ["x"]}),
    ],
)
def test_every_table_can_be_presented(table: pd.DataFrame) -> None:
    shown = str(present(table, currency="EUR", **how_to_print(table)))
    assert len(shown.splitlines()) == len(table) + 1
    assert "_" not in shown
