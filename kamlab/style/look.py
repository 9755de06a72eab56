"""What a figure looks like: size, fonts, colours, headline, source line, axes.

Glossary
--------
headline
    The finding, with its number, above the figure.
source line
    The small line under a figure that names its data and their last day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kamlab.errors import UsageError
from kamlab.language import _
from kamlab.style.formats import format_money, format_share
from kamlab.style.lines import broken_lines
from kamlab.style.names import display_name, font_families, plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

#: Okabe and Ito's colours, told apart by colour-blind readers, and three neutral ones.
COLOURS = {
    "blue": "#0072B2",
    "orange": "#E69F00",
    "green": "#009E73",
    "red": "#D55E00",
    "sky": "#56B4E9",
    "pink": "#CC79A7",
    "yellow": "#F0E442",
    "ink": "#222222",
    "grey": "#6B6B6B",
    "light": "#D9D9D9",
}
#: The order in which the series of one figure take their colours.
PALETTE = tuple(
    COLOURS[name] for name in ("blue", "orange", "green", "red", "sky", "pink")
)
#: Width and height of a figure in inches: 640 px wide at 100 dots an inch.
FIGURE_SIZE = (6.4, 4.0)
#: Columns of text after which a name in a figure is shortened.
NAME_WIDTH = 32

_ROW_HEIGHT = 0.3
# Fewer rows leave the axes no room beside title, labels and source.
_FEWEST_ROWS = 4


def use_style() -> None:
    """Set matplotlib to kamlab's figures: size, fonts, colours, no clutter.

    Every plot of kamlab calls it; call it yourself before drawing your own.

    Examples
    --------
    >>> use_style()
    >>> import matplotlib
    >>> [float(inches) for inches in matplotlib.rcParams["figure.figsize"]]
    [6.4, 4.0]
    """
    import matplotlib as mpl
    from cycler import cycler

    mpl.rcParams.update(
        {
            "figure.figsize": FIGURE_SIZE,
            "figure.dpi": 100,
            "figure.constrained_layout.use": True,
            "figure.titlesize": 12,
            "figure.titleweight": "bold",
            "savefig.facecolor": "white",
            # Listed by name, so that a missing glyph is looked up in the next one.
            "font.family": list(font_families()),
            "font.size": 10,
            "axes.titlelocation": "left",
            "axes.titleweight": "bold",
            "axes.titlesize": 11,
            "axes.prop_cycle": cycler(color=PALETTE),
            "axes.edgecolor": COLOURS["grey"],
            "axes.labelcolor": COLOURS["ink"],
            "axes.spines.top": False,
            "axes.spines.right": False,
            "axes.unicode_minus": True,
            "text.color": COLOURS["ink"],
            "xtick.color": COLOURS["ink"],
            "ytick.color": COLOURS["ink"],
            "legend.frameon": False,
            "lines.linewidth": 2.0,
        }
    )


def new_axes(ax: Axes | None = None, size: tuple[float, float] = FIGURE_SIZE) -> Axes:
    """Return the axes to draw on: those given, or a new figure in kamlab's style.

    Parameters
    ----------
    ax : matplotlib Axes, optional
        Axes of your own figure.
    size : tuple of float
        Width and height of a new figure in inches.

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> ax = new_axes()
    >>> new_axes(ax) is ax
    True
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    use_style()
    if ax is not None:
        return ax
    import matplotlib.pyplot as plt

    return plt.subplots(figsize=size)[1]


