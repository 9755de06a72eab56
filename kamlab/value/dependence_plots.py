"""Picture of dependence: what is left without each large account."""

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
)
from kamlab.value.concentration import effective_number
from kamlab.value.dependence import loss_of_each

_MOST_TICKS = 6
# Part of the width right of the marks, for the column of shares.
_ROOM_FOR_SHARES = 1.4


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
