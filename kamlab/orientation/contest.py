"""What there is to fight for, what is known of rivals, and what to do first."""

from collections.abc import Sequence

import pandas as pd

from kamlab.orientation.judgements import NOT_SUPPORTED, Judgement
from kamlab.orientation.key_accounts import KeyAccounts
from kamlab.style.formats import format_count, format_money, format_share


def at_stake_sentence(
    revenue: pd.Series, chosen: KeyAccounts, names: pd.Series, currency: str = ""
) -> str:
    """Say how much revenue a rival could win by winning one key account, or all.

    Parameters
    ----------
    revenue : Series of shape (n_accounts,)
        Reporting currency.
    chosen : KeyAccounts
        Who is a key account, or stands in for one, on the same accounts.
    names : Series of str
        Name by account.
    currency : str
        Code of the currency.

    Returns
    -------
    str

    References
    ----------
    McDonald, M. and Woodburn, D. (2007). Key Account Management: The Definitive Guide,
    2nd ed. Butterworth-Heinemann.

    Examples
    --------
    >>> from datetime import date
    >>> revenue = pd.Series({"A": 60.0, "B": 30.0, "C": 10.0})
    >>> names = pd.Series({"A": "Adler"})
    >>> chosen = KeyAccounts(revenue > 20, date(2024, 12, 31), True, "")
    >>> print(at_stake_sentence(revenue, chosen, names, "EUR"))
    The key accounts have EUR 90 for others to compete for; the largest of them, Adler,
    is EUR 60 of it (66.7 %), the middle one EUR 45.
    """
    buys = chosen.is_key & (revenue > 0)
    ours = revenue[buys].sort_values(ascending=False, kind="stable")
    if ours.empty:
        return f"None of the {chosen.called} brought revenue in these months."
    largest = ours.index[0]
    return (
        f"The {chosen.called} have {format_money(float(ours.sum()), currency)} for "
        "others to compete for; the largest of them, "
        f"{names.get(largest, largest)}, is "
        f"{format_money(float(ours.iloc[0]), currency)} of it "
        f"({format_share(ours.iloc[0] / ours.sum())}), the middle one "
        f"{format_money(float(ours.median()), currency)}."
    )


def competitors_sentence(events: pd.DataFrame) -> str:
    """Say what the calendar of events holds on competitors.

    Parameters
    ----------
    events : DataFrame of shape (n_events, …)
        The table `events`: ``kind``, ``date``, ``text``, and ``scope_value`` where it
        is there.

    Returns
    -------
    str

    Examples
    --------
    >>> events = pd.DataFrame({"kind": ["competitor"], "text": ["A rival opens shop."],
    ...     "date": pd.to_datetime(["2024-03-01"]), "scope_value": ["East China"]})
    >>> print(competitors_sentence(events))
    The calendar of events notes 1 move of a competitor, last in March 2024 (East
    China): A rival opens shop.
    """
    moves = events[events["kind"] == "competitor"].sort_values("date")
    if moves.empty:
        return (
            "The calendar of events notes no move of a competitor: either there was "
            "none, or nobody wrote it down."
        )
    last = moves.iloc[-1]
    where = last.get("scope_value")
    place = "" if pd.isna(where) else f" ({where})"
    return (
        f"The calendar of events notes {format_count(len(moves))} "
        f"move{'' if len(moves) == 1 else 's'} of a competitor, last in "
        f"{last['date']:%B %Y}{place}: {last['text']}"
    )


def first_step(judgements: Sequence[Judgement], named: bool) -> tuple[str, str]:
    """Say what to look at first, given what the claims came to.

    Parameters
    ----------
    judgements : sequence of Judgement
        From `judge_claims`.
    named : bool
        Whether the data name the key accounts.

    Returns
    -------
    (str, str)
        What to do, and why.

    Examples
    --------
    >>> print(*first_step([], named=False))
    Name the key accounts. Without a list there is nobody to care for in particular, and
    the largest are not always the ones.
    """
    if not named:
        return (
            "Name the key accounts.",
            "Without a list there is nobody to care for in particular, and the largest "
            "are not always the ones.",
        )
    refuted = [each.claim for each in judgements if each.verdict == NOT_SUPPORTED]
    if not refuted:
        return (
            "Look at what each of them leaves after all it costs to serve.",
            "No claim on the key accounts is contradicted by these data.",
        )
    named_claims = "; ".join(f"“{each.statement}”" for each in refuted)
    return (
        "Go through the list account by account.",
        f"{named_claims} does not hold here; the middle of a group hides who is the "
        "reason.",
    )
