"""The slots of the pages that managers open, and what fills them.

A page has few slots with few lines each; chapters compete for them. A chapter adds a
filler here: which slot, in which order, which function, and which tables it reads. The
lines that found no room are counted, and a filler whose tables are missing is named in
the page's foot.

Glossary
--------
slot
    A fixed place of a page, such as the watch list, with room for so many lines.
filler
    A function from what a page knows to lines of one slot.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Generic, Protocol, TypeVar

from kamlab.errors import UsageError, did_you_mean

#: Most lines of each slot; a slot that is not listed is never cut.
LIMITS = {"sentences": 3, "tiles": 6, "movers": 10, "watch": 8, "chances": 5}
LIMITS |= {"dependence": 4, "kept": 6, "decide": 3, "buys": 5, "people": 5, "plan": 3}


class HasTables(Protocol):
    """Anything that knows which tables and columns it has, such as a portfolio."""

    def has(self, what: str) -> bool:
        """Say whether a table ("events") or a column ("orders.cogs") is there."""


Page = TypeVar("Page")
Line = TypeVar("Line")


@dataclass(frozen=True)
class Filler:
    """What puts lines into a slot, and where among the others.

    `call` names a function as "module:function", so that it is imported only where its
    tables are there; `what` is what a reader misses where they are not, and `most` how
    many of its lines may stand in the slot, so that others have room.

    Examples
    --------
    >>> Filler("chances", 10, "kamlab.report.review.chances:quotes", "Open quotes")
    Filler(slot='chances', order=10, call='kamlab.report.review.chances:quotes',
    what='Open quotes', needs=(), most=None)
    """

    slot: str
    order: int
    call: str
    what: str
    needs: tuple[str, ...] = ()
    most: int | None = None

    def function(self) -> Callable[[Any], Iterable[Any]]:
        """Return the function itself.

        Examples
        --------
        >>> Filler("watch", 1, "math:floor", "Nothing").function()(2.5)
        2
        """
        module, _, name = self.call.partition(":")
        return getattr(import_module(module), name)


@dataclass(frozen=True)
class Filled(Generic[Line]):
    """The lines of a slot, how many found no room, and what could not be asked.

    Examples
    --------
    >>> Filled(("first",), left_over=2, missing=()).left_over
    2
    """

    lines: tuple[Line, ...]
    left_over: int
    missing: tuple[Filler, ...]


def fill(
    slot: str,
    page: Page,
    portfolio: HasTables,
    fillers: Sequence[Filler],
    limit: int | None = None,
) -> Filled[Any]:
    """Return what stands in a slot: the lines of its fillers in their order.

    Parameters
    ----------
    slot : str
        Such as "watch".
    page : object
        What the fillers are given: the numbers behind the page.
    portfolio : Portfolio
        Says which tables and columns are there.
    fillers : sequence of Filler
        Those of all slots of the page.
    limit : int, optional
        Most lines, if not those of `LIMITS`.

    Returns
    -------
    Filled

    Raises
    ------
    UsageError
        If no filler knows the slot.

    Examples
    --------
    >>> class Everything:
    ...     def has(self, what):
    ...         return True
    >>> words = Filler("watch", 1, "builtins:sorted", "Words")
    >>> fill("watch", ["b", "a"], Everything(), [words], limit=1)
    Filled(lines=('a',), left_over=1, missing=())
    """
    known = dict.fromkeys(each.slot for each in fillers)
    if slot not in known:
        raise UsageError(f"slot = {slot!r}: {did_you_mean(slot, known)}")
    asked = sorted((f for f in fillers if f.slot == slot), key=lambda f: f.order)
    there = [each for each in asked if all(map(portfolio.has, each.needs))]
    found = [list(each.function()(page)) for each in there]
    lines = [
        line for e, own in zip(there, found, strict=True) for line in own[: e.most]
    ]
    room = limit if limit is not None else LIMITS.get(slot, len(lines))
    missing = tuple(each for each in asked if each not in there)
    shown = tuple(lines[:room])
    return Filled(shown, sum(map(len, found)) - len(shown), missing)
