"""Pictures that show how far a purchase model can be believed.

Every function draws one table of `diagnostics.py` or `holdout.py`; the headline is the
finding, and the figure says it in words for people who cannot see it.
"""

import pandas as pd
from matplotlib.axes import Axes

from kamlab.errors import UsageError
from kamlab.style import (
    COLOURS,
    PALETTE,
    finish,
    format_count,
    format_number,
    format_share,
    new_axes,
    plain,
    share_axis,
)
from kamlab.value.lifetime.line_names import name_lines, name_months

_BAR = 0.4
#: Part of the width kept free on the right for the names of lines.
_ROOM_FOR_NAMES = 0.2
#: Name, column, colour and line of what was seen and foretold.
_TRACKS = (("seen", "actual", "blue", "-"), ("foretold", "expected", "orange", "--"))
#: Columns of a table that are no model's.
_SEEN = ("accounts", "actual")


def plot_frequency_histogram(
    table: pd.DataFrame, source: str = "", ax: Axes | None = None
) -> Axes:
    """Draw how many accounts re-ordered how often, beside what the model expects.

    Parameters
    ----------
    table : DataFrame
        From `kamlab.value.lifetime.diagnostics.frequency_fit`.
    source : str
        Which data, which model, and their last day.
    ax : matplotlib Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    UsageError
        If the table lacks a column or has no rows.

    Examples
    --------
    >>> from kamlab.style import alternative_text
    >>> rows = pd.RangeIndex(3, name="frequency")
    >>> table = pd.DataFrame({"accounts": [6, 3, 1], "expected": [5.6, 2.9, 1.5]}, rows)
    >>> print(alternative_text(plot_frequency_histogram(table)))
    6 of 10 accounts never re-ordered; the model expects 5.60. Accounts by repeat
    orders, seen and expected: 0: 6 and 5.60; 1: 3 and 2.90; 2+: 1 and 1.50.
    >>> import matplotlib.pyplot as plt
    >>> plt.close("all")
    """
    _checked(table, ("accounts", "expected"))
    seen, expected = table["accounts"], table["expected"]
    ax, places = new_axes(ax), pd.RangeIndex(len(table))
    ax.bar(places - _BAR / 2, seen, _BAR, color=COLOURS["blue"], label="seen")
    ax.bar(places + _BAR / 2, expected, _BAR, color=COLOURS["orange"], label="expected")
    _write_above(ax, places - _BAR / 2, seen)
    ax.legend(loc="best")
    labels = _frequencies(table)
    ax.set_xticks(places, labels)
    ax.set(xlabel="Repeat orders in the time learnt from", ylabel="Accounts")
    finding = (
        f"{format_count(seen.iloc[0])} of {format_count(seen.sum())} accounts never "
        f"re-ordered; the model expects {format_number(expected.iloc[0])}"
    )
    told = "; ".join(
        f"{label}: {format_count(one)} and {format_number(other)}"
        for label, one, other in zip(labels, seen, expected, strict=True)
    )
    words = f"{finding}. Accounts by repeat orders, seen and expected: {told}."
    return finish(ax, finding, words, source)


