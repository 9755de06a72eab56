"""When in the year accounts order: August, the year's end, Chinese New Year."""

from datetime import date

import numpy as np
import pandas as pd

from kamlab.data.demo.characters import cast
from kamlab.data.demo.lives import FADE_DAYS
from kamlab.data.demo.story import CHINESE_NEW_YEAR, N_DAYS, YEARS, day_number

#: Frequencies are laid down by the week: edges of the weeks, in day numbers.
WEEK_EDGES = np.append(np.arange(0, N_DAYS, 7), N_DAYS)
_MIDDLES = (WEEK_EDGES[:-1] + WEEK_EDGES[1:]) / 2
#: Orders against the year's average where little happens, by calendar: (share, days).
_EUROPE = (("08-01", "08-28", 0.55), ("12-20", "12-31", 0.35), ("01-01", "01-08", 0.45))
_AMERICA = (("07-01", "07-09", 0.75), ("12-18", "12-31", 0.5))
#: What arrivals order in their first half year, against later.
_RAMP_DAYS, _RAMP_START = 182, 0.6
_FADE_END = 0.3


def seasons() -> dict[str, np.ndarray]:
    """Return the weekly level of ordering for each currency area, 1 on average.

    Examples
    --------
    >>> year_end = seasons()["EUR"][51]
    >>> bool(year_end < 0.6)
    True
    """
    levels = {
        "EUR": _closures(_EUROPE),
        "USD": _closures(_AMERICA),
        "CNY": _chinese_new_year(),
    }
    return {area: level / level.mean() for area, level in levels.items()}


def _closures(times: tuple[tuple[str, str, float], ...]) -> np.ndarray:
    """Return weekly levels with the same quiet times in every year."""
    level = np.ones(len(_MIDDLES))
    for year in YEARS:
        for begins, ends, factor in times:
            first = day_number(date.fromisoformat(f"{year}-{begins}"))
            last = day_number(date.fromisoformat(f"{year}-{ends}"))
            level[(first <= _MIDDLES) & (last >= _MIDDLES)] = factor
    return level


def _chinese_new_year() -> np.ndarray:
    """Return weekly levels with the holidays, and the rush before, where they fall."""
    level = np.ones(len(_MIDDLES))
    for holiday in CHINESE_NEW_YEAR:
        distance = _MIDDLES - day_number(holiday)
        level[(distance >= -35) & (distance < -7)] = 1.2
        level[(distance >= -7) & (distance < 14)] = 0.12
    return level


def weekly_levels(roster: pd.DataFrame) -> np.ndarray:
    """Return how often each account orders in each week, against its usual rate.

    Season, arrival, fade before a loss, and the characters' own phases together.

    Parameters
    ----------
    roster : pandas.DataFrame
        With lives and places.

    Returns
    -------
    numpy.ndarray
        One row for each account, one column for each week.

    Examples
    --------
    >>> from kamlab.data.demo.talbruck import assemble_roster
    >>> roster, mix = assemble_roster(1, 30)
    >>> weekly_levels(roster).shape
    (30, 209)
    """
    areas, which = np.unique(roster["currency"], return_inverse=True)
    by_area = seasons()
    season = np.array([by_area[area] for area in areas])
    levels = season[which] * _presence(roster) * _fade(roster) * _ramp(roster)
    phases = {each.key: each.phases for each in cast() if each.phases}
    for key, stretches in phases.items():
        row = roster.index[roster["character"] == key]
        for phase in stretches:
            first, last = day_number(phase.start), day_number(phase.end)
            levels[row] *= np.where(_covered(first, last) > 0.5, phase.factor, 1.0)
    return levels


def _covered(first: object, last: object) -> np.ndarray:
    """Return the share of each week that lies between two days."""
    begins = np.maximum(WEEK_EDGES[:-1], first)
    ends = np.minimum(WEEK_EDGES[1:], np.asarray(last) + 1)
    return np.maximum(ends - begins, 0) / np.diff(WEEK_EDGES)


def _presence(roster: pd.DataFrame) -> np.ndarray:
    first = roster["start_day"].to_numpy()[:, None]
    last = roster["end_day"].to_numpy()[:, None]
    return _covered(first, last)


def _fade(roster: pd.DataFrame) -> np.ndarray:
    """Fall from the usual rate over the last two quarters of those who fade."""
    left = (roster["end_day"].to_numpy()[:, None] - _MIDDLES) / FADE_DAYS
    falling = _FADE_END + (1 - _FADE_END) * np.clip(left, 0, 1)
    return np.where(roster["fades"].to_numpy()[:, None], falling, 1.0)


def _ramp(roster: pd.DataFrame) -> np.ndarray:
    """Rise to the usual rate over the first half year of ordinary arrivals."""
    first = roster["start_day"].to_numpy()[:, None]
    age = np.clip((_MIDDLES - first) / _RAMP_DAYS, 0, 1)
    arrives = (first >= 0) & (roster["character"] == "").to_numpy()[:, None]
    return np.where(arrives, _RAMP_START + (1 - _RAMP_START) * age, 1.0)
