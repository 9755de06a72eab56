"""How concentration moved, in sentences: who grew, who came and went, luck or not."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from kamlab.errors import UsageError
from kamlab.estimates import Estimate
from kamlab.style.formats import (
    format_count,
    format_money,
    format_points,
    format_share,
)
from kamlab.style.names import display_name
from kamlab.value.concentration_words import one_of
from kamlab.value.revenue import positive_amounts

#: An interval that ends nearer to zero than this part of the change is weak evidence.
_ONLY_JUST = 0.25
#: A change below half a tenth of a point prints as none.
_LEAST_CHANGE = 0.0005

_Names = Mapping[object, str] | None


def largest_sentence(shares: pd.DataFrame, names: _Names = None) -> str:
    """Say which share of revenue the largest account brings, and what it was.

    Parameters
    ----------
    shares : DataFrame of shape (n_accounts, n_periods)
        From `kamlab.value.concentration_trend.shares_by_period`.
    names : mapping or Series, optional
        Name by account.

    Returns
    -------
    str

    Examples
    --------
    >>> shares = pd.DataFrame({2022: [0.109, 0.891], 2025: [0.171, 0.83]}, ["A", "B"])
    >>> largest_sentence(shares.loc[["A"]], names={"A": "Marwitz"})
    'Marwitz brings 17.1 % of revenue, after 10.9 % in 2022.'
    """
    first, last = shares.columns[0], shares.columns[-1]
    account = shares[last].idxmax()
    now = f"{display_name(account, names)} brings "
    now += f"{format_share(shares.loc[account, last])} of revenue"
    if len(shares.columns) < 2:
        return f"{now}."
    before = format_share(shares.loc[account, first])
    return f"{now}, after {before} in {_period(first)}."


def fewer_sentence(
    revenues: Mapping[object, pd.Series], top: float = 0.2, of: str = "accounts"
) -> str:
    """Say whether the accounts with revenue are getting fewer.

    Parameters
    ----------
    revenues : mapping of period to Series
        Money by account in each period, the latest last.
    top : float
        Share of accounts that counts as the top.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    str
        Empty if there is one period only.

    Examples
    --------
    >>> years = {2024: pd.Series([9, 8, 7, 6, 5]), 2025: pd.Series([9, 8, 7, 6, 0])}
    >>> fewer_sentence(years)
    'The accounts with revenue went from 5 in 2024 to 4 in 2025, so that the top 20 % of
    them are fewer: 0.8 accounts instead of 1.0.'
    """
    if len(revenues) < 2:
        return ""
    first, *_, last = revenues
    before, now = (len(positive_amounts(revenues[each])) for each in (first, last))
    if now == before:
        return (
            f"As many {of} have revenue in {_period(last)} as in {_period(first)}: "
            f"{format_count(now)}."
        )
    return (
        f"The {of} with revenue went from {format_count(before)} in {_period(first)} "
        f"to {format_count(now)} in {_period(last)}, so that the top "
        f"{format_share(top, 0)} of them are {'fewer' if now < before else 'more'}: "
        f"{top * now:.1f} {of} instead of {top * before:.1f}."
    )


def turnover_sentence(
    before: pd.Series,
    after: pd.Series,
    names: _Names = None,
    currency: str = "",
    of: str = "accounts",
) -> str:
    """Say who bought in the period before and not in this one, and who is new.

    Parameters
    ----------
    before, after : Series of shape (n_accounts,)
        Money by account in two periods that follow each other.
    names : mapping or Series, optional
        Name by account.
    currency : str
        Code of the currency.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    str

    Examples
    --------
    >>> before = pd.Series({"A": 60, "B": 40, "C": 20})
    >>> after = pd.Series({"A": 60, "B": 0, "C": -1, "D": 9})
    >>> turnover_sentence(before, after, {"B": "Brandt"}, "EUR")
    'Of 3 accounts with revenue in the period before, 2 did not buy, net of returns, in
    this one; they had brought EUR 60 (50.0 % of that period), the largest of them
    Brandt (EUR 40). 1 account has revenue now and had none then, EUR 9.'
    """
    then, now = positive_amounts(before), positive_amounts(after)
    gone, new = (
        then.drop(now.index, errors="ignore"),
        now.drop(then.index, errors="ignore"),
    )
    if gone.empty:
        again = f"All {of} with revenue in the period before bought again."
        return f"{again} {_new(new, currency, of)}"
    opening = f"Of {format_count(len(then))} {of} with revenue in the period before,"
    one = len(gone) == 1
    largest = (
        f"the largest of them {display_name(gone.index[0], names)} "
        f"({format_money(float(gone.iloc[0]), currency)})"
    )
    who = display_name(gone.index[0], names)
    return (
        f"{opening} {format_count(len(gone))} did not buy, net of returns, in this "
        f"one{f': {who}, which' if one else '; they'} had brought "
        f"{format_money(float(gone.sum()), currency)} "
        f"({format_share(float(gone.sum() / then.sum()))} of that period)"
        f"{'' if one else f', {largest}'}. {_new(new, currency, of)}"
    )


def _new(new: pd.Series, currency: str, of: str) -> str:
    if new.empty:
        return f"No {one_of(of)} is new."
    who = (
        f"1 {one_of(of)} has"
        if len(new) == 1
        else f"{format_count(len(new))} {of} have"
    )
    money = format_money(float(new.sum()), currency)
    return f"{who} revenue now and had none then, {money}."


def change_sentence(change: Estimate, since: object, what: str = "top 20 %") -> str:
    """Say whether a change of concentration may be the luck of the year.

    Parameters
    ----------
    change : Estimate
        From `kamlab.value.concentration_intervals.compare_concentration`, in points.
    since : date or str
        The earlier period, or its last day.
    what : str
        Whose share changed.

    Returns
    -------
    str

    Raises
    ------
    UsageError
        If the estimate is not in points.

    Examples
    --------
    >>> change_sentence(Estimate(0.031, 0.012, 0.047, n=300, unit="points"), "2024")
    'Since 2024 the share of the top 20 % has risen by 3.1 points (95 % interval +1.2 to
    +4.7 points, n = 300): more than luck alone would explain.'
    """
    if change.unit != "points":
        raise UsageError(
            f"change is in {change.unit!r}: give a change of a share, in points"
        )
    found = f"Since {_period(since)} the share of the {what} has {_moved(change.value)}"
    if change.interval is None:
        return f"{found}; whether that is luck one {change}."
    low, high = (format_points(end) for end in change.interval)
    return (
        f"{found} ({format_share(change.level, 0)} interval "
        f"{low.removesuffix(' points')} to {high}, n = {format_count(change.n)}): "
        f"{_verdict(change)}"
    )


def _moved(change: float) -> str:
    if abs(change) < _LEAST_CHANGE:
        return "not moved"
    points = format_points(abs(change)).removeprefix("+")
    return f"{'risen' if change > 0 else 'fallen'} by {points}"


def _verdict(change: Estimate) -> str:
    if change.cannot_tell:
        return "this may be the luck of the year."
    nearest = min(abs(change.low), abs(change.high))
    just = nearest < _ONLY_JUST * abs(change.value)
    return "more than luck alone would explain" + (", but only just." if just else ".")


def change_figures(
    changes: Mapping[object, Estimate], what: str = "top 20 %"
) -> list[dict[str, object]]:
    """Return what to record of changes: the booked figure, and apart how sure it is.

    Parameters
    ----------
    changes : mapping of period to Estimate
        From `kamlab.value.concentration_trend.changes_to_now`.
    what : str
        Whose share changed.

    Returns
    -------
    list of dict
        Arguments of `kamlab.report.record`; the longest change is called "…_long".

    Examples
    --------
    >>> change = Estimate(0.03, -0.01, 0.05, 300, unit="points", reason="covers 0")
    >>> for figure in change_figures({2024: change}):
    ...     print(figure["name"], figure["value"])
    top_share_change 0.03
    top_share_change_beyond_luck cannot tell: covers 0 (n = 300)
    """
    suffixes = ["_long", ""][-len(changes) :] if changes else []
    figures: list[dict[str, object]] = []
    for suffix, (since, change) in zip(suffixes, changes.items(), strict=True):
        label = f"Share of the {what}, change since {_period(since)}"
        name = f"top_share_change{suffix}"
        booked = {"value": change.value, "unit": "points", "n": change.n}
        figures += [
            {"name": name, "label": label, **booked},
            {
                "name": f"{name}_beyond_luck",
                "label": f"{label}: more than luck?",
                "value": change,
            },
        ]
    return figures


def how_to_read_changes(changes: Mapping[object, Estimate]) -> str:
    """Say what an interval of a change means, where changes are shown.

    Parameters
    ----------
    changes : mapping of period to Estimate
        From `kamlab.value.concentration_trend.changes_to_now`.

    Returns
    -------
    str
        Empty if nothing was compared.

    Examples
    --------
    >>> how_to_read_changes({})
    ''
    """
    if not changes:
        return ""
    return (
        "How to read it. The change is booked and exact; the interval says how far "
        "chance alone may have moved it. If it covers zero, the direction is open; if "
        "it ends near zero, the evidence is weak: wait for the next period before "
        "acting. What it does not say: why. A customer who grows, a lost middle class "
        "and a price list all raise the top share, and one who did not buy need not be "
        "lost: a project may have ended."
    )


def _period(label: object) -> str:
    is_day = isinstance(label, date)
    return f"the period to {label:%d %b %Y}" if is_day else str(label)
