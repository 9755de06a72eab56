"""Picture of dependence: what would go with each of the largest accounts."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from kamlab.errors import UsageError
from kamlab.style import (
    COLOURS,
    NAME_WIDTH,
    display_name,
    finish,
    format_share,
    new_rows,
    plain,
    share_axis,
)
from kamlab.value.dependence import loss_of_each


def plot_loss_of_each(
    revenue: ArrayLike,
    margin: ArrayLike | None = None,
    n: int = 10,
    names: Mapping[object, str] | None = None,
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw which share of revenue, and of profit, would go with each large account.

    Parameters
    ----------
    revenue : Series of shape (n_accounts,)
        Money by account; only positive revenue counts.
    margin : Series of shape (n_accounts,), optional
        Profit by account; adds a second mark.
    n : int
        Number of accounts to draw.
    names : mapping or Series, optional
        Name by account; accounts without one show their id.
    source : str
        Which data, and their last day.
    ax : matplotlib Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    UsageError, DataError
        If `n` is no whole number above 0, or revenue or margin cannot be used.

    Examples
    --------
    >>> from kamlab.style import alternative_text
    >>> revenue = pd.Series({"A": 60, "B": 30, "C": 10})
    >>> ax = plot_loss_of_each(revenue, margin=pd.Series({"A": 3, "B": 9, "C": 0}))
    >>> print(alternative_text(ax))
    Losing A would cost 60.0 % of revenue and 25.0 % of profit. A: 60.0 % of revenue,
    25.0 % of profit; B: 30.0 % of revenue, 75.0 % of profit; C: 10.0 % of revenue,
    0.0 % of profit.
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    if n < 1 or n != int(n):
        raise UsageError(f"n = {n!r}: give a number of accounts such as 10")
    lost = loss_of_each(revenue, margin).iloc[: int(n)]
    parts = _losses(lost)
    first = lost.index[0]
    costs = " and ".join(
        f"{format_share(shares.iloc[0])} of {kind}" for kind, shares in parts.items()
    )
    ax = new_rows(lost.index, names, ax)
    _draw_losses(ax, parts)
    title = f"Losing {plain(display_name(first, names), NAME_WIDTH)} would cost {costs}"
    words = f"Losing {display_name(first, names)} would cost {costs}."
    each = _losses_in_words(lost.index, names, parts)
    return finish(ax, title, f"{words} {each}", source)


def _losses(lost: pd.DataFrame) -> dict[str, pd.Series]:
    """Shares lost, by what is lost; profit only where it is known."""
    parts = {"revenue": lost["share_of_revenue"]}
    if "share_of_profit" in lost and lost["share_of_profit"].notna().all():
        parts["profit"] = lost["share_of_profit"]
    return parts


def _draw_losses(ax: Axes, parts: dict[str, pd.Series]) -> None:
    rows = np.arange(len(parts["revenue"]))
    ends = pd.DataFrame(parts)
    ax.hlines(rows, ends.min(axis=1), ends.max(axis=1), color=COLOURS["light"], lw=3)
    marks = {"revenue": ("o", "blue"), "profit": ("D", "red")}
    for kind, shares in parts.items():
        marker, colour = marks[kind]
        ax.plot(shares, rows, marker, color=COLOURS[colour], markersize=7, label=kind)
    ax.axvline(0, color=COLOURS["grey"], linewidth=1)
    ax.set_xlabel("Share that would be lost of all " + " or ".join(parts))
    ax.margins(x=0.08)
    ax.grid(axis="x", color=COLOURS["light"], linewidth=0.6)
    ax.set_axisbelow(True)
    share_axis(ax.xaxis)
    if len(parts) > 1:
        _name_first_marks(ax, ends.iloc[0])


def _name_first_marks(ax: Axes, first: pd.Series) -> None:
    """Name both marks of the first row, each on its outer side."""
    for kind, side in zip(first.sort_values().index, (-1, 1), strict=True):
        ax.annotate(
            kind,
            (first[kind], 0),
            (8 * side, 0),
            textcoords="offset points",
            ha="left" if side > 0 else "right",
            va="center",
        )


def _losses_in_words(
    accounts: pd.Index, names: Mapping[object, str] | None, parts: dict[str, pd.Series]
) -> str:
    return (
        "; ".join(
            f"{display_name(account, names)}: "
            + ", ".join(
                f"{format_share(shares[account])} of {kind}"
                for kind, shares in parts.items()
            )
            for account in accounts
        )
        + "."
    )
