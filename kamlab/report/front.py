"""What the front page chooses from the pages: messages, figures, and what is missing.

A manager reads the front page from the top and stops somewhere. So it says first what
happened, why, and what to do next; then come figures; and what the data do not hold
stands at the end, once for each missing table or column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from kamlab.report.results import Result
from kamlab.report.sentences import QUESTIONS

if TYPE_CHECKING:
    from kamlab.report.page import Page

#: How much of each kind a manager takes in at a glance; the rest stays on its page.
_MOST_MESSAGES = 3
_MOST_FIGURES = 8
MOST_GAPS = 6


@dataclass(frozen=True)
class Message:
    """Sentences that follow each other on the front page and come from one page.

    Examples
    --------
    >>> Message(page=None, sentences=("Marwitz brings 17.0 %.",)).sentences
    ('Marwitz brings 17.0 %.',)
    """

    page: Page
    sentences: tuple[str, ...]


def in_order_of_weight(pages: Sequence[Page]) -> list[Page]:
    """Return the pages as the front page takes from them: chapters, then the opening.

    The notebooks whose numbers begin with 0 introduce the company and its data. They
    are read first, but what a manager wants to know is in the chapters. The pages of a
    group, such as the dossiers, each speak of one account, and stay out.

    Parameters
    ----------
    pages : sequence of Page
        In the order of the book.

    Examples
    --------
    >>> from types import SimpleNamespace as Page
    >>> pages = [Page(name="00_orientation", group=""),
    ...          Page(name="11_concentration", group="")]
    >>> [page.name for page in in_order_of_weight(pages)]
    ['11_concentration', '00_orientation']
    """
    speaking = [page for page in pages if not page.group]
    return sorted(speaking, key=lambda page: page.name.startswith("0"))


def contents_of(pages: Sequence[Page]) -> dict[str, list[Page]]:
    """Return the pages by their group, in the order in which they are read.

    Parameters
    ----------
    pages : sequence of Page
        In the order of the book.

    Returns
    -------
    dict of str to list of Page
        First those without a group, under "".

    Examples
    --------
    >>> from types import SimpleNamespace as Page
    >>> pages = [Page(group="Account dossiers"), Page(group="")]
    >>> {group: len(listed) for group, listed in contents_of(pages).items()}
    {'': 1, 'Account dossiers': 1}
    """
    groups = dict.fromkeys(["", *(page.group for page in pages)])
    return {name: [page for page in pages if page.group == name] for name in groups}


def front_messages(pages: Sequence[Page]) -> dict[str, list[Message]]:
    """Return the sentences of the front page under the questions they answer.

    Parameters
    ----------
    pages : sequence of Page
        In the order of the book.

    Returns
    -------
    dict of str to list of Message
        Three sentences a question at most; a question nobody answers is left out.

    Examples
    --------
    >>> from types import SimpleNamespace as Page
    >>> told = {"why": ["Discounts took EUR 1.6 M."]}
    >>> page = Page(name="11", group="", headlines=told)
    >>> {question: len(told) for question, told in front_messages([page]).items()}
    {'Why': 1}
    """
    chosen = {
        asked: _messages(pages, question) for question, asked in QUESTIONS.items()
    }
    return {asked: messages for asked, messages in chosen.items() if messages}


def _messages(pages: Sequence[Page], question: str) -> list[Message]:
    said = [
        (page, sentence)
        for page in in_order_of_weight(pages)
        for sentence in page.headlines.get(question, ())
    ]
    by_page = groupby(said[:_MOST_MESSAGES], key=lambda each: each[0].name)
    runs = [list(run) for _, run in by_page]
    return [Message(run[0][0], tuple(told for _, told in run)) for run in runs]


def front_figures(pages: Sequence[Page]) -> list[tuple[Page, Result]]:
    """Return the figures of the front page, each with the page it comes from.

    Parameters
    ----------
    pages : sequence of Page
        In the order of the book.

    Returns
    -------
    list of (Page, Result)
        Eight at most.

    Examples
    --------
    >>> from types import SimpleNamespace as Page
    >>> found = [Result("n", 3.0, "Accounts")]
    >>> page = Page(name="11", group="", headline_results=found)
    >>> [str(result) for _, result in front_figures([page])]
    ['Accounts: 3.00']
    """
    every = [
        (page, result)
        for page in in_order_of_weight(pages)
        for result in page.headline_results
    ]
    return every[:_MOST_FIGURES]
