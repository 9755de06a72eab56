"""What a report is about, and what each of its pages is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import nbformat

from kamlab.language import LANGUAGES, MONEY_UNITS, _, current_language
from kamlab.report.content import count_blocks
from kamlab.report.execute import Failure
from kamlab.report.left_out import LeftOut
from kamlab.report.results import Result
from kamlab.report.sections import Missing
from kamlab.report.sheet import has_sheet

#: Figures that the front page shows of a notebook that marks no headline.
_TILES_A_PAGE = 4


@dataclass(frozen=True)
class About:
    """Whose data a report is about, and up to which day.

    `title` is what the front page is called, if not by the company.

    Examples
    --------
    >>> day = date(2025, 12, 31)
    >>> About("Talbruck", "EUR", day, day, "demo").line()
    'as of 31 December 2025 · money in EUR'
    """

    company: str
    currency: str
    as_of: date
    data_through: date
    data_name: str
    data_hashes: Mapping[str, str] = field(default_factory=dict)
    first_day: date | None = None
    left_out: LeftOut = field(default_factory=LeftOut)
    compared_with: date | None = None
    title: str = ""

    def line(self) -> str:
        """Return period and currency in one line; the data's end where it is later.

        Examples
        --------
        >>> as_of, through = date(2025, 9, 30), date(2025, 12, 31)
        >>> About("Talbruck", "EUR", as_of, through, "demo").line()
        'as of 30 September 2025 · data through 31 December 2025 · money in EUR'
        """
        day = in_words(self.as_of)
        parts = [_("as of {day}").format(day=day)]
        if self.first_day:
            first = in_words(self.first_day)
            parts = [_("Orders from {first} to {last}").format(first=first, last=day)]
        if self.data_through != self.as_of:
            through = in_words(self.data_through)
            parts.append(_("data through {day}").format(day=through))
        parts.append(_("money in {currency}").format(currency=self.currency))
        return " · ".join(parts)


@dataclass(frozen=True)
class Page:
    """One notebook's page: what ran, what it found, what it lacked, what failed.

    `headlines` holds the sentences for the front page by the question they answer.
    Pages of one `group`, such as the dossiers, are listed together under its name and
    found by their title and `terms`; a page without group may bring the front page
    messages and figures. `declared` says how many figures, tables and results the
    notebook shows as it is stored, `kernel` whether it ran in a warm kernel.

    Examples
    --------
    >>> page = Page("11_concentration", "Concentration", nbformat.v4.new_notebook(), {})
    >>> page.file, page.status
    ('11_concentration.html', 'well')
    """

    name: str
    title: str
    notebook: nbformat.NotebookNode
    parameters: Mapping[str, Any]
    results: Sequence[Result] = ()
    headlines: Mapping[str, Sequence[str]] = field(default_factory=dict)
    missing: Sequence[Missing] = ()
    failure: Failure | None = None
    seconds: Mapping[str, float] = field(default_factory=dict)
    group: str = ""
    terms: Sequence[str] = ()
    declared: Mapping[str, int] = field(default_factory=dict)
    kernel: str = "cold"

    @property
    def file(self) -> str:
        """Name of the page's file."""
        return f"{self.name}.html"

    @property
    def status(self) -> str:
        """Return "well" or "failed"."""
        return "failed" if self.failure else "well"

    @property
    def language(self) -> str:
        """Code of the language that its words are in."""
        asked = self.parameters.get("language", "en")
        return asked if asked in LANGUAGES else "en"

    @property
    def wording(self) -> tuple[str, str]:
        """Language of its words, and what its large amounts of money are counted in."""
        unit = self.parameters.get("money_unit", "auto")
        return self.language, unit if unit in MONEY_UNITS else "auto"

    @property
    def has_sheet(self) -> bool:
        """Whether it begins with a sheet of one printed page."""
        return has_sheet(self.notebook)

    @property
    def headline_results(self) -> list[Result]:
        """The figures for the front page: those marked, or else the first four."""
        marked = [result for result in self.results if result.headline]
        marks_none = not marked and not any(self.headlines.values())
        return list(self.results[:_TILES_A_PAGE]) if marks_none else marked

    @property
    def counts(self) -> dict[str, int]:
        """How many figures, tables and results the page holds."""
        return count_blocks(self.notebook)


def in_words(day: date) -> str:
    """Return a day as readers write it.

    Examples
    --------
    >>> in_words(date(2025, 12, 31))
    '31 December 2025'
    """
    if current_language() == "zh":
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {day:%B %Y}"
