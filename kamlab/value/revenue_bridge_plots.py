"""The picture of a revenue bridge: columns from last year's total to this year's."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kamlab.language import _
from kamlab.style import COLOURS, finish, format_money, new_axes, plain
from kamlab.value.revenue_bridge import RevenueBridge
from kamlab.value.revenue_bridge_words import (
    bridge_opening,
    step_of_revenue,
    step_sentences,
)

_WIDTH = 0.68
#: Wide and low, so that it fills one band of a page.
_SIZE = (6.4, 2.9)
#: Part of the height kept free for the amounts above the columns.
_ROOM = 0.16
#: The totals' feet are cut off this many times the span of the steps below them.
_FOOT = 0.35


def plot_revenue_bridge(
    bridge: RevenueBridge,
    currency: str = "",
    names: Mapping[object, str] | None = None,
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw how last year's net revenue became this year's, column by column.

    Parameters
    ----------
    bridge : RevenueBridge
        From `kamlab.value.revenue_bridge.revenue_bridge`.
    currency : str
        Code of the currency.
    names : mapping or Series, optional
        Name by account, for the alternative text.
    source : str
        Which data, and their last day.
    ax : matplotlib Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> from datetime import date
    >>> from kamlab.fiscal import Period
    >>> from kamlab.style import alternative_text
    >>> then = Period("2024", date(2024, 1, 1), date(2024, 12, 31))
    >>> now = Period("2025", date(2025, 1, 1), date(2025, 12, 31))
    >>> table = pd.DataFrame({"then": [90.0], "price": [-3.0], "now": [87.0]}, ["A"])
    >>> status = pd.Series({"A": "continuing"})
    >>> ax = plot_revenue_bridge(RevenueBridge(now, then, table, status), "EUR")
    >>> print(alternative_text(ax))
    Net revenue of 2025 is EUR 87, EUR 3 (3.3 %) less than in 2024. Prices took EUR 3;
    the largest fall is at A (−EUR 3).
    >>> import matplotlib.pyplot as plt
    >>> plt.close("all")
    """
    steps = bridge.steps
    is_total = np.asarray(steps.index.isin(["then", "now"]))
    ends = np.where(is_total, steps, steps.cumsum())
    starts = np.where(is_total, 0.0, ends - steps)
    ax = new_axes(ax, size=_SIZE)
    _draw_columns(ax, starts, ends, is_total)
    _name_columns(ax, bridge)
    _write_amounts(ax, steps, starts, ends)
    opening = bridge_opening(bridge, currency)
    words = " ".join([opening, *step_sentences(bridge, names, currency).values()])
    return finish(ax, plain(opening.removesuffix(".")), words, source)


def _draw_columns(
    ax: Axes, starts: np.ndarray, ends: np.ndarray, is_total: np.ndarray
) -> None:
    """Draw a column for every total and step, and thin lines from end to end."""
    change = ends - starts
    colours = np.where(change >= 0, COLOURS["green"], COLOURS["red"])
    colours[is_total] = COLOURS["blue"]
    places = np.arange(len(ends))
    ax.bar(places, change, _WIDTH, bottom=starts, color=colours)
    ax.hlines(ends[:-1], places[:-1], places[1:], color=COLOURS["grey"], lw=0.8)
    low, high = _limits(starts, ends, is_total)
    ax.set_ylim(low, high + (high - low) * _ROOM)
    if low > 0:
        ax.set_xlabel(_("Columns of both totals are cut off below"), fontsize=8)
    elif high > 0:
        ax.axhline(0, color=COLOURS["grey"], linewidth=1)


def _limits(
    starts: np.ndarray, ends: np.ndarray, is_total: np.ndarray
) -> tuple[float, float]:
    """Return the part of the scale that is shown: the steps, not the totals' feet."""
    lowest = float(np.minimum(np.where(is_total, ends, starts), ends).min())
    highest = float(np.maximum(starts, ends).max())
    low = min(lowest - (highest - lowest) * _FOOT, lowest)
    if highest == lowest or low <= 0:
        low = min(lowest, 0.0)
    return low, highest if highest > low else low + 1.0


def _name_columns(ax: Axes, bridge: RevenueBridge) -> None:
    labels = [step_of_revenue(step, bridge) for step in bridge.steps.index]
    broken = [plain(label).replace(" ", "\n", 1) for label in labels]
    ax.set_xticks(range(len(broken)), broken, fontsize=8.5)
    ax.tick_params(axis="x", length=0)
    ax.set_yticks([])
    ax.spines[["left", "bottom"]].set_visible(False)


def _write_amounts(
    ax: Axes, steps: pd.Series, starts: np.ndarray, ends: np.ndarray
) -> None:
    """Write every amount above its column; the headline names the currency."""
    for place, (step, amount) in enumerate(steps.items()):
        text = format_money(amount)
        signed = text if step in ("then", "now") or amount <= 0 else f"+{text}"
        top = max(starts[place], ends[place])
        ax.annotate(
            signed,
            (place, top),
            xytext=(0, 2),
            textcoords="offset points",
            ha="center",
            va="bottom",
            fontsize=8.5,
        )
