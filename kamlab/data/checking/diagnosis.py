"""Say why texts do not parse: another decimal mark, another way to write days, words.

What is found here is only advice in a finding; no value is read by it.
"""

import re
from dataclasses import dataclass

import duckdb

from kamlab.data.checking.number_suffixes import SUFFIXED, suffix_advice
from kamlab.data.checking.weighing import weight
from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.cleaning.plans import Part, Plan
from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.mapping.mapping import Format
from kamlab.data.reading.date_advice import joint_formats, told_formats, working_format
from kamlab.data.reading.dates import (
    ISO,
    KNOWN_FORMATS,
    clashing,
    shape_of,
    strptime_pattern,
)

_NUMBER_LIKE = "[+-]?[0-9.,'’ \u00a0\u202f]*[0-9][0-9.,'’ \u00a0\u202f]*-?"

#: Dashes that people and spreadsheets write for nothing, or for zero.
_DASH = "[-‐‑–—−]+"

#: Signs of currencies at the front or the end of a number.
_SIGNED = "[-+(]?[ ]?(CN¥|US[$]|R[$]|RMB|CHF|EUR|USD|CNY|GBP|[¥￥€$£元])"
_SIGNED = (
    f"{_SIGNED}[ ]?{_NUMBER_LIKE}[)]?|{_NUMBER_LIKE}[ ]?(RMB|CHF|EUR|USD|[¥￥€$£元]+)"
)

#: Days that Excel counts from 1900: those of 1954 to 2064.
_EXCEL_SERIAL = "[2-5][0-9]{4}([.,][0-9]+)?"
_NO_DAYS = ("header_repeated", "impossible_date", "excel_serial", "not_a_date")
_TIME = "[ T][0-9]{1,2}:[0-9]{2}.*$"


@dataclass(frozen=True)
class _Group:
    """Texts that fail for the same reason: how many, their money, where to look.

    `affected` is SQL of all their rows.
    """

    reason: str
    rows: int
    money: float | None
    samples: list[Sample]
    affected: str = ""


def diagnose(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    plan: Plan,
    part: Part,
) -> list[Finding]:
    """Return findings for the texts of a column that do not parse, by their reason.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the typed rows and their text.
    cleaned : CleanTable
        The typed rows.
    plan : Plan
        Of the column.
    part : Part
        The column of the export.
    """
    if plan.kind == "date":
        return _diagnose_dates(connection, cleaned, plan, part)
    reasons = {
        "number": _number_reason(cleaned, part),
        "integer": "'not_a_whole_number'",
        "flag": "'not_a_flag'",
    }
    groups = _group(connection, cleaned, part.flag, part, reasons[plan.kind])
    return [
        _finding(
            connection,
            cleaned,
            plan,
            group,
            source=part.source,
            decimal=_told_marks(part.form),
            sign=_sign_in(group.samples[0].value),
            suffixes=suffix_advice(group.samples[0].value),
        )
        for group in groups
    ]


def _number_reason(cleaned: CleanTable, part: Part) -> str:
    """SQL of why a text is no number: other marks, a sign, a unit, a dash, or words."""
    patterns = (_NUMBER_LIKE, _DASH, _SIGNED, SUFFIXED)
    like, dash, signed, suffixed = map(cleaned.values.add, patterns)
    return (
        f"CASE WHEN {_is_header(cleaned, part)} THEN 'header_repeated' "
        f"WHEN regexp_full_match({part.text}, {like}) THEN 'undeclared_decimal' "
        f"WHEN regexp_full_match({part.text}, {dash}) THEN 'dash_for_number' "
        f"WHEN regexp_full_match({part.text}, {signed}) THEN 'sign_of_currency' "
        f"WHEN regexp_full_match({part.text}, {suffixed}) THEN 'unit_behind_number' "
        "ELSE 'not_a_number' END"
    )


def _is_header(cleaned: CleanTable, part: Part) -> str:
    """SQL of whether a text is the name of its column, as in a header repeated."""
    return f"{part.text} = {cleaned.values.add(part.source)}"


def _sign_in(text: str) -> str:
    return re.sub(r"[-+()\d.,'’\s]", "", text)


def _told_marks(form: Format) -> str:
    thousands = f"thousands {form.thousands!r}" if form.thousands else "no thousands"
    return f"decimal {form.decimal!r} and {thousands}"


