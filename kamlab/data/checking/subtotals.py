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
from kamlab.data.cleaning.cleaning import UNCONVERTED, CleanTable
from kamlab.data.findings.quality import Finding, Sample, counted, make_finding
from kamlab.data.mapping.mapping import ColumnSource

_HALF_A_CENT = 0.005
_NOISE = 1e-9

#: How many subtotals a sum may reach back over; the top of the sheet always counts.
_NESTED = 60


@dataclass(frozen=True)
class _Sum:
    """A subtotal row: where it is, what it says, what the rows above sum to."""

    file: int
    row: int
    says: float
    computed: float
    is_met: bool

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
    they are written or of those that are meant: a row is met that agrees with either.

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
    sums = _sums(connection, cleaned, named, "amount")
    if amount.negate_column:
        written = _sums(connection, cleaned, named, _as_written(cleaned, amount))
        sums = [_nearer(*pair) for pair in zip(sums, written, strict=True)]
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


def _nearer(one: _Sum, other: _Sum) -> _Sum:
    """Return of one row's comparisons the one that is met, or that is less off."""
    return min(one, other, key=lambda each: (not each.is_met, abs(each.difference)))


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
        difference=f"{first.difference:+,.2f}",
        **weight(connection, cleaned, len(missed), weighed),
    )


def _sample(file: str, told: _Sum) -> Sample:
    details = {
        "the sheet says": round(told.says, 2),
        "rows above sum to": round(told.computed, 2),
        "difference": round(told.difference, 2),
    }
    return Sample(file, told.row, f"{told.says:,.2f}", details)


def _sums(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    named: set[str],
    counted_as: str,
) -> list[_Sum]:
    """Return each subtotal row with the sum of the rows above it.

    `counted_as` is SQL of what a row adds, over `amount` and the cells of the export.
    """
    unit = cleaned.mapping.columns["net_amount"].unit or 1.0
    converted = UNCONVERTED if cleaned.currency_code else "net_amount"
    unpivot, raw = cleaned.mapping.unpivot, cleaned.raw
    part = f"raw.{raw.reference(unpivot.name)}" if unpivot else "''"
    numbers = ", ".join(str(cleaned.rules.index(name)) for name in sorted(named))
    sql = (
        f"WITH typed AS (SELECT seq, dropped, {converted} AS amount FROM "
        f"{cleaned.name}), lines AS (SELECT seq, raw.file, raw.row, {part} AS part, "
        f"{counted_as} AS amount, coalesce(dropped IN ({numbers}), false) AS is_sum "
        f"FROM typed JOIN {raw.name} AS raw USING (seq)), "
        "run AS (SELECT *, sum(if(is_sum, 0, coalesce(amount, 0))) OVER (PARTITION BY "
        "file, part ORDER BY seq) AS total FROM lines), "
        "sums AS (SELECT *, row_number() OVER (PARTITION BY file, part ORDER BY seq) "
        "AS n FROM run WHERE is_sum AND isfinite(amount)), "
        "starts AS (SELECT file, part, n, total FROM sums UNION ALL "
        "SELECT DISTINCT file, part, 0, 0 FROM sums) "
        "SELECT sums.file, sums.row, any_value(amount), "
        "min_by(sums.total - starts.total, abs(sums.total - starts.total - amount)), "
        "bool_or(abs(sums.total - starts.total - amount) <= $most + $noise * "
        "abs(sums.total)) FROM sums JOIN starts ON sums.file = starts.file AND "
        "sums.part IS NOT DISTINCT FROM starts.part AND starts.n < sums.n AND "
        "(starts.n = 0 OR starts.n >= sums.n - $nested) "
        "GROUP BY sums.seq, sums.file, sums.row ORDER BY sums.seq"
    )
    limits = {"most": _HALF_A_CENT * unit, "noise": _NOISE, "nested": _NESTED}
    values = cleaned.values.used_in(sql) | limits
    found = connection.execute(sql, values).fetchall()
    return [_Sum(*each) for each in found]
