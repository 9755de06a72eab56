"""Profit bridges from period to period, one after another, and joined into one.

Whoever asks where the profit of three years went is not answered by the last year, and
a bridge from the first year to the last would leave out all goods that were new in
between. So each period is bridged to the next, and the steps are added up.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
import pandas as pd

from kamlab.errors import UsageError
from kamlab.portfolio import Portfolio
from kamlab.value.profit_bridge import ProfitBridge, profit_bridge
from kamlab.value.profit_periods import ProfitPeriod
from kamlab.value.profit_steps import step_name
from kamlab.value.profitability import AccountProfit
from kamlab.value.waterfall import account_sales


def bridges_by_period(
    portfolio: Portfolio, profits: Mapping[object, AccountProfit], by: str = "account"
) -> tuple[ProfitBridge, ...]:
    """Bridge every period that compares to the next one, the earliest first.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, with product, quantity and cost on order lines.
    profits : mapping of date to AccountProfit
        From `kamlab.value.profitability.trailing_profits`, the earliest first.
    by : {"account", "parent"}
        What a row of `profits` is.

    Returns
    -------
    tuple of ProfitBridge
        Between the periods in which contacts were recorded throughout; between the last
        two if there are no two of these.

    Raises
    ------
    UsageError
        If there are fewer than two periods.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.profitability import trailing_profits
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     bridges = bridges_by_period(portfolio, trailing_profits(portfolio))
    >>> [(each.before.label, each.after.label) for each in bridges]
    [('2023', '2024'), ('2024', '2025')]
    """
    if len(profits) < 2:
        raise UsageError(
            f"profits has {len(profits)} period: a bridge needs two, so take shorter "
            "windows, or import earlier orders"
        )
    alike = {end: each for end, each in profits.items() if each.contacts_from is None}
    chosen = alike if len(alike) > 1 else dict(list(profits.items())[-2:])
    periods = [
        ProfitPeriod(each, account_sales(portfolio, each.start, each.end, by, each.end))
        for each in chosen.values()
    ]
    return tuple(profit_bridge(*pair) for pair in pairwise(periods))


def joined_bridge(bridges: Sequence[ProfitBridge]) -> ProfitBridge:
    """Add bridges that follow each other up into one, from first to last period.

    Parameters
    ----------
    bridges : sequence of ProfitBridge
        From `bridges_by_period`.

    Returns
    -------
    ProfitBridge
        It leaves no rest either: accounts that one of the bridges leaves out take part
        in none. `priced` is the mean of the bridges, weighted with revenue; `growth` is
        compounded.

    Raises
    ------
    UsageError
        If there is no bridge, or one does not begin where the one before ends.

    Examples
    --------
    >>> from datetime import date
    >>> def year(number, amount):
    ...     table = pd.DataFrame({"revenue": 90.0, "contribution": amount}, index=["A"])
    ...     first, last = date(number, 1, 1), date(number, 12, 31)
    ...     return AccountProfit(table, first, last, "contribution")
    >>> first, second, third = year(2023, 50.0), year(2024, 40.0), year(2025, 45.0)
    >>> steps = pd.DataFrame({"volume": [-10.0]}, index=["A"])
    >>> one = ProfitBridge(first, second, steps)
    >>> joined = joined_bridge([one, ProfitBridge(second, third, -steps / 2)])
    >>> joined.before.label, joined.after.label, joined.steps.to_dict()
    ('2023', '2025', {'volume': -5.0})
    """
    _check_chain(bridges)
    first, last = bridges[0], bridges[-1]
    left_out = tuple(dict.fromkeys(a for each in bridges for a in each.left_out))
    every = pd.concat([each.by_account for each in bridges]).groupby(level=0).sum()
    by_account = every.drop(index=list(left_out), errors="ignore")
    weights = [float(each.after.table["revenue"].sum()) for each in bridges]
    priced = float(np.average([each.priced for each in bridges], weights=weights))
    growth = float(np.prod([1 + each.growth for each in bridges]) - 1)
    return ProfitBridge(first.before, last.after, by_account, left_out, priced, growth)


def _check_chain(bridges: Sequence[ProfitBridge]) -> None:
    if not bridges:
        raise UsageError("bridges is empty: give one bridge at least")
    for one, two in pairwise(bridges):
        if one.after is not two.before:
            raise UsageError(
                f"one bridge ends with {one.after.label}, the next begins with "
                f"{two.before.label}: each bridge must begin with the period in "
                "which the one before ends"
            )


def steps_by_period(
    bridges: Sequence[ProfitBridge], language: str = "en"
) -> pd.DataFrame:
    """Put the steps of bridges side by side and add them up, ready to print.

    Parameters
    ----------
    bridges : sequence of ProfitBridge
        From `bridges_by_period`.
    language : {"en", "zh"}
        Language of the steps' names.

    Returns
    -------
    DataFrame of shape (n_steps, n_periods)
        Money; a column for each period that a bridge leads to, and, with more than one,
        ``together``. What took most in all comes first; a step that never moved is left
        out.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.profitability import trailing_profits
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     bridges = bridges_by_period(portfolio, trailing_profits(portfolio))
    >>> table = steps_by_period(bridges)
    >>> table.columns.tolist(), table.index[:2].tolist()
    (['2023 to 2024', '2024 to 2025', 'together'], ['Discounts', 'Lost accounts'])
    """
    table = pd.DataFrame(
        {f"{each.before.label} to {each.after.label}": each.steps for each in bridges}
    ).fillna(0.0)
    table = table[(table.round(2) != 0).any(axis=1)]
    total = table.sum(axis=1)
    if len(bridges) > 1:
        table["together"] = total
    table = table.loc[total.sort_values(kind="stable").index]
    table.loc["change"] = table.sum()
    return table.rename(lambda step: step_name(step, language)).rename_axis("step")
