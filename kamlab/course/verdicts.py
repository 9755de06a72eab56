"""Verdicts on answers: right, not answered yet, or wrong with a hint.

Glossary
--------
near miss
    The number that a usual mistake leads to. Whoever hands it in is told the mistake,
    not the answer.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from numbers import Real

NOT_YET = "not answered yet"

#: How near, as a share of it, an answer must lie to the number of a usual mistake.
_NEAR = 0.002
#: How near, as a share of it, the right number rounded must lie to be called that.
_ROUNDED = 0.02


@dataclass(frozen=True)
class Verdict:
    """What `check` says about an answer.

    Parameters
    ----------
    exercise : str
        Number of the exercise, such as "11.1".
    right : bool
        Whether the answer is right.
    message : str
        What it means if it is right; what to look at again if it is not.

    Examples
    --------
    >>> Verdict("11.1", True, "A tenth of the accounts carries half.")
    11.1 right: A tenth of the accounts carries half.
    """

    exercise: str
    right: bool
    message: str

    def __repr__(self) -> str:
        if self.right:
            return f"{self.exercise} right: {self.message}"
        if self.message == NOT_YET:
            return f"{self.exercise} {NOT_YET}"
        return f"{self.exercise} not right: {self.message}"


def right(meaning: str) -> Verdict:
    """Accept an answer, and say what it means.

    Parameters
    ----------
    meaning : str
        One sentence; `check` puts the exercise's number before it.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> right("It is half.").right
    True
    """
    return Verdict("", True, meaning)


def wrong(hint: str) -> Verdict:
    """Refuse an answer, and say what to look at again.

    Parameters
    ----------
    hint : str
        One sentence that helps without giving the answer.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> wrong("Roll up to the parents first.").right
    False
    """
    return Verdict("", False, hint)


def judge_number(
    answer: object,
    truth: float,
    tolerance: float,
    meaning: str,
    near_misses: Mapping[str, float],
    otherwise: str,
) -> Verdict:
    """Judge a number: right within a tolerance, else by the mistake it looks like.

    Parameters
    ----------
    answer : object
        What the student handed in.
    truth : float
        The right number.
    tolerance : float
        Largest distance that counts as right.
    meaning : str
        What the right number means.
    near_misses : mapping of str to float
        Hint to the number that its mistake leads to.
    otherwise : str
        Hint for any other number.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> misses = {"that is per cent: give a share between 0 and 1": 62.0}
    >>> judge_number(62, 0.62, 0.001, "so it is", misses, "count again").message
    'that is per cent: give a share between 0 and 1'
    >>> judge_number("0.62", 0.62, 0.001, "so it is", misses, "count again").message
    "'0.62' is text: give the number itself, without quotation marks"
    >>> judge_number("half", 0.62, 0.001, "so it is", misses, "count again").message
    "'half' is no number: give one number, such as 0.25"
    >>> judge_number(0.6, 0.604, 0.001, "so it is", misses, "count again").message
    'that is rounded too far: give more digits'
    """
    is_number = isinstance(answer, Real) and not isinstance(answer, bool)
    if not is_number or not math.isfinite(answer):
        if _reads_as_number(answer):
            return wrong(
                f"{answer!r:.60} is text: give the number itself, without quotation "
                "marks"
            )
        return wrong(f"{answer!r:.60} is no number: give one number, such as 0.25")
    if abs(answer - truth) <= tolerance:
        return right(meaning)
    away = {hint: abs(answer - miss) for hint, miss in near_misses.items()}
    near = [each for each in away if away[each] <= _NEAR * abs(near_misses[each])]
    # Two mistakes may lead to one number once it is rounded: both are told.
    told = [each for each in near if away[each] <= min(map(away.get, near)) + tolerance]
    if not told and _is_rounded(answer, truth):
        return wrong("that is rounded too far: give more digits")
    return wrong("; or ".join(told) or otherwise)


def _is_rounded(answer: float, truth: float) -> bool:
    """Whether an answer is the right number with too few digits."""
    is_near = abs(answer - truth) <= _ROUNDED * abs(truth)
    return is_near and any(
        math.isclose(answer, round(truth, digits)) for digits in range(-3, 5)
    )


def _reads_as_number(answer: object) -> bool:
    """Whether an answer is a number that somebody put between quotation marks."""
    if not isinstance(answer, str):
        return False
    try:
        return math.isfinite(float(answer))
    except ValueError:
        return False
