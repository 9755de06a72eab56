"""Pictures of profit: waterfall and bridge, use of pools."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kamlab.style import (
    COLOURS,
    NAME_WIDTH,
    display_name,
    finish,
    format_money,
    format_share,
    new_rows,
    plain,
    share_axis,
)
from kamlab.value.profit_bridge import ProfitBridge
from kamlab.value.profit_steps import profit_steps, step_name
from kamlab.value.profitability import AccountProfit

_BAR_HEIGHT = 0.66
#: Part of the width kept free on either side for the amounts.
_ROOM_FOR_AMOUNTS = 0.2
_FULL = 1.0
#: Part of a pool's capacity in which its use can be written in white.
_ROOM_FOR_SHARE = 0.3


def plot_waterfall(
    profit: AccountProfit,
    account: object = None,
    names: Mapping[object, str] | None = None,
    currency: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw what is left of the list price of one account, or of all, step by step.

    Parameters
    ----------
    profit : AccountProfit
        From `kamlab.value.profitability.account_profit`.
    account : object, optional
        The account or group; by default all together.
    names : mapping or Series, optional
        Name by account.
    currency : str
        Code of the currency.
    source : str
        Which data, and their last day.
    ax : matplotlib Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    UsageError
        If the account is not in the table, or its cost of goods is not known.

    Examples
    --------
    >>> from datetime import date
    >>> from kamlab.style import alternative_text
    >>> table = pd.DataFrame({"revenue": [100.0], "cost_of_goods": [-60.0],
    ...     "margin": [40.0], "contribution": [40.0]}, index=["A"])
    >>> day = date(2025, 12, 31)
    >>> profit = AccountProfit(table, day, day, "gross margin")
    >>> print(alternative_text(plot_waterfall(profit, "A", currency="EUR")))
    Of EUR 100 net revenue of A, EUR 40 is left as gross margin (40.0 %). Net revenue
    EUR 100; Cost of goods −EUR 60; Gross margin EUR 40.
    >>> import matplotlib.pyplot as plt
    >>> plt.close("all")
    """
    steps = profit_steps(profit, account)
    ends = steps["amount"].where(steps["is_total"], 0.0)
    so_far = steps["amount"].where(~steps["is_total"], 0.0).cumsum()
    ends = ends.where(steps["is_total"], so_far)
    starts = (ends - steps["amount"]).where(~steps["is_total"], 0.0)
    labels = {step: step_name(step) for step in steps.index}
    ax = new_rows(steps.index, labels, ax)
    _draw_steps(ax, starts, ends, steps["is_total"], currency)
    who = "all accounts" if account is None else display_name(account, names)
    drawn = who if account is None else plain(who, NAME_WIDTH)
    told = _told(steps["amount"].rename(labels), currency)
    finding = _waterfall_finding(steps, profit.basis, currency)
    words = f"{finding.format(who=who)}. {told}"
    return finish(ax, finding.format(who=drawn), words, source)


