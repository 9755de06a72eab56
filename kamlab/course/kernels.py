"""How the kernels of lessons start: alone, or forked from one that has imported all."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import nbformat

from kamlab.report.imports import safe_imports
from kamlab.report.kernel import kernel_environment, with_inherited
from kamlab.report.warm import WarmParent, can_fork
from kamlab.style.pictures import FIGURES


def lesson_environment(folder: Path) -> dict[str, str]:
    """Return what a lesson's kernel finds in its environment beside what is inherited.

    Parameters
    ----------
    folder : Path
        An empty folder for the kernels' profile.

    Returns
    -------
    dict of str to str
        As in a report, with figures small enough to be stored.

    Examples
    --------
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     lesson_environment(Path(folder))["PYTHONHASHSEED"]
    '0'
    """
    return {**kernel_environment(folder), FIGURES: "small"}


@contextmanager
def warm_kernels(
    notebooks: Iterable[nbformat.NotebookNode],
) -> Iterator[WarmParent | None]:
    """Import once what several lessons import, for all their kernels to fork from.

    Parameters
    ----------
    notebooks : iterable of NotebookNode
        The lessons that are going to run.

    Yields
    ------
    WarmParent or None
        None where this system cannot fork safely: kernels start one by one then.

    Examples
    --------
    >>> with warm_kernels([]) as parent:
    ...     parent is None or not parent.is_closed
    True
    """
    if not can_fork():
        yield None
        return
    with tempfile.TemporaryDirectory() as folder:
        environment = with_inherited(lesson_environment(Path(folder)))
        parent = WarmParent(safe_imports(notebooks), environment, Path(folder))
        try:
            yield parent
        finally:
            parent.close()
