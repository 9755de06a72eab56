"""Whether later values lie below earlier ones, for many groups at once."""

import numpy as np
import pandas as pd
from scipy.stats import norm

from kamlab.errors import UsageError


def rank_sum_test(values: pd.Series, is_later: pd.Series) -> pd.DataFrame:
    """Test for each group whether its later values are lower than its earlier ones.

    Parameters
    ----------
    values : Series of float, shape (n,)
        Observations, indexed by group (one or several levels).
    is_later : Series of bool, shape (n,)
        Whether an observation is one of the later ones, with the same index.

    Returns
    -------
    DataFrame
        Indexed by group, sorted: ``n_before``, ``n_now`` (observations),
        ``mean_before``, ``mean_now`` and ``p``, the probability of ranks as low as the
        later ones have if nothing changed; 1 where a group has one window only, or one
        value only.

    Raises
    ------
    UsageError
        If the two series are not of one length.

    Notes
    -----
    Wilcoxon's rank sum in Mann and Whitney's form with mid-ranks, normal approximation,
    correction for ties and continuity. Ranks forgive the odd large order.

    References
    ----------
    Mann, H. B. and Whitney, D. R. (1947). On a test of whether one of two random
    variables is stochastically larger than the other. Annals of Mathematical Statistics
    18(1), 50–60.

    Examples
    --------
    >>> values = pd.Series([5.0, 6, 7, 8, 9, 1, 2, 3, 4], ["A"] * 9)
    >>> is_later = pd.Series([False] * 5 + [True] * 4, ["A"] * 9)
    >>> rank_sum_test(values, is_later)["p"].round(4).tolist()
    [0.01]
    """
    if len(values) != len(is_later):
        raise UsageError(
            f"values has {len(values)} rows, is_later {len(is_later)}: give one mark "
            "for each value"
        )
    levels = list(range(values.index.nlevels))
    later = is_later.to_numpy(dtype=bool)
    table = pd.DataFrame(
        {
            "rank": values.groupby(level=levels).rank().to_numpy(),
            "n_before": ~later,
            "n_now": later,
            "before": np.where(later, 0.0, values),
            "now": np.where(later, values, 0.0),
        },
        index=values.index,
    )
    table["later_rank"] = table["rank"].where(later, 0.0)
    sums = table.drop(columns="rank").groupby(level=levels).sum()
    sums["p"] = _probability(sums, _ties(values, levels).reindex(sums.index))
    counts = sums[["n_before", "n_now"]].astype("int64")
    return counts.assign(
        mean_before=sums["before"] / counts["n_before"],
        mean_now=sums["now"] / counts["n_now"],
        p=sums["p"],
    )


def _ties(values: pd.Series, levels: list[int]) -> pd.Series:
    """Return Σ(t³ − t) over the sizes t of each group's tied values."""
    keys = [values.index.get_level_values(level) for level in levels]
    sizes = values.groupby([*keys, values.to_numpy()]).size()
    return (sizes**3 - sizes).groupby(level=levels).sum()


def _probability(sums: pd.DataFrame, ties: pd.Series) -> np.ndarray:
    """Return the lower tail of each group's rank sum."""
    n, m = sums["n_now"].to_numpy(float), sums["n_before"].to_numpy(float)
    total = n + m
    below = sums["later_rank"].to_numpy() - n * (n + 1) / 2 - n * m / 2 + 0.5
    spread = total + 1 - ties.to_numpy() / np.maximum(total * (total - 1), 1)
    variance = n * m / 12 * spread
    testable = variance > 0
    z = below / np.sqrt(np.where(testable, variance, 1.0))
    return np.where(testable, norm.cdf(z), 1.0)
