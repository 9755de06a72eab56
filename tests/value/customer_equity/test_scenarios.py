"""A plan has assumed effects and certain costs, and a part of the effects that pays."""

import numpy as np
import pytest

from kamlab.errors import UsageError
from kamlab.value.customer_equity import (
    ValuePlan,
    compared_plans,
    lifetime_value,
    plan_value,
    quarters_ahead,
)
from kamlab.value.customer_equity.scenarios import PLANS
from kamlab.value.lifetime import CannotTellError
from tests.value.customer_equity.made_up_books import DAY, made_up


@pytest.fixture(scope="module")
def values():
    ahead = quarters_ahead(DAY, 0.1, 12)
    return lifetime_value(made_up(60), ahead, model="BG/NBD", repetitions=20)


def test_a_price_plan_is_reckoned_by_hand(values):
    revenue = values.streams.discounted_revenue.sum()
    plan = ValuePlan("Surcharge", price=0.02, cost_once=0.005 * revenue)
    found = plan_value(values, plan)
    assert found.gain == pytest.approx(0.02 * revenue)
    assert found.net == pytest.approx(0.015 * revenue)
    assert found.break_even == pytest.approx(0.25)
    assert found.before == pytest.approx(values.equity.value)


def test_yearly_costs_are_discounted_like_everything_else(values):
    quarters = values.quarters
    found = plan_value(values, ValuePlan("Visits", cost_a_year=1000.0))
    assert found.cost == pytest.approx(1000 * quarters.lengths @ quarters.discount)
    assert found.net == -found.cost


def test_at_its_break_even_a_plan_leaves_nothing(values):
    effects = {"volume": 0.04, "price": -0.005, "retention": 0.02}
    cost = 0.02 * values.equity.value
    even = plan_value(values, ValuePlan("P", **effects, cost_once=cost)).break_even
    part = {name: even * effect for name, effect in effects.items()}
    found = plan_value(values, ValuePlan("P", **part, cost_once=cost))
    assert found.net == pytest.approx(0, abs=1e-6 * cost)


def test_a_plan_that_never_pays_has_no_break_even(values):
    plan = ValuePlan("Discount", price=-0.02, cost_once=10.0)
    found = plan_value(values, plan)
    assert found.gain < 0
    assert np.isnan(found.break_even)


def test_effects_that_cannot_be_multiplied_end_the_search(values):
    plan = ValuePlan("Sale", volume=-0.5, cost_once=10.0)
    assert np.isnan(plan_value(values, plan).break_even)


def test_what_costs_nothing_pays_at_once(values):
    assert plan_value(values, ValuePlan("Talk", volume=0.01)).break_even == 0


def test_what_destroys_value_never_pays_though_it_costs_nothing(values):
    found = plan_value(values, ValuePlan("Neglect", retention=-0.3))
    assert found.net < 0
    assert np.isnan(found.break_even)


def test_a_plan_for_some_accounts_leaves_the_others_alone(values):
    plan = ValuePlan("P", volume=0.1, cost_once=100.0)
    names = values.accounts.index[:5]
    found = plan_value(values, plan, names)
    assert found.accounts == 5
    assert found.gain == pytest.approx(0.1 * values.accounts.loc[names, "value"].sum())


def test_a_plan_for_nobody_has_no_value(values):
    plan = ValuePlan("P", cost_once=100.0)
    with pytest.raises(CannotTellError, match="none of 0 accounts has orders"):
        plan_value(values, plan, accounts=[])


def test_plans_stand_side_by_side_the_best_first(values):
    table = compared_plans(values)
    assert set(table.index) == {plan.name for plan in PLANS}
    assert table["net"].is_monotonic_decreasing
    assert np.allclose(table["gain"] - table["cost"], table["net"])


def test_plans_need_names_of_their_own(values):
    with pytest.raises(UsageError, match="each with its own name"):
        compared_plans(values, [ValuePlan("P"), ValuePlan("P")])
    with pytest.raises(UsageError, match=r"plans = \[\]"):
        compared_plans(values, [])


def test_an_impossible_effect_or_cost_is_named(values):
    with pytest.raises(UsageError, match=r"price = -1\.5"):
        plan_value(values, ValuePlan("P", price=-1.5))
    with pytest.raises(UsageError, match="cost_a_year = -5"):
        plan_value(values, ValuePlan("P", cost_a_year=-5))
