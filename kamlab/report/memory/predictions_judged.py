"""Whether what the last report expected has come about, figure by figure."""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import pandas as pd

from kamlab.estimates import Estimate
from kamlab.fiscal import add_months, as_date
from kamlab.portfolio import Portfolio
from kamlab.report.memory.records import Prediction
from kamlab.report.memory.renumbering import current_numbers
from kamlab.value.activity import account_revenue
from kamlab.value.proportions import FEWEST_CASES, wilson_share
from kamlab.value.windows import key_name

#: How the actual figure of each kind of prediction is found: by account, from a
#: portfolio, a first and last day, and "account" or "parent". A chapter that predicts
#: something else adds a line.
ACTUALS: dict[str, Callable[[Portfolio, date, date, str], pd.Series]] = {
    "net_revenue": account_revenue,
}

_COLUMNS = [
    "name",
    "account",
    "start",
    "due",
    "expected",
    "low",
    "high",
    "actual",
    "last_year",
    "error",
    "inside",
    "state",
    "source",
]


def judged_predictions(
    predictions: Sequence[Prediction], portfolio: Portfolio, by: str = "parent"
) -> pd.DataFrame:
    """Put beside every prediction what has come about.

    Parameters
    ----------
    predictions : sequence of Prediction
        What the earlier report expected.
    portfolio : Portfolio
        The tables at a later date.
    by : {"account", "parent"}
        Whether the predictions are about accounts or about groups.

    Returns
    -------
    DataFrame
        One row a prediction, in their order: ``name``, ``account`` ("" for the whole
        portfolio), ``start``, ``due`` (days), ``expected``, ``low``, ``high``,
        ``actual``, ``last_year`` (of the same days a year before, as known today),
        ``error`` (actual less expected; all three missing while it is open),
        ``inside`` (1 inside the interval, 0 outside, missing while open), ``state``
        ("due", "open" or "not measured") and ``source``.

    Raises
    ------
    UsageError
        If `by` is something else.

    Examples
    --------
    >>> import kamlab
    >>> expected = Prediction("net_revenue", "", 15e6, 10e6, 20e6, 0.9, "2025-10-01",
    ...                       "2025-12-31", "money", "same period last year")
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     table = judged_predictions([expected], portfolio)
    >>> table[["state", "inside"]].values.tolist()
    [['due', 1.0]]
    """
    key_name(by)
    named = [each.account for each in predictions if each.account]
    now = current_numbers(portfolio, named, by)
    booked = _Booked(portfolio, by)
    rows = []
    for each in predictions:
        account = str(now.get(each.account, ""))
        actual, last_year, state = booked.of(each, account)
        error = actual - each.value
        inside = float(each.low <= actual <= each.high) if state == "due" else np.nan
        about = (each.name, account, each.start, each.due, each.value)
        figures = (each.low, each.high, actual, last_year, error, inside)
        rows.append((*about, *figures, state, each.source))
    return pd.DataFrame(rows, columns=_COLUMNS)


def coverage(judged: pd.DataFrame, at_least: int = FEWEST_CASES) -> Estimate:
    """Say how often the truth lay inside the intervals, and how sure that is.

    Parameters
    ----------
    judged : DataFrame
        From `judged_predictions`.
    at_least : int
        With fewer predictions that are due the answer is "cannot tell".

    Returns
    -------
    Estimate
        A share with Wilson's interval; to be held against the level of the intervals.
        Accounts share good and bad quarters, so that it is rather too narrow.

    Examples
    --------
    >>> judged = pd.DataFrame({"inside": [1.0] * 9 + [0.0] * 3 + [float("nan")]})
    >>> print(coverage(judged))
    75.0 % (95 % interval 46.8 % to 91.1 %, n = 12)
    """
    due = judged["inside"].dropna()
    return wilson_share(int(due.sum()), len(due), at_least=at_least, of="predictions")


def beside_last_year(judged: pd.DataFrame) -> tuple[float, float, int]:
    """Say how far predictions missed, and how far last year's figure would have.

    Parameters
    ----------
    judged : DataFrame
        From `judged_predictions`.

    Returns
    -------
    error, error_last_year : float
        Mean absolute errors; missing where no prediction is due.
    n : int
        Predictions that are due and have a year before.

    Examples
    --------
    >>> judged = pd.DataFrame(
    ...     {"expected": [9.0, 4], "actual": [10.0, 4], "last_year": [7.0, 5]}
    ... )
    >>> beside_last_year(judged)
    (0.5, 2.0, 2)
    """
    due = judged.dropna(subset=["actual", "last_year"])
    errors = (due["actual"] - due["expected"]).abs()
    naive = (due["actual"] - due["last_year"]).abs()
    return float(errors.mean()), float(naive.mean()), len(due)


class _Booked:
    """What was booked of accounts in periods, each period looked up once."""

    def __init__(self, portfolio: Portfolio, by: str) -> None:
        self._portfolio, self._by = portfolio, by
        self._seen: dict[tuple[str, date, date], pd.Series] = {}

    def of(self, prediction: Prediction, account: str) -> tuple[float, float, str]:
        """Return what came about, the same of last year, and whether it is known."""
        if prediction.name not in ACTUALS:
            return np.nan, np.nan, "not measured"
        first, last = as_date(prediction.start), as_date(prediction.due)
        if last > self._portfolio.as_of:
            return np.nan, np.nan, "open"
        earlier = add_months(first, -12), add_months(last, -12)
        actual = self._figure(prediction.name, first, last, account)
        if earlier[0].replace(day=1) < self._portfolio.first_day.replace(day=1):
            return actual, np.nan, "due"
        return actual, self._figure(prediction.name, *earlier, account), "due"

    def _figure(self, name: str, first: date, last: date, account: str) -> float:
        window = (name, first, last)
        if window not in self._seen:
            self._seen[window] = ACTUALS[name](self._portfolio, first, last, self._by)
        figures = self._seen[window]
        return float(figures.get(account, 0.0) if account else figures.sum())
