"""How far a company has come with key-account management: 22 practices, six principles.

Glossary
--------
practice
    Something a company does or does not do, rated by those who should know: 0 not at
    all, 1 now and then, 2 for some key accounts, 3 for most, 4 for all and improved.
reliability
    How far the mean of several raters would repeat with others of their kind.
"""

import pandas as pd
from scipy import stats

from kamlab.errors import UsageError
from kamlab.estimates import Estimate

#: Highest rating.
BEST = 4

#: Document S3's six principles with their 22 practices.
PRACTICES: dict[str, tuple[str, ...]] = {
    "tiering 客户分层": (
        "strategic accounts have an offer and a partner of their own",
        "core accounts are visited on a plan",
        "small accounts are served by standard and self-service",
    ),
    "deep relationship 深入关系": (
        "key accounts are visited regularly",
        "they are invited to events of ours",
        "each has a file with history and contacts",
        "they get more than the product: advice, analysis, training",
    ),
    "customisation 定制化服务": (
        "products are adapted to their needs",
        "we offer solutions, not parts",
        "the way we serve them is designed for them",
    ),
    "long-term 长期战略合作": (
        "there are agreements for several years",
        "we talk and ask for their opinion on fixed days",
        "we develop and innovate together",
        "gains are shared by a rule",
    ),
    "data-driven 数据驱动决策": (
        "data on them are collected and analysed",
        "there is a portrait of each",
        "changes are noticed and reported within days",
        "campaigns are chosen by data and evaluated",
    ),
    "team 团队协同作战": (
        "departments have agreed who does what",
        "there is training and an exchange of experience",
        "a team of its own looks after key accounts",
        "results for the customer are rewarded",
    ),
}

#: An invented company's ratings by three people, practices in the order of `PRACTICES`.
EXAMPLE_RATINGS = {
    "sales director": (
        3,
        3,
        2,
        4,
        3,
        3,
        2,
        3,
        3,
        2,
        3,
        3,
        2,
        1,
        2,
        2,
        1,
        1,
        2,
        2,
        3,
        2,
    ),
    "account manager": (
        2,
        2,
        1,
        3,
        3,
        2,
        2,
        3,
        2,
        2,
        3,
        2,
        2,
        1,
        1,
        1,
        0,
        1,
        1,
        1,
        2,
        1,
    ),
    "finance": (2, 2, 2, 3, 2, 1, 1, 2, 2, 1, 3, 1, 2, 0, 1, 1, 0, 0, 1, 1, 2, 1),
}


def ratings_frame(ratings: dict[str, tuple[int, ...]]) -> pd.DataFrame:
    """Put ratings into a table of practices by raters.

    Parameters
    ----------
    ratings : dict of str to sequence of int
        For each rater 22 numbers from 0 to 4, in the order of `PRACTICES`.

    Returns
    -------
    pandas.DataFrame of shape (22, n_raters)
        Indexed by ``principle`` and ``practice``.

    Raises
    ------
    UsageError
        If a rater has another number of ratings, or one outside 0 to 4.

    Examples
    --------
    >>> ratings_frame(EXAMPLE_RATINGS).shape
    (22, 3)
    """
    if not ratings:
        raise UsageError("ratings is empty: give the ratings of one person at least")
    pairs = [(p, each) for p, practices in PRACTICES.items() for each in practices]
    index = pd.MultiIndex.from_tuples(pairs, names=["principle", "practice"])
    for rater, given in ratings.items():
        if len(given) != len(index):
            raise UsageError(
                f"ratings[{rater!r}] has {len(given)} numbers: give {len(index)}, one "
                "for each practice"
            )
        for practice, rating in zip(index.get_level_values(1), given, strict=True):
            if rating not in range(BEST + 1):
                raise UsageError(
                    f"ratings[{rater!r}], practice {practice!r}: {rating!r} is no "
                    f"rating; give a whole number from 0 to {BEST}"
                )
    return pd.DataFrame(ratings, index=index)


