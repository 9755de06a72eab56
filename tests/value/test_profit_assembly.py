"""What the tables say of a window, carried on to what every account leaves."""

from datetime import date

import pandas as pd
import pytest

import kamlab
from kamlab.errors import DataError
from kamlab.value.profit_assembly import (
    BASES,
    ProfitParts,
    assembled_profit,
    costs_from,
    first_contact,
    has_capacity,
)

YEAR = date(2025, 1, 1), date(2025, 12, 31)
STEPS = pd.DataFrame({"revenue": [90.0], "margin": [40.0]}, index=["A"])


def work(pool: str) -> pd.DataFrame:
    row = {"account_id": "A", "activity": "visit", "pool": pool, "count": 2}
    return pd.DataFrame([row | {"minutes": 120.0, "recorded": 0.5}])


def test_every_part_takes_the_figures_further_down(demo) -> None:
    direct = pd.DataFrame({"freight": [5.0]}, index=["A"])
    pool = demo.table("costs")["pool"].iloc[0]
    parts = [
        ProfitParts(STEPS, direct, work(pool)),
        ProfitParts(STEPS, direct),
        ProfitParts(STEPS),
    ]
    found = [assembled_profit(each, demo, *YEAR) for each in parts]
    assert [each.basis for each in found] == list(BASES)
    assert [float(each.contribution["A"]) for each in found[1:]] == [35.0, 40.0]
    rate = found[0].pools.loc[pool, "rate"]
    assert found[0].contribution["A"] == pytest.approx(35.0 - 120.0 * rate, abs=1e-4)
    assert found[0].recorded == 0.5


def test_a_direct_cost_of_an_account_without_a_line_stays(demo) -> None:
    direct = pd.DataFrame({"freight": [5.0]}, index=["B"])
    profit = assembled_profit(ProfitParts(STEPS, direct), demo, *YEAR)
    assert profit.contribution.to_dict() == {"A": 40.0, "B": -5.0}


def test_contacts_that_begin_late_are_told(demo) -> None:
    pool = demo.table("costs")["pool"].iloc[0]
    days = {"early": date(2025, 1, 8), "late": date(2025, 2, 8)}
    found = {
        name: assembled_profit(
            ProfitParts(STEPS, None, work(pool), day), demo, *YEAR
        ).contacts_from
        for name, day in days.items()
    }
    assert found == {"early": None, "late": days["late"]}


def test_time_of_a_pool_that_nobody_pays_for_is_refused(demo) -> None:
    with pytest.raises(DataError, match="'dusk'"):
        assembled_profit(ProfitParts(STEPS, None, work("dusk")), demo, *YEAR)


def test_what_a_book_knows_of_capacity_and_contacts(demo) -> None:
    line = {"order_id": ["1"], "account_id": ["A"], "net_amount": [9.0]}
    day = pd.to_datetime(["2025-01-31"])
    plain = {"orders": pd.DataFrame(line).assign(order_date=day)}
    bare = kamlab.portfolio_from_tables(plain, "EUR")
    assert (has_capacity(demo), has_capacity(bare)) == (True, False)
    assert costs_from(demo) == date(2022, 1, 1)
    assert first_contact(bare) is None
