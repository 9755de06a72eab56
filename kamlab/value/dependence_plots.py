"""Pictures of dependence: what would go with each large account, and what is left."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
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
from kamlab.value.concentration import effective_number
from kamlab.value.dependence import loss_of_each

_MOST_TICKS = 6
# Part of the width right of the marks, for the column of shares.
_ROOM_FOR_SHARES = 1.4


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
    _checked_rows(n)
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


def plot_what_is_left(
    revenue: ArrayLike,
    n: int = 10,
    names: Mapping[object, str] | None = None,
    source: str = "",
    ax: Axes | None = None,
    of: str = "accounts",
) -> Axes:
    """Draw how concentrated the others would be without each of the large accounts.

    Parameters
    ----------
    revenue : Series of shape (n_accounts,)
        Money by account; only positive revenue counts.
    n : int
        Number of accounts to draw.
    names : mapping or Series, optional
        Name by account; accounts without one show their id.
    source : str
        Which data, and their last day.
    ax : matplotlib Axes, optional
        Where to draw.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    matplotlib Axes
        Marks at the effective number of the others, beside that of today and the
        share of revenue that would go.

    Raises
    ------
    UsageError, DataError
        If `n` is no whole number above 0, or the revenue cannot be used.

    Examples
    --------
    >>> from kamlab.style import alternative_text
    >>> ax = plot_what_is_left(pd.Series({"A": 60, "B": 30, "C": 10}))
    >>> print(alternative_text(ax))
    Without A the others are as concentrated as 1.6 equal accounts; today it is 2.2.
    Without A: 1.6 (60.0 % of revenue goes); B: 1.3 (30.0 %); C: 1.8 (10.0 %).
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    _checked_rows(n)
    now = effective_number(revenue)
    lost = loss_of_each(revenue).iloc[: int(n)].fillna({"effective_number": 0.0})
    left = lost["effective_number"]
    ax = new_rows(lost.index, names, ax)
    _draw_what_is_left(ax, left, now)
    _write_shares(ax, lost["share_of_revenue"])
    ax.set_xlabel(f"Effective number of the other {of}")
    account = display_name(lost.index[0], names)
    finding = (
        f" the others are as concentrated as {left.iloc[0]:.1f} equal {of}; today it "
        f"is {now:.1f}"
    )
    title = f"Without {plain(account, NAME_WIDTH)}{finding}"
    each = _left_in_words(lost, names)
    return finish(ax, title, f"Without {account}{finding}. {each}", source)


def _draw_what_is_left(ax: Axes, left: pd.Series, now: float) -> None:
    rows = np.arange(len(left))
    ax.hlines(rows, now, left, color=COLOURS["light"], lw=3)
    ax.plot(left, rows, "o", color=COLOURS["blue"], markersize=7)
    ax.axvline(now, color=COLOURS["grey"], linewidth=1, linestyle="--")
    ax.set_xlim(0, max(now, float(left.max())) * _ROOM_FOR_SHARES)
    ax.xaxis.set_major_locator(MaxNLocator(_MOST_TICKS))
    ax.annotate(
        f"today {now:.1f}",
        (now, -1),
        (0, 0),
        textcoords="offset points",
        ha="center",
        va="center",
        color=COLOURS["grey"],
        annotation_clip=False,
    )


def _write_shares(ax: Axes, shares: pd.Series) -> None:
    """Write the share of revenue that goes with each account, in a column."""
    for row, text in enumerate(["revenue lost", *shares.map(format_share)], start=-1):
        ax.text(
            1.0,
            row,
            text,
            transform=ax.get_yaxis_transform(),
            ha="right",
            va="center",
            color=COLOURS["grey"] if row < 0 else COLOURS["ink"],
        )


def _left_in_words(lost: pd.DataFrame, names: Mapping[object, str] | None) -> str:
    rows = [
        f"{display_name(account, names)}: {left:.1f} ({format_share(share)}"
        for account, left, share in zip(
            lost.index, lost["effective_number"], lost["share_of_revenue"], strict=True
        )
    ]
    rows[0] += " of revenue goes"
    return f"Without {'); '.join(rows)})."


def _checked_rows(n: int) -> None:
    if n < 1 or n != int(n):
        raise UsageError(f"n = {n!r}: give a number of accounts such as 10")


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
    if ends.min().min() >= 0:
        ax.set_xlim(0, None)
    ax.xaxis.set_major_locator(MaxNLocator(_MOST_TICKS))
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
