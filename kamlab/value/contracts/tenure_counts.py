"""How long accounts stayed: tenures and cohorts, checked once and made into counts.

Glossary
--------
tenure (任期)
    Renewal decisions that are behind an account. Of one that left, the last of them is
    the one it failed.
cohort (同期群)
    Accounts that began in the same period, and how many of them are left since.
at risk
    Accounts that come to a renewal decision.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.stats import binomtest

from kamlab.errors import DataError, UsageError
from kamlab.value.lifetime.counts import CannotTellError

#: With fewer accounts that came to a decision, or left, no renewal model is fitted.
FEWEST_ACCOUNTS, FEWEST_ENDED = 10, 3


@dataclass(frozen=True, eq=False)
class TenureCounts:
    """Accounts by tenure: how many left at their t-th decision, how many go on.

    Parameters
    ----------
    tenure : array of float, shape (n_distinct,)
        Decisions behind them.
    ended : array of bool, shape (n_distinct,)
        Whether they left at the last of these.
    weight : array of float, shape (n_distinct,)
        Number of accounts.

    Examples
    --------
    >>> counts = tenure_counts([1, 2, 2, 2], [True, False, False, True])
    >>> counts.weight.tolist()
    [1.0, 2.0, 1.0]
    """

    tenure: np.ndarray
    ended: np.ndarray
    weight: np.ndarray


def tenure_counts(
    tenure: ArrayLike, ended: ArrayLike, weights: ArrayLike | None = None
) -> TenureCounts:
    """Count accounts by tenure, or name the account whose tenure cannot be.

    Parameters
    ----------
    tenure : Series or array-like of int, shape (n_accounts,)
        Renewal decisions behind each account, 0 or more.
    ended : Series or array-like of bool, shape (n_accounts,)
        Whether it left at the last of these; False if it goes on.
    weights : array-like of shape (n_accounts,), optional
        How many accounts a row stands for.

    Returns
    -------
    TenureCounts
        Accounts that have not come to a decision tell nothing and are left out.

    Raises
    ------
    UsageError
        If the arguments differ in length, or weights are not positive numbers.
    DataError
        If a tenure is missing, negative or no whole number, or an account ended
        without a decision.

    Examples
    --------
    >>> tenure_counts(pd.Series([0], ["Nordal"]), [True])
    Traceback (most recent call last):
    kamlab.errors.DataError: account 'Nordal': ended with tenure 0; who leaves at the
    first renewal decision has tenure 1
    """
    periods, left, weight = _one_length(tenure, ended, weights)
    names = tenure.index if isinstance(tenure, pd.Series) else range(len(periods))
    _refuse_impossible(periods, left, names)
    rows = pd.DataFrame({"tenure": periods, "ended": left, "weight": weight})
    summed = rows[periods > 0].groupby(["tenure", "ended"], as_index=False).sum()
    columns = (summed[name].to_numpy() for name in ("tenure", "ended", "weight"))
    return TenureCounts(*columns)


def cohort_tenures(survivors: pd.Series | pd.DataFrame) -> pd.DataFrame:
    """Turn cohorts, counted from period to period, into tenures with weights.

    Parameters
    ----------
    survivors : Series of shape (n_periods,) or DataFrame (n_cohorts, n_periods)
        Accounts still there after 0, 1, 2, … decisions; of a younger cohort the later
        periods are missing.

    Returns
    -------
    DataFrame
        Columns `tenure`, `ended` and `weight`.

    Raises
    ------
    DataError
        If a cohort is empty, grows, or has a gap.

    Examples
    --------
    >>> cohort_tenures(pd.Series([100, 80, 70]))
       tenure  ended  weight
    0       1   True    20.0
    1       2   True    10.0
    2       2  False    70.0
    """
    if isinstance(survivors, pd.Series):
        survivors = survivors.to_frame("cohort").T
    parts = [_cohort(name, row) for name, row in survivors.iterrows()]
    if not parts:
        raise DataError("survivors has 0 cohorts: give one row a cohort")
    return pd.concat(parts, ignore_index=True)


def renewal_rates(
    tenure: ArrayLike,
    ended: ArrayLike,
    weights: ArrayLike | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Show which share renews at the first decision, the second, and so on.

    Parameters
    ----------
    tenure, ended, weights
        As `tenure_counts` takes them.
    level : float
        Level of the intervals, as a share.

    Returns
    -------
    DataFrame of shape (n_periods, 6)
        By period 1, 2, …: `at_risk`, `renewed`, `rate`, `low` and `high` (Wilson; NaN
        for weights that are no whole numbers) and `survival`, the product of the rates
        so far: accounts that go on count as far as they have come.

    Raises
    ------
    UsageError, DataError
        As `tenure_counts`.

    References
    ----------
    Kaplan, E. L., & Meier, P. (1958). Nonparametric estimation from incomplete
    observations. Journal of the American Statistical Association 53, 457–481.

    Examples
    --------
    >>> rates = renewal_rates([1, 2, 2, 2], [True, False, False, True])
    >>> rates[["at_risk", "renewed", "survival"]].round(2)
            at_risk  renewed  survival
    period
    1           4.0      3.0      0.75
    2           3.0      2.0      0.50
    """
    counts = tenure_counts(tenure, ended, weights)
    period = np.arange(1, int(counts.tenure.max(initial=0)) + 1)
    reached = counts.tenure >= period[:, None]
    left = (counts.tenure == period[:, None]) & counts.ended
    at_risk, lost = reached @ counts.weight, left @ counts.weight
    rate = 1 - lost / at_risk
    table = pd.DataFrame(
        {"at_risk": at_risk, "renewed": at_risk - lost, "rate": rate},
        index=pd.Index(period, name="period"),
    )
    ends = [_wilson(*row, level) for row in zip(at_risk - lost, at_risk, strict=True)]
    table[["low", "high"]] = np.array(ends).reshape(-1, 2)
    return table.assign(survival=rate.cumprod())


