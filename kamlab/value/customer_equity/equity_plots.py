"""Pictures of customer equity: the accounts with their intervals, and what moves it.

Every function draws one figure whose headline is the finding, describes it in words
for people who cannot see it, and returns its axes. `kamlab.style.show` shows it.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kamlab.errors import UsageError
from kamlab.style import (
    COLOURS,
    NAME_WIDTH,
    display_name,
    finish,
    format_count,
    format_money,
    format_share,
    money_axis,
    new_rows,
    plain,
)
from kamlab.value.customer_equity.valuation import LifetimeValues

#: The colour of each basis that a value may rest on.
_COLOUR_OF = {"contract": "green", "repeat orders": "blue", "sheet": "orange"}
_BAR_HEIGHT = 0.66
#: Part of the longest bar kept free on either side for amounts, and some air.
_ROOM_FOR_AMOUNTS = 1.3


def plot_equity(
    values: LifetimeValues,
    n: int = 20,
    names: Mapping[object, str] | None = None,
    currency: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the accounts that are worth most, with the interval of each.

    Parameters
    ----------
    values : LifetimeValues
        From `kamlab.value.customer_equity.portfolio_lifetime_value`.
    n : int
        Number of accounts to draw, those of most value.
    names : mapping or Series, optional
        Name by account; accounts without one show their id.
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
        If `n` is no number from 1 on, or no account has a value.

    Examples
    --------
    >>> from datetime import date
    >>> from kamlab.estimates import Estimate
    >>> from kamlab.style import alternative_text
    >>> from kamlab.value.customer_equity.quarters import quarters_ahead
    >>> accounts = pd.DataFrame({"value": [60.0, 40.0], "low": [50.0, 5.0],
    ...     "high": [80.0, 90.0], "basis": ["contract", "repeat orders"]}, ["A", "B"])
    >>> values = LifetimeValues(accounts, Estimate(100, 70, 140, 2, unit="money"),
    ...     accounts, quarters_ahead(date(2025, 12, 31), 0.1, 12), "contribution", 0.95)
    >>> print(alternative_text(plot_equity(values, n=1, currency="EUR")))
    Customer equity is EUR 100 (95 % interval EUR 70 to EUR 140); the account of most
    value brings 60.0 %. A EUR 60 (EUR 50 to EUR 80, contract).
    >>> import matplotlib.pyplot as plt
    >>> plt.close("all")
    """
    known = values.accounts.dropna(subset="value")
    if known.empty or isinstance(n, bool) or n < 1:
        raise UsageError(
            f"n = {n!r} of {len(known)} accounts with a value: give a number from 1 on"
        )
    shown = known.sort_values("value", ascending=False, kind="stable").iloc[: int(n)]
    ax = new_rows(shown.index, names, ax)
    rows = np.arange(len(shown))
    colours = [COLOURS[_COLOUR_OF.get(basis, "grey")] for basis in shown["basis"]]
    ax.hlines(rows, shown["low"], shown["high"], color=colours, linewidth=3, alpha=0.45)
    ax.scatter(shown["value"], rows, color=colours, zorder=3)
    if shown["low"].min() < 0:
        ax.axvline(0, color=COLOURS["grey"], linewidth=1)
    _name_bases(ax, shown["basis"])
    money_axis(ax.xaxis)
    ax.locator_params(axis="x", nbins=6)
    ahead = f"Value of the {values.quarters.count} quarters ahead, today"
    ax.set_xlabel(f"{ahead}, {currency}" if currency else ahead)
    finding = _equity_finding(values, shown, currency)
    told = "; ".join(
        f"{display_name(row.Index, names)} {format_money(row.value, currency)} "
        f"({format_money(row.low, currency)} to {format_money(row.high, currency)}, "
        f"{row.basis})"
        for row in shown[["value", "low", "high", "basis"]].itertuples()
    )
    return finish(ax, finding, f"{finding}. {told}.", source)


