"""Net revenue of two periods, step by step, closing to the cent account by account."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kamlab
from kamlab.data.folder import Description
from kamlab.data.store import store_from_frames
from kamlab.errors import MissingDataError, UsageError
from kamlab.fiscal import FiscalCalendar, Period
from kamlab.portfolio import Portfolio
from kamlab.value.activity import account_revenue
from kamlab.value.revenue_bridge import STEPS, RevenueBridge, revenue_bridge
from tests.conftest import examples, slow
from tests.value.revenue_books import (
    NOW,
    SEEDS,
    THEN,
    company,
    group_of,
    line,
    quarters_of,
    talbruck,
)

BOOKS = [SEEDS[0], *(slow(seed) for seed in SEEDS[1:])]


def bridge_of(*lines: dict, by: str = "account", **tables) -> RevenueBridge:
    """Return the bridge of a small book, after checking that it closes."""
    book = company(*lines, **tables)
    bridge = revenue_bridge(book, NOW, THEN, by=by)
    assert_closed(bridge)
    return bridge


def assert_closed(bridge: RevenueBridge) -> None:
    """Every account's steps lead from then to now, and so do their sums."""
    table = bridge.by_account
    steps = table.drop(columns=["then", "now"])
    rest = table["then"] + steps.sum(axis=1) - table["now"]
    assert (rest * 100).round().eq(0).all()
    assert (table * 100 - (table * 100).round()).abs().max(axis=None) < 1e-4
    total = bridge.steps.drop(["then", "now"]).sum()
    assert round(100 * (total - bridge.change)) == 0


def steps_of(*lines: dict, account: str = "A", **further) -> dict:
    """Return the steps of one account that are not 0."""
    row = bridge_of(*lines, **further).by_account.loc[account]
    row = row.drop(["then", "now"])
    return row[row != 0].to_dict()


# -- one kind of change at a time ----------------------------------------------------


def test_a_price_that_fell_is_a_price_at_todays_quantity():
    old, new = line("A", 2024, 1000, units=10), line("A", 2025, 1067, units=11)
    assert steps_of(old, new) == {"price": -33.0, "volume_and_mix": 100.0}


def test_the_same_quantity_at_another_price_is_nothing_but_price():
    old, new = line("A", 2024, 1000, units=10), line("A", 2025, 970, units=10)
    assert steps_of(old, new) == {"price": -30.0}


def test_a_little_more_of_the_same_is_volume():
    old, new = line("A", 2024, 1000, units=10), line("A", 2025, 1200, units=12)
    assert steps_of(old, new) == {"volume_and_mix": 200.0}


@pytest.mark.parametrize(("units", "step"), [(13, "grown"), (7, "shrunk")])
def test_more_than_the_band_has_grown_or_shrunk(units: int, step: str):
    old, new = (
        line("A", 2024, 1000, units=10),
        line("A", 2025, units * 100, units=units),
    )
    assert steps_of(old, new) == {step: (units - 10) * 100.0}


def test_the_band_is_the_readers_to_choose():
    lines = line("A", 2024, 1000, units=10), line("A", 2025, 1200, units=12)
    bridge = revenue_bridge(company(*lines), NOW, THEN, "account", band=0.1)
    assert bridge.by_account.loc["A", "grown"] == 200.0


def test_who_bought_last_year_only_is_lost():
    old = [line("A", 2024, 400, day=day) for day in ("02-01", "04-01", "06-01")]
    assert steps_of(*old) == {"lost": -1200.0}


def test_who_never_bought_before_is_new():
    assert steps_of(line("A", 2025, 400)) == {"new": 400.0}


def test_who_is_silent_no_longer_than_usual_is_not_lost():
    rhythm = [line("A", 2022, 100, day="01-15"), line("A", 2023, 100, day="07-15")]
    book = company(*rhythm, line("A", 2024, 100, day="12-15"))
    bridge = revenue_bridge(book, NOW, THEN, by="account")
    # Gaps of 546 and 519 days; 381 days of silence are nothing unusual.
    assert bridge.status["A"] == "paused"
    assert bridge.by_account.loc["A", "shrunk"] == -100.0


