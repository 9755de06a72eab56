"""Reports of Talbruck made quarter after quarter, each handed the one before."""

import json
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from kamlab.portfolio import Portfolio
from kamlab.report.memory.recall import memory_of
from kamlab.report.review.memory import remember
from kamlab.report.review.numbers import Review
from tests.report.review.raw_book import last_day


@dataclass(frozen=True)
class Report:
    """The review of one quarter, and what its manifest keeps of it."""

    quarter: str
    review: Review
    folder: Path

    @property
    def told(self) -> dict:
        """What the next report reads: the warnings and predictions of the page."""
        written = (self.folder / "manifest.json").read_text(encoding="utf-8")
        return json.loads(written)["pages"][0]

    @property
    def warned(self) -> dict[tuple[str, str], dict]:
        """Warnings by account and rule."""
        return {(each["account"], each["rule"]): each for each in self.told["warnings"]}


def notebook_of(review: Review) -> nbformat.NotebookNode:
    """Return the notebook that a kernel would leave: what `remember` displays."""
    shown: list = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("IPython.display.display", shown.append)
        remember(review)
    outputs = [
        nbformat.v4.new_output("display_data", each._repr_mimebundle_())
        for each in shown
    ]
    cell = nbformat.v4.new_code_cell("remember(review)", outputs=outputs)
    return nbformat.v4.new_notebook(cells=[cell])


def write_report(review: Review, folder: Path) -> Path:
    """Write the manifest that a report of this page alone would leave."""
    folder.mkdir()
    page = memory_of(notebook_of(review))
    told = {"as_of": review.portfolio.as_of.isoformat(), "pages": [page]}
    (folder / "manifest.json").write_text(json.dumps(told), encoding="utf-8")
    return folder


def report_chain(
    portfolio: Portfolio, quarters: list[str], place: Path
) -> dict[str, Report]:
    """Make one report after another, each told of the one before."""
    reports: dict[str, Report] = {}
    before = None
    for quarter in quarters:
        view = portfolio.at(last_day(quarter).date())
        review = Review(view, previous=before)
        before = write_report(review, place / quarter)
        reports[quarter] = Report(quarter, review, before)
    return reports
