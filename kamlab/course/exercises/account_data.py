"""Exercises of notebook 01: late postings, personal data, what may be shared."""

from itertools import combinations

import pandas as pd

from kamlab.course.choices import judge_letters, judge_list
from kamlab.course.verdicts import Verdict, judge_number, right, wrong
from kamlab.data.late_postings import restated_quarters
from kamlab.data.privacy import k_anonymity, suppressed
from kamlab.portfolio import Portfolio
from kamlab.style import format_share

#: What an agency might be given in exercises 01.2 and 01.3.
OFFERED = ("region", "kind", "industry", "tier")
#: Smallest group, and smallest share of the accounts that must remain.
SMALLEST, REMAINING = 5, 0.9


def change_of_a_closed_quarter(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge by which share late postings moved the quarter before the last (01.1).

    Parameters
    ----------
    answer : object
        A share of what was reported, with its sign; right within 0.00005.
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     change_of_a_closed_quarter("up", portfolio).message
    "'up' is no number: give one number, such as 0.25"
    """
    quarters = restated_quarters(portfolio, 3)
    if len(quarters) < 3 or not (quarters["as reported"] > 0).all():
        return wrong(
            "these data cannot be asked: they hold no three full quarters with revenue"
        )
    row = quarters.iloc[-2]
    truth = float(row["change_share"])
    return judge_number(
        answer,
        truth,
        tolerance=0.00005,
        meaning=f"{row.name} moved by {format_share(truth)} after it was reported: a "
        "comparison of the last quarter with it must allow for as much.",
        near_misses=_mistaken_changes(quarters, truth),
        otherwise="take net revenue of that quarter from portfolio.at(its last day) "
        "and from portfolio, and divide their difference by the first.",
    )


def _mistaken_changes(quarters: pd.DataFrame, truth: float) -> dict[str, float]:
    """Return what usual mistakes make of the change of a quarter."""
    row = quarters.iloc[-2]
    return {
        "that is per cent: give a share, such as 0.02": 100 * truth,
        "the sign is turned round: what came later is added": -truth,
        "that is money: divide it by what was reported": float(row["change"]),
        "that is another quarter: take the one before the last": float(
            quarters.iloc[0]["change_share"]
        ),
        "divide by what was reported, not by what is known now": float(
            row["change"] / row["as known now"]
        ),
        "that is what is known now over what was reported: subtract 1": 1 + truth,
    }


def what_protects_the_extract(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge which statements on a shared extract hold (01.2).

    Parameters
    ----------
    answer : object
        Letters of the statements that are right, such as "AD" or ["A", "D"].
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     what_protects_the_extract("C", portfolio).right
    False
    """
    accounts = portfolio.accounts
    offered = [name for name in OFFERED[:3] if name in accounts]
    if len(offered) < 3:
        return wrong(
            "these data cannot be asked: accounts have no region, kind and industry"
        )
    meaning = (
        "codes hide names, not customers: what describes a customer can give it away, "
        "and whoever holds the key can undo a code."
    )
    return judge_letters(answer, _statements(accounts, offered), meaning)


def _statements(
    accounts: pd.DataFrame, offered: list[str]
) -> dict[str, tuple[bool, str]]:
    """Return whether each statement of exercise 01.2 holds, and where to look."""
    return {
        "A": (
            k_anonymity(accounts, ["region"]) >= SMALLEST,
            "look at the smallest group of k_anonymity(accounts, ['region'])",
        ),
        "B": (
            k_anonymity(accounts, offered) == 1,
            "look at the smallest group by region, kind and industry",
        ),
        "C": (
            False,
            "a code in the place of a name leaves region, kind and industry, and the "
            "key can undo it",
        ),
        "D": (
            False,
            "names can be tried out one by one where no secret key goes into the hash",
        ),
        "E": (
            True,
            "whoever compares two extracts sees who came and who left, whatever k each "
            "of them holds",
        ),
    }


def columns_to_share(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge which columns an agency may be given without giving customers away (01.3).

    Parameters
    ----------
    answer : object
        Names of columns among region, kind, industry and tier.
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict
        Right is any choice of as many columns as possible that leaves groups of five
        and nine accounts in ten.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     columns_to_share(["region", "kind", "industry"], portfolio).right
    False
    """
    accounts = portfolio.accounts
    offered = [name for name in OFFERED if name in accounts]
    there = ", ".join(offered) or "none of them, so these data cannot be asked"
    return judge_list(
        answer,
        offered,
        lambda chosen: _judge_columns(accounts, sorted(chosen), offered),
        things="names of columns",
        unknown=f"is not on offer: there are {there}",
    )


def _judge_columns(
    accounts: pd.DataFrame, chosen: list[str], offered: list[str]
) -> Verdict:
    if not chosen:
        return wrong("an extract without columns is of no use: give at least one")
    remaining = _remaining(accounts, chosen)
    if remaining < REMAINING:
        return wrong(
            f"only {format_share(remaining)} of the accounts share these columns with "
            f"{SMALLEST - 1} others or more; {format_share(REMAINING, 0)} must remain"
        )
    possible = max(
        (
            many
            for many in range(1, len(offered) + 1)
            for each in combinations(offered, many)
            if _remaining(accounts, list(each)) >= REMAINING
        ),
        default=0,
    )
    if len(chosen) < possible:
        return wrong(
            f"that can be shared, but {possible} columns can be, too: try others"
        )
    return right(
        f"{format_share(remaining)} of the accounts remain, none of them in a group of "
        f"fewer than {SMALLEST}."
    )


def _remaining(accounts: pd.DataFrame, columns: list[str]) -> float:
    return len(suppressed(accounts, columns, SMALLEST)) / len(accounts)
