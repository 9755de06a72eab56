"""What the state of the data amounts to, in a sentence each, for any company."""

import pandas as pd

from kamlab.data.overview import gaps, overall_completeness
from kamlab.style.formats import format_count, format_money, format_share


def completeness_sentence(filled: pd.DataFrame) -> str:
    """Say how full the tables are, and which column is the emptiest.

    Parameters
    ----------
    filled : DataFrame of shape (n_columns, …)
        From `completeness`.

    Returns
    -------
    str

    Examples
    --------
    >>> filled = pd.DataFrame({"table": ["orders", "accounts"],
    ...     "meaning": ["Net amount", "Sales region"], "filled": [1.0, 0.6],
    ...     "may be empty": False})
    >>> print(completeness_sentence(filled))
    Of what is meant to be filled, 80.0 % is; 1 column is not full. The emptiest is
    “Sales region” (table accounts), with 60.0 %.
    """
    told = (
        f"Of what is meant to be filled, {format_share(overall_completeness(filled))} "
        "is"
    )
    empty = gaps(filled, below=1.0)
    if empty.empty:
        return f"{told}: no column has a gap."
    first = empty.iloc[0]
    many = f"{len(empty)} column{' is' if len(empty) == 1 else 's are'} not full"
    return (
        f"{told}; {many}. The emptiest is {_column(first)}, with "
        f"{format_share(first['filled'])}."
    )


def _column(row: pd.Series) -> str:
    """Name a column by what it holds: managers do not know its name in the data."""
    return f"“{row['meaning']}” (table {row['table']})"


def late_sentence(share: float, lines: int) -> str:
    """Say how many lines were booked after their day.

    Parameters
    ----------
    share : float
        0–1, from `late_share`.
    lines : int
        Number of lines.

    Returns
    -------
    str

    Examples
    --------
    >>> late_sentence(0.049, 52307)
    'Of 52,307 order lines 4.9 % were booked after their day.'
    """
    return (
        f"Of {format_count(lines)} order lines {format_share(share)} were booked after "
        "their day."
    )


def restated_sentence(table: pd.DataFrame, currency: str = "") -> str:
    """Say how far closed quarters moved after they were reported.

    Parameters
    ----------
    table : DataFrame
        From `restated_quarters`.
    currency : str
        Code of the currency.

    Returns
    -------
    str
        Empty if there is no quarter before the last one.

    Examples
    --------
    >>> table = pd.DataFrame({"as reported": [100.0, 90.0], "change": [3.0, 0.0],
    ...                       "change_share": [0.03, 0.0]}, index=["Q1", "Q2"])
    >>> print(restated_sentence(table, "EUR"))
    Late postings have moved Q1 by EUR 3 (3.0 %), more than any other quarter here.
    The last one, Q2, will move as well.
    """
    if len(table) < 2:
        return ""
    earlier = table.iloc[:-1]
    most = earlier.loc[earlier["change"].abs().idxmax()]
    if most["change"] == 0:
        return "No quarter has moved since it was reported."
    return (
        f"Late postings have moved {most.name} by "
        f"{format_money(most['change'], currency)} "
        f"({format_share(most['change_share'])}), more than any other quarter here. "
        f"The last one, {table.index[-1]}, will move as well."
    )


def merged_sentence(mergers: pd.DataFrame, names: pd.Series) -> str:
    """Say which customer numbers were merged, and when.

    Parameters
    ----------
    mergers : DataFrame
        From `merged_numbers`.
    names : Series of str
        Name by account.

    Returns
    -------
    str

    Examples
    --------
    >>> mergers = pd.DataFrame({"old number": ["A7"], "now": ["A9"],
    ...                         "since": pd.to_datetime(["2024-07-01"])})
    >>> print(merged_sentence(mergers, pd.Series({"A9": "Eisenhain"})))
    1 customer number was merged into another, last A7 into A9 (Eisenhain) on 1 Jul
    2024; what was booked under the old number now counts for the new one.
    """
    if mergers.empty:
        return "No merger of customer numbers is dated in these data."
    last = mergers.iloc[-1]
    many = len(mergers)
    day = f"{last['since'].day} {last['since']:%b %Y}"
    return (
        f"{format_count(many)} customer number{' was' if many == 1 else 's were'} "
        f"merged into another, last {last['old number']} into {last['now']} "
        f"({names.get(last['now'], last['now'])}) on {day}; what was booked under the "
        "old number now counts for the new one."
    )


