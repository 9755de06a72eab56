"""Findings: what is wrong with an export, how much it weighs, and what to do.

Glossary
--------
rule
    A named kind of fault; `RULES` lists them all.
severity
    An *error* always blocks the import. A *warning* blocks when it touches more than
    its limit of the money. An *info* only tells what was done.
money
    Sum of the absolute net amounts of the rows that a finding touches.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from kamlab.data.findings.rules import RULES

#: A warning blocks when it touches more than this share of the money.
DEFAULT_LIMIT = 0.05

_SHOWN_CHARACTERS = 80


@dataclass(frozen=True)
class Sample:
    """One place where a finding shows: file, row as a spreadsheet counts it, value.

    In text files row 1 is the header; in Parquet files row 1 is the first record.
    `details` are further figures of the place by their name.

    Examples
    --------
    >>> Sample("june.csv", 7, "12,50").row
    7
    """

    file: str
    row: int | None
    value: str
    details: dict[str, float] = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Finding:
    """One kind of fault in one column of one table, with what it weighs.

    Parameters
    ----------
    table, rule, column : str
        Where it is and what it is; `rule` is a key of `RULES`. `column` is empty
        where a whole file is meant.
    severity : {"error", "warning", "info"}
        Whether it blocks: always, above its limit, never.
    rows : int
        Rows it touches; for totals of the books, how many totals.
    money : float or None
        Their absolute net amount; None where the table carries no money.
    samples : tuple of Sample
        At most three places.
    message, remedy : str
        What is the matter, and what to do.
    share : float or None
        Share (0–1) of the table's money, or of its rows where it carries none.
    blocks : bool
        Whether it keeps the portfolio from being written.
    places : tuple of Sample
        Every place, where these are known when it is found.
    affected : str
        SQL of the column `seq` of all rows that it touches, while the import's
        database is open; empty where no query tells them.

    Examples
    --------
    >>> make_finding("empty_file", "orders").severity
    'error'
    """

    table: str
    rule: str
    severity: str
    column: str
    rows: int
    money: float | None
    samples: tuple[Sample, ...]
    message: str
    remedy: str
    share: float | None = None
    blocks: bool = False
    places: tuple[Sample, ...] = field(default=(), compare=False, repr=False)
    affected: str = field(default="", compare=False, repr=False)


def make_finding(
    rule: str,
    table: str,
    column: str = "",
    rows: int = 1,
    samples: Iterable[Sample] = (),
    money: float | None = None,
    share: float | None = None,
    affected: str = "",
    **details: object,
) -> Finding:
    """Return a finding worded by its rule, naming file, row, column and value.

    Parameters
    ----------
    rule : str
        A key of `RULES`.
    table, column : str
        The contract's table and column.
    rows : int
        Rows it touches.
    samples : iterable of Sample
        Places; the first three are kept, long values are cut.
    money, share : float, optional
        What it weighs.
    affected : str
        SQL of all rows that it touches.
    **details
        Further words that the rule's texts ask for.

    Examples
    --------
    >>> bad = Sample("june.csv", 7, "12,50")
    >>> print(make_finding("not_a_number", "orders", "cogs", 1, [bad]).message)
    june.csv row 7, column 'cogs': '12,50' is not a number
    """
    known = RULES[rule]
    places = tuple(_shortened(each) for each in samples)
    kept = places[:3]
    words = {"table": table, "column": column, "value": "", "rows": counted(rows)}
    if kept:
        words["value"] = repr(kept[0].value)
    words |= {key: str(value) for key, value in details.items()}
    problem = known.problem.format_map(words)
    tells_rows = "{rows}" in known.problem or "{counts}" in known.problem
    more = "" if rows < 2 or tells_rows else f" ({counted(rows, known.unit)})"
    return Finding(
        table=table,
        rule=rule,
        severity=known.severity,
        column=column,
        rows=rows,
        money=money,
        samples=kept,
        message=f"{_place(table, column, kept)}: {problem}{more}",
        remedy=known.remedy.format_map(words),
        share=share,
        blocks=known.severity == "error",
        places=places,
        affected=affected,
    )


def counted(rows: int, unit: str = "row") -> str:
    """Return a number of rows, or of something else, in words.

    Examples
    --------
    >>> counted(1), counted(1200), counted(2, "total")
    ('1 row', '1,200 rows', '2 totals')
    """
    return f"1 {unit}" if rows == 1 else f"{rows:,} {unit}s"


def printable(text: str) -> str:
    """Return a text with what no screen should be told to do written as escapes.

    Examples
    --------
    >>> print(printable("\\x1b[31mKöln"))
    \\x1b[31mKöln
    """
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def _shortened(sample: Sample) -> Sample:
    value = str(sample.value)
    if len(value) <= _SHOWN_CHARACTERS:
        return replace(sample, value=value)
    cut = value[:_SHOWN_CHARACTERS]
    return replace(sample, value=f"{cut}… ({len(value):,} characters)")


def _place(table: str, column: str, samples: tuple[Sample, ...]) -> str:
    """Say where: file and row of the first sample, and the column."""
    words = [table]
    if samples:
        first = samples[0]
        words = [first.file if first.row is None else f"{first.file} row {first.row:,}"]
    if column:
        words.append(f"column {column!r}")
    return ", ".join(words)


def weighed(
    findings: Iterable[Finding], limits: Mapping[str, float] | None = None
) -> list[Finding]:
    """Return the findings, worst first, with the warnings above their limit blocking.

    Parameters
    ----------
    findings : iterable of Finding
        What the checks found.
    limits : mapping of str to float, optional
        Share of the money (0–1) above which a warning blocks, by rule; the key
        "default" holds for all others, and is 0.05 where it is not given. Rules that
        have a limit of their own, as control totals do, change by their name only.

    Examples
    --------
    >>> late = make_finding("unknown_account", "orders", rows=9, share=0.12)
    >>> weighed([late])[0].blocks, weighed([late], {"unknown_account": 0.2})[0].blocks
    (True, False)
    """
    limits = limits or {}
    default = limits.get("default", DEFAULT_LIMIT)
    judged = [
        _judged(each, limits.get(each.rule, _limit(each, default))) for each in findings
    ]
    order = {"error": 0, "warning": 1, "info": 2}
    return sorted(judged, key=lambda each: (not each.blocks, order[each.severity]))


def _limit(finding: Finding, default: float) -> float:
    own = RULES[finding.rule].limit
    return default if own is None else own


def _judged(finding: Finding, limit: float) -> Finding:
    if finding.severity != "warning" or (finding.share or 0.0) <= limit:
        return finding
    if not limit:
        return replace(finding, blocks=True)
    of_what = "rows" if finding.money is None else "money"
    message = (
        f"{finding.message}; that is {100 * finding.share:.1f} % of the {of_what}, "
        f"above the limit of {100 * limit:.1f} %"
    )
    remedy = f"{finding.remedy}, or raise limits.{finding.rule} in the mapping"
    return replace(finding, message=message, remedy=remedy, blocks=True)
