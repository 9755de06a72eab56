"""Who rose and fell most in a period, and why."""

from dataclasses import dataclass

import pandas as pd

from kamlab.language import _
from kamlab.report.review.numbers import Review
from kamlab.value.finished_projects import finished_projects
from kamlab.value.movers import movers
from kamlab.value.movers_words import mover_words


@dataclass(frozen=True)
class Mover:
    """One account that rose or fell: by how much, why, and whose it is.

    Examples
    --------
    >>> Mover("Adler", -2e4, "price −3.1 %", "K01", "contribution").change
    -20000.0
    """

    account: str
    change: float
    cause: str
    owner: str
    basis: str


def up_and_down(review: Review) -> list[Mover]:
    """List the five own accounts that rose most, and the five that fell most.

    Parameters
    ----------
    review : Review
        The numbers behind the page.

    Returns
    -------
    list of Mover
        Those that rose first; empty where the year before is not in the data.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     rows = up_and_down(Review(portfolio))
    >>> len(rows), rows[0].change > 0 > rows[-1].change, rows[0].basis
    (10, True, 'contribution')
    """
    if not review.has_year_before:
        return []
    before, after = (review.own_side(each) for each in review.two_periods)
    ended = finished_projects(review.portfolio, review.by)
    table = movers(before, after, review.bridge, review.owners, ended=ended)
    return [
        Mover(
            account=review.short(key),
            change=float(row["change"]),
            cause=_cause(review, key, row),
            owner=review.owner(key),
            basis=str(row["basis"]),
        )
        for key, row in table.iterrows()
    ]


def _cause(review: Review, key: object, row: pd.Series) -> str:
    """Say why an account moved; one that is watched does not pause as usual."""
    if row["cause"] == "paused" and key in review.faint_accounts:
        return _("silent, not lost yet")
    return mover_words(row)
