"""Where profit went between two periods, closing to the cent."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kamlab
from kamlab.errors import UsageError
from kamlab.value.profit_bridge import profit_bridge
from kamlab.value.profit_periods import ProfitPeriod, compared_periods, profit_period
from tests.conftest import examples

YEARS = (("2024-01-01", "2024-12-31"), ("2025-01-01", "2025-12-31"))


def line(
    account: str,
    year: int,
    product: str | None,
    units: float | None,
    price: float,
    cost: float,
    listed: float | None = None,
    kind: str = "sale",
) -> dict:
    """Return one order line with prices and costs a unit."""
    number = 1.0 if units is None else units
    return {
        "account_id": account,
        "order_date": pd.Timestamp(year, 6, 30),
        "product_id": product,
        "quantity": units,
        "unit_list_price": listed,
        "net_amount": number * price,
        "cogs": number * cost,
        "line_type": kind,
    }


def company(*lines: dict, **tables: pd.DataFrame) -> kamlab.Portfolio:
    ends = [line("Ends", year, "E", 1, 10, 10, 10) for year in (2024, 2025)]
    frame = pd.DataFrame([*lines, *ends])
    frame.loc[frame.index[-2:], "order_date"] = pd.to_datetime(
        ["2024-01-01", "2025-12-31"]
    )
    frame = frame.assign(order_id=frame.index.astype(str))
    return kamlab.portfolio_from_tables({"orders": frame, **tables}, "EUR")


def periods(view: kamlab.Portfolio, by: str = "account") -> list[ProfitPeriod]:
    return [profit_period(view, *year, by=by) for year in YEARS]


def steps_of(*lines: dict, **tables: pd.DataFrame) -> pd.Series:
    """Return the steps other than 0, after checking that they close."""
    bridge = profit_bridge(*periods(company(*lines, **tables)))
    change = bridge.profit_after - bridge.profit_before
    assert bridge.steps.sum() == pytest.approx(change, abs=0.004)
    return bridge.steps[bridge.steps.abs() > 1e-9].round(6)


def test_a_higher_list_price_that_sticks_is_an_effect_of_the_price_list():
    steps = steps_of(
        line("A", 2024, "P", 10, 90, 50, 100), line("A", 2025, "P", 10, 95, 50, 105)
    )
    assert steps.to_dict() == {"list_prices": 50.0}


def test_a_higher_list_price_given_back_shows_on_both_sides():
    steps = steps_of(
        line("A", 2024, "P", 10, 90, 50, 100), line("A", 2025, "P", 10, 90, 50, 105)
    )
    assert steps.to_dict() == {"list_prices": 50.0, "discounts": -50.0}


def test_dearer_goods_cost_what_they_cost_more_on_todays_quantity():
    steps = steps_of(
        line("A", 2024, "P", 10, 90, 50, 90), line("A", 2025, "P", 10, 90, 53, 90)
    )
    assert steps.to_dict() == {"cost_of_goods": -30.0}


def test_more_of_the_same_earns_the_average_margin_of_the_year_before():
    # All that both years bought: 900 − 500 of A, 10 − 10 of the account at the ends.
    average = (900 - 500) / 910
    steps = steps_of(
        line("A", 2024, "P", 10, 90, 50, 90), line("A", 2025, "P", 12, 90, 50, 90)
    )
    assert steps["volume"] == pytest.approx(180 * average, abs=1e-6)
    assert steps["mix"] == pytest.approx(2 * 40 - 180 * average, abs=1e-6)


def test_growth_is_that_of_quantities_at_the_prices_of_the_year_before():
    sold = [line("A", 2024, "P", 10, 5, 3, 6), line("A", 2025, "P", 15, 4, 3, 6)]
    bridge = profit_bridge(*periods(company(*sold)))
    # 50 became 75 at the old price; 10 of the other account stood still.
    assert bridge.growth == pytest.approx(25 / 60)


def test_growth_of_cheap_business_is_a_worse_mix():
    steps = steps_of(
        line("A", 2024, "dear", 10, 100, 40, 100),
        line("A", 2024, "cheap", 10, 100, 80, 100),
        line("A", 2025, "dear", 8, 100, 40, 100),
        line("A", 2025, "cheap", 12, 100, 80, 100),
    )
    assert steps.to_dict() == {"mix": -2 * 60.0 + 2 * 20.0}


def test_what_accounts_bought_in_one_year_only_is_new_or_lost_with_all_its_costs():
    freight = pd.DataFrame(
        {
            "cost_id": ["1", "2"],
            "account_id": ["New", "Lost"],
            "date": pd.to_datetime(["2025-06-30", "2024-06-30"]),
            "kind": "freight",
            "amount": [7.0, 5.0],
        }
    )
    steps = steps_of(
        line("New", 2025, "P", 10, 90, 50, 90),
        line("Lost", 2024, "P", 10, 90, 60, 90),
        account_costs=freight,
    )
    assert steps.to_dict() == {"new_accounts": 393.0, "lost_accounts": -295.0}


def test_a_product_without_a_price_of_the_year_before_is_volume_and_mix():
    steps = steps_of(
        line("A", 2024, "P", 10, 90, 50, 90),
        line("A", 2025, "P", 10, 90, 50, 90),
        line("A", 2025, "Q", 5, 40, 10, 50),
    )
    assert set(steps.index) == {"volume", "mix"}
    assert steps.sum() == pytest.approx(150)


@pytest.mark.parametrize(("product", "units"), [(None, 10.0), ("P", None)])
def test_goods_without_product_or_quantity_have_no_price_effect(product, units):
    steps = steps_of(
        line("A", 2024, product, units, 90, 50), line("A", 2025, product, units, 99, 50)
    )
    assert set(steps.index) == {"volume", "mix"}


def test_without_list_prices_there_is_one_step_of_prices():
    frame = [
        {k: v for k, v in each.items() if k != "unit_list_price"}
        for each in (
            line("A", 2024, "P", 10, 90, 50),
            line("A", 2025, "P", 10, 85, 50),
            line("Ends", 2024, "E", 1, 10, 10),
            line("Ends", 2025, "E", 1, 10, 10),
        )
    ]
    orders = pd.DataFrame(frame).assign(order_id=list("1234"))
    orders.loc[3, "order_date"] = pd.Timestamp("2025-12-31")
    view = kamlab.portfolio_from_tables({"orders": orders}, "EUR")
    steps = profit_bridge(*periods(view)).steps
    assert "list_prices" not in steps
    assert steps["prices"] == -50.0


def test_returns_cost_revenue_less_the_goods_that_came_back():
    same = [line("A", year, "P", 10, 90, 50, 90) for year in (2024, 2025)]
    back = line("A", 2025, "P", -2, 90, 50, 90, kind="return")
    assert steps_of(*same, back).to_dict() == {"returns": -80.0}


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        ("price_credit", "credits_and_rebates"),
        ("rebate", "credits_and_rebates"),
        ("freight", "charges"),
    ],
)
def test_what_is_booked_apart_from_goods_has_its_own_step(kind: str, step: str):
    same = [line("A", year, "P", 10, 90, 50, 90) for year in (2024, 2025)]
    sign = 1 if kind == "freight" else -1
    other = line("A", 2025, None, None, sign * 30, 0, kind=kind)
    assert steps_of(*same, other).to_dict() == {step: sign * 30.0}


def serving(rates: tuple[float, float], visits: tuple[int, int]) -> dict:
    """Return tables of a field force whose rate and visits change between years."""
    years = (2024, 2025)
    pools = pd.DataFrame(
        {
            "pool": "field",
            "period_start": [pd.Timestamp(year, 1, 1) for year in years],
            "period_end": [pd.Timestamp(year, 12, 31) for year in years],
            "cost": [rate * 1000 for rate in rates],
            "capacity_minutes": 1000.0,
        }
    )
    standard = {"activity": ["visit"], "pool": ["field"], "minutes": [60.0]}
    days = [
        pd.Timestamp(year, 5, 5)
        for year, number in zip(years, visits, strict=True)
        for _ in range(number)
    ]
    met = pd.DataFrame({"account_id": "A", "date": days, "type": "visit"})
    return {
        "costs": pools,
        "activity_minutes": pd.DataFrame(standard).assign(
            valid_from=pd.Timestamp("2024-01-01")
        ),
        "interactions": met.assign(interaction_id=met.index.astype(str)),
    }


def test_more_visits_and_dearer_minutes_are_two_steps():
    same = [line("A", year, "P", 10, 90, 50, 90) for year in (2024, 2025)]
    steps = steps_of(*same, **serving(rates=(1.0, 1.1), visits=(2, 3)))
    assert steps.to_dict() == {"time_to_serve": -60.0, "cost_of_time": -18.0}


def test_transport_stands_apart_from_other_direct_costs():
    same = [line("A", year, "P", 10, 90, 50, 90) for year in (2024, 2025)]
    bills = pd.DataFrame(
        {
            "cost_id": ["1", "2", "3"],
            "account_id": "A",
            "date": pd.to_datetime(["2024-06-30", "2025-06-30", "2025-06-30"]),
            "kind": ["freight", "rush_freight", "warranty"],
            "amount": [10.0, 35.0, 8.0],
        }
    )
    steps = steps_of(*same, account_costs=bills)
    assert steps.to_dict() == {"transport": -25.0, "other_direct_costs": -8.0}


PRODUCT = st.tuples(
    st.sampled_from("ABC"),
    st.sampled_from([2024, 2025]),
    st.sampled_from(["P", "Q", None]),
    st.one_of(st.none(), st.integers(1, 50).map(float)),
    st.integers(0, 9000).map(lambda cents: cents / 100),
    st.integers(0, 9000).map(lambda cents: cents / 100),
    st.one_of(st.none(), st.integers(1, 9000).map(lambda cents: cents / 100)),
    st.sampled_from(["sale", "sale", "sale", "return", "rebate", "freight", "sample"]),
)


@settings(max_examples=examples(30))
@given(st.lists(PRODUCT, max_size=12))
def test_the_bridge_closes_to_the_cent_account_by_account(products):
    one, two = periods(company(*[line(*each) for each in products]))
    bridge = profit_bridge(one, two)
    after = two.profit.contribution
    change = after.sub(one.profit.contribution, fill_value=0.0)
    left = bridge.by_account.sum(axis=1)
    assert ((left - change).abs() < 0.004).all()
    assert bridge.steps.notna().all()


@pytest.mark.parametrize("by", ["account", "parent"])
def test_the_demonstration_companys_bridge_closes_to_the_cent(demo, by: str):
    bridge = profit_bridge(*compared_periods(demo, by=by))
    rest = bridge.profit_after - bridge.profit_before - bridge.steps.sum()
    assert round(100 * rest) == 0
    by_account = bridge.by_account.sum(axis=1)
    before, after = bridge.before.contribution, bridge.after.contribution
    assert (after.sub(before, fill_value=0.0) - by_account).abs().max() < 0.005


def test_most_of_the_price_list_of_2025_was_given_back_as_discount(demo):
    steps = profit_bridge(*compared_periods(demo)).steps
    assert steps["list_prices"] > 1_000_000
    assert -steps["discounts"] > 0.7 * steps["list_prices"]


def test_marwitz_pays_a_lower_price_each_year(demo):
    names = demo.accounts["account_name"]
    marwitz = names.index[names.str.contains("Marwitz")][0]
    own = profit_bridge(*compared_periods(demo)).by_account.loc[marwitz]
    assert own["list_prices"] + own["discounts"] < 0
    assert own["volume"] > 0


def test_groups_close_over_branches_that_moved_business_among_themselves():
    family = {"account_id": ["A", "B"], "parent_id": "Group"}
    view = company(
        line("A", 2024, "P", 10, 90, 50, 90),
        line("B", 2025, "P", 10, 90, 50, 90),
        accounts=pd.DataFrame(family),
    )
    assert profit_bridge(*periods(view)).steps["new_accounts"] == 400
    groups = profit_bridge(*periods(view, "parent")).steps
    assert (groups == 0).all()


def test_accounts_without_cost_of_goods_are_left_out_and_named():
    cheap = line("B", 2025, "P", 10, 90, 50, 90) | {"cogs": None}
    view = company(line("A", 2024, "P", 10, 90, 50, 90), cheap)
    bridge = profit_bridge(*periods(view))
    assert bridge.left_out == ("B",)
    assert bridge.profit_after == 0
    assert bridge.steps.sum() == pytest.approx(-400)


def test_another_currency_scales_every_step(demo):
    one, two = compared_periods(demo)
    steps = profit_bridge(one, two).steps

    def in_yuan(period: ProfitPeriod) -> ProfitPeriod:
        shares = ["minutes", "contribution_rate", "contribution_margin"]
        profit = period.profit
        table = profit.table.drop(columns=shares) * 7.8
        direct = None if profit.direct is None else profit.direct * 7.8
        kind = type(profit)
        moved = kind(table, profit.start, profit.end, "gross margin", direct)
        quantity = period.sales["quantity"]
        return ProfitPeriod(moved, (period.sales * 7.8).assign(quantity=quantity))

    other = profit_bridge(in_yuan(one), in_yuan(two)).steps
    goods = ["volume", "mix", "list_prices", "discounts", "cost_of_goods", "returns"]
    assert np.allclose(other[goods], steps[goods] * 7.8)


def test_periods_that_do_not_compare_are_refused(demo):
    one, two = compared_periods(demo)
    short = profit_period(demo, "2025-01-01", "2025-06-30")
    with pytest.raises(UsageError, match=r"before covers 366 days \(2024\), after 181"):
        profit_bridge(one, short)
    groups = profit_period(demo, *YEARS[1], by="parent")
    with pytest.raises(UsageError, match="before is by 'account_id', after by 'parent"):
        profit_bridge(one, groups)
    kind, profit = type(two.profit), two.profit
    other = kind(profit.table, profit.start, profit.end, "something else")
    with pytest.raises(UsageError, match="after at the something else"):
        profit_bridge(one, ProfitPeriod(other, two.sales))


def test_work_that_moves_to_another_pool_is_other_time_and_not_dearer_time():
    same = [line("A", year, "P", 10, 90, 50, 90) for year in (2024, 2025)]
    by_field = serving(rates=(2.0, 2.0), visits=(3, 3))
    by_desk = dict(by_field)
    for name in ("costs", "activity_minutes"):
        by_desk[name] = by_field[name].assign(pool="desk")
    by_desk["costs"]["cost"] = 5000.0
    before = profit_period(company(*same, **by_field), *YEARS[0])
    after = profit_period(company(*same, **by_desk), *YEARS[1])
    steps = profit_bridge(before, after).steps
    assert steps["time_to_serve"] == pytest.approx(3 * 60 * (2 - 5))
    assert steps["cost_of_time"] == 0


def test_an_account_without_cost_of_goods_moves_no_step():
    same = [line("A", year, "P", 10, 90, 50, 90) for year in (2024, 2025)]
    grown = [
        line("B", year, "P", units, 90, 50, 90)
        for year, units in ((2024, 10), (2025, 20))
    ]
    grown[1]["cogs"] = None
    bridge = profit_bridge(*periods(company(*same, *grown)))
    assert bridge.left_out == ("B",)
    assert bridge.by_account.index.tolist() == ["A", "Ends"]
    assert bridge.steps.abs().sum() == 0
