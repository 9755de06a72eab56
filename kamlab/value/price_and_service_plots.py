"""The grid of net price and cost to serve, with the accounts that matter named."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes

from kamlab.style import (
    COLOURS,
    finish,
    format_count,
    format_share,
    new_axes,
    share_axis,
)
from kamlab.value.named_points import name_points
from kamlab.value.price_and_service import PriceAndService
from kamlab.value.price_and_service_words import quadrant_sentence

_Names = Mapping[object, str] | None
_AREA = (8.0, 420.0)
_LEAST_RED = 32.0
#: The outer part of accounts, at each end, that may lie beyond the frame.
_OUTLYING = 0.02
# Shares of revenue that the logarithmic axis may name, and the least it can show.
_TICKS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
_LEAST = 0.001


def plot_price_and_service(
    found: PriceAndService,
    names: _Names = None,
    n: int = 6,
    currency: str = "",
    source: str = "",
    ax: Axes | None = None,
    of: str = "accounts",
) -> Axes:
    """Draw accounts by net price and cost to serve, and name the largest and dearest.

    Parameters
    ----------
    found : PriceAndService
        From `kamlab.value.price_and_service.price_and_service`.
    names : mapping or Series, optional
        Name by account; accounts without one show their id.
    n : int
        Accounts to name: half of them the largest, half those that lose most.
    currency : str
        Code of the currency.
    source : str
        Which data, and their last day.
    ax : matplotlib Axes, optional
        Where to draw.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    matplotlib Axes
        The cost to serve on a logarithmic scale; accounts far outside lie on the
        frame's edge.

    Examples
    --------
    >>> from kamlab.style import alternative_text
    >>> from kamlab.value.price_and_service import price_and_service
    >>> columns = {"list_revenue": [100, 100], "revenue": [90, 60]}
    >>> columns |= {"cost_to_serve": [-5, -20], "contribution": [30, -5]}
    >>> found = price_and_service(pd.DataFrame(columns, index=["A", "B"]))
    >>> ax = plot_price_and_service(found, currency="EUR")
    >>> alternative_text(ax)[:62]
    '1 of 2 accounts loses money; 1 of these is dear to serve at a '
    >>> import matplotlib.pyplot as plt
    >>> plt.close(ax.figure)
    """
    ax = new_axes(ax, size=(6.4, 4.8))
    accounts = found.accounts
    places = _framed(accounts)
    ax.set_xscale("log")
    _draw_accounts(ax, accounts, places)
    _draw_cuts(ax, found)
    _name_ticks(ax)
    _name_accounts(ax, accounts, places, names, n)
    ax.set(xlabel="Cost to serve and direct costs, share of revenue")
    ax.set_ylabel(_price_label(found))
    share_axis(ax.yaxis)
    finding = _finding(found, of)
    each = [
        quadrant_sentence(found, quadrant, currency, of)
        for quadrant in found.quadrants.T
    ]
    return finish(ax, finding, " ".join([f"{finding}.", *each]), source)


def _framed(accounts: pd.DataFrame) -> pd.DataFrame:
    """Pull accounts far outside to the edge, so that the others can be told apart."""
    places = accounts[["service_rate", "price"]]
    places = places.assign(service_rate=places["service_rate"].clip(lower=_LEAST))
    if len(places) < 1 / _OUTLYING:
        return places
    return places.clip(
        places.quantile(_OUTLYING / 2), places.quantile(1 - _OUTLYING / 2), axis=1
    )


def _draw_accounts(ax: Axes, accounts: pd.DataFrame, places: pd.DataFrame) -> None:
    """Draw one disc an account, its area its revenue; losses in red and on top."""
    size = accounts["revenue"] / accounts["revenue"].max()
    area = _AREA[0] + (_AREA[1] - _AREA[0]) * size
    loses = accounts["contribution"] < 0
    # Small and transparent, red would pass for tan, and get lost among the blue.
    area = area.where(~loses, area.clip(lower=_LEAST_RED))
    for part, colour, alpha in ((~loses, "blue", 0.45), (loses, "red", 1.0)):
        ax.scatter(
            places["service_rate"][part],
            places["price"][part],
            s=area[part],
            color=COLOURS[colour],
            alpha=alpha,
            linewidths=0.5,
            zorder=2 + alpha,
        )
    ax.margins(0.1)
    ax.annotate(
        "red: loses money · area: revenue",
        (1, 1.01),
        xycoords="axes fraction",
        ha="right",
        va="bottom",
        color=COLOURS["grey"],
    )


def _draw_cuts(ax: Axes, found: PriceAndService) -> None:
    line = {"color": COLOURS["grey"], "linewidth": 1, "linestyle": "--"}
    ax.axhline(found.price_cut, **line)
    ax.axvline(found.service_cut, **line)
    corners = {
        "passive": (0.01, 0.99),
        "carriage trade": (0.99, 0.99),
        "economy": (0.01, 0.01),
        "aggressive": (0.99, 0.01),
    }
    for quadrant, (right, up) in corners.items():
        ax.text(
            right,
            up,
            quadrant,
            transform=ax.transAxes,
            ha="right" if right > 0.5 else "left",
            va="top" if up > 0.5 else "bottom",
            color=COLOURS["grey"],
            weight="bold",
        )


def _name_ticks(ax: Axes) -> None:
    low, high = ax.get_xlim()
    ticks = [tick for tick in _TICKS if low <= tick <= high]
    ax.set_xticks(
        ticks, [format_share(tick, 1 if tick < 0.01 else 0) for tick in ticks]
    )
    ax.minorticks_off()
    ax.set_xlim(low, high)


def _name_accounts(
    ax: Axes, accounts: pd.DataFrame, places: pd.DataFrame, names: _Names, n: int
) -> None:
    losing = accounts["contribution"][accounts["contribution"] < 0].nsmallest(n // 2)
    largest = accounts["revenue"].drop(losing.index).nlargest(n - len(losing))
    name_points(ax, places.loc[[*losing.index, *largest.index]], names)


def _price_label(found: PriceAndService) -> str:
    if found.price_is == "share of list price":
        return "Net price, share of list price"
    return "Price"


def _finding(found: PriceAndService, of: str) -> str:
    losers = int(found.quadrants["loss_makers"].sum())
    here = int(found.quadrants.loc["aggressive", "loss_makers"])
    lose = "loses" if losers == 1 else "lose"
    counted = f"{format_count(losers)} of {format_count(len(found.accounts))} {of}"
    if not losers:
        return f"None of {format_count(len(found.accounts))} {of} loses money"
    are = "is" if here == 1 else "are"
    return (
        f"{counted} {lose} money; {format_count(here)} of these {are} dear to serve at "
        "a low price"
    )