def mean_churn(counts: TenureCounts) -> float:
    """Return the share of all renewal decisions that ended a relationship.

    Parameters
    ----------
    counts : TenureCounts
        Accounts by tenure.

    Returns
    -------
    float

    Examples
    --------
    >>> mean_churn(tenure_counts([1, 2, 2], [True, True, False]))
    0.4
    """
    decisions = float(counts.tenure @ counts.weight)
    return float(counts.weight[counts.ended].sum()) / decisions


def refuse_too_little(counts: TenureCounts, parameters: int) -> None:
    """Say what is lacking where a renewal model cannot be learnt.

    Parameters
    ----------
    counts : TenureCounts
        Accounts by tenure.
    parameters : int
        How many the model has: it takes so many periods with a decision.

    Raises
    ------
    CannotTellError
        If accounts, losses or periods are too few.

    Examples
    --------
    >>> refuse_too_little(tenure_counts([1] * 20, [True] * 5 + [False] * 15), 2)
    Traceback (most recent call last):
    kamlab.value.lifetime.counts.CannotTellError: cannot tell from these data: nobody
    has come to more than 1 renewal decision; 2 are needed to see whether accounts
    differ: use the renewal rate itself
    """
    accounts = counts.weight.sum()
    if accounts < FEWEST_ACCOUNTS:
        raise CannotTellError(
            f"{accounts:g} accounts have come to a renewal decision; "
            f"{FEWEST_ACCOUNTS} are needed: use the renewal rate itself"
        )
    ended = counts.weight[counts.ended].sum()
    if ended < FEWEST_ENDED:
        raise CannotTellError(
            f"{ended:g} of {accounts:g} accounts have left; {FEWEST_ENDED} are needed: "
            "take a longer time"
        )
    longest = int(counts.tenure.max())
    if longest < parameters:
        raise CannotTellError(
            f"nobody has come to more than {longest} renewal decision"
            f"{'s' if longest > 1 else ''}; {parameters} are needed to see whether "
            "accounts differ: use the renewal rate itself"
        )


def _one_length(
    tenure: ArrayLike, ended: ArrayLike, weights: ArrayLike | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    given = pd.Series(np.asarray(tenure).ravel())
    periods = pd.to_numeric(given, errors="coerce").to_numpy(dtype=float)
    left = np.asarray(ended).ravel()
    weight = np.ones(len(periods)) if weights is None else np.asarray(weights, float)
    if not len(periods) == len(left) == len(weight):
        raise UsageError(
            f"rows: tenure {len(periods)}, ended {len(left)}, weights {len(weight)}; "
            "give one of each for every account"
        )
    if left.dtype != bool:
        for each in np.asarray(ended, dtype=object).ravel():
            if each not in (True, False):
                raise UsageError(f"ended holds {each!r}: give True or False")
    if not np.all(np.isfinite(weight) & (weight > 0)):
        raise UsageError(f"weights hold {weight.min():g}: give positive numbers")
    return periods, left.astype(bool), weight


def _refuse_impossible(
    periods: np.ndarray, left: np.ndarray, names: pd.Index | range
) -> None:
    wrong = ~(np.isfinite(periods) & (periods >= 0) & (periods % 1 == 0))
    if wrong.any():
        row = int(np.argmax(wrong))
        raise DataError(
            f"account {names[row]!r}: tenure = {periods[row]:g}; count renewal "
            "decisions, 0, 1, 2, …"
        )
    sudden = left & (periods == 0)
    if sudden.any():
        raise DataError(
            f"account {names[int(np.argmax(sudden))]!r}: ended with tenure 0; who "
            "leaves at the first renewal decision has tenure 1"
        )


def _cohort(name: object, row: pd.Series) -> pd.DataFrame:
    """Return who left at each decision, and who is left at the end."""
    known = row.notna().to_numpy()
    counts = row.to_numpy(dtype=float)[: int(known.sum())]
    if not known[: len(counts)].all():
        raise DataError(
            f"cohort {name!r}: a period is missing before a later one; give every "
            "period up to the last that is known"
        )
    if not len(counts) or counts[0] <= 0 or (counts < 0).any():
        raise DataError(f"cohort {name!r} begins with {counts[:1]}: give its accounts")
    grown = np.diff(counts) > 0
    if grown.any():
        at = int(np.argmax(grown))
        raise DataError(
            f"cohort {name!r}: {counts[at + 1]:g} accounts in period {at + 1} after "
            f"{counts[at]:g} in period {at}; a cohort cannot grow: count who was there "
            "from the beginning"
        )
    last = len(counts) - 1
    table = pd.DataFrame(
        {
            "tenure": [*range(1, last + 1), last],
            "ended": [True] * last + [False],
            "weight": [*-np.diff(counts), counts[last]],
        }
    )
    return table[table["weight"] > 0]


def _wilson(renewed: float, at_risk: float, level: float) -> tuple[float, float]:
    if renewed != round(renewed) or at_risk != round(at_risk):
        return np.nan, np.nan
    ends = binomtest(int(renewed), int(at_risk)).proportion_ci(level, "wilson")
    return float(ends.low), float(ends.high)
