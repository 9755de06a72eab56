"""What readers of the last report will miss in the new one: a report is degraded."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kamlab.language import _
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
        _("{page}: {n} of its figures have no alternative text").format(
            page=page.name, n=page.counts["figures_without_alt"]
        )
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


#: What a page may hold too little of.
_COUNTED = ("figures", "tables", "results")


def _fewer(last: Mapping[str, Any] | None, pages: Sequence[Page]) -> list[str]:
    """Say which pages hold less than last time, or nothing at all."""
    then = {page["name"]: page for page in (last or {"pages": []})["pages"]}
    return [
        f"{page.name}: {told}"
        for page in pages
        if not page.failure
        for told in _less(page, _counts_before(then.get(page.name), page))
    ]


def _less(page: Page, before: Mapping[str, int]) -> Iterator[str]:
    """Yield what a page shows none of though it should, or less of than before."""
    counts = page.counts
    for kind in _COUNTED:
        n, earlier = counts[kind], before.get(kind, 0)
        if not n and page.declared.get(kind) and not page.missing:
            yield _none(kind)
        elif n < earlier:
            yield _fewer_words(kind).format(n=n, earlier=earlier)


def _none(kind: str) -> str:
    return {
        "figures": _("it ran, but shows no figures, which it should"),
        "tables": _("it ran, but shows no tables, which it should"),
        "results": _("it ran, but shows no recorded results, which it should"),
    }[kind]


def _fewer_words(kind: str) -> str:
    return {
        "figures": _("fewer figures than last time, {n} instead of {earlier}"),
        "tables": _("fewer tables than last time, {n} instead of {earlier}"),
        "results": _("fewer recorded results than last time, {n} instead of {earlier}"),
    }[kind]


def _counts_before(before: Mapping[str, Any] | None, page: Page) -> Mapping[str, int]:
    """Return what the page held last time; nothing where that is no measure."""
    if before is None or before["status"] == "failed" or _lacks_more(before, page):
        return {}
    return before["counts"]


def _lacks_more(before: Mapping[str, Any], page: Page) -> bool:
    """Whether the page says itself what it could not show; that is told already."""
    then = {gap["section"] for gap in before["missing"]}
    return any(gap.section not in then for gap in page.missing)
