"""Tiles: the few figures of a sheet, each beside what it is compared with.

Glossary
--------
ledger figure
    Booked, and therefore exact. Its tile says whether it is inside its usual range.
estimate
    Says something about what was not observed. Its tile is dashed, says so, and shows
    the interval, or "cannot tell" and why.
usual variation
    Control-chart limits over earlier periods (Shewhart 1931).
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import Any

from kamlab.errors import UsageError, did_you_mean
from kamlab.language import _, plural
from kamlab.report.results import KINDS
from kamlab.report.sparkline import is_known, sparkline
from kamlab.report.typography import bound
from kamlab.style.formats import UNITS, format_value

#: Media type under which tiles lie in the output of an executed notebook.
MIME_TYPE = "application/vnd.kamlab.tiles+json"

#: Periods that a line shows at most: three years of quarters.
MOST_PERIODS = 12

# In a notebook, which knows no style sheet of ours.
_ROW = "display:flex;flex-wrap:wrap;gap:0 2em"


@dataclass(frozen=True)
class Tile:
    """One figure with what it is compared with, ready to be read.

    Parameters
    ----------
    label : str
        What it is, such as "Net revenue".
    value : str
        The figure in words, such as "EUR 15.2 M"; "" reads "cannot tell".
    compared : str
        What it was in the same period last year, in words.
    target : str
        What it was to be, in words.
    history : sequence of float or None
        The newest value last; of more than twelve the last twelve are drawn.
    inside : bool or None
        Whether a ledger figure is inside its usual range; None: cannot tell.
    kind : {"ledger", "estimate"}
        Booked and exact, or estimated.
    note : str
        One more line: of an estimate without value, why.
    interval : str
        Of an estimate, such as "95 %: EUR 14 M to 16 M, n = 28".
    unit, currency : str
        Of the history, for those who have the line read to them.
    usual : (float, float), optional
        Limits of the usual variation, drawn as a band.
    behind : bool
        Whether it is below last year; in its usual range it is so all the same.

    Raises
    ------
    UsageError
        If kind or unit is unknown, or a figure claims to be surer than its kind is.

    Examples
    --------
    >>> print(Tile("Net revenue", "EUR 15.2 M", "Q4 2024: EUR 15.9 M", inside=False))
    Net revenue: EUR 15.2 M · Q4 2024: EUR 15.9 M · outside its usual range
    """

    label: str
    value: str
    compared: str = ""
    target: str = ""
    history: Sequence[float | None] = ()
    inside: bool | None = None
    kind: str = "ledger"
    note: str = ""
    interval: str = ""
    unit: str = "number"
    currency: str = ""
    usual: tuple[float, float] | None = None
    behind: bool = False

    def __post_init__(self) -> None:
        _check_words(self)
        if self.kind == "ledger" and self.interval:
            raise UsageError(
                f"tile {self.label!r} is a ledger figure with the interval "
                f"{self.interval!r}: a booked figure is exact; give kind='estimate'"
            )
        if self.kind == "estimate" and not (self.interval if self.value else self.note):
            lacks = "interval" if self.value else "note that says why it cannot be told"
            raise UsageError(
                f"tile {self.label!r} is an estimate ({self.value!r}) without its "
                f"{lacks}: give one"
            )

    def lines(self) -> list[str]:
        """Return what stands below the figure, line by line.

        Examples
        --------
        >>> Tile("Wallet", "", kind="estimate", note="3 orders are too few").lines()
        ['estimate', '3 orders are too few']
        """
        estimate = _("estimate") if self.kind == "estimate" else ""
        certainty = ": ".join(filter(None, [estimate, self.interval]))
        return [x for x in (self.compared, self.target, certainty, self.note) if x]

    def verdict(self) -> str:
        """Say whether the figure is inside its usual range; "" if nobody can tell.

        Examples
        --------
        >>> Tile("Net revenue", "EUR 15.2 M", inside=True).verdict()
        'in its usual range'
        >>> Tile("Margin", "EUR 3.8 M", inside=True, behind=True).verdict()
        'in its usual range, yet below last year'
        """
        if self.inside is None:
            return ""
        if self.inside and self.behind:
            return _("in its usual range, yet below last year")
        if self.inside:
            return _("in its usual range")
        return _("outside its usual range")

    def __str__(self) -> str:
        told = f"{self.label}: {self.value or _('cannot tell')}"
        return " · ".join(filter(None, [told, *self.lines(), self.verdict()]))


@dataclass(frozen=True)
class Tiles:
    """Tiles that stand in one row.

    Examples
    --------
    >>> print(Tiles((Tile("Accounts", "28"), Tile("Orders", "412"))))
    Accounts: 28
    Orders: 412
    """

    tiles: tuple[Tile, ...]

    def to_html(self, row: str = "") -> str:
        """Return the tiles as HTML in which every text is escaped.

        Parameters
        ----------
        row : str
            Style of the row, where there is no style sheet.

        Examples
        --------
        >>> "&lt;b&gt;" in Tiles((Tile("<b>", "28"),)).to_html()
        True
        """
        style = f' style="{row}"' if row else ""
        made = "\n".join(_tile(tile) for tile in self.tiles)
        return f'<div class="tiles tiles-{len(self.tiles)}"{style}>\n{made}\n</div>'

    def __str__(self) -> str:
        return "\n".join(map(str, self.tiles))

    __repr__ = __str__

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        return {
            MIME_TYPE: {"tiles": [_payload(tile) for tile in self.tiles]},
            "text/html": self.to_html(_ROW),
            "text/plain": str(self),
        }


def tiles(figures: Sequence[Tile]) -> Tiles:
    """Show a row of figures, each beside what it is compared with.

    Parameters
    ----------
    figures : sequence of Tile
        In the order in which they are read; six fill a row on paper.

    Returns
    -------
    Tiles
        Shows itself in a notebook.

    Raises
    ------
    UsageError
        If something else than tiles is given.

    Examples
    --------
    >>> tiles([Tile("Accounts", "28", "Q4 2024: 27")])
    Accounts: 28 · Q4 2024: 27
    """
    for figure in figures:
        if not isinstance(figure, Tile):
            raise UsageError(f"figures holds {figure!r}: give Tile(label, value, …)")
    return Tiles(tuple(figures))


def read_tiles(payload: Mapping[str, Any]) -> Tiles:
    """Return the tiles that lie in the output of an executed notebook.

    Parameters
    ----------
    payload : mapping
        What stands there under `MIME_TYPE`.

    Examples
    --------
    >>> read_tiles({"tiles": [{"label": "Accounts", "value": "28"}]})
    Accounts: 28
    """
    return Tiles(tuple(Tile(**each) for each in payload["tiles"]))


def _check_words(tile: Tile) -> None:
    for argument, known in (("kind", KINDS), ("unit", UNITS)):
        word = getattr(tile, argument)
        if word not in known:
            hint = did_you_mean(str(word), known)
            raise UsageError(f"{argument} of tile {tile.label!r} is {word!r}: {hint}")


def _payload(tile: Tile) -> dict[str, Any]:
    """Return a tile as JSON knows it: plain numbers, and None where none is known."""
    usual = tile.usual and [float(limit) for limit in tile.usual]
    return {**asdict(tile), "history": _recent(tile), "usual": usual}


def _recent(tile: Tile) -> list[float | None]:
    recent = list(tile.history)[-MOST_PERIODS:]
    return [float(x) if is_known(x) else None for x in recent]


def _tile(tile: Tile) -> str:
    """Return one tile; a mark is a shape with a word, never a colour alone."""
    state = {None: "", True: " inside", False: " outside"}[tile.inside]
    unknown = "" if tile.value else " unknown"
    value = tile.value or _("cannot tell")
    notes = "".join(_paragraph("tile-note", each) for each in tile.lines())
    shape = {None: "", True: "●", False: "◆"}[tile.inside]
    mark = (
        f'<p class="tile-mark"><span aria-hidden="true">{shape}</span> '
        f"{escape(tile.verdict())}</p>"
    )
    return (
        f'<div class="tile {tile.kind}{state}{unknown}">'
        f"{_paragraph('tile-label', tile.label)}{_paragraph('tile-value', value)}"
        f"{notes}{_line(tile)}{mark if shape else ''}</div>"
    )


def _paragraph(name: str, text: str) -> str:
    return f'<p class="{name}">{escape(bound(text))}</p>'


def _line(tile: Tile) -> str:
    return sparkline(_recent(tile), line_words(tile), tile.inside, tile.usual)


def line_words(tile: Tile) -> str:
    """Say what the line of a tile shows, for those who cannot see it.

    Parameters
    ----------
    tile : Tile
        With its history.

    Examples
    --------
    >>> line_words(Tile("Revenue", "3", history=[1e6, 4e6, 3e6], unit="money"))
    'Revenue over 3 periods: from 1.00 M to 3.00 M, lowest 1.00 M, highest 4.00 M.'
    """
    history = _recent(tile)
    known = [each for each in history if each is not None]
    if not known:
        return ""
    ends = {"first": known[0], "last": known[-1], "low": min(known), "high": max(known)}
    told = {
        name: format_value(value, tile.unit, tile.currency)
        for name, value in ends.items()
    }
    return _(
        "{label} over {periods}: from {first} to {last}, lowest {low}, highest {high}."
    ).format(
        label=tile.label,
        periods=plural("{n} period", "{n} periods", len(history)),
        **told,
    )
