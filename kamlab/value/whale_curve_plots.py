"""The whale curve drawn: its back, its peak, and who pulls it down."""

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes

from kamlab.style import (
    COLOURS,
    NAME_WIDTH,
    display_name,
    finish,
    format_count,
    format_money,
    format_share,
    format_value,
    money_axis,
    new_axes,
    plain,
    share_axis,
)
from kamlab.value.whale_curve import WhaleCurve
from kamlab.value.whale_curve_words import loss_makers_sentence, whale_sentence

_Names = Mapping[object, str] | None
# Part of the height of the curve that stays free above and below it for labels.
_ROOM = 0.14
# Few points are groups of a printed table, and each is worth its own mark.
_MARKED_POINTS = 12
# The measure that leaves nothing unpaid that an account causes.
_WHOLE = "contribution"


def plot_whale_curve(
    curve: WhaleCurve,
    names: _Names = None,
    currency: str = "",
    source: str = "",
    ax: Axes | None = None,
    of: str = "accounts",
    label: int = 2,
    measure: str = "contribution",
) -> Axes:
    """Draw profit added up from the best account to the worst, with peak and end.

    Parameters
    ----------
    curve : WhaleCurve
        From `kamlab.value.whale_curve.whale_curve`.
    names : mapping or Series, optional
        Name by account; accounts without one show their id.
    currency : str
        Code of the currency.
    source : str
        Which data, and their last day.
    ax : matplotlib Axes, optional
        Where to draw.
    of : {"accounts", "groups", "customers"}
        What a row is.
    label : int
        Number of loss makers to name on the curve.
    measure : str
        What is added up, such as "gross margin". Only of a contribution it is said
        that an account costs money: any other measure leaves something unpaid.

    Returns
    -------
    matplotlib Axes
        Upwards the share of the total, or money where the total is not positive.

    Examples
    --------
    >>> from kamlab.style import alternative_text
    >>> from kamlab.value.whale_curve import whale_curve
    >>> ax = plot_whale_curve(whale_curve({"A": 90, "B": 20, "C": -10}), currency="EUR")
    >>> print(alternative_text(ax))
    2 of 3 accounts make money, EUR 110 together (110.0 % of the total). 1 costs money
    and takes EUR 10 of it back. EUR 100 is left. The only loss maker is C (−EUR 10).
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    ax = new_axes(ax)
    reached, height = _line(curve)
    _draw_curve(ax, curve, reached, height)
    _mark_peak_and_end(ax, curve, currency)
    if curve.losing and label > 0:
        _name_loss_makers(ax, curve, names, label, measure)
    ax.set(xlabel=f"Share of {of}, from the most profitable")
    _label_heights(ax, curve, currency, measure)
    if measure == _WHOLE:
        finding = _finding(curve, currency, of)
        words = f"{whale_sentence(curve, currency, of)} "
        words += loss_makers_sentence(curve, names, currency, of=of)
    else:
        finding = _partial_finding(curve, currency, of, measure)
        words = f"{finding}. {format_value(curve.total, curve.unit, currency)} in all."
    return finish(ax, finding, words, source)


def _line(curve: WhaleCurve) -> tuple[np.ndarray, np.ndarray]:
    """Trace the curve from nothing: shares of the total, or money without one."""
    column = "cumulative_share" if curve.has_shares else "cumulative"
    reached, height = curve.points["share_of_accounts"], curve.points[column]
    return np.r_[0.0, reached], np.r_[0.0, height]


def _draw_curve(
    ax: Axes, curve: WhaleCurve, reached: np.ndarray, height: np.ndarray
) -> None:
    falling = reached >= curve.peak_at
    end = height[-1]
    ax.plot(reached, height, color=COLOURS["blue"])
    ax.plot(reached[falling], height[falling], color=COLOURS["red"])
    ax.fill_between(
        reached[falling], height[falling], end, color=COLOURS["red"], alpha=0.15
    )
    ax.axhline(end, color=COLOURS["grey"], linewidth=1, linestyle="--")
    if len(reached) <= _MARKED_POINTS:
        ax.plot(reached[1:], height[1:], "o", color=COLOURS["blue"], markersize=6)
    span = max(float(np.ptp(height)), 1e-12)
    ax.set_xlim(0, 1.0)
    ax.set_ylim(height.min() - _ROOM * span / 2, height.max() + _ROOM * span)


def _mark_peak_and_end(ax: Axes, curve: WhaleCurve, currency: str) -> None:
    if not curve.losing or not curve.earning:
        return
    height = curve.peak_share if curve.has_shares else curve.peak
    printed = (
        format_share(curve.peak_share, 0)
        if curve.has_shares
        else plain(format_money(curve.peak, currency))
    )
    ax.plot(curve.peak_at, height, "o", color=COLOURS["blue"], markersize=8, zorder=5)
    right = curve.peak_at > 0.5
    ax.annotate(
        f"peak {printed}, after {format_share(curve.peak_at, 0)}",
        (curve.peak_at, height),
        (0, 8),
        textcoords="offset points",
        ha="right" if right else "left",
    )


def _name_loss_makers(
    ax: Axes, curve: WhaleCurve, names: _Names, label: int, measure: str
) -> None:
    shown = curve.loss_makers.iloc[:label]
    listed = [plain(display_name(name, names), NAME_WIDTH) for name in shown.index]
    right, height = _free_corner(curve)
    ax.annotate(
        "\n".join(["costs most:" if measure == _WHOLE else "lowest:", *listed]),
        (right, height),
        xycoords="axes fraction",
        ha="right",
        va="bottom" if height < 0.5 else "top",
        color=COLOURS["red"],
    )


def _free_corner(curve: WhaleCurve) -> tuple[float, float]:
    """Find room for a list of names that the curve does not pass through."""
    if curve.total > curve.peak / 2:
        return 0.985, 0.04
    return (0.985, 0.96) if curve.peak_at <= 0.5 else (curve.peak_at - 0.02, 0.04)


def _label_heights(ax: Axes, curve: WhaleCurve, currency: str, measure: str) -> None:
    what = "Profit" if measure == _WHOLE else plain(measure).capitalize()
    share_axis(ax.xaxis)
    if curve.has_shares:
        ax.set_ylabel(f"{what}, added up, as share of total")
        share_axis(ax.yaxis)
    else:
        ax.set_ylabel(f"{what}, added up")
        money_axis(ax.yaxis, currency)


def _finding(curve: WhaleCurve, currency: str, of: str) -> str:
    if not curve.losing:
        return f"None of {format_count(curve.accounts)} {of} costs money"
    cost = "costs" if curve.losing == 1 else "cost"
    lost = plain(format_value(curve.lost, curve.unit, currency))
    counted = f"{format_count(curve.losing)} of {format_count(curve.accounts)} {of}"
    if not curve.has_shares:
        return f"{counted} {cost} {lost}, and no profit is left"
    return (
        f"The curve peaks at {format_share(curve.peak_share, 0)} of the profit; "
        f"{counted} {cost} {lost} of it again"
    )


def _partial_finding(curve: WhaleCurve, currency: str, of: str, measure: str) -> str:
    """Say how many fall below nothing, where that is not yet what they cost."""
    if not curve.losing:
        return f"None of {format_count(curve.accounts)} {of} has a negative {measure}"
    have = "has" if curve.losing == 1 else "have"
    lost = plain(format_value(-curve.lost, curve.unit, currency))
    return (
        f"{format_count(curve.losing)} of {format_count(curve.accounts)} {of} {have} a "
        f"negative {measure}, {lost} in all"
    )
