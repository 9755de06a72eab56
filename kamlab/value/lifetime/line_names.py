"""Names at the ends of lines and months under them, so that no legend is needed."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import date2num, num2date

from kamlab.style import plain

#: A name of a line needs this part of the height.
_LINE_OF_TEXT = 0.07


def name_lines(ax: Axes, end: object, lines: Mapping[str, tuple[float, str]]) -> None:
    """Write names at the ends of lines, and apart from one another.

    Parameters
    ----------
    ax : matplotlib Axes
        With the lines, and its lower end at 0.
    end : float or Timestamp
        Where the lines end.
    lines : mapping of str to (float, str)
        By name: height of the end, and colour.

    Examples
    --------
    >>> from kamlab.style import new_axes
    >>> ax = new_axes()
    >>> name_lines(ax, 1, {"seen": (0.5, "black"), "foretold": (0.51, "red")})
    >>> [f"{text.get_text()} {text.xy[1]:.2f}" for text in ax.texts]
    ['seen 0.50', 'foretold 0.57']
    >>> import matplotlib.pyplot as plt
    >>> plt.close("all")
    """
    apart = ax.get_ylim()[1] * _LINE_OF_TEXT
    height = -apart
    for name, (value, colour) in sorted(lines.items(), key=lambda each: each[1][0]):
        height = max(value, height + apart)
        ax.annotate(
            plain(name),
            (end, height),
            (6, 0),
            textcoords="offset points",
            va="center",
            color=colour,
        )
    ax.set_ylim(top=max(ax.get_ylim()[1], height + apart / 2))


def name_months(ax: Axes, last: pd.Timestamp) -> None:
    """Write months under an axis of days, and none after the last day.

    Parameters
    ----------
    ax : matplotlib Axes
        With days from left to right.
    last : Timestamp
        Last day of the lines.

    Examples
    --------
    >>> from kamlab.style import new_axes
    >>> ax, days = new_axes(), pd.to_datetime(["2025-01-01", "2025-05-01"])
    >>> lines = ax.plot(days, [1, 2])
    >>> name_months(ax, days[0])
    >>> [label.get_text() for label in ax.get_xticklabels()]
    ['Jan 2025']
    >>> import matplotlib.pyplot as plt
    >>> plt.close("all")
    """
    first, end = ax.get_xlim()[0], date2num(last)
    ticks = [tick for tick in ax.get_xticks() if first <= tick <= end]
    months = [f"{num2date(tick):%b %Y}" for tick in ticks]
    ax.set_xticks(ticks, months, rotation=30, ha="right")
