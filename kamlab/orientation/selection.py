"""What happens to accounts that are chosen for being large: they fall back.

Glossary
--------
regression to the mean 均值回归
    Who stands out in one year owes a part of it to luck, and luck does not repeat. A
    group that was chosen for a good year looks as if it grew into it and faded after
    it, though nobody did anything.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from kamlab.errors import UsageError

#: Columns of `chosen_by_size`: mean growth of the chosen, and of all others.
SELECTION_COLUMNS = ("into", "out of", "others into", "others out of")


def chosen_by_size(periods: Mapping[str, pd.Series], many: int) -> pd.DataFrame:
    """Follow the largest accounts of each year to the year before and the year after.

    Parameters
    ----------
    periods : mapping of str to Series of shape (n_accounts,)
        Revenue by account of consecutive equal windows, the earliest first.
    many : int
        Number of accounts that are chosen.

    Returns
    -------
    pandas.DataFrame
        One row for each period that has one before and one after it (index ``chosen
        in``): mean growth of the chosen ``into`` that period and ``out of`` it, and the
        same of all other accounts (``others into``, ``others out of``).

    Raises
    ------
    UsageError
        If `many` is no whole number from 1 on, or there are fewer than three periods.

    Notes
    -----
    Growth is 2 (x₁ − x₀) / (x₁ + x₀), from −2 (stopped) to 2 (new), so that newcomers
    and leavers weigh the same; negative revenue counts as none.

    References
    ----------
    Galton, F. (1886). Regression towards mediocrity in hereditary stature. Journal of
    the Anthropological Institute 15, 246–263.

    Examples
    --------
    >>> years = {"2023": pd.Series({"A": 50, "B": 50}),
    ...          "2024": pd.Series({"A": 75, "B": 50}),
    ...          "2025": pd.Series({"A": 50, "B": 50})}
    >>> chosen_by_size(years, many=1).loc["2024", ["into", "out of"]].tolist()
    [0.4, -0.4]
    """
    if isinstance(many, bool) or not isinstance(many, int) or many < 1:
        raise UsageError(f"many = {many!r}: give a whole number from 1 on")
    if len(periods) < 3:
        raise UsageError(
            f"periods holds {len(periods)}: give at least three, so that one lies "
            "before and one after"
        )
    names, books = list(periods), list(periods.values())
    rows = [_around(books[i - 1 : i + 2], many) for i in range(1, len(books) - 1)]
    return pd.DataFrame(rows, index=pd.Index(names[1:-1], name="chosen in"))


def pure_luck(
    accounts: int = 300,
    many: int = 28,
    spread: float = 1.0,
    luck: float = 0.5,
    random_state: int = 0,
) -> pd.DataFrame:
    """Draw a company in which nothing changes but luck, and choose its largest.

    Parameters
    ----------
    accounts, many : int
        How many there are, and how many are chosen.
    spread, luck : float
        Standard deviation, in logarithms, of what accounts need for good and of what
        varies from year to year.
    random_state : int
        Seed.

    Returns
    -------
    pandas.DataFrame
        As `chosen_by_size`, of the middle one of three years.

    Examples
    --------
    >>> luck = pure_luck().iloc[0]
    >>> bool(luck["into"] > 0 > luck["out of"])
    True
    """
    rng = np.random.default_rng(random_state)
    need = rng.normal(0, spread, accounts)
    years = {
        name: pd.Series(np.exp(need + rng.normal(0, luck, accounts)))
        for name in ("year 1", "year 2", "year 3")
    }
    return chosen_by_size(years, many)


def _around(books: list[pd.Series], many: int) -> dict[str, float]:
    """Return mean growth into and out of the middle one of three periods."""
    three = pd.concat(books, axis=1, keys=range(3)).fillna(0.0).clip(lower=0.0)
    is_chosen = three.index.isin(three[1].nlargest(many).index)
    into, out_of = (_growth(three[i], three[i + 1]) for i in (0, 1))
    means = [
        float(growth[who].mean())
        for who in (is_chosen, ~is_chosen)
        for growth in (into, out_of)
    ]
    return dict(zip(SELECTION_COLUMNS, means, strict=True))


def _growth(before: pd.Series, now: pd.Series) -> pd.Series:
    both = now + before
    return 2 * (now - before) / both.where(both > 0)
