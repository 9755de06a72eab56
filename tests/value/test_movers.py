"""Accounts that moved the result most, and the cause of each."""

import pandas as pd
import pytest

import kamlab
from kamlab.errors import UsageError
from kamlab.value.finished_projects import finished_projects
from kamlab.value.movers import movers
from kamlab.value.movers_periods import MoverPeriod, mover_periods
from kamlab.value.revenue_bridge import revenue_bridge
from kamlab.value.trailing import account_names
from tests.conftest import slow
from tests.value.revenue_books import (
    NOW,
    SEEDS,
    THEN,
    company,
    group_of,
    line,
    talbruck,
)


def sold(account: str, year: int, amount: float, units: float = 10, **further) -> dict:
    """Return a line with a cost of 6 a unit."""
    cost = {"cogs": 6.0 * units}
    return line(account, year, amount, units=units, **{**cost, **further})


def visits(by_year: dict[int, int]) -> dict[str, pd.DataFrame]:
    """Return tables of a field force that visits A so often; a minute costs 1."""
    # Contacts are known from the first day on, or time would not compare.
    met = [{"account_id": "Ends", "date": pd.Timestamp(THEN.start)}]
    for year, number in by_year.items():
        met += [{"account_id": "A", "date": pd.Timestamp(year, 5, 5)}] * number
    contacts = pd.DataFrame(met).assign(type="visit")
    years = [pd.Timestamp(year, 1, 1) for year in by_year]
    pools = pd.DataFrame({"pool": "field", "period_start": years, "cost": 1000.0})
    standard = {"activity": ["visit"], "pool": ["field"], "minutes": [60.0]}
    return {
        "costs": pools.assign(
            period_end=pools["period_start"] + pd.offsets.YearEnd(),
            capacity_minutes=1000.0,
        ),
        "activity_minutes": pd.DataFrame(standard).assign(valid_from=years[0]),
        "interactions": contacts.assign(interaction_id=contacts.index.astype(str)),
    }


def products(**categories: str) -> pd.DataFrame:
    return pd.DataFrame(
        {"product_id": list(categories), "category": list(categories.values())}
    )


def moved(book: kamlab.Portfolio, **further) -> pd.DataFrame:
    """Return the movers of a small book between its two years."""
    bridge = revenue_bridge(book, NOW, THEN, "account")
    return movers(*mover_periods(book, NOW, THEN, "account"), bridge, **further)


def costed(*lines: dict, **tables) -> kamlab.Portfolio:
    """Return a book in which the orders at its ends have a cost, too."""
    book = company(*lines, **tables)
    orders = book.orders.collect("pandas").to_native()
    orders["cogs"] = orders["cogs"].fillna(6.0)
    return kamlab.portfolio_from_tables(
        {"orders": orders, **tables}, "EUR", as_of="2025-12-31"
    )


# -- causes, by hand -----------------------------------------------------------------


def test_a_lower_price_is_told_with_its_share():
    row = moved(costed(sold("A", 2024, 1000), sold("A", 2025, 970))).loc["A"]
    assert (row["cause"], row["change"], row["part"]) == ("price", -30.0, -30.0)
    assert row["figure"] == pytest.approx(-0.03)
    assert row["basis"] == "gross margin"


def test_fewer_of_a_category_are_told_with_the_category():
    lines = [sold("A", 2024, 1000), sold("A", 2025, 400, units=4)]
    lines += [sold("A", year, 500, product="Q") for year in (2024, 2025)]
    book = costed(*lines, products=products(P="gearboxes", Q="couplings"))
    row = moved(book).loc["A"]
    assert (row["cause"], row["what"], row["figure"]) == ("volume", "gearboxes", -600.0)
    assert row["change"] == -600 + 36


def test_dearer_goods_are_their_own_cause():
    lines = [sold("A", 2024, 1000), sold("A", 2025, 1000, cogs=90.0)]
    row = moved(costed(*lines)).loc["A"]
    assert (row["cause"], row["part"]) == ("cost_of_goods", -30.0)


