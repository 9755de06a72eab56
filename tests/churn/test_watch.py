from functools import cache

import pandas as pd
import pytest

from kamlab.churn.at_stake import at_stake
from kamlab.churn.silence import silence
from kamlab.churn.watch import COLUMNS, FAR_BEYOND, total_at_stake, watch_list
from kamlab.data.demo import generate
from kamlab.data.demo.company import DemoCompany
from kamlab.opening import portfolio_from_tables
from tests.churn.books import book, event, every, orders
from tests.churn.test_fading import LATELY, PRODUCTS, WEEKLY, bought
from tests.conftest import slow

SILENT = orders("A", every(10, "2025-05-31", 50))
QUARTERS = pd.date_range("2024-03-31", "2025-12-31", freq="QE")


def test_without_costs_the_revenue_of_the_year_before_is_at_stake() -> None:
    row = watch_list(book(SILENT)).iloc[0]
    # The last order was on 31 May 2025: the twelve months up to the end of May count.
    before = (SILENT["order_date"] >= "2024-06-01").sum()
    lately = (SILENT["order_date"] > "2024-06-30").sum()
    assert (row["at_stake"], row["basis"]) == (100.0 * before, "revenue")
    assert row["revenue"] == 100.0 * lately < row["at_stake"]


def test_what_is_at_stake_stays_the_longer_an_account_is_silent() -> None:
    portfolio = book(SILENT, orders("X", ["2025-12-31"]), as_of="2025-12-31")
    days = ("2025-06-30", "2025-07-15", "2025-09-30", "2025-12-31")
    lists = [watch_list(portfolio.at(day)).set_index("account_id") for day in days]
    assert len({each.loc["A", "at_stake"] for each in lists}) == 1
    revenue = [each.loc["A", "revenue"] for each in lists]
    assert revenue == sorted(revenue, reverse=True)
    assert revenue[-1] < revenue[0]


def test_with_costs_of_goods_the_gross_margin_is_at_stake() -> None:
    early = orders("Y", ["2023-01-01"], cogs=60.0)
    portfolio = book(SILENT.assign(cogs=60.0), early, orders("X", ["2025-01-01"]))
    assert at_stake(portfolio).basis == "gross margin"
    row = watch_list(portfolio).iloc[0]
    before = (SILENT["order_date"] >= "2024-06-01").sum()
    assert row["basis"] == "gross margin"
    assert row["at_stake"] == pytest.approx(0.4 * 100.0 * before)


def test_a_silence_half_as_long_again_as_the_limit_is_clear() -> None:
    at_15 = orders("B", every(10, "2025-06-15", 50))
    at_16 = orders("C", every(10, "2025-06-14", 50))
    watch = watch_list(book(at_15, at_16)).set_index("account_id")
    assert watch["evidence"].to_dict() == {"C": "clear", "B": "faint"}


def test_clear_alerts_come_first_and_then_the_most_at_stake() -> None:
    large = orders("B", every(10, "2025-06-18", 50), net_amount=9_000.0)
    larger = orders("C", every(10, "2025-05-31", 50)).assign(net_amount=200.0)
    watch = watch_list(book(SILENT, large, larger))
    assert watch["account_id"].tolist() == ["C", "A", "B"]


def test_an_account_without_revenue_in_a_year_is_gone_and_not_watched() -> None:
    assert watch_list(book(orders("A", every(10, "2024-06-20", 30)))).empty


def test_an_event_mutes_the_alert_and_stays_readable() -> None:
    destocking = event("A", "other", "2025-05-20", number="E7")
    sister = SILENT.assign(account_id="B", order_id="b" + SILENT["order_id"])
    watch = watch_list(book(SILENT, sister, events=[destocking]))
    assert watch["account_id"].tolist() == ["B", "A"]
    assert watch["muted_by"].tolist() == ["", "E7"]
    assert total_at_stake(watch) == watch.loc[0, "at_stake"]


def test_closing_for_summer_is_no_alert_at_all() -> None:
    accounts = pd.DataFrame({"account_id": ["A"], "region": ["South"]})
    shut = event("South", "shutdown", "2025-06-01", "2025-07-15", "region")
    assert watch_list(book(SILENT, events=[shut], accounts=accounts)).empty


def test_a_fading_category_is_watched_beside_the_silent() -> None:
    parts = [bought("C", WEEKLY), bought("G", WEEKLY[~LATELY])]
    watch = watch_list(book(*parts, products=PRODUCTS))
    assert watch["rule"].tolist() == ["fading: gearboxes"]
    assert watch.loc[0, "evidence"] == "clear"


def test_a_shortage_of_the_category_mutes_its_fade() -> None:
    parts = [bought("C", WEEKLY), bought("G", WEEKLY[~LATELY])]
    short = event("gearboxes", "shortage", "2025-01-01", scope="category")
    watch = watch_list(book(*parts, products=PRODUCTS, events=[short]))
    assert watch["muted_by"].tolist() == ["E1"]


def test_a_silent_account_is_not_accused_of_fading_too() -> None:
    days = WEEKLY[:-4]
    parts = [bought("C", days), bought("G", WEEKLY[~LATELY])]
    watch = watch_list(book(*parts, products=PRODUCTS))
    assert watch["rule"].tolist() == ["silence"]


