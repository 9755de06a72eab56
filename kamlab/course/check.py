"""Instant checks of exercises: every answer is held against the portfolio at hand.

No solution is stored: the right answer is worked out from the data the student works
on, so that another seed of the demonstration company asks the same with other numbers.
"""

from dataclasses import replace

from kamlab.course import exercises
from kamlab.course.verdicts import NOT_YET, Verdict, wrong
from kamlab.data.folder import DESCRIPTION_FILE
from kamlab.data.locate import find_portfolio
from kamlab.errors import UsageError, did_you_mean
from kamlab.opening import open_portfolio
from kamlab.portfolio import Portfolio

#: Folder, within what a student was handed out, of the student's own company.
OWN_PORTFOLIO = "portfolio"


def check(exercise: str, answer: object, portfolio: Portfolio | None = None) -> Verdict:
    """Say at once whether an answer is right, and if not, what to look at again.

    Parameters
    ----------
    exercise : str
        Number of the exercise, such as "11.1".
    answer : object
        What the exercise asks for; None or ``...`` is not answered yet.
    portfolio : Portfolio, optional
        The data the answer was worked out from. If not given: the company that was
        handed out with the notebook (``portfolio`` in the working folder or above
        it), else the book's own, each as of the last day of its data.

    Returns
    -------
    Verdict
        Shows itself as one sentence; ``.right`` says whether the answer is.

    Raises
    ------
    UsageError
        If there is no such exercise.

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     check("11.1", None, portfolio)
    11.1 not answered yet
    >>> check("11.1", 41.2)
    11.1 not right: take net revenue of the last twelve months by parent, and
    top_share(revenue, top=...).
    """
    if exercise not in exercises.EXERCISES:
        hint = did_you_mean(str(exercise), exercises.EXERCISES)
        raise UsageError(f"exercise {exercise!r} is unknown: {hint}")
    if answer is None or answer is Ellipsis:
        verdict = wrong(NOT_YET)
    elif portfolio is None:
        with _own_portfolio() as own:
            verdict = exercises.judge_of(exercise)(answer, own)
    else:
        verdict = exercises.judge_of(exercise)(answer, portfolio)
    return replace(verdict, exercise=exercise)


def _own_portfolio() -> Portfolio:
    """Open the company that belongs to the working folder."""
    handed_out = find_portfolio(OWN_PORTFOLIO)
    is_there = (handed_out / DESCRIPTION_FILE).is_file()
    return open_portfolio(handed_out if is_there else "data/demo")