def plot_sensitivity(
    table: pd.DataFrame,
    currency: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw how far customer equity moves with each lever, the strongest on top.

    Parameters
    ----------
    table : DataFrame
        By lever, as it is to be written ("Retention, 1 point"): ``down`` and ``up``,
        change of customer equity if the lever goes one step down or up, in money.
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
        If the table lacks a column, has no rows, or holds something unknown.

    References
    ----------
    Gupta, S., Lehmann, D. R. and Stuart, J. A. (2004). Valuing customers. Journal of
    Marketing Research 41(1), 7–18.

    Examples
    --------
    >>> from kamlab.style import alternative_text
    >>> table = pd.DataFrame({"down": [10.0, -50.0], "up": [-9.0, 52.0]},
    ...     ["Discount rate, 1 point", "Retention, 1 point"])
    >>> print(alternative_text(plot_sensitivity(table, "EUR")))
    Retention, 1 point moves customer equity most: EUR 52 up, −EUR 50 down. Discount
    rate, 1 point: −EUR 9 up, EUR 10 down.
    >>> import matplotlib.pyplot as plt
    >>> plt.close("all")
    """
    ends = table.reindex(columns=["down", "up"]).astype(float)
    if ends.empty or not np.isfinite(ends.to_numpy()).all():
        raise UsageError(
            f"the table has {len(table)} rows and columns {list(table.columns)}: give "
            "levers with down and up, in money"
        )
    strength = ends.abs().max(axis=1)
    shown = ends.loc[strength.sort_values(ascending=False, kind="stable").index]
    ax = new_rows(shown.index, None, ax)
    rows = np.arange(len(shown))
    for step, colour in (("down", "sky"), ("up", "blue")):
        ax.barh(rows, shown[step], _BAR_HEIGHT, color=COLOURS[colour], label=step)
        _write_amounts(ax, shown[step], shown.drop(columns=step).iloc[:, 0], currency)
    ax.axvline(0, color=COLOURS["grey"], linewidth=1)
    widest = (float(strength.max()) or 1.0) * (1 + _ROOM_FOR_AMOUNTS)
    ax.set_xlim(-widest, widest)
    ax.set_xticks([])
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.legend(
        title="Lever goes one step",
        loc="upper center",
        ncols=2,
        bbox_to_anchor=(0.5, 0.0),
    )
    told = [_moved(row.Index, row.down, row.up, currency) for row in shown.itertuples()]
    first, amounts = told[0].split(": ", 1)
    finding = f"{first} moves customer equity most: {amounts}"
    return finish(ax, plain(finding), ". ".join([finding, *told[1:]]) + ".", source)


def _name_bases(ax: Axes, basis: pd.Series) -> None:
    """Name the colours, if there is more than one."""
    if basis.nunique() < 2:
        return
    for name in basis.drop_duplicates():
        colour = COLOURS[_COLOUR_OF.get(name, "grey")]
        ax.plot([], [], "o-", color=colour, label=f"by {name}")
    ax.legend(loc="lower right")


def _equity_finding(values: LifetimeValues, shown: pd.DataFrame, currency: str) -> str:
    equity = values.equity
    told = f"Customer equity is {format_money(equity.value, currency)}"
    if equity.interval is not None:
        low, high = (format_money(end, currency) for end in equity.interval)
        told += f" ({format_share(equity.level, 0)} interval {low} to {high})"
    if equity.value <= 0:
        return told
    share = format_share(float(shown["value"].sum()) / equity.value)
    if len(shown) == 1:
        return f"{told}; the account of most value brings {share}"
    number = format_count(len(shown))
    return f"{told}; the {number} of {format_count(equity.n)} drawn bring {share}"


def _write_amounts(
    ax: Axes, amounts: pd.Series, others: pd.Series, currency: str
) -> None:
    """Write amounts outside their bars, and beyond a bar on the same side."""
    for row, (amount, other) in enumerate(zip(amounts, others, strict=True)):
        if np.sign(amount) == np.sign(other) and abs(amount) < abs(other):
            continue
        text = format_money(amount, currency)
        right = amount >= 0
        ax.annotate(
            text if not right or amount == 0 else f"+{text}",
            (amount, row),
            (4 if right else -4, 0),
            textcoords="offset points",
            ha="left" if right else "right",
            va="center",
            fontsize=9,
        )


def _moved(lever: object, down: float, up: float, currency: str) -> str:
    amounts = f"{format_money(up, currency)} up, {format_money(down, currency)} down"
    return f"{plain(lever, NAME_WIDTH)}: {amounts}"
