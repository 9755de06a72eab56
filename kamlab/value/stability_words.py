"""What the steadiness of revenue amounts to, in sentences from the numbers."""

import pandas as pd

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
    Does size alone make steady? If it did, by more orders that even out, an account
    with twice the revenue would vary by 29.3 % less. Among accounts of that size the
    difference is −29.3 % (95 % interval −29.3 % to −29.3 %, n = 58): less.
    """
    if found.at_equal_size.cannot_tell:
        return ""
    by_orders = format_share(1 - 2**-0.5)
    return (
        "Does size alone make steady? If it did, by more orders that even out, an "
        f"account with twice the revenue would vary by {by_orders} less. Among "
        f"accounts of that size the difference is {found.by_size}: "
        f"{_direction(found.by_size)}."
    )


def _direction(change: Estimate) -> str:
    """Say whether twice the revenue goes with more or less variation, if told."""
    if change.high < 0:
        return "less"
    return "more" if change.low > 0 else "whether it is more or less cannot be told"


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


def systematic_sentence(risk: pd.DataFrame, of: str = "accounts") -> str:
    """Say whether accounts move with the book, beside what chance alone would show.

    Parameters
    ----------
    risk : DataFrame
        From `kamlab.value.systematic_risk.systematic_risk`.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    str

    Examples
    --------
    >>> risk = pd.DataFrame({"low": [-1.0] * 40, "high": [1.0] * 40, "beta": 0.0})
    >>> risk = risk.assign(systematic_share=0.05, chance_share=0.06, chance_beyond=0.1)
    >>> print(systematic_sentence(risk))
    In the median account 5.0 % of the ups and downs go with the rest of the book; about
    6.0 % would without any connection. The book seems to move 0 of 40 accounts up or
    down; about 4 would look so by chance. Single betas: do not use them.
    """
    told = risk.dropna(subset=["beta"])
    if told.empty:
        return "Whether accounts move with the book: cannot tell for any of them."
    beyond = int(((told["low"] > 0) | (told["high"] < 0)).sum())
    expected = float(told["chance_beyond"].fillna(0.0).sum())
    few = beyond <= 2 * expected + 1
    return (
        f"In the median account {format_share(told['systematic_share'].median())} of "
        "the ups and downs go with the rest of the book; about "
        f"{format_share(told['chance_share'].median())} would without any connection. "
        f"The book seems to move {format_count(beyond)} of {format_count(len(told))} "
        f"{of} up or down; about {format_count(expected)} would look so by chance."
        f"{' Single betas: do not use them.' if few else ''}"
    )