def test_who_bought_years_ago_and_again_has_returned_and_is_not_new():
    bridge = bridge_of(line("A", 2023, 100), line("A", 2025, 90))
    assert bridge.status["A"] == "returned"
    assert bridge.by_account.loc["A", "grown"] == 90.0


def test_a_product_without_last_years_price_is_no_price_effect():
    lines = [
        line("A", 2024, 1000, units=10),
        line("A", 2025, 1000, units=10),
        line("A", 2025, 100, product="Q", units=1),
    ]
    assert steps_of(*lines) == {"volume_and_mix": 100.0}


def test_returns_are_no_price():
    same = [line("A", year, 1000, units=10) for year in (2024, 2025)]
    back = line("A", 2025, -100, units=-1, kind="return")
    assert steps_of(*same, back) == {"volume_and_mix": -100.0}


def test_an_account_that_only_returns_what_it_bought_is_lost_with_it():
    lines = [line("A", 2024, 500), line("A", 2025, -100, units=-1, kind="return")]
    assert steps_of(*lines) == {"lost": -600.0}


def test_an_account_with_negative_revenue_closes_too():
    lines = [
        line("A", 2024, -500, kind="price_credit"),
        line("A", 2025, -100, kind=None),
    ]
    bridge = bridge_of(*lines)
    assert bridge.status["A"] == "idle"
    assert bridge.by_account.loc["A", "volume_and_mix"] == 400.0


def test_whoever_buys_again_and_gets_much_back_is_no_lost_account():
    lines = [
        line("A", 2024, 500),
        line("A", 2025, 100),
        line("A", 2025, -300, kind="return"),
    ]
    bridge = bridge_of(*lines)
    assert bridge.status["A"] == "continuing"
    assert bridge.by_account.loc["A", "lost"] == 0


def test_intercompany_business_is_no_revenue():
    own = [line("Own", year, 9000, kind="intercompany") for year in (2024, 2025)]
    bridge = bridge_of(*own, line("A", 2024, 5), line("A", 2025, 5))
    assert bridge.steps["now"] == 15.0
    assert "Own" not in bridge.by_account.index


# -- currencies ----------------------------------------------------------------------


def in_dollars(year: int, dollars: float, rate: float, units: float = 10) -> dict:
    """Return a line that was invoiced in USD, and converted."""
    return line(
        "A",
        year,
        dollars * rate,
        units=units,
        currency="USD",
        net_amount_original=dollars,
    )


def test_a_rate_that_fell_is_currency_and_no_price():
    lines = in_dollars(2024, 1000, 0.9), in_dollars(2025, 1000, 0.8)
    assert steps_of(*lines) == {"currency": -100.0}


def test_prices_compare_at_last_years_rate():
    lines = in_dollars(2024, 1000, 0.9), in_dollars(2025, 1100, 0.8)
    assert steps_of(*lines) == {"price": 90.0, "currency": -110.0}


def test_all_effects_at_once_by_hand():
    # 12 pieces at USD 105 instead of 10 at 100, and 0.8 instead of 0.9 EUR.
    lines = in_dollars(2024, 1000, 0.9), in_dollars(2025, 1260, 0.8, units=12)
    assert steps_of(*lines) == {
        "price": 12 * 5 * 0.9,
        "volume_and_mix": 2 * 100 * 0.9,
        "currency": -126.0,
    }


def test_whoever_changes_the_currency_of_its_invoices_pays_no_other_price():
    other = in_dollars(2024, 500, 0.9) | {"account_id": "B"}
    dollars = in_dollars(2024, 1000, 0.9)
    euros = line("A", 2025, 900, units=10, currency="EUR", net_amount_original=900)
    assert steps_of(other, dollars, euros) == {}


