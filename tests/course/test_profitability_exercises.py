"""Exercises on profit: usual mistakes are told apart, on a company of one's own."""

import pandas as pd
import pytest

import kamlab
from kamlab.course.check import check
from kamlab.data.demo import generate, write_demo
from kamlab.orientation.key_accounts import key_accounts
from kamlab.value.price_paths import price_paths
from kamlab.value.profit_bridge import profit_bridge
from kamlab.value.profit_periods import compared_periods
from kamlab.value.profitability import account_profit, trailing_profits
from kamlab.value.whale_curve import whale_curve
from kamlab.value.what_if import stop_serving
from tests.conftest import slow


@pytest.fixture(scope="module")
def company(tmp_path_factory):
    """Return a small company of the story, with other numbers than the book's."""
    folder = tmp_path_factory.mktemp("exercises") / "company"
    with kamlab.open_portfolio(write_demo(folder, seed=4711, accounts=90)) as opened:
        yield opened


@pytest.fixture(scope="module")
def profit(company):
    """Return profit by account of the last twelve months."""
    return account_profit(company, "2025-01-01", "2025-12-31")


def hint(exercise, answer, portfolio) -> str:
    verdict = check(exercise, answer, portfolio)
    assert not verdict.right
    return verdict.message


def orders_only() -> kamlab.Portfolio:
    orders = pd.DataFrame(
        {
            "order_id": ["1", "2"],
            "account_id": ["A", "B"],
            "order_date": pd.to_datetime(["2024-01-02", "2025-12-31"]),
            "net_amount": [70.0, 30.0],
        }
    )
    return kamlab.portfolio_from_tables({"orders": orders}, "EUR")


@pytest.mark.parametrize(
    ("exercise", "answer"), [("11.5", 1.0), ("11.6", "A"), ("11.7", 1.0), ("11.8", [])]
)
def test_data_without_costs_cannot_be_asked(exercise, answer):
    assert "cannot be asked" in hint(exercise, answer, orders_only())


# -- 11.5 what one more order costs ----------------------------------------------------


@pytest.fixture(scope="module")
def standards(company):
    """Return today's standard minutes, pools by order and order line."""
    table = company.table("activity_minutes").sort_values("valid_from")
    latest = table.drop_duplicates(["activity", "pool"], keep="last")
    wide = latest.pivot_table("minutes", "pool", "activity", fill_value=0.0)
    return wide[["order", "order_line"]]


def test_11_5_right_is_minutes_times_rates_in_all_pools(company, profit, standards):
    rates = profit.pools["rate"].reindex(standards.index)
    answer = float(standards.sum(axis=1) @ rates)
    assert answer > 0
    assert check("11.5", answer, company).right
    assert check("11.5", round(answer, 2), company).right


def test_11_5_usual_mistakes_are_told_apart(company, profit, standards):
    rates = profit.pools["rate"].reindex(standards.index)
    used = (profit.pools["cost"] / profit.pools["used_minutes"]).reindex(rates.index)
    both = standards.sum(axis=1)
    assert "leaves out the line" in hint("11.5", standards["order"] @ rates, company)
    assert "order itself" in hint("11.5", standards["order_line"] @ rates, company)
    assert "practical capacity" in hint("11.5", both @ used, company)
    assert "that is minutes" in hint("11.5", both.sum(), company)


def test_11_5_standards_that_hold_no_longer_are_told_apart(company, profit):
    every = company.table("activity_minutes")
    every = every[every["activity"].isin(["order", "order_line"])]
    rates = every["pool"].map(profit.pools["rate"])
    is_old = every["valid_from"] < every["valid_from"].max()
    both = float((every["minutes"] * rates).sum())
    assert "adds the older standard" in hint("11.5", both, company)
    # The newest standard of the story replaces one of the same activity and pool.
    assert is_old.sum() == len(every) - 1
    first = float((every["minutes"] * rates)[is_old].sum())
    assert "takes the older standard" in hint("11.5", round(first, 2), company)


def test_11_5_a_part_of_the_pools_or_another_unit_is_told_apart(
    company, profit, standards
):
    own = standards.sum(axis=1) * profit.pools["rate"].reindex(standards.index)
    assert "that is warehouse alone" in hint("11.5", own["warehouse"], company)
    assert "what an hour costs" in hint("11.5", 60 * own.sum(), company)
    table = company.table("activity_minutes")
    newest = table[table["valid_from"] == table["valid_from"].max()]
    changed = float(
        (newest["minutes"] * newest["pool"].map(profit.pools["rate"])).sum()
    )
    assert "what changed last" in hint("11.5", changed, company)


# -- 11.6 what follows from whale curve and bridge -------------------------------------


@pytest.fixture(scope="module")
def letters(company):
    """Return the letters that hold."""
    bridge = profit_bridge(*compared_periods(company))
    table = bridge.after.table
    curve = whale_curve(table["contribution"])
    holds = {
        "A": curve.lost_share > 0.1,
        "B": table["revenue"].idxmax() == table["contribution"].idxmax(),
        "D": -bridge.steps["discounts"] > curve.lost,
    }
    return "".join(letter for letter, is_true in holds.items() if is_true)


def test_11_6_right_are_the_statements_that_hold(company, letters):
    assert check("11.6", letters, company).right
    assert check("11.6", list(letters.lower()), company).right


