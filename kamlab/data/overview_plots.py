"""The picture of the data: how far each table is filled."""

import pandas as pd
from matplotlib.axes import Axes

from kamlab.errors import UsageError
from kamlab.style import COLOURS, finish, format_share, new_rows, share_axis


def plot_completeness(
    filled: pd.DataFrame, source: str = "", ax: Axes | None = None
) -> Axes:
    """Draw each table's columns by how far they are filled.

    Parameters
    ----------
    filled : DataFrame of shape (n_columns, …)
        From `completeness`.
    source : str
        Which data, and their last day.
    ax : matplotlib Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib Axes
        One row a table, the emptiest on top: a dot a column that is meant to be filled,
        a bar at their mean.

    Raises
    ------
    UsageError
        If there is no column to draw.

    Examples
    --------
    >>> from kamlab.style import alternative_text
    >>> filled = pd.DataFrame({"table": ["orders", "accounts", "accounts"],
    ...                        "filled": [1.0, 1.0, 0.5], "may be empty": False})
    >>> print(alternative_text(plot_completeness(filled)))
    accounts: 75.0 % of 2 columns; orders: 100.0 % of 1 column.
    >>> import matplotlib.pyplot as plt
    >>> plt.close("all")
    """
    meant = filled[~filled["may be empty"]]
    if meant.empty:
        raise UsageError("filled has no column that is meant to be filled")
    means = meant.groupby("table")["filled"].agg(["mean", "count"]).sort_values("mean")
    ax = new_rows(means.index, ax=ax)
    ax.barh(range(len(means)), means["mean"], height=0.5, color=COLOURS["light"])
    for row, name in enumerate(means.index):
        dots = meant.loc[meant["table"] == name, "filled"]
        ax.plot(dots, [row] * len(dots), "o", color=COLOURS["blue"], clip_on=False)
    ax.set_xlim(0, 1)
    ax.set_xlabel("Rows in which a column holds a value; bar: mean of the columns")
    share_axis(ax.xaxis)
    words = "; ".join(
        f"{name}: {format_share(each['mean'])} of {_columns(int(each['count']))}"
        for name, each in means.iterrows()
    )
    finding = f"Least filled: {means.index[0]}, {format_share(means['mean'].iloc[0])}"
    return finish(ax, finding, f"{words}.", source)


def _columns(many: int) -> str:
    return "1 column" if many == 1 else f"{many} columns"