def plot_bridge(
    bridge: ProfitBridge,
    currency: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw where profit went between two periods, from one total to the other.

    Parameters
    ----------
    bridge : ProfitBridge
        From `kamlab.value.profit_bridge.profit_bridge`.
    currency : str
        Code of the currency.
    source : str
        Which data, and their last day.
    ax : matplotlib Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.style import alternative_text
    >>> from kamlab.value.profit_bridge import profit_bridge
    >>> from kamlab.value.profit_periods import compared_periods
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     ax = plot_bridge(profit_bridge(*compared_periods(portfolio)), "EUR")
    >>> "List prices EUR 1.72 M" in alternative_text(ax)
    True
    >>> import matplotlib.pyplot as plt
    >>> plt.close("all")
    """
    steps = bridge.steps[bridge.steps.round(2) != 0]
    first, last = bridge.before.label, bridge.after.label
    amounts = pd.concat(
        [
            pd.Series({first: bridge.profit_before}),
            steps.rename(step_name),
            pd.Series({last: bridge.profit_after}),
        ]
    )
    is_total = pd.Series(amounts.index.isin([first, last]), index=amounts.index)
    ends = amounts.cumsum()
    ends[last] = bridge.profit_after
    starts = (ends - amounts).where(~is_total, 0.0)
    ax = new_rows(amounts.index, None, ax)
    _draw_steps(ax, starts, ends, is_total, currency)
    _near_the_steps(ax, starts, ends, is_total)
    finding = _bridge_finding(bridge, steps, currency)
    return finish(ax, finding, f"{finding}. {_told(amounts, currency)}", source)


def plot_pools(
    pools: pd.DataFrame, currency: str = "", source: str = "", ax: Axes | None = None
) -> Axes:
    """Draw how far the capacity of every pool is used, and what the rest costs.

    Parameters
    ----------
    pools : DataFrame
        From `kamlab.value.cost_to_serve.CostToServe`.
    currency : str
        Code of the currency.
    source : str
        Which data, and their last day.
    ax : matplotlib Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> from kamlab.style import alternative_text
    >>> pools = pd.DataFrame({"cost": [500.0], "unused_cost": [125.0],
    ...     "utilisation": [0.75]}, index=["warehouse"])
    >>> print(alternative_text(plot_pools(pools, "EUR")))
    Of EUR 500 for the pools, EUR 125 (25.0 %) pays for capacity that no account took.
    warehouse: 75.0 % used, EUR 125 unused.
    >>> import matplotlib.pyplot as plt
    >>> plt.close("all")
    """
    shown = pools.sort_values("cost", ascending=False, kind="stable")
    rows = np.arange(len(shown))
    used = shown["utilisation"].fillna(0.0)
    ax = new_rows(shown.index, None, ax)
    ax.barh(rows, _FULL, _BAR_HEIGHT, color=COLOURS["light"])
    colours = [COLOURS["red" if share > _FULL else "blue"] for share in used]
    ax.barh(rows, used, _BAR_HEIGHT, color=colours)
    widest = max(_FULL, used.max()) if len(used) else _FULL
    told = []
    for row, (pool, each) in enumerate(shown.iterrows()):
        share, rest = _use_in_words(each, currency)
        told.append(f"{pool}: {share}, {rest}")
        ink = "white" if used.iloc[row] > _ROOM_FOR_SHARE else COLOURS["ink"]
        ax.text(0.02, row, share, va="center", color=ink)
        ax.text(widest * 1.02, row, rest, va="center", fontsize=9)
    ax.set_xlim(0, widest * 1.45)
    ax.set_xticks(np.arange(0, widest + 0.01, 0.25))
    ax.set_xlabel("Share of practical capacity")
    share_axis(ax.xaxis)
    # Overtime of one pool pays for no idle hour of another.
    cost, unused = shown["cost"].sum(), shown["unused_cost"].clip(lower=0).sum()
    finding = (
        f"Of {format_money(cost, currency)} for the pools, "
        f"{format_money(unused, currency)} "
        f"({format_share(unused / cost if cost else 0.0)}) pays for capacity that no "
        "account took"
    )
    return finish(ax, finding, f"{finding}. {'; '.join(told)}.", source)


def _draw_steps(
    ax: Axes, starts: pd.Series, ends: pd.Series, is_total: pd.Series, currency: str
) -> None:
    """Draw bars from where each step begins to where it ends, with its amount."""
    rows = np.arange(len(ends))
    change = ends - starts
    gain = np.where(is_total, COLOURS["blue"], COLOURS["green"])
    colours = np.where(change >= 0, gain, COLOURS["red"])
    colours[0] = COLOURS["blue"]  # what everything else is taken from
    ax.barh(rows, change, _BAR_HEIGHT, left=starts, color=colours)
    ax.vlines(ends.iloc[:-1], rows[:-1], rows[1:], color=COLOURS["grey"], lw=0.8)
    ax.axvline(0, color=COLOURS["grey"], linewidth=1)
    right = np.maximum(starts, ends)
    low, high = min(starts.min(), ends.min(), 0), max(right.max(), 0)
    ax.set_xlim(low, high + (high - low or 1.0) * _ROOM_FOR_AMOUNTS)
    for row, (place, amount) in enumerate(zip(right, change, strict=True)):
        text = f" {format_money(amount, currency)}"
        ax.text(place, row, text, va="center", ha="left", fontsize=9)
    ax.set_xticks([])
    ax.spines[["bottom", "left"]].set_visible(False)


def _near_the_steps(
    ax: Axes, starts: pd.Series, ends: pd.Series, is_total: pd.Series
) -> None:
    """Cut the foot of both totals off, or the steps between them would be specks."""
    low = float(np.minimum(starts.where(~is_total, ends), ends).min())
    high = float(np.maximum(starts, ends).max())
    if low <= 0:
        return
    left = max(0.0, low - (high - low) * 0.5)
    ax.set_xlim(left, high + (high - left) * _ROOM_FOR_AMOUNTS)
    if left > 0:
        ax.set_xlabel("Bars of both totals are cut off on the left", fontsize=9)


def _told(amounts: pd.Series, currency: str) -> str:
    each = (f"{step} {format_money(a, currency)}" for step, a in amounts.items())
    return "; ".join(each) + "."


def _waterfall_finding(steps: pd.DataFrame, basis: str, currency: str) -> str:
    start, last = steps["amount"].iloc[0], steps["amount"].iloc[-1]
    name = step_name(str(steps.index[0])).lower()
    share = f" ({format_share(last / start)})" if start > 0 else ""
    return (
        f"Of {format_money(start, currency)} {name} of {{who}}, "
        f"{format_money(last, currency)} is left as {basis}{share}"
    )


def _bridge_finding(bridge: ProfitBridge, steps: pd.Series, currency: str) -> str:
    change = bridge.profit_after - bridge.profit_before
    moved = "rose" if change >= 0 else "fell"
    basis = bridge.after.basis.capitalize()
    text = f"{basis} {moved} by {format_money(abs(change), currency)}"
    if (steps < 0).any():
        worst = steps.idxmin()
        lost = format_money(-steps[worst], currency)
        text += f"; {step_name(str(worst)).lower()} took {lost}"
    return text


def _use_in_words(pool: pd.Series, currency: str) -> tuple[str, str]:
    """Say which part of a pool's capacity is used, and what the rest costs."""
    share = pool["utilisation"]
    used = "capacity 0" if pd.isna(share) else f"{format_share(share)} used"
    if pool["unused_cost"] < 0:
        return used, f"{format_money(-pool['unused_cost'], currency)} beyond capacity"
    return used, f"{format_money(pool['unused_cost'], currency)} unused"
