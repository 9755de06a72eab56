"""Categories that a customer buys less and less of while it goes on buying the rest.

An account whose total stays flat may be leaving all the same, one category at a time.
The rule looks at what share of its lines an account gives to a category, order day by
order day: before, and lately.

Glossary
--------
silent partial defection 部分流失
    A customer takes one category elsewhere and says nothing.
false-discovery rate 错误发现率
    Share of the pairs listed that fade by chance alone.
"""

from datetime import date, timedelta

import numpy as np
import pandas as pd

from kamlab.churn.category_lines import category_lines
from kamlab.churn.rank_sums import rank_sum_test
from kamlab.errors import UsageError
from kamlab.fiscal import add_months
from kamlab.portfolio import Portfolio
from kamlab.value.windows import key_name

#: Months that are looked at now, and the months before them that they are held against.
NOW_MONTHS, BEFORE_MONTHS = 6, 24

#: A category fades if no more than this share of what was expected is left.
MOST_LEFT = 2 / 3

#: A pair is tested if the category was bought on so many order days before, and the
#: account bought on so many order days lately.
_FEWEST_BEFORE, _FEWEST_NOW = 4, 3

#: The fade is dated within so many months.
_DATED_WITHIN = 12

_COLUMNS = [
    "category",
    "share_before",
    "share_now",
    "lines_now",
    "expected",
    "days_before",
    "days_now",
    "p",
    "p_adjusted",
]


def fading_categories(
    portfolio: Portfolio, by: str = "account", false_discoveries: float = 0.1
) -> pd.DataFrame:
    """List the categories that accounts have begun to buy elsewhere.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, with products and their categories.
    by : {"account", "parent"}
        Accounts, or groups under their parents.
    false_discoveries : float
        Share of the list that may be there by chance alone, 0–1.

    Returns
    -------
    DataFrame
        One row an account and category, the strongest evidence first: the key column
        (``account_id`` or ``parent_id``), ``category``, ``share_before``, ``share_now``
        (mean share of an order day's lines, in the 24 months before and in the last
        six), ``lines_now``, ``expected`` (lines in the last six months; at the earlier
        share), ``days_before``, ``days_now`` (order days of the account), ``p`` (of the
        pair's own test), ``p_adjusted`` (all pairs taken together) and ``since`` (first
        day of the month from which the category is bought less).

    Raises
    ------
    MissingDataError
        If order lines have no product, products no category, or lines no days.
    UsageError
        If `false_discoveries` is no share, or `by` is something else.

    Notes
    -----
    Each pair's shares of lines are compared by a rank-sum test, an order day as one
    observation: lines of one order are not independent, and an account that buys less
    of everything raises no alarm. The earlier window holds two full years, so that
    seasons cancel. Over all pairs the false-discovery rate is held by Benjamini and
    Hochberg's step-up rule; listed is what passes it and has lost a third or more. A
    pair with few order days cannot pass, however much it lost.

    References
    ----------
    Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate. Journal
    of the Royal Statistical Society B 57(1), 289–300.

    Mann, H. B. and Whitney, D. R. (1947). On a test of whether one of two random
    variables is stochastically larger than the other. Annals of Mathematical Statistics
    18(1), 50–60.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     fading = fading_categories(portfolio)
    >>> fading.loc[0, ["account_id", "category"]].tolist()  # Kovostav
    ['A10284', 'gearboxes']
    """
    if not 0 < false_discoveries < 1:
        raise UsageError(
            f"false_discoveries = {false_discoveries!r}: give a share between 0 and 1, "
            "such as 0.1"
        )
    key = key_name(by)
    start = _months_to(portfolio.as_of, NOW_MONTHS + BEFORE_MONTHS)
    lines = category_lines(portfolio, max(start, portfolio.first_day), by)
    pairs = _paired(lines, key)
    turn = pd.Timestamp(_months_to(portfolio.as_of, NOW_MONTHS))
    table = _tested(pairs, pairs.index.get_level_values("order_date") >= turn)
    is_less = table["share_now"] <= MOST_LEFT * table["share_before"]
    found = table[is_less & (table["p_adjusted"] <= false_discoveries)].reset_index()
    found = found.sort_values(["p", key, "category"], ignore_index=True)
    found = found[[key, *_COLUMNS]]
    return found.assign(since=_begun(found, pairs, key, portfolio.as_of))


def _months_to(as_of: date, months: int) -> date:
    """Return the first day of the last so many months up to a day."""
    return add_months(as_of + timedelta(days=1), -months)


def _paired(lines: pd.DataFrame, key: str) -> pd.DataFrame:
    """Return lines of a category, and of all, for every order day of each pair."""
    totals = lines.groupby([key, "order_date"])["lines"].sum().rename("all")
    pairs = lines[[key, "category"]].dropna().drop_duplicates()
    every_day = pairs.merge(totals.reset_index(), on=key)
    names = [key, "category", "order_date"]
    table = every_day.merge(lines, on=names, how="left").set_index(names)
    return table.assign(lines=table["lines"].fillna(0.0)).sort_index()


def _tested(pairs: pd.DataFrame, is_later: np.ndarray) -> pd.DataFrame:
    """Return the pairs that bear a test, with expectation and evidence."""
    from scipy.stats import false_discovery_control

    share = (pairs["lines"] / pairs["all"]).droplevel("order_date")
    table = rank_sum_test(share, pd.Series(is_later, share.index))
    levels = list(table.index.names)
    bought = (pairs["lines"].gt(0) & ~is_later).groupby(level=levels).sum()
    now = pairs[is_later].groupby(level=levels)[["lines", "all"]].sum()
    table = table.join(now.rename(columns={"lines": "lines_now", "all": "all_now"}))
    enough = (bought >= _FEWEST_BEFORE) & (table["n_now"] >= _FEWEST_NOW)
    table = table[enough].rename(
        columns={
            "mean_before": "share_before",
            "mean_now": "share_now",
            "n_before": "days_before",
            "n_now": "days_now",
        }
    )
    adjusted = false_discovery_control(table["p"]) if len(table) else table["p"]
    expected = table["share_before"] * table["all_now"]
    return table.assign(expected=expected, p_adjusted=adjusted)


def _begun(
    found: pd.DataFrame, pairs: pd.DataFrame, key: str, as_of: date
) -> pd.Series:
    """Return from which month on each pair's category was bought less."""
    since = [
        _change(pairs.loc[(account, category)], as_of)
        for account, category in zip(found[key], found["category"], strict=True)
    ]
    return pd.Series(since, index=found.index, dtype="datetime64[us]")


def _change(days: pd.DataFrame, as_of: date) -> pd.Timestamp:
    """Return the first day of the month that best parts the days before from now.

    Two shares of lines, before and after a month's first day, each at its maximum
    likelihood; the month with the highest likelihood is taken (Hinkley, 1970).
    """
    months = [pd.Timestamp(_months_to(as_of, n)) for n in range(_DATED_WITHIN, 0, -1)]
    likelihoods = [
        _log_likelihood(days[days.index < month])
        + _log_likelihood(days[days.index >= month])
        for month in months
    ]
    return months[int(np.argmax(likelihoods))]


def _log_likelihood(days: pd.DataFrame) -> float:
    """Return the Bernoulli log likelihood of the lines at their own share."""
    k, n = float(days["lines"].sum()), float(days["all"].sum())
    return sum(each * float(np.log(each / n)) for each in (k, n - k) if each)
