"""The sheet of retention scenarios in sentences, and as a table to redo by hand."""

from collections.abc import Mapping

import pandas as pd

from kamlab.estimates import Estimate
from kamlab.style.formats import format_count, format_money, format_share
from kamlab.style.names import display_name
from kamlab.value.concentration_words import counted
from kamlab.value.retention_scenarios import SCENARIOS, RetentionScenarios

_COLUMNS = ("contribution", "cautious", "expected", "hopeful")
_ALL = "all"


def sheet_table(
    sheet: RetentionScenarios,
    n: int = 5,
    names: Mapping[object, str] | None = None,
) -> pd.DataFrame:
    """Put the largest accounts, the sum and the multiples of the sheet side by side.

    Parameters
    ----------
    sheet : RetentionScenarios
        With the three usual scenarios.
    n : int
        Accounts to show.
    names : mapping or Series, optional
        Name by account.

    Returns
    -------
    DataFrame of shape (n + 2, 4)
        Contribution and value by scenario: the accounts that leave most, all others
        together, and the sum.

    Examples
    --------
    >>> from kamlab.value.retention_scenarios import retention_scenarios
    >>> year = pd.Series({"A": 100.0, "B": 40.0, "C": -10.0})
    >>> sheet_table(retention_scenarios(year, 0.1), 1, {"A": "Adler"}).round(0)
              contribution  cautious  expected  hopeful
    account
    Adler            100.0     175.0     267.0    450.0
    2 others          30.0      52.0      80.0    135.0
    all              130.0     227.0     347.0    585.0
    """
    known = sheet.accounts.drop(index=list(sheet.not_known))[list(_COLUMNS)]
    known = known.sort_values("contribution", ascending=False, kind="stable")
    first, others = known.head(n), known.iloc[n:]
    labels = [display_name(account, names) for account in first.index]
    rows = [first.set_axis(labels)]
    if len(others):
        rest = f"{format_count(len(others))} others"
        rows.append(others.sum().to_frame(rest).T)
    rows.append(known.sum().to_frame(_ALL).T)
    return pd.concat(rows).rename_axis("account")


def sheet_sentence(
    sheet: RetentionScenarios,
    currency: str = "",
    of: str = "accounts",
    measure: str = "contribution",
) -> str:
    """Say what the sheet makes of last year's contribution.

    Parameters
    ----------
    sheet : RetentionScenarios
        With the three usual scenarios.
    currency : str
        Code of the currency.
    of : {"accounts", "groups"}
        What a row is.
    measure : str
        What the contribution is, where the costs behind it are not all known.

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.value.retention_scenarios import retention_scenarios
    >>> year = pd.Series({"A": 100.0, "B": 40.0, "C": -10.0})
    >>> print(sheet_sentence(retention_scenarios(year, 0.1), "EUR"))
    3 accounts left EUR 130 of contribution in the last twelve months. If 80 % of them
    stay from year to year, at a discount of 10 % that is worth EUR 347; EUR 227 if
    70 % stay, EUR 585 if 90 % do. 1 account costs money, and the longer it stays, the
    more.
    """
    total = sheet.totals.loc[_ALL]
    costing = int((sheet.accounts["contribution"] < 0).sum())
    worth = {name: format_money(total[name], currency) for name in SCENARIOS}
    stay = {name: format_share(rate, 0) for name, rate in SCENARIOS.items()}
    within = "" if sheet.periods is None else f" within {sheet.periods} years"
    told = (
        f"{counted(total['accounts'], of)} left "
        f"{format_money(total['contribution'], currency)} of {measure} in the last "
        "twelve months. "
        f"If {stay['expected']} of them stay from year to year, at a discount of "
        f"{format_share(sheet.discount_rate, 0)} that is worth {worth['expected']}"
        f"{within}; {worth['cautious']} if {stay['cautious']} stay, "
        f"{worth['hopeful']} if {stay['hopeful']} do."
    )
    return f"{told}{_costing(costing, of)}"


def _costing(accounts: int, of: str) -> str:
    if not accounts:
        return ""
    costs, stays = ("costs", "it stays") if accounts == 1 else ("cost", "they stay")
    return f" {counted(accounts, of)} {costs} money, and the longer {stays}, the more."


def kept_sentence(kept: Estimate, of: str = "accounts") -> str:
    """Say which part of last year's buyers bought again, beside the three guesses.

    Parameters
    ----------
    kept : Estimate
        Share that bought again.
    of : {"accounts", "groups"}
        What was counted.

    Returns
    -------
    str

    Examples
    --------
    >>> from kamlab.value.proportions import wilson_share
    >>> print(kept_sentence(wilson_share(228, 248)))
    Of 248 accounts that bought in the twelve months before, 91.9 % bought again in
    the last twelve (95 % interval 87.9 % to 94.7 %). That is above the expected
    scenario, 80 %.
    """
    if kept.reason:
        return f"Which part stays from year to year one cannot tell: {kept.reason}."
    guess = SCENARIOS["expected"]
    side = "above" if kept.low > guess else "below" if kept.high < guess else "near"
    ends = f"{format_share(kept.low)} to {format_share(kept.high)}"
    return (
        f"Of {counted(kept.n, of)} that bought in the twelve months before, "
        f"{format_share(kept.value)} bought again in the last twelve "
        f"({format_share(kept.level, 0)} interval {ends}). That is {side} the expected "
        f"scenario, {format_share(guess, 0)}."
    )
