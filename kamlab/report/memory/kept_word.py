"""KEPT WORD: whether the last report was right, said by the next one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from kamlab.errors import UsageError
from kamlab.estimates import Estimate
from kamlab.portfolio import Portfolio
from kamlab.report.memory.predictions_judged import coverage, judged_predictions
from kamlab.report.memory.recall import Recalled, recalled
from kamlab.report.memory.warnings_judged import VERDICTS, judged_warnings


@dataclass(frozen=True, eq=False)
class KeptWord:
    """What has become of the last report's warnings and predictions.

    Parameters
    ----------
    warnings : DataFrame
        From `kamlab.report.memory.warnings_judged.judged_warnings`.
    predictions : DataFrame
        From `kamlab.report.memory.predictions_judged.judged_predictions`.
    coverage : Estimate
        How often the truth lay inside the intervals.
    since : date or None
        Last day that the earlier report saw; None where there was none.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     word = kept_word(None, portfolio)
    >>> word.counts
    {'right': 0, 'wrong': 0, 'saved': 0, 'open': 0}
    """

    warnings: pd.DataFrame
    predictions: pd.DataFrame
    coverage: Estimate
    since: date | None = None

    @property
    def counts(self) -> dict[str, int]:
        """How many warnings have which verdict.

        Examples
        --------
        >>> warnings = pd.DataFrame({"verdict": ["right", "open", "right"]})
        >>> unknown = Estimate.unknown("none", 0)
        >>> KeptWord(warnings, pd.DataFrame(), unknown).counts
        {'right': 2, 'wrong': 0, 'saved': 0, 'open': 1}
        """
        counted = self.warnings["verdict"].value_counts()
        return {verdict: int(counted.get(verdict, 0)) for verdict in VERDICTS}


def kept_word(
    previous: Recalled | str | Path | None,
    portfolio: Portfolio,
    by: str = "parent",
    done: Collection[tuple[str, str]] = (),
) -> KeptWord:
    """Say what has become of what the last report warned of and expected.

    Parameters
    ----------
    previous : Recalled, str, Path or None
        The earlier report: its folder, or what `recalled` read from it; None or "" if
        there was none.
    portfolio : Portfolio
        The tables at the new report's day.
    by : {"account", "parent"}
        Whether warnings and predictions are about accounts or about groups; what was
        predicted of the others is not looked at.
    done : collection of (account, rule)
        For whom somebody did something; see `kamlab.report.actions`.

    Returns
    -------
    KeptWord

    Raises
    ------
    DataError
        If the earlier report cannot be read.
    UsageError
        If it saw more than the portfolio does.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     print(kept_word(None, portfolio).coverage)
    cannot tell: 0 predictions; 10 are needed (n = 0)
    """
    before = previous if isinstance(previous, Recalled) else recalled(previous)
    if before is None:
        predictions = judged_predictions([], portfolio, by)
        warnings = judged_warnings([], portfolio.as_of, portfolio, by)
        return KeptWord(warnings, predictions, coverage(predictions))
    if before.as_of >= portfolio.as_of:
        raise UsageError(
            f"previous is the report as of {before.as_of}, which does not lie before "
            f"{portfolio.as_of}: name an earlier report"
        )
    told = [each for each in before.predictions if each.is_about(by)]
    predictions = judged_predictions(told, portfolio, by)
    warnings = judged_warnings(before.warnings, before.as_of, portfolio, by, done)
    return KeptWord(warnings, predictions, coverage(predictions), before.as_of)