def maturity_by_principle(ratings: pd.DataFrame, target: float = 3.0) -> pd.DataFrame:
    """Return where the company stands on each principle, and how far from its target.

    Parameters
    ----------
    ratings : DataFrame of shape (22, n_raters)
        From `ratings_frame`.
    target : float
        What is aimed at, 0 to 4.

    Returns
    -------
    pandas.DataFrame
        Indexed by ``principle``, the widest gap first: ``mean``, ``lowest`` and
        ``highest`` rater's mean, ``gap`` (target less mean, not below 0).

    Examples
    --------
    >>> table = maturity_by_principle(ratings_frame(EXAMPLE_RATINGS))
    >>> table.index[0], round(float(table["gap"].iloc[0]), 2)
    ('data-driven 数据驱动决策', 2.08)
    """
    by_rater = ratings.groupby("principle", sort=False).mean()
    table = pd.DataFrame(
        {
            "mean": by_rater.mean(axis=1),
            "lowest": by_rater.min(axis=1),
            "highest": by_rater.max(axis=1),
        }
    )
    table["gap"] = (target - table["mean"]).clip(lower=0.0)
    return table.sort_values("gap", ascending=False, kind="stable")


def widest_gaps(ratings: pd.DataFrame, many: int = 5) -> pd.DataFrame:
    """List the practices that are rated lowest: where to begin.

    Parameters
    ----------
    ratings : DataFrame of shape (22, n_raters)
        From `ratings_frame`.
    many : int
        How many to list.

    Returns
    -------
    pandas.DataFrame
        Columns ``principle``, ``practice``, ``mean``, ``raters apart`` (highest less
        lowest rating), the lowest mean first.

    Examples
    --------
    >>> widest_gaps(ratings_frame(EXAMPLE_RATINGS), many=1)["practice"].tolist()
    ['changes are noticed and reported within days']
    """
    table = pd.DataFrame(
        {
            "mean": ratings.mean(axis=1),
            "raters apart": ratings.max(axis=1) - ratings.min(axis=1),
        }
    )
    return table.sort_values("mean", kind="stable").head(many).reset_index()


def rater_reliability(ratings: pd.DataFrame, level: float = 0.95) -> Estimate:
    """Say how far the mean of these raters can be relied on.

    Parameters
    ----------
    ratings : DataFrame of shape (n_practices, n_raters)
        One column a rater.
    level : float
        Level of the interval, 0–1.

    Returns
    -------
    Estimate
        Cronbach's α with raters as items; "cannot tell" with one rater, or where
        nobody tells the practices apart. Below 0 it says that raters contradict each
        other.

    Notes
    -----
    α = k/(k−1) (1 − Σσ²_rater / σ²_sum), which equals the intraclass correlation
    ICC(C,k). It asks whether the raters put the practices in one order; that one of
    them is stricter throughout does not lower it. Feldt's interval from the F
    distribution, (n−1) and (n−1)(k−1) degrees of freedom.

    References
    ----------
    Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests.
    Psychometrika 16, 297–334. Feldt, L. S. (1965). The approximate sampling
    distribution of Kuder–Richardson reliability coefficient twenty. Psychometrika 30,
    357–370. McGraw, K. O. and Wong, S. P. (1996). Forming inferences about some
    intraclass correlation coefficients. Psychological Methods 1, 30–46.

    Examples
    --------
    >>> print(rater_reliability(ratings_frame(EXAMPLE_RATINGS)))
    0.925 (95 % interval 0.847 to 0.966, n = 22)
    >>> print(rater_reliability(ratings_frame(EXAMPLE_RATINGS)[["finance"]]))
    cannot tell: 1 rater; 2 are needed to see whether they agree (n = 22)
    """
    n, raters = ratings.shape
    if raters < 2:
        reason = f"{raters} rater; 2 are needed to see whether they agree"
        return Estimate.unknown(reason, n, method="Cronbach's alpha")
    of_sum = float(ratings.sum(axis=1).var(ddof=1))
    if of_sum == 0:
        reason = "the raters give every practice the same sum"
        return Estimate.unknown(reason, n, method="Cronbach's alpha")
    of_raters = float(ratings.var(ddof=1).sum())
    alpha = raters / (raters - 1) * (1 - of_raters / of_sum)
    freedom = n - 1, (n - 1) * (raters - 1)
    tail = (1 - level) / 2
    low, high = (
        1 - (1 - alpha) * float(stats.f.ppf(p, *freedom)) for p in (1 - tail, tail)
    )
    return Estimate(alpha, low, high, n, level, method="Cronbach's alpha")
