"""Totals of a list from finance that an update comes without.

The log of a portfolio keeps every total that was compared. A month's extract without
the list is compared with those.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kamlab.data.controls.totals import Control, ControlFile
from kamlab.data.findings.quality import Finding, Sample, counted, make_finding


def is_absent(file: ControlFile, folders: tuple[Path, ...]) -> bool:
    """Whether a list of totals lies in none of the folders.

    Examples
    --------
    >>> file = ControlFile("no_such_books.csv", {})
    >>> is_absent(file, (Path("data/demo"),))
    True
    """
    return not any((folder / file.file).is_file() for folder in folders)


def kept_totals(
    file: ControlFile, log: Mapping[str, Any]
) -> tuple[list[Control], Finding]:
    """Return the totals of a list as the log of a portfolio has them.

    Parameters
    ----------
    file : ControlFile
        The list, which is absent.
    log : mapping
        The portfolio's import_log.json.

    Returns
    -------
    list of Control
        As they were compared by the import before.
    Finding
        That the list is absent, and how many totals were known.

    Examples
    --------
    >>> told = {"name": "books", "period": "2025", "measure": "net_amount",
    ...         "books": 9.5, "currency": "", "where": {}, "dated_by": "order_date",
    ...         "until": None}
    >>> totals, finding = kept_totals(
    ...     ControlFile("books.csv", {}, name="books"), {"controls": [told]}
    ... )
    >>> totals[0].amount
    9.5
    >>> print(finding.message)
    books.csv: is not in the new extract; 1 total of the imports before was compared
    """
    totals = [
        _control(told, file)
        for told in log.get("controls", ())
        if told["name"] == file.called
    ]
    verb = "was" if len(totals) == 1 else "were"
    finding = make_finding(
        "totals_stay",
        "controls",
        samples=[Sample(file.file, None, "")],
        counts=f"{counted(len(totals), 'total')} of the imports before {verb}",
    )
    return totals, finding


def _control(told: Mapping[str, Any], file: ControlFile) -> Control:
    until = told.get("until")
    return Control(
        name=told["name"],
        period=told["period"],
        amount=told["books"],
        measure=told["measure"],
        currency=told["currency"],
        where={name: tuple(held) for name, held in told["where"].items()},
        tolerance=file.tolerance,
        tolerance_share=file.tolerance_share,
        dated_by=told["dated_by"],
        until=date.fromisoformat(until) if until else None,
    )
