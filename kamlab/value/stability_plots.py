"""Steadiness against size, key accounts beside the others."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from kamlab.errors import DataError
from kamlab.style import (
    COLOURS,
    finish,
    format_count,
    format_money,
    format_share,
    new_axes,
    plain,
)
from kamlab.value.named_points import name_points
from kamlab.value.stability_comparison import StabilityComparison, compare_stability
from kamlab.value.stability_words import comparison_sentence

_Names = Mapping[object, str] | None
_VARIATIONS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)


def plot_stability(
    stability: pd.DataFrame,
    is_key: pd.Series,
    names: _Names = None,
    n: int = 3,
    currency: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw how much accounts of each size vary, and whether key accounts vary less.

    Parameters
    ----------
    stability : DataFrame
        From `kamlab.value.revenue_stability.revenue_stability`.
    is_key : Series of bool
        Whether an account is a key account.
    names : mapping or Series, optional
        Name by account; accounts without one show their id.
    n : int
        Key accounts that vary most, to be named.
    currency : str
        Code of the currency.
    source : str
        Which data, and their last day.
    ax : matplotlib Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib Axes
        Both scales logarithmic: accounts one above the other are of equal size.

    Raises
    ------
    UsageError
        As `kamlab.value.stability_comparison.compare_stability`.
    DataError
        If no account has a coefficient of variation.

    Examples
    --------
    >>> from kamlab.style import alternative_text
    >>> size = pd.Series(range(1, 61), dtype=float)
    >>> steady = pd.DataFrame({"revenue": size, "variation": 2 / size**0.5})
    >>> ax = plot_stability(steady, size > 50)
    >>> ax.figure.get_suptitle().replace(chr(10), " ")
    'The median key account varies by 26.8 % of its mean, the median of the others by
    39.6 %'
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    found = compare_stability(stability, is_key)
    told = stability[(stability["variation"] > 0) & (stability["revenue"] > 0)]
    if told.empty:
        raise DataError(
            f"none of {len(stability)} accounts has a coefficient of variation: take "
            "more quarters"
        )
    key = is_key.reindex(told.index).eq(True)
    ax = new_axes(ax)
    ax.set_xscale("log")
    ax.set_yscale("log")
    _draw_side(ax, told[~key], "grey", "others")
    _draw_side(ax, told[key], "blue", "key accounts")
    _label_axes(ax, currency)
    unsteady = told[key].nlargest(max(n, 0), "variation")
    name_points(ax, unsteady[["revenue", "variation"]], names)
    finding = _finding(found)
    return finish(ax, finding, f"{finding}. {comparison_sentence(found)}", source)


def _draw_side(ax: Axes, side: pd.DataFrame, colour: str, word: str) -> None:
    if side.empty:
        return
    ax.scatter(
        side["revenue"],
        side["variation"],
        s=22,
        color=COLOURS[colour],
        alpha=0.55,
        linewidths=0,
    )
    below = word == "key accounts"
    ax.annotate(
        f"{word} ({format_count(len(side))})",
        (0.99, 0.97) if below else (0.01, 0.03),
        xycoords="axes fraction",
        ha="right" if below else "left",
        va="top" if below else "bottom",
        color=COLOURS[colour],
        weight="bold",
    )


def _label_axes(ax: Axes, currency: str) -> None:
    low, high = ax.get_ylim()
    ticks = [tick for tick in _VARIATIONS if low <= tick <= high]
    ax.set_yticks(ticks, [format_share(tick, 0) for tick in ticks])
    low, high = ax.get_xlim()
    money = [10.0**power for power in range(12) if low <= 10.0**power <= high]
    ax.set_xticks(money, [plain(format_money(tick, currency)) for tick in money])
    ax.minorticks_off()
    ax.set_xlabel("Mean revenue per quarter")
    ax.set_ylabel("Variation, share of the mean")


def _finding(found: StabilityComparison) -> str:
    if found.key.cannot_tell or found.others.cannot_tell:
        return "Too few accounts to compare key accounts with others"
    key, others = format_share(found.key.value), format_share(found.others.value)
    return (
        f"The median key account varies by {key} of its mean, the median of the others "
        f"by {others}"
    )
