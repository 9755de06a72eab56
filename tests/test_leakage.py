"""Nothing later than a view's day may change anything a view shows.

A random company with every table and column of the contract is seen at a day, then all
that was not known on that day is scrambled: later rows are changed, dropped and added,
values that were filled in later are replaced. Every public function that takes a
portfolio has to say the same as before.
"""

import dataclasses
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import narwhals as nw
import numpy as np
import pandas as pd
import pytest
from sklearn.base import BaseEstimator

import kamlab
from kamlab.churn.purchase_days import purchase_days
from kamlab.data.columns import EXTRACT, FIXED, ROW, Column, Table
from kamlab.data.contract import DATED_ATTRIBUTES, OPPORTUNITY_STAGES, TABLES
from kamlab.fiscal import FiscalCalendar, Period
from kamlab.report.request import NotebookRequest
from kamlab.value.activity import account_activity
from kamlab.value.profit_windows import ProfitWindow
from kamlab.value.profitability import account_profit, trailing_profits
from tests.conftest import slow

AS_OF = date(2024, 6, 30)
FIRST, LAST = pd.Timestamp("2022-01-01"), pd.Timestamp("2025-12-31")
ACCOUNTS = [f"A{number:02d}" for number in range(24)]
PRODUCTS = [f"P{number}" for number in range(8)]

