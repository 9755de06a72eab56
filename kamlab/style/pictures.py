"""What a figure says in words, and showing it in a notebook as a small PNG.

Glossary
--------
alternative text
    What a figure says, in words and numbers, for people who cannot see it. `describe`
    sets it and `show` refuses a figure without it.
"""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from kamlab.errors import UsageError
from kamlab.style.look import figure_of, headline, source_line
from kamlab.style.names import plain

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_DOTS_PER_INCH = (160, 100)
_MOST_BYTES = 80_000
#: Set to "small" in the environment, figures are drawn in single sharpness: a lesson
#: that is stored with its figures has to stay light; whoever runs it draws sharp ones.
FIGURES = "KAMLAB_FIGURES"


def describe(ax: Axes | Figure, text: str) -> None:
    """Say in words what a figure shows; screen readers read it instead.

    Parameters
    ----------
    ax : matplotlib Axes or Figure
        The figure, or any axes of it.
    text : str
        The finding with its numbers, in one to three sentences.

    Raises
    ------
    UsageError
        If the text is empty.

    Examples
    --------
    >>> from kamlab.style import new_axes
    >>> ax = new_axes()
    >>> describe(ax, "The top 20 % of accounts bring 77.5 % of revenue.")
    >>> alternative_text(ax)
    'The top 20 % of accounts bring 77.5 % of revenue.'
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    words = " ".join(text.split())
    if not words:
        raise UsageError(f"text is {text!r}: say in words what the figure shows")
    figure_of(ax).set_label(words)


def finish(ax: Axes, finding: str, words: str, source: str = "") -> Axes:
    """Give a drawn figure its headline, its source line and its words.

    Parameters
    ----------
    ax : matplotlib Axes
        The figure.
    finding : str
        The headline; pass names through `plain` first.
    words : str
        What the figure shows, for those who cannot see it: names as they are.
    source : str
        Which data, and their last day; nothing stands there if empty.

    Returns
    -------
    matplotlib Axes
        The same axes.

    Examples
    --------
    >>> from kamlab.style import new_axes
    >>> ax = finish(new_axes(), "One account rules", "A01 brings 70.0 % of revenue.")
    >>> alternative_text(ax)
    'A01 brings 70.0 % of revenue.'
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    headline(ax, finding)
    if source:
        source_line(ax, plain(source))
    describe(ax, words)
    return ax


def alternative_text(ax: Axes | Figure) -> str:
    """Return what `describe` said about a figure, or "" if nobody has.

    Parameters
    ----------
    ax : matplotlib Axes or Figure
        The figure, or any axes of it.

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.style import new_axes
    >>> ax = new_axes()
    >>> alternative_text(ax)
    ''
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    return str(figure_of(ax).get_label())


def png_of(ax: Axes | Figure) -> bytes:
    """Draw a figure as a PNG; the same figure gives the same bytes.

    Parameters
    ----------
    ax : matplotlib Axes or Figure
        The figure, or any axes of it.

    Returns
    -------
    bytes
        A picture in double sharpness, or in single where that would exceed 80 kB or
        the environment says ``KAMLAB_FIGURES=small``.

    Examples
    --------
    >>> from kamlab.style import new_axes
    >>> ax = new_axes()
    >>> png_of(ax)[1:4]
    b'PNG'
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    is_small = os.environ.get(FIGURES) == "small"
    for dots in _DOTS_PER_INCH[is_small:]:
        png = _drawn(figure_of(ax), dots)
        if len(png) <= _MOST_BYTES:
            break
    return png


def _drawn(figure: Figure, dots: int) -> bytes:
    from PIL import Image

    full, small = BytesIO(), BytesIO()
    figure.savefig(full, format="png", dpi=dots)
    # 64 colours are a quarter of the bytes; saving anew also drops the name and
    # version of matplotlib, which would change them.
    image = Image.open(full).convert("RGB").quantize(64, dither=Image.Dither.NONE)
    image.save(small, format="PNG", optimize=True)
    return small.getvalue()


@dataclass(frozen=True)
class Picture:
    """A drawn figure together with what it says, as notebooks display it.

    Parameters
    ----------
    png : bytes
        The picture.
    alt : str
        Its alternative text.
    width : int
        Width on the page in pixels; the picture itself is sharper than that.

    Examples
    --------
    >>> Picture(b"", "The top 20 % bring 77.5 % of revenue.")
    The top 20 % bring 77.5 % of revenue.
    """

    png: bytes
    alt: str
    width: int = 640

    def __repr__(self) -> str:
        return self.alt

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, str], dict[str, dict[str, object]]]:
        """Hand the notebook the picture, with the words beside it."""
        picture = base64.b64encode(self.png).decode("ascii")
        data = {"image/png": picture, "text/plain": self.alt}
        return data, {"image/png": {"alt": self.alt, "width": self.width}}


def show(ax: Axes | Figure) -> None:
    """Show a figure in a notebook with its alternative text, and close it.

    Outside a notebook the alternative text is shown instead of the picture.

    Parameters
    ----------
    ax : matplotlib Axes or Figure
        A figure that `describe` has been called for; every plot of kamlab does so.

    Raises
    ------
    UsageError
        If the figure has no alternative text.

    Examples
    --------
    >>> from kamlab.style import new_axes
    >>> ax = new_axes()
    >>> describe(ax, "The top 20 % bring 77.5 % of revenue.")
    >>> show(ax)
    The top 20 % bring 77.5 % of revenue.
    """
    import matplotlib.pyplot as plt
    from IPython.display import display

    alt = alternative_text(ax)
    if not alt:
        raise UsageError(
            f"the figure {_title(ax)!r} has no alternative text: call "
            'describe(ax, "what it shows, with its numbers") before show(ax)'
        )
    figure = figure_of(ax)
    display(Picture(png_of(figure), alt, width=round(figure.get_figwidth() * 100)))
    plt.close(figure)


def _title(ax: Axes | Figure) -> str:
    figure = figure_of(ax)
    titles = [figure.get_suptitle(), *(axes.get_title("left") for axes in figure.axes)]
    return next((title for title in titles if title), "without a title")
