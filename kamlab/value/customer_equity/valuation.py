"""What every account is worth from here on, by what is known of it, each once.

Glossary
--------
lifetime value (客户终身价值)
    Contribution of an account's orders to come, each in worth of today.
customer equity (客户资产)
    Sum of the lifetime values of all accounts.
basis
    What a value rests on: the account's contract, its repeat orders, or the sheet of
    scenarios where no model could be fitted.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kamlab.estimates import Estimate, checked_level
from kamlab.portfolio import Portfolio
from kamlab.value.contracts.renewals import contract_renewals
from kamlab.value.customer_equity.bound_accounts import (
    RunningContracts,
    running_contracts,
)
from kamlab.value.customer_equity.contract_values import CONTRACT, contract_values
from kamlab.value.customer_equity.grouped_orders import grouped_orders
from kamlab.value.customer_equity.margins import Margins
from kamlab.value.customer_equity.order_values import OrderValues, order_values
from kamlab.value.customer_equity.ordering_rates import ordering_rates
from kamlab.value.customer_equity.purchases import PurchaseHistory, purchase_history
from kamlab.value.customer_equity.quarters import AheadQuarters, quarters_ahead
from kamlab.value.customer_equity.repeat_orders import RepeatOrders, repeat_orders
from kamlab.value.customer_equity.streams import ValueStreams, orders_by_quarter
from kamlab.value.customer_equity.valued import COLUMNS, Valued, together
from kamlab.value.lifetime.counts import CannotTellError
from kamlab.value.retention_scenarios import SCENARIOS, retention_scenarios

#: What a value rests on.
SHEET, CANNOT_TELL = "sheet", "cannot tell"
#: Yearly discount unless somebody chooses another.
DISCOUNT_RATE = 0.10
#: The simplest way to foretell orders that no other beats on held-out quarters:
#: data/comparisons/lifetime_held_out.md.
MODEL = "MBG/CNBD-k"
#: What is known of the orders of an account's own year.
OF_ORDERS = ("own_orders", "order_value", "order_variation")
#: An account under contract with a smaller probability alive is named.
GIVEN_UP = 0.05


@dataclass(frozen=True, eq=False)
class LifetimeValues:
    """Value of every account over the quarters ahead, and of all of them.

    Parameters
    ----------
    accounts : DataFrame
        By account: ``value``, ``low``, ``high`` (money of today), ``basis``
        {"contract", "repeat orders", "sheet", "cannot tell"}, ``alive`` (probability to
        be a customer today; 1 under contract), ``orders_year``, ``orders_low``,
        ``orders_high`` (orders of the twelve months ahead), ``order_worth``
        (contribution of an order), ``contribution`` (last twelve months). The value of
        most first.
    equity : Estimate
        Sum over all accounts with a value; n counts them.
    by_basis : DataFrame
        By basis: ``accounts``, ``value``, ``low``, ``high``.
    quarters : AheadQuarters
        How far was looked, at which discount.
    contribution : str
        What is left of an order: "contribution", "margin after direct costs",
        "gross margin" or "revenue".
    level : float
        Level of the intervals, as a share.
    orders : RepeatOrders or None
        Purchase model and its futures.
    contracts : RunningContracts or None
        Contracts and their renewal model.
    notes : tuple of str
        What could not be told, and what a reader should know of the fits.
    streams : ValueStreams or None
        Expected orders by quarter, their revenue and margin: what the values are made
        of, for "what if"; None if they rest on the sheet.

    Examples
    --------
    See `portfolio_lifetime_value`.
    """

    accounts: pd.DataFrame
    equity: Estimate
    by_basis: pd.DataFrame
    quarters: AheadQuarters
    contribution: str
    level: float
    orders: RepeatOrders | None = None
    contracts: RunningContracts | None = None
    notes: tuple[str, ...] = ()
    streams: ValueStreams | None = None


def portfolio_lifetime_value(
    portfolio: Portfolio,
    by: str = "account",
    discount_rate: float = DISCOUNT_RATE,
    quarters: int = 12,
    model: str = MODEL,
    repetitions: int = 100,
    level: float = 0.95,
    random_state: int = 0,
    contracts_bind: bool = True,
    groups: pd.Series | None = None,
) -> LifetimeValues:
    """Value every account of a portfolio over the fiscal quarters ahead.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    by : {"account", "parent"}
        Accounts, or groups under their parents; a contract of one member binds its
        group.
    discount_rate : float
        Effective rate a year, as a share.
    quarters : int
        How many quarter ends to look ahead.
    model : {"MBG/CNBD-k", "BG/NBD", "MBG/NBD", "Pareto/NBD"}
        The purchase model.
    repetitions : int
        Books made up for the intervals, 20 or more.
    level : float
        Level of the intervals, as a share.
    random_state : int
        Seed.
    contracts_bind : bool
        False for frame contracts that oblige nobody to order: then all accounts are
        valued by their orders.
    groups : Series of str, optional
        Group by account (industry, tier), known on the day; each learns its own rhythm
        and leans on all accounts.

    Returns
    -------
    LifetimeValues
        Contracts count where the portfolio has the table and enough renewals are
        decided; without, all accounts are valued by their orders.

    Raises
    ------
    MissingDataError
        If the order lines are sums of months, or nobody has bought yet.
    UsageError
        If an argument cannot be.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     values = portfolio_lifetime_value(portfolio, repetitions=20)
    >>> values.equity.n, values.by_basis["accounts"].to_dict()
    (298, {'contract': 28, 'repeat orders': 270})
    >>> bool(np.isclose(values.accounts["value"].sum(), values.equity.value))
    True
    """
    history = purchase_history(portfolio, by)
    ahead = quarters_ahead(portfolio.as_of, discount_rate, quarters, portfolio.calendar)
    bound, reason = _running(portfolio, by) if contracts_bind else (None, "")
    values = lifetime_value(
        history, ahead, bound, model, repetitions, level, random_state, groups
    )
    return replace(values, notes=(*values.notes, reason)) if reason else values


def lifetime_value(
    history: PurchaseHistory,
    quarters: AheadQuarters,
    contracts: RunningContracts | None = None,
    model: str = MODEL,
    repetitions: int = 100,
    level: float = 0.95,
    random_state: int = 0,
    groups: pd.Series | None = None,
) -> LifetimeValues:
    """Value every account by its contract or by its repeat orders, never by both.

    Parameters
    ----------
    history : PurchaseHistory
        Rhythm, order value and margin of every account.
    quarters : AheadQuarters
        How far to look, at which discount.
    contracts : RunningContracts, optional
        Accounts under contract, and how the book renews.
    model : {"MBG/CNBD-k", "BG/NBD", "MBG/NBD", "Pareto/NBD"}
        The purchase model.
    repetitions : int
        Books made up for the intervals, 20 or more.
    level : float
        Level of the intervals, as a share.
    random_state : int
        Seed.
    groups : Series of str, optional
        Group by account; who is in none belongs to "others".

    Returns
    -------
    LifetimeValues
        Where no model can be fitted, all accounts are valued by the sheet of scenarios,
        those under contract, too; a note says why.

    Raises
    ------
    UsageError
        If an argument cannot be.

    Notes
    -----
    By repeat orders: value = w Σ_q E[orders in q] (1 + i)^(−t_q), with w the expected
    net revenue of an order times the contribution margin, and t_q the years to the
    quarter's middle. Under contract: value = w n Σ_q S_q (length of q) (1 + i)^(−t_q),
    with n the yearly orders by the last twelve months and S_q the probability that the
    contract still runs. An account under contract is left out of the repeat orders:
    its silence ends nothing before its term does. Who does not renew is taken to order
    no more. An account that loses money with each order keeps its own order value, and
    its value is negative. Intervals hold the chance of orders, their values, renewals,
    the uncertainty of what was learnt, and margins that may move as they did in the
    last two years. The purchase model is learnt from all accounts.

    References
    ----------
    Fader, P. S., Hardie, B. G. S., & Lee, K. L. (2005). RFM and CLV: Using iso-value
    curves for customer base analysis. Journal of Marketing Research 42(4), 415–430.
    Gupta, S., Lehmann, D. R., & Stuart, J. A. (2004). Valuing customers. Journal of
    Marketing Research 41(1), 7–18.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     history = purchase_history(portfolio)
    >>> ahead = quarters_ahead(history.as_of, 0.1, 4)
    >>> values = lifetime_value(history, ahead, model="BG/NBD", repetitions=20)
    >>> values.by_basis["accounts"].to_dict()
    {'repeat orders': 298}
    """
    checked_level(level)
    accounts = history.accounts
    margin = accounts["contribution_margin"]
    margins = Margins(margin, accounts["margin_spread"])
    worth = [accounts[name] for name in OF_ORDERS]
    values = order_values(*worth, own=margin < 0)
    try:
        told_by = (history.unit, model, repetitions, level, random_state)
        orders = _orders(accounts, groups, quarters, told_by)
    except CannotTellError as reason:
        return _by_sheet(history, quarters, level, str(reason))
    generator = np.random.default_rng((random_state, 2))
    repeat = orders.valued(values, margins, quarters.discount, generator)
    # Who the costs of goods are not known of cannot be valued, but its rhythm counts.
    parts = [repeat.without(accounts.index[margin.isna()])]
    rates = ordering_rates(orders.model, accounts, history.unit)
    if contracts is not None:
        futures = len(orders.futures)
        bound = contract_values(
            contracts, rates, margins, values, quarters, futures, level, generator
        )
        parts = [bound, parts[0].without(bound.accounts.index)]
    told = _told(parts, history, quarters, level)
    by_quarter = orders_by_quarter(orders.by_quarter, quarters, contracts, rates)
    known = accounts.index[margin.notna()]
    streams = ValueStreams(
        by_quarter, values.expected, margin, accounts["service_share"], quarters
    )
    told = replace(told, streams=streams.of(known))
    return _with_models(told, margin, values, orders, contracts)


def _orders(
    accounts: pd.DataFrame,
    groups: pd.Series | None,
    quarters: AheadQuarters,
    told_by: tuple[str, str, int, float, int],
) -> RepeatOrders:
    """Look ahead with one model, or with one for each group."""
    if groups is None:
        return repeat_orders(accounts, quarters, *told_by)
    return grouped_orders(accounts, groups, quarters, *told_by)


def _with_models(
    told: LifetimeValues,
    margin: pd.Series,
    values: OrderValues,
    orders: RepeatOrders,
    contracts: RunningContracts | None,
) -> LifetimeValues:
    """Add what the values were made of, and what the fits say of themselves."""
    worth = (values.expected * margin).rename("order_worth")
    renewals: tuple[str, ...] = ()
    if contracts is not None:
        renewals = (*_silent(told.accounts, orders.alive), *contracts.notes)
    return replace(
        told,
        accounts=told.accounts.join(worth),
        orders=orders,
        contracts=contracts,
        notes=(
            *told.notes,
            *(f"Purchase model: {note}" for note in orders.notes),
            *(f"Order values: {note}" for note in values.notes),
            *(f"Renewals: {note}" for note in renewals),
        ),
    )


def _silent(accounts: pd.DataFrame, alive: pd.Series) -> list[str]:
    """Name the accounts under contract whose orders say that they have left."""
    bound = accounts.index[accounts["basis"] == CONTRACT]
    left = bound[alive[bound] < GIVEN_UP]
    if left.empty:
        return []
    named = ", ".join(map(str, left))
    return [
        f"{len(left)} under contract would be given up by their orders, silent for "
        f"longer than they ever were ({named}); if their contracts oblige nobody to "
        "order, value them by orders."
    ]


def _running(portfolio: Portfolio, by: str) -> tuple[RunningContracts | None, str]:
    """Return the running contracts, or why they are not used."""
    if not portfolio.has("contracts"):
        return None, "No contracts in the data: all accounts stand by their orders."
    try:
        return running_contracts(contract_renewals(portfolio, by)), ""
    except CannotTellError as reason:
        return None, f"Renewals: {reason}; all accounts stand by their orders."


def _told(
    parts: list[Valued],
    history: PurchaseHistory,
    quarters: AheadQuarters,
    level: float,
) -> LifetimeValues:
    """Put the accounts of all bases together; who has no value says so."""
    parts = [part for part in parts if len(part.accounts)] or parts[:1]
    valued = pd.concat([part.with_intervals(level) for part in parts])
    frame = valued.reindex(history.accounts.index)
    frame["basis"] = frame["basis"].fillna(CANNOT_TELL)
    frame = frame.join(history.accounts["contribution"])
    totals = {part.basis: part.total(level) for part in parts}
    unknown = int(frame["value"].isna().sum())
    have = "account has" if unknown == 1 else "accounts have"
    note = f"{unknown} {have} no value: a cost of goods is not known."
    return LifetimeValues(
        accounts=frame.sort_values("value", ascending=False, kind="stable"),
        equity=together(parts).total(level),
        by_basis=pd.DataFrame(
            {name: {"accounts": each.n, **_ends(each)} for name, each in totals.items()}
        ).T.astype({"accounts": "int64"}),
        quarters=quarters,
        contribution=history.basis,
        level=level,
        notes=(note,) if unknown else (),
    )


def _ends(estimate: Estimate) -> dict[str, float]:
    return {"value": estimate.value, "low": estimate.low, "high": estimate.high}


def _by_sheet(
    history: PurchaseHistory, quarters: AheadQuarters, level: float, reason: str
) -> LifetimeValues:
    """Value all accounts by last year's contribution, between two scenarios."""
    years = max(round(float(quarters.lengths.sum())), 1)
    amounts = history.accounts["contribution"].dropna()
    sheet = retention_scenarios(amounts, quarters.discount_rate, periods=years)
    guesses = sheet.accounts[list(SCENARIOS)]
    frame = pd.DataFrame(
        {
            "value": guesses["expected"],
            **dict.fromkeys(COLUMNS[1:], np.nan),
        }
    )
    # Scenarios are guesses at one retention for all: they stand in for futures.
    ends = np.array([guesses.min(axis=1), guesses.max(axis=1)])
    told = _told([Valued(frame, ends, SHEET)], history, quarters, level)
    note = (
        f"{reason}. Values are last year's contribution under scenarios of retention."
    )
    return replace(told, notes=(*told.notes, note))
