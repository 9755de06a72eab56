"""Take names out of what an import tells: its findings and its log."""

import json
import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from kamlab.data.findings.quality import Finding, Sample
from kamlab.data.importing.accounting import FileCount, TableCount
from kamlab.data.pseudonymising import Hidden

#: What stands where a name stood.
GONE = "(hidden)"

#: Shorter names stand within other words, and cannot be told from them.
_SHORTEST = 4

#: Words of kamlab's own, such as the names of tables and rules.
_OWN_WORD = re.compile(r"[a-z0-9_]+")


def without_names(text: str, names: Iterable[str]) -> str:
    """Return a text with every name in it blanked.

    Parameters
    ----------
    text : str
        Such as a finding's message.
    names : iterable of str
        The names; those of fewer than four letters, or a single Chinese character,
        only where they are the whole text.

    Examples
    --------
    >>> without_names("row 7: 'Anna Adler' is not a number", ["Anna Adler"])
    "row 7: '(hidden)' is not a number"
    """
    if _OWN_WORD.fullmatch(text):
        return text
    found = [each for each in names if each in text]
    if text in found:
        return GONE
    long = sorted(filter(_is_apart, found), key=len, reverse=True)
    if not long:
        return text
    return re.sub("|".join(map(re.escape, long)), GONE, text)


def _is_apart(name: str) -> bool:
    """Whether a name can be told from the words around it: 华为 can, "an" cannot."""
    shortest = 2 if any("\u4e00" <= each <= "\u9fff" for each in name) else _SHORTEST
    return len(name) >= shortest


def redacted(findings: Iterable[Finding], hidden: Hidden) -> list[Finding]:
    """Return the findings without names.

    Of tables that could not be read no value is shown: nobody knows which are names.

    Parameters
    ----------
    findings : iterable of Finding
        What the checks found.
    hidden : Hidden
        The names, and the tables in which they were looked for.

    Examples
    --------
    >>> from kamlab.data.findings.quality import make_finding
    >>> place = [Sample("june.csv", 7, "Anna Adler")]
    >>> told = [make_finding("not_a_number", "accounts", "region", 1, place)]
    >>> redacted(told, Hidden({}, {"Anna Adler"}, {"accounts"}))[0].samples[0].value
    '(hidden)'
    """
    return [
        _redacted(each, hidden.names)
        if each.table in hidden.tables
        else _without_values(each)
        for each in findings
    ]


def _redacted(finding: Finding, names: Iterable[str]) -> Finding:
    places = tuple(
        replace(
            each,
            value=without_names(each.value, names),
            file=without_names(each.file, names),
        )
        for each in finding.places
    )
    return replace(
        finding,
        samples=places[: len(finding.samples)],
        places=places,
        message=without_names(finding.message, names),
        remedy=without_names(finding.remedy, names),
    )


def _without_values(finding: Finding) -> Finding:
    message = finding.message
    for value in sorted({each.value for each in finding.samples}, key=len):
        if value:
            message = message.replace(repr(value), repr(GONE))
    places = tuple(Sample(each.file, each.row, GONE) for each in finding.places)
    samples = places[: len(finding.samples)]
    return replace(finding, samples=samples, places=places, message=message)


def counts_without_names(
    counts: Iterable[TableCount], names: Collection[str]
) -> list[TableCount]:
    """Return the rows of every table with no name in those of rules and files.

    Parameters
    ----------
    counts : iterable of TableCount
        The rows, by table.
    names : collection of str
        The names.

    Examples
    --------
    >>> from kamlab.data.importing.accounting import DroppedRows
    >>> told = TableCount("orders", [], [DroppedRows("not Adler", 2, None)], 2, 0)
    >>> counts_without_names([told], ["Adler"])[0].dropped[0].rule
    'not (hidden)'
    """
    return [
        replace(
            count,
            dropped=[
                replace(each, rule=without_names(each.rule, names))
                for each in count.dropped
            ],
            files=[_file_without_names(each, names) for each in count.files],
            heads=[_file_without_names(each, names) for each in count.heads],
        )
        for count in counts
    ]


def _file_without_names(file: FileCount, names: Collection[str]) -> FileCount:
    dropped: Counter[str] = Counter()
    for rule, rows in file.dropped.items():
        dropped[without_names(rule, names)] += rows
    return replace(file, name=without_names(file.name, names), dropped=dict(dropped))


def redact_log(file: Path, names: Iterable[str]) -> None:
    """Blank the names in a log: those of files and rules that hold one.

    Parameters
    ----------
    file : Path
        The log as JSON, in a folder that nobody sees yet.
    names : iterable of str
        The names.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     log = Path(folder) / "import_log.json"
    ...     _ = log.write_text('{"file": "Adler.csv"}')
    ...     redact_log(log, ["Adler"])
    ...     json.loads(log.read_text())
    {'file': '(hidden).csv'}
    """
    text = file.read_text(encoding="utf-8")
    found = [
        each for each in names if json.dumps(each, ensure_ascii=False)[1:-1] in text
    ]
    if found:
        content = _blanked(json.loads(text), found)
        told = json.dumps(content, indent=2, ensure_ascii=False)
        file.write_text(told + "\n", encoding="utf-8")


def _blanked(node: object, names: list[str]) -> object:
    """Return JSON's values and keys without names."""
    if isinstance(node, dict):
        blank = {
            without_names(key, names): _blanked(x, names) for key, x in node.items()
        }
        return blank if len(blank) == len(node) else {GONE: len(node)}
    if isinstance(node, list):
        return [_blanked(each, names) for each in node]
    return without_names(node, names) if isinstance(node, str) else node