def test_two_categories_of_an_account_count_both_and_a_loss_maker_nothing() -> None:
    watch = pd.DataFrame(
        {
            "account_id": ["A", "A", "B", "C"],
            "at_stake": [5.0, 3.0, -2.0, 1.0],
            "muted_by": "",
        }
    )
    assert total_at_stake(watch) == 9.0


def test_money_is_worked_out_for_those_who_are_asked_about() -> None:
    sister = SILENT.assign(account_id="B", order_id="b" + SILENT["order_id"])
    portfolio = book(SILENT, sister)
    watch = watch_list(portfolio, stake=["B"]).set_index("account_id")
    whole = watch_list(portfolio).set_index("account_id")
    assert watch.loc["B", "at_stake"] == whole.loc["B", "at_stake"] > 0
    assert watch["at_stake"].isna().to_dict() == {"A": True, "B": False}


def test_whoever_knows_the_silences_need_not_look_twice(monkeypatch) -> None:
    portfolio = book(SILENT)
    whole, quiet = watch_list(portfolio), silence(portfolio)
    monkeypatch.delattr("kamlab.churn.watch.silence")
    pd.testing.assert_frame_equal(watch_list(portfolio, quiet=quiet), whole)


@pytest.mark.parametrize("kind", ["destocking", "other"])
def test_whoever_runs_down_its_stock_is_muted_by_a_kind_of_its_own(kind: str) -> None:
    held = event("A", kind, "2025-05-20", "2025-12-31")
    quiet = silence(book(SILENT, events=[held])).loc["A"]
    reason = {"other": "event"}.get(kind, kind)
    assert (quiet["verdict"], quiet["reason"]) == ("excused", reason)
    assert watch_list(book(SILENT, events=[held]))["muted_by"].tolist() == ["E1"]


def test_running_down_stock_explains_a_fade_as_well() -> None:
    parts = [bought("C", WEEKLY), bought("G", WEEKLY[~LATELY])]
    held = event("A", "destocking", "2025-03-01")
    watch = watch_list(book(*parts, products=PRODUCTS, events=[held]))
    assert watch["muted_by"].tolist() == ["E1"]


def test_the_first_months_of_a_book_have_an_empty_list(demo) -> None:
    watch = watch_list(demo.at("2022-02-28"))
    assert watch.columns.tolist() == ["account_id", *COLUMNS]
    assert watch.empty
    assert total_at_stake(watch) == 0


def test_kovostav_leads_the_list_and_the_decoys_are_muted(demo) -> None:
    watch = watch_list(demo.at("2025-09-30"), by="parent").set_index("parent_id")
    assert watch.index[0] == "A10284"
    assert watch.loc["A10970", "muted_by"] == "E021"
    june = watch_list(demo.at("2025-06-30")).set_index("account_id")
    assert june.loc["A10629", "muted_by"] == "E036"


@cache
def company_of(seed: int) -> DemoCompany:
    return generate("talbruck", seed)


def last_orders(seed: int) -> pd.Series:
    """Return the day of the last order of every account that was lost."""
    losses = company_of(seed).truth["losses"].items()
    days = {account: str(told["last_order"]) for account, told in losses}
    return pd.to_datetime(pd.Series(days, dtype="str"), errors="coerce")


def silent_at(portfolio, day: pd.Timestamp) -> pd.DataFrame:
    """Return who is silent on a day and bought within a year, and how clearly."""
    table = silence(portfolio.at(str(day.date())))
    table = table[
        table["silent"] & (table["last_order"] > day - pd.Timedelta(days=365))
    ]
    is_clear = table["days_silent"] > FAR_BEYOND * table["limit"]
    return table.assign(day=day, is_clear=is_clear)


@pytest.mark.parametrize("seed", [21, slow(22), slow(23)])
def test_clear_alerts_are_losses_and_losses_become_alerts(seed: int) -> None:
    tables, last = company_of(seed).tables, last_orders(seed)
    portfolio = portfolio_from_tables(tables, "EUR", as_of="2025-12-31")
    alerts = pd.concat([silent_at(portfolio, day) for day in QUARTERS])
    lost = alerts.index.map(last) <= alerts["day"]
    shares = lost.groupby(alerts["is_clear"]).mean()
    assert shares[True] >= 0.75
    assert 0.1 <= shares[False] <= 0.35
    due = last[last.between(QUARTERS[0], QUARTERS[-2])]
    assert due.index.isin(alerts.index[lost]).mean() >= 0.9
    first = alerts[lost].groupby(level=0)["day"].min()
    waited = (first.reindex(due.index) - due).dropna()
    assert waited.median() < pd.Timedelta(days=150)


@pytest.mark.parametrize("seed", [21, slow(22), slow(23)])
def test_a_book_without_losses_has_few_clear_alerts(seed: int) -> None:
    company = company_of(seed)
    orders = company.tables["orders"]
    stays = ~orders["account_id"].isin(company.truth["losses"])
    tables = {**company.tables, "orders": orders[stays]}
    portfolio = portfolio_from_tables(tables, "EUR", as_of="2025-12-31")
    counts = [silent_at(portfolio, day)["is_clear"].sum() for day in QUARTERS[1::3]]
    assert sum(counts) / len(counts) <= 4
