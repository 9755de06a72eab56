"""An estimate: a figure with its interval and its n, or the reason why none is given.

Ledger figures (booked revenue, orders, days late) are exact and stay plain numbers.
Whatever is inferred from a limited number of accounts, orders or answers is an
`Estimate`, and where that number is too small it says "cannot tell".
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Integral, Real
from typing import Any

from kamlab.errors import UsageError
from kamlab.language import _
from kamlab.style.formats import format_count, format_value


@dataclass(frozen=True)
class Estimate:
    """A figure that was inferred, how sure it is, and from how many observations.

    Parameters
    ----------
    value : float
        The figure; NaN where none can be given.
    low, high : float
        Ends of its interval; NaN where none can be given.
    n : int
        Number of accounts, orders or answers it rests on.
    level : float
        Probability with which such intervals cover the truth, as a share.
    unit : {"share", "points", "money", "count", "days", "number"}
        What the figure is, for printing.
    currency : str
        Code of the currency, for money.
    method : str
        How the interval was found.
    reason : str
        Why one cannot tell; empty where one can.

    Raises
    ------
    UsageError
        If `low` is above `high`, or `level` is not between 0 and 1.

    Examples
    --------
    >>> print(Estimate(0.775, 0.712, 0.82, n=300, unit="share"))
    77.5 % (95 % interval 71.2 % to 82.0 %, n = 300)
    >>> print(Estimate.unknown("fewer than 10 accounts", n=7))
    cannot tell: fewer than 10 accounts (n = 7)
    """

    value: float
    low: float
    high: float
    n: int
    level: float = 0.95
    unit: str = "number"
    currency: str = ""
    method: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        """Refuse an interval that is none."""
        if self.low > self.high:
            raise UsageError(f"low = {self.low} is above high = {self.high}: swap them")
        checked_level(self.level)

    @classmethod
    def unknown(
        cls, reason: str, n: int, unit: str = "number", method: str = ""
    ) -> Estimate:
        """Make the answer "cannot tell", with its reason and without a figure.

        Parameters
        ----------
        reason : str
            What is lacking, with the number: "7 accounts; 10 are needed".
        n : int
            Number of observations there are.
        unit : str
            What the figure would have been.
        method : str
            How it would have been found.

        Returns
        -------
        Estimate
            With NaN for `value`, `low` and `high`.

        Examples
        --------
        >>> Estimate.unknown("7 accounts; 10 are needed", n=7).cannot_tell
        True
        """
        nan = math.nan
        return cls(nan, nan, nan, n, unit=unit, method=method, reason=reason)

    @property
    def cannot_tell(self) -> bool:
        """Whether the data are too few or too vague to answer."""
        return bool(self.reason)

    @property
    def interval(self) -> tuple[float, float] | None:
        """The ends of the interval, or None where there is none."""
        if math.isnan(self.low) or math.isnan(self.high):
            return None
        return self.low, self.high

    def __str__(self) -> str:
        """Print the figure as a manager reads it."""
        size = f"n = {format_count(self.n)}"
        if self.cannot_tell:
            return _("cannot tell: {reason} ({size})").format(
                reason=self.reason, size=size
            )
        if self.interval is None:
            return _("{value} ({size})").format(
                value=self._print(self.value), size=size
            )
        low, high = map(self._print, self.interval)
        level = format_value(self.level, "share").replace(".0 %", " %")
        interval = _("{level} interval {low} to {high}").format(
            level=level, low=low, high=high
        )
        return _("{value} ({interval}, {size})").format(
            value=self._print(self.value), interval=interval, size=size
        )

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """Show a notebook's reader the sentence instead of the fields."""
        printer.text(str(self))

    def _print(self, number: float) -> str:
        return format_value(number, self.unit, self.currency)


def checked_level(level: float) -> float:
    """Return the level of an interval, or say what was given instead.

    Raises
    ------
    UsageError
        If it does not lie between 0 and 1; per cent are not meant.

    Examples
    --------
    >>> checked_level(0.95)
    0.95
    >>> checked_level(95)
    Traceback (most recent call last):
    kamlab.errors.UsageError: level = 95: give a share between 0 and 1, such as 0.95
    """
    if not isinstance(level, Real) or isinstance(level, bool) or not 0 < level < 1:
        raise UsageError(
            f"level = {level!r}: give a share between 0 and 1, such as 0.95"
        )
    return level


def checked_draws(draws: int, at_least: int = 100) -> int:
    """Return the number of random draws, or say what was given instead.

    Raises
    ------
    UsageError
        If it is no whole number, or too small for an interval.

    Examples
    --------
    >>> checked_draws(1000)
    1000
    """
    whole = isinstance(draws, Integral) and not isinstance(draws, bool)
    if not whole or draws < at_least:
        raise UsageError(
            f"draws = {draws!r}: give a whole number and take at least {at_least}"
        )
    return draws
