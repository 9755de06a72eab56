"""The sheet: last year's contribution, times a multiple, in three scenarios.

The simplest value of an account that can be defended, and the one that every model has
to beat. Anybody can redo a row by hand: contribution of the last twelve months, times
the multiple of the scenario's retention rate.

Glossary
--------
retention scenario (留存情景)
    A guess at the share of accounts that stay from year to year, said aloud.
margin multiple (利润倍数)
    Value of a relationship in yearly contributions; see
    `kamlab.value.contracts.margin_retention.margin_multiple`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd

from kamlab.errors import UsageError
from kamlab.value.contracts.margin_retention import margin_multiple
from kamlab.value.contracts.rates import checked_shares
from kamlab.value.revenue import checked_amounts

#: Three guesses at yearly retention, for want of better ones.
SCENARIOS: Mapping[str, float] = MappingProxyType(
    {"cautious": 0.7, "expected": 0.8, "hopeful": 0.9}
)


@dataclass(frozen=True, eq=False)
class RetentionScenarios:
    """What every account is worth under each scenario.

    Parameters
    ----------
    accounts : DataFrame of shape (n_accounts, 1 + n_scenarios)
        `contribution` of the last twelve months and a value for each scenario, money.
        An account whose contribution is not known has none.
    multiples : DataFrame of shape (n_accounts, n_scenarios)
        What the contribution was multiplied by.
    totals : DataFrame of shape (3, 2 + n_scenarios)
        Rows "accounts that earn", "accounts that cost" and "all", in which those whose
        contribution is exactly 0 count, too; columns `accounts` (how many),
        `contribution` and the scenarios.
    not_known : tuple
        Accounts without a known contribution; they are in no total.
    discount_rate, growth : float
        As given, shares a year.
    periods : int or None
        Years counted; None is without end.
    first : str
        When the first contribution comes, as `margin_multiple` says.

    Examples
    --------
    >>> sheet = retention_scenarios({"Adler": 100.0, "Berg": -10.0}, 0.12)
    >>> sheet.totals["expected"].round(1).to_dict()
    {'accounts that earn': 250.0, 'accounts that cost': -25.0, 'all': 225.0}
    """

    accounts: pd.DataFrame
    multiples: pd.DataFrame
    totals: pd.DataFrame
    not_known: tuple[object, ...]
    discount_rate: float
    growth: float
    periods: int | None
    first: str


def retention_scenarios(
    contribution: pd.Series,
    discount_rate: float,
    scenarios: Mapping[str, float | pd.Series] = SCENARIOS,
    growth: float = 0.0,
    periods: int | None = None,
    first: str = "after a period",
) -> RetentionScenarios:
    """Value every account by last year's contribution under scenarios of retention.

    Parameters
    ----------
    contribution : Series of shape (n_accounts,)
        Money of the last twelve months by account, after cost to serve where that is
        known; missing where it is not. Negative for an account that costs.
    discount_rate : float
        A year's discount, as a share.
    scenarios : mapping of str to float or Series
        Yearly retention by name of the scenario, 0–1; a Series gives each account (its
        tier, say) a rate of its own.
    growth : float
        Growth of the contribution a year, as a share.
    periods : int, optional
        Count only so many years; by default all that ever come.
    first : {"after a period", "at once"}
        When the first contribution comes.

    Returns
    -------
    RetentionScenarios
        One row an account in `accounts`, in the order given.

    Raises
    ------
    UsageError
        If amounts or rates cannot be right, or an account has no rate.

    Notes
    -----
    value = contribution × r / (1 + i − r (1 + g)). An account that costs money is
    worth less the longer it stays: more retention makes its value *more* negative.

    References
    ----------
    Gupta, S., & Lehmann, D. R. (2003). Customers as assets. Journal of Interactive
    Marketing 17(1), 9–24.

    Examples
    --------
    >>> year = pd.Series({"Adler": 100.0, "Berg": 40.0, "Cole": -10.0})
    >>> sheet = retention_scenarios(year, discount_rate=0.10)
    >>> sheet.accounts.round(0)
           contribution  cautious  expected  hopeful
    Adler         100.0     175.0     267.0    450.0
    Berg           40.0      70.0     107.0    180.0
    Cole          -10.0     -17.0     -27.0    -45.0
    """
    amounts, not_known = _split_known(contribution)
    multiples = pd.DataFrame(
        {
            name: margin_multiple(
                _rates(rates, name, amounts.index),
                discount_rate,
                growth,
                periods,
                first,
            )
            for name, rates in _checked_names(scenarios).items()
        }
    )
    values = multiples.mul(amounts, axis=0)
    accounts = pd.concat([amounts.rename("contribution"), values], axis=1)
    return RetentionScenarios(
        accounts=accounts,
        multiples=multiples,
        totals=_totals(accounts.drop(index=not_known)),
        not_known=tuple(not_known),
        discount_rate=float(discount_rate),
        growth=float(growth),
        periods=periods,
        first=first,
    )


def _split_known(contribution: pd.Series) -> tuple[pd.Series, list[object]]:
    """Check the amounts that are known, and list the accounts of the others."""
    if not isinstance(contribution, pd.Series):
        contribution = pd.Series(contribution)
    known = checked_amounts(contribution.dropna(), "contribution")
    repeated = contribution.index[contribution.index.duplicated()]
    if len(repeated):
        raise UsageError(
            f"contribution has account {repeated[0]!r} more than once: give one amount "
            "per account"
        )
    amounts = known.reindex(contribution.index)
    return amounts, list(amounts.index[amounts.isna()])


def _checked_names(
    scenarios: Mapping[str, float | pd.Series],
) -> Mapping[str, float | pd.Series]:
    if not scenarios or "contribution" in scenarios or "accounts" in scenarios:
        raise UsageError(
            f"scenarios = {list(scenarios)}: give at least one, called neither "
            "'contribution' nor 'accounts'"
        )
    return scenarios


def _rates(rates: float | pd.Series, name: str, accounts: pd.Index) -> pd.Series:
    """Return one retention rate for each account."""
    if not isinstance(rates, pd.Series):
        checked_shares(rates, f"scenarios[{name!r}]")
        return pd.Series(rates, accounts, dtype=float)
    repeated = rates.index[rates.index.duplicated()]
    if len(repeated):
        raise UsageError(
            f"scenarios[{name!r}] has account {repeated[0]!r} more than once: give one "
            "rate per account"
        )
    lacking = accounts.difference(rates.index, sort=False)
    if len(lacking):
        raise UsageError(
            f"scenarios[{name!r}] has no rate for account {lacking[0]!r} and "
            f"{len(lacking) - 1} others: give every account one"
        )
    return rates.reindex(accounts)


def _totals(accounts: pd.DataFrame) -> pd.DataFrame:
    contribution = accounts["contribution"]
    parts = {
        "accounts that earn": accounts[contribution > 0],
        "accounts that cost": accounts[contribution < 0],
        "all": accounts,
    }
    totals = pd.DataFrame({name: part.sum() for name, part in parts.items()}).T
    totals.insert(0, "accounts", np.array([len(part) for part in parts.values()]))
    return totals