def test_11_6_nobody_saves_what_loss_makers_cost(company, letters):
    assert "C does not follow: their margin" in hint("11.6", letters + "C", company)


def test_11_6_a_slack_year_makes_nobody_dearer(company, letters):
    assert "E does not follow: the rate" in hint("11.6", letters + "E", company)


# -- 11.7 without the ten accounts that leave least ------------------------------------


@pytest.fixture(scope="module")
def lowest(profit):
    """Return the ten accounts that leave least."""
    return profit.table["contribution"].nsmallest(10).index


def test_11_7_right_is_margin_lost_and_a_part_of_the_cost_saved(
    company, profit, lowest
):
    margin = profit.table.loc[lowest, ["margin", "direct_costs"]].to_numpy().sum()
    saved = -0.4 * profit.table.loc[lowest, "cost_to_serve"].sum()
    assert check("11.7", float(saved - margin), company).right


@pytest.mark.parametrize(
    ("part", "said"), [(1.0, "takes all"), (0.0, "takes none"), (0.6, "part that goes")]
)
def test_11_7_the_wrong_part_is_told_apart(company, profit, lowest, part, said):
    wrong = stop_serving(profit.table, lowest, part).change
    assert said in hint("11.7", wrong, company)


def test_11_7_a_turned_sign_is_told_apart(company, profit, lowest):
    change = stop_serving(profit.table, lowest, 0.4).change
    assert "sign is turned round" in hint("11.7", -change, company)


def test_11_7_margin_is_lost_after_direct_costs(company, profit, lowest):
    rows = profit.table.loc[lowest]
    wrong = -0.4 * rows["cost_to_serve"].sum() - rows["margin"].sum()
    assert "direct costs end with them" in hint("11.7", float(wrong), company)
    right = wrong - rows["direct_costs"].sum()
    turned = right + 0.8 * rows["cost_to_serve"].sum()
    assert "is negative in the table" in hint("11.7", float(turned), company)


def test_11_7_other_accounts_are_told_apart(company, profit):
    table = profit.table
    losing = table.index[table["contribution"] < 0]
    by_rate = table["contribution_margin"].nsmallest(10).index
    for chosen, said in [(losing, "all who lose"), (by_rate, "lowest margin")]:
        change = stop_serving(table, chosen, 0.4).change
        assert said in hint("11.7", change, company)


def test_11_7_the_answer_is_the_change_and_not_all_of_the_working(
    company, profit, lowest
):
    found = stop_serving(profit.table, lowest, 0.4)
    assert "give its change" in hint("11.7", found, company)


# -- 11.8 with whom to talk about prices -----------------------------------------------


@pytest.fixture(scope="module")
def given(company):
    """Return what accounts that were no key accounts gave away by a falling price."""
    given = price_paths(trailing_profits(company, most=2)).given
    return given.drop(key_accounts(company).accounts, errors="ignore")


def test_11_8_right_are_the_three_that_gave_most(company, given):
    best = given.nlargest(3)
    assert check("11.8", list(best.index), company).right
    assert check("11.8", set(best.index), company).right
    assert check("11.8", best, company).right
    assert check("11.8", ", ".join(best.index), company).right


def test_11_8_key_accounts_are_not_to_be_chosen(company):
    listed = key_accounts(company).accounts
    assert "that of a key account" in hint("11.8", listed[:3], company)


@pytest.mark.parametrize("seed", [3, slow(11), slow(29)])
def test_11_8_nobody_hits_upon_the_right_three(seed):
    company = kamlab.portfolio_from_tables(
        generate(seed=seed).tables, "EUR", as_of="2025-12-31"
    )
    last_two = trailing_profits(company, most=2)
    paths = price_paths(last_two)
    table = last_two[max(last_two)].table
    price = paths.price.assign(change=paths.change, paid=paths.price.iloc[:, -1])
    others = table.join(price[["change", "paid"]])
    others = others.drop(key_accounts(company).accounts, errors="ignore")
    naive = {
        "the largest": others["revenue"].nlargest(3),
        "the lowest contribution": others["contribution"].nsmallest(3),
        "the lowest price": others["paid"].nsmallest(3),
        "the most points": others["change"].nsmallest(3),
        "the largest of all": table["revenue"].nlargest(3),
    }
    for way, chosen in naive.items():
        assert not check("11.8", list(chosen.index), company).right, way


def test_11_8_three_others_are_not_enough(company, given):
    message = hint("11.8", list(given.nsmallest(3).index), company)
    assert "rank by what each gave, not by points" in message


def test_11_8_those_who_gave_most_since_the_first_year_are_told_apart(company, given):
    ever = price_paths(trailing_profits(company)).given.reindex(given.index)
    misled = ever.nlargest(3).index
    assert given[misled].sum() < 0.95 * given.nlargest(3).sum()
    assert "since the first year on record" in hint("11.8", list(misled), company)


def test_11_8_there_is_time_for_three(company, given):
    assert "you gave 4" in hint("11.8", list(given.nlargest(4).index), company)


def test_11_8_a_name_in_place_of_a_number_is_shown(company):
    message = hint("11.8", ["Marwitz", "x", "y"], company)
    assert "'Marwitz' is no account number" in message


def test_11_8_one_text_is_no_list(company):
    assert "is no list" in hint("11.8", "A10063", company)
