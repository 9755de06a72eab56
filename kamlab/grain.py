"""What a book of months cannot tell: how often, how regularly, how lately one ordered.

Glossary
--------
grain 粒度
    Whether the order lines of a portfolio have days, or are sums of months that are
    dated the last day of their month.
"""

from typing import TYPE_CHECKING

import pandas as pd

from kamlab.errors import MissingDataError

if TYPE_CHECKING:
    from kamlab.portfolio import Portfolio

#: Figures of an account that mean nothing without order days.
DAY_FIGURES = (
    "order_days",
    "frequency",
    "recency",
    "T",
    "median_gap",
    "gap_90",
    "monetary_value_with_first",
    "monetary_value_without_first",
)


def require_days(portfolio: "Portfolio", purpose: str) -> None:
    """Insist on order days, and say in one sentence that there are only months.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date.
    purpose : str
        What the days are needed for; the sentence begins with it.

    Raises
    ------
    MissingDataError
        If the order lines are sums of months.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     require_days(portfolio, purpose="The usual gap between orders")
    """
    if portfolio.grain == "month":
        raise MissingDataError(
            f"{purpose} needs order days; this portfolio has months. Import order "
            "lines with their days to see it."
        )


def without_days(figures: pd.DataFrame, grain: str) -> pd.DataFrame:
    """Return figures with those missing that a book of months cannot tell.

    Parameters
    ----------
    figures : pandas.DataFrame
        One row an account, or an account and month.
    grain : {"day", "month"}
        What the order lines stand for.

    Examples
    --------
    >>> figures = pd.DataFrame({"revenue": [90.0], "median_gap": [31.0]})
    >>> without_days(figures, "month")["median_gap"].isna().all()
    np.True_
    >>> without_days(figures, "day")["median_gap"].tolist()
    [31.0]
    """
    if grain == "day":
        return figures
    blank = {name: float("nan") for name in DAY_FIGURES if name in figures}
    return figures.assign(**blank)
