"""Control totals: what a figure from the books says, and whether the import meets it.

Glossary
--------
control total 控制总额
    A figure that somebody takes from the books, such as the net revenue of a year, so
    that an import which lost a file or counted one twice is seen at once.
to tie 勾稽
    To agree with the books: to the cent, unless a tolerance is declared.
"""

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from kamlab.data.mapping.mapping import Format
from kamlab.errors import UsageError
from kamlab.fiscal import FiscalCalendar, Period, as_date

#: What the books may count of the order lines: columns of theirs that are summed …
SUMS = ("net_amount", "cogs", "quantity", "engineering_cost")
#: … and what is counted.
COUNTS = ("lines", "documents")
MEASURES = SUMS + COUNTS

#: How a total of all lines names its period.
EVERYTHING = "all"

#: Half a cent and a little: sums of binary fractions are not exact.
TO_THE_CENT = 0.005 + 1e-9


@dataclass(frozen=True)
class Control:
    """A total from the books, and which order lines it is a total of.

    Parameters
    ----------
    name : str
        What it is, such as "annual accounts".
    period : str
        As `span_of` reads it.
    amount : float
        What the books say.
    measure : str
        One of `MEASURES`: what is summed or counted.
    currency : str
        Only lines billed in it count, and their net amount is taken before
        conversion; empty for all lines, in the reporting currency.
    where : dict of str to tuple of str
        Only lines count whose column of the contract holds one of these.
    tolerance : float
        Difference that is let pass, in the total's unit.
    tolerance_share : float
        The same as a share (0–1) of the total; the larger of the two holds.
    dated_by : {"order_date", "posted_on"}
        The day that decides on the period of a line.
    until : date, optional
        Last day that the books held, where the period had not ended then.

    Examples
    --------
    >>> control = Control("annual accounts", "2024", 61_204_118.20)
    >>> control.what, control.allowed < 0.01
    ('net_amount', True)
    """

    name: str
    period: str
    amount: float
    measure: str = "net_amount"
    currency: str = ""
    where: dict[str, tuple[str, ...]] = field(default_factory=dict)
    tolerance: float = 0.0
    tolerance_share: float = 0.0
    dated_by: str = "order_date"
    until: date | None = None

    @property
    def allowed(self) -> float:
        """The difference that is let pass.

        Examples
        --------
        >>> Control("books", "2024", 2_000.0, tolerance_share=0.001).allowed
        2.0
        """
        least = 0.0 if self.measure in COUNTS else TO_THE_CENT
        return max(least, self.tolerance, self.tolerance_share * abs(self.amount))

    @property
    def what(self) -> str:
        """What is totalled, in words.

        Examples
        --------
        >>> Control("books", "2024", 9, "lines", "USD", {"sales_org": ("1000",)}).what
        'lines, USD, sales_org 1000'
        """
        narrowed = [f"{key} {' or '.join(held)}" for key, held in self.where.items()]
        return ", ".join(filter(None, [self.measure, self.currency, *narrowed]))

    @property
    def when(self) -> str:
        """The period in words, and where the books end within it.

        Examples
        --------
        >>> Control("books", "2025", 9.5, until=date(2025, 11, 30)).when
        '2025 until 2025-11-30'
        """
        return f"{self.period} until {self.until}" if self.until else self.period


@dataclass(frozen=True)
class ControlFile:
    """A file of totals, such as the list of accounts' balances that finance sends.

    Parameters
    ----------
    file : str
        Beside the mapping, or in the export.
    columns : dict of str to str
        Column of the file by what it holds: period, currency, a column of order lines
        that narrows the total, or one of `MEASURES`.
    name : str
        What the totals are called; the file's name where it is empty.
    sheet : str
        Name of the sheet, where it is a workbook with several.
    format : Format
        How a text file is written.
    tolerance, tolerance_share, dated_by
        As in `Control`, for every total.

    Examples
    --------
    >>> ControlFile("totals.csv", {"period": "Monat", "net_amount": "Netto"}).measures
    ['net_amount']
    """

    file: str
    columns: dict[str, str]
    name: str = ""
    sheet: str = ""
    format: Format = field(default_factory=Format)
    tolerance: float = 0.0
    tolerance_share: float = 0.0
    dated_by: str = "order_date"

    @property
    def measures(self) -> list[str]:
        """What is totalled in it.

        Examples
        --------
        >>> ControlFile("a.csv", {"period": "P", "lines": "N", "cogs": "C"}).measures
        ['cogs', 'lines']
        """
        return [each for each in MEASURES if each in self.columns]

    @property
    def called(self) -> str:
        """The name of its totals.

        Examples
        --------
        >>> ControlFile("books/totals.csv", {}).called
        'totals.csv'
        """
        return self.name or Path(self.file).name


