"""A lesson as a teacher sees it: its sections and its exercises.

Glossary
--------
section
    What stands below a heading ``## …``, up to the next one.
teaching section
    One that explains something; the others (`CLOSING`) end the lesson.
kind
    What an exercise asks for: to compute, to interpret or to decide.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import nbformat

#: Sections with which every lesson ends; they teach nothing new.
CLOSING = ("What to do next", "Exercises", "Limits", "Sources", "Glossary")
#: What exercises may ask for; every lesson asks for each of them.
KINDS = ("Compute", "Interpret", "Decide")
#: Tag of the cells in which exercises are answered.
EXERCISE = "exercise"

_HEADING = re.compile(r"^## +(.+?) *$", re.MULTILINE)
_QUESTION = re.compile(rf"\*\*(\d+\.\d+) ({'|'.join(KINDS)})\b[^*]*\*\*")
_CHECK = re.compile(r"""\bcheck\(\s*["'](\d+\.\d+)["']\s*,\s*(\w+)""")


@dataclass(frozen=True)
class Section:
    """A part of a lesson: its heading and its cells.

    Examples
    --------
    >>> Section("Limits", ()).teaches
    False
    """

    title: str
    cells: tuple[nbformat.NotebookNode, ...]

    @property
    def teaches(self) -> bool:
        """Whether it explains something."""
        return bool(self.title) and not self.title.startswith(CLOSING)

    @property
    def goes_further(self) -> bool:
        """Whether the core path leaves it out."""
        return bool(self.cells) and "deeper" in tags_of(self.cells[0])


@dataclass(frozen=True)
class ExerciseText:
    """An exercise as it stands in a lesson.

    Parameters
    ----------
    number : str
        Such as "11.2".
    kind : str
        One of `KINDS`, or "" if its question names none.
    question : str
        What it asks, in Markdown.
    code : str
        The cell in which it is answered: with the solution in a teacher's edition.
    cell : str
        Id of that cell.

    Examples
    --------
    >>> ExerciseText("11.2", "Interpret", "…", "", "c041").answer_name
    'answer_11_2'
    """

    number: str
    kind: str
    question: str
    code: str
    cell: str

    @property
    def answer_name(self) -> str:
        """Name of the variable that holds the answer."""
        return answer_name(self.number)


def answer_name(number: str) -> str:
    """Return the name of the variable in which an exercise is answered.

    Examples
    --------
    >>> answer_name("11.2")
    'answer_11_2'
    """
    return "answer_" + number.replace(".", "_")


def tags_of(cell: nbformat.NotebookNode) -> list[str]:
    """Return a cell's tags.

    Examples
    --------
    >>> tags_of(nbformat.v4.new_code_cell("1"))
    []
    """
    return list(cell.metadata.get("tags", []))


def sections_of(notebook: nbformat.NotebookNode) -> list[Section]:
    """Split a lesson at its headings of the second level.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Any edition.

    Returns
    -------
    list of Section
        In order; the first, without a title, is what stands before any heading.

    Examples
    --------
    >>> cells = [nbformat.v4.new_markdown_cell(text) for text in ("# A", "## B", "c")]
    >>> [each.title for each in sections_of(nbformat.v4.new_notebook(cells=cells))]
    ['', 'B']
    """
    found: list[tuple[str, list[nbformat.NotebookNode]]] = [("", [])]
    for cell in notebook.cells:
        is_text = cell.cell_type == "markdown"
        heading = _HEADING.search(cell.source) if is_text else None
        if heading:
            found.append((heading[1], []))
        found[-1][1].append(cell)
    return [Section(title, tuple(cells)) for title, cells in found]


def exercises_of(notebook: nbformat.NotebookNode) -> list[ExerciseText]:
    """Find the exercises of a lesson, with their questions.

    Parameters
    ----------
    notebook : nbformat.NotebookNode
        Any edition.

    Returns
    -------
    list of ExerciseText
        In order.

    Examples
    --------
    >>> ask = nbformat.v4.new_markdown_cell("**11.1 Compute.** Which share?")
    >>> cell = nbformat.v4.new_code_cell(
    ...     'check("11.1", answer_11_1)', metadata={"tags": ["exercise"]})
    >>> exercises_of(nbformat.v4.new_notebook(cells=[ask, cell]))[0].kind
    'Compute'
    """
    return list(_exercises(notebook))


def checked_answers(source: str) -> list[tuple[str, str]]:
    """Return number and variable of every answer that a cell hands to the check.

    Examples
    --------
    >>> checked_answers('check("11.1", answer_11_1, portfolio)')
    [('11.1', 'answer_11_1')]
    """
    return _CHECK.findall(source)


def _exercises(notebook: nbformat.NotebookNode) -> Iterator[ExerciseText]:
    asked: dict[str, tuple[str, str]] = {}
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            asked |= _questions(cell.source)
        elif EXERCISE in tags_of(cell):
            for number, _ in checked_answers(cell.source):
                kind, question = asked.get(number, ("", ""))
                yield ExerciseText(number, kind, question, cell.source, cell.id)


def _questions(text: str) -> dict[str, tuple[str, str]]:
    """Return kind and text of every question that a cell asks, by number."""
    found = list(_QUESTION.finditer(text))
    ends = [*(match.start() for match in found[1:]), len(text)]
    return {
        match[1]: (match[2], text[match.start() : end].strip())
        for match, end in zip(found, ends, strict=False)
    }
