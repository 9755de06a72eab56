"""Say how money in several currencies is converted, where an export has rates."""

from collections.abc import Iterable
from datetime import date, datetime

from kamlab.data.cleaning.currency_rates import RATES_TABLE
from kamlab.data.presets.converted import is_converted
from kamlab.data.presets.currencies import currencies_in
from kamlab.data.presets.layout import days_of
from kamlab.data.presets.names import normalised
from kamlab.data.presets.portfolio import conversion
from kamlab.data.presets.recognition import Recognised
from kamlab.data.presets.suggestion import Entry
from kamlab.data.reading.dates import EXCEL, ISO, strptime_pattern

#: Names of columns that say for how many units of a currency a rate is.
_UNITS = frozenset(("ffact", "fromfactor", "ratiofrom", "verhaeltnisvon", "per"))


def converted(lines: Recognised, rates: Recognised | None) -> list[Entry]:
    """Return how order lines are converted to the reporting currency.

    Parameters
    ----------
    lines : Recognised
        Order lines.
    rates : Recognised or None
        The table of rates of the export, where there is one.

    Returns
    -------
    list of Entry
        None for a single currency; a question where rates are not known.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("KUNAG", "FKDAT", "NETWR", "WAERK")
    >>> rows = (("1", "20250131", "9", "EUR"), ("1", "20250131", "9", "USD"))
    >>> lines = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> header, rows = ("Currency", "Month", "Rate"), (("USD", "2025-01", "0.9"),)
    >>> rates = recognise([Excerpt(("b.csv",), "text", header, rows)])[1][0]
    >>> converted(lines, rates)[0].value
    {'column': 'WAERK', 'rates': 'fx_rates', 'by': 'month'}
    """
    if is_converted(lines):
        return []
    asked = conversion(lines)
    header = lines.header("currency")
    if not asked or rates is None or not _are_codes(lines, header):
        return asked
    by = "month" if _hold_for_months(rates) else "day"
    why = f"rates of {rates.excerpt.shown}"
    return [Entry("currency", {"column": header, "rates": RATES_TABLE, "by": by}, why)]


def rate_column(rates: Recognised) -> Entry:
    """Return the two ways in which a rate may be meant; nothing in a table tells which.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header, rows = ("Currency", "Month", "Rate"), (("USD", "2025-01", "1.1"),)
    >>> rates = recognise([Excerpt(("b.csv",), "text", header, rows)])[1][0]
    >>> rate_column(rates).options
    ('Rate', {'from': 'Rate', 'inverse': True})
    """
    header = rates.header("rate", RATES_TABLE)
    code = rates.profiles[rates.header("currency", RATES_TABLE)].texts[0]
    rate = rates.profiles[header].texts[0]
    units = _units_column(rates)
    many = rates.profiles[units].texts[0] if units else "one"
    question = (
        f"is {many} {code} worth {rate} of the reporting currency (first line), or "
        f"does one of that buy {rate} {code} (inverse)?"
    )
    made = {"quotient": [header, units]} if units else {"from": header}
    options = (made if units else header, {**made, "inverse": True})
    return Entry("rate", options=options, question=question)


def _units_column(rates: Recognised) -> str:
    """Return the column that says for how many units a rate is, if not for one."""
    for name, profile in rates.profiles.items():
        if normalised(name) in _UNITS and set(profile.texts) - {"1"}:
            return name
    return ""


def reporting_currency(lines: Recognised, rates: Recognised | None) -> str:
    """Return the one currency for which no rate is needed, "" where that is open.

    Examples
    --------
    >>> from kamlab.data.presets.excerpt import Excerpt
    >>> from kamlab.data.presets.recognition import recognise
    >>> header = ("KUNAG", "FKDAT", "NETWR", "WAERK")
    >>> rows = (("1", "20250131", "9", "EUR"), ("1", "20250131", "9", "USD"))
    >>> lines = recognise([Excerpt(("a.csv",), "text", header, rows)])[1][0]
    >>> header, rows = ("Currency", "Month", "Rate"), (("USD", "2025-01", "0.9"),)
    >>> rates = recognise([Excerpt(("b.csv",), "text", header, rows)])[1][0]
    >>> reporting_currency(lines, rates)
    'EUR'
    """
    if rates is None:
        return ""
    rated = set(rates.profiles[rates.header("currency", RATES_TABLE)].texts)
    without = [code for code in currencies_in(lines) if code not in rated]
    return without[0] if len(without) == 1 else ""


def _are_codes(lines: Recognised, header: str) -> bool:
    """Whether the lines write currencies as a table of rates does, such as EUR."""
    return set(lines.profiles[header].texts) <= set(currencies_in(lines))


def _hold_for_months(rates: Recognised) -> bool:
    """Whether no currency has two rates in a month."""
    profile = rates.profiles[rates.header("valid_on", RATES_TABLE)]
    written = days_of(profile)
    if written == EXCEL:
        return False
    codes = rates.excerpt.column(rates.header("currency", RATES_TABLE))
    cells = rates.excerpt.column(rates.header("valid_on", RATES_TABLE))
    pairs = list(_months(zip(codes, cells, strict=False), written))
    return len(pairs) == len(set(pairs))


def _months(
    pairs: Iterable[tuple[object, object]], written: str
) -> Iterable[tuple[object, int, int]]:
    """Yield currency, year and month of each rate."""
    pattern = strptime_pattern(written)
    for code, cell in pairs:
        day = cell if isinstance(cell, date) else _day(str(cell or ""), pattern)
        if day is not None:
            yield code, day.year, day.month


def _day(text: str, pattern: str) -> date | None:
    """Read a day, None for what stands for nothing; a time behind ISO days is cut."""
    short = text.strip()[:10] if pattern == strptime_pattern(ISO) else text.strip()
    try:
        return datetime.strptime(short, pattern)
    except ValueError:
        return None
