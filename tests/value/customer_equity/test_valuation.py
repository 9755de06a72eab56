"""Every account has one value, on one basis, and the sum of them is the equity."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kamlab
from kamlab.errors import UsageError
from kamlab.value.customer_equity import (
    LifetimeValues,
    lifetime_value,
    portfolio_lifetime_value,
    purchase_history,
)
from kamlab.value.customer_equity.purchases import PurchaseHistory
from kamlab.value.customer_equity.quarters import quarters_ahead
from kamlab.value.customer_equity.valuation import MODEL, _running
from tests.conftest import slow
from tests.value.customer_equity.made_up_books import (
    DAY,
    MARGIN,
    ORDERING,
    SPENDING,
    bound_until,
    made_up,
)

AHEAD = quarters_ahead(DAY, 0.1, 12)
BOOK = made_up(60)
QUICK = {"model": "BG/NBD", "repetitions": 20}
BOUND = {f"A{i:03d}": f"2026-{i % 12 + 1:02d}-28" for i in range(12)}


def with_accounts(book: PurchaseHistory, **columns: object) -> PurchaseHistory:
    return replace(book, accounts=book.accounts.assign(**columns))


@pytest.fixture(scope="module")
def by_orders():
    return lifetime_value(BOOK, AHEAD, **QUICK)


@pytest.fixture(scope="module")
def on_both_bases():
    return lifetime_value(
        BOOK, AHEAD, bound_until(BOUND), under_contract="to the end", **QUICK
    )


@pytest.fixture(scope="module")
def of_the_demo(opened_demo):
    return portfolio_lifetime_value(opened_demo, repetitions=20)


def test_the_sum_of_the_accounts_is_the_equity(on_both_bases):
    equity = on_both_bases.equity
    assert on_both_bases.accounts["value"].sum() == pytest.approx(equity.value)
    assert on_both_bases.by_basis["value"].sum() == pytest.approx(equity.value)
    assert on_both_bases.by_basis["accounts"].to_dict() == {
        "contract": 12,
        "repeat orders": 48,
    }
    assert equity.n == 60


def test_every_account_stands_once_and_the_best_comes_first(on_both_bases):
    accounts = on_both_bases.accounts
    assert accounts.index.is_unique
    assert accounts["value"].is_monotonic_decreasing
    assert set(accounts.index) == set(BOOK.accounts.index)


@settings(max_examples=5, deadline=None)
@given(st.sets(st.sampled_from(sorted(BOUND)), min_size=1, max_size=6))
def test_a_contract_changes_the_value_of_its_account_alone(by_orders, names):
    ends = dict.fromkeys(sorted(names), "2026-09-30")
    values = lifetime_value(
        BOOK, AHEAD, bound_until(ends), under_contract="to the end", **QUICK
    )
    others = by_orders.accounts.index.difference(sorted(names))
    columns = ["value", "basis", "alive", "orders_year"]
    pd.testing.assert_frame_equal(
        values.accounts.loc[others, columns], by_orders.accounts.loc[others, columns]
    )
    assert (values.accounts.loc[sorted(names), "basis"] == "contract").all()
    assert values.accounts["value"].sum() == pytest.approx(values.equity.value)


def test_value_is_worth_times_discounted_orders(by_orders):
    orders = by_orders.orders.by_quarter @ AHEAD.discount
    worth = by_orders.accounts["order_worth"]
    assert np.allclose(by_orders.accounts["value"], (orders * worth)[worth.index])


def test_value_scales_with_the_currency(by_orders):
    money = {
        name: 7.8 * BOOK.accounts[name] for name in ("order_value", "contribution")
    }
    other = lifetime_value(with_accounts(BOOK, **money), AHEAD, **QUICK)
    columns = ["value", "low", "high"]
    assert np.allclose(
        other.accounts[columns], 7.8 * by_orders.accounts[columns], rtol=1e-3
    )


def test_dearer_money_makes_accounts_worth_less(by_orders):
    values = lifetime_value(BOOK, quarters_ahead(DAY, 0.2, 12), **QUICK)
    assert values.equity.value < by_orders.equity.value


def test_an_account_that_costs_has_a_negative_value():
    margin = BOOK.accounts["contribution_margin"].mask(
        BOOK.accounts.index == "A003", -0.5
    )
    values = lifetime_value(
        with_accounts(BOOK, contribution_margin=margin), AHEAD, **QUICK
    )
    row = values.accounts.loc["A003"]
    assert row["value"] < 0
    assert row["low"] < row["high"] <= 0
    # Not more than was ever seen is lost with each order.
    assert row["order_worth"] == -0.5 * BOOK.accounts.loc["A003", "order_value"]


def test_an_unknown_margin_leaves_an_account_without_a_value(by_orders):
    margin = BOOK.accounts["contribution_margin"].mask(BOOK.accounts.index == "A003")
    values = lifetime_value(
        with_accounts(BOOK, contribution_margin=margin), AHEAD, **QUICK
    )
    row = values.accounts.loc["A003"]
    assert (row["basis"], values.equity.n) == ("cannot tell", 59)
    assert np.isnan(row["value"])
    assert "1 account has no value" in values.notes[0]
    others = values.accounts.index.drop("A003")
    assert np.allclose(
        values.accounts.loc[others, "value"], by_orders.accounts.loc[others, "value"]
    )


def test_if_no_margin_is_known_nothing_can_be_told():
    book = with_accounts(BOOK, contribution_margin=np.nan, contribution=np.nan)
    values = lifetime_value(book, AHEAD, **QUICK)
    assert values.equity.cannot_tell
    assert (values.accounts["basis"] == "cannot tell").all()


def test_a_book_of_one_time_buyers_falls_back_to_the_sheet():
    values = lifetime_value(with_accounts(BOOK, frequency=0, recency=0.0), AHEAD)
    assert set(values.accounts["basis"]) == {"sheet"}
    assert "cannot tell" in values.notes[-1]
    row = values.accounts.iloc[0]
    multiple = sum((0.8 / 1.1) ** year for year in (1, 2, 3))
    assert row["value"] == pytest.approx(row["contribution"] * multiple, rel=1e-3)
    assert row["low"] < row["value"] < row["high"]
    assert values.accounts["value"].sum() == pytest.approx(values.equity.value)


def test_the_sheet_leaves_out_accounts_of_unknown_contribution():
    unknown = BOOK.accounts["contribution"].mask(BOOK.accounts.index == "A003")
    book = with_accounts(BOOK, frequency=0, recency=0.0, contribution=unknown)
    values = lifetime_value(book, AHEAD)
    assert values.accounts.loc["A003", "basis"] == "cannot tell"
    assert values.equity.n == 59


def test_one_account_alone_is_valued_by_the_sheet():
    book = replace(BOOK, accounts=BOOK.accounts.iloc[:1])
    values = lifetime_value(book, AHEAD)
    assert (values.equity.n, set(values.accounts["basis"])) == (1, {"sheet"})


def book_with_a_silent_account() -> PurchaseHistory:
    silent = BOOK.accounts.assign(
        recency=BOOK.accounts["recency"].mask(BOOK.accounts.index == "A001", 20.0),
        frequency=BOOK.accounts["frequency"].mask(BOOK.accounts.index == "A001", 19),
        T=BOOK.accounts["T"].mask(BOOK.accounts.index == "A001", 190.0),
    )
    return replace(BOOK, accounts=silent)


def under(how: str) -> LifetimeValues:
    contracts = bound_until({"A001": "2026-12-31", "A002": "2026-12-31"})
    book = book_with_a_silent_account()
    return lifetime_value(book, AHEAD, contracts, under_contract=how, **QUICK)


def test_who_falls_silent_under_a_frame_contract_counts_by_its_orders():
    values = under("until silent")
    row = values.accounts.loc["A001"]
    assert (row["basis"], values.accounts.loc["A002", "basis"]) == (
        "repeat orders",
        "contract",
    )
    assert row["alive"] < 0.05
    assert any("(A001)" in note and "by their orders" in note for note in values.notes)


def test_a_contract_that_obliges_counts_however_silent_the_account_is():
    values = under("to the end")
    row = values.accounts.loc["A001"]
    assert (row["basis"], row["alive"]) == ("contract", 1)
    assert row["value"] > under("until silent").accounts.loc["A001", "value"]
    assert any("A001" in note and "all the same" in note for note in values.notes)


def test_a_contract_that_promises_nothing_does_not_count():
    values = under("by orders")
    assert set(values.accounts["basis"]) == {"repeat orders"}
    assert values.accounts.loc["A001", "value"] == pytest.approx(
        under("until silent").accounts.loc["A001", "value"]
    )
    assert not any("A001" in note for note in values.notes)


def test_an_unknown_way_with_contracts_is_refused(opened_demo):
    for valued in (
        lambda: lifetime_value(BOOK, AHEAD, under_contract="by order"),
        lambda: portfolio_lifetime_value(opened_demo, under_contract="by order"),
    ):
        with pytest.raises(UsageError, match=r"under_contract = 'by order'.*by orders"):
            valued()


def test_who_was_given_up_under_contract_never_ordered_again(opened_demo):
    values = portfolio_lifetime_value(opened_demo.at("2024-09-30"), repetitions=20)
    note = next(each for each in values.notes if "given up by their orders" in each)
    named = note[note.index("(") + 1 : note.index(")")].split(", ")
    last = purchase_history(opened_demo).accounts["last_order"]
    assert len(named) == 3
    assert (last[named] <= "2024-09-30").all()


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_in_per_cent_is_refused(level):
    with pytest.raises(UsageError, match="level = "):
        lifetime_value(BOOK, AHEAD, level=level)


def test_a_wider_level_is_a_wider_interval(by_orders):
    narrow = lifetime_value(BOOK, AHEAD, level=0.5, **QUICK)
    assert narrow.equity.low > by_orders.equity.low
    assert narrow.equity.high < by_orders.equity.high


def covered(n: int, seed: int) -> tuple[float, bool]:
    """Return the share of accounts, and whether the sum, that came out as foretold."""
    history, rng = made_up(n, seed), np.random.default_rng(1000 + seed)
    year = quarters_ahead(DAY, 0.0, 4)
    values = lifetime_value(history, year, random_state=seed, **QUICK)
    known = history.accounts
    triple = [known[name] for name in ("frequency", "recency", "T")]
    orders = ORDERING.simulate_future(year.days[-1] / 7, *triple, random_state=rng)
    p = SPENDING.parameters_["p"]
    revenue = rng.gamma(p * np.maximum(orders, 1)) * known["true_value"] / p
    came = MARGIN * revenue.where(np.asarray(orders) > 0, 0.0)
    ends = values.accounts.reindex(known.index)
    inside = (ends["low"] <= came) & (came <= ends["high"])
    return inside.mean(), values.equity.low <= came.sum() <= values.equity.high


@pytest.mark.parametrize("books", [8, slow(60)])
def test_intervals_hold_what_really_comes(books):
    accounts, sums = zip(*(covered(80, seed) for seed in range(books)), strict=True)
    assert 0.93 <= np.mean(accounts) <= 0.985
    assert sum(sums) >= (7 if books == 8 else 54)


def test_with_scrambled_values_intervals_hold_much_less():
    history = made_up(80, 3)
    values = lifetime_value(history, quarters_ahead(DAY, 0.0, 4), **QUICK)
    ends = values.accounts.reindex(history.accounts.index)
    others = np.roll(ends["value"].to_numpy(), 7)
    assert ((ends["low"] <= others) & (others <= ends["high"])).mean() < 0.8


def test_the_demo_book_is_worth_about_two_and_a_half_years(of_the_demo):
    last_year = of_the_demo.accounts["contribution"].sum()
    assert of_the_demo.equity.value / last_year == pytest.approx(2.45, abs=0.15)
    assert of_the_demo.contribution == "contribution"


def test_a_finished_project_is_worth_nothing_and_a_short_pause_something(of_the_demo):
    accounts = of_the_demo.accounts
    assert accounts.loc["A10970", "value"] < 1000  # Seilwerk Lienz
    assert accounts.loc["A10629", "alive"] > 0.95  # Nordkai Offshore, after destocking


def test_the_largest_account_hangs_on_one_renewal(of_the_demo):
    marwitz = of_the_demo.accounts.iloc[0]
    assert (marwitz.name, marwitz["basis"]) == ("A10063", "contract")
    assert marwitz["low"] < 0.4 * marwitz["value"]


def test_contracts_that_oblige_nobody_may_be_left_out(opened_demo):
    values = portfolio_lifetime_value(
        opened_demo, under_contract="by orders", repetitions=20, model="BG/NBD"
    )
    assert set(values.accounts["basis"]) == {"repeat orders"}


def test_who_counts_groups_is_told_how_a_member_s_contract_counts(opened_demo):
    contracts, note = _running(opened_demo, "parent", "until silent")
    assert not contracts.accounts.empty
    assert "counts for its whole group" in note
    assert _running(opened_demo, "account", "until silent")[1] == ""


@settings(max_examples=8, deadline=None)
@given(st.dates(date(2025, 1, 1), date(2027, 12, 31)))
def test_what_a_book_is_worth_does_not_depend_on_the_day_of_the_quarter(day):
    book, at_the_end = made_up(40), quarters_ahead(DAY, 0.1, 8)
    within = quarters_ahead(day, 0.1, 8)
    equity = [
        lifetime_value(replace(book, as_of=ahead.as_of), ahead, **QUICK).equity.value
        for ahead in (at_the_end, within)
    ]
    # Eight quarters have 730 or 731 days, give or take three at the ends of months.
    assert equity[1] == pytest.approx(equity[0], rel=0.01)


def small_book() -> kamlab.Portfolio:
    """Return fifteen accounts that order in turn, and nothing else."""
    orders = pd.DataFrame(
        {
            "order_id": [str(i) for i in range(90)],
            "account_id": [f"A{i % 15}" for i in range(90)],
            "order_date": pd.date_range("2024-01-01", periods=90, freq="8D"),
            "net_amount": [100.0 + i for i in range(90)],
        }
    )
    return kamlab.portfolio_from_tables({"orders": orders}, "EUR")


def test_a_book_without_contracts_says_so():
    values = portfolio_lifetime_value(small_book(), quarters=4, **QUICK)
    assert "No contracts in the data" in values.notes[-1]
    assert values.contribution == "revenue"


def test_before_any_renewal_is_decided_all_stand_by_their_orders():
    with kamlab.open_portfolio("data/demo", as_of=date(2022, 9, 30)) as early:
        values = portfolio_lifetime_value(early, **QUICK)
    assert "contract" not in set(values.accounts["basis"])
    assert values.notes[-1].startswith("Renewals: ")


def test_the_default_is_the_simplest_model_that_no_other_beats():
    beaten = pd.read_csv("data/comparisons/lifetime_held_out_beaten.csv")
    unbeaten = beaten.loc[beaten["beaten_by"].isna(), "method"]
    assert unbeaten.iloc[0] == MODEL


def test_a_history_of_another_day_is_refused():
    with pytest.raises(UsageError, match="from 2024-12-31, the history ends on 2025-1"):
        lifetime_value(BOOK, quarters_ahead(date(2024, 12, 31), 0.1, 4))


@pytest.mark.parametrize("seed", [-1, "2025"])
def test_a_seed_that_is_none_is_refused_at_the_door(seed):
    with pytest.raises(UsageError, match="random_state = "):
        lifetime_value(BOOK, AHEAD, random_state=seed)


def test_a_generator_serves_as_seed():
    equities = [
        lifetime_value(
            BOOK, AHEAD, random_state=np.random.default_rng(4), **QUICK
        ).equity
        for _ in range(2)
    ]
    assert equities[0] == equities[1]


def test_who_signed_and_never_ordered_is_named(by_orders):
    values = lifetime_value(BOOK, AHEAD, bound_until({"Z9": "2026-12-31"}), **QUICK)
    assert values.equity == by_orders.equity
    assert any("have never ordered (Z9)" in note for note in values.notes)


def test_nobody_is_worth_nothing_that_can_be_told():
    values = lifetime_value(replace(BOOK, accounts=BOOK.accounts.iloc[:0]), AHEAD)
    assert (values.equity.cannot_tell, values.accounts.empty) == (True, True)
    assert "0 accounts" in values.notes[-1]


def test_three_accounts_are_valued_by_the_sheet_whatever_their_contracts():
    book = replace(BOOK, accounts=BOOK.accounts.iloc[:3])
    values = lifetime_value(book, AHEAD, bound_until({"A001": "2026-06-30"}))
    assert (values.equity.n, set(values.accounts["basis"])) == (3, {"sheet"})
    assert values.accounts["value"].sum() == pytest.approx(values.equity.value)
    assert "3 accounts; a purchase model needs 10" in values.notes[-1]


def test_a_book_of_contracts_alone_has_no_repeat_orders():
    ends = dict.fromkeys(BOOK.accounts.index, "2026-06-30")
    values = lifetime_value(
        BOOK, AHEAD, bound_until(ends), under_contract="to the end", **QUICK
    )
    assert values.by_basis["accounts"].to_dict() == {"contract": 60}
    assert values.equity.value == pytest.approx(values.streams.equity)
    assert (values.accounts["alive"] == 1).all()


def test_contracts_of_nobody_are_as_good_as_none(by_orders):
    values = lifetime_value(BOOK, AHEAD, bound_until({}), **QUICK)
    columns = ["value", "basis", "orders_year"]
    pd.testing.assert_frame_equal(values.accounts[columns], by_orders.accounts[columns])


def test_where_every_order_loses_money_every_value_is_negative():
    book = with_accounts(BOOK, contribution_margin=-0.2)
    values = lifetime_value(book, AHEAD, bound_until(BOUND), **QUICK)
    assert (values.accounts["value"] <= 0).all()
    assert values.equity.low < values.equity.value < values.equity.high < 0
    assert (values.by_basis["value"] < 0).all()


def test_one_account_of_a_large_book_may_stand_alone_on_its_basis():
    values = lifetime_value(BOOK, AHEAD, bound_until({"A001": "2026-06-30"}), **QUICK)
    row = values.by_basis.loc["contract"]
    assert (row["accounts"], row["value"]) == (
        1,
        pytest.approx(values.accounts.loc["A001", "value"]),
    )
    own = values.accounts.loc["A001"]
    # Futures of one fit are alike, and sums make up for that: wider, never narrower.
    assert row["low"] <= own["low"] < own["high"] <= row["high"]


@pytest.mark.parametrize("factor", [1e-4, 7.8, 25_000])
def test_contracts_scale_with_the_currency_too(on_both_bases, factor):
    names = ("order_value", "contribution")
    money = {name: factor * BOOK.accounts[name] for name in names}
    values = lifetime_value(
        with_accounts(BOOK, **money),
        AHEAD,
        bound_until(BOUND),
        under_contract="to the end",
        **QUICK,
    )
    columns = ["value", "low", "high"]
    mine = values.accounts[columns].reindex(on_both_bases.accounts.index)
    assert np.allclose(mine, factor * on_both_bases.accounts[columns], rtol=2e-3)
    assert values.by_basis["accounts"].equals(on_both_bases.by_basis["accounts"])


def test_growth_of_order_values_is_an_assumption_and_said_so(by_orders):
    ahead = quarters_ahead(DAY, 0.1, 12, order_value_growth=0.05)
    values = lifetime_value(BOOK, ahead, **QUICK)
    more = values.equity.value / by_orders.equity.value
    assert 1.05 < more < 1.05**1.5
    assert values.streams.changed(growth=-0.05).equity == pytest.approx(
        by_orders.equity.value
    )
    assert values.accounts["orders_year"].equals(by_orders.accounts["orders_year"])
    note = next(each for each in values.notes if "assumed to grow by 5.0 %" in each)
    assert f"{1 - 1 / more:.1%}".replace("%", " %") in note
    assert not any("assumed" in each for each in by_orders.notes)


def test_growth_makes_contracts_dearer_too(on_both_bases):
    ahead = quarters_ahead(DAY, 0.1, 12, order_value_growth=0.05)
    values = lifetime_value(
        BOOK, ahead, bound_until(BOUND), under_contract="to the end", **QUICK
    )
    rise = values.by_basis["value"] / on_both_bases.by_basis["value"]
    assert rise.between(1.04, 1.08).all()
    assert values.streams.equity == pytest.approx(values.equity.value)


def test_from_here_on_is_the_discounted_expected_residual_orders():
    """All quarters together are the DERT of the model (Fader, Hardie and Lee 2005)."""
    values = lifetime_value(BOOK, quarters_ahead(DAY, 0.1, "from here on"), **QUICK)
    triple = [BOOK.accounts[name] for name in ("frequency", "recency", "T")]
    a_week = np.log(1.1) * 7 / 365.25
    dert = values.orders.model.expected_residual_orders(a_week, *triple)
    worth = values.accounts["order_worth"]
    told = values.accounts["value"] / worth
    # What is left out is worth half a per cent of itself.
    assert told.to_numpy() == pytest.approx(dert[worth.index].to_numpy(), rel=0.01)


def test_from_here_on_and_growth_are_asked_for_by_name():
    terms = {"quarters": "from here on", "order_value_growth": 0.02, **QUICK}
    values = portfolio_lifetime_value(small_book(), discount_rate=0.25, **terms)
    years = np.log(200) / np.log(1.25 / 1.02)
    assert values.quarters.count == np.ceil(4 * years)
    assert any("assumed to grow by 2.0 % a year" in note for note in values.notes)
