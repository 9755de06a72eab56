"""How the belief in a customer falls with its silence, drawn account by account."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kamlab.errors import UsageError
from kamlab.style import (
    NAME_WIDTH,
    PALETTE,
    display_name,
    finish,
    new_axes,
    plain,
    share_axis,
)
from kamlab.value.lifetime.model import PurchaseModel
from kamlab.value.lifetime.silence import alive_after_silence, doubtful_after

_Names = Mapping[object, str] | None
_UNITS = {"D": "days", "W": "weeks", "M": "months", "Q": "quarters"}
_POINTS = 61
_EVEN = 0.5


def plot_alive_by_silence(
    model: PurchaseModel,
    counts: pd.DataFrame,
    accounts: list[object] | pd.Index,
    names: _Names = None,
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw how fast the belief in a few accounts falls while they say nothing.

    Parameters
    ----------
    model : PurchaseModel
        Fitted.
    counts : DataFrame
        By account: ``frequency``, ``recency`` and ``T``.
    accounts : list or Index
        Whom to draw, few.
    names : mapping or Series, optional
        Name by account.
    source : str
        Which data, and their last day.
    ax : matplotlib Axes, optional
        Where to draw.

    Returns
    -------
    matplotlib Axes
        A dot marks where an account stands today, if that is within the picture.

    Raises
    ------
    UsageError
        If there is no account, or one has never ordered.

    Examples
    --------
    >>> from kamlab.style import alternative_text
    >>> from kamlab.value.lifetime import ModifiedBetaGeoNBD
    >>> model = ModifiedBetaGeoNBD().with_parameters(r=2, alpha=8, a=0.3, b=9)
    >>> columns = {"frequency": [50], "recency": [50.0], "T": [54.0]}
    >>> counts = pd.DataFrame(columns, index=["A1"])
    >>> ax = plot_alive_by_silence(model, counts, ["A1"], {"A1": "Adler"})
    >>> print(alternative_text(ax))
    After 6.2 weeks of silence Adler is more likely gone than not. Today it has been
    silent for 4.0 weeks.
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    rows = _rows_of(counts, accounts)
    doubt = doubtful_after(model, rows["frequency"], rows["recency"])
    span = 2 * float(doubt.max()) if doubt.notna().any() else 52.0
    silences = np.linspace(0, span, _POINTS)
    curves = alive_after_silence(model, rows["frequency"], rows["recency"], silences)
    ax = new_axes(ax)
    for colour, account in zip(PALETTE * len(rows), rows.index, strict=False):
        label = plain(display_name(account, names), NAME_WIDTH)
        _draw(ax, curves[account], label, colour)
        _mark_today(ax, model, rows.loc[[account]], span, colour)
    ax.axhline(_EVEN, color="0.6", linewidth=1, linestyle="--")
    ax.set(xlabel=f"Silence in {_UNITS[model.unit]} since the last order", ylim=(0, 1))
    ax.set_xlim(0, span)
    ax.set_ylabel("Probability to be a customer")
    share_axis(ax.yaxis)
    ax.legend(frameon=False, loc="upper right")
    finding, words = _told(rows, doubt, names, model.unit)
    return finish(ax, finding, words, source)


def _rows_of(counts: pd.DataFrame, accounts: list[object] | pd.Index) -> pd.DataFrame:
    lacking = pd.Index(accounts).difference(counts.index)
    if len(lacking) or not len(accounts):
        raise UsageError(
            f"accounts = {list(accounts)}: give accounts that have ordered, such as "
            f"{counts.index[0]!r}"
        )
    return counts.loc[list(accounts), ["frequency", "recency", "T"]]


def _draw(ax: Axes, curve: pd.Series, label: str, colour: str) -> None:
    ax.plot(curve.index, curve, color=colour, label=label)


def _mark_today(
    ax: Axes, model: PurchaseModel, row: pd.DataFrame, span: float, colour: str
) -> None:
    silent = float((row["T"] - row["recency"]).iloc[0])
    if silent <= span:
        alive = model.probability_alive(row["frequency"], row["recency"], row["T"])
        ax.plot([silent], [alive.iloc[0]], "o", color=colour)


def _spell(time: float) -> str:
    """Write a time with one decimal, so that times can be compared."""
    return f"{time:,.1f}"


def _told(
    rows: pd.DataFrame, doubt: pd.Series, names: _Names, unit: str
) -> tuple[str, str]:
    """Return the finding above the picture, and all of it in words."""
    known = doubt.dropna()
    units = _UNITS[unit]
    if known.empty:
        who = " nor ".join(display_name(account, names) for account in rows.index)
        finding = f"{who} is never doubted for its silence"
        if len(rows) > 1:
            finding = f"Neither {who} is ever doubted for its silence"
        return plain(finding), f"{finding}."
    soonest, latest = known.idxmin(), known.idxmax()
    finding = (
        f"After {_spell(known[soonest])} {units} of silence "
        f"{display_name(soonest, names)} is more likely gone than not"
    )
    if latest != soonest:
        finding += f", {display_name(latest, names)} after {_spell(known[latest])}"
    silent = rows["T"] - rows["recency"]
    today = "; ".join(
        f"{display_name(account, names)} {_spell(silent[account])}"
        for account in rows.index
    )
    if len(rows) == 1:
        today = f"Today it has been silent for {_spell(silent.iloc[0])} {units}."
    else:
        today = f"Silent today, in {units}: {today}."
    return plain(finding), f"{finding}. {today}"