#: What a function is called with beside the portfolio, each way. A new one with further
#: required arguments has to be entered here, or the test below fails.
BY_PARENT = [{}, {"by": "parent"}]
MIDDLE = {"start": "2023-02-01", "end": "2024-05-31"}
TWO_QUARTERS = {
    "now": FiscalCalendar().period("2024Q2"),
    "then": FiscalCalendar().period("2023Q2"),
}
LAST_YEAR = FiscalCalendar().period("2023")
OVERLAPPING = [
    ProfitWindow(date(2024, 1, 1), date(2024, 3, 31), date(2024, 4, 30)),
    ProfitWindow(date(2024, 2, 1), date(2024, 6, 30), keys=frozenset({"A01", "A22"})),
]
ALERTS = pd.DataFrame(
    {
        "account_id": ["A01", "A22"],
        "parent_id": ["A01", "A22"],
        "category": "",
        "last_order": pd.to_datetime(["2024-02-20", "2024-05-31"]),
        "since": pd.NaT,
    }
)
A_GROUP = ["A01", "A22"]
NEXT_QUARTER = Period("2024Q3", date(2024, 7, 1), date(2024, 9, 30))
#: An argument that is a function is worked out from the view itself.
WAYS: dict[str, list[dict]] = {
    "kamlab.churn.at_stake.at_stake": BY_PARENT,
    "kamlab.churn.category_lines.category_lines": [{}, {"start": "2023-02-01"}],
    "kamlab.churn.category_parts.category_parts": [MIDDLE],
    "kamlab.churn.counted_days.counted_days": [{"days": purchase_days}],
    "kamlab.churn.fading.fading_categories": [*BY_PARENT, {"false_discoveries": 0.9}],
    "kamlab.churn.money_before.money_before": [
        {"alerts": ALERTS, "by": by} for by in ("account", "parent")
    ],
    "kamlab.churn.purchase_days.purchase_days": BY_PARENT,
    "kamlab.churn.retention.trailing_retention": [{}, {"by": "account"}],
    "kamlab.churn.silence.silence": BY_PARENT,
    "kamlab.churn.watch.watch_list": BY_PARENT,
    "kamlab.grain.require_days": [{"purpose": "The usual gap between orders"}],
    "kamlab.report.dossier.lines.own_lines": [{"members": A_GROUP}],
    "kamlab.report.dossier.lines.own_rows": [
        {"name": name, "members": A_GROUP} for name in ("orders", "contracts")
    ],
    "kamlab.report.dossier.outlook.outlook": [
        {"quarters": [NEXT_QUARTER], "by": "account", "level": 0.9}
    ],
    "kamlab.report.fan_out.repeats_of": [
        {"request": NotebookRequest("dossier", for_each=each)}
        for each in ("account", "manager", "region")
    ],
    "kamlab.report.members.member_problems": [
        {"values": {"account": "nobody", "manager": "K01", "region": "nowhere"}}
    ],
    "kamlab.report.memory.forecast.naive_forecast": [{"next_period": NEXT_QUARTER}],
    "kamlab.report.memory.order_forecast.order_forecast": [
        {"ahead": [NEXT_QUARTER], "by": by} for by in ("account", "parent")
    ],
    "kamlab.report.memory.renumbering.current_numbers": [
        {"accounts": ACCOUNTS, "by": by} for by in ("account", "parent")
    ],
    "kamlab.report.shared.shared": [{"what": "", "work_out": lambda view: dict}],
    "kamlab.report.worth.worth": BY_PARENT,
    "kamlab.value.activity.account_activity": [*BY_PARENT, MIDDLE],
    "kamlab.value.activity.account_months": BY_PARENT,
    "kamlab.value.activity.account_products": BY_PARENT,
    "kamlab.value.activity.account_revenue": [
        *BY_PARENT,
        {"kind": "gross"},
        {**MIDDLE, "by": "parent"},
    ],
    "kamlab.value.bridge_years.bridges_by_period": [
        {"profits": partial(trailing_profits, months=6, most=3)}
    ],
    "kamlab.value.contracts.renewals.contract_renewals": [
        *BY_PARENT,
        {"gap_days": 400},
    ],
    "kamlab.value.currency_effect.currency_effect": [{"months": 12}],
    "kamlab.value.customer_equity.purchases.day_sums": [
        {"by": by} for by in ("account", "parent")
    ],
    "kamlab.value.customer_equity.purchases.purchase_history": BY_PARENT,
    "kamlab.value.customer_equity.valuation.portfolio_lifetime_value": [
        {"model": "BG/NBD", "repetitions": 20}
    ],
    "kamlab.value.later_bookings.later_bookings": [
        {"profits": partial(trailing_profits, months=3, most=3)}
    ],
    "kamlab.value.movers_periods.mover_periods": [TWO_QUARTERS],
    "kamlab.value.organic_growth.organic_growth": [TWO_QUARTERS],
    "kamlab.value.organic_growth.recoded_accounts": [TWO_QUARTERS],
    "kamlab.value.period_history.period_history": [
        {"periods": list(TWO_QUARTERS.values())[::-1], "by": by}
        for by in ("account", "parent")
    ],
    "kamlab.value.period_history.revenue_history": [
        {"periods": list(TWO_QUARTERS.values())[::-1], "by": by}
        for by in ("account", "parent")
    ],
    "kamlab.value.pool_costs.pool_costs": [{}, MIDDLE],
    "kamlab.value.profit_windows.profits_in": [
        {"windows": OVERLAPPING, "by": by} for by in ("account", "parent")
    ],
    "kamlab.value.profit_periods.compared_periods": [{"months": 6}],
    "kamlab.value.profit_periods.profit_period": [{"by": "parent"}],
    "kamlab.value.profitability.account_profit": [
        {},
        {**MIDDLE, "by": "parent"},
        {**MIDDLE, "booked_by": "2024-05-31"},
    ],
    "kamlab.value.profitability.trailing_profits": [{"months": 3, "most": 3}],
    "kamlab.value.receivables.receivables_position": BY_PARENT,
    "kamlab.value.restatement.restatement": [{"period": LAST_YEAR}],
    "kamlab.value.revenue_bridge.revenue_bridge": [
        TWO_QUARTERS,
        {**TWO_QUARTERS, "by": "account", "alike": False},
    ],
    "kamlab.value.revenue_bridge_lines.comparable_day": [TWO_QUARTERS],
    "kamlab.value.revenue_bridge_lines.compared_lines": [TWO_QUARTERS],
    "kamlab.value.serving.account_workload": BY_PARENT,
    "kamlab.value.serving.direct_costs": [*BY_PARENT, {"booked_by": "2024-04-30"}],
    "kamlab.value.trailing.months_covered": [{"months": 12}, {"months": 60}],
    "kamlab.value.trailing.trailing_revenue": [*BY_PARENT, {"back": 1}],
    "kamlab.value.trailing.trailing_revenues": BY_PARENT,
    "kamlab.value.waterfall.account_sales": BY_PARENT,
    "kamlab.value.waterfall.account_waterfall": BY_PARENT,
    "kamlab.value.windows.owners": [
        {"accounts": pd.Series(ACCOUNTS, ACCOUNTS), "by": by}
        for by in ("account", "parent")
    ],
    "kamlab.value.windows.rows_between": [
        {"name": name, "booked_by": "2024-04-30"}
        for name in ("orders", "interactions", "account_costs")
    ],
}


