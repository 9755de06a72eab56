"""Where a portfolio folder lies when a notebook names it by a relative path.

JupyterLab starts a notebook in the notebook's own folder, the command line in the
project's root; ``data/demo`` is to mean the same folder for both.
"""

from collections.abc import Iterator
from pathlib import Path

from kamlab.data.folder import DESCRIPTION_FILE

_PROJECT = Path(__file__).resolve().parents[2]


def find_portfolio(path: str | Path) -> Path:
    """Find a portfolio folder from wherever a notebook happens to run.

    Parameters
    ----------
    path : str or Path
        As typed. An absolute path is taken as it is. A relative one is looked for in
        the working folder, then in each folder above it, then in kamlab's project.

    Returns
    -------
    Path
        The first of these that holds a portfolio; if none does, the path as it was
        typed, so that whoever opens it can say that it is none.

    Examples
    --------
    >>> find_portfolio("data/demo").name
    'demo'
    >>> find_portfolio("data/misspelt").as_posix()
    'data/misspelt'
    """
    typed = Path(path)
    is_portfolio = (
        each for each in _places(typed) if (each / DESCRIPTION_FILE).exists()
    )
    return next(is_portfolio, typed)


def _places(typed: Path) -> Iterator[Path]:
    yield typed
    if typed.is_absolute():
        return
    working = Path.cwd()
    yield from (folder / typed for folder in working.parents)
    yield _PROJECT / typed
