"""Accounts under contract: bound to the end of the term, then renewal by renewal.

Glossary
--------
running contract
    A contract that covers the day, or one that is signed and has yet to begin; until
    then the account is taken to go on as it does.
decision (续约决定)
    A renewal opportunity: the end of a term, at which an account goes on or leaves.
discounted years
    Years of the relationship ahead, each quarter in worth of today.
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from kamlab.value.contracts.renewals import ENDED, RENEWED, Renewals, tenures
from kamlab.value.contracts.shifted_beta_geometric import ShiftedBetaGeometric
from kamlab.value.customer_equity.fit_notes import renewal_notes
from kamlab.value.customer_equity.quarters import AheadQuarters
from kamlab.value.lifetime.units import DAYS_A_YEAR, DAYS_IN

_DAYS_A_MONTH = DAYS_IN["M"]
#: Terms so many times as long as others are named.
_LONGER = 2


@dataclass(frozen=True, eq=False)
class RunningContracts:
    """Until when each account is bound, and how it has renewed so far.

    Parameters
    ----------
    accounts : DataFrame
        By account: ``end`` (of what is agreed; the latest of several), ``term_months``
        (of that contract), ``renewals`` (decisions it has come through in its chain)
        and ``leaves`` (whether it is settled that nothing follows).
    model : ShiftedBetaGeometric
        Fitted to all chains of the book, with those that go on as such.
    as_of : date
        The day.

    Examples
    --------
    See `running_contracts`.
    """

    accounts: pd.DataFrame
    model: ShiftedBetaGeometric
    as_of: date

    @property
    def notes(self) -> tuple[str, ...]:
        """What the renewal model could not tell, in words for who reads a value.

        Examples
        --------
        See `running_contracts`.
        """
        terms = self.accounts["term_months"]
        notes = renewal_notes(self.model)
        if len(terms) and terms.max() >= _LONGER * terms.min():
            mixed = (
                f"terms last {terms.min()} to {terms.max()} months, and every renewal "
                "counts alike, whatever the term."
            )
            notes = (*notes, mixed)
        return notes

    @property
    def years_left(self) -> pd.Series:
        """Years until each account may leave.

        Examples
        --------
        >>> model = ShiftedBetaGeometric().with_parameters(alpha=1.0, beta=3.0)
        >>> columns = {"term_months": 12, "renewals": 0, "leaves": False}
        >>> accounts = pd.DataFrame(columns, ["A"])
        >>> accounts["end"] = pd.Timestamp("2026-06-30")
        >>> RunningContracts(accounts, model, date(2025, 12, 31)).years_left.round(2)
        A    0.5
        Name: end, dtype: float64
        """
        return (self.accounts["end"] - pd.Timestamp(self.as_of)).dt.days / DAYS_A_YEAR

    def of(self, accounts: pd.Index) -> "RunningContracts":
        """Return the contracts of some accounts.

        Parameters
        ----------
        accounts : Index
            Which ones, in which order.

        Returns
        -------
        RunningContracts
            With the same model.

        Examples
        --------
        >>> model = ShiftedBetaGeometric().with_parameters(alpha=1.0, beta=3.0)
        >>> columns = {"term_months": 12, "renewals": 0, "leaves": False}
        >>> accounts = pd.DataFrame(columns, ["A"])
        >>> accounts["end"] = pd.Timestamp("2026-06-30")
        >>> running = RunningContracts(accounts, model, date(2025, 12, 31))
        >>> len(running.of(["A"]).accounts)
        1
        """
        return replace(self, accounts=self.accounts.loc[accounts])

    def survival(self, quarters: AheadQuarters) -> pd.DataFrame:
        """Return the probability that each account still is one in each quarter.

        Parameters
        ----------
        quarters : AheadQuarters
            How far to look.

        Returns
        -------
        DataFrame of shape (n_accounts, n_quarters)
            1 until the contract's end; after it the chance of having renewed as often
            as it takes, S(renewals + decisions) / S(renewals), or 0 where it leaves.

        Examples
        --------
        >>> model = ShiftedBetaGeometric().with_parameters(alpha=1.0, beta=3.0)
        >>> columns = {"term_months": 12, "renewals": 0, "leaves": False}
        >>> accounts = pd.DataFrame(columns, ["A"])
        >>> accounts["end"] = pd.Timestamp("2026-06-30")
        >>> running = RunningContracts(accounts, model, date(2025, 12, 31))
        >>> from kamlab.value.customer_equity.quarters import quarters_ahead
        >>> ahead = quarters_ahead(running.as_of, 0.1, 4)
        >>> running.survival(ahead).loc["A"].round(2).tolist()
        [1.0, 1.0, 0.75, 0.75]
        """
        decisions = self._decisions(quarters)
        renewed = self.accounts["renewals"].to_numpy()[:, None]
        most = int((decisions + renewed).max(initial=0))
        curve = self.model.survival(np.arange(most + 1))
        chance = curve[decisions + renewed] / curve[renewed]
        chance[self._gone(decisions)] = 0.0
        columns = pd.Index(quarters.ends, name="quarter_end")
        return pd.DataFrame(chance, self.accounts.index, columns)

    def drawn_survival(
        self, quarters: AheadQuarters, futures: int, generator: np.random.Generator
    ) -> np.ndarray:
        """Draw who is still an account in each quarter.

        Parameters
        ----------
        quarters : AheadQuarters
            How far to look.
        futures : int
            How many futures.
        generator : Generator
            Source of chance.

        Returns
        -------
        array of bool, shape (n_futures, n_accounts, n_quarters)

        Notes
        -----
        In each future the model's parameters are drawn around what was learnt, then
        every renewal decision with the retention of those who have come so far.

        Examples
        --------
        >>> model = ShiftedBetaGeometric().with_parameters(alpha=1.0, beta=3.0)
        >>> columns = {"term_months": 12, "renewals": 0, "leaves": False}
        >>> accounts = pd.DataFrame(columns, ["A"])
        >>> accounts["end"] = pd.Timestamp("2026-06-30")
        >>> running = RunningContracts(accounts, model, date(2025, 12, 31))
        >>> from kamlab.value.customer_equity.quarters import quarters_ahead
        >>> ahead = quarters_ahead(running.as_of, 0.1, 4)
        >>> drawn = running.drawn_survival(ahead, 2000, np.random.default_rng(1))
        >>> bool(drawn[:, 0, :2].all()), bool(0.7 < drawn[:, 0, 2:].mean() < 0.8)
        (True, True)
        """
        decisions = self._decisions(quarters)
        renewed = self.accounts["renewals"].to_numpy()
        ahead = int(decisions.max(initial=0))
        periods = np.arange(1, ahead + int(renewed.max(initial=0)) + 1)
        retention = self.model.drawn_retention(periods, futures, generator)
        mine = retention[:, renewed[:, None] + np.arange(ahead)]
        renews = generator.random(mine.shape) < mine
        through = np.logical_and.accumulate(renews, axis=2).sum(axis=2)
        stays = decisions[None, :, :] <= through[:, :, None]
        return stays & ~self._gone(decisions)

    def _gone(self, decisions: np.ndarray) -> np.ndarray:
        """Say in which quarters an account is gone that will not renew."""
        return self.accounts["leaves"].to_numpy()[:, None] & (decisions > 0)

    def _decisions(self, quarters: AheadQuarters) -> np.ndarray:
        """Return how many decisions lie between the day and each quarter's middle."""
        days = quarters.days
        middle = (days + np.append(0, days[:-1])) / 2
        left = (self.accounts["end"] - pd.Timestamp(self.as_of)).dt.days.to_numpy()
        term = self.accounts["term_months"].to_numpy() * _DAYS_A_MONTH
        after = (middle[None, :] - left[:, None]) / term[:, None]
        return np.maximum(np.ceil(after), 0).astype(np.int64)


