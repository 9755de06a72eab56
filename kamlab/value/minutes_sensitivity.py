"""How far the verdict on accounts hangs on the minutes that somebody estimated.

Contribution is booked money less minutes times rates. The minutes are mostly standards,
so the honest question is not whether they are right but whether it matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from kamlab.errors import MissingDataError, UsageError
from kamlab.style.formats import format_count, format_money, format_share
from kamlab.value.concentration_words import counted
from kamlab.value.profit_parts import checked_factor
from kamlab.value.profitability import AccountProfit


@dataclass(frozen=True, eq=False)
class MinutesSensitivity:
    """Who loses money if all work took longer or shorter than assumed.

    Parameters
    ----------
    table : DataFrame
        By factor on the minutes: `losing` accounts, what they `lost` (positive), the
        `contribution` of all, and the `utilisation` of the fullest pool.
    always : Index
        Accounts that lose money under every factor.
    sometimes : Index
        Accounts that lose money under some of them only.

    Examples
    --------
    >>> found = MinutesSensitivity(pd.DataFrame(), pd.Index(["A"]), pd.Index([]))
    >>> len(found.always)
    1
    """

    table: pd.DataFrame
    always: pd.Index
    sometimes: pd.Index


def minutes_sensitivity(
    profit: AccountProfit, factors: Sequence[float] = (0.75, 1.0, 1.25)
) -> MinutesSensitivity:
    """Say who would lose money if all work took a quarter less or more time.

    Parameters
    ----------
    profit : AccountProfit
        From `kamlab.value.profitability.account_profit`, with cost to serve.
    factors : sequence of float
        On the minutes of every activity; 1 is as assumed.

    Returns
    -------
    MinutesSensitivity

    Raises
    ------
    MissingDataError
        If the cost to serve is not known.
    UsageError
        If there is no factor, or one is negative.

    Notes
    -----
    Capacity rates stay, because practical capacity does: contribution = margin −
    direct costs − factor × cost to serve. A factor that needs more than 100 % of a
    pool cannot be true on average, for the work was done.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.profitability import account_profit
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     profit = account_profit(portfolio, "2025-01-01", "2025-12-31")
    >>> found = minutes_sensitivity(profit)
    >>> found.table.index.tolist(), bool(found.table["losing"].is_monotonic_increasing)
    ([0.75, 1.0, 1.25], True)
    """
    if profit.served is None or profit.pools is None:
        raise MissingDataError(
            f"the figures end at the {profit.basis}, without cost to serve: import "
            "costs and activity_minutes to ask what minutes change"
        )
    if not len(factors):
        raise UsageError("factors = (): give at least one, such as 0.75 and 1.25")
    known = profit.table.dropna(subset="contribution")
    rest = known["contribution"] - known["cost_to_serve"]
    fullest = float(profit.pools["utilisation"].max())
    found, rows = {}, {}
    for factor in sorted(checked_factor(each, "factors") for each in factors):
        found[factor] = rest + factor * known["cost_to_serve"]
        lost = found[factor][found[factor] < 0]
        rows[factor] = {
            "losing": len(lost),
            "lost": -float(lost.sum()),
            "contribution": float(found[factor].sum()),
            "utilisation": factor * fullest,
        }
    loses = pd.DataFrame(found) < 0
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("minutes")
    always, ever = loses.all(axis=1), loses.any(axis=1)
    return MinutesSensitivity(table, loses.index[always], loses.index[ever & ~always])


def sensitivity_sentence(
    found: MinutesSensitivity, currency: str = "", of: str = "accounts"
) -> str:
    """Say how many loss makers stay loss makers whatever minutes one believes.

    Parameters
    ----------
    found : MinutesSensitivity
        From `minutes_sensitivity`.
    currency : str
        Code of the currency.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    str

    Examples
    --------
    >>> table = pd.DataFrame({"losing": [2, 5], "lost": [10.0, 40.0],
    ...     "contribution": [90.0, 60.0], "utilisation": [0.6, 1.1]},
    ...     index=[0.75, 1.25])
    >>> found = MinutesSensitivity(table, pd.Index([1, 2]), pd.Index([3, 4, 5]))
    >>> print(sensitivity_sentence(found, "EUR"))
    If all work took 75 % of the assumed minutes, 2 accounts would lose money (EUR 10);
    with 125 %, 5 (EUR 40). 2 would in any case; for 3 it depends on the minutes: say
    nothing about those before somebody has measured. 125 % cannot be true of all work:
    the fullest pool would need 110 % of its capacity.
    """
    low, high = found.table.iloc[0], found.table.iloc[-1]
    first, last = (format_share(float(each), 0) for each in found.table.index[[0, -1]])
    told = (
        f"If all work took {first} of the assumed minutes, "
        f"{counted(low['losing'], of)} would lose money "
        f"({format_money(low['lost'], currency)}); with {last}, "
        f"{format_count(high['losing'])} ({format_money(high['lost'], currency)}). "
        f"{format_count(len(found.always))} would in any case; for "
        f"{format_count(len(found.sometimes))} it depends on the minutes"
    )
    told += (
        ": say nothing about those before somebody has measured."
        if len(found.sometimes)
        else "."
    )
    if high["utilisation"] <= 1:
        return told
    return (
        f"{told} {last} cannot be true of all work: the fullest pool would need "
        f"{format_share(high['utilisation'], 0)} of its capacity."
    )
