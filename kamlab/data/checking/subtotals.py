"""Use the rows with sums in a sheet as control totals of the rows above them.

Glossary
--------
subtotal row 小计行
    A row that holds no sale but the sum of rows above it: since the subtotal before,
    since an earlier one where sums are nested, or since the top of the sheet.
"""

from dataclasses import dataclass

import duckdb

from kamlab.data.checking.weighing import weight
from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.staging import UNCONVERTED
from kamlab.data.findings.quality import Finding, Sample, counted, make_finding
from kamlab.data.mapping.mapping import ColumnSource
from kamlab.data.reading.other_names import unit_sql

_HALF_A_CENT = 0.005
_NOISE = 1e-9

#: How many subtotals a sum may reach back over; the top of the sheet always counts.
_NESTED = 60


@dataclass(frozen=True)
class _Sum:
    """A subtotal row: where it is, what it says, what so many rows above sum to."""

    file: int
    row: int
    says: float
    computed: float
    above: int
    is_met: bool
    in_its_currency: bool = False

    @property
    def difference(self) -> float:
        """What the rows have more than the sheet says."""
        return self.computed - self.says


def check_subtotals(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable
) -> list[Finding]:
    """Return whether the rows with sums agree with the rows above them.

    Rows that other rules drop count, for whoever wrote the sheet summed them too.
    Where signs are turned by the kind of document, the sums may be of the amounts as
    they are written or of those that are meant; where lines are in several currencies,
    of all of them or of those in the row's own: a row is met that agrees with either.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the table and its text.
    cleaned : CleanTable
        The typed rows, dropped ones included.
    """
    named = {
        rule.name for rule in cleaned.mapping.drop if rule.predicate == "subtotals"
    }
    amount = cleaned.mapping.columns.get("net_amount")
    if not named or amount is None:
        return []
    compared = [
        _sums(connection, cleaned, named, *way) for way in _ways(cleaned, amount)
    ]
    sums = [_nearest(ways) for ways in zip(*compared, strict=True)]
    missed = [each for each in sums if not each.is_met]
    findings = [_missed(connection, cleaned, missed)] if missed else []
    if len(sums) > len(missed):
        met = len(sums) - len(missed)
        told = make_finding(
            "subtotals_met", cleaned.declared.name, "", met, count=counted(met)
        )
        findings.append(told)
    return findings


def _as_written(cleaned: CleanTable, amount: ColumnSource) -> str:
    """Return the SQL of an amount before its sign is turned by the kind of document."""
    sign = next(
        part.text
        for plan in cleaned.plans
        for part in plan.parts
        if part.name == "net_amount_sign"
    )
    listed = ", ".join(cleaned.values.add(each) for each in amount.negate_in)
    return f"if({sign} IN ({listed}), -amount, amount)"


def _ways(cleaned: CleanTable, amount: ColumnSource) -> list[tuple[str, bool]]:
    """Return what a row may add to a sum, and whether only its own currency counts."""
    amounts = ["amount"]
    if amount.negate_column:
        amounts.append(_as_written(cleaned, amount))
    apart = [False, True] if cleaned.currency_code else [False]
    return [(each, is_apart) for is_apart in apart for each in amounts]


def _nearest(ways: tuple[_Sum, ...]) -> _Sum:
    """Return of one row's comparisons the one that is met, or that is least off."""
    return min(ways, key=lambda each: (not each.is_met, abs(each.difference)))


def _missed(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable, missed: list[_Sum]
) -> Finding:
    names, first = cleaned.raw.files, missed[0]
    weighed = sum(abs(each.difference) for each in missed)
    return make_finding(
        "subtotal_missed",
        cleaned.declared.name,
        "net_amount",
        len(missed),
        [_sample(names[each.file].name, each) for each in missed],
        computed=f"{first.computed:,.2f}",
        above=counted(first.above) + " above" + _currency_told(first),
        difference=f"{first.difference:+,.2f}",
        **weight(connection, cleaned, len(missed), weighed),
    )


def _currency_told(told: _Sum) -> str:
    return " in its currency" if told.in_its_currency else ""


def _sample(file: str, told: _Sum) -> Sample:
    details = {
        "the sheet says": round(told.says, 2),
        "rows above sum to": round(told.computed, 2),
        "difference": round(told.difference, 2),
        "rows above": told.above,
    }
    return Sample(file, told.row, f"{told.says:,.2f}", details)


#: SQL over `lines`: each subtotal, and the sum above it that is least off.
_COMPARED = (
    "run AS (SELECT *, sum(if(is_sum, 0, coalesce(amount, 0))) OVER above AS total, "
    "count(*) FILTER (NOT is_sum) OVER above AS above FROM lines "
    "WINDOW above AS (PARTITION BY file, part ORDER BY seq)), "
    "sums AS (SELECT *, row_number() OVER (PARTITION BY file, part ORDER BY seq) "
    "AS n FROM run WHERE is_sum AND isfinite(amount)), "
    "starts AS (SELECT file, part, n, total, above FROM sums UNION ALL "
    "SELECT DISTINCT file, part, 0, 0, 0 FROM sums) "
    "SELECT sums.file, sums.row, any_value(amount), "
    "min_by(sums.total - starts.total, abs(sums.total - starts.total - amount)), "
    "min_by(sums.above - starts.above, abs(sums.total - starts.total - amount)), "
    "bool_or(abs(sums.total - starts.total - amount) <= $most + $noise * "
    "abs(sums.total)) FROM sums JOIN starts ON sums.file = starts.file AND "
    "sums.part IS NOT DISTINCT FROM starts.part AND starts.n < sums.n AND "
    "(starts.n = 0 OR starts.n >= sums.n - $nested) "
    "GROUP BY sums.seq, sums.file, sums.row ORDER BY sums.seq"
)


def _sums(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    named: set[str],
    counted_as: str,
    in_its_currency: bool,
) -> list[_Sum]:
    """Return each subtotal row with the sum of the rows above it."""
    source = cleaned.mapping.columns["net_amount"]
    lines = _lines_sql(cleaned, named, counted_as, in_its_currency)
    # Half a cent of what the sheet counts in.
    most = f"$most * {unit_sql(source, cleaned.raw, 'sums.file') or 1.0}"
    sql = f"WITH {lines}, {_COMPARED.replace('$most', most)}"
    limits = {"most": _HALF_A_CENT, "noise": _NOISE, "nested": _NESTED}
    values = cleaned.values.used_in(sql) | limits
    found = connection.execute(sql, values).fetchall()
    return [_Sum(*each, in_its_currency) for each in found]


def _lines_sql(
    cleaned: CleanTable, named: set[str], counted_as: str, in_its_currency: bool
) -> str:
    """Return SQL of all rows: the part of the sheet they are in, what they add.

    `counted_as` is SQL of what a row adds, over `amount` and the cells of the export.
    """
    converted = UNCONVERTED if cleaned.currency_code else "net_amount"
    unpivot, raw = cleaned.mapping.unpivot, cleaned.raw
    part = f"raw.{raw.reference(unpivot.name)}" if unpivot else "''"
    if in_its_currency:
        part = f"concat_ws(chr(31), {part}, {cleaned.currency_code})"
    numbers = ", ".join(str(cleaned.rules.index(name)) for name in sorted(named))
    return (
        f"typed AS (SELECT seq, dropped, {converted} AS amount FROM {cleaned.name}), "
        f"lines AS (SELECT seq, raw.file, raw.row, {part} AS part, {counted_as} AS "
        f"amount, coalesce(dropped IN ({numbers}), false) AS is_sum "
        f"FROM typed JOIN {raw.name} AS raw USING (seq))"
    )
