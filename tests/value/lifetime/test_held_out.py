"""Every way is shown the past only, and asked for what came."""

from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import kamlab
from kamlab.data.folder import Description
from kamlab.data.store import store_from_frames
from kamlab.errors import MissingDataError, UsageError
from kamlab.portfolio import Portfolio
from kamlab.value.lifetime import (
    calibration_and_holdout,
    compared_forecasts,
    foretold_orders,
    portfolio_held_out,
    simplest_not_beaten,
)
from kamlab.value.lifetime.forecasters import (
    LAST_YEAR,
    METHODS,
    Calibration,
    last_year,
    past_rate,
)
from kamlab.value.lifetime.held_out import order_days_through
from tests.conftest import PROJECT

SIMPLE = {LAST_YEAR: last_year, "past rate": past_rate}
COMPARISONS = PROJECT / "data" / "comparisons"


@pytest.fixture(scope="module")
def made_up() -> pd.DataFrame:
    """Order days of eighty accounts over three years."""
    rng = np.random.default_rng(8)
    number = rng.poisson(rng.gamma(2, 12, 80)) + 1
    after = pd.to_timedelta(rng.integers(0, 1096, number.sum()), unit="D")
    names = np.repeat([f"A{place:02d}" for place in range(80)], number)
    days = {"account_id": names, "order_date": pd.Timestamp("2023-01-01") + after}
    return pd.DataFrame(days)


@pytest.fixture(scope="module")
def comparison() -> pd.DataFrame:
    return pd.read_csv(COMPARISONS / "lifetime_held_out.csv", keep_default_na=True)


def orders_of(account: str, day: str, kind: str, amount: float = 100.0) -> dict:
    return {
        "order_id": f"{account}{day}{kind}",
        "line_id": "1",
        "account_id": account,
        "order_date": pd.Timestamp(day),
        "net_amount": amount,
        "line_type": kind,
    }


def test_every_way_is_shown_the_calibration_only(made_up: pd.DataFrame) -> None:
    asked = []

    def spy(seen: Calibration) -> pd.Series:
        asked.append((seen.days["order_date"].max(), seen.end, seen.horizon))
        return past_rate(seen)

    foretold_orders(made_up, "2024-12-31", "2025-06-30", methods={"spy": spy})
    assert asked[0][0] <= pd.Timestamp("2024-12-31")
    assert asked[0][1:] == (pd.Timestamp("2024-12-31"), 181)


def test_what_comes_later_changes_no_forecast(made_up: pd.DataFrame) -> None:
    known = made_up[made_up["order_date"] <= "2024-12-31"]
    one = pd.DataFrame(
        {"account_id": ["A00"], "order_date": [pd.Timestamp("2025-02-01")]}
    )
    ends = "2024-12-31", "2025-06-30"
    with_all = foretold_orders(made_up, *ends).accounts.drop(columns="actual")
    alone = foretold_orders(pd.concat([known, one]), *ends).accounts
    pd.testing.assert_frame_equal(alone.drop(columns="actual"), with_all)


def test_what_came_is_what_the_hold_out_counts(made_up: pd.DataFrame) -> None:
    ends = "2024-06-30", "2025-06-30"
    held = foretold_orders(made_up, *ends, methods=SIMPLE)
    counts = calibration_and_holdout(made_up, *ends).counts
    assert held.accounts["actual"].tolist() == counts["holdout_orders"].tolist()
    assert (held.calibration_end, held.holdout_end) == (
        date(2024, 6, 30),
        date(2025, 6, 30),
    )


def test_orders_twice_a_day_and_rows_in_any_order_count_the_same(
    made_up: pd.DataFrame,
) -> None:
    twice = pd.concat([made_up, made_up]).sample(frac=1, random_state=1)
    twice["order_date"] += pd.Timedelta(hours=9)
    ends = "2024-12-31", "2025-06-30"
    pd.testing.assert_frame_equal(
        foretold_orders(twice, *ends, methods=SIMPLE).accounts,
        foretold_orders(made_up, *ends, methods=SIMPLE).accounts,
    )


def test_ways_that_cannot_tell_are_named_and_the_others_go_on(
    made_up: pd.DataFrame,
) -> None:
    few = made_up[made_up["account_id"].isin(["A00", "A01", "A02"])]
    held = foretold_orders(few, "2024-12-31", "2025-06-30")
    assert {"BG/NBD", "MBG/CNBD-k"} <= set(held.left_out)
    assert "3 accounts" in held.left_out["BG/NBD"]
    assert {LAST_YEAR, "sheet", "past rate"} <= set(held.accounts.columns)


def test_a_day_before_all_orders_is_refused(made_up: pd.DataFrame) -> None:
    with pytest.raises(UsageError, match="2022-12-31"):
        foretold_orders(made_up, "2022-12-31", "2025-06-30", methods=SIMPLE)
    with pytest.raises(UsageError, match="not after"):
        foretold_orders(made_up, "2025-06-30", "2024-12-31", methods=SIMPLE)


def test_cdnow_is_foretold_as_published(cdnow_orders: pd.DataFrame) -> None:
    held = foretold_orders(cdnow_orders, "1997-09-30", "1998-06-30")
    table = compared_forecasts(held.accounts)
    assert held.left_out == {}
    assert table.loc["BG/NBD", "actual"] == 1882
    assert table.loc["BG/NBD", "foretold"] == pytest.approx(1653.4, abs=0.3)
    # Orders of CDNOW come at random: the most regular model is the one with k = 1.
    random = table.loc[["MBG/NBD", "MBG/CNBD-k"], "foretold"]
    assert random.iloc[0] == pytest.approx(random.iloc[1], rel=1e-4)


