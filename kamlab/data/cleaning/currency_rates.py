"""What one unit of a currency is worth: fixed rates, or those of a table by day.

Glossary
--------
reporting currency 记账本位币
    The currency in which all money of a portfolio stands.
rate of a month
    One rate for all days of a month, usually its average.
"""

from dataclasses import dataclass, field

#: The contract's table of rates.
RATES_TABLE = "fx_rates"

#: By day, the last rate counts that is not older than this many days.
WITHIN_DAYS = 7


@dataclass(frozen=True)
class CurrencyRates:
    """The column with the currency of a row, and what one unit of each is worth.

    Parameters
    ----------
    column : str
        Column of the export with the currency.
    rates : dict of str to float
        Fixed rates by currency; empty where they stand in a table.
    by : {"", "month", "day"}
        How the rate is found in the table `fx_rates`: the one of the month, or the
        last one on or before the day. Empty for fixed rates.
    within_days : int
        By day, how old a rate may be.

    Examples
    --------
    >>> CurrencyRates("Waehrung", {"USD": 0.92}).rates["USD"] * 100
    92.0
    >>> CurrencyRates("Waehrung", by="month").is_dated
    True
    """

    column: str
    rates: dict[str, float] = field(default_factory=dict)
    by: str = ""
    within_days: int = WITHIN_DAYS

    @property
    def is_dated(self) -> bool:
        """Whether the rates stand in a table and change with the day.

        Examples
        --------
        >>> CurrencyRates("Waehrung", {"USD": 0.92}).is_dated
        False
        """
        return bool(self.by)