def random_days(rng: np.random.Generator, size: int, first=FIRST) -> pd.Series:
    days = rng.integers(0, (LAST - first).days + 1, size)
    return pd.Series(first + pd.to_timedelta(days, unit="D")).astype("datetime64[us]")


def random_values(column: Column, rng: np.random.Generator, size: int) -> pd.Series:
    """Return values that the contract allows for a column."""
    if column.name == "account_id":
        return pd.Series(rng.choice(ACCOUNTS, size), dtype="str")
    if column.name == "product_id":
        return pd.Series(rng.choice(PRODUCTS, size), dtype="str")
    if column.allowed:
        return pd.Series(rng.choice(column.allowed, size), dtype="str")
    if column.dtype == "date":
        return random_days(rng, size)
    if column.dtype == "flag":
        return pd.Series(rng.random(size) < 0.5)
    low = column.minimum if column.minimum is not None else -100
    high = column.maximum if column.maximum is not None else 500
    if column.dtype == "integer":
        return pd.Series(rng.integers(low, high + 1, size))
    if column.dtype == "number":
        return pd.Series(rng.uniform(low, high, size).round(2))
    texts = [f"{column.name}-{each}" for each in rng.integers(0, 9, size)]
    return pd.Series(texts, dtype="str")


def _drawn(column: Column, rng: np.random.Generator, index: pd.Index) -> pd.Series:
    return random_values(column, rng, len(index)).set_axis(index)


#: What rows are numbers of; two of them never share one.
COUNTED = {"order", "event", "interaction", "cost", "contract", "opp", "collection"}


def random_table(declared: Table, rng: np.random.Generator, size: int) -> pd.DataFrame:
    """Return a table in which every column of the contract is filled."""
    frame = pd.DataFrame({c.name: random_values(c, rng, size) for c in declared})
    for column in declared:
        since = column.known_from
        if since not in (ROW, FIXED, EXTRACT):
            lag = pd.to_timedelta(rng.integers(0, 300, size), unit="D")
            basis = frame[declared.known_from[0]]
            frame[since] = (basis + lag).where(rng.random(size) < 0.8)
    if declared.snapshot:
        frame[declared.snapshot] += pd.offsets.QuarterEnd(0)
    if declared.key[0].removesuffix("_id") in COUNTED:
        frame[declared.key[0]] = [str(number) for number in range(size)]
    return frame.drop_duplicates(list(declared.key)).reset_index(drop=True)


def random_tables(seed: int) -> dict[str, pd.DataFrame]:
    rng = np.random.default_rng(seed)
    sizes = {"orders": 1500, "account_history": 150, "interactions": 300}
    tables = {
        name: random_table(declared, rng, sizes.get(name, 60))
        for name, declared in TABLES.items()
    }
    tables["orders"].loc[0, ["order_date", "posted_on"]] = LAST
    tables["account_history"] = _sensible(tables["account_history"])
    tables["account_aliases"] = _renumbered_customers()
    tables["costs"] = _monthly_costs(tables["activity_minutes"]["pool"].unique(), rng)
    return tables


def _monthly_costs(pools: np.ndarray, rng: np.random.Generator) -> pd.DataFrame:
    """Return what every pool cost month by month, without gaps and overlaps."""
    months = pd.date_range("2022-01-01", "2025-12-01", freq="MS")
    index = pd.MultiIndex.from_product(
        [sorted(pools), months], names=["pool", "period_start"]
    )
    costs = index.to_frame(index=False)
    return costs.assign(
        period_end=costs["period_start"] + pd.offsets.MonthEnd(0),
        cost=rng.uniform(500, 900, len(costs)).round(2),
        capacity_minutes=rng.uniform(9000, 11000, len(costs)).round(),
    )


def _sensible(history: pd.DataFrame) -> pd.DataFrame:
    """Keep groups and mergers free of circles, and rubric values numbers."""
    dated = history[history["attribute"] != "merged_into"].copy()
    dated["value"] = dated["value"].str.replace("value-", "", regex=False)
    merger = {
        "account_id": ["A22", "A23"],
        "attribute": "merged_into",
        "value": ["A01", "A02"],
        "valid_from": pd.to_datetime(["2023-05-01", "2025-02-01"]),
        "valid_to": pd.NaT,
    }
    return pd.concat([dated, pd.DataFrame(merger)], ignore_index=True)


