"""What figures of concentration amount to, in a sentence each, for any company's data.

A report must not carry yesterday's conclusion over today's numbers: these functions
write the conclusion from the numbers.
"""

from collections.abc import Mapping
from datetime import date

import pandas as pd
from numpy.typing import ArrayLike

from kamlab.errors import UsageError
from kamlab.estimates import Estimate
from kamlab.style.formats import format_count, format_money, format_share
from kamlab.style.names import display_name
from kamlab.value.concentration import (
    ConcentrationSummary,
    top_share,
)
from kamlab.value.revenue import positive_amounts

#: Financial reporting names customers from this share of revenue on.
DISCLOSED_FROM = 0.10

_SAME = 0.02


def short_window_sentence(wanted: int, months: int, first_day: date) -> str:
    """Say that the data are too young for the window that was wanted.

    Parameters
    ----------
    wanted, months : int
        Length of the window asked for, and of the one taken.
    first_day : date
        Day of the first order.

    Examples
    --------
    >>> print(short_window_sentence(12, 9, date(2025, 4, 1)))
    The data begin on 1 April 2025: all figures cover 9 months instead of 12, and
    compare with nothing that covers a full year.
    """
    begin = f"{first_day.day} {first_day:%B %Y}"
    span = "1 month" if months == 1 else f"{months} months"
    return (
        f"The data begin on {begin}: all figures cover {span} instead of {wanted}, "
        "and compare with nothing that covers a full year."
    )


def law_sentence(revenue: ArrayLike, top: float = 0.2, law: float = 0.8) -> str:
    """Say how a book compares with a saying such as 20/80.

    Parameters
    ----------
    revenue : Series or array-like of shape (n_accounts,)
        Money by account; only positive revenue counts.
    top, law : float
        The saying: this share of accounts brings that share of revenue.

    Returns
    -------
    str

    Examples
    --------
    >>> law_sentence([70, 10, 10, 5, 5])
    'The saying 20/80 would have 80 % come from the top 20 % of accounts; here it is
    70.0 %: less concentrated than the saying.'
    """
    share = top_share(revenue, top)
    gap = share - law
    more = "more concentrated than" if gap > 0 else "less concentrated than"
    verdict = "close to" if abs(gap) <= _SAME else more
    return (
        f"The saying {round(100 * top)}/{round(100 * law)} would have "
        f"{format_share(law, 0)} come from the top {format_share(top, 0)} of accounts; "
        f"here it is {format_share(share)}: {verdict} the saying."
    )


def gini_sentence(summary: ConcentrationSummary) -> str:
    """Say how unequal the accounts of a book are.

    Parameters
    ----------
    summary : ConcentrationSummary
        From `kamlab.value.concentration.concentration_summary`.

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.value.concentration import concentration_summary
    >>> gini_sentence(concentration_summary([1, 3]))
    'The Gini coefficient of 2 accounts is 0.250; corrected for their number, 0.500.'
    """
    found = (
        f"The Gini coefficient of {format_count(summary.accounts)} accounts is "
        f"{summary.gini:.3f}"
    )
    if summary.accounts < 2:
        return f"{found}: a single account is equal to itself."
    return f"{found}; corrected for their number, {summary.gini_corrected:.3f}."


def effective_number_sentence(summary: ConcentrationSummary) -> str:
    """Say how many equal accounts would be as concentrated as a book.

    Parameters
    ----------
    summary : ConcentrationSummary
        From `kamlab.value.concentration.concentration_summary`.

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.value.concentration import concentration_summary
    >>> effective_number_sentence(concentration_summary([30, 30, 20, 20]))
    'The 4 accounts are as concentrated as 3.8 of equal size would be (Herfindahl index
    0.260).'
    """
    return (
        f"The {format_count(summary.accounts)} accounts are as concentrated as "
        f"{summary.effective_number:.1f} of equal size would be (Herfindahl index "
        f"{summary.herfindahl:.3f})."
    )


def dependence_sentence(
    revenue: pd.Series, names: Mapping[object, str] | None = None, currency: str = ""
) -> str:
    """Say what would go with the largest account, and what it takes to replace it.

    Parameters
    ----------
    revenue : Series of shape (n_accounts,)
        Money by account; only positive revenue counts.
    names : mapping or Series, optional
        Name by account; accounts without one show their id.
    currency : str
        Code of the currency.

    Returns
    -------
    str

    Examples
    --------
    >>> book = pd.Series({"A": 120, "B": 60, "C": 15, "D": 5})
    >>> dependence_sentence(book, names={"A": "Adler"}, currency="EUR")
    'If Adler left, EUR 120 of revenue would go with it, 60.0 % of the total: as much
    as 3 accounts of median size (EUR 37.50) bring. 2 accounts stand for 10 % of revenue
    or more each; listed companies must disclose such customers (IFRS 8).'
    """
    amounts = positive_amounts(revenue)
    largest, total = float(amounts.iloc[0]), float(amounts.sum())
    median = float(amounts.median())
    money = format_money(largest, currency)
    account = display_name(amounts.index[0], names)
    return (
        f"If {account} left, {money} of revenue would go with it, "
        f"{format_share(largest / total)} of the total: as much as "
        f"{format_count(largest / median)} accounts of median size "
        f"({format_money(median, currency)}) bring. {_disclosed(amounts / total)}"
    )


