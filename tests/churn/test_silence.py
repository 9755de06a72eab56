from datetime import date

import pandas as pd
import pytest

from kamlab.churn.silence import FEWEST_ORDER_DAYS, VERDICTS, silence
from kamlab.churn.watch import watch_list
from kamlab.data.folder import Description
from kamlab.data.store import store_from_frames
from kamlab.errors import MissingDataError, UsageError
from kamlab.portfolio import Portfolio
from tests.churn.books import book, event, every, orders

REGULAR = orders("A", every(10, "2025-05-31", 20))  # 30 days ago on 30 June


LAST = date(2025, 5, 31)


def verdict(*parts, account="A", **more) -> str:
    return silence(book(*parts, **more)).loc[account, "verdict"]


def test_silent_is_who_waits_longer_than_nine_in_ten_of_its_own_gaps() -> None:
    row = silence(book(REGULAR)).loc["A"]
    assert (row["days_silent"], row["usual_gap"], row["limit"]) == (30, 10.0, 10.0)
    assert (row["verdict"], row["silent"], row["n_gaps"]) == ("silent", True, 19)


def test_alarm_begins_on_the_first_day_beyond_the_limit() -> None:
    assert silence(book(REGULAR)).loc["A", "since"] == pd.Timestamp("2025-06-11")


def test_the_last_day_of_the_limit_is_still_usual() -> None:
    on_it = orders("A", every(10, "2025-06-20", 20))
    beyond = orders("A", every(10, "2025-06-19", 20))
    assert verdict(on_it) == "usual"
    assert verdict(beyond) == "silent"


def test_a_slow_customer_has_its_own_rhythm() -> None:
    assert verdict(orders("A", every(90, "2025-05-31", 12))) == "usual"


def test_fewer_than_six_order_days_are_too_little_to_judge() -> None:
    few = orders("A", every(10, "2025-01-31", FEWEST_ORDER_DAYS - 1))
    enough = orders("A", every(10, "2025-01-31", FEWEST_ORDER_DAYS))
    assert verdict(few) == "too little to judge"
    assert verdict(enough) == "silent"


def test_several_orders_of_a_day_are_one_order_day() -> None:
    twice = REGULAR.assign(order_id=REGULAR["order_id"] + "b")
    assert silence(book(REGULAR, twice)).loc["A", "n_gaps"] == 19


def test_a_return_does_not_break_the_silence() -> None:
    back = orders("A", ["2025-06-29"], net_amount=-50.0)
    assert verdict(REGULAR, back) == "silent"


def test_days_of_a_shutdown_do_not_count() -> None:
    shut = event("A", "shutdown", "2025-06-01", "2025-06-25")
    row = silence(book(REGULAR, events=[shut])).loc["A"]
    assert row["days_silent"] == 5
    assert (row["verdict"], row["reason"], row["event"]) == (
        "excused",
        "shutdown",
        "E1",
    )


def test_a_shutdown_of_the_region_excuses_its_accounts_only() -> None:
    accounts = pd.DataFrame({"account_id": ["A", "B"], "region": ["South", "North"]})
    other = REGULAR.assign(account_id="B", order_id="B" + REGULAR["order_id"])
    shut = event("South", "shutdown", "2025-06-01", "2025-06-25", "region")
    table = silence(book(REGULAR, other, events=[shut], accounts=accounts))
    assert table.loc[["A", "B"], "verdict"].tolist() == ["excused", "silent"]


def test_whoever_stays_silent_after_the_shutdown_alarms() -> None:
    shut = event("A", "shutdown", "2025-06-01", "2025-06-10")
    row = silence(book(REGULAR, events=[shut])).loc["A"]
    assert (row["verdict"], row["days_silent"], row["reason"]) == ("silent", 20, "")
    assert row["since"] == pd.Timestamp("2025-06-21")


def test_a_shutdown_that_nobody_ended_is_over_with_the_next_order() -> None:
    shut = event("A", "shutdown", "2025-05-01")
    assert verdict(REGULAR, events=[shut]) == "silent"


def test_an_event_without_an_end_excuses_for_half_a_year_at_most() -> None:
    gone = orders("A", every(10, "2024-05-31", 20))
    shut = event("A", "shutdown", "2024-06-01")
    assert verdict(gone, events=[shut]) == "silent"


