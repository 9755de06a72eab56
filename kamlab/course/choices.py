"""Verdicts on choices: which lettered statements hold, which accounts are chosen."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping

import pandas as pd

from kamlab.course.verdicts import Verdict, right, wrong

#: The part of what the best choice is worth that counts as right.
GOOD_ENOUGH = 0.95


def judge_letters(
    answer: object, statements: Mapping[str, tuple[bool, str]], meaning: str
) -> Verdict:
    """Judge which lettered statements a student holds to be true.

    Parameters
    ----------
    answer : object
        Letters of the statements that are right, such as "AD", "a, d" or ["A", "D"];
        "" if none is.
    statements : mapping of str to (bool, str)
        By capital letter: whether it holds, and why, or where to look.
    meaning : str
        What the right choice means.

    Returns
    -------
    Verdict
        The first letter too many or missing gets its reason.

    Examples
    --------
    >>> statements = {"A": (True, "count again"), "B": (False, "that is revenue")}
    >>> judge_letters("A", statements, "only A follows.").right
    True
    >>> judge_letters("AB", statements, "only A follows.").message
    'B does not follow: that is revenue.'
    """
    letters = letters_of(answer, statements)
    if letters is None:
        return wrong(f"{answer!r:.60}: give the letters that are right, such as 'XY'")
    for letter, (holds, why) in statements.items():
        if holds and letter not in letters:
            return wrong(f"{letter} is missing: {why}.")
        if not holds and letter in letters:
            return wrong(f"{letter} does not follow: {why}.")
    return right(meaning)


def letters_of(answer: object, known: Collection[str]) -> set[str] | None:
    """Return the letters of an answer, however it was written down.

    Parameters
    ----------
    answer : object
        Such as "BD", "b, d", ["B", "D"] or {"B", "D"}.
    known : collection of str
        The letters there are.

    Returns
    -------
    set of str, or None
        None if the answer is no choice of these letters.

    Examples
    --------
    >>> sorted(letters_of("b d", "ABCD")), letters_of("xyz", "ABCD")
    (['B', 'D'], None)
    """
    if isinstance(answer, str):
        answer = re.findall(r"[^\W\d_]", answer) if _is_list(answer) else [answer]
    if isinstance(answer, Mapping) or not isinstance(answer, Iterable):
        return None
    letters = {str(each).strip().upper() for each in answer} - {""}
    return letters if letters <= set(known) else None


def _is_list(text: str) -> bool:
    """Whether a text is nothing but letters, blanks and marks between them."""
    return re.fullmatch(r"(?:[^\W\d_]|[\s,;+&])*", text) is not None


def judge_list(
    answer: object,
    known: Collection[str],
    judge: Callable[[set[str]], Verdict],
    *,
    things: str = "account numbers",
    unknown: str = "is no account number",
) -> Verdict:
    """Judge a list of ids, once it is a list and everything in it is known.

    Parameters
    ----------
    answer : object
        Ids, in a list, set, array or index, or in the index of figures.
    known : collection of str
        The ids that may be chosen.
    judge : callable
        Takes the ids chosen, all of them known, and returns the verdict.
    things : str
        What the list should hold, for the hint.
    unknown : str
        What is said of an id that is not known, behind it.

    Returns
    -------
    Verdict

    Examples
    --------
    >>> judge_list(["A1"], ["A1", "A2"], lambda chosen: right("that will do.")).right
    True
    >>> judge_list(["Marwitz"], ["A1", "A2"], lambda chosen: right("")).message
    "'Marwitz' is no account number"
    """
    chosen = chosen_ids(answer)
    if chosen is None:
        return wrong(f"{answer!r:.60} is no list: give {things} in a list")
    strangers = sorted(chosen - set(known))
    if strangers:
        return wrong(f"{strangers[0]!r:.40} {unknown}")
    return judge(chosen)


def judge_best(
    answer: object,
    worth: pd.Series,
    count: int,
    *,
    task: str,
    unknown: str,
    too_little: Callable[[float], str],
    meaning: Callable[[float], str],
) -> Verdict:
    """Judge a choice of so many accounts by what they are worth together.

    Parameters
    ----------
    answer : object
        Account numbers, in a list, set, array or index, or in the index of figures.
    worth : Series
        By account that may be chosen: what choosing it is worth, in money.
    count : int
        How many are to be chosen.
    task : str
        What there is time for, in the plural, such as "visits".
    unknown : str
        What is said of a number that may not be chosen, behind it.
    too_little, meaning : callable
        Take what the chosen are worth together, and return what is said of a choice
        that falls short of the best one, and of a right one.

    Returns
    -------
    Verdict
        Right is what is worth nearly as much as the best choice of so many.

    Examples
    --------
    >>> worth = pd.Series({"A1": 9.0, "A2": 5.0, "A3": 1.0})
    >>> said = {
    ...     "task": "visits",
    ...     "unknown": "is no account",
    ...     "too_little": lambda sum_: f"{sum_:.0f} only",
    ...     "meaning": lambda sum_: f"{sum_:.0f} in all",
    ... }
    >>> judge_best(["A2", "A1"], worth, 2, **said).message
    '14 in all'
    >>> judge_best(["A3", "A1"], worth, 2, **said).message
    '10 only'
    >>> judge_best(["A1"], worth, 2, **said).message
    'there is time for 2 visits, and you gave 1'
    """

    def judge(chosen: set[str]) -> Verdict:
        if len(chosen) != count:
            return wrong(
                f"there is time for {count} {task}, and you gave {len(chosen)}"
            )
        best, yours = worth.nlargest(count).sum(), worth[sorted(chosen)].sum()
        if yours < best - (1 - GOOD_ENOUGH) * abs(best):
            return wrong(too_little(yours))
        return right(meaning(yours))

    return judge_list(answer, worth.index, judge, unknown=unknown)


def chosen_ids(answer: object) -> set[str] | None:
    """Return the ids of an answer: a list, or a Series or frame indexed by them.

    Parameters
    ----------
    answer : object
        What a student hands in; a text may hold several with commas between them.

    Returns
    -------
    set of str, or None
        None if the answer is no collection.

    Examples
    --------
    >>> sorted(chosen_ids(["A2", "A1"])), sorted(chosen_ids("A2, A1"))
    (['A1', 'A2'], ['A1', 'A2'])
    >>> chosen_ids("A1") is None
    True
    """
    if isinstance(answer, str) and "," in answer:
        answer = [each.strip() for each in answer.split(",") if each.strip()]
    if isinstance(answer, (str, Mapping)) or not isinstance(answer, Iterable):
        return None
    is_indexed = isinstance(answer, pd.DataFrame) or (
        isinstance(answer, pd.Series) and pd.api.types.is_numeric_dtype(answer)
    )
    return {str(each) for each in (answer.index if is_indexed else answer)}
