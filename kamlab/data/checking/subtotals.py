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
    # Where signs are turned by the kind of document, it is not known what was summed.
    if not named or amount is None or amount.negate_column:
        return []
    sums = _sums(connection, cleaned, named, amount.unit or 1.0)
    missed = [each for each in sums if not each.is_met]
    findings = [_missed(connection, cleaned, missed)] if missed else []
    if len(sums) > len(missed):
        met = len(sums) - len(missed)
        told = make_finding(
            "subtotals_met", cleaned.declared.name, "", met, count=counted(met)
        )
        findings.append(told)
    return findings


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
        [Sample(names[s.file].name, s.row, f"{s.says:,.2f}") for s in missed],
        computed=f"{first.computed:,.2f}",
        difference=f"{first.difference:+,.2f}",
        **weight(connection, cleaned, len(missed), weighed),
    )


def _sums(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    named: set[str],
    unit: float,
) -> list[_Sum]:
    """Return each subtotal row with the sum of the rows above it."""
    converted = UNCONVERTED if cleaned.currency_code else "net_amount"
    unpivot, raw = cleaned.mapping.unpivot, cleaned.raw
    part = f"raw.{raw.reference(unpivot.name)}" if unpivot else "''"
    numbers = ", ".join(str(cleaned.rules.index(name)) for name in sorted(named))
    found = connection.execute(
        f"WITH lines AS (SELECT seq, raw.file, raw.row, {part} AS part, {converted} AS "
        f"amount, coalesce(dropped IN ({numbers}), false) AS is_sum FROM "
        f"{cleaned.name} JOIN {raw.name} AS raw USING (seq)), "
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
        "GROUP BY sums.seq, sums.file, sums.row ORDER BY sums.seq",
        {"most": _HALF_A_CENT * unit, "noise": _NOISE, "nested": _NESTED},
    ).fetchall()
    return [_Sum(*each) for each in found]
