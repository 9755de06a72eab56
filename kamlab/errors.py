"""What kamlab says when something is wrong: few classes, each with an exit code.

Every message names the place (argument, or table, column and row), shows the value,
and says what to do.
"""

from collections.abc import Iterable
from difflib import get_close_matches


class KamlabError(Exception):
    """Anything kamlab refuses to do; `exit_code` is what the command line returns."""

    exit_code = 2


class UsageError(KamlabError, ValueError):
    """An argument, parameter or mapping that cannot be right.

    Examples
    --------
    >>> UsageError("top = 2; give a share from 0 to 1").exit_code
    2
    """


class DataError(KamlabError):
    """The data themselves block: a broken file, or findings above their limit.

    Examples
    --------
    >>> DataError("orders.csv, row 7: amount 'much'").exit_code
    1
    """

    exit_code = 1


class MissingDataError(KamlabError):
    """A table or column that this figure needs is not in the portfolio."""

    exit_code = 1


class NotebookError(KamlabError):
    """A notebook of a report failed."""

    exit_code = 3


def did_you_mean(name: str, choices: Iterable[str]) -> str:
    """Return a hint that names the nearest known word, or lists what is known.

    Examples
    --------
    >>> did_you_mean("as_off", ["as_of", "currency"])
    "did you mean 'as_of'?"
    >>> did_you_mean("zzz", ["as_of", "currency"])
    'known are: as_of, currency'
    """
    # What is said in a language needs errors of its own.
    from kamlab.language import _

    choices = list(choices)
    folded = {each.casefold(): each for each in reversed(choices)}
    close = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    if close:
        return _("did you mean {name!r}?").format(name=folded[close[0]])
    # Names out of a file may hold signs that a terminal obeys.
    shown = (each if each.isprintable() else repr(each) for each in choices)
    return _("known are: {names}").format(names=", ".join(shown))
