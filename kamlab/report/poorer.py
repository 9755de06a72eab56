"""What readers of the last report will miss in the new one: a report is degraded."""

from collections.abc import Mapping, Sequence
from typing import Any

from kamlab.report.pages import Page


def what_is_poorer(last: Mapping[str, Any] | None, pages: Sequence[Page]) -> list[str]:
    """Say what readers of the last report will miss in the new one.

    Parameters
    ----------
    last : mapping or None
        Manifest of the report that stands now.
    pages : sequence of Page
        The new report.

    Returns
    -------
    list of str
        Figures that nobody described, sections that could be shown last time, pages
        without any figure, table or result though their notebooks have some, and pages
        with fewer than last time though nothing more is missing.

    Examples
    --------
    >>> what_is_poorer(None, [])
    []
    """
    undescribed = [
        f"{page.name}: {page.counts['figures_without_alt']} of its figures have no "
        "alternative text"
        for page in pages
        if page.counts["figures_without_alt"]
    ]
    missing_then = {
        page["name"]: {gap["section"] for gap in page["missing"]}
        for page in (last or {"pages": []})["pages"]
    }
    lost = [
        f"{page.name}: {gap}"
        for page in pages
        for gap in page.missing
        if page.name in missing_then and gap.section not in missing_then[page.name]
    ]
    return [*undescribed, *lost, *_fewer(last, pages)]


#: What a page holds, as a sentence counts it.
_COUNTED = {"figures": "figures", "tables": "tables", "results": "recorded results"}


def _fewer(last: Mapping[str, Any] | None, pages: Sequence[Page]) -> list[str]:
    """Say which pages hold less than last time, or nothing at all."""
    then = {page["name"]: page for page in (last or {"pages": []})["pages"]}
    told = []
    for page in pages:
        if page.failure:
            continue
        told += [
            f"{page.name}: it ran, but shows no {words}, which it should"
            for kind, words in _COUNTED.items()
            if page.declared.get(kind) and not page.counts[kind] and not page.missing
        ]
        before = then.get(page.name)
        if before is None or before["status"] == "failed" or _lacks_more(before, page):
            continue
        counts = before["counts"]
        told += [
            f"{page.name}: {page.counts[kind]} {words}, {counts[kind]} last time"
            for kind, words in _COUNTED.items()
            if page.counts[kind] < counts.get(kind, 0)
        ]
    return told


def _lacks_more(before: Mapping[str, Any], page: Page) -> bool:
    """Whether the page says itself what it could not show; that is told already."""
    then = {gap["section"] for gap in before["missing"]}
    return any(gap.section not in then for gap in page.missing)
