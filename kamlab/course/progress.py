"""How far a long list is: a bar on a terminal, nothing elsewhere."""

from collections.abc import Iterator, Sequence
from typing import TypeVar

from rich.console import Console
from rich.progress import track

Item = TypeVar("Item")


def step_by_step(
    items: Sequence[Item], what: str, wanted: bool = True
) -> Iterator[Item]:
    """Yield the items one by one, and show on stderr how many are done.

    Parameters
    ----------
    items : sequence
        Of anything.
    what : str
        What they are, beside the bar.
    wanted : bool
        False shows nothing; nor does a stderr that is no terminal.

    Examples
    --------
    >>> list(step_by_step(["s01", "s02"], "students", wanted=False))
    ['s01', 's02']
    """
    console = Console(stderr=True)
    shown = wanted and console.is_terminal
    yield from track(items, what, console=console, disable=not shown)
