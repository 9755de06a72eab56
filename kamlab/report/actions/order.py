"""The order of a list of actions: by money at stake, unless people chose another."""

from collections.abc import Sequence

from kamlab.report.actions.marks import mark_in
from kamlab.report.actions.table import Row, alert_of, contradicts


def ordered(rows: Sequence[Row]) -> list[Row]:
    """Return rows by money at stake; then those that are over, then people's own.

    Parameters
    ----------
    rows : sequence of dict
        Rows of a list of actions.

    Examples
    --------
    >>> rows = [{"what": "Trade fair"}, {"key": "A|loss", "at_stake": 5.0},
    ...         {"key": "B|loss", "at_stake": 9.0}]
    >>> [row.get("key") for row in ordered(rows)]
    ['B|loss', 'A|loss', None]
    """
    return sorted(rows, key=_place)


def is_ours(rows: Sequence[Row]) -> bool:
    """Say whether rows still stand in the order in which kamlab wrote them.

    Parameters
    ----------
    rows : sequence of dict
        Rows as people left them.

    Examples
    --------
    >>> is_ours([{"key": "A|loss", "at_stake": 5.0}, {"key": "B|loss", "at_stake": 9}])
    False
    """
    if any(map(contradicts, rows)):
        return False
    places = [_place(row) for row in rows]
    return places == sorted(places)


def _place(row: Row) -> tuple[int, float]:
    if alert_of(row) is None:
        return 2, 0.0
    money = row.get("at_stake")
    is_known = isinstance(money, int | float) and not isinstance(money, bool)
    return int(mark_in(row).is_closed), -float(money) if is_known else 0.0