def test_the_demo_company_is_foretold_best_by_regular_orders() -> None:
    with kamlab.open_portfolio("data/demo", as_of="2024-12-31") as portfolio:
        held = portfolio_held_out(portfolio.outcome(12), portfolio)
    table = compared_forecasts(held.accounts)
    assert table["mae"].idxmin() == "MBG/CNBD-k"
    assert table.loc["MBG/CNBD-k", "verdict"] == "better"
    assert table.loc["sheet", "verdict"] == "worse"
    assert held.holdout.new_accounts > 0


def test_purchases_count_and_returns_do_not() -> None:
    lines = [
        orders_of("A", "2025-01-10", "sale"),
        orders_of("A", "2025-01-20", "return", -100.0),
        orders_of("A", "2025-02-10", "service"),
        orders_of("A", "2025-02-12", "freight"),
        orders_of("A", "2025-02-14", "return", -100.0),
        orders_of("A", "2025-02-16", "intercompany"),
        orders_of("A", "2025-03-10", "sale"),
    ]
    book = kamlab.portfolio_from_tables({"orders": pd.DataFrame(lines)}, "EUR")
    seen = book.at("2025-01-31")
    days = order_days_through(seen.outcome(1), seen)
    found = days["order_date"].dt.strftime("%m-%d").tolist()
    assert found == ["01-10", "02-10"]


def test_lines_without_types_are_purchases_unless_negative() -> None:
    lines = [
        orders_of("A", day, "", amount)
        for day, amount in [
            ("2025-01-10", 5.0),
            ("2025-02-10", 5.0),
            ("2025-02-11", -5.0),
            ("2025-03-01", 5.0),
        ]
    ]
    table = pd.DataFrame(lines).drop(columns="line_type")
    seen = kamlab.portfolio_from_tables({"orders": table}, "EUR").at("2025-01-31")
    assert len(order_days_through(seen.outcome(1), seen)) == 2


def test_sums_of_months_have_no_order_days() -> None:
    table = pd.DataFrame([orders_of("A", f"2025-0{m}-28", "sale") for m in (1, 2, 3)])
    described = Description("A", "EUR", date(2025, 3, 31), grain="month")
    months = Portfolio(
        store_from_frames({"orders": table}, described), date(2025, 2, 28)
    )
    with pytest.raises(MissingDataError, match="held-out"):
        order_days_through(months.outcome(1), months)


def test_the_file_names_every_way_on_every_book(comparison: pd.DataFrame) -> None:
    by_book = comparison.groupby("book")["method"]
    assert by_book.size().min() >= len(METHODS)
    assert all(set(METHODS) <= set(each) for _, each in by_book)
    could_not = comparison["mae"].isna()
    assert comparison.loc[could_not, "reason"].str.len().gt(0).all()
    assert not comparison.duplicated(["book", "method"]).any()


def test_the_file_holds_cdnow_as_published(comparison: pd.DataFrame) -> None:
    cdnow = comparison[comparison["book"] == "CDNOW"].set_index("method")
    assert cdnow["accounts"].unique().tolist() == [2357]
    assert cdnow.loc["BG/NBD", "actual"] == 1882
    assert cdnow.loc["BG/NBD", "foretold"] == pytest.approx(1653.4, abs=0.3)


@pytest.mark.parametrize(
    ("book", "day", "months"),
    [("Talbruck 2025", "2024-12-31", 12), ("Talbruck 2024", "2023-12-31", 12)],
)
def test_the_file_holds_what_the_demo_company_says_today(
    comparison: pd.DataFrame, book: str, day: str, months: int
) -> None:
    ways = {name: METHODS[name] for name in (LAST_YEAR, "sheet", "MBG/CNBD-k")}
    with kamlab.open_portfolio("data/demo", as_of=day) as portfolio:
        held = portfolio_held_out(portfolio.outcome(months), portfolio, methods=ways)
    kept = comparison[comparison["book"] == book].set_index("method")
    now = compared_forecasts(held.accounts)
    for column in ("actual", "foretold", "mae"):
        np.testing.assert_allclose(
            kept.loc[list(ways), column], now[column], rtol=1e-3, err_msg=column
        )


def test_lifetimes_says_the_same_where_it_can_fit(comparison: pd.DataFrame) -> None:
    table = comparison.pivot_table("foretold", "book", "method")
    ours, theirs = table["BG/NBD"], table["lifetimes BG/NBD"]
    assert theirs.notna().sum() >= 4
    np.testing.assert_allclose(theirs.dropna(), ours[theirs.notna()], rtol=2e-3)


def test_the_default_of_lifetime_value_is_the_simplest_that_none_beats() -> None:
    from kamlab.value.customer_equity.valuation import MODEL

    beaten = pd.read_csv(COMPARISONS / "lifetime_held_out_beaten.csv")
    assert beaten["method"].tolist() == list(METHODS)
    assert beaten.loc[beaten["beaten_by"].isna(), "method"].iloc[0] == MODEL


def test_the_page_beside_the_file_names_the_losses_of_the_default() -> None:
    page = Path(COMPARISONS / "lifetime_held_out.md").read_text("utf-8")
    assert "MBG/CNBD-k is better on CDNOW" in page
    assert "worse on Online Retail" in page
    assert "lifetimes 0.11.3" in page
    # The choice hangs on the books, and says so.
    assert "CDNOW and the demo company left out: same as last year" in page


def test_the_rule_chooses_regular_orders_on_the_demo_company_alone() -> None:
    books = {}
    with kamlab.open_portfolio("data/demo") as portfolio:
        for day in ("2023-12-31", "2024-12-31"):
            seen = portfolio.at(day)
            books[day] = portfolio_held_out(seen.outcome(12), seen).accounts
    assert simplest_not_beaten(books) == "MBG/CNBD-k"
