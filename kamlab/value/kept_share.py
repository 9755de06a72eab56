"""Which share of the accounts of one year bought again in the next."""

from collections.abc import Mapping

import pandas as pd

from kamlab.estimates import Estimate
from kamlab.value.proportions import wilson_share


def kept_share(windows: Mapping[object, pd.Series], level: float = 0.95) -> Estimate:
    """Say which share of the accounts that bought a year ago have bought again.

    Parameters
    ----------
    windows : mapping of object to Series
        Revenue by account in windows of one length, the earliest first; the last two
        are compared. From `kamlab.value.trailing.trailing_revenues`.
    level : float
        Level of the interval, as a share.

    Returns
    -------
    Estimate
        Share of the accounts with revenue in the window before that have some in the
        last one, too; unknown where there is one window only, or few accounts. As a
        statement about this kind of business it is an estimate; as a count it is exact.

    Examples
    --------
    >>> before = pd.Series(1.0, index=range(20))
    >>> print(kept_share({"2024": before, "2025": before.head(18)}))
    90.0 % (95 % interval 69.9 % to 97.2 %, n = 20)
    """
    if len(windows) < 2:
        reason = f"full windows in the data: {len(windows)}; 2 are needed"
        return Estimate.unknown(reason, 0, unit="share", method="Wilson")
    *_, before, after = windows.values()
    bought = before.index[before > 0]
    again = after.reindex(bought).fillna(0.0) > 0
    return wilson_share(int(again.sum()), len(bought), level, of="accounts")
