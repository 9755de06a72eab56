"""What the steadiness of revenue amounts to, in sentences from the numbers."""

from math import exp, log

import pandas as pd
from scipy.special import betaincinv

from kamlab.estimates import Estimate
from kamlab.style.formats import format_count, format_share
from kamlab.value.stability_comparison import StabilityComparison
from kamlab.value.systematic_risk import Pooling


def comparison_sentence(found: StabilityComparison) -> str:
    """Say whether key accounts are steadier than others, as they are and at equal size.

    Parameters
    ----------
    found : StabilityComparison
        From `kamlab.value.stability_comparison.compare_stability`.

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.value.stability_comparison import compare_stability
    >>> size = pd.Series(range(1, 61), dtype=float)
    >>> steady = pd.DataFrame({"revenue": size, "variation": 2 / size**0.5})
    >>> print(comparison_sentence(compare_stability(steady, size > 50)))
    Revenue of the median key account varies by 0.268 of its mean from quarter to
    quarter (95 % interval 0.260 to 0.277, n = 10), of other accounts by 0.396 (95 %
    interval 0.348 to 0.471, n = 50). Whether that is more than their size: cannot
    tell: 0 key and 0 other accounts of about the same size; 8 of each are needed
    (n = 0).
    """
    if found.key.cannot_tell or found.others.cannot_tell:
        untold = found.key if found.key.cannot_tell else found.others
        return f"Whether key accounts are steadier than others: {untold}."
    return (
        f"Revenue of the median key account varies by {_figure(found.key)} of its mean "
        f"from quarter to quarter {_interval(found.key)}, of other accounts by "
        f"{_figure(found.others)} {_interval(found.others)}. {_equal_size(found)}"
    )


def _figure(estimate: Estimate) -> str:
    return str(estimate).split(" (", 1)[0]


def _interval(estimate: Estimate) -> str:
    return f"({str(estimate).split(' (', 1)[1]}"


def _equal_size(found: StabilityComparison) -> str:
    ratio = found.at_equal_size
    if ratio.cannot_tell:
        return f"Whether that is more than their size: {ratio}."
    verdict = (
        "steadier"
        if ratio.high < 1
        else "less steady"
        if ratio.low > 1
        else "not shown to be steadier or less steady"
    )
    return (
        f"Beside others of the same size they are {verdict}: they vary "
        f"{_figure(ratio)} times as much {_interval(ratio)}."
    )


def size_sentence(found: StabilityComparison) -> str:
    """Say how far steadiness is nothing but size.

    Parameters
    ----------
    found : StabilityComparison
        From `kamlab.value.stability_comparison.compare_stability`.

    Returns
    -------
    str
        Empty where it cannot be told.

    Examples
    --------
    >>> from kamlab.value.stability_comparison import compare_stability
    >>> size = pd.Series(range(1, 61), dtype=float)
    >>> steady = pd.DataFrame({"revenue": size, "variation": 2 / size**0.5})
    >>> print(size_sentence(compare_stability(steady, size % 2 == 0)))
    An account with twice the revenue varies 29.3 % less; the number of orders alone
    would make it 29.3 %.
    """
    if found.at_equal_size.cannot_tell:
        return ""
    change = exp(found.by_size * log(2)) - 1
    less = "less" if change < 0 else "more"
    return (
        f"An account with twice the revenue varies {format_share(abs(change))} {less}; "
        f"the number of orders alone would make it {format_share(1 - 2**-0.5)}."
    )


def pooling_sentence(found: Pooling) -> str:
    """Say how far the ups and downs of accounts even out.

    Parameters
    ----------
    found : Pooling
        From `kamlab.value.systematic_risk.pooling`.

    Returns
    -------
    str

    Examples
    --------
    >>> print(pooling_sentence(Pooling(0.55, 0.06, 0.05, n=16)))
    Over 16 quarters an account varied by 55.0 % of its mean (weighted by revenue), the
    book as a whole by 6.0 %. Had no account moved with another, it would have been
    5.0 %.
    """
    return (
        f"Over {format_count(found.n)} quarters an account varied by "
        f"{format_share(found.accounts)} of its mean (weighted by revenue), the book "
        f"as a whole by {format_share(found.book)}. Had no account moved with another, "
        f"it would have been {format_share(found.if_independent)}."
    )


def systematic_sentence(
    risk: pd.DataFrame, of: str = "accounts", level: float = 0.95
) -> str:
    """Say whether accounts move with the book, beside what chance alone would show.

    Parameters
    ----------
    risk : DataFrame
        From `kamlab.value.systematic_risk.systematic_risk`.
    of : {"accounts", "groups"}
        What a row is.
    level : float
        Level of the intervals in `risk`.

    Returns
    -------
    str

    Examples
    --------
    >>> risk = pd.DataFrame({"n": 12, "low": [-1.0] * 40, "high": [1.0] * 40})
    >>> risk = risk.assign(beta=0.0, systematic_share=0.05)
    >>> print(systematic_sentence(risk))
    In the median account 5.0 % of the ups and downs go with the rest of the book;
    about 4.7 % would without any connection. The book moves 0 of 40 accounts up or
    down beyond chance; about 2 would look so by chance. Single betas: do not use them.
    """
    told = risk.dropna(subset=["beta"])
    if told.empty:
        return "Whether accounts move with the book: cannot tell for any of them."
    n = told["n"].median()
    # For unrelated series R² follows a beta distribution with ½ and (n − 2)/2.
    chance = _median_of_chance(n)
    beyond = int(((told["low"] > 0) | (told["high"] < 0)).sum())
    expected = (1 - level) * len(told)
    few = beyond <= 2 * expected + 1
    return (
        f"In the median account {format_share(told['systematic_share'].median())} of "
        f"the ups and downs go with the rest of the book; about {format_share(chance)} "
        f"would without any connection. The book moves {format_count(beyond)} of "
        f"{format_count(len(told))} {of} up or down beyond chance; about "
        f"{format_count(expected)} would look so by chance."
        f"{' Single betas: do not use them.' if few else ''}"
    )


def _median_of_chance(n: float) -> float:

    return float(betaincinv(0.5, (n - 2) / 2, 0.5))