@pytest.mark.parametrize(
    ("kind", "amount", "cause"),
    [
        ("return", -90, "returns"),
        ("price_credit", -90, "credits"),
        ("freight", 90, "charges"),
    ],
)
def test_what_is_booked_apart_from_goods_is_a_cause(kind, amount, cause):
    same = [sold("A", year, 1000) for year in (2024, 2025)]
    other = line("A", 2025, amount, None, None, kind, cogs=0.0)
    row = moved(costed(*same, other)).loc["A"]
    assert (row["cause"], row["part"]) == (cause, amount)


def test_more_visits_are_counted():
    same = [sold("A", year, 1000) for year in (2024, 2025)]
    tables = visits({2024: 2, 2025: 5})
    row = moved(costed(*same, **tables)).loc["A"]
    assert row["basis"] == "contribution"
    assert (row["cause"], row["what"]) == ("service", "visits_and_meetings")
    assert (row["figure"], row["part"]) == (3, -180.0)


def test_dearer_freight_is_transport():
    same = [sold("A", year, 1000) for year in (2024, 2025)]
    bill = {
        "cost_id": ["1"],
        "account_id": ["A"],
        "date": pd.to_datetime(["2025-06-30"]),
        "kind": ["freight"],
        "amount": [25.0],
    }
    row = moved(costed(*same, account_costs=pd.DataFrame(bill))).loc["A"]
    assert (row["cause"], row["part"]) == ("transport", -25.0)


def test_who_came_and_who_went_has_that_cause_for_all_of_the_change():
    table = moved(costed(sold("New", 2025, 300), sold("Lost", 2024, 200)))
    assert table["cause"].to_dict() == {"New": "new", "Lost": "lost"}
    assert table["part"].to_dict() == {"New": 240.0, "Lost": -140.0}


def test_a_finished_project_is_not_called_a_loss():
    ended = pd.Series({"Lost": pd.Timestamp("2024-11-22")})
    table = moved(costed(sold("Lost", 2024, 200)), ended=ended)
    assert table["cause"].to_dict() == {"Lost": "project"}


def test_without_costs_revenue_moves():
    lines = [line("A", 2024, 1000, units=10), line("A", 2025, 900, units=10)]
    row = moved(company(*lines)).loc["A"]
    assert row["basis"] == "revenue"
    assert (row["cause"], row["change"]) == ("price", -100.0)
    assert row["figure"] == pytest.approx(-0.1)


def test_without_products_the_margin_moves_through_revenue():
    lines = [sold("A", 2024, 1000), sold("A", 2025, 1900)]
    book = costed(*lines)
    orders = book.orders.collect("pandas").to_native().drop(columns="product_id")
    bare = kamlab.portfolio_from_tables({"orders": orders}, "EUR", as_of="2025-12-31")
    row = moved(bare).loc["A"]
    assert (row["basis"], row["cause"], row["what"]) == ("gross margin", "volume", "")


def test_rates_of_exchange_are_a_cause_of_revenue():
    dollars = {"currency": "USD", "net_amount_original": 1000.0}
    lines = [line("A", 2024, 900, **dollars), line("A", 2025, 700, **dollars)]
    row = moved(company(*lines)).loc["A"]
    assert (row["cause"], row["part"]) == ("currency", -200.0)


def test_accounts_whose_cost_is_not_known_do_not_take_part():
    lines = [sold("A", 2024, 1000), sold("A", 2025, 900)]
    book = costed(*lines, sold("B", 2024, 10))
    orders = book.orders.collect("pandas").to_native()
    orders.loc[orders["account_id"] == "A", "cogs"] = None
    bare = kamlab.portfolio_from_tables({"orders": orders}, "EUR", as_of="2025-12-31")
    assert moved(bare).index.tolist() == ["B"]


# -- the list ------------------------------------------------------------------------


def test_the_largest_of_each_direction_come_first():
    lines = [sold("Ends", 2024, 1, units=1)]
    for number in range(8):
        change = 10 * (number + 1) * (-1) ** number
        lines += [sold(f"A{number}", 2024, 500), sold(f"A{number}", 2025, 500 + change)]
    table = moved(costed(*lines), n=3)
    assert table.index.tolist() == ["A6", "A4", "A2", "A7", "A5", "A3"]
    assert table["direction"].tolist() == ["up"] * 3 + ["down"] * 3
    assert (table["after"] - table["before"]).tolist() == table["change"].tolist()


