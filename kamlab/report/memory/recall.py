"""What the report before expected and warned of."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kamlab.errors import DataError
from kamlab.report.memory.records import (
    Prediction,
    Warned,
    read_predictions,
    read_warnings,
)


@dataclass(frozen=True)
class Recalled:
    """Predictions and warnings of an earlier report.

    Parameters
    ----------
    as_of : date
        Last day that the earlier report saw.
    predictions : tuple of Prediction
        What it expected.
    warnings : tuple of Warned
        Whom it warned of.

    Examples
    --------
    >>> Recalled(date(2025, 9, 30)).warnings
    ()
    """

    as_of: date
    predictions: tuple[Prediction, ...] = ()
    warnings: tuple[Warned, ...] = ()


def memory_of(notebook: Mapping[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Return what manifest.json keeps of a page, so that the next report recalls it.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        An executed notebook.

    Returns
    -------
    dict
        ``predictions`` and ``warnings``, ready to be written as JSON.

    Raises
    ------
    NotebookError
        If something is recorded twice.

    Examples
    --------
    >>> memory_of({"cells": []})
    {'predictions': [], 'warnings': []}
    """
    return {
        "predictions": [asdict(each) for each in read_predictions(notebook)],
        "warnings": [asdict(each) for each in read_warnings(notebook)],
    }


def recalled(folder: str | Path | None) -> Recalled | None:
    """Return what the report in a folder expected and warned of.

    Parameters
    ----------
    folder : str, Path or None
        Where the earlier report's manifest.json lies; None or "" where there was none.

    Returns
    -------
    Recalled or None
        None without an earlier report.

    Raises
    ------
    DataError
        If manifest.json is not there or cannot be read.

    Examples
    --------
    >>> recalled(None) is None
    True
    """
    if not folder:
        return None
    file = Path(folder) / "manifest.json"
    try:
        manifest = json.loads(file.read_text(encoding="utf-8"))
        pages = manifest["pages"]
        predictions = [Prediction(**each) for each in _of(pages, "predictions")]
        warnings = [Warned(**each) for each in _of(pages, "warnings")]
        return Recalled(
            date.fromisoformat(manifest["as_of"]),
            _once(predictions),
            _once(warnings),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DataError(
            f"{file.name} of the report before, in {str(folder)!r}, cannot be used "
            f"({type(error).__name__}: {error}): name another report with --previous, "
            "or none"
        ) from error


def _of(pages: Sequence[Mapping[str, Any]], kind: str) -> list[dict[str, Any]]:
    """Return what all pages hold of one kind, in their order."""
    return [each for page in pages for each in page.get(kind, [])]


def _once(records: Sequence[Any]) -> tuple[Any, ...]:
    """Drop what a second page says again, such as that of an account's manager."""
    found: dict[tuple[str, ...], Any] = {}
    for record in records:
        found.setdefault(record.identity, record)
    return tuple(found.values())
