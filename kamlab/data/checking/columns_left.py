"""Tell which columns of an export no table takes anything from."""

from collections.abc import Iterable

from kamlab.data.cleaning.cleaning import CleanTable
from kamlab.data.findings.quality import Finding, Sample, make_finding


def columns_left(cleaned: Iterable[CleanTable]) -> list[Finding]:
    """Return for each set of files the columns that none of its tables uses.

    A file that two tables are read from, such as order lines with the names of their
    accounts, is told once.

    Parameters
    ----------
    cleaned : iterable of CleanTable
        The typed rows of every table.
    """
    tables, findings = list(cleaned), []
    told: set[str] = set()
    for each in tables:
        files = _files(each)
        if files <= told:
            continue
        told |= files
        used = {n for other in tables if files & _files(other) for n in _used(other)}
        if left := ", ".join(n for n in each.raw.header if n and n not in used):
            place = [Sample(each.raw.files[0].name, None, left)]
            table = each.declared.name
            finding = make_finding("not_imported", table, "", 0, place, columns=left)
            findings.append(finding)
    return findings


def _files(cleaned: CleanTable) -> set[str]:
    return {file.name for file in cleaned.raw.files}


def _used(cleaned: CleanTable) -> set[str]:
    """Columns that a table's mapping asks for, to be kept or to drop rows by."""
    mapping = cleaned.mapping
    used = {name for column in mapping.columns.values() for name in column.asked}
    used |= {rule.column for rule in mapping.drop}
    if mapping.currency:
        used.add(mapping.currency.column)
    return used
