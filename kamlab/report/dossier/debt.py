"""What an account owes, how much of it for longer than thirty days, and how late."""

from dataclasses import dataclass

import pandas as pd

from kamlab.report.dossier.numbers import Dossier
from kamlab.value.receivables import LATE_FROM


@dataclass(frozen=True)
class Debt:
    """Money that is open, overdue, and overdue for more than thirty days.

    `days` is the mean lateness of what is overdue for more than thirty days, weighted
    with the money; 0 where nothing is.

    Examples
    --------
    >>> Debt(open=100.0, overdue=40.0, late=30.0, days=95.0).late
    30.0
    """

    open: float
    overdue: float
    late: float
    days: float


def debt(dossier: Dossier) -> Debt:
    """Return what the account owes on the day of the last list of open items.

    Parameters
    ----------
    dossier : Dossier
        The numbers behind the page; its data hold `receivables`.

    Returns
    -------
    Debt
        As `kamlab.value.receivables.receivables_position` counts it.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     owed = debt(Dossier(portfolio, "Lianhan"))
    >>> owed.days > 90, owed.late < owed.overdue < owed.open
    (True, True)
    """
    items = dossier.rows("receivables")
    days = (items["as_of"] - items["due"]) / pd.Timedelta(days=1)
    owed = items["amount"].clip(lower=0)
    late = owed[days > LATE_FROM]
    weighted = float((late * days).sum())
    return Debt(
        open=round(float(items["amount"].sum()), 2),
        overdue=round(float(owed[days > 0].sum()), 2),
        late=round(float(late.sum()), 2),
        days=weighted / float(late.sum()) if late.sum() > 0 else 0.0,
    )
