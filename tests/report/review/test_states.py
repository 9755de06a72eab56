"""One page knows one state of an account, and its figures of lost ones agree."""

import pandas as pd
import pytest

from kamlab.report.review import evidence
from kamlab.report.review.causes import causes_of_profit
from kamlab.report.review.movers import up_and_down
from kamlab.report.review.numbers import Review
from kamlab.report.review.states import with_pausing, with_states
from kamlab.value.profit_bridge import profit_bridge
from kamlab.value.revenue_bridge import revenue_bridge

CENT = 0.005


@pytest.fixture(scope="module")
def review(opened_demo) -> Review:
    return Review(opened_demo)


def test_nobody_is_lost_and_silent_a_little_longer_than_usual(review) -> None:
    lost = set(review.bridge.status.index[review.bridge.status == "lost"])
    assert lost
    assert review.faint_accounts
    assert not lost & set(review.faint_accounts)
    plain = revenue_bridge(review.portfolio, review.now, review.then, review.by)
    assert set(plain.status.index[plain.status == "lost"]) & set(review.faint_accounts)


def test_the_bridge_still_adds_up_to_the_cent(review) -> None:
    steps = (review.bridge.steps * 100).round().astype("int64")
    assert steps["then"] + steps.drop(["then", "now"]).sum() == steps["now"]
    plain = revenue_bridge(review.portfolio, review.now, review.then, review.by)
    moved = plain.steps["lost"] - review.bridge.steps["lost"]
    assert moved < 0
    gained = review.bridge.steps[["shrunk", "grown"]].sum()
    assert gained - plain.steps[["shrunk", "grown"]].sum() == pytest.approx(moved)


def test_profit_and_revenue_lose_the_same_accounts(review) -> None:
    by_account = review.profit_steps
    lost = by_account.index[by_account["lost_accounts"] != 0]
    assert set(review.bridge.status[lost]) == {"lost"}
    before, after = review.two_periods
    plain = profit_bridge(before.profit, after.profit).by_account
    for one, two in [
        ("lost_accounts", "pausing_accounts"),
        ("new_accounts", "returning_accounts"),
    ]:
        assert by_account[[one, two]].sum().sum() == pytest.approx(plain[one].sum())
        assert (by_account[two] != 0).any()


def test_what_was_left_is_led_over_to_the_cent_step_by_step(review) -> None:
    table = evidence.profit_table(review)
    amounts = [int(row[1].replace(",", "").replace("−", "-")) for row in table.rows]
    assert [table.rows[0][0], table.rows[-1][0]] == ["2024Q4", "2025Q4"]
    history = review.history.total_earned
    assert amounts[0] == round(history["2024Q4"])
    assert amounts[-1] == round(history["2025Q4"])
    change = history["2025Q4"] - history["2024Q4"]
    assert review.profit_steps.sum().sum() == pytest.approx(change, abs=CENT)
    assert "Charges" not in {row[0] for row in table.rows}


def test_a_mover_that_may_come_back_is_not_called_lost(review) -> None:
    causes = {row.account: row.cause for row in up_and_down(review)}
    for account in review.faint_accounts:
        assert causes.get(review.short(account)) in (None, "silent, not lost yet")
    assert "silent, not lost yet" in causes.values()


def test_the_sentence_names_the_money_of_lost_accounts_alone(review) -> None:
    lost = -review.profit_steps["lost_accounts"].sum()
    assert f"lost accounts (EUR {round(lost / 1000)} k" in causes_of_profit(review)


def test_steps_without_lost_accounts_stay_as_they_are() -> None:
    steps = pd.DataFrame({"volume": [1.0]}, ["A"])
    assert with_states(steps, pd.Series({"A": "lost"})).equals(steps)


def test_returns_of_a_pausing_account_count_as_growth(review) -> None:
    columns = {"then": -2.0, "lost": 2.0, "shrunk": 0.0, "grown": 0.0, "now": 0.0}
    table = pd.DataFrame(columns, ["A"])
    status = pd.Series({"A": "lost"})
    bridge = review.bridge.__class__(review.now, review.then, table, status)
    found = with_pausing(bridge, ["A"])
    assert found.steps["grown"] == 2.0
    assert found.status["A"] == "paused"
