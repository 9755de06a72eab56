"""The picture of a dossier: two years of revenue, a year earlier, and what happened."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from kamlab.fiscal import add_months
from kamlab.language import _, plural
from kamlab.report.dossier.numbers import Dossier
from kamlab.report.dossier.people import PERSONAL
from kamlab.report.dossier.service import complained
from kamlab.style import COLOURS, finish, format_money, new_axes, plain
from kamlab.style.formats import format_day, format_month
from kamlab.style.lines import text_width

#: Months that are shown, each beside the same month a year earlier.
MONTHS = 24

#: Wide and low, so that it fills half a band of the page.
_SIZE = (6.4, 3.0)
_WIDTH = 0.7

#: How wide a letter of a word above the columns is, in months.
_MONTHS_A_LETTER = 0.4

#: Up to this share of the tallest column a label keeps clear of those of the marks.
_BELOW_MARKS = 0.88

#: Kinds of events that the customer knows as well.
_OPEN_KINDS = ("price_list", "shortage", "shutdown", "project", "merger")


@dataclass(frozen=True)
class Mark:
    """Something that happened on a day, in few words.

    Examples
    --------
    >>> Mark(pd.Timestamp("2025-01-01"), "price list").words
    'price list'
    """

    day: pd.Timestamp
    words: str


def marks(dossier: Dossier) -> list[Mark]:
    """List what happened to the account within the months of the picture.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    list of Mark
        Events about the account, price lists and changes of the owner, the earliest
        first. The customer sees what it knows itself: no notes of ours.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     [each.words for each in marks(Dossier(portfolio, "A10284"))]
    ['price list']
    """
    own = dossier.events
    lists = _price_lists(dossier)
    found = [*_marked(own, dossier), *_marked(lists, dossier), *_new_owners(dossier)]
    begin = pd.Timestamp(_first_month(dossier))
    inside = [each for each in found if begin <= each.day <= dossier.day]
    return sorted(inside, key=lambda each: each.day)


def months(dossier: Dossier) -> pd.DataFrame:
    """Return revenue by month, and of the same month a year earlier.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    DataFrame
        Indexed by first day of the month: ``revenue`` and ``before`` (reporting
        currency; missing where the data do not reach back so far).

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     table = months(Dossier(portfolio, "A10284"))
    >>> len(table), bool(table["before"].notna().all())
    (24, True)
    """
    lines = dossier.lines
    month = lines["order_date"].dt.to_period("M").dt.to_timestamp()
    revenue = lines.groupby(month)["net_amount"].sum()
    first = _first_month(dossier)
    days = pd.date_range(first, periods=MONTHS, freq="MS")
    earlier = days - pd.DateOffset(years=1)
    known = np.array(
        earlier >= pd.Timestamp(dossier.portfolio.first_day.replace(day=1))
    )
    before = revenue.reindex(earlier, fill_value=0.0).to_numpy()
    now = revenue.reindex(days, fill_value=0.0).to_numpy()
    return pd.DataFrame(
        {"revenue": now, "before": np.where(known, before, np.nan)}, index=days
    )


def picture(dossier: Dossier) -> Axes:
    """Draw two years of revenue against a year earlier, with visits and events.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Returns
    -------
    matplotlib Axes

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.style import alternative_text
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     words = alternative_text(picture(Dossier(portfolio, "A10284")))
    >>> words.partition(":")[0]
    'Revenue of Kovostav Strojírny a.s. by month, Jan 2024 to Dec 2025'
    """
    table, ax = months(dossier), new_axes(size=_SIZE)
    places = np.arange(len(table))
    ax.bar(places, table["revenue"], _WIDTH, color=COLOURS["sky"], zorder=2)
    ax.step(
        places, table["before"], where="mid", color=COLOURS["grey"], lw=1.3, zorder=3
    )
    top = ax.get_ylim()[1]
    _label_last(ax, table, top)
    events, met = marks(dossier), _met(dossier)
    _draw_marks(ax, table, events, top)
    _draw_days(ax, table, met, top, "v", COLOURS["green"], _("visit"))
    complaints = complained(dossier)["date"]
    _draw_days(ax, table, complaints, top, "X", COLOURS["red"], _("complaint"))
    ax.set_ylim(top=top * 1.36)
    _set_axes(ax, table, dossier.currency)
    source = f"{dossier.portfolio.name}, {format_day(dossier.portfolio.as_of)}"
    words = picture_words(dossier)
    return finish(ax, plain(_finding(dossier)), words, source)


def picture_words(dossier: Dossier) -> str:
    """Say what the picture shows, for those who cannot see it.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     picture_words(Dossier(portfolio, "A10284")).rpartition("Marked: ")[2]
    '1 Jan 2025 price list.'
    """
    table = months(dossier)
    told = _("Revenue of {account} by month, {first} to {last}: {finding}.").format(
        account=dossier.name,
        first=format_month(table.index[0]),
        last=format_month(table.index[-1]),
        finding=_finding(dossier),
    )
    met = _within(table, _met(dossier))
    many = plural("{n} visit or meeting.", "{n} visits and meetings.", len(met))
    events = [f"{format_day(each.day)} {each.words}" for each in marks(dossier)]
    if not events:
        return f"{told} {many}"
    listed = _("Marked: {events}.").format(events="; ".join(events))
    return f"{told} {many} {listed}"


def _first_month(dossier: Dossier) -> pd.Timestamp:
    last = dossier.portfolio.as_of.replace(day=1)
    return pd.Timestamp(add_months(last, 1 - MONTHS))


def _finding(dossier: Dossier) -> str:
    now = format_money(dossier.revenue(dossier.year), dossier.currency)
    if dossier.year_before is None:
        return _("{now} in 12 months").format(now=now)
    then = format_money(dossier.revenue(dossier.year_before), dossier.currency)
    return _("{now} in 12 months, {then} in the 12 before").format(now=now, then=then)


def _price_lists(dossier: Dossier) -> pd.DataFrame:
    if not dossier.portfolio.has("events"):
        return pd.DataFrame(columns=["date", "kind", "text"])
    events = dossier.portfolio.table("events").reindex(columns=["date", "kind", "text"])
    return events[events["kind"] == "price_list"]


def _marked(events: pd.DataFrame, dossier: Dossier) -> list[Mark]:
    words = {
        "price_list": _("price list"),
        "shortage": _("shortage"),
        "shutdown": _("shutdown"),
        "destocking": _("destocking"),
        "project": _("project begins"),
        "merger": _("merger"),
        "competitor": _("competitor"),
    }
    rows = events.to_dict("records")
    shown = [r for r in rows if dossier.is_internal or r["kind"] in _OPEN_KINDS]
    return [Mark(r["date"], words.get(r["kind"], _("event"))) for r in shown]


def _new_owners(dossier: Dossier) -> list[Mark]:
    history = dossier.rows("account_history")
    changes = history[history["attribute"].eq("kam_id") & history["value"].notna()]
    later = changes.sort_values("valid_from").iloc[1:]
    return [Mark(day, _("new manager")) for day in later["valid_from"]]


def _met(dossier: Dossier) -> pd.Series:
    contacts = dossier.contacts
    return contacts.loc[contacts["type"].isin(PERSONAL), "date"]


def _within(table: pd.DataFrame, days: pd.Series) -> pd.Series:
    return days[days >= table.index[0]]


def _places(table: pd.DataFrame, days: Sequence[pd.Timestamp]) -> np.ndarray:
    """Return where days lie on the axis of months: the first one is at −0.5."""
    stamps = pd.DatetimeIndex(days)
    months_on = (stamps.year - table.index[0].year) * 12
    months_on += stamps.month - table.index[0].month
    part = (stamps.day - 1) / stamps.days_in_month
    return np.asarray(months_on + part - 0.5, dtype="float64")


def _draw_days(
    ax: Axes,
    table: pd.DataFrame,
    days: pd.Series,
    top: float,
    marker: str,
    colour: str,
    name: str,
) -> None:
    """Draw a small mark above the columns for each day."""
    shown = _within(table, days)
    if not len(shown):
        return
    height = 1.05 if marker == "v" else 1.15
    x, y = _places(table, shown), np.full(len(shown), top * height)
    ax.plot(x, y, marker, color=colour, ms=4.5, mew=0, zorder=4)
    at = (len(table) - 0.3, top * height)
    ax.annotate(name, at, fontsize=8, color=colour, va="center", annotation_clip=False)


def _draw_marks(
    ax: Axes, table: pd.DataFrame, events: Sequence[Mark], top: float
) -> None:
    places = _places(table, [each.day for each in events]) if events else []
    for step, (x, event) in enumerate(zip(places, events, strict=True)):
        # Neighbours stand on two levels, above the lines, so that words stay legible.
        ax.vlines(x, 0, top * 1.2, color=COLOURS["ink"], lw=0.8, ls=":", zorder=1)
        height = top * (1.33 if step % 2 else 1.25)
        text = f" {plain(event.words)} "
        ends = x + _MONTHS_A_LETTER * text_width(text)
        side = "right" if ends > len(table) else "left"
        ax.annotate(text, (x, height), fontsize=8, ha=side, va="center")


def _label_last(ax: Axes, table: pd.DataFrame, top: float) -> None:
    """Name the line of a year earlier beside its end."""
    last = table["before"].iloc[-1]
    if last == last:
        at = (len(table) - 0.3, min(last, _BELOW_MARKS * top))
        text, ink = _("a year\nearlier"), COLOURS["grey"]
        ax.annotate(text, at, fontsize=8, color=ink, va="center", annotation_clip=False)


def _set_axes(ax: Axes, table: pd.DataFrame, currency: str) -> None:
    quarters = np.arange(0, len(table), 3)
    months_told = [format_month(table.index[place]) for place in quarters]
    # On two lines, in either language.
    names = [each.replace(" ", "\n").replace("年", "年\n") for each in months_told]
    ax.set_xticks(quarters, names)
    ax.set_xlim(-0.7, len(table) + 1.4)
    ax.yaxis.set_major_formatter(lambda amount, _=None: _round(amount, currency))
    ax.yaxis.set_major_locator(MaxNLocator(4))


def _round(amount: float, currency: str) -> str:
    """Return the amount of a tick without the zeros that end its decimals."""
    text = format_money(amount, currency)
    return re.sub(r"\.?0+(?=\D*$)", "", text) if "." in text else text