@dataclass(frozen=True)
class ControlOutcome:
    """A control total beside what was imported.

    Parameters
    ----------
    control : Control
        What the books say.
    period : Period
        Its first and last day.
    rows : int
        Lines of the period that were kept.
    computed : float
        What they sum to.
    hints : tuple of str
        What would explain the difference exactly; guesses to look at, no findings.

    Examples
    --------
    >>> period = FiscalCalendar().period("2024")
    >>> met = ControlOutcome(Control("books", "2024", 9.5), period, 1, 9.5)
    >>> met.is_met, met.difference
    (True, 0.0)
    """

    control: Control
    period: Period
    rows: int
    computed: float
    hints: tuple[str, ...] = ()

    @property
    def difference(self) -> float:
        """What was imported more than the books say, rounded to a ten-thousandth.

        Examples
        --------
        >>> period = FiscalCalendar().period("2024")
        >>> ControlOutcome(Control("books", "2024", 9.5), period, 1, 9.25).difference
        -0.25
        """
        return round(self.computed - self.control.amount, 4)

    @property
    def is_met(self) -> bool:
        """Whether the difference is within the tolerance.

        Examples
        --------
        >>> period = FiscalCalendar().period("2024")
        >>> control = Control("books", "2024", 9.5, tolerance=0.5)
        >>> ControlOutcome(control, period, 1, 9.25).is_met
        True
        """
        return abs(self.computed - self.control.amount) <= self.control.allowed

    @property
    def is_exact(self) -> bool:
        """Whether the figures agree to the cent.

        Examples
        --------
        >>> period = FiscalCalendar().period("2024")
        >>> control = Control("books", "2024", 9.5, tolerance=0.5)
        >>> ControlOutcome(control, period, 1, 9.25).is_exact
        False
        """
        least = 0.0 if self.control.measure in COUNTS else TO_THE_CENT
        return abs(self.computed - self.control.amount) <= least

    def as_json(self) -> dict[str, object]:
        """Return everything as the import's log keeps it.

        Examples
        --------
        >>> period = FiscalCalendar().period("2024")
        >>> told = ControlOutcome(Control("a", "2024", 9.5), period, 1, 9.5).as_json()
        >>> told["first_day"], told["met"]
        ('2024-01-01', True)
        """
        control = self.control
        return {
            "name": control.name,
            "period": control.period,
            "first_day": self.period.start.isoformat(),
            "last_day": self.period.end.isoformat(),
            "until": control.until.isoformat() if control.until else None,
            "dated_by": control.dated_by,
            "measure": control.measure,
            "currency": control.currency,
            "where": {key: list(held) for key, held in control.where.items()},
            "books": control.amount,
            "imported": round(self.computed, 4),
            "difference": self.difference,
            "allowed": round(control.allowed, 4),
            "met": self.is_met,
            "exact": self.is_exact,
            "rows": self.rows,
            "hints": list(self.hints),
        }


def span_of(label: str, calendar: FiscalCalendar) -> Period:
    """Return the days that a label means: a period, a range of periods or of days.

    Parameters
    ----------
    label : str
        "2025", "2025Q4", "2025-11", "2025-11-30", two of them with " to " between
        them, or "all".
    calendar : FiscalCalendar
        What years and quarters mean.

    Raises
    ------
    UsageError
        If it is none of these, or ends before it begins.

    Examples
    --------
    >>> period = span_of("2024-10 to 2025Q1", FiscalCalendar())
    >>> period.start.isoformat(), period.end.isoformat()
    ('2024-10-01', '2025-03-31')
    """
    if label == EVERYTHING:
        return Period(label, date.min, date.max)
    first, to, last = str(label).partition(" to ")
    start, end = _days(first.strip(), calendar), _days(last.strip() or first, calendar)
    if (to and not last.strip()) or end.end < start.start:
        raise UsageError(
            f"period = {label!r} ends before it begins; write it as "
            "'2025-01 to 2025-03'"
        )
    return Period(label, start.start, end.end)


def period_of(control: Control, calendar: FiscalCalendar) -> Period:
    """Return the first and last day of a total, cut where the books end.

    Parameters
    ----------
    control : Control
        What the books say.
    calendar : FiscalCalendar
        What years and quarters mean.

    Raises
    ------
    UsageError
        If the books would end before the period begins.

    Examples
    --------
    >>> to_date = Control("books", "2025", 9.5, until=date(2025, 11, 30))
    >>> period_of(to_date, FiscalCalendar()).end.isoformat()
    '2025-11-30'
    """
    period = span_of(control.period, calendar)
    if control.until is None:
        return period
    if control.until < period.start:
        raise UsageError(
            f"controls: until = '{control.until}' of {control.name!r} is before "
            f"{control.period} begins ({period.start}); name a day of the period"
        )
    return replace(period, end=min(period.end, control.until))


def _days(label: str, calendar: FiscalCalendar) -> Period:
    if label.count("-") == 2:
        day = as_date(label, "period")
        return Period(label, day, day)
    return calendar.period(label)
