"""Instant checks of exercises: every answer is held against the portfolio at hand.

No solution is stored: the right answer is worked out from the data the student works
on, so that another seed of the demonstration company asks the same with other numbers.
"""

from dataclasses import replace

from kamlab.course.exercises import EXERCISES
from kamlab.course.verdicts import NOT_YET, Verdict, wrong
from kamlab.errors import UsageError, did_you_mean
from kamlab.portfolio import Portfolio


def check(exercise: str, answer: object, portfolio: Portfolio) -> Verdict:
    """Say at once whether an answer is right, and if not, what to look at again.

    Parameters
    ----------
    exercise : str
        Number of the exercise, such as "11.1".
    answer : object
        What the exercise asks for; None or ``...`` is not answered yet.
    portfolio : Portfolio
        The data the answer was worked out from.

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
    """
    if exercise not in EXERCISES:
        hint = did_you_mean(str(exercise), EXERCISES)
        raise UsageError(f"exercise {exercise!r} is unknown: {hint}")
    if answer is None or answer is Ellipsis:
        verdict = wrong(NOT_YET)
    else:
        verdict = EXERCISES[exercise](answer, portfolio)
    return replace(verdict, exercise=exercise)