def test_gaps_over_a_shutdown_do_not_stretch_the_limit() -> None:
    before = orders("A", every(10, "2025-01-01", 10))
    after = orders("A", every(10, "2025-05-31", 8), document_type="later")
    after["order_id"] += "x"
    shut = event("A", "shutdown", "2025-01-02", "2025-03-20")
    without = silence(book(before, after)).loc["A", "limit"]
    assert silence(book(before, after, events=[shut])).loc["A", "limit"] < without


def test_a_run_down_of_stock_excuses_while_it_lasts() -> None:
    destocking = event("A", "other", "2025-05-01")
    row = silence(book(REGULAR, events=[destocking])).loc["A"]
    assert (row["verdict"], row["reason"]) == ("excused", "event")


def test_a_price_list_excuses_nobody() -> None:
    rise = event(None, "price_list", "2025-06-01", scope="portfolio")
    assert verdict(REGULAR, events=[rise]) == "silent"


def test_a_finished_project_is_no_loss() -> None:
    project = event("A", "project", "2024-11-01", "2025-06-01")
    row = silence(book(REGULAR, events=[project])).loc["A"]
    assert (row["verdict"], row["reason"]) == ("excused", "finished_project")
    assert pd.isna(row["since"])


def test_an_old_project_does_not_excuse_who_lives_by_other_business() -> None:
    project = event("A", "project", "2024-11-20", "2024-12-31")
    assert verdict(REGULAR, events=[project]) == "silent"


def test_an_account_that_merged_is_not_silent() -> None:
    merger = event("A", "merger", "2025-06-05")
    row = silence(book(REGULAR, events=[merger])).loc["A"]
    assert (row["verdict"], row["reason"]) == ("excused", "merged")


def test_a_renumbered_account_goes_on_under_its_new_number() -> None:
    new = orders("B", ["2025-06-10", "2025-06-20"])
    aliases = pd.DataFrame(
        {
            "old_account_id": ["A"],
            "account_id": ["B"],
            "valid_from": pd.to_datetime(["2025-06-01"]),
        }
    )
    table = silence(book(REGULAR, new, account_aliases=aliases))
    assert "A" not in table.index
    assert table.loc["B", ["verdict", "n_gaps"]].tolist() == ["usual", 21]


def test_a_group_orders_when_any_of_its_accounts_does() -> None:
    sister = orders("B", every(10, "2025-06-25", 20))
    accounts = pd.DataFrame({"account_id": ["A", "B"], "parent_id": ["B", "B"]})
    table = silence(book(REGULAR, sister, accounts=accounts), by="parent")
    assert table.index.name == "parent_id"
    assert table.loc["B", "verdict"] == "usual"


def test_a_book_of_returns_only_has_nobody_to_judge() -> None:
    book_of_returns = book(orders("A", ["2025-01-01"], net_amount=-1.0))
    assert silence(book_of_returns).index.tolist() == ["Z"]


def test_a_book_of_months_says_that_it_needs_days() -> None:
    lines = store_from_frames(
        {"orders": REGULAR}, Description("A", "EUR", LAST, grain="month")
    )
    portfolio = Portfolio(lines, LAST)
    with pytest.raises(MissingDataError, match="silent needs order days"):
        silence(portfolio)
    assert watch_list(portfolio).empty


@pytest.mark.parametrize("quantile", [0, 1, 90, -0.1])
def test_a_quantile_that_is_no_share_is_shown(quantile) -> None:
    with pytest.raises(UsageError, match=f"quantile = {quantile}"):
        silence(book(REGULAR), quantile)


def test_characters_of_the_story_do_not_alarm(demo) -> None:
    for day in ("2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"):
        table = silence(demo.at(day))
        told = table.loc[["A10970", "A10629"], "verdict"]
        assert not (told == "silent").any(), day
        assert set(table["verdict"]) <= set(VERDICTS)


def test_the_rebuilt_kiln_is_excused_while_it_stands(demo) -> None:
    row = silence(demo.at("2024-03-31")).loc["A10614"]
    assert (row["verdict"], row["reason"], row["event"]) == (
        "excused",
        "shutdown",
        "E019",
    )
