"""Time and profit drawn side by side, group by group."""

from math import isnan

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kamlab.style import (
    COLOURS,
    finish,
    format_share,
    new_axes,
    plain,
    share_axis,
)
from kamlab.value.time_allocation import TimeAllocation
from kamlab.value.time_allocation_words import group_in_words, mismatch_sentence

_BAR = 0.38
#: Of a gain and of a loss.
_PROFIT_COLOURS = (COLOURS["blue"], COLOURS["red"])
# With more groups than this their figures would run into each other.
_MOST_LABELLED = 5
_GROUP_WIDTH = 14


def plot_time_and_profit(
    found: TimeAllocation,
    named: str = "Group of customers",
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw each group's share of time beside its share of profit.

    Parameters
    ----------
    found : TimeAllocation
        From `kamlab.value.time_allocation`.
    named : str
        What the groups are; the label of the axis.
    source : str
        Which data, and their last day.
    ax : matplotlib Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib Axes
        Without the profit where there is none to take a share of.

    Examples
    --------
    >>> from kamlab.style import alternative_text
    >>> from kamlab.value.time_allocation import grouped_time_allocation
    >>> groups = pd.Index(["top", "others"])
    >>> shares = pd.Series([0.1, 0.9], groups), [0.2, 0.8], [1.2, -0.2]
    >>> ax = plot_time_and_profit(grouped_time_allocation(*shares))
    >>> print(alternative_text(ax))
    The best 10 % of customers get 20.0 % of the time and bring 120.0 % of the profit.
    top: 10.0 % of customers, 20.0 % of time, 120.0 % of profit; others: 90.0 % of
    customers, 80.0 % of time, −20.0 % of profit. 80.0 % of the time would have to
    move to stand where the profit is. That is a distance, not an aim: what one more
    hour would bring, nobody has measured here.
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    table = found.table
    ax = new_axes(ax)
    places = np.arange(len(table))
    bars = [
        ("share_of_time", "time", -_BAR / 2),
        ("share_of_profit", "profit", _BAR / 2),
    ]
    for column, word, offset in bars:
        _draw_bars(ax, places + offset, table[column], word)
    ax.axhline(0, color=COLOURS["ink"], linewidth=0.8)
    ax.set_xticks(places, [plain(group, _GROUP_WIDTH) for group in table.index])
    ax.tick_params(axis="x", length=0)
    ax.set(xlabel=named, ylabel="Share of all")
    ax.margins(y=0.14)
    share_axis(ax.yaxis)
    finding = _finding(table)
    rows = "; ".join(group_in_words(row) for _, row in table.iterrows())
    words = f"{finding}. {rows}. {mismatch_sentence(found)}"
    return finish(ax, finding, words, source)


def _draw_bars(ax: Axes, places: np.ndarray, shares: pd.Series, word: str) -> None:
    """Draw the bars of one kind, and name it at its highest."""
    heights = shares.fillna(0.0).to_numpy()
    gain, loss = (COLOURS["grey"],) * 2 if word == "time" else _PROFIT_COLOURS
    colours = [gain if height >= 0 else loss for height in heights]
    ax.bar(places, heights, _BAR, color=colours)
    labelled = range(len(heights)) if len(heights) <= _MOST_LABELLED else []
    highest = int(heights.argmax())
    for row in {*labelled, highest}:
        texts = [word] if row == highest and shares.notna().all() else []
        texts += [format_share(shares.iloc[row], 0)] if row in labelled else []
        up = heights[row] >= 0
        # Narrow bars: the word must not run over the neighbour on its right.
        aside = word == "time" and row not in labelled
        ax.annotate(
            "\n".join(texts),
            (places[row] + aside * _BAR / 2, heights[row]),
            (0, 3 if up else -3),
            textcoords="offset points",
            ha="right" if aside else "center",
            va="bottom" if up else "top",
            color=colours[row],
        )


def _finding(table: pd.DataFrame) -> str:
    best = table.iloc[0]
    customers = format_share(best["share_of_customers"], 0)
    time = (
        f"The best {customers} of customers get {format_share(best['share_of_time'])}"
    )
    if isnan(best["share_of_profit"]):
        return f"{time} of the time; there is no profit in all"
    profit = format_share(best["share_of_profit"])
    return f"{time} of the time and bring {profit} of the profit"