def test_a_rate_that_moved_within_last_year_is_no_price():
    lines = [
        in_dollars(2024, 500, 0.95, units=5),
        in_dollars(2024, 500, 0.85, units=5) | {"account_id": "B"},
        in_dollars(2025, 500, 0.9, units=5),
        in_dollars(2025, 500, 0.9, units=5) | {"account_id": "B"},
    ]
    bridge = bridge_of(*lines)
    assert bridge.by_account.loc["A", "currency"] == -25.0
    assert bridge.by_account.loc["B", "currency"] == 25.0
    assert bridge.steps["currency"] == 0
    assert bridge.steps["price"] == 0


def test_a_currency_without_a_rate_of_last_year_has_no_effect():
    lines = line("A", 2024, 900, units=10), in_dollars(2025, 1000, 0.9)
    assert steps_of(*lines) == {}


def test_foreign_lines_without_their_own_amounts_close_the_step_and_say_so():
    lines = [line("A", year, 900, units=10, currency="USD") for year in (2024, 2025)]
    bridge = bridge_of(*lines)
    assert "currency" not in bridge.steps
    assert bridge.missing == ("orders.net_amount_original",)


def test_a_book_in_one_currency_misses_nothing():
    assert bridge_of(line("A", 2024, 900), line("A", 2025, 900)).missing == ()


@pytest.mark.parametrize("column", ["product_id", "quantity"])
def test_without_product_or_quantity_the_step_of_prices_closes(column: str):
    lines = [line("A", year, 1000 * year, units=10) for year in (2024, 2025)]
    ends = [line("Ends", 2024, 10, day="01-01"), line("Ends", 2025, 10, day="12-31")]
    frame = pd.DataFrame([*lines, *ends]).drop(columns=column)
    frame = frame.assign(order_id=frame.index.astype(str))
    book = kamlab.portfolio_from_tables({"orders": frame}, "EUR")
    bridge = revenue_bridge(book, NOW, THEN)
    assert_closed(bridge)
    assert "price" not in bridge.steps
    assert bridge.missing == (f"orders.{column}",)


def test_one_line_without_quantity_leaves_that_product_without_a_price():
    lines = [line("A", 2024, 1000, units=10), line("A", 2025, 1100, units=10)]
    assert steps_of(*lines, line("A", 2025, 5, units=None)) == {"volume_and_mix": 105.0}


# -- who is who ----------------------------------------------------------------------


def test_a_renumbered_account_is_neither_lost_nor_new():
    aliases = pd.DataFrame(
        {
            "old_account_id": ["Old"],
            "account_id": ["A"],
            "valid_from": pd.to_datetime(["2025-02-01"]),
        }
    )
    lines = line("Old", 2024, 1000, units=10), line("A", 2025, 1000, units=10)
    bridge = bridge_of(*lines, account_aliases=aliases)
    assert bridge.status.to_dict() == {"A": "continuing", "Ends": "continuing"}
    assert bridge.change == 0


def test_a_branch_that_moved_its_orders_within_the_group_is_no_loss():
    family = pd.DataFrame({"account_id": ["A", "B"], "parent_id": "Group"})
    lines = line("A", 2024, 1000, units=10), line("B", 2025, 1000, units=10)
    by_account = bridge_of(*lines, accounts=family)
    assert by_account.counts[["lost", "new"]].tolist() == [1, 1]
    by_group = bridge_of(*lines, by="parent", accounts=family)
    assert by_group.status["Group"] == "continuing"
    assert by_group.by_account.index.name == "parent_id"


def test_the_bridge_of_one_manager_is_a_part_of_the_whole(demo):
    bridge = revenue_bridge(demo, demo.period("2025"), demo.period("2024"))
    half = bridge.by_account.index[::2]
    one, other = bridge.only(half), bridge.only(bridge.by_account.index[1::2])
    assert_closed(one)
    both = one.steps + other.steps
    assert both.round(2).to_dict() == pytest.approx(bridge.steps.to_dict(), abs=0.001)
    assert len(one.status) == len(half)


