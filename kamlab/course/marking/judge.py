"""From answers to marks: each is judged against the student's own company."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kamlab.course.check import check
from kamlab.course.lesson import answer_name
from kamlab.course.marking.answers import Unreadable, decode
from kamlab.course.marking.sandbox import Reading
from kamlab.course.marking.submission import touched
from kamlab.course.verdicts import NOT_YET
from kamlab.portfolio import Portfolio

#: What can be said of an exercise, with the points for it.
STATUSES = {
    "right": 1,
    "wrong": 0,
    "not answered": 0,
    "crashed": 0,
    "timed out": 0,
    "missing": 0,
}

#: Ends of a run that leave no answer: status and feedback.
_ENDS = {
    "late": ("timed out", "The time was up before the notebook came to an answer."),
    "dead": (
        "crashed",
        "The notebook's kernel ended early: memory ran out, or its code ended it.",
    ),
    "memory": ("crashed", "The notebook was ended: its processes took all memory."),
    "processes": ("crashed", "The notebook was ended: it started too many processes."),
    "disk": ("crashed", "The notebook was ended: it filled the disk."),
}
#: Longest feedback, in characters.
_MOST_TOLD = 400


@dataclass(frozen=True)
class Mark:
    """What a student gets for an exercise, and why.

    Parameters
    ----------
    exercise : str
        Its number.
    status : str
        One of `STATUSES`.
    feedback : str
        One sentence; what it quotes of a submission is made fit to be shown.

    Examples
    --------
    >>> Mark("11.1", "right", "so it is.").points
    1
    >>> Mark("11.1", "crashed", "It says\\n \\ud800\\x1b[31m.").feedback
    'It says ??[31m.'
    """

    exercise: str
    status: str
    feedback: str

    def __post_init__(self) -> None:
        """Make the feedback one line of characters that can be seen."""
        line = " ".join(self.feedback.split())[:_MOST_TOLD]
        shown = "".join(each if each.isprintable() else "?" for each in line)
        object.__setattr__(self, "feedback", shown)

    @property
    def points(self) -> int:
        """One for a right answer."""
        return STATUSES[self.status]


@dataclass(frozen=True)
class Marked:
    """A student's marks, and the guards under which the notebooks ran.

    Examples
    --------
    >>> Marked("s01", "Anna Berg", (Mark("11.1", "right", "so it is."),)).points
    1
    """

    id: str
    name: str
    marks: tuple[Mark, ...]
    guards: tuple[str, ...] = ()

    @property
    def points(self) -> int:
        """Number of exercises that are right."""
        return sum(mark.points for mark in self.marks)


def judge_reading(
    reading: Reading,
    exercises: Sequence[str],
    portfolio: Portfolio,
    sources: Mapping[str, str],
) -> list[Mark]:
    """Judge what came out of a submission.

    Parameters
    ----------
    reading : Reading
        Answers and errors.
    exercises : sequence of str
        Numbers of the lesson's exercises.
    portfolio : Portfolio
        The student's company, made again.
    sources : mapping of str to str
        Code of the submission's cells by id, to tell which cell was to answer what.

    Returns
    -------
    list of Mark
        One an exercise.
    """
    return [_mark(number, reading, portfolio, sources) for number in exercises]


def missing(exercises: Sequence[str], why: str, status: str = "missing") -> list[Mark]:
    """Return the marks of a notebook that could not be run at all.

    Parameters
    ----------
    exercises : sequence of str
        Numbers of the lesson's exercises.
    why : str
        One sentence.
    status : str
        "missing", or "crashed" for a file that is no notebook.

    Examples
    --------
    >>> missing(["11.1"], "No notebook was handed in.")[0].status
    'missing'
    """
    return [Mark(number, status, why) for number in exercises]


def _mark(
    number: str,
    reading: Reading,
    portfolio: Portfolio,
    sources: Mapping[str, str],
) -> Mark:
    told = reading.answers.get(answer_name(number))
    if told is None:
        return _without_answer(number, reading, sources)
    status, feedback = _verdict(number, decode(told), portfolio)
    return Mark(number, status, feedback)


def _verdict(number: str, answer: object, portfolio: Portfolio) -> tuple[str, str]:
    if isinstance(answer, Unreadable):
        return "wrong", f"The answer is {answer!r}: give plain numbers, texts or lists."
    try:
        verdict = check(number, answer, portfolio)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        # An exercise looks at what is asked for; this answer is something else.
        return "wrong", f"{answer!r:.60} is not what the exercise asks for."
    if verdict.message == NOT_YET:
        return "not answered", "Not answered."
    return ("right" if verdict.right else "wrong"), verdict.message


def _without_answer(number: str, reading: Reading, sources: Mapping[str, str]) -> Mark:
    """Say why there is no answer."""
    if reading.end in _ENDS:
        return Mark(number, *_ENDS[reading.end])
    name = answer_name(number)
    if name in reading.answers:
        return Mark(number, "not answered", "Not answered.")
    for cell, error in reading.errors.items():
        if touched(sources.get(cell, ""), [name]):
            return Mark(number, "crashed", f"Its cell stops with {error}")
    return Mark(number, "not answered", f"Not answered: there is no {name}.")