def _renumbered_customers() -> pd.DataFrame:
    """Return customer numbers that were replaced before and after the day, a chain."""
    return pd.DataFrame(
        {
            "old_account_id": ["A19", "A20", "A21", "A18"],
            "account_id": ["A03", "A19", "A04", "A05"],
            "valid_from": pd.to_datetime(
                ["2023-03-01", "2024-02-01", "2024-09-01", "2025-05-01"]
            ),
            "reason": "new system",
        }
    )


def known_rows(declared: Table, frame: pd.DataFrame, tables: dict) -> pd.Series:
    """Say which rows were known on the day, written apart from the module's code."""
    end = pd.Timestamp(AS_OF)
    dates = frame[list(declared.known_from)]
    known = ((dates <= end) | dates.isna()).all(axis=1) & dates.notna().any(axis=1)
    if declared.else_first_order:
        orders, key = tables["orders"], declared.key[0]
        booked = orders[["order_date", "posted_on"]].max(axis=1) <= end
        known |= frame[key].isin(orders.loc[booked, key])
    return known


def scrambled(tables: dict[str, pd.DataFrame], seed: int) -> dict[str, pd.DataFrame]:
    """Return the same past with another future."""
    rng = np.random.default_rng(seed)
    result = {}
    for name, frame in tables.items():
        declared = TABLES[name]
        known = known_rows(declared, frame, tables)
        past = _other_later_values(declared, frame[known], tables, rng)
        future = frame[~known].sample(frac=0.6, random_state=seed)
        result[name] = pd.concat([past, _changed(declared, future, rng)])
    return {
        name: frame.sample(frac=1, random_state=seed) for name, frame in result.items()
    }


def _other_later_values(declared, past, tables, rng) -> pd.DataFrame:
    """Replace what was filled in after the day, and what history says better."""
    past = past.copy()
    for column in declared:
        since = column.known_from
        other = _drawn(column, rng, past.index)
        if since in (ROW, FIXED):
            continue
        if since == EXTRACT:
            if declared.name == "accounts" and column.name in DATED_ATTRIBUTES:
                past[column.name] = other
            continue
        later = ~(past[since] <= pd.Timestamp(AS_OF))
        if column.name != since:
            past[column.name] = past[column.name].where(~later, other)
    for since in {c.known_from for c in declared} - {ROW, FIXED, EXTRACT}:
        later = ~(past[since] <= pd.Timestamp(AS_OF))
        drawn = random_days(rng, len(past), pd.Timestamp("2024-07-01"))
        if since not in declared.known_from:
            past[since] = past[since].where(~later, drawn.set_axis(past.index))
    return past


def _changed(declared: Table, future: pd.DataFrame, rng) -> pd.DataFrame:
    """Replace the facts of rows that nobody knew yet."""
    future = future.copy()
    kept = {*declared.key, *declared.known_from, "attribute", "value"}
    for column in declared:
        if column.name not in kept:
            future[column.name] = _drawn(column, rng, future.index)
    return future


def functions_of_portfolios() -> Iterator[tuple[str, Callable]]:
    """Walk the package for public functions whose first argument is a portfolio."""
    for module in pkgutil.walk_packages(kamlab.__path__, "kamlab."):
        if module.name.endswith("__main__") or "kernel_startup" in module.name:
            continue
        for name, function in vars(importlib.import_module(module.name)).items():
            own = getattr(function, "__module__", None) == module.name
            if not own or name.startswith("_") or not inspect.isfunction(function):
                continue
            arguments = list(inspect.signature(function).parameters.values())
            if arguments and "Portfolio" in str(arguments[0].annotation):
                yield f"{module.name}.{name}", function


FUNCTIONS = dict(functions_of_portfolios())


def plain(answer: object) -> object:
    """Return an answer in a form that can be compared, whatever its order."""
    if isinstance(answer, nw.LazyFrame):
        answer = answer.collect("pandas").to_native()
    if not isinstance(answer, pd.DataFrame | pd.Series):
        return answer
    frame = answer.reset_index(drop=isinstance(answer.index, pd.RangeIndex))
    return frame.sort_values(list(frame.columns)).reset_index(drop=True)