def _group(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    condition: str,
    part: Part,
    reason_sql: str,
) -> list[_Group]:
    """Count the texts that do not parse by the SQL reason, with three places each."""
    failing = f"SELECT seq FROM {cleaned.joined} AND {condition}"
    sql = (
        f"SELECT {reason_sql} AS reason, count(*), sum({cleaned.money}), "
        f"min({{'seq': seq, 'file': raw.file, 'row': raw.row, 'text': {part.text}}}, 3)"
        f" FROM {cleaned.joined} AND {condition} GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    files = cleaned.raw.files
    return [
        _Group(
            reason,
            rows,
            money,
            [Sample(files[s["file"]].name, s["row"], s["text"]) for s in samples],
            f"{failing} AND {reason_sql} = {cleaned.values.add(reason)}",
        )
        for reason, rows, money, samples in connection.execute(
            sql, cleaned.values.used_in(sql)
        ).fetchall()
    ]


def _finding(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    plan: Plan,
    group: _Group,
    rule: str = "",
    **details: object,
) -> Finding:
    return make_finding(
        rule or group.reason,
        cleaned.declared.name,
        plan.shown,
        group.rows,
        group.samples,
        **weight(connection, cleaned, group.rows, group.money),
        affected=group.affected,
        **details,
    )


def _diagnose_dates(
    connection: duckdb.DuckDBPyConnection,
    cleaned: CleanTable,
    plan: Plan,
    part: Part,
) -> list[Finding]:
    """Tell days that do not exist from words, and both from another way to write."""
    groups = _group(connection, cleaned, part.flag, part, _date_reason(cleaned, part))
    told = [each for each in groups if each.reason in _NO_DAYS]
    findings = [
        _finding(connection, cleaned, plan, group, source=part.source) for group in told
    ]
    written = [each for each in groups if each not in told]
    if not written:
        return findings
    parsed = _parsed_days(connection, cleaned, part)
    rule, details = _advice(connection, written, parsed, part.form)
    finding = _finding(connection, cleaned, plan, _merged(written), rule, **details)
    return [*findings, finding]


def _advice(
    connection: duckdb.DuckDBPyConnection,
    written: list[_Group],
    parsed: _Group,
    form: Format,
) -> tuple[str, dict[str, object]]:
    """Return the rule that days break, and what would read them, tried before."""
    declared = " or ".join(form.dates) or ISO
    rule, first = _date_rule(written, parsed), _merged(written)
    if rule == "two_date_formats":
        ways = [(declared, parsed)] if parsed.rows else []
        ways += [(_told_format(group.reason), group) for group in written]
        counts = "; ".join(_told_way(*way) for way in ways)
        both = _joint(connection, written, parsed, form)
        if not both:
            return "days_and_months_mixed", {"counts": counts}
        listed = ", ".join(told_formats(both))
        return rule, {"counts": counts, "suggestion": f"[{listed}]"}
    formats = [
        working_format(connection, each, _texts(first))
        for each in first.reason.split("|")
    ]
    reading = told_formats([each for each in formats if each])
    if not reading:
        return "unreadable_dates", {"declared": declared}
    return rule, {"declared": declared, "suggestion": " or ".join(reading)}


def _texts(group: _Group) -> list[str]:
    return [sample.value for sample in group.samples]


def _joint(
    connection: duckdb.DuckDBPyConnection,
    written: list[_Group],
    parsed: _Group,
    form: Format,
) -> tuple[str, ...]:
    """Return formats that read what was read before and what was not."""
    ways = [(group.reason.split("|"), _texts(group)) for group in written]
    if not parsed.rows:
        return joint_formats(connection, ways)
    if not form.dates:
        return joint_formats(connection, [([ISO], _texts(parsed)), *ways])
    more = joint_formats(connection, ways)
    together = tuple(dict.fromkeys((*form.dates, *more)))
    return () if not more or clashing(together) else together


def _date_reason(cleaned: CleanTable, part: Part) -> str:
    """SQL of the known formats that would read a text, or of why none does."""
    add, text = cleaned.values.add, part.text
    patterns = [strptime_pattern(each) for each in part.form.dates or (ISO,)]
    shape = add("|".join(shape_of(each) for each in patterns))
    day = f"regexp_replace({text}, {add(_TIME)}, '')"
    known = ", ".join(
        f"if(try_strptime({day}, {add(strptime_pattern(each))}) >= DATE '1900-01-01', "
        f"{add(each)}, NULL)"
        for each in KNOWN_FORMATS
    )
    serial = add(_EXCEL_SERIAL)
    return (
        f"CASE WHEN {_is_header(cleaned, part)} THEN 'header_repeated' "
        f"WHEN regexp_full_match({text}, {shape}) THEN 'impossible_date' "
        f"WHEN regexp_full_match({text}, {serial}) THEN 'excel_serial' "
        f"ELSE coalesce(nullif(concat_ws('|', {known}), ''), 'not_a_date') END"
    )


def _parsed_days(
    connection: duckdb.DuckDBPyConnection, cleaned: CleanTable, part: Part
) -> _Group:
    """The days of the column that were read as declared."""
    groups = _group(
        connection,
        cleaned,
        f"NOT {part.flag} AND ({part.text}) IS NOT NULL",
        part,
        "'parsed'",
    )
    return groups[0] if groups else _Group("parsed", 0, None, [])


def _date_rule(written: list[_Group], parsed: _Group) -> str:
    """One format that was not declared, two of them, or one that is two days."""
    formats = [set(group.reason.split("|")) for group in written]
    shared = set.intersection(*formats)
    if parsed.rows or not shared:
        return "two_date_formats"
    return "ambiguous_date" if clashing(tuple(shared)) else "undeclared_date_format"


def _merged(groups: list[_Group]) -> _Group:
    """Take the groups together, as they are one fault."""
    shared = set.intersection(*(set(group.reason.split("|")) for group in groups))
    in_order = [each for each in KNOWN_FORMATS if each in shared]
    money = [group.money for group in groups if group.money is not None]
    return _Group(
        "|".join(in_order),
        sum(group.rows for group in groups),
        sum(money) if money else None,
        [group.samples[0] for group in groups] + groups[0].samples[1:],
        " UNION ALL ".join(group.affected for group in groups),
    )


def _told_format(reason: str) -> str:
    return reason.replace("|", " or ")


def _told_way(form: str, group: _Group) -> str:
    first = group.samples[0]
    return f"{group.rows:,} as {form} ({first.value!r} in {first.file} row {first.row})"