def test_owners_stand_beside_the_accounts_they_answer_for():
    lines = [sold("A", 2024, 1000), sold("A", 2025, 900), sold("B", 2025, 10)]
    table = moved(costed(*lines), owners=pd.Series({"A": "K01"}))
    assert table["owner"].to_dict() == {"B": "", "A": "K01"}


def test_a_book_in_which_nothing_moved_has_no_movers():
    table = moved(costed(sold("A", 2024, 10), sold("A", 2025, 10)))
    assert table.empty
    assert {"cause", "what", "figure", "owner"} <= set(table.columns)


@pytest.mark.parametrize("n", [0, -1, 2.0, True])
def test_a_number_of_accounts_is_a_whole_number(n):
    with pytest.raises(UsageError, match="n = "):
        moved(costed(sold("A", 2024, 10), sold("A", 2025, 9)), n=n)


def test_periods_of_another_depth_are_refused():
    book = company(line("A", 2024, 10), line("A", 2025, 9))
    before, after = mover_periods(book, NOW, THEN)
    other = MoverPeriod(after.earned, "contribution", after.goods)
    with pytest.raises(UsageError, match="before ends at the revenue"):
        movers(before, other, revenue_bridge(book, NOW, THEN))


# -- Talbruck ------------------------------------------------------------------------


@pytest.mark.parametrize("seed", [SEEDS[0], *(slow(seed) for seed in SEEDS[1:])])
def test_seilwerk_fell_most_because_its_project_is_over(seed: int):
    book, truth = talbruck(seed)
    now, then = book.period("2025"), book.period("2024")
    bridge = revenue_bridge(book, now, then)
    periods = mover_periods(book, now, then)
    ended = finished_projects(book, "parent")
    table = movers(*periods, bridge, ended=ended)
    seilwerk = group_of(book, truth, "seilwerk")
    down = table[table["direction"] == "down"]
    assert down.index[0] == seilwerk
    assert down["cause"].iloc[0] == "project"


@pytest.mark.parametrize("seed", [SEEDS[0], *(slow(seed) for seed in SEEDS[1:])])
def test_kovostavs_fall_in_gearboxes_is_named_and_marwitzs_price(seed: int):
    book, truth = talbruck(seed)
    now, then = book.period("2025"), book.period("2024")
    bridge = revenue_bridge(book, now, then)
    before, after = mover_periods(book, now, then)
    chosen = [group_of(book, truth, name) for name in ("kovostav", "marwitz")]

    def only(period: MoverPeriod) -> MoverPeriod:
        earned = period.earned.reindex(chosen)
        return MoverPeriod(earned, period.basis, period.goods, period.counts)

    # Told by revenue, whose steps the bridge knows.
    table = movers(only(before), only(after), bridge, n=10)
    goods = [
        side.goods.loc[chosen[0]].groupby("category")["goods"].sum()
        for side in (before, after)
    ]
    assert (goods[1] - goods[0]).idxmin() == "gearboxes"
    assert set(table.index) <= set(chosen)
    marwitz = bridge.by_account.loc[chosen[1]]
    assert marwitz["price"] < 0


def test_quarters_of_the_demonstration_have_five_up_and_five_down(demo):
    names = account_names(demo)
    for label in ("2023Q1", "2025Q4"):
        now = demo.period(label)
        then = demo.period(f"{int(label[:4]) - 1}{label[4:]}")
        view = demo.at(now.end)
        bridge = revenue_bridge(view, now, then)
        table = movers(*mover_periods(view, now, then), bridge)
        assert table["direction"].tolist() == ["up"] * 5 + ["down"] * 5
        assert table.index.isin(names.index).all()
        assert ((table["part"] > 0) == (table["change"] > 0)).all()
        expected = (
            "contribution" if now.start.year > 2023 else "margin after direct costs"
        )
        assert table["basis"].eq(expected).all()
