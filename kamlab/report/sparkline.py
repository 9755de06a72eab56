"""A line of a few periods, as small as a word (Tufte 2006), drawn without a script."""

import math
from collections.abc import Sequence
from html import escape

#: Drawn on this many units; the page scales it.
_WIDTH, _HEIGHT, _MARGIN = 120.0, 26.0, 4.0

_LINE, _BAND, _CALM, _LOUD = "#14507f", "#e3e9ee", "#14507f", "#a3291c"


def sparkline(
    history: Sequence[float | None],
    words: str,
    inside: bool | None = None,
    usual: tuple[float, float] | None = None,
) -> str:
    """Return how a figure went over the last periods, as a drawing within a page.

    The last period is a point inside its usual variation, a diamond outside of it.

    Parameters
    ----------
    history : sequence of float or None
        One value a period, the newest last; None or NaN where it is not known.
    words : str
        What the line says, for those who cannot see it.
    inside : bool or None
        Whether the last value is inside its usual variation; None: cannot tell.
    usual : (float, float), optional
        Limits of the usual variation, drawn as a band.

    Returns
    -------
    str
        SVG; "" if fewer than two values are known.

    References
    ----------
    Tufte, E. R. (2006). Beautiful Evidence. Graphics Press, Cheshire (Connecticut).

    Examples
    --------
    >>> sparkline([1.0], "One quarter is no line.")
    ''
    >>> sparkline([1.0, 3.0, 2.0], "Three quarters.")[:4]
    '<svg'
    """
    known = [each if is_known(each) else None for each in history]
    values = [each for each in known if each is not None]
    if len(values) < 2:
        return ""
    low, high = min([*values, *(usual or ())]), max([*values, *(usual or ())])

    def height(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return _HEIGHT - _MARGIN - share * (_HEIGHT - 2 * _MARGIN)

    step = (_WIDTH - 2 * _MARGIN) / (len(known) - 1)
    points = [
        None if each is None else (_MARGIN + i * step, height(each))
        for i, each in enumerate(known)
    ]
    drawn = [
        _band(height(usual[0]), height(usual[1])) if usual else "",
        *map(_path, _runs(points)),
        _mark(points[-1], inside),
    ]
    return (
        f'<svg class="sparkline" viewBox="0 0 {_WIDTH:g} {_HEIGHT:g}" role="img" '
        f'width="{_WIDTH:g}" height="{_HEIGHT:g}" aria-label="{escape(words)}">'
        f"{''.join(drawn)}</svg>"
    )


def is_known(value: float | None) -> bool:
    """Say whether there is a value to draw.

    Examples
    --------
    >>> is_known(0.0), is_known(None), is_known(math.nan)
    (True, False, False)
    """
    return value is not None and math.isfinite(value)


def _band(low: float, high: float) -> str:
    return (
        f'<rect x="0" y="{high:.1f}" width="{_WIDTH:g}" height="{low - high:.1f}" '
        f'fill="{_BAND}"/>'
    )


def _runs(
    points: Sequence[tuple[float, float] | None],
) -> list[list[tuple[float, float]]]:
    """Return the stretches without a gap; a line across a gap would be invented."""
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _path(run: Sequence[tuple[float, float]]) -> str:
    if len(run) == 1:
        x, y = run[0]
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1" fill="{_LINE}"/>'
    steps = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
    return (
        f'<polyline points="{steps}" fill="none" stroke="{_LINE}" '
        'stroke-width="1.5" stroke-linejoin="round"/>'
    )


def _mark(point: tuple[float, float] | None, inside: bool | None) -> str:
    """Mark the last period: a point, or a diamond, which is no colour alone."""
    if point is None:
        return ""
    x, y = point
    if inside is not False:
        return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.4" fill="{_CALM}"/>'
    corners = f"{x:.1f},{y - 4:.1f} {x + 4:.1f},{y:.1f} {x:.1f},{y + 4:.1f} "
    return f'<polygon points="{corners}{x - 4:.1f},{y:.1f}" fill="{_LOUD}"/>'
