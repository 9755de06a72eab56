"""How far a report is: a bar a notebook on a terminal, plain lines elsewhere."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from kamlab.language import _

#: Tells the progress that a notebook (by name) is one cell further.
Tick = Callable[[str], None]


@contextmanager
def show_progress(cells: dict[str, int], wanted: bool = True) -> Iterator[Tick]:
    """Show on stderr how many cells of each notebook have begun.

    Parameters
    ----------
    cells : dict of str to int
        Number of cells of each notebook.
    wanted : bool
        False shows nothing.

    Examples
    --------
    >>> with show_progress({"concentration": 2}, wanted=False) as tick:
    ...     tick("concentration")
    """
    console = Console(stderr=True)
    if not wanted:
        yield lambda name: None
    elif console.is_terminal:
        with _bars(console) as bars:
            tasks = {name: bars.add_task(name, total=n) for name, n in cells.items()}
            yield lambda name: bars.advance(tasks[name])
    else:
        yield _lines(cells, console)


def _bars(console: Console) -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    return Progress(*columns, TextColumn(_("cells")), console=console)


def _lines(cells: dict[str, int], console: Console) -> Tick:
    """Return what writes a line when a notebook begins, and when its last cell does."""
    begun = dict.fromkeys(cells, 0)
    # Notebooks run in threads of their own, which know of no language.
    line = _("{notebook}: cell {n} of {total}")
    lock = threading.Lock()

    def tick(name: str) -> None:
        with lock:
            begun[name] += 1
            if begun[name] in (1, cells[name]):
                told = line.format(notebook=name, n=begun[name], total=cells[name])
                console.print(told, markup=False, highlight=False, soft_wrap=True)

    return tick
