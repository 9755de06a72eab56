"""Verdicts on choices: which of the lettered statements hold."""

import re
from collections.abc import Collection, Iterable, Mapping

from kamlab.course.verdicts import Verdict, right, wrong


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
        return wrong(f"{answer!r:.60}: give the letters that are right, such as 'AD'")
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
