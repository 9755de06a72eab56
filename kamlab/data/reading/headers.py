"""Compare a file's header with what the mapping asks for, and with what is below it."""

from collections.abc import Sequence

import duckdb

from kamlab.data.findings.quality import Finding, Sample, make_finding
from kamlab.data.mapping.mapping import TableMapping
from kamlab.data.reading.raw import RawTable, SourceFile
from kamlab.errors import did_you_mean


def missing_columns(
    header: tuple[str, ...],
    files: Sequence[SourceFile],
    mapping: TableMapping,
    table: str,
) -> list[Finding]:
    """Return the columns that the mapping asks for and the export does not have.

    Parameters
    ----------
    header : tuple of str
        The export's column names.
    files : sequence of SourceFile
        Where it stands; the first is shown.
    mapping : TableMapping
        What is asked for.
    table : str
        The contract's table.

    Examples
    --------
    >>> from kamlab.data.mapping.mapping import ColumnSource
    >>> mapping = TableMapping((), {"order_id": ColumnSource(("Nummer",))})
    >>> found = missing_columns(("Numer", "Netto"), [], mapping, "orders")
    >>> found[0].message[-54:]
    "the file has no column 'Nummer': did you mean 'Numer'?"
    """
    asked = [
        (target, name)
        for target, source in mapping.columns.items()
        for name in source.asked
    ]
    asked += [("", name) for name in mapping.asked_by_rules]
    shown = files[0].name if files else table
    row = (files[0].header_row if files else 0) or 1 + mapping.format.skip_lines
    return [
        make_finding(
            "missing_column",
            table,
            target,
            samples=[Sample(shown, row, name)],
            hint=_hint(name, header),
        )
        for target, name in dict.fromkeys(asked)
        if name not in header
    ]


def _hint(name: str, header: tuple[str, ...]) -> str:
    """Suggest a column, or the delimiter when the header was not cut at all."""
    if len(header) == 1 and (marks := [m for m in ";\t|," if m in header[0]]):
        mark = "tab" if marks[0] == "\t" else marks[0]
        return f"its header is one piece; set format.delimiter to {mark!r}"
    return did_you_mean(name, header)


def nameless_columns(
    connection: duckdb.DuckDBPyConnection, raw: RawTable, table: str
) -> list[Finding]:
    """Return a warning for every column that has values but no name.

    Parameters
    ----------
    connection : duckdb.DuckDBPyConnection
        Holds the text.
    raw : RawTable
        The rows as text.
    table : str
        The contract's table.
    """
    findings = []
    for position, name in enumerate(raw.header):
        if name.strip():
            continue
        rows, first = connection.execute(
            f"SELECT count(*), min({{'seq': seq, 'file': file, 'row': row, "
            f"'text': c{position:d}}}) FROM {raw.name} WHERE trim(c{position:d}) <> ''"
        ).fetchone()
        if rows:
            shown = raw.files[first["file"]].name
            place = [Sample(shown, first["row"], first["text"])]
            findings.append(
                make_finding(
                    "nameless_column",
                    table,
                    rows=rows,
                    samples=place,
                    position=position + 1,
                )
            )
    return findings