def new_rows(
    accounts: Iterable[object],
    names: Mapping[object, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Return axes with one row per account, the first on top, to draw bars or dots on.

    Parameters
    ----------
    accounts : iterable
        Ids of the accounts.
    names : mapping or Series, optional
        Name by account; accounts without one show their id. Long names are shortened.
    ax : matplotlib Axes, optional
        Axes of your own figure; otherwise the figure is as high as the rows need.

    Returns
    -------
    matplotlib Axes
        The row of the first account is at y = 0.

    Examples
    --------
    >>> ax = new_rows(["A01", "A02"], {"A01": "Harbour Cranes"})
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['Harbour Cranes', 'A02']
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    labels = [plain(display_name(account, names), NAME_WIDTH) for account in accounts]
    ax = new_axes(
        ax, size=(FIGURE_SIZE[0], 1.3 + _ROW_HEIGHT * max(len(labels), _FEWEST_ROWS))
    )
    ax.set_yticks(range(len(labels)), labels)
    ax.set_ylim(len(labels) - 0.4, -0.6)
    ax.tick_params(axis="y", length=0)
    return ax


def headline(ax: Axes, text: str) -> None:
    """Put the finding above a figure, broken into lines that fit.

    Parameters
    ----------
    ax : matplotlib Axes
        The only axes of a figure, or one of several.
    text : str
        One sentence with its number; pass names through `plain` first.

    Examples
    --------
    >>> ax = new_axes()
    >>> headline(ax, "The top 20 % bring 77.5 % of revenue")
    >>> ax.figure.get_suptitle()
    'The top 20 % bring 77.5 % of revenue'
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    figure = figure_of(ax)
    if len(figure.axes) == 1:
        lines = broken_lines(text, int(figure.get_figwidth() * 9))
        figure.suptitle(lines, x=0.01, horizontalalignment="left")
    else:
        ax.set_title(broken_lines(text, 40), loc="left")


def source_line(ax: Axes, text: str) -> None:
    """Put the small line under a figure that says which data it shows, and to when.

    Parameters
    ----------
    ax : matplotlib Axes
        Any axes of the figure.
    text : str
        Such as "Talbruck order lines, data to 31 Dec 2025".

    Examples
    --------
    >>> ax = new_axes()
    >>> source_line(ax, "Order lines, data to 31 Dec 2025")
    >>> ax.figure.get_supxlabel()
    'Source: Order lines, data to 31 Dec 2025'
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    figure = figure_of(ax)
    lines = broken_lines(
        _("Source: {text}").format(text=text), int(figure.get_figwidth() * 15)
    )
    # The label of the whole figure, because the layout keeps room for it.
    figure.supxlabel(
        lines, x=0.01, ha="left", fontsize=8, color=COLOURS["grey"], weight="normal"
    )


def share_axis(axis: Axis) -> None:
    """Print an axis of shares as per cent.

    Parameters
    ----------
    axis : matplotlib Axis
        Such as ``ax.yaxis``.

    Examples
    --------
    >>> ax = new_axes()
    >>> share_axis(ax.yaxis)
    >>> ax.yaxis.get_major_formatter()(0.25)
    '25 %'
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """

    def per_cent(share: float, _: object = None) -> str:
        # Half per cents need their decimal, or neighbouring ticks read alike.
        whole = all(
            abs(tick * 100 - round(tick * 100)) < 1e-6
            for tick in axis.get_majorticklocs()
        )
        return format_share(share, 0 if whole else 1)

    axis.set_major_formatter(per_cent)


def money_axis(axis: Axis, currency: str = "") -> None:
    """Print an axis of money with its currency, rounded.

    Parameters
    ----------
    axis : matplotlib Axis
        Such as ``ax.xaxis``.
    currency : str
        Code of the currency.

    Examples
    --------
    >>> ax = new_axes()
    >>> money_axis(ax.yaxis, "EUR")
    >>> ax.yaxis.get_major_formatter()(250000)
    'EUR 250 k'
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    axis.set_major_formatter(lambda amount, _=None: format_money(amount, currency))


def figure_of(ax: Axes | Figure) -> Figure:
    """Return the figure that axes belong to, or the figure itself.

    Parameters
    ----------
    ax : matplotlib Axes or Figure
        The figure, or any axes of it.

    Returns
    -------
    matplotlib Figure

    Raises
    ------
    UsageError
        If the axes have been removed from their figure.

    Examples
    --------
    >>> ax = new_axes()
    >>> figure_of(ax) is figure_of(ax.figure)
    True
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    figure = ax.get_figure(root=True)
    if figure is None:
        raise UsageError(f"ax is {ax}, removed from its figure: draw it again")
    return figure
