"""Pictures of concentration: the curve, the Lorenz curve, the largest accounts.

Every function draws one figure whose headline is the finding, describes it in words
for people who cannot see it, and returns its axes. `kamlab.style.show` shows it.
"""

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from kamlab.errors import UsageError, did_you_mean
from kamlab.style import (
    COLOURS,
    display_name,
    finish,
    format_count,
    format_money,
    format_share,
    new_axes,
    new_rows,
    plain,
    share_axis,
)
from kamlab.value.concentration import (
    accounts_for_share,
    top_n_share,
    top_share,
)
from kamlab.value.concentration_curves import concentration_curve
from kamlab.value.revenue import positive_amounts

#: Sayings to compare with: share of accounts, share of revenue (or profit).
REFERENCES = {"20/80": (0.20, 0.80), "29/80": (0.29, 0.80), "10/93": (0.10, 0.93)}

# Part of the width that the longest bar takes; its amount stands beside it.
_BARS_WIDTH = 0.4


def plot_concentration_curve(
    revenue: ArrayLike,
    references: Sequence[str] = ("20/80",),
    source: str = "",
    ax: Axes | None = None,
    of: str = "accounts",
) -> Axes:
    """Draw which share of revenue the largest accounts bring, beside 20/80.

    Parameters
    ----------
    revenue : Series or array-like of shape (n_accounts,)
        Money by account; only positive revenue counts.
    references : sequence of {"20/80", "29/80", "10/93"}
        Sayings to mark; the first sets the share of accounts in the headline.
    source : str
        Which data, and their last day.
    ax : matplotlib Axes, optional
        Where to draw.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    UsageError, DataError
        If a reference is unknown, or the revenue cannot be used.

    Examples
    --------
    >>> from kamlab.style import alternative_text
    >>> ax = plot_concentration_curve([70, 10, 10, 5, 5])
    >>> print(alternative_text(ax))
    The top 20 % of 5 accounts bring 70.0 % of revenue; 40.0 % of them bring 80 %.
    The curve lies below 20/80 (the top 20 % would bring 80 %).
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    points = [_reference(name) for name in references] or [(0.2, 0.8)]
    top = points[0][0]
    amounts = positive_amounts(revenue)
    share = top_share(amounts, top)
    finding = (
        f"The top {format_share(top, 0)} of {format_count(len(amounts))} {of} "
        f"bring {format_share(share)} of revenue"
    )
    ax = _draw_curve(concentration_curve(amounts), ax, "from the largest", of)
    for name in references:
        _mark_reference(ax, name, amounts)
    _mark_own(ax, (top, share))
    few = format_share(accounts_for_share(amounts))
    beside = [_beside(amounts, name) for name in references]
    words = [f"{finding}; {few} of them bring 80 %.", *beside]
    return finish(ax, finding, " ".join(words), source)


def plot_top_accounts(
    revenue: ArrayLike,
    n: int = 10,
    names: Mapping[object, str] | None = None,
    currency: str = "",
    source: str = "",
    ax: Axes | None = None,
    of: str = "accounts",
) -> Axes:
    """Draw the largest accounts, with the share of revenue they bring together.

    Parameters
    ----------
    revenue : Series of shape (n_accounts,)
        Money by account; only positive revenue counts.
    n : int
        Number of accounts to draw.
    names : mapping or Series, optional
        Name by account; accounts without one show their id.
    currency : str
        Code of the currency.
    source : str
        Which data, and their last day.
    ax : matplotlib Axes, optional
        Where to draw.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    UsageError, DataError
        If `n` is no whole number above 0, or the revenue cannot be used.

    Examples
    --------
    >>> from kamlab.style import alternative_text
    >>> ax = plot_top_accounts(pd.Series({"A": 60, "B": 30, "C": 10}), n=2)
    >>> print(alternative_text(ax))
    The 2 largest of 3 accounts bring 90.0 % of revenue. A 60 (60.0 %, together
    60.0 %); B 30 (30.0 %, together 90.0 %).
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    amounts = positive_amounts(revenue)
    together = top_n_share(amounts, n)
    shown = amounts.iloc[: int(n)]
    finding = _of_the_largest(len(shown), len(amounts), together, of)
    table = pd.DataFrame(
        {
            "amount": [format_money(amount, currency) for amount in shown],
            "share": (shown / amounts.sum()).map(format_share),
            "together": (shown.cumsum() / amounts.sum()).map(format_share),
        }
    )
    ax = new_rows(shown.index, names, ax)
    ax.barh(range(len(shown)), shown, color=COLOURS["blue"], height=0.7)
    _write_beside_bars(ax, shown, table)
    each = "; ".join(
        f"{display_name(row.Index, names)} {row.amount} "
        f"({row.share}, together {row.together})"
        for row in table.itertuples()
    )
    return finish(ax, finding, f"{finding}. {each}.", source)