def running_contracts(renewals: Renewals) -> RunningContracts:
    """Return the accounts that are bound on the day, and the book's renewal model.

    Parameters
    ----------
    renewals : Renewals
        From `kamlab.value.contracts.contract_renewals`.

    Returns
    -------
    RunningContracts
        A contract that is over, though nothing is settled yet, binds nobody: such an
        account is judged by its orders.

    Raises
    ------
    CannotTellError
        If too few renewals have been decided to learn from.

    References
    ----------
    Fader, P. S., & Hardie, B. G. S. (2010). Customer-base valuation in a contractual
    setting: The perils of ignoring heterogeneity. Marketing Science 29(1), 85–93.

    Examples
    --------
    >>> import kamlab
    >>> from kamlab.value.contracts import contract_renewals
    >>> from kamlab.value.customer_equity.quarters import quarters_ahead
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     running = running_contracts(contract_renewals(portfolio))
    >>> ahead = quarters_ahead(running.as_of, 0.1, 12)
    >>> survival = running.survival(ahead)
    >>> bool((survival.diff(axis=1).iloc[:, 1:] <= 0).all(axis=None))
    True
    """
    chains = tenures(renewals)
    model = ShiftedBetaGeometric().fit(chains["tenure"], chains["ended"])
    # A contract that was renewed already is followed by the one that counts.
    latest = renewals.terms.sort_values("end", kind="stable").groupby("chain").last()
    agreed = _agreed(latest).set_index(latest["account"])
    running = agreed[agreed["end"] >= pd.Timestamp(renewals.as_of)]
    longest = running.sort_values("end", kind="stable").groupby("account").last()
    return RunningContracts(longest, model, renewals.as_of)


def _agreed(latest: pd.DataFrame) -> pd.DataFrame:
    """Return until when each chain goes on, and what is known of the time after."""
    pairs = zip(latest["start"], latest["end"], strict=True)
    months = pd.Series([_months(*pair) for pair in pairs], latest.index, dtype="int64")
    # Renewed, and the next contract is not in the table yet: it binds for as long.
    renewed = latest["outcome"] == RENEWED
    longer = pd.to_timedelta(months * _DAYS_A_MONTH, unit="D").dt.floor("D")
    return pd.DataFrame(
        {
            "end": latest["end"].mask(renewed, latest["end"] + longer),
            "term_months": months,
            "renewals": latest["term"] - 1 + renewed,
            "leaves": latest["outcome"] == ENDED,
        }
    )


def _months(start: pd.Timestamp, end: pd.Timestamp) -> int:
    """Return the length of a term in months, rounded, at least one."""
    return max(round(((end - start).days + 1) / _DAYS_A_MONTH), 1)
