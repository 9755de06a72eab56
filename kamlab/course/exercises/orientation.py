"""Exercises of notebook 00: key accounts, claims about them, and where to begin."""

import pandas as pd

from kamlab.course.choices import judge_letters, judge_list
from kamlab.course.verdicts import Verdict, judge_number, right, wrong
from kamlab.orientation.judgements import (
    NOT_SUPPORTED,
    SUPPORTED,
    Judgement,
    judge_claims,
)
from kamlab.orientation.key_accounts import KeyAccounts, key_accounts
from kamlab.orientation.measures import account_measures
from kamlab.portfolio import Portfolio
from kamlab.style import format_money, format_share
from kamlab.value.activity import account_activity
from kamlab.value.trailing import (
    months_covered,
    trailing_revenue,
    trailing_window,
)

#: What a visit costs in exercise 00.3, its preparation included, in money.
VISIT = 5_000


def share_of_key_accounts(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge the share of revenue of those who were key accounts a year ago (00.1).

    Parameters
    ----------
    answer : object
        A share, 0–1; right within 0.00005.
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     share_of_key_accounts("half", portfolio).message
    "'half' is no number: give one number, such as 0.25"
    """
    chosen = key_accounts(portfolio)
    revenue = _revenue(portfolio, "net")
    truth = _share(revenue, chosen)
    return judge_number(
        answer,
        truth,
        tolerance=0.00005,
        meaning=f"those chosen before the year began brought {format_share(truth)} of "
        "its revenue, whatever became of them since.",
        near_misses=_mistaken_shares(portfolio, chosen, truth),
        otherwise="add up net revenue of the last twelve months over the accounts in "
        "key_accounts(portfolio).is_key, and divide by the revenue of all.",
    )


def _mistaken_shares(
    portfolio: Portfolio, chosen: KeyAccounts, truth: float
) -> dict[str, float]:
    """Return what usual mistakes make of the share of the key accounts."""
    gross = _revenue(portfolio, "gross")
    net = _revenue(portfolio, "net")
    mistakes = {
        "that is per cent: give a share between 0 and 1": 100 * truth,
        "that is gross revenue: take revenue net of returns, credits and rebates":
            _share(gross, chosen),
        "that is their share of accounts: the question is about revenue":
            float(chosen.is_key[net > 0].mean()),
        "that is the share of all others": 1 - truth,
        "that is their revenue: divide it by the revenue of all": truth * net.sum(),
    }  # fmt: skip
    if "key_account_flag" in portfolio.accounts:
        flags = portfolio.accounts["key_account_flag"].astype("boolean").fillna(False)
        today = KeyAccounts(flags.astype(bool), portfolio.as_of, True, "")
        mistakes[
            "that is today's list: take those who were key accounts before the year "
            "began"
        ] = _share(net, today)
    return mistakes


def what_the_claims_table_says(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge which statements follow from the table of claims (00.2).

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
    ...     what_the_claims_table_says("E", portfolio).right
    False
    """
    measures = account_measures(portfolio)
    judged = judge_claims(measures, key_accounts(portfolio).is_key)
    meaning = (
        "a verdict speaks of these accounts in these months; “cannot tell” says "
        "nothing of what is true, and a difference says nothing of its cause."
    )
    return judge_letters(answer, _statements(judged), meaning)


def _statements(judged: list[Judgement]) -> dict[str, tuple[bool, str]]:
    """Return whether each statement of exercise 00.2 holds, and where to look."""
    verdict = {each.claim.name: each.verdict for each in judged}
    return {
        "A": (
            verdict["revenue_source"] == SUPPORTED,
            "compare the key accounts' share of revenue with one half",
        ),
        "B": (
            verdict["loyal"] == SUPPORTED,
            "read the verdict beside “They are loyal”, not the two shares alone",
        ),
        "C": (
            False,
            "“cannot tell” means that the data are too few, not that a claim is wrong",
        ),
        "D": (
            verdict["good_margin"] == NOT_SUPPORTED,
            "look at whose gross margin, as a share of revenue, is the higher",
        ),
        "E": (
            False,
            "they were chosen, not drawn by lot: what made them key accounts may make "
            "them steady as well",
        ),
    }


def accounts_to_visit(answer: object, portfolio: Portfolio) -> Verdict:
    """Judge which key accounts are worth a visit, by the margin lost (00.3).

    Parameters
    ----------
    answer : object
        Account numbers, in a list, set, array or index, or a text with commas: all
        with whom more margin slipped away than a visit costs, and no other.
    portfolio : Portfolio
        The data.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     accounts_to_visit([], portfolio).right
    False
    """
    if not portfolio.has("orders.cogs") or months_covered(portfolio, 24) < 24:
        return wrong(
            "these data cannot be asked: they have no cost of goods, or no second year"
        )
    now, before = _two_years(portfolio)
    lost, fallen = _margin_lost(now, before), _fallen_margin(now, before)
    return judge_list(
        answer,
        lost.index,
        lambda chosen: (
            _taken_for_lost(lost, fallen, chosen)
            or _judge_visits(lost, chosen, portfolio.currency)
        ),
        unknown="is no account number of a key account of before the year began: "
        f"choose from key_accounts(portfolio).accounts, such as {lost.index[0]!r}",
    )


def _taken_for_lost(
    lost: pd.Series, fallen: pd.Series, chosen: set[str]
) -> Verdict | None:
    """Refuse those whose margin fell in money, if that is how they were chosen."""
    right_ones, plain = (set(each.index[each > VISIT]) for each in (lost, fallen))
    still_here = set(lost.index[lost.notna()])
    if chosen not in (plain, plain & still_here) or chosen == right_ones:
        return None
    return wrong(
        "that is last year's margin − this year's: it falls with every order that was "
        "not placed, and rises with revenue even where the rate fell. Hold this year's "
        "margin against what this year's revenue would have left at last year's rate"
    )


def _judge_visits(lost: pd.Series, chosen: set[str], currency: str) -> Verdict:
    """Judge a choice of key accounts by whom it leaves out and whom it adds."""
    cost = format_money(VISIT, currency)
    worth = lost > VISIT
    missed = lost[worth].drop(list(chosen), errors="ignore")
    idle = lost.fillna(0.0)[~worth].reindex(sorted(chosen)).dropna()
    if len(missed):
        return wrong(
            f"{len(missed)} of those you left out lost us more than the {cost} of a "
            f"visit, the largest {format_money(missed.max(), currency)}: count money, "
            "not points of the rate"
        )
    if len(idle):
        return wrong(
            f"with {idle.index[0]} {format_money(idle.iloc[0], currency)} of margin "
            f"slipped away, less than the {cost} of a visit (a minus is a gain)"
        )
    total = format_money(lost[worth].sum(), currency)
    return right(
        f"with these {worth.sum()} of {len(lost)} key accounts {total} of margin "
        "slipped away in a year: that is where part of the profit went, and whom to "
        "ask."
    )


def _two_years(portfolio: Portfolio) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return revenue and margin of the key accounts, this year's and last year's."""
    chosen = key_accounts(portfolio).accounts
    now, before = (
        account_activity(
            portfolio, *trailing_window(portfolio.as_of, 12, back)
        ).reindex(chosen)[["revenue", "margin"]]
        for back in (0, 1)
    )
    return now, before


def _margin_lost(now: pd.DataFrame, before: pd.DataFrame) -> pd.Series:
    """Return what each key account earned less than at last year's margin rate.

    Whoever has no revenue in one of the years has no rate, and so no margin lost.
    """
    rates = [
        each["margin"] / each["revenue"].where(each["revenue"] > 0)
        for each in (now, before)
    ]
    return ((rates[1] - rates[0]) * now["revenue"]).round(2)


def _fallen_margin(now: pd.DataFrame, before: pd.DataFrame) -> pd.Series:
    """Return by how much the margin of each key account fell, in money."""
    return before["margin"].fillna(0.0) - now["margin"].fillna(0.0)


def _revenue(portfolio: Portfolio, kind: str) -> pd.Series:
    months = months_covered(portfolio, 12)
    return trailing_revenue(portfolio, months, kind=kind)


def _share(revenue: pd.Series, chosen: KeyAccounts) -> float:
    is_key = chosen.is_key.reindex(revenue.index, fill_value=False)
    return float(revenue[is_key].sum() / revenue.sum())
