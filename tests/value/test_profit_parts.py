"""The parts of a contribution are checked once, with the account in the message."""

import numpy as np
import pandas as pd
import pytest

from kamlab.errors import UsageError
from kamlab.value.profit_parts import (
    PROFIT_PARTS,
    checked_factor,
    checked_part,
    concerned,
    known_amounts,
    summed,
)


@pytest.fixture
def profit() -> pd.DataFrame:
    """Two accounts with all parts."""
    parts = pd.DataFrame(
        {
            "revenue": [100.0, 50.0],
            "cost_of_goods": [-60.0, -20.0],
            "direct_costs": [-5.0, -1.0],
            "cost_to_serve": [-10.0, -9.0],
        },
        index=["A", "B"],
    )
    return summed(parts)


def test_the_accounts_asked_for_are_set_apart_from_the_others(profit) -> None:
    table, others = concerned(profit.assign(list_revenue=1.0), "A")
    assert table.columns.tolist() == [*PROFIT_PARTS, "contribution"]
    assert table.index.tolist() == ["A"]
    assert others == 20


def test_an_account_named_twice_counts_once(profit) -> None:
    assert len(concerned(profit, ["A", "B", "A"])[0]) == 2


def test_costs_the_data_do_not_have_count_as_nothing(profit) -> None:
    plain = profit[["revenue", "cost_of_goods"]]
    plain = plain.assign(contribution=plain.sum(axis=1))
    table, _ = concerned(plain, "A")
    assert table.loc["A", ["direct_costs", "cost_to_serve"]].tolist() == [0, 0]


@pytest.mark.parametrize("column", ["revenue", "cost_of_goods", "contribution"])
def test_what_every_answer_needs_is_named(profit, column: str) -> None:
    with pytest.raises(UsageError, match=f"no column '{column}'"):
        concerned(profit.drop(columns=column), "A")


def test_others_of_unknown_profit_do_not_block(profit) -> None:
    profit.loc["B", ["cost_of_goods", "contribution"]] = np.nan
    assert concerned(profit, "A")[1] == 0
    with pytest.raises(UsageError, match="cost_of_goods of account 'B' is nan"):
        concerned(profit, "B")


def test_positive_costs_do_not_add_up(profit) -> None:
    profit["cost_to_serve"] *= -1
    with pytest.raises(UsageError, match=r"account 'A'.*give costs as negative"):
        concerned(profit, "A")


def test_rounding_to_the_cent_adds_up(profit) -> None:
    profit.loc["A", "contribution"] += 0.004
    assert concerned(profit, "A")[0].loc["A", "contribution"] == 25.004


def test_known_amounts_keep_a_list_of_the_others() -> None:
    known, unknown = known_amounts([1.0, np.nan, 3.0], "contribution")
    assert known.tolist() == [1, 3]
    assert unknown.tolist() == [1]


@pytest.mark.parametrize("part", [1.01, -0.1, "0.5", None, True, float("nan")])
def test_a_part_is_a_share(part: object) -> None:
    with pytest.raises(UsageError, match="avoidable ="):
        checked_part(part, "avoidable")


@pytest.mark.parametrize("factor", [-0.1, "2", None, False, float("nan")])
def test_a_factor_is_no_less_than_nothing(factor: object) -> None:
    with pytest.raises(UsageError, match="direct ="):
        checked_factor(factor, "direct")