def plot_tracking(
    table: pd.DataFrame,
    cumulative: bool = True,
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the repeat orders of all accounts over time, seen and foretold.

    Parameters
    ----------
    table : DataFrame
        From `kamlab.value.lifetime.diagnostics.tracking`.
    cumulative : bool
        Whether orders are added up from the beginning, or stand period by period.
    source : str
        Which data, which model, and their last day.
    ax : matplotlib Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    UsageError
        If the table lacks a column, or nothing is held out.

    Examples
    --------
    >>> from kamlab.style import alternative_text
    >>> table = pd.DataFrame(
    ...     {"actual": [5, 4, 2], "expected": [4.5, 4.0, 3.0],
    ...      "actual_so_far": [5, 9, 11], "expected_so_far": [4.5, 8.5, 11.5],
    ...      "held_out": [False, False, True]},
    ...     pd.to_datetime(["2025-06-30", "2025-09-30", "2025-12-31"]),
    ... )
    >>> print(alternative_text(plot_tracking(table)))
    The model expected 3 orders after 30 Sep 2025, and 2 came (50.0 % too many). From
    the beginning to 31 Dec 2025 it expects 11.5 repeat orders; 11 were placed.
    >>> import matplotlib.pyplot as plt
    >>> plt.close("all")
    """
    _checked(table, ("actual", "expected", "actual_so_far", "held_out"))
    held = table["held_out"].astype(bool)
    if not held.any() or held.all():
        raise UsageError(
            f"{int(held.sum())} of {len(table)} periods are held out: give periods "
            "before and after the last day learnt from"
        )
    ax, ends = new_axes(ax), table.index
    _draw_tracks(ax, table, "_so_far" if cumulative else "")
    cut = ends[~held][-1]
    _mark_cut(ax, cut)
    ax.set_ylabel("Repeat orders so far" if cumulative else "Repeat orders of a period")
    finding = _tracked(table, held, cut)
    last = table.iloc[-1]
    whole = (
        f"From the beginning to {_day(ends[-1])} it expects "
        f"{format_number(last['expected_so_far'])} repeat orders; "
        f"{format_count(last['actual_so_far'])} were placed."
    )
    return finish(ax, finding, f"{finding}. {whole}", source)


def plot_conditional_expectation(
    table: pd.DataFrame, source: str = "", ax: Axes | None = None
) -> Axes:
    """Draw mean orders of the hold-out by past frequency, seen and foretold.

    Parameters
    ----------
    table : DataFrame
        From `kamlab.value.lifetime.holdout.holdout_by_frequency`; every column beside
        ``accounts`` and ``actual`` is drawn as a model of that name.
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
        If the table lacks a column, or has no model.

    Examples
    --------
    >>> from kamlab.style import alternative_text
    >>> table = pd.DataFrame(
    ...     {"accounts": [8, 2], "actual": [0.5, 3.0], "BG/NBD": [0.4, 2.5]},
    ...     pd.Index([0, 1], name="frequency"),
    ... )
    >>> print(alternative_text(plot_conditional_expectation(table)))
    BG/NBD misses the mean of accounts with equal past by 0.18 orders. Mean orders by
    past frequency: 0 (n = 8): seen 0.50, BG/NBD 0.40; 1+ (n = 2): seen 3.00, BG/NBD
    2.50.
    >>> import matplotlib.pyplot as plt
    >>> plt.close("all")
    """
    _checked(table, _SEEN)
    models = [each for each in table.columns if each not in _SEEN]
    if not models:
        raise UsageError(
            f"the table has columns {list(table.columns)}: add one for each model"
        )
    ax, places = new_axes(ax), list(range(len(table)))
    lines = {"seen": table["actual"], **{each: table[each] for each in models}}
    colours = (COLOURS["ink"], *PALETTE)
    ends = {}
    for (name, line), colour in zip(lines.items(), _endless(colours), strict=False):
        ax.plot(places, line, "o-" if name == "seen" else "o--", color=colour, ms=4)
        ends[name] = (float(line.iloc[-1]), colour)
    ax.set_ylim(bottom=0)
    ax.set_xlim(-0.3, (len(table) - 1) * (1 + _ROOM_FOR_NAMES) + 0.8)
    name_lines(ax, places[-1], ends)
    labels, numbers = _frequencies(table), table["accounts"].map(format_count)
    ax.set_xticks(
        places, [f"{one}\nn={n}" for one, n in zip(labels, numbers, strict=True)]
    )
    ax.set(xlabel="Repeat orders in the time learnt from, and accounts")
    ax.set_ylabel("Mean orders in the hold-out")
    finding = _closest(table, models)
    words = _means_in_words(lines, labels, numbers)
    text = f"{finding}. Mean orders by past frequency: {words}."
    return finish(ax, plain(finding), text, source)


def plot_interval_calibration(
    table: pd.DataFrame, source: str = "", ax: Axes | None = None
) -> Axes:
    """Draw how often intervals held what came, against how often they should.

    Parameters
    ----------
    table : DataFrame
        From `kamlab.value.lifetime.diagnostics.interval_calibration`.
    source : str
        Which data, which model, and their last day.
    ax : matplotlib Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib Axes

    Raises
    ------
    UsageError
        If the table lacks a column or has no rows.

    Examples
    --------
    >>> from kamlab.style import alternative_text
    >>> table = pd.DataFrame(
    ...     {"inside": [0.85], "low": [0.64], "high": [0.95], "expected": [0.82],
    ...      "n": [20]}, pd.Index([0.8], name="level"),
    ... )
    >>> print(alternative_text(plot_interval_calibration(table)))
    80 % intervals held 85.0 % of 20 accounts; 82.0 % were due. Interval, accounts
    inside (95 % interval), due: 80 %: 85.0 % (64.0 % to 95.0 %), 82.0 %.
    >>> import matplotlib.pyplot as plt
    >>> plt.close("all")
    """
    _checked(table, ("inside", "low", "high", "expected", "n"))
    ax = new_axes(ax)
    ax.plot([0, 1], [0, 1], color=COLOURS["grey"], linewidth=1, linestyle="--")
    due, inside = table["expected"], table["inside"]
    reach = [inside - table["low"], table["high"] - inside]
    ax.errorbar(due, inside, yerr=reach, fmt="o", color=COLOURS["blue"], capsize=3)
    _name_levels(ax, table)
    edge = max(min(due.min(), table["low"].min()) - 0.15, 0.0)
    ax.set(xlim=(edge, 1.02), ylim=(edge, 1.03))
    ax.set(xlabel="Accounts that should lie inside (named: width of the interval)")
    ax.set_ylabel("Accounts that did")
    ax.set_xticks([tick for tick in ax.get_xticks() if edge <= tick <= 1])
    share_axis(ax.xaxis)
    share_axis(ax.yaxis)
    finding = _held(table)
    told = "; ".join(
        f"{format_share(row.Index, 0)}: {format_share(row.inside)} "
        f"({format_share(row.low)} to {format_share(row.high)}), "
        f"{format_share(row.expected)}"
        for row in table.itertuples()
    )
    words = f"{finding}. Interval, accounts inside (95 % interval), due: {told}."
    return finish(ax, finding, words, source)


def _name_levels(ax: Axes, table: pd.DataFrame) -> None:
    """Name intervals above and below in turn, since wide ones lie close together."""
    for place, row in enumerate(table.itertuples()):
        above = place % 2 == 0
        ax.annotate(
            format_share(row.Index, 0),
            (row.expected, row.high if above else row.low),
            (0, 4 if above else -4),
            textcoords="offset points",
            ha="center",
            va="bottom" if above else "top",
        )


def _checked(table: pd.DataFrame, columns: tuple[str, ...]) -> None:
    lacking = [each for each in columns if each not in table]
    if lacking or table.empty:
        raise UsageError(
            f"the table has {len(table)} rows and columns {list(table.columns)}: give "
            f"one with {', '.join(columns)}"
        )


def _endless(colours: tuple[str, ...]) -> list[str]:
    """Return more colours than anybody compares models."""
    return [*colours, *(colours[1:] * 3)]


def _frequencies(table: pd.DataFrame) -> list[str]:
    """Return the frequencies as they are written; the last stands for more, too."""
    labels = [str(each) for each in table.index]
    return [*labels[:-1], f"{labels[-1]}+"]


def _write_above(ax: Axes, places: pd.Index, amounts: pd.Series) -> None:
    for place, amount in zip(places, amounts, strict=True):
        ax.annotate(
            format_count(amount),
            (place, amount),
            (0, 2),
            textcoords="offset points",
            ha="center",
            fontsize=8.5,
        )


def _draw_tracks(ax: Axes, table: pd.DataFrame, suffix: str) -> None:
    """Draw what was seen and foretold, with names behind the last day."""
    ends, tracks = table.index, {}
    for name, column, colour, line in _TRACKS:
        track = table[column + suffix]
        ax.plot(ends, track, color=COLOURS[colour], linestyle=line)
        tracks[name] = (float(track.iloc[-1]), COLOURS[colour])
    ax.set_ylim(bottom=0)
    ax.set_xlim(ends[0], ends[-1] + (ends[-1] - ends[0]) * _ROOM_FOR_NAMES)
    name_lines(ax, ends[-1], tracks)
    name_months(ax, ends[-1])


def _mark_cut(ax: Axes, cut: pd.Timestamp) -> None:
    ax.axvline(cut, color=COLOURS["grey"], linewidth=1, linestyle=":")
    ax.annotate(
        "held out from here on",
        (cut, 0),
        (4, 4),
        textcoords="offset points",
        color=COLOURS["grey"],
        fontsize=8.5,
    )


def _day(day: pd.Timestamp) -> str:
    return f"{day.day} {day:%b %Y}"


def _tracked(table: pd.DataFrame, held: pd.Series, cut: pd.Timestamp) -> str:
    came, foretold = table.loc[held, ["actual", "expected"]].sum()
    told = f"The model expected {format_count(foretold)} orders after {_day(cut)}, and "
    if came <= 0:
        return f"{told}none came"
    error = foretold / came - 1
    many = "too many" if error >= 0 else "too few"
    return f"{told}{format_count(came)} came ({format_share(abs(error))} {many})"


def _closest(table: pd.DataFrame, models: list[str]) -> str:
    """Say which model misses the means least, weighted by accounts."""
    errors = table[models].sub(table["actual"], axis=0).abs()
    misses = errors.mul(table["accounts"], axis=0).sum() / table["accounts"].sum()
    best = misses.idxmin()
    least = " least," if len(models) > 1 else ""
    return (
        f"{best} misses the mean of accounts with equal past{least} by "
        f"{misses[best]:.2f} orders"
    )


def _means_in_words(
    lines: dict[str, pd.Series], labels: list[str], numbers: pd.Series
) -> str:
    return "; ".join(
        f"{label} (n = {n}): "
        + ", ".join(f"{name} {line.iloc[row]:.2f}" for name, line in lines.items())
        for row, (label, n) in enumerate(zip(labels, numbers, strict=True))
    )


def _held(table: pd.DataFrame) -> str:
    """Say what the widest interval held."""
    level = table.index.max()
    row = table.loc[level]
    return (
        f"{format_share(level, 0)} intervals held {format_share(row['inside'])} of "
        f"{format_count(row['n'])} accounts; {format_share(row['expected'])} were due"
    )