def groups_sentence(groups: pd.DataFrame, names: pd.Series) -> str:
    """Say how many groups buy under several numbers, and which is the most split.

    Parameters
    ----------
    groups : DataFrame
        From `groups_of_several`.
    names : Series of str
        Name by account.

    Returns
    -------
    str

    Examples
    --------
    >>> groups = pd.DataFrame({"accounts": [6], "owners": [4]}, index=["A5"])
    >>> print(groups_sentence(groups, pd.Series({"A5": "Brackwell"})))
    1 group buys under more than one number. The largest, Brackwell, has 6 accounts in
    the hands of 4 of us.
    """
    if groups.empty:
        return "No group buys under more than one number, as far as the data know."
    first, many = groups.iloc[0], len(groups)
    owners = ""
    if "owners" in groups:
        owners = f" in the hands of {format_count(first['owners'])} of us"
    return (
        f"{format_count(many)} group{' buys' if many == 1 else 's buy'} under more "
        f"than one number. The largest, {names.get(first.name, first.name)}, has "
        f"{format_count(first['accounts'])} accounts{owners}."
    )


def anonymity_sentence(smallest: int, kept: int, rows: int, k: int) -> str:
    """Say whether an extract can be shared, and what is left of it if it must be.

    Parameters
    ----------
    smallest : int
        Size of the smallest group, from `k_anonymity`.
    kept, rows : int
        Rows that may be shared, and rows in all.
    k : int
        Smallest group that may be shown.

    Returns
    -------
    str

    Examples
    --------
    >>> print(anonymity_sentence(1, 148, 298, 5))
    The smallest group has 1 row. Only 148 of 298 rows (49.7 %) share their description
    with 4 others or more; the rest must be left out or described more coarsely.
    >>> anonymity_sentence(6, 50, 50, 5)
    'Every row shares its description with 5 others or more: this extract holds k = 5.'
    """
    if smallest >= k:
        return (
            f"Every row shares its description with {smallest - 1} others or more: "
            f"this extract holds k = {k}."
        )
    return (
        f"The smallest group has {smallest} row{'' if smallest == 1 else 's'}. Only "
        f"{format_count(kept)} of {format_count(rows)} rows "
        f"({format_share(kept / rows)}) share their description with {k - 1} others or "
        "more; the rest must be left out or described more coarsely."
    )


def repeated_sentence(table: pd.DataFrame, days: int = 7) -> str:
    """Say how often two of us approached one customer within a few days.

    Parameters
    ----------
    table : DataFrame
        From `repeated_by_year`.
    days : int
        The days meant.

    Returns
    -------
    str

    Examples
    --------
    >>> table = pd.DataFrame({"contacts": [400], "repeated": [12], "share": [0.03]},
    ...                      index=["2025"])
    >>> print(repeated_sentence(table))
    In 2025, 12 of the 400 contacts that we began (3.0 %) came within 7 days after a
    colleague had contacted the same account.
    """
    last = table.iloc[-1]
    return (
        f"In {table.index[-1]}, {format_count(last['repeated'])} of the "
        f"{format_count(last['contacts'])} contacts that we began "
        f"({format_share(last['share'])}) came within {days} "
        f"day{'' if days == 1 else 's'} after a colleague had contacted the same "
        "account."
    )


def next_step(checklist: pd.DataFrame, empty: pd.DataFrame) -> str:
    """Say what to mend first in the customer information system.

    Parameters
    ----------
    checklist : DataFrame
        From `crm_checklist`: ``question``, ``answer``.
    empty : DataFrame
        From `gaps`: ``table``, ``meaning``, ``filled``.

    Returns
    -------
    str

    Examples
    --------
    >>> checklist = pd.DataFrame({"question": ["Is the industry known?"],
    ...                           "answer": ["no"]})
    >>> next_step(checklist, pd.DataFrame({"table": [], "meaning": [], "filled": []}))
    'Begin with the questions that are answered no: “Is the industry known?”.'
    """
    no = checklist.loc[checklist["answer"] == "no", "question"].tolist()
    if no:
        named = ", ".join(f"“{question}”" for question in no[:3])
        more = f" and {len(no) - 3} more" if len(no) > 3 else ""
        return f"Begin with the questions that are answered no: {named}{more}."
    if len(empty):
        first = empty.iloc[0]
        return (
            f"Begin with {_column(first)}: only {format_share(first['filled'])} of the "
            "rows hold a value."
        )
    return "Nothing is missing that is meant to be there: look into whether it is true."
