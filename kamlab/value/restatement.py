"""Restatement: what a past period was known to be, and what late lines made of it.

Glossary
--------
as reported 原报告值
    Net revenue of a period as it was booked by the day of its report.
as known 重述值
    The same period with all that has been booked since.
"""

from dataclasses import dataclass
from datetime import timedelta

import narwhals as nw

from kamlab.data.store import collect
from kamlab.data.view import midnight
from kamlab.errors import UsageError
from kamlab.fiscal import Period
from kamlab.language import plural
from kamlab.portfolio import Portfolio
from kamlab.style.formats import format_money, format_share
from kamlab.value.windows import rows_between

_CENTS = 2


@dataclass(frozen=True)
class Restatement:
    """What a period was reported as, and what it is known to be now.

    Parameters
    ----------
    period : Period
        The past period.
    as_reported, as_known : float
        Its net revenue on the report's day, and with all that was booked since.
    lines : int
        Number of lines that were booked after the report's day.
    rebates : float
        Part of the change that is rebates, negative where they were granted.
    share : float
        Change as a share of what was reported; NaN if that was not positive.

    Examples
    --------
    >>> from kamlab.fiscal import FiscalCalendar
    >>> days = FiscalCalendar().period("2025Q3")
    >>> Restatement(days, 200.0, 206.0, 3, 0.0, 0.03).change
    6.0
    """

    period: Period
    as_reported: float
    as_known: float
    lines: int
    rebates: float
    share: float

    @property
    def change(self) -> float:
        """What late lines added to net revenue, money.

            Examples
            --------
            >>> from kamlab.fiscal import FiscalCalendar
        >>> days = FiscalCalendar().period("2025Q3")
            >>> Restatement(days, 200.0, 194.0, 3, -6.0, -0.03).change
            -6.0
        """
        return round(self.as_known - self.as_reported, _CENTS)


def restatement(portfolio: Portfolio, period: Period, delay: int = 0) -> Restatement:
    """Show what late bookings made of a period that had been reported already.

    Parameters
    ----------
    portfolio : Portfolio
        The tables at a date, with the day on which lines were booked.
    period : Period
        A period that is over on the view's day.
    delay : int
        Days from the period's end to the day of its report.

    Returns
    -------
    Restatement
        To the cent; business within the own group left out.

    Raises
    ------
    MissingDataError
        If the data do not say when lines were booked.
    UsageError
        If the period is not over, or `delay` is no number of days.

    Notes
    -----
    A line is late if its order day lies in the period and it was booked more than
    `delay` days after the period's end. Customer numbers do not matter: the total is
    the same before and after a merger.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as book:
    ...     quarter = restatement(book, book.period("2025Q3"))
    >>> quarter.lines > 0, round(quarter.share, 2)
    (True, 0.01)
    """
    if isinstance(delay, bool) or not isinstance(delay, int) or delay < 0:
        raise UsageError(f"delay = {delay!r}: give a number of days from 0 on")
    portfolio.require("orders.posted_on", purpose="What late bookings changed")
    sums = collect(_sums(portfolio, period, delay)).iloc[0].fillna(0)
    # Sums of a parallel query differ in their last bits from one run to the next.
    known, late = (round(float(sums[each]), _CENTS) for each in ("known", "late"))
    reported = round(known - late, _CENTS)
    return Restatement(
        period=period,
        as_reported=reported,
        as_known=known,
        lines=int(sums["lines"]),
        rebates=round(float(sums["rebates"]), _CENTS),
        share=late / reported if reported > 0 else float("nan"),
    )


def restatement_words(restated: Restatement, currency: str = "") -> str:
    """Say how many late lines changed a period, and by how much.

    Parameters
    ----------
    restated : Restatement
        From `restatement`.
    currency : str
        Code of the currency.

    Returns
    -------
    str
        In the current language; empty if nothing was booked late.

    Examples
    --------
    >>> from kamlab.fiscal import FiscalCalendar
    >>> days = FiscalCalendar().period("2025Q3")
    >>> restatement_words(Restatement(days, 2000.0, 2006.0, 212, 0.0, 0.003), "EUR")
    '212 late lines restate 2025Q3 by +0.3 % (EUR 6).'
    """
    if restated.lines == 0:
        return ""
    if restated.share != restated.share:
        text = plural(
            "{n} late line restates {period} by {amount}.",
            "{n} late lines restate {period} by {amount}.",
            restated.lines,
        )
    else:
        text = plural(
            "{n} late line restates {period} by {share} ({amount}).",
            "{n} late lines restate {period} by {share} ({amount}).",
            restated.lines,
        )
    sign = "+" if restated.change > 0 else ""
    return text.format(
        period=restated.period.label,
        share=sign + format_share(restated.share),
        amount=format_money(restated.change, currency),
    )


def _sums(portfolio: Portfolio, period: Period, delay: int) -> nw.LazyFrame:
    """Add up all lines, the late ones, and the late rebates."""
    rows = rows_between(portfolio, "orders", period.start, period.end)
    is_rebate = nw.lit(False)
    if portfolio.has("orders.line_type"):
        kind = nw.col("line_type")
        rows = rows.filter((kind != "intercompany") | kind.is_null())
        is_rebate = ~kind.is_null() & (kind == "rebate")
    reported_on = midnight(period.end + timedelta(days=delay))
    is_late = ~nw.col("posted_on").is_null() & (nw.col("posted_on") > reported_on)
    amount = nw.col("net_amount")
    plain = rows.select(
        amount.alias("known"),
        nw.when(is_late).then(amount).otherwise(0.0).alias("late"),
        nw.when(is_late).then(1).otherwise(0).alias("lines"),
        nw.when(is_late & is_rebate).then(amount).otherwise(0.0).alias("rebates"),
    )
    return plain.select(
        nw.col(each).sum() for each in ("known", "late", "lines", "rebates")
    )
