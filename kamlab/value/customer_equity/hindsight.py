"""What the model would have said a year ago, beside what came.

The model sees the book as it was known then, and has to foretell the year that has
passed since. "The same as the year before" foretells it, too, and costs nothing.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from kamlab.errors import UsageError
from kamlab.estimates import Estimate
from kamlab.style.formats import format_count, format_number, format_share
from kamlab.value.customer_equity.purchases import PurchaseHistory
from kamlab.value.lifetime.comparison import ACTUAL, compared_forecasts
from kamlab.value.lifetime.intervals import bootstrap
from kamlab.value.lifetime.learning import RandomState, checked_seed
from kamlab.value.lifetime.model import PurchaseModel
from kamlab.value.lifetime.named_models import fitted_model
from kamlab.value.lifetime.units import days_to_units
from kamlab.value.proportions import wilson_share

#: Days of a year, with some room for leap years.
_A_YEAR = range(360, 371)


@dataclass(frozen=True, eq=False)
class Hindsight:
    """Orders of a year that has passed: foretold, as the year before, and what came.

    Parameters
    ----------
    accounts : DataFrame of shape (n_accounts, 5)
        Order days by account known at the time: ``expected``, ``low``, ``high``,
        ``year_before`` and ``came``.
    since : date
        Last day the model saw.
    covered : Estimate
        Share of accounts whose interval held what came.
    model : PurchaseModel or None
        As it was fitted to the book of that day.
    futures : DataFrame of shape (n_futures, n_accounts), or None
        Orders of the year in the futures that the intervals come from.

    Examples
    --------
    >>> columns = {"expected": [9.0], "low": [4.0], "high": [15.0]}
    >>> columns |= {"year_before": [12], "came": [8]}
    >>> accounts = pd.DataFrame(columns, index=["A"])
    >>> found = Hindsight(accounts, date(2024, 12, 31), wilson_share(1, 1))
    >>> found.error("expected"), found.error("year_before")
    (1.0, 4.0)
    """

    accounts: pd.DataFrame
    since: date
    covered: Estimate
    model: PurchaseModel | None = None
    futures: pd.DataFrame | None = None

    @property
    def compared(self) -> pd.DataFrame:
        """The two forecasts beside what came, as `compared_forecasts` compares them.

        Examples
        --------
        >>> columns = {"expected": [9.0], "low": [4.0], "high": [15.0]}
        >>> columns |= {"year_before": [12], "came": [8]}
        >>> accounts = pd.DataFrame(columns, index=["A"])
        >>> found = Hindsight(accounts, date(2024, 12, 31), wilson_share(1, 1))
        >>> found.compared.loc["expected", "mae_difference"].item()
        -3.0
        """
        named = self.accounts.rename(columns={"came": ACTUAL})
        ways = [ACTUAL, "year_before", "expected"]
        return compared_forecasts(named[ways], baseline="year_before")

    def error(self, forecast: str) -> float:
        """Return by how many order days a forecast missed an account, on average.

        Parameters
        ----------
        forecast : {"expected", "year_before"}
            Which one.

        Returns
        -------
        float
            Mean absolute error.

        Examples
        --------
        See `Hindsight`.
        """
        return float(self.compared.loc[forecast, "mae"])


def in_hindsight(
    then: PurchaseHistory,
    now: PurchaseHistory,
    model: str,
    repetitions: int = 60,
    random_state: RandomState = 0,
) -> Hindsight:
    """Let a model foretell the year that has passed, and count what came.

    Parameters
    ----------
    then : PurchaseHistory
        The book a year ago, as it was known then.
    now : PurchaseHistory
        The book today.
    model : {"MBG/CNBD-k", "BG/NBD", "MBG/NBD", "Pareto/NBD"}
        The purchase model.
    repetitions : int
        Books made up for the intervals, 20 or more.
    random_state : int, Generator or None
        Seed.

    Returns
    -------
    Hindsight
        Accounts won since are in nobody's forecast, and left out.

    Raises
    ------
    UsageError
        If the two are not a year apart.
    CannotTellError
        If there was too little to learn from.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.customer_equity import purchase_history
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     now = purchase_history(portfolio)
    ...     then = purchase_history(portfolio.at("2024-12-31"))
    >>> found = in_hindsight(then, now, "BG/NBD", repetitions=20)
    >>> len(found.accounts) == len(then.accounts), found.covered.value > 0.8
    (True, True)
    """
    days = (now.as_of - then.as_of).days
    if days not in _A_YEAR:
        raise UsageError(
            f"then ends on {then.as_of} and now on {now.as_of}: give two days a year "
            "apart"
        )
    known, random_state = then.accounts, checked_seed(random_state)
    triple = known["frequency"], known["recency"], known["T"]
    fitted = fitted_model(known, then.unit, model)
    horizon = float(days_to_units(float(days), then.unit))
    drawn = bootstrap(fitted, *triple, horizon, repetitions, random_state=random_state)
    came = now.accounts["orders"].reindex(known.index, fill_value=0)
    accounts = drawn.accounts.assign(year_before=known["orders"], came=came)
    held = came.between(accounts["low"], accounts["high"])
    covered = wilson_share(int(held.sum()), len(held), of="accounts")
    return Hindsight(accounts, then.as_of, covered, fitted, drawn.futures)


def hindsight_sentence(found: Hindsight) -> str:
    """Say how well the model would have done, and whether the old way beats it.

    Parameters
    ----------
    found : Hindsight
        From `in_hindsight`.

    Returns
    -------
    str

    Examples
    --------
    >>> columns = {"expected": [9.0] * 10, "low": [4.0] * 10, "high": [15.0] * 10}
    >>> columns |= {"year_before": [12] * 10, "came": [8] * 10}
    >>> accounts = pd.DataFrame(columns)
    >>> found = Hindsight(accounts, date(2024, 12, 31), wilson_share(10, 10))
    >>> print(hindsight_sentence(found))
    A year ago the model would have said 90 order days, and “as the year before” 120;
    80 came. The model would have missed an account by 1.00 on average, the year before
    by 4.00. Its 95 % intervals would have held 100.0 % of 10 accounts (72.2 % to
    100.0 %).
    """
    sums = found.accounts[["expected", "year_before", "came"]].sum()
    said, before, came = map(format_count, sums)
    told = (
        f"A year ago the model would have said {said} order days, and “as the year "
        f"before” {before}; {came} came. The model would have missed an account by "
        f"{format_number(found.error('expected'))} on average, the year before by "
        f"{format_number(found.error('year_before'))}."
    )
    covered = found.covered
    if covered.reason:
        return told
    ends = f"{format_share(covered.low)} to {format_share(covered.high)}"
    return (
        f"{told} Its 95 % intervals would have held {format_share(covered.value)} of "
        f"{format_count(covered.n)} accounts ({ends})."
    )