# -- bookings ------------------------------------------------------------------------


def rebate(year: int, posted: str) -> dict:
    return line(
        "A", year, -50, None, None, "rebate", "12-31", posted_on=pd.Timestamp(posted)
    )


def test_a_rebate_booked_after_the_year_counts_in_no_year_or_in_both():
    same = [line("A", year, 1000, units=10) for year in (2024, 2025)]
    late = rebate(2024, "2025-01-20")
    alike = revenue_bridge(company(*same, late), NOW, THEN, "account")
    assert alike.change == 0
    known = revenue_bridge(company(*same, late), NOW, THEN, "account", alike=False)
    assert known.by_account.loc["A", "volume_and_mix"] == 50.0


def test_three_weeks_after_the_year_the_year_before_is_known_three_weeks_longer():
    orders = pd.DataFrame(
        [
            *(line("A", year, 1000, units=10) for year in (2024, 2025)),
            rebate(2024, "2025-01-20"),
            rebate(2025, "2026-01-20"),
            line("Ends", 2024, 10, day="01-01"),
            line("Ends", 2025, 10, day="12-31"),
        ]
    ).assign(order_id=list("123456"))
    book = kamlab.portfolio_from_tables(
        {"orders": orders}, "EUR", as_of="2026-01-21", data_through="2026-01-31"
    )
    bridge = revenue_bridge(book, NOW, THEN, "account")
    assert bridge.by_account.loc["A", ["then", "now"]].tolist() == [950.0, 950.0]


def test_a_book_of_months_closes_and_knows_who_came_and_went():
    months = [f"{year}-{month:02d}" for year in (2024, 2025) for month in range(1, 13)]
    rows = [("Stays", month, 100.0) for month in months]
    rows += [("Left", month, 50.0) for month in months[:10]]
    rows += [("Came", month, 30.0) for month in months[14:]]
    orders = pd.DataFrame(rows, columns=["account_id", "month", "net_amount"])
    ends = pd.PeriodIndex(orders.pop("month"), freq="M").to_timestamp(how="end")
    orders = orders.assign(
        order_id=orders.index.astype(str), order_date=ends.normalize()
    )
    told = Description("Months", "EUR", NOW.end, grain="month")
    book = Portfolio(store_from_frames({"orders": orders}, told), NOW.end)
    bridge = revenue_bridge(book, NOW, THEN)
    assert_closed(bridge)
    assert bridge.status.to_dict() == {
        "Came": "new",
        "Left": "lost",
        "Stays": "continuing",
    }
    assert bridge.missing == ("orders.product_id", "orders.quantity")


# -- what is refused -----------------------------------------------------------------


def test_periods_in_the_wrong_order_are_refused():
    with pytest.raises(UsageError, match=r"then = 2025 .* swap them"):
        revenue_bridge(company(), THEN, NOW)


def test_periods_of_another_length_are_refused():
    quarter = FiscalCalendar().period("2024Q4")
    with pytest.raises(UsageError, match="has 92 days"):
        revenue_bridge(company(), NOW, quarter)


def test_a_period_before_the_data_is_not_available():
    years = [FiscalCalendar().period(label) for label in ("2024", "2023")]
    with pytest.raises(MissingDataError, match="the data begin on 2024-01-01"):
        revenue_bridge(company(), *years)


def test_a_period_that_is_not_over_is_refused():
    with pytest.raises(UsageError, match="lies after the view's day"):
        revenue_bridge(company().at("2025-06-30"), NOW, THEN)


@pytest.mark.parametrize("band", [-0.1, float("nan")])
def test_a_band_below_nothing_is_refused(band: float):
    with pytest.raises(UsageError, match="band = "):
        revenue_bridge(company(), NOW, THEN, band=band)


