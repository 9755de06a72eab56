"""The file findings.json: what was found, what changed, and marks of the rows.

The marks let the next import say which rows were mended. They are hashes of keys, and
no values of the export.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from kamlab.data.findings.comparison import Comparison, Found, Subject, grouped
from kamlab.data.findings.quality import Finding, Sample

#: What reading a file raises that is torn, or was written by another program.
_DAMAGES = (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError)

#: Fields of a finding that live as long as the import's database only.
_PASSING = ("places", "affected")


@dataclass(frozen=True)
class FindingsFile:
    """What findings.json holds.

    Parameters
    ----------
    findings : tuple of Finding
        Worst first.
    blocked : bool
        Whether they kept the portfolio from being written.
    marks : dict of int to list of str
        By position of a finding, marks of its rows.
    since : Comparison, optional
        What changed since the import before.
    written : str
        When, as ISO 8601.

    Examples
    --------
    >>> FindingsFile((), False).found
    {}
    """

    findings: tuple[Finding, ...]
    blocked: bool
    marks: dict[int, list[str] | None] = field(default_factory=dict)
    since: Comparison | None = None
    written: str = ""

    @property
    def found(self) -> dict[Subject, Found]:
        """What was found, by rule, table and column.

        Examples
        --------
        >>> from kamlab.data.findings.quality import make_finding
        >>> list(FindingsFile((make_finding("blank_id", "orders"),), True).found)
        [('blank_id', 'orders', '')]
        """
        return grouped(self.findings, self.marks)


def write_findings(told: FindingsFile, path: Path) -> None:
    """Write findings as JSON, so that people and programs can work them off.

    Parameters
    ----------
    told : FindingsFile
        What is written; the time is set.
    path : Path
        The file; it is there as a whole, or not at all.

    Examples
    --------
    >>> import tempfile
    >>> from kamlab.data.findings.quality import make_finding
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "findings.json"
    ...     found = make_finding("header_only", "orders")
    ...     write_findings(FindingsFile((found,), True), path)
    ...     read_findings(path).findings[0].rule
    'header_only'
    """
    content = {
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "blocked": told.blocked,
        "since_last_time": told.since.as_json() if told.since else None,
        "findings": [_as_json(each) for each in told.findings],
        "marks": {str(i): " ".join(each) for i, each in told.marks.items() if each},
    }
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    aside = path.with_name(path.name + ".part")
    aside.write_text(text + "\n", encoding="utf-8")
    aside.replace(path)


def _as_json(finding: Finding) -> dict[str, object]:
    kept = asdict(replace(finding, places=()))
    for sample in kept["samples"]:
        if not sample["details"]:
            del sample["details"]
    return {name: value for name, value in kept.items() if name not in _PASSING}


def read_findings(path: Path) -> FindingsFile | None:
    """Return the findings that an import wrote; None where they cannot be read.

    Parameters
    ----------
    path : Path
        The file.

    Examples
    --------
    >>> read_findings(Path("nowhere.json")) is None
    True
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return FindingsFile(
            findings=tuple(_from_json(each) for each in content["findings"]),
            blocked=bool(content["blocked"]),
            marks=_marks(content["marks"]),
            written=str(content["written"]),
        )
    except _DAMAGES:
        return None


def _from_json(content: Mapping[str, object]) -> Finding:
    samples = tuple(Sample(**each) for each in content["samples"])
    return Finding(**{**content, "samples": samples})


def _marks(content: Mapping[str, str]) -> dict[int, list[str] | None]:
    return {int(i): marks.split() for i, marks in content.items()}
