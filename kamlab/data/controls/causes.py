"""What may be behind the difference to a control total: sets of lines and their sums.

Each cause is a set of order lines that may be left out, taken in, or counted with the
other sign. The lines stand in the table `control_lines`: seq, file, row, dropped, day,
amount, unconverted and the columns in `GROUPING` that the export has.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import duckdb

from kamlab.data.cleaning.cleaning import CleanTable, exact_repeats
from kamlab.data.cleaning.parsing import quoted
from kamlab.data.contract import DEDUCTIONS
from kamlab.data.controls.totals import (
    COUNTS,
    EVERYTHING,
    TO_THE_CENT,
    ControlOutcome,
)

#: Columns by which lines are grouped: few values each, so that two may be combined.
_GROUPS = ("document_type", "line_type", "currency", "sales_org", "channel", "tax_rate")

#: Columns with many values, of which only one that fits alone is looked for.
_WIDE_GROUPS = ("account_id", "product_id", "order_id", "payer_id")

#: Columns of the contract that are looked at.
GROUPING = (*_GROUPS, *_WIDE_GROUPS)

#: Months at the end of a period that the books may lack together.
_MOST_LATER = 12

#: The kind of lines that were dropped; they are no part of any other set.
DROPPED = "dropped"


@dataclass(frozen=True)
class Cause:
    """Lines that may explain a difference, and by how much they would change the sum.

    Parameters
    ----------
    kind, group : str
        By what lines are grouped, and which group it is; groups of one kind have no
        line in common. An empty group stands for all lines.
    text : str
        What a hint calls it.
    change : float
        What the sum would be more if the cause were mended.

    Examples
    --------
    >>> one, other = Cause("file", "0", "june", -1.0), Cause("file", "1", "july", -2.0)
    >>> one.is_apart_from(other), one.is_apart_from(one)
    (True, False)
    """

    kind: str
    group: str
    text: str
    change: float

    def is_apart_from(self, other: "Cause") -> bool:
        """Whether two causes have no line in common, so that their changes add up.

        Examples
        --------
        >>> month = Cause("month", "2025-01", "January", -1.0)
        >>> month.is_apart_from(Cause("file", "0", "june.csv", -1.0))
        False
        """
        if not (self.group and other.group):
            return False
        if self.kind == other.kind:
            return self.group != other.group
        return DROPPED in (self.kind, other.kind)


def lines_told(rows: int) -> str:
    """Return a number of lines in words.

    Examples
    --------
    >>> lines_told(1), lines_told(1200)
    ('1 line', '1,200 lines')
    """
    return "1 line" if rows == 1 else f"{rows:,} lines"


def causes_of(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable, outcome: ControlOutcome
) -> Iterator[Cause]:
    """Yield what may be behind a difference: rules, files, types, months, days, rates.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds `control_lines`.
    orders : CleanTable
        The typed rows.
    outcome : ControlOutcome
        The total that is missed.
    """
    yield from _positive_deductions(connection, orders, outcome)
    for number, rows, amount in _grouped(connection, "dropped", is_dropped=True):
        text = f"{lines_told(rows)} dropped by rule {orders.rules[number]!r}"
        yield Cause(DROPPED, str(number), text, amount)
    yield from _copies(connection, orders)
    yield from _files(connection, orders)
    for column in _GROUPS:
        if column in orders.columns:
            groups = _grouped(connection, quoted(column))
            yield from _left_out_or_turned(column, groups, outcome)
    yield from _months(connection)
    if outcome.control.measure not in COUNTS:
        turned = "twice the total: the books may show it with the other sign"
        yield Cause("all", "", turned, -2 * outcome.computed)
    yield from _other_day(connection, orders, outcome)
    yield from _conversion(connection, outcome)
    if rows_and_amount := undated(connection, orders, outcome):
        rows, amount = rows_and_amount
        text = f"{lines_told(rows)} without a day, which are in no period"
        yield Cause("undated", "", text, amount)


def _grouped(
    connection: duckdb.DuckDBPyConnection, by: str, is_dropped: bool = False
) -> list[tuple[object, int, float]]:
    """Return value, number of lines and amount of each group of lines."""
    return connection.execute(
        f"SELECT {by}, count(*), fsum(amount) AS total FROM control_lines "
        f"WHERE dropped IS {'NOT ' if is_dropped else ''}NULL AND isfinite(amount) "
        "GROUP BY 1 HAVING total <> 0 ORDER BY 1 LIMIT 1000"
    ).fetchall()


def _positive_deductions(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable, outcome: ControlOutcome
) -> Iterator[Cause]:
    """Credit notes and cancellations whose sign was not turned, all together."""
    if "line_type" not in orders.columns or outcome.control.measure in COUNTS:
        return
    listed = ", ".join(f"'{each}'" for each in DEDUCTIONS)
    rows, amount, kinds = connection.execute(
        "SELECT count(*), fsum(amount), string_agg(DISTINCT line_type, ', ' ORDER BY "
        "line_type) FROM control_lines WHERE dropped IS NULL AND isfinite(amount) "
        f"AND amount > 0 AND line_type IN ({listed})"
    ).fetchone()
    if rows:
        text = (
            f"twice the {lines_told(rows)} that take revenue back ({kinds}) with a "
            "positive amount: their sign must be turned"
        )
        yield Cause("deductions", "", text, -2 * amount)


def _files(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable
) -> Iterator[Cause]:
    files = orders.raw.files
    groups = _grouped(connection, "file")
    for number, rows, amount in groups if len(groups) > 1 else []:
        # Lines that an earlier import brought are in no file of this one.
        name = "earlier imports" if number is None else files[number].name
        text = f"{lines_told(rows)} of {name}: may be there twice"
        yield Cause("file", str(number), text, -amount)


def _months(connection: duckdb.DuckDBPyConnection) -> Iterator[Cause]:
    months = _grouped(connection, "strftime(day, '%Y-%m')")
    for month, rows, amount in months if len(months) > 1 else []:
        text = f"{lines_told(rows)} of {month}: the books may lack the month"
        if month == months[-1][0]:
            text += f", and end before it (until: {_day_before(month)})"
        yield Cause("month", str(month), text, -amount)
    yield from _last_months(months)


def _last_months(months: Sequence[tuple[object, int, float]]) -> Iterator[Cause]:
    """All that is later than a month with which the books may end."""
    dated = [each for each in months if each[0] is not None]
    rows, amount = 0, 0.0
    for i in range(len(dated) - 1, max(1, len(dated) - _MOST_LATER), -1):
        rows, amount = rows + dated[i][1], amount + dated[i][2]
        first, last = dated[i][0], dated[-1][0]
        if first == last:
            continue  # told as a month of its own
        text = (
            f"{lines_told(rows)} of {first} to {last}, later than {dated[i - 1][0]}: "
            f"the books may end there (until: {_day_before(first)})"
        )
        yield Cause("later", "", text, -amount)


def _day_before(month: object) -> date:
    """Return the last day before a month such as 2025-12."""
    return date.fromisoformat(f"{month}-01") - timedelta(days=1)


def _left_out_or_turned(
    column: str, groups: Iterable[tuple[object, int, float]], outcome: ControlOutcome
) -> Iterator[Cause]:
    """A group that the books leave out, or count with the other sign."""
    for value, rows, amount in groups:
        shown = "without a value" if value is None else repr(str(value))
        named = f"{lines_told(rows)} of {column} {shown}"
        text = f"{named}: the books may leave them out"
        yield Cause(column, str(value), text, -amount)
        if outcome.control.measure not in COUNTS:
            text = f"twice the {named}: their sign may be the wrong way round"
            yield Cause(column, str(value), text, -2 * amount)


def _copies(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable
) -> Iterator[Cause]:
    """Lines that repeat an earlier one, and were kept."""
    connection.execute(  # the same for every total, and dear to find
        "CREATE TEMP TABLE IF NOT EXISTS control_copies AS SELECT seq FROM "
        f"({exact_repeats(orders)}) AS copies(seq)"
    )
    rows, amount = connection.execute(
        "SELECT count(*), coalesce(fsum(amount), 0) FROM control_lines "
        "WHERE isfinite(amount) AND seq IN (SELECT seq FROM control_copies)"
    ).fetchone()
    if rows:
        text = f"{lines_told(rows)} that repeat an earlier one in every column"
        yield Cause("copies", "all", text, -amount)


def _other_day(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable, outcome: ControlOutcome
) -> Iterator[Cause]:
    """What the total would be by the other day of a line."""
    control, period = outcome.control, outcome.period
    other = "posted_on" if control.dated_by == "order_date" else "order_date"
    is_narrow = control.where or control.currency or control.measure in COUNTS
    if control.period == EVERYTHING or is_narrow or other not in orders.columns:
        return
    amount = quoted(control.measure)
    computed = connection.execute(
        f"SELECT coalesce(fsum({amount}), 0) FROM {orders.name} WHERE dropped IS NULL "
        f"AND isfinite({amount}) AND {other} BETWEEN $start AND $end",
        {"start": period.start, "end": period.end},
    ).fetchone()[0]
    text = f"what counting by {other} changes: try dated_by: {other}"
    yield Cause("day", "", text, computed - outcome.computed)


def _conversion(
    connection: duckdb.DuckDBPyConnection, outcome: ControlOutcome
) -> Iterator[Cause]:
    """What the total would be without conversion to the reporting currency."""
    if outcome.control.measure != "net_amount" or outcome.control.currency:
        return
    change = connection.execute(
        "SELECT fsum(unconverted - amount) FROM control_lines "
        "WHERE dropped IS NULL AND isfinite(unconverted - amount)"
    ).fetchone()[0]
    if change:
        text = "what conversion changes: the books may add currencies up as they are"
        yield Cause("conversion", "", text, change)


def undated(
    connection: duckdb.DuckDBPyConnection, orders: CleanTable, outcome: ControlOutcome
) -> tuple[int, float] | None:
    """Return number and amount of the kept lines whose day is blank or unreadable.

    Parameters
    ----------
    connection, orders, outcome
        As in `causes_of`.

    Returns
    -------
    (int, float) or None
        None where there are none, or where the total is not one of all lines.
    """
    control = outcome.control
    if control.where or control.currency or control.period == EVERYTHING:
        return None
    amount = "1.0" if control.measure in COUNTS else quoted(control.measure)
    rows, total = connection.execute(
        f"SELECT count(*), coalesce(fsum({amount}), 0) FROM {orders.name} "
        f"WHERE dropped IS NULL AND {control.dated_by} IS NULL AND isfinite({amount})"
    ).fetchone()
    return (rows, total) if rows and control.dated_by == "order_date" else None


def wide_causes(
    connection: duckdb.DuckDBPyConnection,
    orders: CleanTable,
    outcome: ControlOutcome,
    wanted: float,
) -> Iterator[Cause]:
    """Yield accounts, products and orders whose lines alone may be the difference.

    Parameters
    ----------
    connection, orders, outcome
        As in `causes_of`.
    wanted : float
        What the books say more.
    """
    for column in _WIDE_GROUPS:
        if column not in orders.columns:
            continue
        groups = connection.execute(
            f"SELECT {quoted(column)}, count(*), fsum(amount) AS total "
            "FROM control_lines WHERE dropped IS NULL AND isfinite(amount) GROUP BY 1 "
            "HAVING abs(total + $wanted) <= $most OR abs(2 * total + $wanted) <= $most "
            "ORDER BY 1 LIMIT 2",
            {"wanted": wanted, "most": TO_THE_CENT},
        ).fetchall()
        yield from _left_out_or_turned(column, groups, outcome)
