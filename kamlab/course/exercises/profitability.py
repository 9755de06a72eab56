"""Exercises of notebook 11: profit by account over the last twelve months."""

import pandas as pd

from kamlab.course.choices import judge_best, judge_letters
from kamlab.course.verdicts import Verdict, judge_number, wrong
from kamlab.orientation.key_accounts import key_accounts
from kamlab.portfolio import Portfolio
from kamlab.style import format_money, format_share
from kamlab.value.price_paths import price_paths
from kamlab.value.profit_bridge import profit_bridge
from kamlab.value.profit_periods import compared_periods
from kamlab.value.profitability import AccountProfit, account_profit, trailing_profits
from kamlab.value.trailing import months_covered, trailing_window
from kamlab.value.whale_curve import whale_curve
from kamlab.value.what_if import WhatIf, stop_serving

#: Accounts that are parted with in exercise 11.7, and what part of their cost goes.
LOWEST, AVOIDABLE = 10, 0.4
#: Accounts to talk to in exercise 11.8.
TALKS = 3
#: Share of what others earn that statement A of exercise 11.6 speaks of.
TENTH = 0.1

#: How far the answer to exercise 11.5 may lie from the truth, in money.
CENTS = 0.05

_ORDER = ("order", "order_line")
_CANNOT = wrong(
    "these data cannot be asked: the exercise needs two years with the cost of goods, "
    "list prices, and the costs and standard minutes of the pools"
)


