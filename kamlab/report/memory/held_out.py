"""How a forecast did in earlier periods, beside last year's same period."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.stats import t as student

from kamlab.report.memory.forecast import FEWEST_ERRORS
from kamlab.value.lifetime.comparison import ACTUAL, compared_forecasts

#: With fewer held-out periods nobody can tell how good a forecast is.
FEWEST_PERIODS = 2


@dataclass(frozen=True, eq=False)
class HeldOut:
    """Errors of a forecast in earlier periods, of accounts and of the whole book.

    Parameters
    ----------
    residuals : array
        (came − expected) ÷ scale, of every account and period.
    whole : array of shape (n_periods,)
        Came − expected, of the whole book.
    mean_error, mean_error_last_year : float
        Mean absolute error of an account, by the forecast and by the same period of
        the year before.
    gain_low : float
        Lower end of the 95 % interval of their difference, accounts as pairs.
    n_accounts : int
        Accounts that were compared.

    Examples
    --------
    >>> HeldOut(np.zeros(9), np.zeros(3), 5.0, 7.0, 0.5, 30).beats_last_year
    True
    """

    residuals: np.ndarray
    whole: np.ndarray
    mean_error: float
    mean_error_last_year: float
    gain_low: float
    n_accounts: int

    @property
    def beats_last_year(self) -> bool:
        """Whether it misses by less than last year's same period, beyond chance.

        Examples
        --------
        >>> HeldOut(np.zeros(9), np.zeros(3), 5.0, 7.0, -0.1, 30).beats_last_year
        False
        """
        return self.gain_low > 0


def held_out(periods: Sequence[pd.DataFrame]) -> HeldOut | None:
    """Compare forecasts of earlier periods with what came.

    Parameters
    ----------
    periods : sequence of DataFrame
        For each held-out period, by account: ``value`` and ``scale`` of the forecast
        (missing where the account was not known by then), ``came`` and ``last_year``
        (missing where there was none).

    Returns
    -------
    HeldOut or None
        None with fewer than two periods, or where nobody was known before them.

    Notes
    -----
    The errors of an account in several periods count as their mean; accounts are drawn
    in pairs of forecast and last year, as `compared_forecasts` does.

    Examples
    --------
    >>> good = pd.DataFrame(
    ...     {"value": [10.0, 8], "scale": 2.0, "came": [12.0, 8], "last_year": [20, 0]}
    ... )
    >>> past = held_out([good, good])
    >>> past.residuals.tolist(), past.whole.tolist()
    ([1.0, 0.0, 1.0, 0.0], [2.0, 2.0])
    >>> past.mean_error, past.mean_error_last_year
    (1.0, 8.0)
    """
    if len(periods) < FEWEST_PERIODS:
        return None
    filled = [each.fillna({"came": 0.0, "last_year": 0.0}) for each in periods]
    whole = np.array([each["came"].sum() - each["value"].sum() for each in filled])
    known = pd.concat(filled).dropna(subset=["value", "scale"])
    if known.empty:
        return None
    ways = known.rename(columns={"came": ACTUAL})[[ACTUAL, "last_year", "value"]]
    table = compared_forecasts(ways, baseline="last_year")
    forecast, accounts = table.loc["value"], int(table["n"].iloc[0])
    scaled = known[known["scale"] > 0]
    residuals = (scaled["came"] - scaled["value"]) / scaled["scale"]
    return HeldOut(
        residuals.to_numpy(),
        whole,
        float(forecast["mae"]),
        float(table.loc["last_year", "mae"]),
        # One account alone says nothing of chance.
        float(-forecast["high"]) if accounts > 1 else -np.inf,
        accounts,
    )


def interval_ends(now: pd.DataFrame, past: HeldOut, level: float) -> pd.DataFrame:
    """Return forecasts with intervals as wide as the errors of the past.

    Parameters
    ----------
    now : DataFrame
        By account: ``value`` and ``scale``.
    past : HeldOut
        Errors of earlier periods.
    level : float
        Level of the intervals, as a share.

    Returns
    -------
    DataFrame
        Columns ``account`` ("" for the whole book, first), ``value``, ``low``, ``high``
        and ``n``; the largest value first. The whole book is left out with fewer than
        four errors. No interval leaves out its own value, and none of a positive value
        goes below nothing.

    Examples
    --------
    >>> past = HeldOut(np.linspace(-1, 1, 101), np.full(4, 5.0), 1.0, 2.0, 0.5, 30)
    >>> now = pd.DataFrame({"value": [10.0], "scale": [2.0]}, index=["A"])
    >>> interval_ends(now, past, 0.9).round(1).values.tolist()
    [['', 10.0, -0.7, 20.7, 4], ['A', 10.0, 8.2, 11.8, 101]]
    """
    low, high = np.quantile(past.residuals, [(1 - level) / 2, (1 + level) / 2])
    value, scale = now["value"], now["scale"]
    # Who is expected to buy gives nothing back; who is expected to return may.
    floor = np.where(value < 0, -np.inf, 0.0)
    ends = pd.DataFrame(
        {
            "value": value,
            "low": np.minimum(np.maximum(value + low * scale, floor), value),
            "high": np.maximum(value + high * scale, value),
            "n": len(past.residuals),
        }
    ).sort_values("value", ascending=False, kind="stable")
    accounts = ends.rename_axis("account").reset_index()
    n, total = len(past.whole), float(value.sum())
    if n < FEWEST_ERRORS:
        return accounts
    half = student.ppf((1 + level) / 2, n) * np.sqrt((past.whole**2).mean())
    whole = pd.DataFrame(
        {"account": [""], "value": total, "low": total - half, "high": total + half}
    )
    return pd.concat([whole.assign(n=n), accounts], ignore_index=True)