def _reference(name: str) -> tuple[float, float]:
    if name not in REFERENCES:
        raise UsageError(f"reference {name!r}: {did_you_mean(name, REFERENCES)}")
    return REFERENCES[name]


def _draw_curve(curve: pd.DataFrame, ax: Axes | None, order: str, of: str) -> Axes:
    """Draw a curve and the straight line of equal accounts, named on its free side."""
    ax = new_axes(ax)
    accounts, reached = curve["share_of_accounts"], curve["share_of_revenue"]
    ax.plot(accounts, reached, color=COLOURS["blue"])
    ax.plot([0, 1], [0, 1], color=COLOURS["grey"], linewidth=1, linestyle="--")
    is_above = order == "from the largest"
    ax.annotate(
        f"all {of} equal",
        (0.65, 0.65),
        (8, -4) if is_above else (-8, 4),
        textcoords="offset points",
        ha="left" if is_above else "right",
        va="top" if is_above else "bottom",
        color=COLOURS["grey"],
    )
    ax.set(xlabel=f"Share of {of}, {order}", ylabel="Share of revenue")
    ax.set(xlim=(0, 1), ylim=(0, 1.03))
    share_axis(ax.xaxis)
    share_axis(ax.yaxis)
    return ax


def _mark_reference(ax: Axes, name: str, amounts: pd.Series) -> None:
    """Mark a saying, and name it on the side where the curve does not pass."""
    point = REFERENCES[name]
    is_below = point[1] <= top_share(amounts, point[0])
    ax.plot(*point, "o", color=COLOURS["red"], markerfacecolor="white", markersize=8)
    ax.annotate(
        name,
        point,
        (8, -5) if is_below else (-5, 5),
        textcoords="offset points",
        ha="left" if is_below else "right",
        va="top" if is_below else "bottom",
    )


def _mark_own(ax: Axes, point: tuple[float, float]) -> None:
    ax.plot(*point, "o", color=COLOURS["blue"], markersize=8, zorder=5)
    label = f"here {format_share(point[1])}"
    ax.annotate(label, point, (9, -4), textcoords="offset points", va="top")


def _beside(amounts: pd.Series, name: str) -> str:
    accounts, share = REFERENCES[name]
    gap = top_share(amounts, accounts) - share
    where = "on" if abs(gap) < 0.005 else "above" if gap > 0 else "below"
    return (
        f"The curve lies {where} {name} (the top {format_share(accounts, 0)} would "
        f"bring {format_share(share, 0)})."
    )


def _of_the_largest(shown: int, accounts: int, share: float, of: str) -> str:
    largest = "largest" if shown == 1 else f"{shown} largest"
    bring = "brings" if shown == 1 else "bring"
    return (
        f"The {largest} of {format_count(accounts)} {of} {bring} "
        f"{format_share(share)} of revenue"
    )


def _write_beside_bars(ax: Axes, shown: pd.Series, table: pd.DataFrame) -> None:
    """Amounts at the bars' ends, shares in two columns on the right."""
    ax.set_xlim(0, shown.max() / _BARS_WIDTH)
    ax.xaxis.set_visible(False)
    ax.spines["bottom"].set_visible(False)
    for row, amount in enumerate(shown):
        place = {"textcoords": "offset points", "va": "center"}
        ax.annotate(plain(table["amount"].iloc[row]), (amount, row), (5, 0), **place)
    for right, column in ((0.81, "share"), (1.0, "together")):
        for row, text in enumerate([column, *table[column]], start=-1):
            ax.text(
                right,
                row,
                text,
                transform=ax.get_yaxis_transform(),
                ha="right",
                va="center",
                color=COLOURS["grey"] if row < 0 else COLOURS["ink"],
            )