def same(one: object, other: object) -> None:
    """Compare answers of any shape: frames, figures, and collections of these."""
    one, other = plain(one), plain(other)
    if dataclasses.is_dataclass(one) or isinstance(one, BaseEstimator):
        one, other = vars(one), vars(other)
    if isinstance(one, dict):
        assert one.keys() == other.keys()
        one, other = list(one.values()), list(other.values())
    if isinstance(one, list | tuple):
        assert len(one) == len(other)
        for mine, theirs in zip(one, other, strict=True):
            same(mine, theirs)
    elif isinstance(one, pd.DataFrame):
        pd.testing.assert_frame_equal(one, other)
    elif isinstance(one, np.ndarray):
        np.testing.assert_allclose(one, other, rtol=1e-6)
    elif isinstance(one, float):
        # Rows come in another order, and so do the roundings of their sum.
        assert one == pytest.approx(other, rel=1e-9, nan_ok=True)
    else:
        assert one == other


#: They put several windows of functions together that are called by themselves daily.
LONG = {
    "kamlab.report.worth.worth",
    "kamlab.value.bridge_years.bridges_by_period",
    "kamlab.value.customer_equity.valuation.portfolio_lifetime_value",
    "kamlab.value.later_bookings.later_bookings",
    "kamlab.value.movers_periods.mover_periods",
    "kamlab.value.profit_periods.compared_periods",
    "kamlab.value.profitability.trailing_profits",
}
#: All three with make test-all; a daily run takes the first.
SEEDS = [11, slow(12), slow(13)]


@pytest.fixture(scope="module", params=SEEDS)
def views(request) -> tuple[kamlab.Portfolio, kamlab.Portfolio]:
    tables = random_tables(request.param)
    other = scrambled(tables, request.param + 100)
    # The last day of the data is told to everybody, so both futures end on it.
    other["orders"].loc[other["orders"]["order_date"].idxmax(), "order_date"] = LAST
    return tuple(
        kamlab.portfolio_from_tables(each, "EUR", as_of=AS_OF)
        for each in (tables, other)
    )


def _called(part: object) -> str:
    """Name a test by function and arguments, in the same words in every worker."""
    if isinstance(part, str):
        return part
    plain = {n: v for n, v in part.items() if isinstance(v, str | int)}
    return ",".join(f"{name}={value}" for name, value in plain.items()) or "plain"


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        slow(name, way) if name in LONG else (name, way)
        for name in sorted(FUNCTIONS)
        for way in WAYS.get(name, [{}])
    ],
    ids=_called,
)
def test_no_function_of_a_portfolio_sees_its_future(name, arguments, views) -> None:
    needed = list(inspect.signature(FUNCTIONS[name]).parameters.values())[1:]
    missing = [
        a.name for a in needed if a.default is a.empty and a.name not in arguments
    ]
    assert not missing, f"enter arguments of {name} in WAYS: {missing}"
    same(*[FUNCTIONS[name](view, **_for(view, arguments)) for view in views])


def _for(view: kamlab.Portfolio, arguments: dict) -> dict:
    return {n: each(view) if callable(each) else each for n, each in arguments.items()}


@pytest.mark.parametrize("name", sorted(TABLES))
def test_no_table_shows_its_future(name: str, views: tuple) -> None:
    shown = [plain(view.table(name)) for view in views]
    dated = set(DATED_ATTRIBUTES) if name == "accounts" else set()
    extract = [c.name for c in TABLES[name] if c.known_from == EXTRACT]
    undated = [each for each in extract if each not in dated]
    same(*[frame.drop(columns=undated, errors="ignore") for frame in shown])


@pytest.mark.parametrize("name", ["parent_of", "first_day", "as_of", "calendar"])
def test_no_property_of_a_portfolio_tells_its_future(name: str, views: tuple) -> None:
    same(*[getattr(view, name) for view in views])


def test_a_line_booked_later_does_not_make_the_book_older(views: tuple) -> None:
    tables = random_tables(5)
    late = tables["orders"].iloc[[3]].assign(order_id="late", line_id="1")
    late = late.assign(order_date=FIRST - pd.Timedelta(days=300), posted_on=LAST)
    late["delivered_date"] = LAST
    other = {**tables, "orders": pd.concat([tables["orders"], late])}
    books = [
        kamlab.portfolio_from_tables(each, "EUR", as_of=AS_OF)
        for each in (tables, other)
    ]
    assert books[0].first_day == books[1].first_day
    same(*[account_activity(book) for book in books])


def test_models_are_refused_what_is_dated_later(views: tuple) -> None:
    same(*[view.features("accounts", ["created_on", "tier"]) for view in views])


def test_the_outcome_is_another_one_after_scrambling(views: tuple) -> None:
    counts = [len(plain(view.outcome(months=12).orders)) for view in views]
    assert counts[0] != counts[1]


