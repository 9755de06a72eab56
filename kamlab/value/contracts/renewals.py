"""What became of every contract by a day: renewed, ended, or still open.

A contract whose end lies ahead says nothing about loyalty yet. Counting it as lost, or
leaving it out, both bend the renewal rate; it is censored.

Glossary
--------
renewal (续约)
    The next contract of the same account follows on.
tenure (任期)
    Renewal decisions an account has come through, in a chain of contracts that follow
    on each other.
censored (删失)
    The chain goes on beyond the day; how long is not known yet.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from kamlab.periods import add_months
from kamlab.portfolio import Portfolio
from kamlab.value.contracts.rates import checked_count
from kamlab.value.windows import key_name, owners

#: A contract that begins within so many days after the end of another renews it.
GAP_DAYS = 92
#: Why a contract cannot be judged.
BACKWARDS = "ends before it starts"
RENEWED, ENDED, OPEN = "renewed", "ended", "open"


@dataclass(frozen=True, eq=False)
class Renewals:
    """Every contract known on a day, with what became of it.

    Parameters
    ----------
    terms : DataFrame
        Indexed by contract_id: `account` (or parent), `chain` (number of the chain of
        contracts it belongs to), `term` (1 for the first of its chain that is known),
        `start`, `end`, `outcome` {"renewed", "ended", "open"}, `decided_on` (missing
        while open) and `told_by` ("renewed", "next contract", "nothing followed",
        "end ahead").
    left_out : DataFrame
        Contracts that cannot be judged, with `reason`.
    as_of : date
        The day.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     renewals = contract_renewals(portfolio)
    >>> len(renewals.terms), len(renewals.left_out)
    (110, 0)
    """

    terms: pd.DataFrame
    left_out: pd.DataFrame
    as_of: date


def contract_renewals(
    portfolio: Portfolio, by: str = "account", gap_days: int = GAP_DAYS
) -> Renewals:
    """Show which contracts were renewed, which ended and which are still open.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date; table contracts.
    by : {"account", "parent"}
        Accounts, or groups under their parents.
    gap_days : int
        A contract that begins within so many days after another's end renews it, and
        one that nothing followed for so long has ended.

    Returns
    -------
    Renewals
        From what was known on the day alone: a decision dated later is open.

    Raises
    ------
    MissingDataError
        If there are no contracts.
    UsageError
        If `by` or `gap_days` cannot be right.

    Notes
    -----
    What the table says in `renewed` is taken; where it says nothing or "pending", a
    contract that follows on says renewed, and `gap_days` after the end without one say
    ended. Each contract follows on one other at most, so two that run side by side make
    two chains. Chains may have begun before the data do: `term` is a lower bound then.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     renewals = contract_renewals(portfolio)
    >>> renewals.terms["outcome"].value_counts().to_dict()
    {'renewed': 71, 'open': 27, 'ended': 12}
    """
    portfolio.require("contracts", purpose="Renewals")
    checked_count(gap_days, "gap_days", least=0)
    contracts = portfolio.table("contracts")
    account = owners(portfolio, contracts["account_id"], by)
    table = contracts.assign(account=account.rename(key_name(by)).to_numpy())
    backwards = table["end"] < table["start"]
    terms = table[~backwards].sort_values(["start", "end", "contract_id"])
    followed = following(terms, gap_days)
    terms = terms.set_index("contract_id")
    judged = _judged(terms, followed, pd.Timestamp(portfolio.as_of), gap_days)
    # What was said to have ended is not carried on by a contract that came later.
    goes_on = judged["outcome"].reindex(followed.index) != ENDED
    chained = _chained(judged, followed[goes_on])
    columns = ["account", "chain", "term", "start", "end"]
    columns += ["outcome", "decided_on", "told_by"]
    left_out = table[backwards].assign(reason=BACKWARDS).set_index("contract_id")
    left_out = left_out[["account", "start", "end", "reason"]]
    return Renewals(chained[columns], left_out, portfolio.as_of)


def following(terms: pd.DataFrame, gap_days: int = GAP_DAYS) -> pd.Series:
    """Return which contract follows on each contract of the same account.

    Parameters
    ----------
    terms : DataFrame of shape (n_contracts, …)
        Columns `contract_id`, `account`, `start` and `end`; in the order of `start`.
    gap_days : int
        The next contract begins so many days after the end at most.

    Returns
    -------
    Series of str
        Number of the next contract, by contract_id; absent where none follows. Nearest
        first, and each contract follows on one other at most. One that begins up to
        `gap_days` before the end replaces the rest of its term.

    Raises
    ------
    KeyError
        If a column is missing.

    Examples
    --------
    >>> terms = pd.DataFrame({
    ...     "contract_id": ["V1", "V2", "V3"], "account": "A",
    ...     "start": pd.to_datetime(["2022-01-01", "2023-01-01", "2025-01-01"]),
    ...     "end": pd.to_datetime(["2022-12-31", "2023-12-31", "2025-12-31"]),
    ... })
    >>> following(terms).to_dict()
    {'V1': 'V2'}
    """
    columns = ["contract_id", "account", "start", "end"]
    pairs = terms[columns].merge(terms[columns], on="account", suffixes=("", "_next"))
    pairs["away"] = (pairs["start_next"] - pairs["end"]).dt.days.abs()
    later = (pairs["start_next"] > pairs["start"]) & (pairs["end_next"] > pairs["end"])
    pairs = pairs[later & (pairs["away"] <= gap_days)].sort_values(
        "away", kind="stable"
    )
    found: dict[object, object] = {}
    taken: set[object] = set()
    for one, other in zip(pairs["contract_id"], pairs["contract_id_next"], strict=True):
        if one not in found and other not in taken:
            found[one] = other
            taken.add(other)
    return pd.Series(found, dtype="str", name="next")


def tenures(renewals: Renewals) -> pd.DataFrame:
    """Return how many renewal decisions each chain of contracts has come through.

    Parameters
    ----------
    renewals : Renewals
        From `contract_renewals`.

    Returns
    -------
    DataFrame of shape (n_chains, 4)
        By chain: `account`, `cohort` (year of the first term that is known), `tenure`
        and `ended`. A chain that ended at its third decision has tenure 3; one that
        goes on after two renewals has tenure 2 and is censored. What
        `ShiftedBetaGeometric.fit` takes.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     chains = tenures(contract_renewals(portfolio))
    >>> int(chains["ended"].sum()), int(chains["tenure"].sum())
    (12, 83)
    """
    decided = renewals.terms["outcome"] != OPEN
    ended = renewals.terms["outcome"] == ENDED
    chains = renewals.terms.assign(decided=decided, ended=ended).groupby("chain")
    return pd.DataFrame(
        {
            "account": chains["account"].first(),
            "cohort": chains["start"].min().dt.year,
            "tenure": chains["decided"].sum().astype("int64"),
            "ended": chains["ended"].any(),
        }
    )


def due_terms(renewals: Renewals, months: int = 12) -> pd.DataFrame:
    """Return the contracts that come to their renewal decision in the months ahead.

    Parameters
    ----------
    renewals : Renewals
        From `contract_renewals`.
    months : int
        How far ahead terms may end.

    Returns
    -------
    DataFrame
        The open rows of `renewals.terms` whose term ends by then, the first end first,
        with `period`: what `due_renewals` takes. Terms that are over and still open are
        among them.

    Raises
    ------
    UsageError
        If `months` is no whole number from 1 on.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     due = due_terms(contract_renewals(portfolio), months=6)
    >>> len(due), str(due["end"].max().date())
    (6, '2026-06-30')
    """
    last = add_months(renewals.as_of, checked_count(months, "months"))
    terms = renewals.terms
    due = terms[(terms["outcome"] == OPEN) & (terms["end"] <= pd.Timestamp(last))]
    return due.assign(period=due["term"]).sort_values("end", kind="stable")


def _judged(
    terms: pd.DataFrame, followed: pd.Series, as_of: pd.Timestamp, gap_days: int
) -> pd.DataFrame:
    """Add what became of each contract, when that was settled, and what tells so."""
    nothing = pd.Series(None, terms.index, dtype="str")
    said = terms.get("renewed", nothing).astype("str")
    settled = terms.get("renewal_date", pd.Series(pd.NaT, terms.index))
    follows = terms.index.isin(followed.index)
    over = terms["end"] + pd.Timedelta(days=gap_days)
    tells = [said == "yes", said == "no", follows, over < as_of]
    signed = terms.get("signed_on", terms["start"]).fillna(terms["start"])
    next_signed = signed.reindex(followed).set_axis(followed.index)
    next_signed = next_signed.reindex(terms.index)
    decided = pd.Series(pd.NaT, terms.index, dtype="datetime64[us]")
    days = [settled, settled, next_signed, over]
    for holds, day in zip(reversed(tells), reversed(days), strict=True):
        decided = decided.mask(pd.Series(holds, terms.index), day)
    told_by = ["renewed", "renewed", "next contract", "nothing followed"]
    return terms.assign(
        outcome=np.select(tells, [RENEWED, ENDED, RENEWED, ENDED], OPEN),
        decided_on=decided,
        told_by=np.select(tells, told_by, "end ahead"),
    ).astype({"outcome": "str", "told_by": "str"})


def _chained(terms: pd.DataFrame, followed: pd.Series) -> pd.DataFrame:
    """Number chains of contracts, and the terms in each."""
    before = dict(zip(followed, followed.index, strict=True))
    place: dict[object, tuple[int, int]] = {}
    chains = 0
    # In the order of their first days, whoever follows on comes later.
    for contract in terms.index:
        if contract in before:
            chain, term = place[before[contract]]
            place[contract] = chain, term + 1
        else:
            chains += 1
            place[contract] = chains, 1
    numbers = np.array(list(place.values()), dtype="int64").reshape(-1, 2)
    return terms.assign(chain=numbers[:, 0], term=numbers[:, 1])
