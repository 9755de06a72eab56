"""Names beside points of a picture, as many as have room."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from kamlab.style import display_name, figure_of, plain

_WIDTH = 18
# From this part of the width on a name stands left of its point.
_TO_THE_LEFT = 0.6


def name_points(
    ax: Axes, places: pd.DataFrame, names: Mapping[object, str] | None = None
) -> list[str]:
    """Write accounts' names beside their points, and leave out what would overlap.

    Parameters
    ----------
    ax : matplotlib Axes
        Axes whose points and limits are final.
    places : DataFrame of shape (n_accounts, 2)
        Position across and up by account; the first keep their names first.
    names : mapping or Series, optional
        Name by account; accounts without one show their id.

    Returns
    -------
    list of str
        The names written, as drawn.

    Examples
    --------
    >>> from kamlab.style import new_axes
    >>> ax = new_axes()
    >>> points = {"A": (0.1, 0.5), "B": (0.1, 0.5), "C": (0.9, 0.9)}
    >>> name_points(ax, pd.DataFrame.from_dict(points, orient="index"))
    ['A', 'C']
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    figure_of(ax).draw_without_rendering()
    taken: list[Bbox] = []
    written = []
    for account, across, up in places.itertuples(name=None):
        name = plain(display_name(account, names), _WIDTH)
        text = _written(ax, name, across, up)
        if text.get_window_extent().count_overlaps(taken):
            text.remove()
        else:
            taken.append(text.get_window_extent())
            written.append(name)
    return written


def _written(ax: Axes, name: str, across: float, up: float) -> Annotation:
    """Write a name on the side of its point where there is room."""
    place = ax.transAxes.inverted().transform(ax.transData.transform((across, up)))
    left = place[0] > _TO_THE_LEFT
    return ax.annotate(
        name,
        (across, up),
        (-9 if left else 9, 0),
        textcoords="offset points",
        ha="right" if left else "left",
        va="center",
        fontsize=9,
    )