def test_another_grouping_is_refused():
    with pytest.raises(UsageError, match="by = 'region'"):
        revenue_bridge(company(), NOW, THEN, by="region")


# -- any book at all -----------------------------------------------------------------

CENTS = st.integers(-500_000, 900_000).map(lambda cents: cents / 100)
LINE = st.builds(
    line,
    st.sampled_from("ABC"),
    st.sampled_from([2023, 2024, 2025]),
    CENTS,
    st.sampled_from(["P", "Q", None]),
    st.one_of(st.none(), st.integers(-5, 50).map(float)),
    st.sampled_from(["sale", "sale", "sale", "return", "rebate", "service", None]),
    st.sampled_from(["01-01", "03-31", "11-11", "12-31"]),
    currency=st.sampled_from(["EUR", "USD", "CNY", None]),
    net_amount_original=st.one_of(st.none(), CENTS),
    posted_on=st.sampled_from([pd.NaT, pd.Timestamp("2025-01-09")]),
)


@settings(max_examples=examples(25))
@given(st.lists(LINE, max_size=14), st.sampled_from([0.0, 0.2, 5.0]))
def test_the_bridge_closes_to_the_cent_whatever_was_booked(lines, band):
    early = line("Ends", 2023, 1, day="01-01")
    bridge = revenue_bridge(company(early, *lines), NOW, THEN, "account", band)
    assert_closed(bridge)
    assert bridge.by_account.notna().all(axis=None)
    assert (bridge.by_account["shrunk"] <= 0).all()
    assert (bridge.by_account["grown"] >= 0).all()


# -- Talbruck ------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["parent", slow("account")])
@pytest.mark.parametrize("seed", BOOKS)
def test_eight_quarters_of_talbruck_close(seed: int, by: str):
    book, _ = talbruck(seed)
    for now, then in quarters_of(book):
        bridge = revenue_bridge(book.at(now.end), now, then, by)
        assert_closed(bridge)
        known = account_revenue(book.at(now.end), now.start, now.end, by)
        assert bridge.steps["now"] == pytest.approx(known.sum(), abs=0.005)
        assert bridge.by_account.columns.tolist() == [
            "then",
            *(step for step in STEPS if step != "currency"),
            "now",
        ]


@pytest.mark.parametrize("seed", BOOKS)
def test_then_is_what_was_known_on_its_own_last_day(seed: int):
    book, _ = talbruck(seed)
    now, then = book.period("2025"), book.period("2024")
    bridge = revenue_bridge(book, now, then)
    at_its_end = account_revenue(book.at(then.end), then.start, then.end)
    assert bridge.steps["then"] == pytest.approx(at_its_end.sum(), abs=0.005)


@pytest.mark.parametrize("seed", BOOKS)
def test_who_is_lost_by_the_year_is_lost_in_the_story(seed: int):
    book, truth = talbruck(seed)
    left = set(truth["losses"])
    finished = {number for number, why in truth["decoys"].items() if "project" in why}
    for year in ("2023", "2024", "2025"):
        now, then = book.period(year), book.period(str(int(year) - 1))
        view = book.at(now.end)
        bridge = revenue_bridge(view, now, then, by="account")
        lost = set(bridge.status.index[bridge.status == "lost"])
        assert len(lost) > 8
        assert len(lost - left - finished) <= 1


@pytest.mark.parametrize("seed", BOOKS)
def test_new_accounts_never_bought_before(seed: int):
    book, _ = talbruck(seed)
    now, then = book.period("2025Q2"), book.period("2024Q2")
    bridge = revenue_bridge(book.at(now.end), now, then, by="account")
    new = bridge.status.index[bridge.status == "new"]
    before = account_revenue(book, end=then.end, kind="gross")
    assert len(new) > 2
    assert not set(new) & set(before.index[before > 0])


