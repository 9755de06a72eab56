"""What several notebooks of one report need, worked out by the first that asks.

Every notebook runs in a process of its own. A report gives them a folder in common, in
which the first that has worked something out leaves it for the others; without such a
folder each works it out for itself, and finds the same.
"""

import json
import os
import tempfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kamlab.portfolio import Portfolio

#: Environment variable that names the folder.
FOLDER = "KAMLAB_SHARED"


def shared(
    portfolio: "Portfolio", what: str, work_out: Callable[[], dict[str, Any]]
) -> dict[str, Any]:
    """Return figures that another notebook of the report may have worked out already.

    Parameters
    ----------
    portfolio : Portfolio
        What they are about. One that lies in no folder shares nothing.
    what : str
        Name of the figures, with everything they depend on beside the portfolio.
    work_out : callable
        Returns them, as a dict that can be written as JSON.

    Returns
    -------
    dict

    Examples
    --------
    >>> import kamlab
    >>> with kamlab.open_portfolio("data/demo") as portfolio:
    ...     shared(portfolio, "accounts", lambda: {"n": len(portfolio.accounts)})
    {'n': 298}
    """
    place = os.environ.get(FOLDER)
    if not place or portfolio.folder is None:
        return work_out()
    about = [str(portfolio.folder.resolve()), portfolio.as_of.isoformat(), what]
    name = sha256(json.dumps(about).encode()).hexdigest()
    file = Path(place) / f"{name}.json"
    if file.exists():
        return json.loads(file.read_text(encoding="utf-8"))
    found = work_out()
    _write(file, json.dumps(found))
    return found


def _write(file: Path, text: str) -> None:
    """Write aside and move, so that nobody reads half a file."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=file.parent, delete=False
    ) as aside:
        aside.write(text)
    os.replace(aside.name, file)
