"""The picture of the self-assessment: where the raters see the company."""

import pandas as pd
from matplotlib.axes import Axes

from kamlab.orientation.maturity import BEST
from kamlab.style import COLOURS, finish, new_rows


def plot_maturity(
    by_principle: pd.DataFrame,
    target: float = 3.0,
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw each principle's mean rating, the raters' range, and the target.

    Parameters
    ----------
    by_principle : DataFrame
        From `maturity_by_principle`.
    target : float
        What is aimed at, 0 to 4.
    source : str
        Who rated, and when.
    ax : matplotlib Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib Axes
        One row a principle, the widest gap on top. Rows on one scale are compared more
        exactly than the spokes of a radar chart.

    References
    ----------
    Cleveland, W. S. and McGill, R. (1984). Graphical perception. Journal of the
    American Statistical Association 79, 531–554.

    Examples
    --------
    >>> from kamlab.orientation.maturity import *
    >>> from kamlab.style import alternative_text
    >>> table = maturity_by_principle(ratings_frame(EXAMPLE_RATINGS))
    >>> print(alternative_text(plot_maturity(table)).split(";")[0])
    data-driven 数据驱动决策: 0.92, raters 0.50 to 1.50
    >>> import matplotlib.pyplot as plt
    >>> plt.close("all")
    """
    ax = new_rows(by_principle.index, ax=ax)
    for row, (_, each) in enumerate(by_principle.iterrows()):
        ends = [each["lowest"], each["highest"]]
        ax.plot(ends, [row, row], color=COLOURS["sky"], solid_capstyle="butt")
        ax.plot([each["mean"]], [row], "o", color=COLOURS["blue"], clip_on=False)
    ax.axvline(target, color=COLOURS["orange"], linestyle="--", linewidth=1.2)
    ax.set_xlim(0, BEST)
    # From the right, or it would run out of the figure: the rows begin far inside.
    label = "Mean rating, 0 to 4; line: range of the raters"
    ax.set_xlabel(label, x=1, ha="right")
    worst = by_principle.iloc[0]
    finding = (
        f"Furthest from the target of {target:g}: {by_principle.index[0]} at "
        f"{worst['mean']:.1f}"
    )
    words = "; ".join(
        f"{name}: {each['mean']:.2f}, raters {each['lowest']:.2f} to "
        f"{each['highest']:.2f}"
        for name, each in by_principle.iterrows()
    )
    return finish(ax, finding, f"{words}.", source)
