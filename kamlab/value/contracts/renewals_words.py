"""What became of the contracts, and which come up next, in sentences and a table."""

from collections.abc import Mapping

import pandas as pd

from kamlab.estimates import Estimate
from kamlab.style.formats import format_count, format_number, format_share
from kamlab.style.names import display_name
from kamlab.value.concentration_words import counted
from kamlab.value.contracts.renewals import ENDED, OPEN, Renewals
from kamlab.value.contracts.renewals_due import DueRenewals
from kamlab.value.proportions import wilson_share

_DUE = ("account", "end", "renewals_so_far", "probability")


def renewal_share(renewals: Renewals) -> Estimate:
    """Return the share of decided contracts that were renewed.

    Parameters
    ----------
    renewals : Renewals
        From `kamlab.value.contracts.contract_renewals`.

    Returns
    -------
    Estimate
        With n decisions; those still open count nowhere.

    Examples
    --------
    >>> from datetime import date
    >>> terms = pd.DataFrame({"outcome": ["renewed"] * 9 + ["ended", "open"]})
    >>> print(renewal_share(Renewals(terms, terms.head(0), date(2025, 12, 31))))
    90.0 % (95 % interval 59.6 % to 98.2 %, n = 10)
    """
    outcome = renewals.terms["outcome"]
    decided = outcome[outcome != OPEN]
    renewed = int((decided != ENDED).sum())
    return wilson_share(renewed, len(decided), of="renewal decisions")


def renewals_sentence(renewals: Renewals) -> str:
    """Say how many contracts were renewed, how many ended, and how many are open.

    Parameters
    ----------
    renewals : Renewals
        From `kamlab.value.contracts.contract_renewals`.

    Returns
    -------
    str

    Examples
    --------
    >>> from datetime import date
    >>> terms = pd.DataFrame({"outcome": ["renewed"] * 9 + ["ended", "open"]})
    >>> print(renewals_sentence(Renewals(terms, terms.head(0), date(2025, 12, 31))))
    Of 11 contracts 10 have come to their decision: 9 were renewed and 1 ended, so
    90.0 % renew (95 % interval 59.6 % to 98.2 %). 1 still runs, and says nothing of
    loyalty yet.
    """
    outcome = renewals.terms["outcome"]
    is_open, ended = int((outcome == OPEN).sum()), int((outcome == ENDED).sum())
    decided = len(outcome) - is_open
    runs, say = ("runs", "says") if is_open == 1 else ("run", "say")
    return (
        f"Of {counted(len(outcome), 'contracts')} {format_count(decided)} have come to "
        f"their decision: {format_count(decided - ended)} were renewed and "
        f"{format_count(ended)} ended{_rate(renewals)}. {format_count(is_open)} still "
        f"{runs}, and {say} nothing of loyalty yet."
    )


def _rate(renewals: Renewals) -> str:
    share = renewal_share(renewals)
    if share.reason:
        return f"; which share renews one cannot tell: {share.reason}"
    return (
        f", so {format_share(share.value)} renew ({format_share(share.level, 0)} "
        f"interval {format_share(share.low)} to {format_share(share.high)})"
    )


def due_sentence(due: DueRenewals, months: int = 12) -> str:
    """Say how many of the contracts that come up will renew, and how sure that is.

    Parameters
    ----------
    due : DueRenewals
        From `kamlab.value.contracts.due_renewals`.
    months : int
        How far ahead was looked.

    Returns
    -------
    str

    Examples
    --------
    >>> chances = pd.Series({"V1": 0.9, "V2": 0.8})
    >>> print(due_sentence(DueRenewals(chances, Estimate(1.7, 0, 2, 2, unit="count"))))
    2 contracts come up in the next 12 months; 1.70 of them are expected to renew (95 %
    interval 0 to 2).
    """
    total = due.total
    come = "comes" if total.n == 1 else "come"
    ends = f"{format_count(total.low)} to {format_count(total.high)}"
    return (
        f"{counted(total.n, 'contracts')} {come} up in the next {months} months; "
        f"{format_number(total.value)} of them are expected to renew "
        f"({format_share(total.level, 0)} interval {ends})."
    )


def due_table(
    terms: pd.DataFrame, due: DueRenewals, names: Mapping[object, str] | None = None
) -> pd.DataFrame:
    """List the contracts that come up, the first end first.

    Parameters
    ----------
    terms : DataFrame
        From `kamlab.value.contracts.due_terms`.
    due : DueRenewals
        Of these contracts.
    names : mapping or Series, optional
        Name by account.

    Returns
    -------
    DataFrame
        By account: ``end`` of the term, ``renewals_so_far`` and ``probability`` to
        renew.

    Examples
    --------
    >>> terms = pd.DataFrame(
    ...     {"account": ["A"], "end": pd.to_datetime(["2026-04-30"]), "period": [2]},
    ...     index=["V1"],
    ... )
    >>> due = DueRenewals(pd.Series({"V1": 0.9}), Estimate(0.9, 0, 1, 1))
    >>> due_table(terms, due, {"A": "Adler"})
                   end  renewals_so_far  probability
    account
    Adler   2026-04-30                1          0.9
    """
    table = pd.DataFrame(
        {
            "account": [display_name(each, names) for each in terms["account"]],
            "end": terms["end"].to_numpy(),
            "renewals_so_far": terms["period"].to_numpy() - 1,
            "probability": due.probability.reindex(terms.index).to_numpy(),
        },
        columns=list(_DUE),
    )
    return table.set_index("account")