def test_profit_on_a_later_day_is_another_one_after_scrambling(views: tuple) -> None:
    profits = [account_profit(view) for view in views]
    assert profits[0].basis == "contribution"
    assert profits[0].pools["used_minutes"].gt(0).all()
    later = [account_profit(view.at(LAST.date())) for view in views]
    with pytest.raises(AssertionError):
        same(*[each.table for each in later])


def test_a_function_that_peeks_is_caught(views: tuple) -> None:
    def peeks(portfolio: kamlab.Portfolio) -> float:
        return portfolio._store.small("orders")["net_amount"].sum()

    with pytest.raises(AssertionError):
        same(peeks(views[0]), peeks(views[1]))


@pytest.mark.parametrize("declared", TABLES.values(), ids=lambda each: each.name)
def test_every_table_and_column_declares_when_it_is_known(declared: Table) -> None:
    dates = {c.name for c in declared if c.dtype == "date"}
    assert declared.known_from
    assert set(declared.known_from) <= dates
    for column in declared:
        assert column.known_from in {ROW, FIXED, EXTRACT} | dates, column.name


#: Written down a second time, because the scrambler above reads the declarations.
KNOWN_LATER = {
    "orders": {
        "posted_on": "posted_on",
        "delivered_date": "delivered_date",
        "quality_flag": "delivered_date",
        "engineering_cost": "delivered_date",
    },
    "accounts": {"created_on": "created_on"},
    "account_history": {"valid_to": "valid_to"},
    "products": {"launch_date": "launch_date"},
    "events": {"end_date": "end_date"},
    "targets": {},
    "interactions": {"posted_on": "posted_on", "promised_done": "promised_done"},
    "costs": {},
    "activity_minutes": {},
    "account_costs": {"posted_on": "posted_on"},
    "kam_team": {"left_on": "left_on"},
    "contracts": {"renewed": "renewal_date", "renewal_date": "renewal_date"},
    "opportunities": {
        **{f"{stage}_on": f"{stage}_on" for stage in OPPORTUNITY_STAGES},
        "competitors": "quotation_on",
        "bid_price": "quotation_on",
        "cost_est": "quotation_on",
        "closed_on": "closed_on",
        "won": "closed_on",
        "best_rival_price": "closed_on",
        "lost_to": "closed_on",
    },
    "open_orders": {"posted_on": "posted_on", "closed_on": "closed_on"},
    "receivables": {},
    "collections": {"posted_on": "posted_on"},
    "account_aliases": {},
    "fx_rates": {},
    "sales_monthly": {},
}
ROWS_KNOWN_FROM = {
    "orders": ("order_date", "posted_on"),
    "accounts": ("created_on",),
    "account_history": ("valid_from",),
    "products": ("launch_date",),
    "events": ("date",),
    "targets": ("set_on",),
    "interactions": ("date", "posted_on"),
    "costs": ("period_end",),
    "activity_minutes": ("valid_from",),
    "account_costs": ("date", "posted_on"),
    "kam_team": ("joined_on",),
    "contracts": ("signed_on",),
    "opportunities": ("created",),
    "open_orders": ("ordered_on", "posted_on"),
    "receivables": ("as_of",),
    "collections": ("date", "posted_on"),
    "account_aliases": ("valid_from",),
    "fx_rates": ("valid_on",),
    "sales_monthly": ("month",),
}
NEVER_CHANGES = {
    ("accounts", "account_id"),
    ("accounts", "account_type"),
    ("accounts", "acquisition_channel"),
    ("kam_team", "kam_id"),
    ("kam_team", "kam_name"),
    ("products", "product_id"),
    ("products", "product_name"),
    ("products", "service_flag"),
    ("products", "codeveloped"),
}


def test_the_declarations_are_those_that_were_thought_through() -> None:
    always = (ROW, FIXED, EXTRACT)
    later = {
        name: {c.name: c.known_from for c in declared if c.known_from not in always}
        for name, declared in TABLES.items()
    }
    fixed = {
        (name, column.name)
        for name, declared in TABLES.items()
        for column in declared
        if column.known_from == FIXED
    }
    assert later == KNOWN_LATER
    assert fixed == NEVER_CHANGES
    assert {n: declared.known_from for n, declared in TABLES.items()} == ROWS_KNOWN_FROM


def test_functions_of_portfolios_are_found() -> None:
    assert "kamlab.value.activity.account_activity" in FUNCTIONS
