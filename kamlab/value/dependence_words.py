"""Who a company depends on, which group hides in its branches, and what to do next."""

from collections.abc import Mapping
from typing import NamedTuple

import pandas as pd

from kamlab.style.formats import format_count, format_money, format_share
from kamlab.style.names import display_name
from kamlab.value.concentration import effective_number, gini, top_share
from kamlab.value.concentration_words import one_of
from kamlab.value.dependence import loss_of_each
from kamlab.value.revenue import positive_amounts

#: Financial reporting names customers from this share of revenue on.
DISCLOSED_FROM = 0.10
#: From this share of revenue on, a customer's loss calls for one person who answers.
OWNED_FROM = 0.05

_MOST_NAMES = 5
_TOP = 0.2
_AMONG_THE_LARGEST = 10
_Names = Mapping[object, str] | None


def loss_sentence(
    revenue: pd.Series, names: _Names = None, currency: str = "", of: str = "accounts"
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
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    str

    Examples
    --------
    >>> book = pd.Series({"A": 120, "B": 60, "C": 15, "D": 5})
    >>> loss_sentence(book, names={"A": "Adler"}, currency="EUR")
    'If Adler left, EUR 120 of revenue would go with it: as much as 3.2 accounts of
    median size (EUR 37.50) bring.'
    """
    amounts = positive_amounts(revenue)
    largest, median = float(amounts.iloc[0]), float(amounts.median())
    many = largest / median
    counted = format_count(many) if many >= 10 else f"{many:.1f}"
    return (
        f"If {display_name(amounts.index[0], names)} left, "
        f"{format_money(largest, currency)} of revenue would go with it: as much as "
        f"{counted} {of} of median size ({format_money(median, currency)}) bring."
    )


def dependence_sentence(
    revenue: pd.Series, names: _Names = None, of: str = "accounts"
) -> str:
    """Say whether the book hangs on one account or on several, and whom to disclose.

    Parameters
    ----------
    revenue : Series of shape (n_accounts,)
        Money by account; only positive revenue counts.
    names : mapping or Series, optional
        Name by account.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    str

    Examples
    --------
    >>> dependence_sentence(pd.Series({"A": 50} | {n: 5 for n in range(10)}))
    'Without A the effective number would rise from 3.6 to 10.0; without any other it
    would fall. 1 account stands for 10 % of revenue or more; listed companies must
    disclose such customers (IFRS 8).'
    """
    amounts = positive_amounts(revenue)
    return f"{_left_over(amounts, names)} {_disclosed(amounts / amounts.sum(), of)}"


def _left_over(amounts: pd.Series, names: _Names) -> str:
    account = display_name(amounts.index[0], names)
    if len(amounts) == 1:
        return f"Without {account} no revenue is left."
    now, left = effective_number(amounts), loss_of_each(amounts)["effective_number"]
    first, others = float(left.iloc[0]), float(left.iloc[1:].max())
    moved = "rise" if first > now else "fall"
    opening = f"Without {account} the effective number would {moved} from {now:.1f} to "
    rest = f"rise to {others:.1f} at most" if others > now else "fall"
    return f"{opening}{first:.1f}; without any other it would {rest}."


def _disclosed(shares: pd.Series, of: str) -> str:
    many = int((shares >= DISCLOSED_FROM).sum())
    limit = f"{format_share(DISCLOSED_FROM, 0)} of revenue or more"
    if not many:
        return f"No {one_of(of)} stands for {limit}."
    found = f"1 {one_of(of)} stands for {limit}"
    found = f"{many} {of} stand for {limit} each" if many > 1 else found
    return f"{found}; listed companies must disclose such customers (IFRS 8)."


class HiddenGroup(NamedTuple):
    """A large group whose accounts all look small.

    Parameters
    ----------
    parent : object
        Number of the group's parent.
    rank, best_rank : int
        Its rank among groups, and the best rank of its accounts among accounts.
    accounts : pandas.Index
        Its accounts with revenue.
    share : float
        Its share of revenue.
    """

    parent: object
    rank: int
    best_rank: int
    accounts: pd.Index
    share: float


def hidden_group(
    by_account: pd.Series, by_parent: pd.Series, parent_of: pd.Series
) -> HiddenGroup | None:
    """Find the large group whose size its accounts hide best.

    Parameters
    ----------
    by_account, by_parent : Series
        Money by account, and the same money by parent; only positive revenue counts.
    parent_of : Series
        Parent by account.

    Returns
    -------
    HiddenGroup or None
        Of the ten largest groups the one that outranks its best account most; None if
        no group does.

    Examples
    --------
    >>> accounts = pd.Series({"A": 50, "B": 40, "C": 30, "D": 25})
    >>> parent_of = pd.Series({"A": "A", "B": "B", "C": "G", "D": "G"})
    >>> hidden_group(accounts, accounts.groupby(parent_of).sum(), parent_of)[:3]
    ('G', 1, 3)
    """
    accounts, parents = positive_amounts(by_account), positive_amounts(by_parent)
    own = parent_of.reindex(accounts.index)
    best = (
        pd.Series(range(1, len(own) + 1), index=own.to_numpy()).groupby(level=0).min()
    )
    large = parents.index[:_AMONG_THE_LARGEST]
    rank = pd.Series(range(1, len(large) + 1), index=large)
    rise = best.reindex(large) - rank
    if not (rise > 0).any():
        return None
    parent = rise.idxmax()
    share = float(parents[parent] / parents.sum())
    members = accounts.index[own == parent]
    return HiddenGroup(parent, int(rank[parent]), int(best[parent]), members, share)


def groups_sentence(by_account: pd.Series, by_parent: pd.Series) -> str:
    """Say how many accounts make how many groups, and why two measures may disagree.

    Parameters
    ----------
    by_account, by_parent : Series
        Money by account, and the same money by parent; only positive revenue counts.

    Returns
    -------
    str

    Examples
    --------
    >>> groups_sentence(pd.Series([50, 40, 30, 25]), pd.Series([50, 40, 55]))
    '4 accounts with revenue belong to 3 groups. By group the effective number is 3.0,
    by account 3.7: so much of the concentration the list of accounts hides. The top
    20 % bring 22.8 % instead of 27.6 %, because they are 0.6 groups instead of 0.8
    accounts: branches that join a group no longer count one by one. The Gini
    coefficient falls for the same reason.'
    """
    accounts, parents = positive_amounts(by_account), positive_amounts(by_parent)
    single, rolled = effective_number(accounts), effective_number(parents)
    hides = ": so much of the concentration the list of accounts hides."
    return (
        f"{format_count(len(accounts))} accounts with revenue belong to "
        f"{format_count(len(parents))} groups. By group the effective number is "
        f"{rolled:.1f}, by account {single:.1f}"
        + (hides if round(rolled, 1) < round(single, 1) else ".")
        + _fewer_at_the_top(accounts, parents)
    )


def _fewer_at_the_top(accounts: pd.Series, parents: pd.Series) -> str:
    """Say why the top share falls by group, where it does: the top is smaller."""
    before, after = (top_share(each, _TOP) for each in (accounts, parents))
    if round(after, 3) >= round(before, 3):
        return ""
    gini_falls = gini(parents) < gini(accounts)
    return (
        f" The top {format_share(_TOP, 0)} bring {format_share(after)} instead of "
        f"{format_share(before)}, because they are {_TOP * len(parents):.1f} groups "
        f"instead of {_TOP * len(accounts):.1f} accounts: branches that join a group "
        "no longer count one by one."
        + (" The Gini coefficient falls for the same reason." if gini_falls else "")
    )


def hidden_group_sentence(
    group: HiddenGroup | None,
    names: _Names = None,
    managers: pd.Series | None = None,
) -> str:
    """Say which group's size hides in its accounts, and how far it rises as a group.

    Parameters
    ----------
    group : HiddenGroup or None
        From `hidden_group`.
    names : mapping or Series, optional
        Name by account or parent.
    managers : Series, optional
        Account manager by account; gaps where nobody is named.

    Returns
    -------
    str

    Examples
    --------
    >>> group = HiddenGroup("G", 4, 22, pd.Index(list("ABCDEF")), 0.041)
    >>> hidden_group_sentence(group, {"G": "Brackwell"}, pd.Series(3, list("ABCDEF")))
    'The group of Brackwell is no. 4, while none of its 6 accounts ranks above no. 22; 1
    account manager looks after them.'
    """
    if group is None:
        return "No group ranks higher than its largest account does."
    return (
        f"The group of {display_name(group.parent, names)} is no. {group.rank}, while "
        f"none of its {len(group.accounts)} accounts ranks above no. "
        f"{group.best_rank}{_looked_after(group, managers)}."
    )


def _looked_after(group: HiddenGroup, managers: pd.Series | None) -> str:
    many = _managers_of(group, managers)
    if not many:
        return ""
    look = "account manager looks" if many == 1 else "account managers look"
    return f"; {many} {look} after them"


def _managers_of(group: HiddenGroup, managers: pd.Series | None) -> int:
    """Count who looks after the accounts of a group; 0 where nobody is named."""
    return 0 if managers is None else managers.reindex(group.accounts).nunique()


def owners_step(
    revenue: pd.Series, names: _Names = None, of: str = "accounts"
) -> tuple[str, str]:
    """Name the customers for which one person is to answer.

    Parameters
    ----------
    revenue : Series of shape (n_accounts,)
        Money by account; only positive revenue counts.
    names : mapping or Series, optional
        Name by account.
    of : {"accounts", "groups"}
        What a row is.

    Returns
    -------
    (str, str)
        What to do, and for whom: those with 5 % of revenue or more, or else the largest
        one.

    Examples
    --------
    >>> print(*owners_step(pd.Series({"A": 90, "B": 6, "C": 4}), {"A": "Adler"}))
    Name one person who answers for each of the largest. Adler (90.0 %), B (6.0 %): with
    more than one contact on either side, nobody takes the relationship along.
    """
    amounts = positive_amounts(revenue)
    shares = amounts / amounts.sum()
    large = shares[shares >= OWNED_FROM]
    large = shares.iloc[:1] if large.empty else large
    named = [
        f"{display_name(account, names)} ({format_share(share)})"
        for account, share in large.iloc[:_MOST_NAMES].items()
    ]
    more = len(large) - len(named)
    further = f" and {more} more {of if more > 1 else one_of(of)}" if more else ""
    whom = "the largest" if len(large) == 1 else "each of the largest"
    return (
        f"Name one person who answers for {whom}.",
        f"{', '.join(named)}{further}: with more than one contact on either side, "
        "nobody takes the relationship along.",
    )


def leader_step(
    group: HiddenGroup | None,
    names: _Names = None,
    managers: pd.Series | None = None,
) -> tuple[str, str]:
    """Say that a group hidden in its accounts needs one manager who leads.

    Parameters
    ----------
    group : HiddenGroup or None
        From `hidden_group`.
    names : mapping or Series, optional
        Name by account or parent.
    managers : Series, optional
        Account manager by account; gaps where nobody is named.

    Returns
    -------
    (str, str)
        What to do, and why; both empty if no group is hidden.

    Examples
    --------
    >>> group = HiddenGroup("G", 4, 22, pd.Index(["A", "B", "C"]), 0.041)
    >>> managers = pd.Series({"A": 1, "B": 2, "C": 2})
    >>> print(*leader_step(group, {"G": "Brackwell"}, managers))
    Give the hidden group one manager who leads, and agree prices once. 2 account
    managers look after the 3 accounts of the group of Brackwell (4.1 %) today.
    """
    if group is None:
        return "", ""
    action = "Give the hidden group one manager who leads, and agree prices once."
    several = (
        f"the {len(group.accounts)} accounts of the group of "
        f"{display_name(group.parent, names)} ({format_share(group.share)})"
    )
    many = _managers_of(group, managers)
    if not many:
        return action, f"In the list of accounts {several} all look small."
    if many == 1:
        return action, f"1 account manager looks after {several} already."
    return action, f"{many} account managers look after {several} today."


def ask_step(
    before: pd.Series, after: pd.Series, names: _Names = None, currency: str = ""
) -> tuple[str, str]:
    """Name the largest customer of the period before who did not buy in this one.

    Parameters
    ----------
    before, after : Series of shape (n_accounts,)
        Money by account in two periods that follow each other.
    names : mapping or Series, optional
        Name by account.
    currency : str
        Code of the currency.

    Returns
    -------
    (str, str)
        What to do, and why; both empty if all bought again.

    Examples
    --------
    >>> print(*ask_step(pd.Series({"A": 60, "B": 40}), pd.Series({"A": 9, "B": 0})))
    Ask why a large customer did not return. B brought 40 in the period before and did
    not buy in this one: a finished project, a competitor, or did nobody call?
    """
    bought = positive_amounts(after).index
    gone = positive_amounts(before).drop(bought, errors="ignore")
    if gone.empty:
        return "", ""
    money = format_money(float(gone.iloc[0]), currency)
    return (
        "Ask why a large customer did not return.",
        f"{display_name(gone.index[0], names)} brought {money} in the period before "
        "and did not buy in this one: a finished project, a competitor, or did nobody "
        "call?",
    )