def groups_sentence(
    by_account: pd.Series,
    by_parent: pd.Series,
    parent_of: pd.Series,
    names: Mapping[object, str] | None = None,
) -> str:
    """Say which group's size hides in its members, and how far it rises as a group.

    Parameters
    ----------
    by_account, by_parent : Series
        Money by account, and the same money by parent; only positive revenue counts.
    parent_of : Series
        Parent by account.
    names : mapping or Series, optional
        Name by account or parent.

    Returns
    -------
    str
        About the group among the ten largest whose best member ranks lowest.

    Examples
    --------
    >>> accounts = pd.Series({"A": 50, "B": 40, "C": 30, "D": 25})
    >>> parent_of = pd.Series({"A": "A", "B": "B", "C": "G", "D": "G"})
    >>> groups = accounts.groupby(parent_of).sum()
    >>> groups_sentence(accounts, groups, parent_of)
    '4 accounts with revenue belong to 3 groups. The group of G is no. 1, while none
    of its 2 accounts ranks above no. 3.'
    """
    accounts, parents = positive_amounts(by_account), positive_amounts(by_parent)
    counted = (
        f"{format_count(len(accounts))} accounts with revenue belong to "
        f"{format_count(len(parents))} groups."
    )
    rank = pd.Series(range(1, len(accounts) + 1), index=accounts.index)
    members = rank.groupby(parent_of.reindex(accounts.index).to_numpy())
    best, size = members.min(), members.size()
    as_group = pd.Series(range(1, len(parents) + 1), index=parents.index).iloc[:10]
    rise = best.reindex(as_group.index) - as_group
    if not (rise > 0).any():
        return f"{counted} No group ranks higher than its largest account does."
    group = rise.idxmax()
    name = display_name(group, names)
    return (
        f"{counted} The group of {name} is no. {as_group[group]}, while "
        f"none of its {size[group]} accounts ranks above no. {best[group]}."
    )


def rise_sentence(
    shares: pd.DataFrame, names: Mapping[object, str] | None = None
) -> str:
    """Say whose share of revenue changed most from the first period to the last.

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
    >>> shares = pd.DataFrame({"2022": [0.11, 0.89], "2025": [0.17, 0.83]}, ["A", "B"])
    >>> rise_sentence(shares.loc[["A"]], names={"A": "Marwitz"})
    'Marwitz changed most: 11.0 % of revenue in 2022, 17.0 % in 2025.'
    """
    first, last = shares.columns[0], shares.columns[-1]
    if len(shares.columns) < 2:
        return "The data hold one full period only, so nothing can be compared."
    account = (shares[last] - shares[first]).abs().idxmax()
    return (
        f"{display_name(account, names)} changed most: "
        f"{format_share(shares.loc[account, first])} of revenue in {_period(first)}, "
        f"{format_share(shares.loc[account, last])} in {_period(last)}."
    )


def change_sentence(change: Estimate, since: object, what: str = "top 20 %") -> str:
    """Say whether a change of concentration is more than the luck of the year.

    Parameters
    ----------
    change : Estimate
        From `kamlab.value.concentration_intervals.compare_concentration`, in shares.
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
        If the estimate is not in shares.

    Examples
    --------
    >>> change_sentence(Estimate(0.031, 0.012, 0.047, n=300, unit="share"), "2024")
    'Since 2024 the share of the top 20 % has risen by 3.1 points (95 % interval 1.2 to
    4.7, n = 300): more than the luck of the year.'
    """
    if change.unit != "share":
        raise UsageError(f"change is in {change.unit!r}: give a change of a share")
    opening = f"Since {_period(since)} the share of the {what} has"
    if change.interval is None:
        return f"{opening} changed by an amount one {change}."
    moved = "risen" if change.value > 0 else "fallen"
    low, high = (_points(end) for end in change.interval)
    luck = "no more" if change.cannot_tell else "more"
    return (
        f"{opening} {moved} by {_points(abs(change.value))} points "
        f"({format_share(change.level, 0)} interval {low} to {high}, n = "
        f"{format_count(change.n)}): {luck} than the luck of the year."
    )


def _disclosed(shares: pd.Series) -> str:
    many = int((shares >= DISCLOSED_FROM).sum())
    limit = f"{format_share(DISCLOSED_FROM, 0)} of revenue or more"
    if not many:
        return f"No account stands for {limit}."
    found = f"1 account stands for {limit}"
    found = f"{many} accounts stand for {limit} each" if many > 1 else found
    return f"{found}; listed companies must disclose such customers (IFRS 8)."


def _period(label: object) -> str:
    is_day = isinstance(label, date)
    return f"the period to {label:%d %b %Y}" if is_day else str(label)


def _points(share: float) -> str:
    return format_share(share).removesuffix(" %")
