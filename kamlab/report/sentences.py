"""Sentences that a notebook computes from the data, shown as text like any other.

A report reads on from headings to conclusions; a conclusion that holds numbers must
change with them, so it is made by code and shown with `say`.

Glossary
--------
headline
    A sentence that the report's front page repeats. It answers one of three questions:
    what happened, why, and what to do next.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kamlab.errors import UsageError, did_you_mean

#: Media type that marks a sentence for the front page, in an executed notebook.
MIME_TYPE = "application/vnd.kamlab.headline+json"

#: The questions that headlines answer, as the front page asks them, in its order.
QUESTIONS = {"what": "What happened", "why": "Why", "do": "What to do next"}

_SPECIAL = re.compile(r"([\\`*_\[\]<>$|~])")
_START = re.compile(r"^(\d+)([.)])(?=\s)|^([#+=-])")


@dataclass(frozen=True)
class Sentence:
    """Text that notebooks and reports set as a paragraph, whatever is in it.

    `headline` is the question that it answers on the front page, or "" for none; one
    that `leads` stands there before the others of its notebook. An `action` before the
    text makes it a bullet that begins in bold.

    Examples
    --------
    >>> Sentence("Marwitz brings 17.0 %.")
    Marwitz brings 17.0 %.
    >>> Sentence("Bolt_1 & <b>Co</b>").markdown()
    'Bolt\\\\_1 & \\\\<b\\\\>Co\\\\</b\\\\>'
    >>> Sentence("It fell.", action="Ask why.").markdown()
    '* **Ask why.** It fell.'
    """

    text: str
    headline: str = ""
    action: str = ""
    leads: bool = False

    def __repr__(self) -> str:
        return " ".join(filter(None, [self.action, self.text]))

    def markdown(self) -> str:
        """Return the text as Markdown in which names cannot become markup."""
        if self.action:
            return f"* **{_escaped(self.action)}** {_escaped(self.text)}".rstrip()
        return _START.sub(r"\1\\\2\3", _escaped(self.text))

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        bundle = {"text/markdown": self.markdown(), "text/plain": repr(self)}
        if self.headline:
            told = {"text": repr(self), "question": self.headline}
            told |= {"action": self.action} if self.action else {}
            bundle[MIME_TYPE] = told | ({"leads": True} if self.leads else {})
        return bundle


class Headline(str):
    """A sentence for the front page, which knows the action it begins with.

    Examples
    --------
    >>> told = Headline("Ask why. It fell.", "Ask why.")
    >>> told, told.action, told.rest
    ('Ask why. It fell.', 'Ask why.', 'It fell.')
    """

    action: str

    def __new__(cls, text: str, action: str = "") -> "Headline":
        """Return a text with the action it begins with; "" for none."""
        headline = super().__new__(cls, text)
        headline.action = action
        return headline

    @property
    def rest(self) -> str:
        """What follows the action.

        Examples
        --------
        >>> Headline("Marwitz brings 17.0 %.").rest
        'Marwitz brings 17.0 %.'
        """
        return self.removeprefix(self.action).lstrip()


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def say(*sentences: str, headline: bool | str = False, leads: bool = False) -> None:
    """Show computed sentences as one paragraph.

    Parameters
    ----------
    *sentences : str
        They are joined by blanks; empty ones are left out.
    headline : bool or {"what", "why", "do"}
        Whether the report's front page shows the paragraph too, and under which
        question: what happened, why, or what to do next. True means "what". The front
        page has room for three paragraphs under each.
    leads : bool
        Whether a headline stands before the notebook's others, wherever it is said.

    Raises
    ------
    UsageError
        If the headline is another word.

    Examples
    --------
    >>> say("Marwitz brings 17.0 %.", "", "It brought 11.0 % three years ago.")
    Marwitz brings 17.0 %. It brought 11.0 % three years ago.
    >>> say("Agree on a limit for one customer's share.", headline="do")
    Agree on a limit for one customer's share.
    """
    from IPython.display import display  # a third of a second, only kernels need it

    question = _question(headline)
    paragraph = " ".join(each for each in sentences if each)
    if paragraph:
        display(Sentence(paragraph, question, leads=leads))


def advise(action: str, *because: str, headline: bool | str = False) -> None:
    """Show what to do as a bullet that begins with the action in bold.

    Parameters
    ----------
    action : str
        What to do, in one sentence that begins with a verb. Nothing is shown if it is
        empty.
    *because : str
        The evidence, joined by blanks.
    headline : bool or {"what", "why", "do"}
        As in `say`.

    Raises
    ------
    UsageError
        If the headline is another word.

    Examples
    --------
    >>> advise("Agree on prices first.", "Marwitz pays 64.7 % of the list price.")
    Agree on prices first. Marwitz pays 64.7 % of the list price.
    """
    from IPython.display import display  # a third of a second, only kernels need it

    question = _question(headline)
    if action:
        evidence = " ".join(each for each in because if each)
        display(Sentence(evidence, question, action))


def _question(headline: bool | str) -> str:
    """Return the question a headline answers; "" if the sentence is none."""
    if not isinstance(headline, str):
        return "what" if headline else ""
    if headline not in QUESTIONS:
        raise UsageError(
            f"headline is {headline!r}: {did_you_mean(headline, QUESTIONS)}"
        )
    return headline


def read_headlines(
    notebook: Mapping[str, Any], question: str | None = None
) -> list[Headline]:
    """Return the sentences that an executed notebook marked for the front page.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        An executed notebook.
    question : {"what", "why", "do"}, optional
        Take those alone that answer this question.

    Returns
    -------
    list of Headline
        In the notebook's order, those that lead first; empty if it marked none.

    Examples
    --------
    >>> output = {"data": {MIME_TYPE: {"text": "Marwitz brings 17.0 %."}}}
    >>> read_headlines({"cells": [{"outputs": [output]}]})
    ['Marwitz brings 17.0 %.']
    """
    payloads = [
        output.get("data", {}).get(MIME_TYPE)
        for cell in notebook["cells"]
        for output in cell.get("outputs", [])
    ]
    asked = [
        payload
        for payload in payloads
        # Notebooks stored before there were three questions name none.
        if payload and question in (None, payload.get("question", "what"))
    ]
    asked.sort(key=lambda payload: not payload.get("leads", False))
    return [Headline(each["text"], each.get("action", "")) for each in asked]