@pytest.mark.parametrize("seed", BOOKS)
def test_marwitz_pays_about_three_per_cent_less_each_year(seed: int):
    book, truth = talbruck(seed)
    marwitz = group_of(book, truth, "marwitz")
    for year in ("2023", "2024", "2025"):
        now, then = book.period(year), book.period(str(int(year) - 1))
        row = revenue_bridge(book, now, then).by_account.loc[marwitz]
        assert -0.045 < row["price"] / (row["now"] - row["price"]) < -0.015


@pytest.mark.parametrize("seed", BOOKS)
def test_seilwerks_project_comes_as_new_and_goes_as_lost(seed: int):
    book, truth = talbruck(seed)
    seilwerk = group_of(book, truth, "seilwerk")
    years = [book.period(label) for label in ("2023", "2024", "2025")]
    came = revenue_bridge(book, years[1], years[0])
    went = revenue_bridge(book, years[2], years[1])
    assert (came.status[seilwerk], went.status[seilwerk]) == ("new", "lost")
    assert came.by_account.loc[seilwerk, "new"] > 1_000_000


@pytest.mark.parametrize("seed", BOOKS)
def test_merged_and_renumbered_customers_are_neither_lost_nor_new(seed: int):
    book, truth = talbruck(seed)
    for change in truth["merged"]:
        year = int(change["since"][:4])
        for label in (str(year), str(year + 1)):
            now, then = book.period(label), book.period(str(int(label) - 1))
            bridge = revenue_bridge(book.at(now.end), now, then, by="account")
            assert bridge.status[change["new"]] == "continuing"
            assert change["old"] not in bridge.status.index


def by_hand(lines: pd.DataFrame, then: Period, now: Period) -> pd.DataFrame:
    """Work a bridge without rates out again, in other words, from the order lines."""
    table = pd.DataFrame({"change": 0.0, "price": 0.0}, lines["group"].unique())
    sides = {}
    for sign, period in ((-1, then), (1, now)):
        day, posted = lines["order_date"], lines["posted_on"]
        end = pd.Timestamp(period.end)
        booked = lines[day.between(pd.Timestamp(period.start), end) & ~(posted > end)]
        table["change"] += sign * booked.groupby("group")["net_amount"].sum().reindex(
            table.index, fill_value=0.0
        )
        sold = booked[booked["line_type"].isin(["sale", "service"])]
        cells = sold.groupby(["group", "product_id"])
        sides[sign] = cells[["net_amount", "quantity"]].sum()
    for key in sides[1].index.intersection(sides[-1].index):
        (old, before), (new, after) = sides[-1].loc[key], sides[1].loc[key]
        table.loc[key[0], "price"] += new - old / before * after
    return table


def test_eight_quarters_of_the_demonstration_by_hand(demo):
    for now, then in quarters_of(demo):
        view = demo.at(now.end)
        lines = view.orders.collect("pandas").to_native()
        lines = lines.assign(group=lines["account_id"].map(view.parent_of))
        expected = by_hand(lines, then, now)
        table = revenue_bridge(view, now, then).by_account
        expected = expected.reindex(table.index)
        change = table["now"] - table["then"]
        assert (change - expected["change"]).abs().max() < 0.02
        stayed = table["price"] != 0
        assert (table["price"] - expected["price"])[stayed].abs().max() < 0.01
        assert expected["price"][~stayed].abs().max() < 0.01


def test_another_currency_scales_every_step(demo):
    bridge = revenue_bridge(demo, demo.period("2025"), demo.period("2024"))
    orders = demo.orders.collect("pandas").to_native()
    orders["net_amount"] *= 7.8
    yuan = kamlab.portfolio_from_tables(
        {"orders": orders, "accounts": demo.accounts.reset_index()},
        "CNY",
        as_of=demo.as_of,
    )
    scaled = revenue_bridge(yuan, yuan.period("2025"), yuan.period("2024"))
    expected = (bridge.steps * 7.8).to_dict()
    assert scaled.steps.to_dict() == pytest.approx(expected, abs=2)
    assert scaled.status.equals(bridge.status)
