"""Whether what the last report expected has come about, figure by figure."""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
import pandas as pd

from kamlab.estimates import Estimate
from kamlab.fiscal import as_date
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
        ``actual``, ``error`` (actual less expected; missing while it is open),
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
    seen: dict[tuple[str, date, date], pd.Series] = {}
    rows = []
    for each in predictions:
        actual, state = _actual(each, portfolio, by, now, seen)
        error = actual - each.value
        inside = float(each.low <= actual <= each.high) if state == "due" else np.nan
        about = (each.name, now.get(each.account, ""), each.start, each.due)
        figures = (each.value, each.low, each.high, actual, error, inside)
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


def _actual(
    prediction: Prediction,
    portfolio: Portfolio,
    by: str,
    now: pd.Series,
    seen: dict[tuple[str, date, date], pd.Series],
) -> tuple[float, str]:
    """Return what came about, or that it is too early, or that nothing measures it."""
    if prediction.name not in ACTUALS:
        return np.nan, "not measured"
    first, last = as_date(prediction.start), as_date(prediction.due)
    if last > portfolio.as_of:
        return np.nan, "open"
    window = (prediction.name, first, last)
    if window not in seen:
        seen[window] = ACTUALS[prediction.name](portfolio, first, last, by)
    figures = seen[window]
    if not prediction.account:
        return float(figures.sum()), "due"
    return float(figures.get(now[prediction.account], 0.0)), "due"