def cost_of_one_order(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge what one more order of a single line costs at capacity rates (11.5).

    Parameters
    ----------
    answer : object
        Money; right within 0.05.
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     cost_of_one_order(0.1, portfolio).right
    False
    """
    if not _can_be_asked(portfolio):
        return _CANNOT
    minutes, pools = _standard_minutes(portfolio), _profit(portfolio).pools
    own = minutes.mul(pools["rate"], axis=0)
    truth = float(own.to_numpy().sum())
    used = (pools["cost"] / pools["used_minutes"]).reindex(minutes.index)
    mistakes = {
        "that is minutes: each pool has its own rate":
            float(minutes.to_numpy().sum()),
        "that leaves out the line: an order has at least one":
            float(own["order"].sum()),
        "that leaves out the order itself, whose minutes come on top of its lines'":
            float(own["order_line"].sum()),
        "that spreads the cost over the minutes used: take practical capacity":
            float(minutes.mul(used, axis=0).to_numpy().sum()),
        "that is one average rate for all: every pool has its own":
            float(minutes.to_numpy().sum() * pools["cost"].sum()
                  / pools["capacity_minutes"].sum()),
        "that takes what an hour costs for what a minute costs": 60 * truth,
        **_with_old_standards(portfolio, pools["rate"], truth),
        **_of_one_pool(own, truth),
    }  # fmt: skip
    return judge_number(
        answer,
        truth,
        tolerance=CENTS,
        meaning=f"{format_money(truth, portfolio.currency)} go with every order, "
        "however small: an order must bring that margin before it earns anything.",
        near_misses=mistakes,
        otherwise="add up, over the pools, standard minutes of an order and of one "
        "line times the pool's capacity rate.",
    )


def _with_old_standards(
    portfolio: Portfolio, rates: pd.Series, truth: float
) -> dict[str, float]:
    """Return what standards that hold no longer make of the cost of an order."""
    every = portfolio.table("activity_minutes").sort_values("valid_from")
    every = every[every["activity"].isin(_ORDER)]
    first = every.drop_duplicates(["activity", "pool"])
    newest = every[every["valid_from"] == every["valid_from"].max()]
    twice = "there are two standards of one activity and pool: take the one valid now"
    mistakes = {
        f"that takes the older standard; {twice}": first,
        f"that adds the older standard to the newer; {twice}": every,
        "that takes only what changed last: a standard holds until another one of its "
        "activity and pool replaces it": newest,
    }
    costs = {
        hint: float((rows["minutes"] * rows["pool"].map(rates)).sum())
        for hint, rows in mistakes.items()
    }
    return {hint: cost for hint, cost in costs.items() if abs(cost - truth) > CENTS}


def _of_one_pool(own: pd.DataFrame, truth: float) -> dict[str, float]:
    """Return what an order costs in each pool alone, where it needs more than one."""
    return {
        f"that is {pool} alone: an order passes through several pools": float(cost)
        for pool, cost in own.sum(axis=1).items()
        if 0 < cost < truth - CENTS
    }


def what_follows_from_the_profits(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge which statements follow from whale curve and bridge (11.6).

    Parameters
    ----------
    answer : object
        Letters of the statements that are right, such as "AD" or ["A", "D"].
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     what_follows_from_the_profits("C", portfolio).right
    False
    """
    if not _can_be_asked(portfolio):
        return _CANNOT
    meaning = (
        "the curve says what accounts left, the bridge what changed; neither says what "
        "would happen without them."
    )
    return judge_letters(answer, _statements(portfolio), meaning)


def _statements(portfolio: Portfolio) -> dict[str, tuple[bool, str]]:
    """Return whether each statement of exercise 11.6 holds, and where to look."""
    bridge = profit_bridge(*compared_periods(portfolio))
    table = bridge.after.table
    curve = whale_curve(table["contribution"])
    discounts = -bridge.steps.get("discounts", 0.0)
    return {
        "A": (
            curve.lost_share > TENTH,
            "compare what loss makers take with the height of the peak",
        ),
        "B": (
            table["revenue"].idxmax() == table["contribution"].idxmax(),
            "find the account with most revenue and the one with most contribution",
        ),
        "C": (
            False,
            "their margin would go at once, and the capacity that serves them stays",
        ),
        "D": (
            bool(discounts > curve.lost),
            "set the step of discounts beside what all loss makers cost",
        ),
        "E": (
            False,
            "the rate is cost by practical capacity, so a slack year shows as unused "
            "capacity and not in the accounts",
        ),
    }


def change_without_the_lowest(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge how profit changes without the ten accounts that leave least (11.7).

    Parameters
    ----------
    answer : object
        Money, negative for a loss; right within 0.5.
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     change_without_the_lowest("nothing", portfolio).right
    False
    """
    if not _can_be_asked(portfolio):
        return _CANNOT
    if isinstance(answer, WhatIf):
        return wrong("that is all of what was worked out: give its change, a number")
    table = _profit(portfolio).table
    lowest = table["contribution"].nsmallest(LOWEST).index
    found = stop_serving(table, lowest, AVOIDABLE)
    left = table.loc[lowest, "contribution"].sum()
    return judge_number(
        answer,
        found.change,
        tolerance=0.5,
        meaning=f"the ten left {format_money(left, portfolio.currency)} together, and "
        f"without them profit changes by "
        f"{format_money(found.change, portfolio.currency)}.",
        near_misses=_mistaken_changes(table, lowest, found.change),
        otherwise="their margin after direct costs goes, and the avoidable part of "
        "their cost to serve is saved.",
    )


def _mistaken_changes(
    table: pd.DataFrame, lowest: pd.Index, truth: float
) -> dict[str, float]:
    """Return what usual mistakes make of the change of profit without the lowest."""
    served, direct = table.loc[lowest, ["cost_to_serve", "direct_costs"]].sum()
    losing = table.index[table["contribution"] < 0]
    by_rate = table["contribution_margin"].nsmallest(LOWEST).index
    return {
        "that takes all of their cost to serve as saved: only a part is":
            stop_serving(table, lowest, 1.0).change,
        "that takes none of their cost to serve as saved: a part is":
            stop_serving(table, lowest, 0.0).change,
        "that is what is saved: the margin that goes with them is missing":
            -AVOIDABLE * served,
        "the sign is turned round: what is lost is negative": -truth,
        "that keeps the part that goes and saves the part that stays":
            stop_serving(table, lowest, 1 - AVOIDABLE).change,
        "their direct costs end with them: it is the margin after these that is lost":
            truth + direct,
        "cost to serve is negative in the table: a part saved of it raises profit":
            truth + 2 * AVOIDABLE * served,
        "that is without all who lose money: the question is about the ten lowest":
            stop_serving(table, losing, AVOIDABLE).change,
        "that takes the ten with the lowest margin: take the lowest contribution, in "
        "money": stop_serving(table, by_rate, AVOIDABLE).change,
        "that is in thousands: give all of the money": truth / 1000,
    }  # fmt: skip


def accounts_to_talk_prices(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge with which three other accounts a talk on prices is worth most (11.8).

    Parameters
    ----------
    answer : object
        Numbers of three accounts that were no key accounts before the year began, in a
        list, set, array or index, or a text with commas.
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     accounts_to_talk_prices([], portfolio).right
    False
    """
    if not _can_be_asked(portfolio):
        return _CANNOT
    every = price_paths(trailing_profits(portfolio, most=2)).given.fillna(0.0)
    given = every.drop(key_accounts(portfolio).accounts, errors="ignore")
    of_all = given[given > 0].sum() / every[every > 0].sum()
    return judge_best(
        answer,
        given,
        TALKS,
        task="talks",
        unknown="is no account number, or that of a key account, whom others talk to: "
        f"choose outside key_accounts(portfolio).accounts, such as {given.index[0]!r}",
        too_little=lambda yours: _too_little(portfolio, given, yours),
        meaning=lambda yours: (
            f"your three gave away {format_money(yours, portfolio.currency)} within a "
            f"year. Outside the list of key accounts {format_share(of_all)} of all "
            "falls lies, and nobody was looking."
        ),
    )


def _too_little(portfolio: Portfolio, given: pd.Series, yours: float) -> str:
    """Say why three accounts gave less than others, and if other years misled."""
    told = (
        f"your three gave away {format_money(yours, portfolio.currency)} by a price "
        "that fell within the last year; there are three with more"
    )
    since_first = price_paths(trailing_profits(portfolio)).given.reindex(given.index)
    if abs(given[since_first.nlargest(TALKS).index].sum() - yours) < CENTS:
        return (
            f"{told}: yours gave most since the first year on record. Take the last "
            "two years alone, price_paths(trailing_profits(portfolio, 12, most=2))"
        )
    return f"{told}: rank by what each gave, not by points of price or by size"


def _can_be_asked(portfolio: Portfolio) -> bool:
    """Whether the data hold what these exercises need, for two years."""
    columns = ("cogs", "unit_list_price", "quantity", "product_id")
    needs = (*(f"orders.{each}" for each in columns), "costs", "activity_minutes")
    has_all = all(portfolio.has(each) for each in needs)
    if not has_all or months_covered(portfolio, 24) < 24:
        return False
    begin = portfolio.table("costs")["period_start"].min().date()
    return begin <= trailing_window(portfolio.as_of, 12, 1)[0]


def _profit(portfolio: Portfolio) -> AccountProfit:
    return account_profit(portfolio, *trailing_window(portfolio.as_of, 12))


def _standard_minutes(portfolio: Portfolio) -> pd.DataFrame:
    """Return the standard minutes that hold now, pools by order and order line."""
    standards = portfolio.table("activity_minutes").sort_values("valid_from")
    latest = standards.drop_duplicates(["activity", "pool"], keep="last")
    wide = latest.pivot_table("minutes", "pool", "activity", fill_value=0.0)
    return wide.reindex(columns=list(_ORDER), fill_value=0.0)
