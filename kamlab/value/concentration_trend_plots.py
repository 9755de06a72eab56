"""A picture of concentration over time: the shares of the largest accounts."""

from collections.abc import Mapping
from datetime import date
from textwrap import fill

import pandas as pd
from matplotlib.axes import Axes

from kamlab.errors import UsageError
from kamlab.style import (
    COLOURS,
    PALETTE,
    describe,
    display_name,
    format_share,
    headline,
    new_axes,
    plain,
    share_axis,
    source_line,
)

_NAME_WIDTH = 32
_ROOM_FOR_NAMES = 0.62
_LEAST_GAP = 0.06
_MOST_TICKS = 8
_MOST_LONG_TICKS = 3
_SHORT = 4
_TICK_WIDTH = 12


def plot_share_paths(
    shares: pd.DataFrame,
    n: int = 5,
    names: Mapping[object, str] | None = None,
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw how the share of revenue of today's largest accounts came about.

    Parameters
    ----------
    shares : DataFrame of shape (n_accounts, n_periods)
        From `kamlab.value.concentration_trend.shares_by_period`.
    n : int
        Number of accounts to draw, at most 6, one colour each.
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
    UsageError
        If there are fewer than two periods, or `n` is no number from 1 to 6.

    Examples
    --------
    >>> from kamlab.style import alternative_text
    >>> shares = pd.DataFrame({"2024": [0.11, 0.09], "2025": [0.17, 0.08]}, ["A", "B"])
    >>> ax = plot_share_paths(shares)
    >>> print(alternative_text(ax))
    A brings 17.0 % of revenue, after 11.0 % in 2024. A: 2024 11.0 %, 2025 17.0 %;
    B: 2024 9.0 %, 2025 8.0 %.
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    if len(shares.columns) < 2:
        raise UsageError(
            f"shares has {len(shares.columns)} period: a path needs at least two"
        )
    if not 1 <= n <= len(PALETTE):
        raise UsageError(f"n = {n!r}: give a number from 1 to {len(PALETTE)}")
    shown = shares.iloc[:n]
    labels = [_label(period) for period in shares.columns]
    ax = new_axes(ax)
    for colour, (_, path) in zip(PALETTE, shown.iterrows(), strict=False):
        ax.plot(range(len(labels)), path, "o-", color=colour, clip_on=False)
    _name_ends(ax, shown, names)
    _ticks(ax, labels)
    ax.set_xlim(0, (len(labels) - 1) * (1 + _ROOM_FOR_NAMES))
    ax.set_ylim(0, None)
    ax.set_ylabel("Share of revenue")
    ax.grid(axis="y", color=COLOURS["light"], linewidth=0.6)
    share_axis(ax.yaxis)
    return _finish(ax, shown, labels, names, source)


def _name_ends(
    ax: Axes, shown: pd.DataFrame, names: Mapping[object, str] | None
) -> None:
    """Write each name behind its line, moved apart where lines end together."""
    top = float(shown.to_numpy().max())
    heights = shown.iloc[:, -1]
    free = top * 2
    for colour, (account, height) in zip(PALETTE, heights.items(), strict=False):
        free = min(height, free - _LEAST_GAP * top)
        ax.annotate(
            plain(display_name(account, names), _NAME_WIDTH),
            (len(shown.columns) - 1, free),
            (9, 0),
            textcoords="offset points",
            va="center",
            fontsize=9,
            color=colour,
            annotation_clip=False,
        )


def _finish(
    ax: Axes,
    shown: pd.DataFrame,
    labels: list[str],
    names: Mapping[object, str] | None,
    source: str,
) -> Axes:
    first, last = shown.iloc[0, 0], shown.iloc[0, -1]
    finding = (
        f" brings {format_share(last)} of revenue, after {format_share(first)} in "
        f"{_in_words(shown.columns[0])}"
    )
    paths = "; ".join(
        f"{display_name(account, names)}: "
        + ", ".join(
            f"{label} {format_share(share)}"
            for label, share in zip(labels, path, strict=True)
        )
        for account, path in shown.iterrows()
    )
    largest = display_name(shown.index[0], names)
    headline(ax, plain(largest, _NAME_WIDTH) + finding)
    if source:
        source_line(ax, plain(source))
    describe(ax, f"{largest}{finding}. {paths}.")
    return ax


def _in_words(period: object) -> str:
    is_day = isinstance(period, date)
    return f"the period {_label(period)}" if is_day else str(period)


def _label(period: object) -> str:
    if isinstance(period, date):
        return f"to {period:%d %b %Y}"
    return str(period).removeprefix("the ")


def _ticks(ax: Axes, labels: list[str]) -> None:
    """Name the last period, and as many before it as have room."""
    last = len(labels) - 1
    most = _MOST_TICKS if max(map(len, labels)) <= _SHORT else _MOST_LONG_TICKS
    step = -(-len(labels) // most)
    places = range(last % step, last + 1, step)
    ax.set_xticks(places, [fill(labels[each], _TICK_WIDTH) for each in places])
